//! What an editor decided: data for every later run.

use serde::{Deserialize, Serialize};

use super::Change;

/// An editor's answer to a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whatever its keeper names it by; comes back with [`Unfit`].
    pub id: String,
    /// [`super::Query::id`].
    pub query: String,
    pub choice: Choice,
    /// Every variable in question with its text as typed when it was decided.
    pub basis: Vec<Basis>,
    pub by: String,
    /// Orders decisions about the same variable: milliseconds since 1970.
    pub at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The answer is right as typed.
    Keep,
    /// One of the query's alternatives, with what it said then: a later version of the rules may say otherwise, but this
    /// is what was decided.
    Alternative { id: String, changes: Vec<Change> },
    /// Values that the editor typed, or had from the chief.
    Values(Vec<Change>),
}

/// What a decision was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub variable: String,
    pub typed: String,
}

/// A decision that could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Something else is typed there now.
    TypedSince { decision: String, variable: String },
    /// The instrument has no such variable.
    UnknownVariable { decision: String, variable: String },
    /// It gives a value that the instrument forbids there.
    Forbidden { decision: String, variable: String },
}

impl Decision {
    /// The rule of a value that an editor decided, in the ledger and in files.
    pub const RULE: &str = "decision";
}

impl Unfit {
    /// [`Decision::id`].
    pub fn decision(&self) -> &str {
        match self {
            Self::TypedSince { decision, .. }
            | Self::UnknownVariable { decision, .. }
            | Self::Forbidden { decision, .. } => decision,
        }
    }
}

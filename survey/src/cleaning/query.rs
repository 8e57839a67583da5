//! What is left to a person.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::answers::Number;

/// A question to an editor about some variables of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The block, the rule and the first variable: the same in every run as long as the same is asked.
    pub id: String,
    /// Key of the block of questions that it is about.
    pub block: String,
    /// The rule that asks: the likeliest explanation of what was typed.
    pub rule: String,
    /// Every variable in question. The first is where it stands on a page.
    pub variables: Vec<String>,
    pub urgency: Urgency,
    pub evidence: Evidence,
    /// What may be meant, the most plausible first. As typed is one of them.
    pub alternatives: Vec<Alternative>,
    /// How implausible the answer is as typed, in decibans against the best alternative; may be negative.
    pub suspicion: i32,
    /// Whether the chief said "Stämmer" to these very texts.
    pub confirmed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Could be right.
    Soft,
    /// Cannot be right, or is most probably wrong: kept out of totals until it is decided.
    Hard,
}

/// One thing that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The rule's id, or `as_typed`, or `unknown`: what a [`super::Decision`] names, in every version of a rule set.
    pub id: String,
    /// What it makes of the variables in question; those that it leaves alone are not here.
    pub changes: Vec<Change>,
    /// In percent, 0–100; the alternatives of a query add up to about 100.
    pub plausibility: u8,
}

/// A new value for a variable. The effect on a total is the difference from the value that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub variable: String,
    /// `None`, without a text: the value cannot be known, and becomes missing.
    pub to: Option<Number>,
    /// The option's key, for a variable that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Query {
    /// Whether it asks for a value that was left blank, and for nothing else: nobody but the respondent can tell it, and
    /// until then it counts as item nonresponse.
    pub fn is_item_nonresponse(&self) -> bool {
        self.urgency == Urgency::Soft
            && !self.alternatives.is_empty()
            && self
                .alternatives
                .iter()
                .all(|alternative| alternative.id == Alternative::UNKNOWN)
    }
}

impl Change {
    pub fn to(variable: &str, to: Option<Number>) -> Self {
        Self {
            variable: variable.to_owned(),
            to,
            text: None,
        }
    }
}

impl Alternative {
    pub const AS_TYPED: &str = "as_typed";
    /// What was meant cannot be told from the answer: the chief must say.
    pub const UNKNOWN: &str = "unknown";
}

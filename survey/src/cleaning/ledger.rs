//! The ledger: every step from what was typed to a clean value.

use serde::{Deserialize, Serialize};

use super::{Evidence, Raw, Reason, Status, Value, cleaned};
use crate::{answers::Number, instrument::Instrument};

/// One change of one variable. Entries about a variable follow each other: what one leaves, the next begins with.
///
/// When it was made, and for which submission, is for whoever keeps the ledger to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub variable: String,
    /// The text as typed for the first entry about a variable, and the number the one before it left for the others.
    pub before: String,
    /// `None` where the value is missing, or is no number.
    pub after: Option<Number>,
    /// The option's key, for a variable that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The rule's id in the rule set; `decision` for an editor's own.
    pub rule: String,
    /// The version of the rule set.
    pub version: String,
    pub certainty: Certainty,
    pub evidence: Evidence,
    pub by: Author,
}

/// How sure a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// By definition: "1,5" is 1.5.
    Certain,
    /// So many decibans more plausible than any other reading: 20 is a hundred to one.
    Decibans(u32),
    /// A person decided.
    Decided,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Rule,
    /// As named in [`super::Decision::by`].
    Editor(String),
}

/// Makes the values again from the raw answers and the ledger: the very ones that [`super::clean`] gave, but for what
/// awaits a decision, which is no change and so stands in no ledger.
pub fn replay(instrument: &Instrument, raw: &Raw, ledger: &[Entry]) -> Vec<Value> {
    let mut values = cleaned::as_typed(instrument, raw);
    for entry in ledger {
        if let Some(value) = instrument
            .place_of(&entry.variable)
            .and_then(|place| values.get_mut(place))
        {
            *value = Value {
                number: entry.after,
                text: entry.text.clone(),
                status: entry.status,
                reason: entry.reason,
                held: false,
                rule: Some(entry.rule.clone()),
            };
        }
    }
    values
}

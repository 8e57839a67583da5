//! Cleaning: mend what is certain, ask about what is not, and show every step.
//!
//! A [`RuleSet`] is data, made for one instrument and checked when it is loaded. [`clean`] takes what one unit handed in
//! ([`Raw`]) and what editors have decided ([`Decision`]) to [`Cleaned`]: a value with a status for every variable, a
//! ledger of every change, and a query for everything that is left to a person. Nothing is guessed: where more than one
//! reading is plausible there is a query. [`replay`] makes the same values from the raw answers and the ledger.
//!
//! The principle is that of Fellegi and Holt's edits, with edit operations instead of single fields: readings of a whole
//! question ("every post is in percent") and of single cells compete, each weighed by how ordinary the unit would be if
//! it were true (a mixture model for errors of unity measure). Weights are decibans: ten is ten to one. They stand in the
//! rule set, each with its reason.

mod cleaned;
mod decision;
mod doubt;
mod engine;
mod evidence;
mod ledger;
mod query;
mod raw;
mod reading;
mod rules;

pub use cleaned::{Cleaned, Reason, Status, Value};
pub use decision::{Basis, Choice, Decision, Unfit};
pub use doubt::{Doubt, doubts};
use engine::PLACES;
pub use evidence::{Evidence, Fact};
pub use ledger::{Author, Certainty, Entry, replay};
pub use query::{Alternative, Change, Query, Urgency};
pub use raw::{Confirmation, Given, Raw};
pub use rules::{Block, Rule, RuleSet};

use crate::instrument::Instrument;

/// Cleans what one unit handed in. The same input gives the same bytes.
///
/// `instrument` is the one that `rules` was loaded for, and that `raw` was made by. `decisions` may be in any order;
/// of several about one variable the last by [`Decision::at`] counts.
pub fn clean(
    rules: &RuleSet,
    instrument: &Instrument,
    raw: &Raw,
    decisions: &[Decision],
) -> Cleaned {
    engine::run(rules, instrument, raw, decisions)
}

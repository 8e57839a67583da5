//! What the rules hold against values that an editor means to put in.

use serde::{Deserialize, Serialize};

use super::{Author, Change, Cleaned, Decision, Evidence, Raw, RuleSet, Status, clean};
use crate::instrument::Instrument;

/// Something that speaks against a value of an editor's own. It can still be right: an editor knows what no rule does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The rule that would ask about it or mend it.
    pub rule: String,
    pub evidence: Evidence,
}

/// What the rules would say had the chief typed the new values beside what stands now. `cleaned` is what cleaning made of
/// `raw`; what was asked about already, or is decided, and is not about a value that changes, is left out.
pub fn doubts(
    rules: &RuleSet,
    instrument: &Instrument,
    raw: &Raw,
    cleaned: &Cleaned,
    changes: &[Change],
) -> Vec<Doubt> {
    let proposed = clean(
        rules,
        instrument,
        &as_if_typed(instrument, raw, cleaned, changes),
        &[],
    );
    let change = |variable: &str| changes.iter().find(|change| change.variable == variable);
    let is_asked_already = |id: &str| cleaned.queries.iter().any(|query| query.id == id);
    let is_decided = |variable: &String| {
        let value = cleaned.value(instrument, variable);
        value.is_some_and(|value| value.rule.as_deref() == Some(Decision::RULE))
    };
    let asked = proposed
        .queries
        .iter()
        .filter(|query| {
            let is_new = !is_asked_already(&query.id) && !query.variables.iter().all(is_decided);
            is_new || query.variables.iter().any(|one| change(one).is_some())
        })
        .map(|query| (&query.rule, &query.evidence));
    let mended = proposed
        .ledger
        .iter()
        .filter(|entry| {
            entry.by == Author::Rule
                && change(&entry.variable).is_some_and(|change| change.to != entry.after)
        })
        .map(|entry| (&entry.rule, &entry.evidence));
    let mut doubts: Vec<Doubt> = Vec::new();
    for (rule, evidence) in asked.chain(mended) {
        let doubt = Doubt {
            rule: rule.clone(),
            evidence: evidence.clone(),
        };
        if !doubts.contains(&doubt) {
            doubts.push(doubt);
        }
    }
    doubts
}

/// The answer as a chief would have typed it who meant what stands, with the changes. What awaits a decision stands as typed.
fn as_if_typed(instrument: &Instrument, raw: &Raw, cleaned: &Cleaned, changes: &[Change]) -> Raw {
    let mut typed = raw.clone();
    for (place, value) in cleaned.values.iter().enumerate() {
        match (value.status, value.number, &value.text) {
            (Status::Corrected | Status::FromRegister, Some(number), _) => {
                typed.set(place, &number.to_swedish());
            }
            (Status::Corrected, None, Some(text)) => typed.set(place, text),
            (Status::Missing, ..) if value.rule.is_some() => typed.set(place, ""),
            _ => {}
        }
    }
    for change in changes {
        let Some(place) = instrument.place_of(&change.variable) else {
            continue;
        };
        match (change.to, &change.text) {
            (Some(number), _) => typed.set(place, &number.to_swedish()),
            (None, Some(text)) => typed.set(place, text),
            (None, None) => typed.set(place, ""),
        }
    }
    typed
}

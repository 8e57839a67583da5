use survey::{
    checks::Confirmed,
    cleaning::{Confirmation, Raw},
    instrument::Instrument,
    register::Register,
    submission::Entry,
};

use crate::storage::{self, CaseToClean, Known};

#[derive(Debug, thiserror::Error)]
#[error("what was handed in cannot be read: {0}")]
pub struct RawError(#[from] serde_json::Error);

/// What the rules are given of a case.
///
/// # Errors
/// Where the snapshot is no JSON of answers.
pub fn raw(instrument: &Instrument, snapshot: &str, known: &Known) -> Result<Raw, RawError> {
    let entries: Vec<Entry> = serde_json::from_str(snapshot)?;
    let mut raw = Raw::of_submission(instrument, &entries);
    raw.register = Register::read(
        instrument,
        known
            .register
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str())),
    );
    raw.confirmations.clone_from(&known.confirmations);
    Ok(raw)
}

/// What is known beside the answers at this moment: what the instrument asks of the register, and what the chief confirmed.
pub(super) fn known(instrument: &Instrument, case: &CaseToClean) -> Known {
    let asked = |field: &str| instrument.register.iter().any(|one| one.key == field);
    Known {
        register: case
            .classes
            .iter()
            .filter(|(field, _)| asked(field))
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect(),
        confirmations: case.confirmations.iter().map(confirmation).collect(),
    }
}

fn confirmation(stored: &storage::Confirmation) -> Confirmation {
    Confirmation {
        confirmed: Confirmed {
            rule: stored.rule.clone(),
            scope: stored.scope.clone(),
            about: stored.about.clone(),
        },
        reason: stored.reason.clone(),
    }
}

use survey::cleaning::Decision;
use uuid::Uuid;

use super::{
    Ready,
    raw::{self, RawError, known},
};
use crate::storage::{CaseToClean, Earlier, NewEdition};

/// The next edition of a case, when `decisions` stand and `decided` is the number of the last one.
///
/// # Errors
/// Where what was handed in cannot be read.
pub fn next(
    ready: &Ready,
    rule_set: Uuid,
    case: &CaseToClean,
    decisions: &[Decision],
    decided: u32,
    id: Uuid,
) -> Result<NewEdition, RawError> {
    let known = known(&ready.instrument, case);
    let raw = raw::raw(&ready.instrument, &case.snapshot, &known)?;
    Ok(NewEdition {
        id,
        case_id: case.case_id,
        after: case.edition.as_ref().map_or(0, |edition| edition.number),
        submission_id: case.submission_id,
        rule_set_id: rule_set,
        decided,
        known,
        cleaned: (ready.clean)(&ready.rules, &ready.instrument, &raw, decisions),
    })
}

/// The next edition of a case by the decisions that stand.
pub(super) fn as_decided(
    ready: &Ready,
    rule_set: Uuid,
    case: &CaseToClean,
    id: Uuid,
) -> Result<NewEdition, RawError> {
    let decided = case.decisions.last().map_or(0, |last| last.number);
    let decisions = Earlier::standing(&case.decisions);
    next(ready, rule_set, case, &decisions, decided, id)
}

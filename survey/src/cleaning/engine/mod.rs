//! From raw answers to clean ones, block by block.

mod blank;
mod contest;
mod decide;
mod edit;
mod figure;
mod gate;
mod lanes;
mod pattern;
mod question;
mod question_evidence;
mod row;
mod settle;
mod sheet;
mod shifted;
mod total;
mod turned;
mod unit;
mod verdict;

pub(super) use self::question_evidence::PLACES;
use self::sheet::Sheet;
use super::{Cleaned, Decision, Raw, RuleSet};
use crate::instrument::Instrument;

/// Read, then block by block: errors of the whole question and of cells against each other, blanks, edits; last what
/// editors have decided.
pub(super) fn run(
    rules: &RuleSet,
    instrument: &Instrument,
    raw: &Raw,
    decisions: &[Decision],
) -> Cleaned {
    let mut sheet = Sheet::read(rules, instrument, raw);
    let mut stores = [Vec::new(), Vec::new()];
    let mut in_percent = vec![false; rules.plans.len()];
    for (place, plan) in rules.plans.iter().enumerate() {
        if let Some(figure) = &plan.figure {
            figure::clean(&mut sheet, plan, figure);
            continue;
        }
        if let Some(gate) = &plan.gate
            && gate::is_closed(&mut sheet, plan, gate)
        {
            continue;
        }
        let percent = question::clean(&mut sheet, plan, &in_percent, &mut stores);
        if let Some(known) = in_percent.get_mut(place) {
            *known = percent;
        }
    }
    edit::examine(&mut sheet);
    decide::apply(&mut sheet, decisions);
    sheet.into_cleaned()
}

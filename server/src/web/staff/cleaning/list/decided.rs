//! The decisions in the list.

use std::collections::BTreeMap;

use app::staff::cleaning::ListFilter;
use survey::{cleaning::Unfit, statistics::Totals};
use uuid::Uuid;

use crate::{
    storage::{Earlier, EditionToReview},
    web::staff::cleaning::ranking::OpenQuestions,
};

/// A decision in the list of them.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    pub edition: &'a EditionToReview,
    pub decision: &'a Earlier,
    pub unfit: Option<&'a Unfit>,
}

/// The decisions that hold and are about what the filter chooses, whatever its state.
pub(super) fn decided<'d>(
    open: &'d OpenQuestions,
    decisions: &'d [Earlier],
    filter: &ListFilter,
) -> Vec<Decided<'d>> {
    let editions: BTreeMap<Uuid, &EditionToReview> = open
        .editions
        .iter()
        .map(|edition| (edition.case_id, edition))
        .collect();
    by_case(decisions)
        .filter_map(|decision| {
            let edition = *editions.get(&decision.case_id)?;
            let takes = filter.takes_region(&edition.region)
                && filter.takes_rule(&decision.body.rule)
                && is_about(&open.totals, decision, &filter.row);
            takes.then(|| Decided {
                edition,
                decision,
                unfit: unfit_of(&edition.unfit, decision.number),
            })
        })
        .collect()
}

/// Whether a decision was about something in a row; no row: any decision.
fn is_about(totals: &Totals, decision: &Earlier, row: &str) -> bool {
    let mut cells = totals.list.iter().flat_map(|total| &total.cells);
    let basis = &decision.body.basis;
    row.is_empty()
        || cells
            .any(|cell| cell.row == row && basis.iter().any(|one| one.variable == cell.variable))
}

/// Decisions that hold, case by case, the latest first within each.
fn by_case(decisions: &[Earlier]) -> impl Iterator<Item = &Earlier> {
    decisions
        .chunk_by(|one, other| one.case_id == other.case_id)
        .flat_map(|of_case| {
            let mut standing: Vec<&Earlier> = Earlier::not_undone(of_case).collect();
            standing.reverse();
            standing
        })
}

pub(in crate::web::staff::cleaning) fn unfit_of(unfit: &[Unfit], number: u32) -> Option<&Unfit> {
    let name = number.to_string();
    unfit.iter().find(|one| one.decision() == name)
}

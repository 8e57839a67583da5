//! A question that is answered in one way down to some row, and in another from there on.

use super::{
    pattern::{Says, both_positive},
    row::{Choice, Row},
};
use crate::cleaning::rules::model::Weight;

/// Operations by place in the plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub one: usize,
    pub other: usize,
}

/// What shows in fewer rows is no habit but a slip.
const FEWEST: usize = 2;

/// The likeliest row to turn at, for each way to turn.
pub(super) fn find(rows: &[Row<'_>], turn: Turn) -> Vec<Says> {
    let choices = [turn.one, turn.other].map(|operation| said(rows, operation));
    let [one, other] = &choices;
    let differing: Vec<usize> = (0..rows.len())
        .filter(|place| {
            let row = &rows[*place];
            let meant = |choices: &[Option<&Choice>]| choices[*place].map(|choice| choice.meant);
            row.group == 0 && both_positive(row) && meant(one) != meant(other)
        })
        .collect();
    let last = differing.len().saturating_sub(FEWEST);
    let turns = differing.get(FEWEST..=last).unwrap_or_default();
    let ways = [(one, other), (other, one)].into_iter();
    ways.filter_map(|(above, below)| {
        let from = turns
            .iter()
            .max_by_key(|from| weight(&above[..**from]) + weight(&below[**from..]))?;
        let says = above[..*from].iter().chain(&below[*from..]);
        Some(
            says.map(|choice| choice.map(|choice| (choice.meant, choice.fit)))
                .collect(),
        )
    })
    .collect()
}

/// What an operation makes of each row of the first question.
fn said<'r>(rows: &'r [Row<'_>], operation: usize) -> Vec<Option<&'r Choice>> {
    rows.iter()
        .map(|row| row.choice(operation).filter(|_| row.group == 0))
        .collect()
}

/// In the commonest style.
fn weight(choices: &[Option<&Choice>]) -> Weight {
    let each = choices.iter().flatten().map(|choice| choice.fit[0]);
    each.fold(0, Weight::saturating_add)
}

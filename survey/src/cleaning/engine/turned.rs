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
pub(super) fn find(rows: &[Row<'_>], turn: Turn) -> impl Iterator<Item = (Turn, Says)> {
    let differing: Vec<usize> = (0..rows.len())
        .filter(|place| {
            let row = &rows[*place];
            row.group == 0 && both_positive(row) && !row.agree(turn.one, turn.other)
        })
        .collect();
    let ways = [(turn.one, turn.other), (turn.other, turn.one)];
    let likeliest = ways.map(|(above, below)| {
        let last = differing.len().saturating_sub(FEWEST);
        let turns = differing.get(FEWEST..=last).unwrap_or_default();
        turns
            .iter()
            .map(|from| says(rows, *from, above, below))
            .max_by_key(weight)
    });
    likeliest
        .into_iter()
        .flatten()
        .map(move |says| (turn, says))
}

fn says(rows: &[Row<'_>], from: usize, above: usize, below: usize) -> Says {
    let each = rows.iter().enumerate().map(|(place, row)| {
        let operation = if place < from { above } else { below };
        let choice: &Choice = row.choice(operation).filter(|_| row.group == 0)?;
        Some((choice.meant, choice.fit))
    });
    each.collect()
}

/// In the commonest style.
fn weight(says: &Says) -> Weight {
    let each = says.iter().flatten().map(|(_, [common, ..])| *common);
    each.fold(0, Weight::saturating_add)
}

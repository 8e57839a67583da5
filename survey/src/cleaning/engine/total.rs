//! A total among the rows: one holds the sum of the others, or of all, or stands for all of them.

use super::{
    pattern::Says,
    row::{Meant, PERSONS, POSTS, Row, ordinary},
};
use crate::cleaning::rules::plan::Plan;

const COLUMNS: [usize; 2] = [PERSONS, POSTS];

/// A total stands first or last. It is the sum of at least so many `others`, and itself at least `least`; `alone` where
/// it may be all that is filled in.
pub(super) fn find(
    plan: &Plan,
    rows: &[Row<'_>],
    others: usize,
    least: i64,
    alone: bool,
) -> Vec<Says> {
    let question: Vec<usize> = (0..rows.len())
        .filter(|place| rows[*place].group == 0)
        .collect();
    let filled = |place: &&usize| {
        rows[**place]
            .typed()
            .iter()
            .any(|meant| meant.is_positive())
    };
    let ends = [
        question.first(),
        question.iter().find(filled),
        question.iter().rev().find(filled),
    ];
    let mut tried = Vec::new();
    let mut found = Vec::new();
    for place in ends.into_iter().flatten() {
        if !tried.contains(place) {
            tried.push(*place);
            sums(plan, rows, &question, *place, others, least, &mut found);
        }
    }
    if alone && let Some(first) = question.first() {
        found.extend(only(plan, rows, &question, *first, others, least));
    }
    found
}

fn number(row: &Row<'_>, column: usize) -> i64 {
    row.cells[column].meant.number().unwrap_or(0)
}

/// The row at `place` holds the sum of the others, or of all.
fn sums(
    plan: &Plan,
    rows: &[Row<'_>],
    question: &[usize],
    place: usize,
    others: usize,
    least: i64,
    found: &mut Vec<Says>,
) {
    let total = &rows[place];
    let rest = || {
        question
            .iter()
            .filter(|other| **other != place)
            .map(|other| &rows[*other])
    };
    let sum = COLUMNS
        .map(|column| rest().fold(0_i64, |sum, row| sum.saturating_add(number(row, column))));
    let enough = COLUMNS.map(|column| {
        number(total, column) >= sum[column]
            && sum[column] >= least
            && rest().filter(|row| number(row, column) > 0).count() >= others
    });
    let equal = COLUMNS.map(|column| number(total, column) == sum[column] && enough[column]);
    let more = COLUMNS.map(|column| number(total, column) > sum[column] && enough[column]);
    let mut say = |meant: [Meant; 2]| {
        let mut says: Says = vec![None; rows.len()];
        says[place] = Some((meant, ordinary(&plan.model, meant)));
        found.push(says);
    };
    if equal.contains(&true) {
        say(COLUMNS.map(|column| unknown_where(equal[column], total, column)));
    }
    let mut less = |columns: [bool; 2]| {
        say(COLUMNS.map(|column| {
            if columns[column] {
                Meant::Is(number(total, column) - sum[column])
            } else {
                total.cells[column].meant
            }
        }));
    };
    if more.contains(&true) {
        less(more);
    }
    // Posts in another unit are always more than the others are.
    if more == [true, true] {
        less([true, false]);
    }
}

/// Only the first row is filled in.
fn only(
    plan: &Plan,
    rows: &[Row<'_>],
    question: &[usize],
    first: usize,
    others: usize,
    least: i64,
) -> Option<Says> {
    let mut rest = question.iter().filter(|other| **other != first);
    let alone = COLUMNS.map(|column| {
        number(&rows[first], column) >= least
            && rest.clone().all(|other| rows[*other].cells[column].zero)
    });
    if rest.by_ref().count() < others || !alone.contains(&true) {
        return None;
    }
    let says = rows.iter().map(|row| {
        (row.group == 0).then(|| {
            let meant = COLUMNS.map(|column| unknown_where(alone[column], row, column));
            (meant, ordinary(&plan.model, meant))
        })
    });
    Some(says.collect())
}

fn unknown_where(unknown: bool, row: &Row<'_>, column: usize) -> Meant {
    if unknown {
        Meant::Unknown
    } else {
        row.cells[column].meant
    }
}

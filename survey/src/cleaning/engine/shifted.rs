//! A column that is a row off, all of it or from some row on.

use super::{
    pattern::{Says, first_question},
    row::{Meant, PERSONS, POSTS, Row, ordinary},
};
use crate::cleaning::rules::{model::Weight, plan::Plan};

/// How a column was moved: the numbers from the row at `from` on stand one row below or above their own.
#[derive(Clone, Copy)]
struct Move {
    column: usize,
    down: bool,
    from: usize,
}

const WAYS: [(usize, bool); 4] = [
    (POSTS, true),
    (POSTS, false),
    (PERSONS, true),
    (PERSONS, false),
];

/// One column is one row off, up or down; and nothing falls over the edge.
pub(super) fn all(plan: &Plan, rows: &[Row<'_>], least: usize) -> Vec<Says> {
    let places = question(rows, least);
    let ways = WAYS.map(|(column, down)| Move {
        column,
        down,
        from: 0,
    });
    ways.into_iter()
        .filter_map(|way| moved_back(plan, rows, &places, way))
        .collect()
}

/// The same from some row below the first on, where a row was skipped or left out: the likeliest, for each column and
/// way.
pub(super) fn from_some_row(plan: &Plan, rows: &[Row<'_>], least: usize) -> Vec<Says> {
    let places = question(rows, least);
    let ways = WAYS.into_iter().filter_map(|(column, down)| {
        (1..places.len())
            .filter_map(|from| moved_back(plan, rows, &places, Move { column, down, from }))
            .max_by_key(|says| weight(rows, says))
    });
    ways.collect()
}

/// The rows of the first question, by place; none where too few of them are odd.
fn question(rows: &[Row<'_>], least: usize) -> Vec<usize> {
    let odd = first_question(rows).filter(|row| {
        row.cells[PERSONS].meant.is_positive() != row.cells[POSTS].meant.is_positive()
    });
    if odd.count() < least {
        return Vec::new();
    }
    (0..rows.len())
        .filter(|place| rows[*place].group == 0)
        .collect()
}

/// Every row of what is typed and of what is said, in the commonest style.
fn weight(rows: &[Row<'_>], says: &Says) -> Weight {
    let each = rows.iter().zip(says).map(|(row, says)| match says {
        Some((_, [common, ..])) => *common,
        None => row.choices.first().map_or(0, |typed| typed.fit[0]),
    });
    each.fold(0, Weight::saturating_add)
}

/// What each row is when the column is moved back; none where something would fall over the edge.
fn moved_back(plan: &Plan, rows: &[Row<'_>], places: &[usize], way: Move) -> Option<Says> {
    let numbers: Vec<Meant> = places
        .iter()
        .map(|place| or_zero(rows[*place].cells[way.column].meant))
        .collect();
    let over = if way.down {
        numbers.get(way.from)
    } else {
        numbers.last()
    };
    if over.is_none_or(|over| over.is_positive()) {
        return None;
    }
    let mut says: Says = vec![None; rows.len()];
    for (at, place) in places.iter().enumerate().skip(way.from) {
        let from = if way.down {
            Some(at + 1)
        } else {
            at.checked_sub(1).filter(|from| *from >= way.from)
        };
        let mut meant = rows[*place].cells.map(|cell| or_zero(cell.meant));
        // What stood where the edge is now has been pushed out.
        let pushed_out = if meant[1 - way.column].is_positive() {
            Meant::Unknown
        } else {
            Meant::Is(0)
        };
        meant[way.column] = from
            .and_then(|from| numbers.get(from))
            .copied()
            .unwrap_or(pushed_out);
        says[*place] = Some((meant, ordinary(&plan.model, meant)));
    }
    Some(says)
}

fn or_zero(meant: Meant) -> Meant {
    match meant {
        Meant::Is(number) => Meant::Is(number),
        Meant::Blank | Meant::Unknown => Meant::Is(0),
    }
}

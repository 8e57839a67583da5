//! Errors that only show in the question as a whole: copies, shares, and columns a row off.

use crate::{
    answers::Number,
    cleaning::rules::{
        model::{Fit, Weight, thinness},
        plan::{Plan, Shape},
    },
};

use super::{
    row::{Meant, PERSONS, POSTS, Row, ordinary},
    shifted, total,
    turned::{self, Turn},
    unit,
};

/// A pattern that may be there, with what it says of each row that it says something about.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub rule: usize,
    pub weight: Weight,
    pub asks: bool,
    /// The operations that the rows follow, where it is one or another.
    pub turn: Option<Turn>,
    pub rows: Vec<Option<([Meant; 2], Fit)>>,
}

impl Found {
    /// The rule that makes what is said of a row of it, and whether it may only be offered. Of a row that follows the other
    /// operation than the first nothing is certain.
    pub fn says_of(&self, plan: &Plan, row: &Row<'_>, meant: [Meant; 2]) -> (usize, bool) {
        let first = self
            .turn
            .filter(|turn| row.meaning(turn.one) == Some(meant))
            .and_then(|turn| plan.operations.get(turn.one));
        match first {
            Some(first) => (first.rule, self.asks),
            None => (self.rule, self.asks || self.turn.is_some()),
        }
    }
}

/// Every pattern of the plan that `rows` may be under.
pub(super) fn find(plan: &Plan, rows: &[Row<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    if plan.patterns.is_empty() {
        return found;
    }
    let pairs = unit::Pairs::of(rows);
    for pattern in &plan.patterns {
        let says = match pattern.shape {
            Shape::CopiedPosts { rows: least } => copied(plan, rows, least, POSTS),
            Shape::CopiedPersons { rows: least } => copied(plan, rows, least, PERSONS),
            Shape::Total {
                rows: others,
                least,
                alone,
            } => total::find(plan, rows, others, least, alone),
            Shape::Shares {
                rows: least,
                whole,
                slack,
                flat,
            } => shares(plan, rows, least, whole, slack, flat),
            Shape::Turned { one, other } => {
                let operations = plan.operation_of(one).zip(plan.operation_of(other));
                if let Some((one, other)) = operations {
                    let turn = Turn { one, other };
                    found.extend(turned::find(rows, turn).into_iter().map(|rows| Found {
                        rule: pattern.rule,
                        weight: pattern.weight,
                        asks: pattern.asks,
                        turn: Some(turn),
                        rows,
                    }));
                }
                Vec::new()
            }
            Shape::Shifted { rows: least } => {
                for rows in shifted::from_some_row(plan, rows, least) {
                    // Any row may be where it began.
                    found.push(Found {
                        rule: pattern.rule,
                        weight: pattern.weight - thinness_of(rows.len()),
                        asks: true,
                        turn: None,
                        rows,
                    });
                }
                shifted::all(plan, rows, least)
            }
            Shape::Unit {
                rows: others,
                least,
                most,
                round,
            } => {
                if round && let Some(rows) = unit::other(plan, rows, &pairs, others, least..=most) {
                    found.push(Found {
                        rule: pattern.rule,
                        weight: pattern.weight - thinness_of(unit::UNITS),
                        asks: true,
                        turn: None,
                        rows,
                    });
                }
                unit::unknown(plan, rows, &pairs, others, least..=most, round)
            }
        };
        found.extend(says.into_iter().map(|rows| Found {
            rule: pattern.rule,
            weight: pattern.weight,
            asks: pattern.asks,
            turn: None,
            rows,
        }));
    }
    found
}

/// One of so many is as likely as any other.
fn thinness_of(count: usize) -> Weight {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    thinness(count.saturating_mul(Number::SCALE))
}

pub(super) type Says = Vec<Option<([Meant; 2], Fit)>>;

/// The rows of the first question, where habits show.
pub(super) fn first_question<'r>(rows: &'r [Row<'r>]) -> impl Iterator<Item = &'r Row<'r>> {
    rows.iter().filter(|row| row.group == 0)
}

pub(super) fn both_positive(row: &Row<'_>) -> bool {
    row.typed().iter().all(|meant| meant.is_positive())
}

/// Every row has as many posts as persons. Where persons are whole the posts may be a copy, and else the persons are.
/// Where nobody has said how many persons there are, whole posts may be the persons.
fn copied(plan: &Plan, rows: &[Row<'_>], least: usize, column: usize) -> Vec<Says> {
    let lone = first_question(rows).all(|row| row.cells[PERSONS].meant == Meant::Blank);
    let counts = |row: &Row| {
        if lone {
            row.cells[POSTS].meant.is_positive()
        } else {
            both_positive(row)
        }
    };
    let pairs = || first_question(rows).filter(|row| counts(row));
    let whole = |row: &Row| {
        row.cells[POSTS]
            .meant
            .number()
            .is_some_and(|number| number % Number::SCALE == 0)
    };
    let equal = |row: &Row| lone || row.cells[PERSONS].meant == row.cells[POSTS].meant;
    let fits = pairs().count() >= least
        && pairs().all(equal)
        && pairs().all(whole) == (column == POSTS)
        && (column == POSTS || !lone);
    if !fits {
        return Vec::new();
    }
    let says = rows.iter().map(|row| {
        (row.group == 0 && counts(row)).then(|| {
            let mut meant = row.typed();
            let posts = meant[POSTS];
            meant[column] = Meant::Unknown;
            let heads = if lone { [posts, Meant::Unknown] } else { meant };
            (meant, ordinary(&plan.model, heads))
        })
    });
    vec![says.collect()]
}

/// Posts add up to a hundred: each is a share of the staff.
fn shares(
    plan: &Plan,
    rows: &[Row<'_>],
    least: usize,
    whole: i64,
    slack: i64,
    flat: Weight,
) -> Vec<Says> {
    let posts = || {
        first_question(rows)
            .filter_map(|row| row.cells[POSTS].meant.number())
            .filter(|posts| *posts > 0)
    };
    let sum = posts().fold(0_i64, i64::saturating_add);
    let exceeding = first_question(rows)
        .filter(|row| row.cells[POSTS].meant.number() > row.cells[PERSONS].meant.number())
        .count();
    let count = posts().count();
    if count < least || exceeding * 2 < count || sum.saturating_sub(whole).abs() > slack {
        return Vec::new();
    }
    let says = rows.iter().map(|row| {
        (row.group == 0 && row.cells[POSTS].meant.is_positive()).then(|| {
            let meant = [row.cells[PERSONS].meant, Meant::Unknown];
            (meant, ordinary(&plan.model, meant).map(|fit| fit + flat))
        })
    });
    vec![says.collect()]
}

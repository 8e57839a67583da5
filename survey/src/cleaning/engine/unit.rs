//! Posts in a unit that no rule knows: all of them so many times too large.

use std::ops::RangeInclusive;

use super::{
    pattern::{Says, both_positive, first_question},
    row::{Meant, PERSONS, Row, ordinary, rounded, step_of},
};
use crate::{
    answers::Number,
    cleaning::rules::{
        model::{Fit, STYLES, Weight, quotient, thinness},
        plan::{Plan, Transform},
    },
};

const SCALE: i64 = Number::SCALE;

/// Employment rates of a whole centre, among which the likeliest is taken: what the unit is follows from it.
const RATES: [i64; 5] = [
    SCALE * 55 / 100,
    SCALE * 65 / 100,
    SCALE * 75 / 100,
    SCALE * 85 / 100,
    SCALE * 95 / 100,
];

/// So many to a post as `bounds` say. That the numbers become round is what speaks for a unit that is known. Here any
/// number is as good as the next; or else all are multiples of something, and a unit that nobody knows makes them round.
pub(super) fn unknown(
    plan: &Plan,
    rows: &[Row],
    least_rows: usize,
    bounds: RangeInclusive<i64>,
    round: bool,
) -> Vec<Says> {
    let (least, most) = (*bounds.start(), *bounds.end());
    let pairs = || {
        first_question(rows)
            .filter(|row| both_positive(row))
            .filter_map(pair)
    };
    let count = pairs().count();
    let says_percent = first_question(rows).any(|row| row.cells.iter().any(|cell| cell.percent));
    if count < least_rows || says_percent {
        return Vec::new();
    }
    let (persons, posts) = pairs().fold((0_i64, 0_i64), |(persons, posts), pair| {
        (persons.saturating_add(pair.0), posts.saturating_add(pair.1))
    });
    let each = quotient(posts, persons);
    let step = pairs().map(|pair| step_of(pair.1)).min().unwrap_or(SCALE);
    let units = RATES.map(|rate| quotient(each, rate).clamp(least, most));
    if each < least / 2 || each > most {
        return Vec::new();
    }
    let weigh = |unit: i64| -> Weight {
        pairs()
            .map(|(persons, posts)| fit(plan, persons, posts, unit, step))
            .fold(0, Weight::saturating_add)
    };
    let Some(unit) = units.into_iter().max_by_key(|unit| weigh(*unit)) else {
        return Vec::new();
    };
    let says = |fits: &dyn Fn(i64, i64) -> Fit| -> Says {
        let each = rows.iter().map(|row| {
            let (persons, posts) = pair(row).filter(|_| row.group == 0 && both_positive(row))?;
            Some((
                [row.cells[PERSONS].meant, Meant::Unknown],
                fits(persons, posts),
            ))
        });
        each.collect()
    };
    let mut found = vec![says(&|persons, posts| {
        [fit(plan, persons, posts, unit, step); STYLES]
    })];
    if !round {
        return found;
    }
    let shared = pairs().fold(0, |shared, (_, posts)| divisor(shared, posts));
    let unit = PARTS
        .iter()
        .filter_map(|part| shared.checked_mul(*part))
        .filter(|unit| bounds.contains(unit) && !is_known(plan, *unit))
        .find(|unit| (each / 2..=each * 3).contains(unit));
    if let Some(unit) = unit {
        found.push(says(&|persons, posts| {
            let meant = [Meant::Is(persons), Meant::Is(quotient(posts, unit))];
            ordinary(&plan.model, meant)
        }));
    }
    found
}

/// How many units between the bounds are tried.
pub(super) const UNITS: usize = 60;

/// Another unit between the bounds than one that has a rule, that makes the numbers round: where it does so as well as
/// one that has, nobody can know which it is. What it makes of the numbers is not said: others do nearly as well.
pub(super) fn other(
    plan: &Plan,
    rows: &[Row],
    least_rows: usize,
    bounds: RangeInclusive<i64>,
) -> Option<Says> {
    let pairs: Vec<(i64, i64)> = first_question(rows)
        .filter(|row| both_positive(row))
        .filter_map(pair)
        .collect();
    let says_percent = first_question(rows).any(|row| row.cells.iter().any(|cell| cell.percent));
    let sum = |of: fn(&(i64, i64)) -> i64| pairs.iter().map(of).fold(0, i64::saturating_add);
    let each = quotient(sum(|pair| pair.1), sum(|pair| pair.0));
    if pairs.len() < least_rows
        || says_percent
        || !(bounds.start() / 2..=*bounds.end()).contains(&each)
    {
        return None;
    }
    let fit = |(persons, posts): (i64, i64), unit: i64| -> Fit {
        rounded(&plan.model, Meant::Is(persons), posts, unit).fit
    };
    let weigh = |unit: i64| -> Weight {
        let styles = plan.model.styles.iter().map(|(weight, _)| *weight);
        let sums = pairs.iter().fold([0; STYLES], |mut sums, pair| {
            for (sum, weight) in sums.iter_mut().zip(fit(*pair, unit)) {
                *sum = Weight::saturating_add(*sum, weight);
            }
            sums
        });
        styles
            .zip(sums)
            .map(|(style, sum)| style + sum)
            .max()
            .unwrap_or(0)
    };
    let step = (bounds.end() - bounds.start()) / i64::try_from(UNITS).unwrap_or(1);
    let unit = bounds
        .step_by(usize::try_from(step.max(1)).unwrap_or(1))
        .filter(|unit| !is_near_known(plan, *unit))
        .max_by_key(|unit| weigh(*unit))?;
    let says = rows.iter().map(|row| {
        let pair = pair(row).filter(|_| row.group == 0 && both_positive(row))?;
        Some(([row.cells[PERSONS].meant, Meant::Unknown], fit(pair, unit)))
    });
    Some(says.collect())
}

/// Within a hundredth of a unit that has a rule: the numbers mean the same by both.
fn is_near_known(plan: &Plan, unit: i64) -> bool {
    plan.operations.iter().any(|operation| {
        matches!(operation.transform, Transform::Scale { by, .. } if (by - unit).abs() < by / 100)
    })
}

/// What all numbers are multiples of is a post, a half, a quarter or a tenth of one.
const PARTS: [i64; 4] = [2, 1, 4, 10];

fn divisor(one: i64, other: i64) -> i64 {
    if other == 0 {
        one
    } else {
        divisor(other, one % other)
    }
}

/// There is a rule for that very unit.
fn is_known(plan: &Plan, unit: i64) -> bool {
    plan.operations
        .iter()
        .any(|operation| matches!(operation.transform, Transform::Scale { by, .. } if by == unit))
}

fn pair(row: &Row) -> Option<(i64, i64)> {
    let [persons, posts] = row.typed();
    Some((persons.number()?, posts.number()?))
}

/// Persons who share so many posts, however round: a step of what is typed is so much of a post.
fn fit(plan: &Plan, persons: i64, posts: i64, unit: i64, step: i64) -> Weight {
    plan.model.unrounded(persons, quotient(posts, unit)) - thinness(quotient(unit, step))
}

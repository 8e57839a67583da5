//! Posts in a unit that no rule knows: all of them so many times too large.

use std::ops::RangeInclusive;

use super::{
    pattern::{Says, both_positive, first_question},
    row::{Meant, PERSONS, Row, ordinary, rounded, step_of},
};
use crate::{
    answers::Number,
    cleaning::rules::{
        model::{Beside, Fit, STYLES, Weight, quotient, thinness},
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

/// Rows of the first question with both persons and posts.
pub(super) struct Pairs {
    each: Vec<(i64, i64)>,
    /// Posts per person in all of them.
    rate: i64,
    /// The finest step that posts are typed in.
    step: i64,
    says_percent: bool,
}

impl Pairs {
    pub fn of(rows: &[Row<'_>]) -> Self {
        let each: Vec<(i64, i64)> = first_question(rows)
            .filter(|row| both_positive(row))
            .filter_map(pair)
            .collect();
        let sum = |of: fn(&(i64, i64)) -> i64| each.iter().map(of).fold(0, i64::saturating_add);
        Self {
            rate: quotient(sum(|pair| pair.1), sum(|pair| pair.0)),
            step: each
                .iter()
                .map(|pair| step_of(pair.1))
                .min()
                .unwrap_or(SCALE),
            says_percent: first_question(rows).any(|row| row.cells.iter().any(|cell| cell.percent)),
            each,
        }
    }

    /// Whether they may be in a unit between the bounds: so many rows at least, none of which says which unit it is in.
    fn may_be(&self, least_rows: usize, bounds: &RangeInclusive<i64>) -> bool {
        self.each.len() >= least_rows
            && !self.says_percent
            && (bounds.start() / 2..=*bounds.end()).contains(&self.rate)
    }
}

/// So many to a post as `bounds` say. That the numbers become round is what speaks for a unit that is known. Here any
/// number is as good as the next; or else all are multiples of something, and a unit that nobody knows makes them round.
pub(super) fn unknown(
    plan: &Plan,
    rows: &[Row<'_>],
    pairs: &Pairs,
    least_rows: usize,
    bounds: RangeInclusive<i64>,
    round: bool,
) -> Vec<Says> {
    if !pairs.may_be(least_rows, &bounds) {
        return Vec::new();
    }
    let step = pairs.step;
    let units = RATES.map(|rate| quotient(pairs.rate, rate).clamp(*bounds.start(), *bounds.end()));
    let weigh = |unit: i64| -> Weight {
        let each = pairs.each.iter();
        each.map(|(persons, posts)| fit(plan, *persons, *posts, unit, step))
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
    let shared = pairs
        .each
        .iter()
        .fold(0, |shared, (_, posts)| divisor(shared, *posts));
    let unit = PARTS
        .iter()
        .filter_map(|part| shared.checked_mul(*part))
        .filter(|unit| bounds.contains(unit) && !is_known(plan, *unit))
        .find(|unit| (pairs.rate / 2..=pairs.rate * 3).contains(unit));
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
    rows: &[Row<'_>],
    pairs: &Pairs,
    least_rows: usize,
    bounds: RangeInclusive<i64>,
) -> Option<Says> {
    if !pairs.may_be(least_rows, &bounds) {
        return None;
    }
    let beside = |persons: i64| plan.model.beside(Some(persons));
    let each: Vec<(Beside<'_>, i64)> = pairs
        .each
        .iter()
        .map(|(persons, posts)| (beside(*persons), *posts))
        .collect();
    let weigh = |unit: i64| -> Weight {
        let sums = each.iter().fold([0; STYLES], |mut sums, (beside, posts)| {
            for (sum, weight) in sums.iter_mut().zip(rounded(beside, *posts, unit).fit) {
                *sum = Weight::saturating_add(*sum, weight);
            }
            sums
        });
        let rarities = plan.model.styles.rarities.iter();
        rarities
            .zip(sums)
            .map(|(rarity, sum)| rarity + sum)
            .max()
            .unwrap_or(0)
    };
    let step = (bounds.end() - bounds.start()) / i64::try_from(UNITS).unwrap_or(1);
    let unit = bounds
        .step_by(usize::try_from(step.max(1)).unwrap_or(1))
        .filter(|unit| !is_near_known(plan, *unit))
        .max_by_key(|unit| weigh(*unit))?;
    let says = rows.iter().map(|row| {
        let (persons, posts) = pair(row).filter(|_| row.group == 0 && both_positive(row))?;
        let fit = rounded(&beside(persons), posts, unit).fit;
        Some(([row.cells[PERSONS].meant, Meant::Unknown], fit))
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

fn pair(row: &Row<'_>) -> Option<(i64, i64)> {
    let [persons, posts] = row.typed();
    Some((persons.number()?, posts.number()?))
}

/// Persons who share so many posts, however round: a step of what is typed is so much of a post.
fn fit(plan: &Plan, persons: i64, posts: i64, unit: i64, step: i64) -> Weight {
    plan.model.unrounded(persons, quotient(posts, unit)) - thinness(quotient(unit, step))
}

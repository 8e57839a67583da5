//! What the sentences about a question have places for.

use super::{
    row::{Meant, PERSONS, POSTS, Row},
    sheet::Sheet,
    verdict::{Outcome, Verdict},
};
use crate::{
    answers::Number,
    cleaning::{
        Evidence,
        rules::{model::quotient, plan::RowPlan},
    },
};

/// The question as a whole: employment rates as typed and as understood.
pub(super) struct Facts {
    rows: usize,
    /// Rows by the rule that explains them best.
    by_rule: Vec<(usize, Fits)>,
    typed: Option<Number>,
    understood: Option<Number>,
    pub register: Option<Number>,
    pub staff: Option<Number>,
}

/// Rows that a rule explains, with the lowest and highest posts per person typed there.
#[derive(Clone, Copy)]
struct Fits {
    rows: usize,
    /// Where persons are known in all of them.
    range: Option<(i64, i64)>,
}

/// What a sentence may have places for.
pub(in crate::cleaning) const PLACES: [&str; 13] = [
    "persons",
    "posts",
    "to",
    "rows",
    "fits",
    "low",
    "high",
    "typed",
    "rate_typed",
    "rate",
    "register",
    "staff",
    "beside",
];

impl Facts {
    pub fn of(rows: &[Row<'_>], outcome: &Outcome) -> Self {
        let mut by_rule: Vec<(usize, Fits)> = Vec::new();
        let mut typed = [0_i64; 2];
        let mut understood = [0_i64; 2];
        let mut count = 0;
        let add = |sums: &mut [i64; 2], meant: [Meant; 2]| {
            if let [Meant::Is(persons), Meant::Is(posts)] = meant {
                sums[PERSONS] = sums[PERSONS].saturating_add(persons);
                sums[POSTS] = sums[POSTS].saturating_add(posts);
            }
        };
        for (row, verdict) in rows.iter().zip(&outcome.verdicts) {
            let best = match verdict {
                Verdict::Stands => None,
                Verdict::Mend(best, _) => Some(*best),
                Verdict::Ask(candidates) => candidates
                    .iter()
                    .copied()
                    .find(|candidate| candidate.rule.is_some()),
            };
            if row.cells[POSTS].meant.is_positive() {
                count += 1;
            }
            add(&mut typed, row.typed());
            add(&mut understood, best.map_or(row.typed(), |best| best.meant));
            let Some(rule) = best.and_then(|best| best.rule) else {
                continue;
            };
            let each = match row.typed() {
                [Meant::Is(persons), Meant::Is(posts)] if persons > 0 => {
                    Some(quotient(posts, persons))
                }
                _ => None,
            };
            match by_rule.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, fits)) => {
                    fits.rows += 1;
                    fits.range = fits
                        .range
                        .zip(each)
                        .map(|((low, high), each)| (low.min(each), high.max(each)));
                }
                None => by_rule.push((
                    rule,
                    Fits {
                        rows: 1,
                        range: each.map(|each| (each, each)),
                    },
                )),
            }
        }
        Self {
            rows: count,
            by_rule,
            typed: rate(typed),
            understood: rate(understood),
            register: None,
            staff: None,
        }
    }

    pub fn evidence(
        &self,
        sheet: &Sheet<'_>,
        variables: &RowPlan,
        row: &Row<'_>,
        rule: usize,
    ) -> Evidence {
        let text = |place: Option<usize>| place.map_or("", |place| sheet.raw.typed(place).trim());
        let mut evidence = Evidence::default()
            .with("posts", text(Some(variables.posts)))
            .with("rows", count(self.rows));
        if row.cells[PERSONS].meant != Meant::Blank {
            evidence = evidence.with("persons", text(variables.persons));
        }
        if let Some((_, fits)) = self.by_rule.iter().find(|(known, _)| *known == rule) {
            evidence = evidence.with("fits", count(fits.rows));
            if let Some((low, high)) = fits.range {
                evidence = evidence.with("low", tenths(low)).with("high", tenths(high));
            }
        }
        let known = [
            ("rate_typed", self.typed),
            ("rate", self.understood),
            ("register", self.register),
            ("staff", self.staff),
        ];
        for (name, rate) in known {
            if let Some(rate) = rate {
                evidence = evidence.with(name, rate);
            }
        }
        evidence
    }
}

fn count(rows: usize) -> Number {
    Number::whole(i32::try_from(rows).unwrap_or(i32::MAX))
}

/// To one decimal, down.
fn tenths(millionths: i64) -> Number {
    Number::from_millionths(millionths / 100_000 * 100_000)
}

/// In whole percent, down.
fn rate([persons, posts]: [i64; 2]) -> Option<Number> {
    (persons > 0).then(|| {
        let percent = quotient(posts, persons).saturating_mul(100);
        Number::from_millionths(percent / Number::SCALE * Number::SCALE)
    })
}

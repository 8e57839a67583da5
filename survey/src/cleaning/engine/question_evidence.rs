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
        rules::{
            model::quotient,
            plan::{Plan, RowPlan, Transform},
        },
    },
};

/// The question as a whole: employment rates as typed and as understood.
pub(super) struct Facts {
    /// Rows by the rule that explains them best.
    by_rule: Vec<(usize, Fits)>,
    typed: Option<Number>,
    understood: Option<Number>,
    pub register: Option<Number>,
    /// The rule that would have taken the register's figure, where the figure may stand.
    pub from_register: Option<(usize, Number)>,
    pub staff: Option<Number>,
}

/// Rows that speak for a rule.
#[derive(Clone, Copy)]
struct Fits {
    rows: usize,
    /// Rows that could.
    of: usize,
    /// The lowest and highest posts per person typed in the rows that it explains, where persons are known in all of them.
    range: Option<(i64, i64)>,
    /// What it makes of the row, where it explains one alone.
    alone: Option<[Meant; 2]>,
}

/// What a sentence may have places for.
pub(in crate::cleaning) const PLACES: [&str; 15] = [
    "persons",
    "posts",
    "to",
    "to_persons",
    "to_posts",
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

/// Beyond so many percent of full time, an employment rate speaks for nothing.
const HIGHEST_RATE: Number = Number::whole(120);

impl Facts {
    /// What speaks for a rule is all that spoke for it before some of it was mended.
    pub fn with_earlier(mut self, earlier: Option<&Self>) -> Self {
        for (rule, before) in earlier.into_iter().flat_map(|facts| &facts.by_rule) {
            let now = self.by_rule.iter_mut().find(|(known, _)| known == rule);
            if let Some((_, fits)) = now.filter(|(_, fits)| fits.rows < before.rows) {
                *fits = *before;
            }
        }
        self
    }

    pub fn of(plan: &Plan, rows: &[Row<'_>], outcome: &Outcome) -> Self {
        let mut by_rule: Vec<(usize, Fits)> = Vec::new();
        let mut typed = [0_i64; 2];
        let mut understood = [0_i64; 2];
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
            add(&mut typed, row.typed());
            let meant = best.map_or(row.typed(), |best| best.meant);
            add(&mut understood, meant);
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
                    fits.alone = None;
                }
                None => by_rule.push((
                    rule,
                    Fits {
                        rows: 1,
                        of: 0,
                        range: each.map(|each| (each, each)),
                        alone: Some(meant),
                    },
                )),
            }
        }
        for (rule, fits) in &mut by_rule {
            fits.count(plan, rows, *rule);
        }
        Self {
            by_rule,
            typed: rate(typed),
            understood: rate(understood).filter(|rate| *rate <= HIGHEST_RATE),
            register: None,
            from_register: None,
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
        let mut evidence = Evidence::default().with("posts", text(Some(variables.posts)));
        if row.cells[PERSONS].meant != Meant::Blank {
            evidence = evidence.with("persons", text(variables.persons));
        }
        if let Some((_, fits)) = self.by_rule.iter().find(|(known, _)| *known == rule) {
            evidence = fits.told(evidence);
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

impl Fits {
    /// What the rule's sentence claims is what is counted: of an average, all rows whose numbers are no larger than an
    /// average can be; of columns that are swapped, out of the rows where that makes a difference.
    fn count(&mut self, plan: &Plan, rows: &[Row<'_>], rule: usize) {
        let operation = plan
            .operation_of(rule)
            .and_then(|place| plan.operations.get(place));
        let filled = || {
            rows.iter()
                .filter(|row| row.cells[POSTS].meant.is_positive())
        };
        self.of = filled().count();
        match operation.map(|operation| operation.transform) {
            Some(Transform::Average { by, .. }) if self.rows > 1 => {
                self.rows = filled()
                    .filter(|row| row.cells[POSTS].meant.number() <= Some(by))
                    .count();
            }
            Some(Transform::Swap { .. }) => {
                self.of = filled()
                    .filter(|row| row.cells[PERSONS].meant.is_positive())
                    .filter(|row| row.cells[PERSONS].meant != row.cells[POSTS].meant)
                    .count();
            }
            _ => {}
        }
    }

    fn told(&self, evidence: Evidence) -> Evidence {
        let mut evidence = evidence
            .with("rows", count(self.of))
            .with("fits", count(self.rows));
        if let Some((low, high)) = self
            .range
            .filter(|(low, high)| tenths(*low) < tenths(*high))
        {
            evidence = evidence.with("low", tenths(low)).with("high", tenths(high));
        }
        for (name, meant) in ["to_persons", "to_posts"]
            .into_iter()
            .zip(self.alone.into_iter().flatten())
        {
            if let Some(number) = meant.number() {
                evidence = evidence.with(name, Number::from_millionths(number));
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

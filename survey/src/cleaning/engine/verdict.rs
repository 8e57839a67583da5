//! What a contest says of each row: that it stands, what it is mended to, or what an editor is asked.

use super::row::{Meant, Row};
use crate::cleaning::rules::{
    model::{DECIBAN, Weight},
    plan::Plan,
};

/// So much behind, other numbers that would be typed alike do not count.
const CLEARLY: Weight = 10 * DECIBAN;

/// What may be meant in a row, with the weight of the best hypothesis that says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub meant: [Meant; 2],
    pub weight: Weight,
    /// How far behind any other number is that would be typed so.
    pub blur: Weight,
    /// The rule that makes it so, by place in the set; none where it is as typed.
    pub rule: Option<usize>,
    /// It is the habit of the whole question.
    pub whole: bool,
    /// It may be offered, and not be taken.
    pub asks: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Stands,
    /// To the first candidate; so much better than any other.
    Mend(Candidate, Weight),
    /// The likeliest first.
    Ask(Vec<Candidate>),
}

#[derive(Debug)]
pub(super) struct Outcome {
    /// One per row.
    pub verdicts: Vec<Verdict>,
    /// The operation that the whole question was found to be under.
    pub habit: Option<usize>,
}

impl Outcome {
    /// Where many of the numbers that a habit makes are not clear, the habit itself is not certain.
    pub fn doubt_unclear_habit(&mut self, rows: &[Row]) {
        let follows = |verdict: &Verdict| match verdict {
            Verdict::Mend(best, _) => best.whole.then_some(true),
            Verdict::Ask(candidates) => candidates
                .first()
                .filter(|best| best.whole && best.rule.is_some())
                .map(|best| best.blur >= CLEARLY),
            Verdict::Stands => None,
        };
        let count = |clear: bool| {
            let verdicts = self.verdicts.iter();
            verdicts
                .filter(|verdict| follows(verdict) == Some(clear))
                .count()
        };
        if count(false) * 2 <= count(true) {
            return;
        }
        for (verdict, row) in self.verdicts.iter_mut().zip(rows) {
            if let Verdict::Mend(best, margin) = verdict
                && best.whole
            {
                let typed = Candidate::as_typed(row, best.weight - *margin);
                let best = Candidate {
                    asks: true,
                    ..*best
                };
                *verdict = Verdict::Ask(vec![best, typed]);
            }
        }
    }
}

impl Candidate {
    /// It may be offered, and not be taken.
    fn is_left_open(&self) -> bool {
        self.asks || self.blur < CLEARLY || self.meant.contains(&Meant::Unknown)
    }

    pub fn as_typed(row: &Row, weight: Weight) -> Self {
        Self {
            meant: row.typed(),
            weight,
            blur: Weight::MAX,
            rule: None,
            whole: false,
            asks: false,
        }
    }
}

pub(super) fn verdict(plan: &Plan, row: &Row, mut candidates: Vec<Candidate>) -> Verdict {
    let Some(first) = candidates.first().copied() else {
        return Verdict::Stands;
    };
    let margin = candidates.get(1).map_or(plan.mend.max(plan.ask), |second| {
        first.weight - second.weight
    });
    let stands = first.meant == row.typed() && !row.cells.iter().any(|cell| cell.percent);
    if stands && margin >= plan.ask {
        return Verdict::Stands;
    }
    if !stands && !first.is_left_open() && margin >= plan.mend {
        return Verdict::Mend(first, margin);
    }
    candidates.retain(|candidate| {
        candidate.meant == row.typed() || candidate.weight >= first.weight - plan.offer
    });
    Verdict::Ask(candidates)
}

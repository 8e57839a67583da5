//! What a contest says of each row: that it stands, what it is mended to, or what an editor is asked.

use super::row::{Meant, Row};
use crate::cleaning::rules::{model::Weight, plan::Plan};

/// What may be meant in a row, with the weight of the best hypothesis that says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub meant: [Meant; 2],
    pub weight: Weight,
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

impl Candidate {
    /// It may be offered, and not be taken.
    fn is_left_open(&self) -> bool {
        self.asks || self.meant.contains(&Meant::Unknown)
    }

    pub fn as_typed(row: &Row<'_>, weight: Weight) -> Self {
        Self {
            meant: row.typed(),
            weight,
            rule: None,
            whole: false,
            asks: false,
        }
    }
}

pub(super) fn verdict(plan: &Plan, row: &Row<'_>, mut candidates: Vec<Candidate>) -> Verdict {
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
    let certain = !first.is_left_open() && !row.defies_leading_zero(first.meant);
    if !stands && certain && margin >= plan.mend {
        return Verdict::Mend(first, margin);
    }
    candidates.retain(|candidate| {
        candidate.meant == row.typed() || candidate.weight >= first.weight - plan.offer
    });
    Verdict::Ask(candidates)
}

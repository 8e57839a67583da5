//! How a block is cleaned: the rules that stand on it, made ready.

use super::model::{Model, Steps, Weight};

/// A block made ready. Variables by place in [`crate::instrument::Instrument::variables`], rules by place in the set.
#[derive(Clone, Debug)]
pub(in crate::cleaning) struct Plan {
    pub block: usize,
    pub rows: Vec<RowPlan>,
    /// Each question's variables: blanks beside answers in the same one are zero.
    pub questions: Vec<Vec<usize>>,
    /// Below so much better a reading than the next, the cell is asked about instead of mended.
    pub mend: Weight,
    /// Within so little of the best reading, what is typed is asked about.
    pub ask: Weight,
    /// Within so little of the best, a reading is offered as an alternative.
    pub offer: Weight,
    /// A row that does not follow the habit of its question, or the habit of a question beside it.
    pub exception: Weight,
    pub apart: Weight,
    /// A reading that does not heed a hint in the text itself: a percent sign, or the leading zero of "05".
    pub hint: Weight,
    pub model: Model,
    pub operations: Vec<Operation>,
    pub habits: Vec<Habit>,
    pub patterns: Vec<Pattern>,
    pub blanks: Blanks,
    pub gate: Option<Gate>,
    pub figure: Option<Figure>,
}

impl Plan {
    /// Whether the rule says that the question is answered in one way down to some row.
    pub fn is_turn(&self, rule: Option<usize>) -> bool {
        let turns = |pattern: &Pattern| matches!(pattern.shape, Shape::Turned { .. });
        self.patterns
            .iter()
            .any(|pattern| Some(pattern.rule) == rule && turns(pattern))
    }

    /// The operation, by place, that a rule makes here.
    pub fn operation_of(&self, rule: usize) -> Option<usize> {
        self.operations
            .iter()
            .position(|operation| operation.rule == rule)
    }
}

#[derive(Clone, Copy, Debug)]
pub(in crate::cleaning) struct RowPlan {
    pub persons: Option<usize>,
    pub posts: usize,
    pub group: usize,
}

/// Something that a chief may have done to a cell.
#[derive(Clone, Copy, Debug)]
pub(in crate::cleaning) struct Operation {
    pub rule: usize,
    pub transform: Transform,
    /// In one cell alone.
    pub slip: Option<Weight>,
    /// What it makes of a cell is offered, and never taken.
    pub asks: bool,
}

/// Numbers in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cleaning) enum Transform {
    /// Posts are `by` times too large.
    Scale {
        by: i64,
        percent: bool,
        separator: bool,
    },
    /// Persons are `by` times too many.
    ScalePersons { by: i64 },
    /// Posts are `by` times an average for each person.
    Average { by: i64, percent: bool },
    /// Persons and posts stand in each other's column, posts `by` times too large.
    Swap { by: i64, percent: bool },
    /// A digit of the posts was typed twice.
    Repeated,
    /// Posts between the bounds are something else.
    StrayPosts {
        least: i64,
        most: i64,
        whole: bool,
        flat: Weight,
        /// Added where there are no more posts than persons: they need no explanation.
        within: Weight,
    },
    /// `parts` is what it costs that persons are not whole: whoever mistypes persons still counts heads.
    StrayPersons { flat: Weight, parts: Weight },
}

impl Transform {
    pub fn of_percent(self) -> bool {
        match self {
            Self::Scale { percent, .. }
            | Self::Average { percent, .. }
            | Self::Swap { percent, .. } => percent,
            Self::ScalePersons { .. }
            | Self::Repeated
            | Self::StrayPosts { .. }
            | Self::StrayPersons { .. } => false,
        }
    }

    pub fn is_average(self) -> bool {
        matches!(self, Self::Average { .. })
    }

    pub fn is_stray(self) -> bool {
        matches!(self, Self::StrayPosts { .. } | Self::StrayPersons { .. })
    }

    pub fn finds_separator(self) -> bool {
        matches!(
            self,
            Self::Scale {
                separator: true,
                ..
            }
        )
    }
}

/// An operation on the whole question.
#[derive(Clone, Copy, Debug)]
pub(in crate::cleaning) struct Habit {
    /// By place in [`Plan::operations`].
    pub operation: usize,
    pub weight: Weight,
    /// Any cell may be as typed, at this cost for each; or under the operation at `among`, by place in
    /// [`Plan::operations`].
    pub mixed: Option<Weight>,
    pub among: Option<usize>,
    /// What the habit gains where one of its family was found in that plan.
    pub after: Option<(usize, Weight)>,
}

/// Errors that only show in the question as a whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::cleaning) struct Pattern {
    pub rule: usize,
    pub weight: Weight,
    pub asks: bool,
    pub shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cleaning) enum Shape {
    /// Posts are a copy of persons, or persons of posts.
    CopiedPosts {
        rows: usize,
    },
    CopiedPersons {
        rows: usize,
    },
    /// The first row holds the sum of the others, or stands for all of them.
    Total {
        rows: usize,
        least: i64,
        alone: bool,
    },
    /// Posts are shares of a whole: they add up to it.
    Shares {
        rows: usize,
        whole: i64,
        slack: i64,
        flat: Weight,
    },
    /// Posts are in a unit that nobody knows, so many to a post.
    Unit {
        rows: usize,
        least: i64,
        most: i64,
        /// It may be one that makes all numbers round.
        round: bool,
    },
    /// One column is a row off.
    Shifted {
        rows: usize,
    },
    /// Some rows follow the operation of one rule, and from some row on all follow that of another. Rules by place in the
    /// set.
    Turned {
        one: usize,
        other: usize,
    },
}

/// Rules on blanks, by place in the set.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cleaning) struct Blanks {
    pub zero: Option<usize>,
    pub nothing_here: Option<usize>,
    /// Blank posts beside persons; and whether an editor is asked.
    pub omitted: Option<(usize, bool)>,
}

/// The question that decides whether the block is asked.
#[derive(Clone, Debug)]
pub(in crate::cleaning) struct Gate {
    pub variable: usize,
    pub open: String,
    pub closed: String,
    /// Closed: everything behind it is zero.
    pub zero: Option<usize>,
    /// Blank, with something behind it: it is open.
    pub implied: Option<usize>,
    /// Closed, with something behind it.
    pub contradicted: Option<usize>,
}

/// One number by itself, held against the staff and the register.
#[derive(Clone, Debug)]
pub(in crate::cleaning) struct Figure {
    pub register: Option<String>,
    /// By place among the plans: where the persons are.
    pub staff: usize,
    pub per_person: Steps,
    pub to_register: Steps,
    /// The rule that takes a blank from the register.
    pub from_register: Option<usize>,
}

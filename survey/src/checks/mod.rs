//! What to ask about an answer: hard errors that must be mended, soft checks that may be confirmed.
//!
//! Soft checks are asked for as data ([`Check`]); what a page needs of a question is put
//! together as [`Rules`], which travel to the browser, so both sides find the same [`Finding`]s.

mod boxes;
mod finding;
mod limits;
mod matrix;
mod number;
mod options;
mod percent;
mod settle;
mod sums;
mod swap;
mod text;
mod total;

use serde::{Deserialize, Serialize};

pub use boxes::BoxRules;
pub use finding::{Change, Confirmed, Finding, Matter, Mend, MendKind, Scope, Severity};
pub use limits::{PercentLimits, SwapLimits, TotalLimits};
pub use matrix::{ColumnRule, MatrixRules};
pub use number::NumberRules;
pub use settle::{Settled, settle};
pub use sums::Sums;
pub use text::TextRules;

use crate::{
    answers::{Answers, Number, TICKED},
    instrument::{Body, Question},
    register::Register,
};

/// A soft check on one question, as a rule set asks for it, or the instrument's file where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Posts that look like percent: 150 for 1,5. Columns of a numeric matrix; `persons`, where there is one, bounds them.
    PostsInPercent {
        posts: Vec<String>,
        persons: Option<String>,
        limits: PercentLimits,
    },
    /// Persons and posts in each other's column.
    Swapped {
        persons: String,
        posts: String,
        limits: SwapLimits,
    },
    /// More posts than persons.
    PostsExceedPersons { posts: String, persons: String },
    /// The first row holds the sum of the others.
    TotalInFirstRow {
        columns: Vec<String>,
        limits: TotalLimits,
    },
    /// A number outside what is usual.
    Unusual { low: Number, high: Number },
    /// A number more than `factor` times larger or smaller than the register's field of that key. A mend is offered where
    /// it lands within `near` times the register's figure.
    FarFromRegister {
        field: String,
        factor: Number,
        near: Number,
    },
}

/// All that must be known to examine the answers to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rules {
    Matrix(MatrixRules),
    Number(NumberRules),
    Boxes(BoxRules),
    Texts(Vec<TextRules>),
}

impl Rules {
    /// The rules of `question` for a unit the register knows so much about.
    pub fn of(question: &Question, register: &Register) -> Vec<Self> {
        let mut rules = Vec::new();
        match &question.body {
            Body::NumberMatrix(matrix) => rules.push(Self::Matrix(MatrixRules::new(
                &question.key,
                matrix,
                &question.checks,
            ))),
            Body::Number(field) => rules.push(Self::Number(NumberRules::new(
                &question.key,
                field,
                &question.checks,
                register,
            ))),
            Body::Choices { options, most } => {
                rules.push(Self::Boxes(BoxRules::new(&question.key, options, *most)));
            }
            Body::Choice { .. }
            | Body::ChoiceMatrix { .. }
            | Body::Text(_)
            | Body::Contact { .. } => {}
        }
        let texts = TextRules::of(question);
        if !texts.is_empty() {
            rules.push(Self::Texts(texts));
        }
        rules
    }

    /// Everything to mend or to ask about, hard errors first within a cell.
    pub fn examine(&self, answers: &Answers) -> Vec<Finding> {
        match self {
            Self::Matrix(rules) => rules.examine(answers),
            Self::Number(rules) => rules.examine(answers),
            Self::Boxes(rules) => rules.examine(answers),
            Self::Texts(rules) => rules
                .iter()
                .filter_map(|rule| rule.examine(answers))
                .collect(),
        }
    }
}

/// Everything to mend or to ask about in the answers to `question`.
pub fn examine(question: &Question, register: &Register, answers: &Answers) -> Vec<Finding> {
    let mut findings = options::examine(question, answers);
    for rules in Rules::of(question, register) {
        findings.append(&mut rules.examine(answers));
    }
    findings
}

/// Whether a box is ticked.
pub(crate) fn ticked(answers: &Answers, variable: &str) -> bool {
    answers.raw(variable).trim() == TICKED
}

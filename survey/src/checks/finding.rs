//! What a check found, as data: the page's own language puts it into words.

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, Number};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub matter: Matter,
    pub scope: Scope,
    /// The variables it is about. The first is where it stands on the page.
    pub variables: Vec<String>,
    /// Mends to offer, the likeliest first.
    pub mends: Vec<Mend>,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One field, or one cell of a matrix.
    Field,
    /// One row of a matrix.
    Row,
    /// The whole question.
    Question,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Must be mended before submission.
    Hard,
    /// Asked; may be confirmed with a reason.
    Soft,
}

/// What is the matter, with what a sentence about it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    NotANumber {
        typed: String,
    },
    PercentSign {
        typed: String,
    },
    NotWhole {
        typed: String,
    },
    TooLarge {
        most: Number,
    },
    TooSmall {
        least: Number,
    },
    Negative,
    NotAnOption,
    TooManyBoxes {
        most: usize,
        ticked: usize,
    },
    ExclusiveBox {
        option: String,
    },
    TooLong {
        most: usize,
        length: usize,
    },
    NotAnEmail,
    AbsentButAnswered,
    PostsInPercent {
        typed: String,
    },
    Swapped {
        persons: String,
        posts: String,
    },
    PostsExceedPersons {
        persons: String,
        posts: String,
    },
    TotalInFirstRow {
        typed: String,
    },
    Unusual {
        typed: String,
        low: Number,
        high: Number,
    },
    FarFromRegister {
        typed: String,
        register: Number,
    },
}

impl Matter {
    /// The rule's name: in translation files, in stored confirmations, in exports.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "not_a_number",
            Self::PercentSign { .. } => "percent_sign",
            Self::NotWhole { .. } => "not_whole",
            Self::TooLarge { .. } => "too_large",
            Self::TooSmall { .. } => "too_small",
            Self::Negative => "negative",
            Self::NotAnOption => "not_an_option",
            Self::TooManyBoxes { .. } => "too_many_boxes",
            Self::ExclusiveBox { .. } => "exclusive_box",
            Self::TooLong { .. } => "too_long",
            Self::NotAnEmail => "not_an_email",
            Self::AbsentButAnswered => "absent_but_answered",
            Self::PostsInPercent { .. } => "posts_in_percent",
            Self::Swapped { .. } => "swapped",
            Self::PostsExceedPersons { .. } => "posts_exceed_persons",
            Self::TotalInFirstRow { .. } => "total_in_first_row",
            Self::Unusual { .. } => "unusual",
            Self::FarFromRegister { .. } => "far_from_register",
        }
    }

    pub fn severity(&self) -> Severity {
        match self {
            Self::NotANumber { .. }
            | Self::PercentSign { .. }
            | Self::NotWhole { .. }
            | Self::TooLarge { .. }
            | Self::TooSmall { .. }
            | Self::Negative
            | Self::NotAnOption
            | Self::TooManyBoxes { .. }
            | Self::ExclusiveBox { .. }
            | Self::TooLong { .. }
            | Self::NotAnEmail
            | Self::AbsentButAnswered => Severity::Hard,
            Self::PostsInPercent { .. }
            | Self::Swapped { .. }
            | Self::PostsExceedPersons { .. }
            | Self::TotalInFirstRow { .. }
            | Self::Unusual { .. }
            | Self::FarFromRegister { .. } => Severity::Soft,
        }
    }

    /// What the sentence has places for, already written the Swedish way.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotANumber { typed }
            | Self::PercentSign { typed }
            | Self::NotWhole { typed }
            | Self::PostsInPercent { typed }
            | Self::TotalInFirstRow { typed } => {
                vec![("typed", typed.clone())]
            }
            Self::TooLarge { most } => vec![("most", most.to_swedish())],
            Self::TooSmall { least } => vec![("least", least.to_swedish())],
            Self::TooManyBoxes { most, ticked } => {
                vec![("most", most.to_string()), ("ticked", ticked.to_string())]
            }
            Self::ExclusiveBox { option } => vec![("option", option.clone())],
            Self::TooLong { most, length } => {
                vec![("most", most.to_string()), ("length", length.to_string())]
            }
            Self::Swapped { persons, posts } | Self::PostsExceedPersons { persons, posts } => {
                vec![("persons", persons.clone()), ("posts", posts.clone())]
            }
            Self::Unusual { typed, low, high } => vec![
                ("typed", typed.clone()),
                ("low", low.to_swedish()),
                ("high", high.to_swedish()),
            ],
            Self::FarFromRegister { typed, register } => vec![
                ("typed", typed.clone()),
                ("register", register.to_swedish()),
            ],
            Self::Negative | Self::NotAnOption | Self::NotAnEmail | Self::AbsentButAnswered => {
                Vec::new()
            }
        }
    }
}

/// One click that would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub kind: MendKind,
    pub changes: Vec<Change>,
}

/// What the button says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MendKind {
    /// "Ändra till 1,5".
    To(String),
    /// "Ändra alla 6 i kolumnen".
    Column(usize),
    /// "Byt plats".
    Swap,
    /// "Byt plats på alla rader".
    SwapAll(usize),
    /// "Töm rutan".
    Clear,
}

impl MendKind {
    /// The text's name in translation files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::To(_) => "to",
            Self::Column(_) => "column",
            Self::Swap => "swap",
            Self::SwapAll(_) => "swap_all",
            Self::Clear => "clear",
        }
    }

    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::To(to) => vec![("to", to.clone())],
            Self::Column(count) | Self::SwapAll(count) => vec![("count", count.to_string())],
            Self::Swap | Self::Clear => Vec::new(),
        }
    }
}

/// A new text for a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub variable: String,
    pub raw: String,
}

/// What a respondent said "Stämmer" to: these very texts, by this rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    pub rule: String,
    /// The first variable of the finding.
    pub scope: String,
    /// The texts that stood there, as [`Finding::about`] gives them.
    pub about: String,
}

impl Finding {
    /// A finding on one field, without a mend.
    pub fn on_field(matter: Matter, variable: impl Into<String>) -> Self {
        Self {
            matter,
            scope: Scope::Field,
            variables: vec![variable.into()],
            mends: Vec::new(),
        }
    }

    pub fn is_hard(&self) -> bool {
        self.matter.severity() == Severity::Hard
    }

    /// The variable at which it stands.
    pub fn anchor(&self) -> &str {
        self.variables.first().map_or("", String::as_str)
    }

    /// The texts it is about, so that a confirmation ends when one of them changes.
    pub fn about(&self, answers: &Answers) -> String {
        self.variables
            .iter()
            .map(|variable| format!("{variable}={}", answers.raw(variable)))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// Whether one of `confirmed` answers it, as the texts stand.
    pub fn is_confirmed(&self, answers: &Answers, confirmed: &[Confirmed]) -> bool {
        !self.is_hard() && {
            let about = self.about(answers);
            confirmed.iter().any(|one| {
                same_question(&one.rule, self.matter.rule())
                    && one.scope == self.anchor()
                    && one.about == about
            })
        }
    }
}

/// Whether who answers one rule has answered the other. "Swapped?" and "more posts than persons" ask about the same two
/// figures; which of them is asked depends on the rows around.
fn same_question(one: &str, other: &str) -> bool {
    let on_a_row = |rule: &str| matches!(rule, "swapped" | "posts_exceed_persons");
    one == other || on_a_row(one) && on_a_row(other)
}

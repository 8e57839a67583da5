//! What is wrong in the text of a condition.

use std::ops::Range;

use super::{DEEPEST, LONGEST};

/// What is wrong in the text of a condition. `at` is a byte range in that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFault {
    pub at: Range<usize>,
    pub wrong: String,
    pub right: String,
}

/// Where parsing stopped. Carries no words: the browser parses too, and never shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub at: Range<usize>,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    NoCondition,
    NoName,
    NoOperand,
    NoList,
    EmptyList,
    InsideList,
    NeverClosed,
    NeverOpened,
    Trailing,
    TooDeep,
    TooLong,
}

const JOIN: &str = "Join comparisons with `and` or `or`.";

impl Stop {
    pub fn explain(self, source: &str) -> ConditionFault {
        let text = source.get(self.at.clone()).unwrap_or_default();
        let found = if text.is_empty() {
            "The condition ends".to_owned()
        } else {
            format!("`{text}` stands")
        };
        let (wrong, right) = match self.why {
            Why::Empty => (
                "The condition is empty.".to_owned(),
                "Write a comparison, such as `need == yes`, or leave the condition out.",
            ),
            Why::NoCondition => (
                format!("{found} where a comparison should begin."),
                hint(text).unwrap_or("Begin a comparison with a name, such as `need == yes`."),
            ),
            Why::NoName => (
                format!("{found} where a name should stand."),
                "Write one name between the parentheses: `answered(name)`.",
            ),
            Why::NoOperand => (
                format!("{found} where an option's key or a number should stand."),
                hint(text).unwrap_or("Write an option's key or a number to compare with."),
            ),
            Why::NoList => (
                format!("{found} where a list should stand."),
                "Write the keys or numbers in brackets: `in [a, b]`.",
            ),
            Why::EmptyList => (
                "Nothing is ever in an empty list.".to_owned(),
                "Write the keys or numbers between the brackets: `in [a, b]`.",
            ),
            Why::InsideList => (
                format!("{found} inside a list."),
                hint(text).unwrap_or("Put a comma between keys, and `]` after the last."),
            ),
            Why::NeverClosed => (
                format!("`{text}` is never closed."),
                if text == "[" {
                    "Write `]` after the last key or number."
                } else {
                    "Write `)` where the group ends."
                },
            ),
            Why::NeverOpened => (
                format!("{found} without an opening parenthesis before it."),
                "Take it away, or write `(` where the group begins.",
            ),
            Why::Trailing => (
                format!("{found} where the condition should go on or end."),
                hint(text).unwrap_or(JOIN),
            ),
            Why::TooDeep => (
                format!("Parentheses and `not` nest deeper than {DEEPEST}."),
                "Write the condition with fewer parentheses.",
            ),
            Why::TooLong => (
                format!("The condition has more than {LONGEST} words and signs."),
                "Ask about lists of options with `in [a, b]`.",
            ),
        };
        ConditionFault {
            at: self.at,
            wrong,
            right: right.to_owned(),
        }
    }
}

/// What to write instead of signs that other languages use.
fn hint(text: &str) -> Option<&'static str> {
    Some(match text {
        "=" => "Write `==` for equal.",
        "!" => "Write `not` to deny, and `!=` for not equal.",
        "&" => "Write `and`.",
        "|" => "Write `or`.",
        "\"" | "'" | "`" | "”" | "’" => "Write keys without quotation marks.",
        "≤" => "Write `<=`.",
        "≥" => "Write `>=`.",
        "≠" => "Write `!=`.",
        "\u{2212}" => "Write a minus as `-`.",
        "," => "Write decimals with a point, and lists in brackets: `in [a, b]`.",
        _ => return None,
    })
}

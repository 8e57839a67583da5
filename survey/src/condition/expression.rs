//! What a condition is made of, and how it is written.

use std::{cmp::Ordering, fmt};

use crate::answers::Number;

/// Nested at most [`super::DEEPEST`] deep, since only the parser makes it: recursion over it is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    Flag(String),
    Answered(String),
    Compare {
        name: String,
        how: Comparison,
        with: Literal,
    },
    Member {
        name: String,
        negated: bool,
        of: Vec<Literal>,
    },
}

/// What stands to the right of a comparison. Whether `1` is a number or the key of an option depends on what it is
/// compared with, so both are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub text: String,
    pub number: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    pub fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::More => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Literal {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            number: Number::parse_plain(text),
        }
    }
}

impl Expression {
    pub fn visit_names<'e>(&'e self, visit: &mut dyn FnMut(&'e str)) {
        match self {
            Self::Any(parts) | Self::All(parts) => {
                for part in parts {
                    part.visit_names(visit);
                }
            }
            Self::Not(part) => part.visit_names(visit),
            Self::Flag(name)
            | Self::Answered(name)
            | Self::Compare { name, .. }
            | Self::Member { name, .. } => visit(name),
        }
    }

    /// Whether it needs parentheses inside a `not` or an `and`. Those that the text had are enough, so that writing a
    /// condition never nests it deeper.
    fn is_loose(&self) -> bool {
        matches!(self, Self::Any(_) | Self::All(_))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::All(parts) => joined(f, parts, " and ", Self::is_loose),
            Self::Not(part) if part.is_loose() => write!(f, "not ({part})"),
            Self::Not(part) => write!(f, "not {part}"),
            Self::Flag(name) => f.write_str(name),
            Self::Answered(name) => write!(f, "answered({name})"),
            Self::Compare { name, how, with } => write!(f, "{name} {} {}", how.sign(), with.text),
            Self::Member { name, negated, of } => {
                f.write_str(name)?;
                f.write_str(if *negated { " not in [" } else { " in [" })?;
                for (at, literal) in of.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    f.write_str(&literal.text)?;
                }
                f.write_str("]")
            }
        }
    }
}

fn joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression],
    word: &str,
    in_parentheses: fn(&Expression) -> bool,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(word)?;
        }
        if in_parentheses(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

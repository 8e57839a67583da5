//! The branching language: small, typed, and checked against the instrument when the file is loaded.

use crate::answers::Number;

/// What a name in a condition stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Number {
        whole: bool,
        min: Number,
        max: Number,
    },
    Choice(Vec<String>),
    Flag,
    Text,
}

/// The names a condition may use where it stands.
pub trait Scope {
    fn kind(&self, name: &str) -> Option<Kind>;
    /// Every name that may be used, for "did you mean".
    fn names(&self) -> Vec<String>;
}

/// What is known about a name when a condition is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Missing,
    Number(Number),
    Choice(String),
    Flag(bool),
    Text(String),
}

pub trait Facts {
    fn fact(&self, name: &str) -> Fact;
}

impl<F: Fn(&str) -> Fact> Facts for F {
    fn fact(&self, name: &str) -> Fact {
        self(name)
    }
}

/// Kleene's three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    False,
    Unknown,
    True,
}

/// A condition that has been parsed and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    source: String,
}

/// What is wrong in the text of a condition. `at` is a byte range in that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFault {
    pub at: std::ops::Range<usize>,
    pub wrong: String,
    pub right: String,
}

impl Condition {
    /// Parses `source` and types it against `scope`.
    pub fn parse(source: &str, _scope: &dyn Scope) -> Result<Self, Vec<ConditionFault>> {
        Ok(Self {
            source: source.to_owned(),
        })
    }

    /// The text it was written in, canonically spaced; parsing it again gives an equal condition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every name it asks about, once each.
    pub fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    pub fn holds(&self, _facts: &dyn Facts) -> Truth {
        Truth::Unknown
    }
}

//! The branching language: small, typed, and checked against the instrument when the file is loaded.

mod evaluate;
mod expression;
mod fault;
mod lex;
mod nearest;
mod parse;
mod reach;
mod truth;
mod typing;

#[cfg(test)]
mod tests;

use crate::answers::Number;

pub use fault::ConditionFault;
pub use nearest::nearest;
pub use parse::{DEEPEST, LONGEST, is_reserved};
pub use reach::{Reach, constant, satisfiable};
pub use truth::Truth;

use expression::Expression;
use typing::Typing;

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

/// A condition that has been parsed and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    source: String,
    expression: Expression,
}

impl Condition {
    /// Parses `source` and types it against `scope`.
    ///
    /// # Errors
    /// Every fault up to the first place where the text stops making sense, in the order of the text.
    pub fn parse(source: &str, scope: &dyn Scope) -> Result<Self, Vec<ConditionFault>> {
        let mut typing = Typing::new(source, scope);
        let parsed = parse::parse(source, &mut |atom| typing.check(atom));
        let mut faults = typing.into_faults();
        match parsed {
            Ok(expression) if faults.is_empty() => Ok(Self::new(expression)),
            Ok(_) => Err(faults),
            Err(stop) => {
                faults.push(stop.explain(source));
                Err(faults)
            }
        }
    }

    /// Parses a text that has been typed before, such as what [`Self::source`] gave. An equal condition comes out,
    /// without the weight of the type checker; a text that never was typed may come out as one that never holds.
    pub fn parse_trusted(source: &str) -> Option<Self> {
        parse::parse(source, &mut |_| ()).ok().map(Self::new)
    }

    fn new(expression: Expression) -> Self {
        Self {
            source: expression.to_string(),
            expression,
        }
    }

    /// The text it was written in, canonically spaced; parsing it again gives an equal condition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every name it asks about, once each, in the order of the text.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.expression.visit_names(&mut |name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        names
    }

    pub fn holds(&self, facts: &dyn Facts) -> Truth {
        self.expression.holds(facts)
    }
}

//! What the register knows about the unit that answers.

use std::collections::BTreeMap;

use crate::{
    answers::Number,
    condition::Fact,
    instrument::{Instrument, RegisterKind},
};

/// The register's facts on one unit, typed by the instrument that asks about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    facts: BTreeMap<String, Fact>,
}

impl Register {
    /// Types the register's texts by the instrument's fields. What the instrument does not know, and
    /// what cannot be read, is left out: to the branching it is missing.
    pub fn read<'a>(
        instrument: &Instrument,
        classes: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let facts = classes
            .into_iter()
            .filter_map(|(key, text)| {
                let text = text.trim();
                let field = instrument.register.iter().find(|field| field.key == key)?;
                let fact = match &field.kind {
                    RegisterKind::Class(values) => values
                        .iter()
                        .find(|value| value.key == text)
                        .map(|value| Fact::Choice(value.key.clone()))?,
                    RegisterKind::Number => Fact::Number(Number::parse_plain(text)?),
                };
                Some((key.to_owned(), fact))
            })
            .collect();
        Self { facts }
    }

    pub fn set(&mut self, field: impl Into<String>, fact: Fact) {
        self.facts.insert(field.into(), fact);
    }

    pub fn fact(&self, field: &str) -> Fact {
        self.facts.get(field).cloned().unwrap_or(Fact::Missing)
    }

    pub fn number(&self, field: &str) -> Option<Number> {
        match self.facts.get(field) {
            Some(Fact::Number(number)) => Some(*number),
            _ => None,
        }
    }
}

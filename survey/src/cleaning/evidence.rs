//! Why a rule holds that something is so, as data. The rule set has the sentence that it fills.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answers::Number;

/// What a rule's sentence has places for, by name. [`super::RuleSet::sentence`] writes the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Evidence {
    pub facts: BTreeMap<String, Fact>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Number(Number),
    Text(String),
}

impl Evidence {
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// A fact as a Swedish reader expects it.
    pub fn written(&self, name: &str) -> Option<String> {
        self.facts.get(name).map(|fact| match fact {
            Fact::Number(number) => number.to_swedish(),
            Fact::Text(text) => text.clone(),
        })
    }
}

impl From<Number> for Fact {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

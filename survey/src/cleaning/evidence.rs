//! Why a rule holds that something is so, as data. The rule set has the sentence that it fills.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{answers::Number, text::Language};

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
    /// The fact of a question whose mend was withdrawn: a hard edit would have failed after it, or the chief had said
    /// "Stämmer". Its number is how many rows of the question that holds for.
    pub const WITHDRAWN: &str = "withdrawn";

    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// Whether the rule would have mended by itself, had it not been for [`Self::WITHDRAWN`].
    pub fn is_withdrawn(&self) -> bool {
        self.facts.contains_key(Self::WITHDRAWN)
    }

    /// A fact as a reader of the language expects it. A text is one that somebody typed, and stays as it is.
    pub fn written(&self, name: &str, language: Language) -> Option<String> {
        self.facts.get(name).map(|fact| match (fact, language) {
            (Fact::Number(number), Language::Swedish) => number.to_swedish(),
            (Fact::Number(number), Language::English) => number.to_english(),
            (Fact::Text(text), _) => text.clone(),
        })
    }

    pub(super) fn number(&self, name: &str) -> Option<Number> {
        match self.facts.get(name) {
            Some(Fact::Number(number)) => Some(*number),
            _ => None,
        }
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

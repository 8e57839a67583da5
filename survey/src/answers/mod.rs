//! What a respondent typed, and what it reads as. The typed text is the answer; reading never changes it.

mod number;

use std::collections::BTreeMap;

pub use number::{Number, Unreadable, read_number};

use crate::instrument::VariableKind;

/// What was typed, by variable. A variable that was never touched, or was emptied, is blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    raw: BTreeMap<String, String>,
}

/// What a typed text reads as, for a variable of some kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing typed.
    Blank,
    /// The respondent said that this does not exist at the unit: neither blank nor zero.
    NothingHere,
    Number(Number),
    Choice(String),
    Flag(bool),
    Text(String),
    /// Kept as typed and asked about.
    Unreadable(Unreadable),
}

impl Answers {
    /// The text as typed; empty where nothing was.
    pub fn raw(&self, variable: &str) -> &str {
        self.raw.get(variable).map_or("", String::as_str)
    }

    pub fn set(&mut self, variable: impl Into<String>, raw: impl Into<String>) {
        let (variable, raw) = (variable.into(), raw.into());
        if raw.is_empty() {
            self.raw.remove(&variable);
        } else {
            self.raw.insert(variable, raw);
        }
    }

    /// Every variable that has a text, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.raw
            .iter()
            .map(|(variable, raw)| (variable.as_str(), raw.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut answers = Self::default();
        for (variable, raw) in pairs {
            answers.set(variable, raw);
        }
        answers
    }
}

/// The text that a ticked box sends.
pub const TICKED: &str = "1";

/// Reads `raw` as a variable of `kind`. White space around the text counts for nothing.
pub fn read(kind: &VariableKind, raw: &str) -> Value {
    let text = raw.trim();
    if text.is_empty() {
        return Value::Blank;
    }
    match kind {
        VariableKind::Number(field) => match read_number(text, field.whole) {
            Ok(number) => Value::Number(number),
            Err(why) => Value::Unreadable(why),
        },
        VariableKind::Choice(options) if options.iter().any(|option| option == text) => {
            Value::Choice(text.to_owned())
        }
        VariableKind::Flag | VariableKind::Absent if text == TICKED => Value::Flag(true),
        VariableKind::Choice(_) | VariableKind::Flag | VariableKind::Absent => {
            Value::Unreadable(Unreadable::NotAnOption)
        }
        VariableKind::Text { .. } | VariableKind::Contact(_) => Value::Text(text.to_owned()),
    }
}

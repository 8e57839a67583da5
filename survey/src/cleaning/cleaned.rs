//! What cleaning gives.

use serde::{Deserialize, Serialize};

use super::{Entry, Given, Query, Raw, Unfit};
use crate::{
    answers::{self, Number, Unreadable},
    instrument::{Instrument, Variable, VariableKind},
    submission::State,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// One per variable, in the order of [`Instrument::variables`].
    pub values: Vec<Value>,
    /// In the order the changes were made.
    pub ledger: Vec<Entry>,
    pub queries: Vec<Query>,
    /// Decisions that come back to the list.
    pub unfit: Vec<Unfit>,
}

/// A clean value, or the lack of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The number, for a variable that asks for one.
    pub number: Option<Number>,
    /// The option's key, the box's "1", the text; for a number that cannot be read, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub status: Status,
    /// Why there is no answer, where there is none; also beside a zero that a rule gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Kept out of totals until it is decided: it cannot be right, or most probably is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// The rule that gave it, or that asks about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A plain number, an option, a text: nothing was done.
    AsAnswered,
    /// The text was read: "1 ½ tjänst" as 1.5.
    Read,
    Corrected,
    ZeroByRule,
    FromRegister,
    /// Stands as read until a person has decided.
    AwaitingDecision,
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The respondent said that it does not exist at the unit.
    NothingHere,
    /// The question was not put.
    NotAsked,
    /// Put, and left blank.
    Blank,
    /// "Vet ej".
    Unknown,
    /// Something was typed that cannot be read.
    Unreadable,
}

impl Status {
    pub const ALL: [Self; 7] = [
        Self::AsAnswered,
        Self::Read,
        Self::Corrected,
        Self::ZeroByRule,
        Self::FromRegister,
        Self::AwaitingDecision,
        Self::Missing,
    ];

    /// As in exports and translation files.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsAnswered => "as_answered",
            Self::Read => "read",
            Self::Corrected => "corrected",
            Self::ZeroByRule => "zero_by_rule",
            Self::FromRegister => "from_register",
            Self::AwaitingDecision => "awaiting_decision",
            Self::Missing => "missing",
        }
    }
}

impl Value {
    /// The number that goes into totals.
    pub fn counted(&self) -> Option<Number> {
        self.number.filter(|_| !self.held)
    }

    fn as_answered(number: Option<Number>, text: Option<&str>) -> Self {
        Self {
            number,
            text: text.map(str::to_owned),
            status: Status::AsAnswered,
            reason: None,
            held: false,
            rule: None,
        }
    }

    pub(super) fn missing(reason: Reason) -> Self {
        Self {
            number: None,
            text: None,
            status: Status::Missing,
            reason: Some(reason),
            held: false,
            rule: None,
        }
    }
}

impl Cleaned {
    pub fn value(&self, instrument: &Instrument, variable: &str) -> Option<&Value> {
        instrument
            .place_of(variable)
            .and_then(|place| self.values.get(place))
    }
}

/// The values before any rule: what the answers' own reading gives.
pub(super) fn as_typed(instrument: &Instrument, raw: &Raw) -> Vec<Value> {
    let variables = instrument.variables().iter().zip(raw.given());
    let mut values: Vec<Value> = variables
        .map(|(variable, given)| one_as_typed(variable, given))
        .collect();
    untick(instrument, raw, &mut values);
    values
}

/// A box that is left alone in a question that is answered is not ticked; in a question that is left blank it is missing.
pub(super) fn untick(instrument: &Instrument, raw: &Raw, values: &mut [Value]) {
    let is_box =
        |variable: &Variable| matches!(variable.kind, VariableKind::Flag | VariableKind::Absent);
    let variables = instrument.variables();
    let mut first = 0;
    for question in
        variables.chunk_by(|one, next| (one.section, one.question) == (next.section, next.question))
    {
        let places = first..first + question.len();
        first = places.end;
        if !question.iter().any(is_box) {
            continue;
        }
        let given = raw.given().get(places.clone()).unwrap_or_default();
        let is_answered = question.iter().zip(given).any(|(variable, given)| {
            let is_text = matches!(variable.kind, VariableKind::Text { .. });
            !is_text && matches!(given.state, State::Answered | State::Unreadable)
        });
        let values = values.get_mut(places).unwrap_or_default();
        for (variable, value) in question.iter().zip(values) {
            if is_answered && is_box(variable) && value.reason == Some(Reason::Blank) {
                *value = Value::as_answered(None, Some("0"));
            }
        }
    }
}

pub(super) fn one_as_typed(variable: &Variable, given: &Given) -> Value {
    match given.state {
        State::NotAsked => return Value::missing(Reason::NotAsked),
        State::NothingHere => return Value::missing(Reason::NothingHere),
        State::Answered | State::Blank | State::Unreadable => {}
    }
    match answers::read(&variable.kind, &given.typed) {
        answers::Value::Blank => Value::missing(Reason::Blank),
        answers::Value::NothingHere => Value::missing(Reason::NothingHere),
        answers::Value::Number(number) => Value::as_answered(Some(number), None),
        answers::Value::Choice(text) | answers::Value::Text(text) => {
            Value::as_answered(None, Some(&text))
        }
        answers::Value::Flag(ticked) => {
            Value::as_answered(None, Some(if ticked { "1" } else { "0" }))
        }
        answers::Value::Unreadable(_) => Value::missing(Reason::Unreadable),
    }
}

/// [`one_as_typed`], for a number that is read already.
pub(super) fn number_as_typed(read: &Result<Number, Unreadable>) -> Value {
    match read {
        Ok(number) => Value::as_answered(Some(*number), None),
        Err(_) => Value::missing(Reason::Unreadable),
    }
}

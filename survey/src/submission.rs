//! What a respondent hands in: an immutable picture of the answers on the route.

use serde::{Deserialize, Serialize};

use crate::{
    answers::{Answers, Value, read},
    instrument::{Instrument, Variable},
    route::{Route, Silence, silence},
};

/// One variable in a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub variable: String,
    pub state: State,
    /// The text as typed; empty but for `Answered` and `Unreadable`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed: String,
    /// The number, option or text as read, with a decimal point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Nothing-here, not asked and item nonresponse are three things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Answered,
    /// Asked, and left blank: item nonresponse.
    Blank,
    NothingHere,
    NotAsked,
    Unreadable,
}

/// Answers and personal data, apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    pub answers: Vec<Entry>,
    pub personal: Vec<Entry>,
}

/// The picture of `answers` along `route`. Every variable of the instrument is there, in its order.
pub fn snapshot(instrument: &Instrument, route: &Route<'_>, answers: &Answers) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for variable in instrument.variables() {
        let entry = entry(instrument, route, answers, variable);
        if variable.personal {
            snapshot.personal.push(entry);
        } else {
            snapshot.answers.push(entry);
        }
    }
    snapshot
}

fn entry(
    instrument: &Instrument,
    route: &Route<'_>,
    answers: &Answers,
    variable: &Variable,
) -> Entry {
    let bare = |state| Entry {
        variable: variable.key.clone(),
        state,
        typed: String::new(),
        value: None,
    };
    if !route.asks(&variable.key) {
        return bare(State::NotAsked);
    }
    let silence = silence(instrument, answers, variable);
    if silence == Silence::NothingHere {
        return bare(State::NothingHere);
    }
    let typed = answers.raw(&variable.key);
    let entry = |state, value| Entry {
        variable: variable.key.clone(),
        state,
        typed: typed.to_owned(),
        value,
    };
    let answered = |value| entry(State::Answered, Some(value));
    match read(&variable.kind, typed) {
        Value::Blank | Value::Flag(false) if silence == Silence::No => answered("0".to_owned()),
        Value::Blank | Value::Flag(false) => bare(State::Blank),
        Value::NothingHere => bare(State::NothingHere),
        Value::Number(number) => answered(number.to_plain()),
        Value::Choice(text) | Value::Text(text) => answered(text),
        Value::Flag(true) => answered("1".to_owned()),
        Value::Unreadable(_) => entry(State::Unreadable, None),
    }
}

//! Tests that stand in a rule set: what is given, and what must come of it by the work of the rule.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::RuleSet;
use crate::{
    cleaning::{Raw, Status, clean},
    instrument::{
        Instrument,
        load::{
            reader::{At, Reader, Table},
            words::{did_you_mean, shown},
        },
    },
    register::Register,
    submission::State,
};

/// What is asked about, and what is missing, in a test.
const ASKED: &str = "?";
const MISSING: &str = "";

pub(super) struct Trial {
    at: usize,
    rule: String,
    given: Pairs,
    /// What was not typed, and why: `nothing_here` or `not_asked`.
    states: Pairs,
    /// The register's texts, by field.
    register: Pairs,
    expected: Pairs,
}

/// By name, with where it stands.
type Pairs = BTreeMap<String, (usize, String)>;

const STATES: [(&str, State); 2] = [
    ("nothing_here", State::NothingHere),
    ("not_asked", State::NotAsked),
];

pub(super) fn read(table: &mut Table<'_>, rule: &str, trials: &mut Vec<Trial>) {
    for mut inner in table.tables("test", "The test") {
        let at = inner.at;
        let mut optional = |key| {
            let table = inner.table(key, "What is given");
            table.map(pairs).unwrap_or_default()
        };
        let (states, register) = (optional("states"), optional("register"));
        let mut required = |key| {
            let table = inner.required_table(key, "The answers");
            table.map(pairs).unwrap_or_default()
        };
        let (given, expected) = (required("given"), required("expected"));
        inner.finish();
        trials.push(Trial {
            at,
            rule: rule.to_owned(),
            given,
            states,
            register,
            expected,
        });
    }
}

fn pairs(mut inner: Table<'_>) -> Pairs {
    let mut pairs = BTreeMap::new();
    let entries: Vec<(At<&str>, _)> = inner.named().collect();
    for (name, value) in entries {
        if let DeValue::String(text) = value.get_ref() {
            pairs.insert(name.value.to_owned(), (name.at, text.as_ref().to_owned()));
        } else {
            inner.wrong_type(name.value, value, "a string", "gp_specialist_fte = \"150\"");
        }
    }
    inner.forgive();
    inner.finish();
    pairs
}

pub(super) fn run(
    reader: &Reader<'_>,
    rules: &RuleSet,
    instrument: &Instrument,
    trials: Vec<Trial>,
) {
    for trial in trials {
        let mut raw = Raw::blank(instrument);
        let mut known = true;
        for (variable, (at, typed)) in &trial.given {
            match instrument.place_of(variable) {
                Some(place) => raw.set(place, typed),
                None => known = unknown(reader, *at, variable),
            }
        }
        for (variable, (at, word)) in &trial.states {
            let state = STATES.iter().find(|(known, _)| known == word);
            match (instrument.place_of(variable), state) {
                (Some(place), Some((_, state))) => raw.silence(place, *state),
                (None, _) => known = unknown(reader, *at, variable),
                (Some(_), None) => {
                    reader.fault(
                        *at,
                        format!("There is no state `{}`.", shown(word)),
                        did_you_mean(word, STATES.iter().map(|(known, _)| *known)),
                    );
                    known = false;
                }
            }
        }
        let register = trial.register.iter();
        raw.register = Register::read(
            instrument,
            register.map(|(field, (_, text))| (field.as_str(), text.as_str())),
        );
        let cleaned = clean(rules, instrument, &raw, &[]);
        let mut did = cleaned
            .ledger
            .iter()
            .map(|entry| &entry.rule)
            .chain(cleaned.queries.iter().map(|query| &query.rule));
        if known && !did.any(|rule| *rule == trial.rule) {
            reader.fault(
                trial.at,
                format!("In the test of `{}` that rule does nothing.", trial.rule),
                "Give answers that it changes or asks about.",
            );
        }
        for (variable, (at, expected)) in &trial.expected {
            let Some(value) = cleaned.value(instrument, variable) else {
                known = unknown(reader, *at, variable);
                continue;
            };
            let became = if value.status == Status::AwaitingDecision {
                ASKED.to_owned()
            } else {
                value
                    .number
                    .map(crate::answers::Number::to_plain)
                    .or_else(|| value.text.clone())
                    .unwrap_or_else(|| MISSING.to_owned())
            };
            if became != *expected {
                reader.fault(
                    *at,
                    format!(
                        "The test of `{}` fails: `{variable}` becomes `{}`.",
                        trial.rule,
                        shown(&became)
                    ),
                    format!("It should be `{}`.", shown(expected)),
                );
            }
        }
        if known && trial.expected.is_empty() {
            reader.fault(
                trial.at,
                "The test expects nothing.",
                "Write `expected = { … }`.",
            );
        }
    }
}

fn unknown(reader: &Reader<'_>, at: usize, variable: &str) -> bool {
    reader.fault(
        at,
        format!("There is no variable `{}`.", shown(variable)),
        "Name a variable of the instrument.",
    );
    false
}

//! Tests that stand in a rule set: what is given, and what must come of it.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::RuleSet;
use crate::{
    cleaning::{Raw, Status, clean},
    instrument::{
        Instrument,
        load::{
            reader::{At, Reader, Table},
            words::shown,
        },
    },
};

/// What is asked about, and what is missing, in a test.
const ASKED: &str = "?";
const MISSING: &str = "";

pub(super) struct Trial {
    at: usize,
    rule: String,
    given: BTreeMap<String, (usize, String)>,
    expected: BTreeMap<String, (usize, String)>,
}

pub(super) fn read(table: &mut Table<'_>, rule: &str, trials: &mut Vec<Trial>) {
    for mut inner in table.tables("test", "The test") {
        let at = inner.at;
        let given = pairs(&mut inner, "given");
        let expected = pairs(&mut inner, "expected");
        inner.finish();
        trials.push(Trial {
            at,
            rule: rule.to_owned(),
            given,
            expected,
        });
    }
}

fn pairs(table: &mut Table<'_>, key: &'static str) -> BTreeMap<String, (usize, String)> {
    let Some(mut inner) = table.required_table(key, "The answers") else {
        return BTreeMap::new();
    };
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
        let cleaned = clean(rules, instrument, &raw, &[]);
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

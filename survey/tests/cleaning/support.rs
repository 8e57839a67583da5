//! The chiefs' rules, and answers to clean by them.

use std::sync::LazyLock;

use survey::{
    answers::Number,
    cleaning::{Cleaned, Decision, Raw, RuleSet, Status, clean},
    instrument::{Instrument, load},
    register::Register,
};

pub static CHIEFS: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../../instruments/vardcentralschefer-2022.toml"
    ))
    .unwrap()
});

pub const RULES_TEXT: &str =
    include_str!("../../../instruments/vardcentralschefer-2022.cleaning.toml");

pub static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(RULES_TEXT, &CHIEFS).unwrap());

/// Short names of professions, in the order of the rows.
pub const ROWS: [&str; 8] = [
    "gp_specialist",
    "licensed_nonspecialist",
    "district_nurse",
    "registered_nurse",
    "assistant_nurse",
    "psychosocial",
    "physiotherapist",
    "medical_secretary",
];

/// Persons and posts, row by row.
pub fn staffed(pairs: &[(&str, &str)]) -> Raw {
    let mut raw = Raw::blank(&CHIEFS);
    for (row, (persons, posts)) in ROWS.iter().zip(pairs) {
        put(&mut raw, &format!("{row}_persons"), persons);
        put(&mut raw, &format!("{row}_fte"), posts);
    }
    raw
}

pub fn given(pairs: &[(&str, &str)]) -> Raw {
    let mut raw = Raw::blank(&CHIEFS);
    for (variable, typed) in pairs {
        put(&mut raw, variable, typed);
    }
    raw
}

pub fn put(raw: &mut Raw, variable: &str, typed: &str) {
    raw.set(CHIEFS.place_of(variable).unwrap(), typed);
}

pub fn registered(mut raw: Raw, listed: &str) -> Raw {
    raw.register = Register::read(&CHIEFS, [("listed", listed)]);
    raw
}

pub fn cleaned(raw: &Raw) -> Cleaned {
    clean(&RULES, &CHIEFS, raw, &[])
}

pub fn decided(raw: &Raw, decisions: &[Decision]) -> Cleaned {
    clean(&RULES, &CHIEFS, raw, decisions)
}

/// A value as files write it; empty where it is missing.
pub fn value(cleaned: &Cleaned, variable: &str) -> String {
    let value = cleaned.value(&CHIEFS, variable).unwrap();
    value
        .number
        .map(Number::to_plain)
        .or_else(|| value.text.clone())
        .unwrap_or_default()
}

pub fn status(cleaned: &Cleaned, variable: &str) -> Status {
    cleaned.value(&CHIEFS, variable).unwrap().status
}

/// The posts of every row.
pub fn posts(cleaned: &Cleaned, rows: usize) -> Vec<String> {
    ROWS.iter()
        .take(rows)
        .map(|row| value(cleaned, &format!("{row}_fte")))
        .collect()
}

/// The rule that asks about a variable.
pub fn asked_by<'c>(cleaned: &'c Cleaned, variable: &str) -> Option<&'c str> {
    cleaned
        .queries
        .iter()
        .find(|query| query.variables.iter().any(|asked| asked == variable))
        .map(|query| query.rule.as_str())
}

/// The rule that changed a variable last.
pub fn mended_by<'c>(cleaned: &'c Cleaned, variable: &str) -> Option<&'c str> {
    cleaned
        .ledger
        .iter()
        .rev()
        .find(|entry| entry.variable == variable)
        .map(|entry| entry.rule.as_str())
}

//! The questionnaires that the program carries with it.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use survey::{
    cleaning::RuleSet,
    instrument::{self, Fault, Instrument},
};

#[derive(RustEmbed)]
#[folder = "../instruments"]
struct Carried;

/// Their keys, in alphabetical order.
pub fn keys() -> Vec<String> {
    let mut keys: Vec<String> = Carried::iter()
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .filter(|key| !key.contains('.'))
        .collect();
    keys.sort();
    keys
}

/// The file of the questionnaire of that key.
pub fn source(key: &str) -> Option<String> {
    text(&format!("{key}.toml"))
}

/// The file of the cleaning rules for the questionnaire of that key.
pub fn rules(key: &str) -> Option<String> {
    text(&format!("{key}.cleaning.toml"))
}

/// The questionnaire in `source`, asking at entry what the rules that the program carries for it say.
///
/// # Errors
/// The faults of the questionnaire. Rules that do not fit it are only told in the log: a chief who is asked too little can
/// still answer.
pub fn asking(source: &str) -> Result<Instrument, Vec<Fault>> {
    let mut instrument = instrument::load(source)?;
    if let Some(rules) = rules(&instrument.key) {
        match RuleSet::load(&rules, &instrument) {
            Ok(rules) => rules.ask_at_entry(&mut instrument),
            Err(faults) => tracing::error!(
                faults = faults.len(),
                "the cleaning rules do not fit the questionnaire, which asks by its own checks alone"
            ),
        }
    }
    Ok(instrument)
}

fn text(name: &str) -> Option<String> {
    let file = Carried::get(name)?;
    match file.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_both_questionnaires_and_they_load() {
        assert_eq!(keys(), ["kommuner-2019", "vardcentralschefer-2022"]);
        for key in keys() {
            let source = source(&key).unwrap();
            assert_eq!(survey::instrument::load(&source).unwrap().key, key);
        }
    }
}

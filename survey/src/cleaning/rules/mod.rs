//! Rules as data: a file beside the instrument's. The format is described in `docs/cleaning.md`.

mod blocks;
mod entry;
mod load;
pub(super) mod model;
mod placing;
pub(super) mod plan;
mod sense;
mod standing;
mod tables;
mod trial;
mod words;

use self::plan::Plan;
use super::{Evidence, reading::Words};
use crate::{
    answers::Number,
    checks::Severity,
    instrument::{Fault, Instrument},
    text::{Language, Text},
};

/// The rules for cleaning the answers to one instrument, checked and made ready.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Key of the instrument.
    pub instrument: String,
    /// Raised whenever a rule or a weight changes; stands in every ledger entry.
    pub version: String,
    /// Which questions are read together, in the order they are cleaned.
    pub blocks: Vec<Block>,
    /// In the order of the file.
    pub rules: Vec<Rule>,
    pub(super) words: Words,
    /// One per block.
    pub(super) plans: Vec<Plan>,
    pub(super) roles: Roles,
    entry: Vec<entry::EntryCheck>,
}

/// Questions whose errors are made together: persons and posts of every row.
#[derive(Clone, Debug)]
pub struct Block {
    pub key: String,
    pub name: Text,
    /// Every variable that it may change or ask about, in the order of the questionnaire.
    pub variables: Vec<String>,
}

/// What a person may want to know of a rule.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub name: Text,
    /// Why the rule is there, with its source.
    pub reason: Text,
    /// Hard where what it asks about and is probably wrong is kept out of totals until somebody has decided; soft where it counts
    /// meanwhile.
    pub severity: Severity,
    /// The sentence about what it found, with places in braces for [`Evidence`].
    pub says: Text,
    /// Another, for where something that `says` tells is not known.
    pub briefly: Option<Text>,
    /// Another, for where it is one row alone.
    pub one_row: Option<Text>,
    /// One more, after any of the others, where all that it tells is known.
    pub also: Option<Text>,
}

/// Rules on texts and numbers wherever they stand, by place in the set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles {
    pub reading: Option<usize>,
    pub unknown: Option<usize>,
    pub range: Option<usize>,
    pub date: Option<usize>,
    pub unreadable: Option<usize>,
    pub bounds: Option<usize>,
}

impl RuleSet {
    /// Loads the rules for `instrument` from the text of their file, and runs the tests that stand in it.
    ///
    /// # Errors
    /// Every fault that could be found, in the order of the file: what is misspelt or missing, names no variable, is
    /// said twice, contradicts something else or can never happen, and tests that fail.
    pub fn load(source: &str, instrument: &Instrument) -> Result<Self, Vec<Fault>> {
        load::load(source, instrument)
    }

    /// Lets the questionnaire ask, while it is being filled in, what the rules say that it shall ask.
    pub fn ask_at_entry(&self, instrument: &mut Instrument) {
        entry::put(&self.entry, instrument);
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The answers that open and close what stands behind the variable at `place`, where it is a gate.
    pub fn gate(&self, place: usize) -> Option<(&str, &str)> {
        self.plans
            .iter()
            .filter_map(|plan| plan.gate.as_ref())
            .find(|gate| gate.variable == place)
            .map(|gate| (gate.open.as_str(), gate.closed.as_str()))
    }

    /// What `rule` found, in words that an editor understands.
    pub fn sentence(&self, rule: &str, evidence: &Evidence, language: Language) -> String {
        let Some(rule) = self.rule(rule) else {
            return String::new();
        };
        let told = |text: &Text| filled(text.get(language), evidence, language);
        let is_alone = evidence.number("fits") == Some(Number::whole(1));
        let sentence = rule
            .one_row
            .as_ref()
            .filter(|_| is_alone)
            .and_then(told)
            .or_else(|| told(&rule.says))
            .or_else(|| told(rule.briefly.as_ref()?))
            .unwrap_or_else(|| format!("{}.", rule.name.get(language)));
        match rule.also.as_ref().and_then(told) {
            Some(also) => format!("{sentence} {also}"),
            None => sentence,
        }
    }
}

/// The text with each place filled; none where something is not known.
fn filled(text: &str, evidence: &Evidence, language: Language) -> Option<String> {
    let mut sentence = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        sentence.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let known = evidence
            .written(name, language)
            .filter(|known| !known.is_empty());
        sentence.push_str(&known?);
        rest = after;
    }
    sentence.push_str(rest);
    Some(sentence)
}

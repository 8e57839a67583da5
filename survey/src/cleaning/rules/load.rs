//! From a file's text to a [`RuleSet`], or to everything that is wrong with it.

use toml::de::DeTable;

use super::{RuleSet, blocks, placing, sense, standing, trial, words};
use crate::{
    instrument::{
        Fault, Instrument,
        load::{
            reader::{Reader, Table},
            with_document,
            words::shown,
        },
    },
    text::Language,
};

pub(super) fn load(source: &str, instrument: &Instrument) -> Result<RuleSet, Vec<Fault>> {
    let reader = Reader::new(source);
    reader.speak(vec![Language::Swedish, Language::English]);
    let rules = with_document(&reader, source, "A rule set", |reader, document| {
        read(reader, document, instrument)
    });
    let faults = reader.findings.into_faults();
    match rules {
        Some(rules) if faults.is_empty() => Ok(rules),
        _ => Err(faults),
    }
}

fn read<'a>(reader: &'a Reader<'a>, document: &'a DeTable<'a>, instrument: &Instrument) -> RuleSet {
    let mut root = Table::new(reader, document, 0, "The file");
    let key = root.string("instrument", "instrument = \"my-survey-2026\"");
    if !key.value.is_empty() && key.value != instrument.key {
        reader.fault(
            key.at,
            format!("The rules are for `{}`.", shown(key.value)),
            format!("The instrument is `{}`.", instrument.key),
        );
    }
    let version = root.string("version", "version = \"1\"");
    let words = words::read(&mut root);
    let drafts = blocks::read(&mut root, instrument);
    let mut rules = RuleSet {
        instrument: key.value.to_owned(),
        version: version.value.to_owned(),
        blocks: Vec::new(),
        rules: Vec::new(),
        words,
        plans: Vec::new(),
        entry: Vec::new(),
        roles: super::Roles::default(),
    };
    let names: Vec<&str> = drafts
        .iter()
        .map(|draft| draft.block.key.as_str())
        .collect();
    let (standing, trials) = standing::read(&mut root, instrument, &names);
    root.finish();
    for (block, plan) in drafts.into_iter().map(|draft| (draft.block, draft.plan)) {
        rules.blocks.push(block);
        rules.plans.push(plan);
    }
    sense::check(reader, &rules, &standing);
    for one in standing {
        placing::put(&mut rules, one);
    }
    if reader.findings.is_empty() {
        trial::run(reader, &rules, instrument, trials);
    }
    rules
}

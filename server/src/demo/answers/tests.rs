use std::collections::BTreeMap;

use survey::{
    answers::Answers,
    checks::{Finding, examine},
    instrument::Instrument,
    register::Register,
    route::route,
};

use super::*;
use crate::{
    demo::register::{DemoUnit, register},
    instruments,
};

fn instrument() -> Instrument {
    instruments::asking(&instruments::source("vardcentralschefer-2022").unwrap()).unwrap()
}

fn known_of(unit: &DemoUnit, instrument: &Instrument) -> Register {
    Register::read(
        instrument,
        [
            ("municipality_type", unit.municipality_type.key()),
            ("area_type", unit.area_type.key()),
            ("listed", unit.listed.to_string().as_str()),
        ],
    )
}

fn filled(unit: &DemoUnit, seed: u64, instrument: &Instrument) -> Vec<Typed> {
    let centre = Centre {
        listed: unit.listed,
        ownership: unit.ownership.key(),
    };
    answers(instrument, &known_of(unit, instrument), centre, seed)
}

fn as_answers(typed: &[Typed]) -> Answers {
    typed
        .iter()
        .map(|typed| (typed.variable.as_str(), typed.raw.as_str()))
        .collect()
}

/// Rules of the findings on every question that is asked.
fn findings(unit: &DemoUnit, typed: &[Typed], instrument: &Instrument) -> Vec<Finding> {
    let known = known_of(unit, instrument);
    let answers = as_answers(typed);
    route(instrument, &known, &answers)
        .questions()
        .flat_map(|question| examine(question, &known, &answers))
        .collect()
}

#[test]
fn what_the_chiefs_of_the_demo_have_written_can_be_handed_in() {
    let instrument = instrument();
    for (seed, unit) in (0..).zip(register().iter().take(300)) {
        let typed = filled(unit, seed, &instrument);
        let hard: Vec<_> = findings(unit, &typed, &instrument)
            .into_iter()
            .filter(Finding::is_hard)
            .collect();
        assert!(hard.is_empty(), "{}: {hard:?}", unit.key);
    }
}

#[test]
fn only_what_is_asked_is_answered_and_nothing_twice() {
    let instrument = instrument();
    for (seed, unit) in (0..).zip(register().iter().take(100)) {
        let typed = filled(unit, seed, &instrument);
        let answers = as_answers(&typed);
        let known = known_of(unit, &instrument);
        let way = route(&instrument, &known, &answers);
        assert!(typed.iter().all(|typed| way.asks(&typed.variable)));
        assert_eq!(answers.iter().count(), typed.len());
        assert!(typed.is_sorted_by_key(|typed| typed.section));
    }
}

#[test]
fn some_have_written_percent_and_some_have_swapped_but_most_have_not() {
    let instrument = instrument();
    let units: Vec<_> = register().into_iter().take(400).collect();
    let mut centres: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, unit) in (0..).zip(&units) {
        let typed = filled(unit, seed, &instrument);
        let found = findings(unit, &typed, &instrument);
        for rule in ["posts_in_percent", "swapped"] {
            if found.iter().any(|finding| finding.matter.rule() == rule) {
                *centres.entry(rule).or_default() += 1;
            }
        }
    }
    assert!(
        (20..100).contains(&centres["posts_in_percent"]),
        "{centres:?}"
    );
    assert!((1..60).contains(&centres["swapped"]), "{centres:?}");
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let instrument = instrument();
    let unit = &register()[0];
    assert_eq!(filled(unit, 7, &instrument), filled(unit, 7, &instrument));
    assert_ne!(filled(unit, 7, &instrument), filled(unit, 8, &instrument));
}

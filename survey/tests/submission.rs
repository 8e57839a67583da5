//! What is handed in.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where what it builds on is not there"
)]

use std::{collections::BTreeSet, sync::LazyLock};

use proptest::prelude::*;
use survey::{
    answers::Answers,
    instrument::{Instrument, load},
    register::Register,
    route::route,
    submission::{Entry, Snapshot, State, snapshot},
};

static CHIEFS: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../instruments/vardcentralschefer-2022.toml"
    ))
    .unwrap()
});

fn submitted(municipality_type: &str, given: &[(&str, &str)]) -> Snapshot {
    let register = Register::read(&CHIEFS, [("municipality_type", municipality_type)]);
    let answers: Answers = given.iter().copied().collect();
    snapshot(&CHIEFS, &route(&CHIEFS, &register, &answers), &answers)
}

fn ordinary(given: &[(&str, &str)]) -> Snapshot {
    submitted("metropolitan", given)
}

fn entry<'s>(entries: &'s [Entry], variable: &str) -> &'s Entry {
    entries
        .iter()
        .find(|entry| entry.variable == variable)
        .unwrap()
}

fn of(snapshot: &Snapshot, variable: &str) -> (State, String, Option<String>) {
    let entry = entry(&snapshot.answers, variable);
    (entry.state, entry.typed.clone(), entry.value.clone())
}

fn answered(typed: &str, value: &str) -> (State, String, Option<String>) {
    (State::Answered, typed.to_owned(), Some(value.to_owned()))
}

fn bare(state: State) -> (State, String, Option<String>) {
    (state, String::new(), None)
}

#[test]
fn an_answer_is_there_as_typed_and_as_read() {
    let snapshot = ordinary(&[
        ("listed", " 8 500"),
        ("gp_specialist_fte", "2½"),
        ("ownership", "public"),
        ("comment", "Bra enkät.\r\n"),
    ]);
    assert_eq!(of(&snapshot, "listed"), answered(" 8 500", "8500"));
    assert_eq!(of(&snapshot, "gp_specialist_fte"), answered("2½", "2.5"));
    assert_eq!(of(&snapshot, "ownership"), answered("public", "public"));
    assert_eq!(
        of(&snapshot, "comment"),
        answered("Bra enkät.\r\n", "Bra enkät.")
    );
}

#[test]
fn blank_zero_and_nothing_here_are_three_things() {
    let snapshot = ordinary(&[
        ("dietitian_none", "1"),
        ("psychosocial_persons", "0"),
        ("physiotherapist_persons", "  "),
    ]);
    assert_eq!(of(&snapshot, "dietitian_persons"), bare(State::NothingHere));
    assert_eq!(of(&snapshot, "dietitian_fte"), bare(State::NothingHere));
    assert_eq!(of(&snapshot, "dietitian_none"), answered("1", "1"));
    assert_eq!(of(&snapshot, "psychosocial_persons"), answered("0", "0"));
    assert_eq!(of(&snapshot, "psychosocial_fte"), bare(State::Blank));
    assert_eq!(of(&snapshot, "psychosocial_none"), answered("", "0"));
    assert_eq!(of(&snapshot, "physiotherapist_persons"), bare(State::Blank));
    assert_eq!(of(&snapshot, "physiotherapist_none"), bare(State::Blank));
}

#[test]
fn a_box_left_alone_is_a_no_where_another_is_ticked() {
    let snapshot = ordinary(&[("barrier_it", "1")]);
    assert_eq!(of(&snapshot, "barrier_it"), answered("1", "1"));
    assert_eq!(of(&snapshot, "barrier_none"), answered("", "0"));
    assert_eq!(of(&snapshot, "barrier_comment"), bare(State::Blank));
    assert_eq!(of(&snapshot, "research_none"), bare(State::Blank));
}

#[test]
fn what_cannot_be_read_is_there_as_typed() {
    let snapshot = ordinary(&[("listed", "cirka 8000"), ("ownership", "cooperative")]);
    assert_eq!(
        of(&snapshot, "listed"),
        (State::Unreadable, "cirka 8000".to_owned(), None)
    );
    assert_eq!(of(&snapshot, "ownership").0, State::Unreadable);
}

#[test]
fn answers_off_the_route_are_no_part_of_it() {
    let snapshot = ordinary(&[
        ("need", "no"),
        ("dietitian_need_fte", "2"),
        ("prevention", "good"),
        ("prevention_comment", "Tidsbrist"),
        ("role", "unit_manager"),
        ("role_other", "Samordnare"),
        ("special_conditions", "Långa avstånd"),
    ]);
    for variable in [
        "dietitian_need_fte",
        "need_budget",
        "prevention_comment",
        "role_other",
        "special_conditions",
    ] {
        assert_eq!(of(&snapshot, variable), bare(State::NotAsked), "{variable}");
    }
}

#[test]
fn contact_details_are_only_in_the_personal_part() {
    let given = [
        ("interview", "yes"),
        ("interview_name", "Anna Exempel"),
        ("interview_email", "anna@example.se"),
    ];
    let rural = submitted("sparse_rural", &given);
    let personal: Vec<(&str, State)> = rural
        .personal
        .iter()
        .map(|entry| (entry.variable.as_str(), entry.state))
        .collect();
    assert_eq!(
        personal,
        [
            ("interview_name", State::Answered),
            ("interview_email", State::Answered),
            ("interview_phone", State::Blank),
        ]
    );
    assert!(
        rural
            .answers
            .iter()
            .all(|entry| !entry.typed.contains("Anna") && !entry.typed.contains('@'))
    );

    let ordinary = ordinary(&given);
    assert!(ordinary.personal.iter().all(|entry| {
        entry.state == State::NotAsked && entry.typed.is_empty() && entry.value.is_none()
    }));
}

proptest! {
    #[test]
    fn every_variable_is_there_once_and_keeps_its_promises(
        typed in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "", " ", "0", "1", "2,5", "yes", "no", "bad", "other", "abc", "150 %",
        ])), 0..60),
        rural in any::<bool>(),
    ) {
        let variables = CHIEFS.variables();
        let given: Vec<(&str, &str)> = typed
            .iter()
            .map(|(index, raw)| (index.get(variables).key.as_str(), *raw))
            .collect();
        let snapshot = submitted(if rural { "sparse_rural" } else { "metropolitan" }, &given);
        let entries: Vec<&Entry> = snapshot.answers.iter().chain(&snapshot.personal).collect();
        prop_assert_eq!(entries.len(), variables.len());
        let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.variable.as_str()).collect();
        prop_assert_eq!(keys.len(), variables.len());
        for entry in entries {
            prop_assert_eq!(entry.value.is_some(), entry.state == State::Answered);
            if !matches!(entry.state, State::Answered | State::Unreadable) {
                prop_assert!(entry.typed.is_empty());
            }
            let travelled: Entry =
                serde_json::from_str(&serde_json::to_string(entry).unwrap()).unwrap();
            prop_assert_eq!(&travelled, entry);
        }
    }
}

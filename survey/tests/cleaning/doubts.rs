//! What the rules hold against values that an editor means to put in.

use super::support::{CHIEFS, RULES, cleaned, decided, given, staffed, status};
use survey::{
    answers::Number,
    cleaning::{Basis, Change, Choice, Decision, Raw, Status, doubts},
};

fn ordinary() -> Raw {
    staffed(&[("4", "3,5"), ("3", "2"), ("6", "4,5"), ("3", "2,2")])
}

/// The rules that would ask, were this put in.
fn against(raw: &Raw, changes: &[(&str, &str)]) -> Vec<String> {
    against_decided(raw, &[], changes)
}

/// The same, beside what is decided already.
fn against_decided(raw: &Raw, decisions: &[Decision], changes: &[(&str, &str)]) -> Vec<String> {
    let changes: Vec<Change> = changes
        .iter()
        .map(|(variable, to)| Change::to(variable, Some(number(to))))
        .collect();
    let found = doubts(&RULES, &CHIEFS, raw, &decided(raw, decisions), &changes);
    found.into_iter().map(|doubt| doubt.rule).collect()
}

/// A decision that gives one variable a value, whatever is typed there.
fn decision(raw: &Raw, change: Change) -> Decision {
    let typed = raw.typed(CHIEFS.place_of(&change.variable).unwrap());
    Decision {
        id: "d1".to_owned(),
        query: format!("unasked/{}", change.variable),
        basis: vec![Basis {
            variable: change.variable.clone(),
            typed: typed.to_owned(),
        }],
        choice: Choice::Values(vec![change]),
        by: "editor@example.se".to_owned(),
        at: 1,
    }
}

fn number(text: &str) -> Number {
    survey::answers::read_number(text, false).unwrap()
}

#[test]
fn an_ordinary_value_meets_no_doubt() {
    assert!(against(&ordinary(), &[("gp_specialist_fte", "3")]).is_empty());
    assert!(against(&ordinary(), &[("licensed_nonspecialist_fte", "3")]).is_empty());
}

#[test]
fn six_hundred_posts_for_four_persons_are_doubted() {
    let rules = against(&ordinary(), &[("gp_specialist_fte", "600")]);
    assert!(!rules.is_empty());
}

#[test]
fn more_posts_than_persons_are_doubted() {
    assert!(!against(&ordinary(), &[("district_nurse_fte", "9")]).is_empty());
}

#[test]
fn a_value_beside_mended_ones_is_held_against_them_as_mended() {
    // Every post is in percent, and is mended; one more that is right beside them raises nothing.
    let percent = staffed(&[
        ("4", "350"),
        ("3", "200"),
        ("6", "450"),
        ("3", "220"),
        ("5", "425"),
        ("2", "150"),
    ]);
    assert_eq!(
        status(&cleaned(&percent), "gp_specialist_fte"),
        Status::Corrected
    );
    assert!(against(&percent, &[("gp_specialist_fte", "3,25")]).is_empty());
    assert!(!against(&percent, &[("gp_specialist_fte", "325")]).is_empty());
}

#[test]
fn what_is_asked_already_elsewhere_is_not_held_against_it() {
    let raw = staffed(&[("4", "3,5"), ("3", "4"), ("6", "4,5"), ("3", "2,2")]);
    assert_eq!(cleaned(&raw).queries.len(), 1);
    assert!(against(&raw, &[("gp_specialist_fte", "3")]).is_empty());
}

#[test]
fn a_value_that_is_the_one_typed_is_no_correction() {
    let raw = given(&[("dietitian_persons", "2"), ("dietitian_fte", "150")]);
    let to = |text: &str| decision(&raw, Change::to("dietitian_fte", Some(number(text))));
    let given = |text: &str| status(&decided(&raw, &[to(text)]), "dietitian_fte");
    assert_eq!(given("150"), Status::AsAnswered);
    assert_eq!(given("1,5"), Status::Corrected);
}

#[test]
fn an_option_that_is_the_one_chosen_is_no_correction() {
    let raw = given(&[("need", "no")]);
    let chosen = |option: &str| {
        let change = Change {
            text: Some(option.to_owned()),
            ..Change::to("need", None)
        };
        status(&decided(&raw, &[decision(&raw, change)]), "need")
    };
    assert_eq!(chosen("no"), Status::AsAnswered);
    assert_eq!(chosen("yes"), Status::Corrected);
}

#[test]
fn a_value_is_held_against_what_is_decided_and_not_against_what_was_typed() {
    let raw = ordinary();
    assert!(!against(&raw, &[("gp_specialist_fte", "7")]).is_empty());
    let eight = decision(&raw, Change::to("gp_specialist_persons", Some(number("8"))));
    assert!(against_decided(&raw, &[eight], &[("gp_specialist_fte", "7")]).is_empty());
}

#[test]
fn a_number_is_held_against_an_answer_that_is_decided() {
    let raw = given(&[
        ("need", "no"),
        ("dietitian_persons", "2"),
        ("dietitian_fte", "1,5"),
    ]);
    let needed = [("dietitian_need_fte", "1")];
    assert!(!against(&raw, &needed).is_empty());
    let yes = Change {
        text: Some("yes".to_owned()),
        ..Change::to("need", None)
    };
    assert!(against_decided(&raw, &[decision(&raw, yes)], &needed).is_empty());
}

#[test]
fn what_is_decided_to_be_unknown_speaks_against_nothing() {
    let raw = staffed(&[("4", "3,5"), ("3", "4"), ("6", "4,5"), ("3", "2,2")]);
    let persons = [("licensed_nonspecialist_persons", "2")];
    assert!(!against(&raw, &persons).is_empty());
    let unknown = decision(&raw, Change::to("licensed_nonspecialist_fte", None));
    let against = against_decided(&raw, &[unknown], &persons);
    assert!(against.is_empty(), "{against:?}");
}

#[test]
fn what_a_value_makes_missing_beside_it_is_told() {
    // People where nobody was, and no posts beside them.
    assert_eq!(
        against(&ordinary(), &[("dietitian_persons", "3")]),
        ["omitted"]
    );
}

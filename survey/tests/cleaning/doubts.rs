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
    let changes: Vec<Change> = changes
        .iter()
        .map(|(variable, to)| Change::to(variable, Some(number(to))))
        .collect();
    let found = doubts(&RULES, &CHIEFS, raw, &cleaned(raw), &changes);
    found.into_iter().map(|doubt| doubt.rule).collect()
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
    let variable = "dietitian_fte".to_owned();
    let decision = |to: &str| Decision {
        id: "d1".to_owned(),
        query: "unasked/dietitian_fte".to_owned(),
        choice: Choice::Values(vec![Change::to(&variable, Some(number(to)))]),
        basis: vec![Basis {
            variable: variable.clone(),
            typed: "150".to_owned(),
        }],
        by: "editor@example.se".to_owned(),
        at: 1,
    };
    assert_eq!(
        status(&decided(&raw, &[decision("150")]), "dietitian_fte"),
        Status::AsAnswered
    );
    assert_eq!(
        status(&decided(&raw, &[decision("1,5")]), "dietitian_fte"),
        Status::Corrected
    );
}

//! Nothing-here, not asked and item nonresponse are three things.

use super::support::{CHIEFS, asked_by, cleaned, given, staffed, status, value};
use survey::{
    cleaning::{Reason, Status},
    submission::State,
};

#[test]
fn a_blank_beside_answers_to_the_same_question_is_zero() {
    let result = cleaned(&staffed(&[("3", "2,5"), ("", ""), ("2", "1,5")]));
    assert_eq!(value(&result, "licensed_nonspecialist_persons"), "0");
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "0");
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::ZeroByRule
    );
}

#[test]
fn blank_posts_beside_persons_are_not_zero() {
    let result = cleaned(&staffed(&[("3", "2,5"), ("2", ""), ("2", "1,5")]));
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "");
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_fte"),
        Some("omitted")
    );
}

#[test]
fn a_question_without_any_answer_is_missing() {
    let result = cleaned(&staffed(&[("3", "2,5"), ("2", "1")]));
    assert_eq!(value(&result, "gp_specialist_temp_fte"), "");
    let temps = result.value(&CHIEFS, "gp_specialist_temp_fte").unwrap();
    assert_eq!(temps.status, Status::Missing);
    assert_eq!(temps.reason, Some(Reason::Blank));
}

#[test]
fn no_need_makes_the_needs_zero() {
    let result = cleaned(&given(&[("need", "no")]));
    let need = result.value(&CHIEFS, "district_nurse_need_fte").unwrap();
    assert_eq!(value(&result, "district_nurse_need_fte"), "0");
    assert_eq!(need.reason, Some(Reason::NotAsked));
}

#[test]
fn a_number_of_needs_implies_a_need() {
    let result = cleaned(&given(&[("district_nurse_need_fte", "1,5")]));
    assert_eq!(value(&result, "need"), "yes");
    assert_eq!(value(&result, "gp_specialist_need_fte"), "0");
}

#[test]
fn no_need_and_a_number_contradict_each_other() {
    let result = cleaned(&given(&[
        ("need", "no"),
        ("district_nurse_need_fte", "1,5"),
    ]));
    assert_eq!(asked_by(&result, "need"), Some("need_contradicted"));
    assert_eq!(value(&result, "district_nurse_need_fte"), "1.5");
}

#[test]
fn a_profession_that_does_not_exist_is_a_zero_that_somebody_gave() {
    let mut raw = staffed(&[("3", "2,5"), ("2", "1,5")]);
    for column in ["persons", "fte", "temp_fte"] {
        let place = CHIEFS.place_of(&format!("dietitian_{column}")).unwrap();
        raw.silence(place, State::NothingHere);
    }
    let result = cleaned(&raw);
    let dietitians = result.value(&CHIEFS, "dietitian_persons").unwrap();
    assert_eq!(dietitians.reason, Some(Reason::NothingHere));
    assert_eq!(value(&result, "dietitian_persons"), "0");
}

#[test]
fn persons_and_posts_of_one_row_alone_are_answers_to_one_question() {
    let result = cleaned(&given(&[("st_persons", "3")]));
    assert_eq!(asked_by(&result, "st_fte"), Some("omitted"));
    let result = cleaned(&given(&[("st_persons", "0")]));
    assert_eq!(value(&result, "st_fte"), "0");
    let result = cleaned(&given(&[("gp_specialist_persons", "3")]));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), None);
}

#[test]
fn no_need_and_noughts_agree_and_so_do_a_need_and_numbers() {
    let result = cleaned(&given(&[("need", "no"), ("district_nurse_need_fte", "0")]));
    assert!(result.queries.is_empty());
    assert_eq!(value(&result, "gp_specialist_need_fte"), "0");
    let result = cleaned(&given(&[
        ("need", "yes"),
        ("district_nurse_need_fte", "1,5"),
    ]));
    assert!(result.queries.is_empty());
    assert_eq!(value(&result, "need"), "yes");
}

#[test]
fn a_box_left_alone_beside_a_ticked_one_is_not_ticked() {
    let result = cleaned(&given(&[("barrier_roles", "1")]));
    assert_eq!(value(&result, "barrier_roles"), "1");
    assert_eq!(value(&result, "barrier_cost_split"), "0");
    assert_eq!(status(&result, "barrier_cost_split"), Status::AsAnswered);
    assert!(result.ledger.is_empty());
}

#[test]
fn boxes_of_a_question_that_is_left_blank_are_missing() {
    // A comment alone ticks nothing.
    let result = cleaned(&given(&[("barrier_comment", "Det beror på.")]));
    let value = result.value(&CHIEFS, "barrier_cost_split").unwrap();
    assert_eq!(
        (value.status, value.reason, value.text.as_deref()),
        (Status::Missing, Some(Reason::Blank), None)
    );
}

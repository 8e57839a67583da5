//! What cleaning begins with, and what its statuses are called.

use super::support::{CHIEFS, cleaned, status, value};
use survey::{
    cleaning::{Raw, Status},
    submission::{Entry, State},
};

fn entry(variable: &str, state: State, typed: &str) -> Entry {
    Entry {
        variable: variable.to_owned(),
        state,
        typed: typed.to_owned(),
        value: None,
    }
}

#[test]
fn a_submission_is_cleaned_as_it_was_typed() {
    let raw = Raw::of_submission(
        &CHIEFS,
        &[
            entry("gp_specialist_persons", State::Answered, "ca 3"),
            entry("gp_specialist_fte", State::Answered, "2,5"),
            entry("dietitian_persons", State::NothingHere, ""),
            entry("of_another_survey", State::Answered, "7"),
        ],
    );
    let place = |variable| CHIEFS.place_of(variable).unwrap();
    assert_eq!(raw.typed(place("gp_specialist_persons")), "ca 3");
    assert_eq!(
        raw.given()[place("dietitian_persons")].state,
        State::NothingHere
    );
    assert_eq!(raw.given().len(), CHIEFS.variables().len());
    let result = cleaned(&raw);
    assert_eq!(value(&result, "gp_specialist_persons"), "3");
    assert_eq!(status(&result, "gp_specialist_fte"), Status::AsAnswered);
    assert_eq!(status(&result, "listed"), Status::Missing);
}

#[test]
fn a_status_has_the_same_name_in_exports_as_in_data() {
    for status in Status::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
}

//! Questions that are answered in one way down to some row, and in another from there on.

use super::support::{asked_by, cleaned, posts, put, staffed, value};
use survey::cleaning::Cleaned;

/// What is offered for the posts of a row: the rule, and what it makes of them.
fn offered(result: &Cleaned, variable: &str) -> Vec<(String, Option<String>)> {
    let query = result
        .queries
        .iter()
        .find(|query| query.variables.iter().any(|asked| asked == variable))
        .unwrap();
    let offers = query.alternatives.iter().map(|one| {
        let change = one
            .changes
            .iter()
            .find(|change| change.variable == variable);
        let to = change.and_then(|change| change.to);
        (one.id.clone(), to.map(survey::answers::Number::to_plain))
    });
    offers.collect()
}

#[test]
fn where_percent_together_may_have_become_percent_each_it_is_asked_about() {
    let result = cleaned(&staffed(&[
        ("4", "350"),
        ("6", "425"),
        ("3", "240"),
        ("2", "90"),
        ("2", "65"),
        ("1", "40"),
    ]));
    assert_eq!(posts(&result, 3), ["3.5", "4.25", "2.4"]);
    assert_eq!(value(&result, "psychosocial_fte"), "0.4");
    let offers = offered(&result, "registered_nurse_fte");
    let makes = |number: &str| offers.iter().any(|(_, to)| to.as_deref() == Some(number));
    assert!(makes("0.9") && makes("1.8"), "{offers:?}");
}

#[test]
fn where_percent_each_may_have_become_percent_together_it_is_asked_about() {
    let result = cleaned(&staffed(&[
        ("3", "85"),
        ("4", "90"),
        ("5", "75"),
        ("4", "350"),
        ("6", "425"),
        ("3", "240"),
    ]));
    assert_eq!(value(&result, "registered_nurse_fte"), "3.5");
    assert!(asked_by(&result, "gp_specialist_fte").is_some());
}

#[test]
fn one_row_of_two_at_half_time_is_in_percent_like_all_others() {
    let result = cleaned(&staffed(&[
        ("4", "350"),
        ("6", "425"),
        ("3", "240"),
        ("2", "90"),
        ("5", "365"),
        ("1", "40"),
    ]));
    assert_eq!(value(&result, "registered_nurse_fte"), "0.9");
    assert_eq!(asked_by(&result, "registered_nurse_fte"), None);
}

#[test]
fn temps_are_in_percent_too_where_the_question_turned() {
    let mut raw = staffed(&[
        ("4", "350"),
        ("6", "425"),
        ("3", "240"),
        ("3", "85"),
        ("4", "90"),
        ("5", "75"),
    ]);
    put(&mut raw, "district_nurse_temp_fte", "75");
    assert_eq!(value(&cleaned(&raw), "district_nurse_temp_fte"), "0.75");
}

#[test]
fn a_leading_zero_is_never_percent() {
    let signs_lost = [
        ("21", "1615"),
        ("9", "615"),
        ("1", "07"),
        ("8", "585"),
        ("17", "1215"),
        ("4", "205"),
    ];
    let result = cleaned(&staffed(&signs_lost));
    assert_ne!(value(&result, "district_nurse_fte"), "0.07");
}

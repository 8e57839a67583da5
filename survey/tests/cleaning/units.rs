//! Posts in percent, in hours, as averages, and without their decimal sign.

use super::support::{asked_by, cleaned, mended_by, posts, put, staffed, status, value};
use survey::{
    cleaning::{Raw, Status},
    text::Language,
};

const ORDINARY: [(&str, &str); 6] = [
    ("4", "3,5"),
    ("2", "1,5"),
    ("6", "4,25"),
    ("3", "2,2"),
    ("5", "4"),
    ("2", "1,5"),
];

fn with_row(row: usize, persons: &'static str, posts: &'static str) -> Raw {
    let mut pairs = ORDINARY;
    pairs[row] = (persons, posts);
    staffed(&pairs)
}

#[test]
fn an_ordinary_answer_is_left_alone() {
    let result = cleaned(&staffed(&ORDINARY));
    assert_eq!(posts(&result, 6), ["3.5", "1.5", "4.25", "2.2", "4", "1.5"]);
    assert!(result.queries.is_empty());
    assert!(
        result
            .ledger
            .iter()
            .all(|entry| entry.status == Status::ZeroByRule)
    );
}

#[test]
fn a_column_in_percent_is_read_as_percent() {
    let result = cleaned(&staffed(&[
        ("4", "350"),
        ("2", "150"),
        ("6", "425"),
        ("3", "220"),
        ("1", "100"),
        ("2", "80"),
    ]));
    assert_eq!(posts(&result, 6), ["3.5", "1.5", "4.25", "2.2", "1", "0.8"]);
    assert_eq!(mended_by(&result, "gp_specialist_fte"), Some("percent"));
    assert_eq!(status(&result, "gp_specialist_fte"), Status::Corrected);
}

#[test]
fn the_ledger_says_in_words_why() {
    let result = cleaned(&staffed(&[
        ("4", "350"),
        ("2", "150"),
        ("6", "425"),
        ("3", "220"),
    ]));
    let entry = result
        .ledger
        .iter()
        .find(|entry| entry.variable == "gp_specialist_fte")
        .unwrap();
    assert_eq!(entry.before, "350");
    let sentence = super::support::RULES.sentence(&entry.rule, &entry.evidence, Language::Swedish);
    assert_eq!(
        sentence,
        "4 av 4 tjänster ligger mellan 70,8 och 87,5 gånger antalet personer. Lästa som procent ger svaret 76 % \
         sysselsättningsgrad."
    );
}

#[test]
fn percent_signs_say_so_themselves() {
    let result = cleaned(&with_row(3, "3", "220 %"));
    assert_eq!(value(&result, "registered_nurse_fte"), "2.2");
}

#[test]
fn one_cell_in_percent_is_mended_among_ordinary_ones() {
    let result = cleaned(&with_row(2, "6", "425"));
    assert_eq!(value(&result, "district_nurse_fte"), "4.25");
    assert_eq!(mended_by(&result, "district_nurse_fte"), Some("percent"));
}

#[test]
fn a_percentage_of_two_that_may_be_of_each_is_asked_about() {
    let result = cleaned(&with_row(1, "2", "80"));
    assert!(asked_by(&result, "licensed_nonspecialist_fte").is_some());
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "80");
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::AwaitingDecision
    );
}

#[test]
fn an_average_percent_is_multiplied_by_the_persons() {
    let result = cleaned(&staffed(&[
        ("4", "75"),
        ("3", "60"),
        ("6", "80"),
        ("8", "70"),
        ("5", "90"),
        ("1", "50"),
    ]));
    assert_eq!(posts(&result, 6), ["3", "1.8", "4.8", "5.6", "4.5", "0.5"]);
    assert_eq!(
        mended_by(&result, "district_nurse_fte"),
        Some("average_percent")
    );
}

#[test]
fn an_average_post_is_multiplied_by_the_persons() {
    let result = cleaned(&staffed(&[
        ("5", "0,8"),
        ("14", "0,8"),
        ("9", "0,75"),
        ("6", "0,55"),
        ("3", "0,95"),
        ("3", "0,65"),
    ]));
    assert_eq!(
        posts(&result, 6),
        ["4", "11.2", "6.75", "3.3", "2.85", "1.95"]
    );
}

#[test]
fn hours_of_a_forty_hour_week_are_divided_by_it() {
    let result = cleaned(&staffed(&[
        ("5", "184"),
        ("7", "192"),
        ("4", "132"),
        ("2", "52"),
        ("5", "116"),
    ]));
    assert_eq!(posts(&result, 5), ["4.6", "4.8", "3.3", "1.3", "2.9"]);
}

#[test]
fn hours_of_another_week_are_rounded_to_what_was_meant() {
    let result = cleaned(&staffed(&[
        ("6", "189,34"),
        ("1", "11,47"),
        ("3", "110,92"),
        ("3", "80,33"),
        ("1", "28,69"),
        ("2", "21,04"),
    ]));
    assert_eq!(
        posts(&result, 6),
        ["4.95", "0.3", "2.9", "2.1", "0.75", "0.55"]
    );
    assert_eq!(mended_by(&result, "gp_specialist_fte"), Some("hours_38_25"));
}

#[test]
fn a_lost_decimal_sign_is_found_again() {
    let result = cleaned(&with_row(1, "2", "15"));
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "1.5");
    let result = cleaned(&with_row(1, "1", "05"));
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "0.5");
}

#[test]
fn a_column_in_no_known_unit_is_asked_about_as_a_whole() {
    let result = cleaned(&staffed(&[
        ("4", "1733,1"),
        ("2", "911,3"),
        ("6", "2107,7"),
        ("3", "1419,9"),
    ]));
    for row in ["gp_specialist", "licensed_nonspecialist", "district_nurse"] {
        let variable = format!("{row}_fte");
        assert!(asked_by(&result, &variable).is_some(), "{variable}");
        assert!(
            result
                .value(&super::support::CHIEFS, &variable)
                .unwrap()
                .counted()
                .is_none()
        );
    }
}

#[test]
fn temps_in_percent_are_mended_and_what_may_be_weeks_is_asked_about() {
    let mut raw = staffed(&ORDINARY);
    put(&mut raw, "gp_specialist_temp_fte", "150");
    put(&mut raw, "district_nurse_temp_fte", "100");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "gp_specialist_temp_fte"), "1.5");
    assert_eq!(value(&result, "district_nurse_temp_fte"), "1");

    let mut raw = staffed(&ORDINARY);
    put(&mut raw, "gp_specialist_temp_fte", "26");
    assert_eq!(
        asked_by(&cleaned(&raw), "gp_specialist_temp_fte"),
        Some("weeks")
    );
}

#[test]
fn innocents_are_not_harmed() {
    let full_time = [("2", "2"), ("1", "1"), ("3", "3"), ("6", "6"), ("1", "1")];
    assert_eq!(
        posts(&cleaned(&staffed(&full_time)), 5),
        ["2", "1", "3", "6", "1"]
    );

    let big = [("22", "17,5"), ("30", "24"), ("4", "3,1"), ("18", "13")];
    assert_eq!(
        posts(&cleaned(&staffed(&big)), 4),
        ["17.5", "24", "3.1", "13"]
    );

    let overtime = with_row(3, "6", "6,12");
    assert_eq!(value(&cleaned(&overtime), "registered_nurse_fte"), "6.12");

    let tiny = with_row(3, "1", "0,05");
    assert_eq!(value(&cleaned(&tiny), "registered_nurse_fte"), "0.05");
}

#[test]
fn a_need_of_ten_is_a_need_of_ten() {
    let raw = super::support::given(&[
        ("need", "yes"),
        ("district_nurse_need_fte", "10"),
        ("gp_specialist_need_fte", "2"),
    ]);
    assert_eq!(value(&cleaned(&raw), "district_nurse_need_fte"), "10");
}

#[test]
fn what_would_be_mended_once_more_after_the_mend_is_asked_about() {
    // 20 % of 375 people is 75, which is as low a rate as 20 for so many.
    let mut raw = staffed(&[
        ("", "25"),
        ("0,0", ""),
        ("", "10"),
        ("", ""),
        ("", ""),
        ("", "30"),
        ("26", "17,1"),
        ("375", "20"),
    ]);
    put(&mut raw, "st_persons", "320");
    put(&mut raw, "st_fte", "50");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "medical_secretary_fte"), "20");
    let columns = ["persons", "fte"];
    let asked = columns.map(|column| asked_by(&result, &format!("medical_secretary_{column}")));
    assert!(asked.iter().any(Option::is_some));
}

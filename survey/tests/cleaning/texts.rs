//! What Swedes type for a number.

use super::support::{asked_by, cleaned, given, status, value};
use survey::cleaning::Status;

fn read(typed: &str) -> String {
    let result = cleaned(&given(&[
        ("gp_specialist_persons", "3"),
        ("gp_specialist_fte", typed),
    ]));
    value(&result, "gp_specialist_fte")
}

#[test]
fn words_signs_and_units_are_read() {
    for (typed, number) in [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        (" 2 ", "2"),
        ("2 st", "2"),
        ("2st", "2"),
        ("ca 2", "2"),
        ("c:a 2,5", "2.5"),
        ("~2", "2"),
        ("2 heltid", "2"),
        ("1,5 tj.", "1.5"),
        ("två", "2"),
        ("Tre", "3"),
        ("en person", "1"),
        ("½", "0.5"),
        ("2 ½", "2.5"),
        ("2½", "2.5"),
        ("1/2", "0.5"),
        ("2 1/2", "2.5"),
        ("0,5+1", "1.5"),
        ("0,75 + 0,75 + 0,5", "2"),
        ("2 x 75%", "1.5"),
        ("3 à 80 %", "2.4"),
        ("3*0,5", "1.5"),
    ] {
        assert_eq!(read(typed), number, "{typed}");
    }
}

#[test]
fn nothing_by_any_name_is_zero() {
    for typed in ["0", "-", "inga", "Ingen", "–", "0 st"] {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "3"),
            ("dietitian_persons", typed),
        ]));
        assert_eq!(value(&result, "dietitian_persons"), "0", "{typed}");
    }
}

#[test]
fn not_knowing_is_not_zero() {
    for typed in ["vet ej", "?", "okänt"] {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "3"),
            ("gp_specialist_fte", typed),
        ]));
        assert_eq!(value(&result, "gp_specialist_fte"), "", "{typed}");
        assert_eq!(status(&result, "gp_specialist_fte"), Status::Missing);
    }
}

#[test]
fn ranges_and_dates_are_asked_about() {
    for (typed, rule) in [
        ("2-3", "range"),
        ("2 till 3", "range"),
        ("2 à 3", "range"),
        ("01-maj", "date"),
        ("1-feb", "date"),
        ("maj-01", "date"),
        ("massor", "unreadable"),
    ] {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "3"),
            ("gp_specialist_fte", typed),
        ]));
        assert_eq!(
            asked_by(&result, "gp_specialist_fte"),
            Some(rule),
            "{typed}"
        );
    }
}

#[test]
fn thousands_are_grouped_as_people_group_them() {
    for typed in [
        "8500",
        "8 500",
        "8.500",
        "8\u{a0}500",
        "8'500",
        "ca 8 500 st",
    ] {
        let result = cleaned(&given(&[("listed", typed)]));
        assert_eq!(value(&result, "listed"), "8500", "{typed}");
    }
}

#[test]
fn what_cannot_stand_is_asked_about_and_not_counted() {
    let result = cleaned(&given(&[
        ("gp_specialist_persons", "-3"),
        ("district_nurse_persons", "4"),
    ]));
    assert!(asked_by(&result, "gp_specialist_persons").is_some());
    let value = result
        .value(&super::support::CHIEFS, "gp_specialist_persons")
        .unwrap();
    assert_eq!(value.counted(), None);
}

#[test]
fn a_text_is_asked_about_in_the_block_that_it_stands_in() {
    let result = cleaned(&given(&[
        ("gp_specialist_fte", "2-3"),
        ("gp_specialist_temp_fte", "2-3"),
        ("ownership", "public"),
        ("listed", "massor"),
    ]));
    let blocks: Vec<&str> = result
        .queries
        .iter()
        .map(|query| query.block.as_str())
        .collect();
    assert_eq!(blocks, ["listed", "permanent", "temps"]);
}

#[test]
fn what_goes_from_much_to_little_or_in_percent_is_no_range() {
    for typed in ["3-2", "2-2", "50 % - 60 %", "50 - 60 %", "50 % - 60"] {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "3"),
            ("gp_specialist_fte", typed),
        ]));
        assert_eq!(
            asked_by(&result, "gp_specialist_fte"),
            Some("unreadable"),
            "{typed}"
        );
    }
}

#[test]
fn a_word_after_a_percentage_makes_it_no_other_number() {
    let read = |typed| {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "4"),
            ("gp_specialist_fte", typed),
        ]));
        (
            status(&result, "gp_specialist_fte"),
            value(&result, "gp_specialist_fte"),
        )
    };
    assert_eq!(read("80 % heltid"), read("80 %"));
}

#[test]
fn halves_thirds_and_quarters_are_fractions_and_other_things_with_a_stroke_are_not() {
    for (typed, number) in [("3/4", "0.75"), ("1/3", "0.333333"), ("2 1/4", "2.25")] {
        assert_eq!(read(typed), number, "{typed}");
    }
    for typed in ["1/5", "5/4", "4/4", "0/4", "1/0", "-1 1/2"] {
        let result = cleaned(&given(&[
            ("gp_specialist_persons", "3"),
            ("gp_specialist_fte", typed),
        ]));
        assert_eq!(
            asked_by(&result, "gp_specialist_fte"),
            Some("unreadable"),
            "{typed}"
        );
    }
}

#[test]
fn digits_with_a_decimal_sign_are_as_answered_and_what_else_stands_among_them_is_read() {
    for (typed, told) in [
        ("8500", Status::AsAnswered),
        ("8 500", Status::Read),
        ("8500 ", Status::AsAnswered),
        ("8'500", Status::Read),
    ] {
        let result = cleaned(&given(&[("listed", typed)]));
        assert_eq!(status(&result, "listed"), told, "{typed}");
    }
}

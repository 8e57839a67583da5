//! Residents listed, against the staff and the register.

use super::support::{asked_by, cleaned, mended_by, put, registered, staffed, status, value};
use survey::cleaning::{Raw, Status};

/// A centre of 25 employees, for some 7 000 residents.
fn listed(typed: &str) -> Raw {
    let mut raw = staffed(&[
        ("5", "4,1"),
        ("2", "1,5"),
        ("6", "4,5"),
        ("4", "3,2"),
        ("4", "3,3"),
        ("4", "2,9"),
    ]);
    put(&mut raw, "listed", typed);
    raw
}

#[test]
fn thousands_are_multiplied_out() {
    for (typed, number) in [("7", "7000"), ("7,2", "7200")] {
        let result = cleaned(&listed(typed));
        assert_eq!(value(&result, "listed"), number);
        assert_eq!(mended_by(&result, "listed"), Some("listed_thousands"));
    }
}

#[test]
fn ten_times_too_many_are_divided() {
    let result = cleaned(&listed("72000"));
    assert_eq!(value(&result, "listed"), "7200");
}

#[test]
fn a_digit_too_few_is_asked_about_because_the_digit_is_gone() {
    let result = cleaned(&listed("720"));
    assert_eq!(value(&result, "listed"), "720");
    assert!(asked_by(&result, "listed").is_some());
}

#[test]
fn a_blank_is_taken_from_the_register() {
    let result = cleaned(&registered(listed(""), "7150"));
    assert_eq!(value(&result, "listed"), "7150");
    assert_eq!(status(&result, "listed"), Status::FromRegister);
    assert_eq!(value(&cleaned(&listed("")), "listed"), "");
}

#[test]
fn far_from_the_register_is_asked_about() {
    let result = cleaned(&registered(listed("7000"), "15000"));
    assert!(asked_by(&result, "listed").is_some());
    let result = cleaned(&registered(listed("7000"), "7150"));
    assert_eq!(asked_by(&result, "listed"), None);
}

#[test]
fn a_small_centre_with_few_residents_is_believed() {
    let mut raw = staffed(&[("1", "0,8"), ("1", "0,5")]);
    put(&mut raw, "listed", "900");
    assert_eq!(value(&cleaned(&raw), "listed"), "900");
}

#[test]
fn a_register_that_knows_of_nobody_says_nothing() {
    let result = cleaned(&registered(listed(""), "0"));
    assert_eq!(value(&result, "listed"), "");
    assert_eq!(status(&result, "listed"), Status::Missing);
    assert_eq!(
        value(&cleaned(&registered(listed("7000"), "0")), "listed"),
        "7000"
    );
}

#[test]
fn nobody_listed_is_asked_about() {
    assert_eq!(
        asked_by(&cleaned(&listed("0")), "listed"),
        Some("listed_unusual")
    );
}

#[test]
fn listed_are_held_against_posts_where_persons_are_not_known() {
    let centre = |typed| {
        let mut raw = staffed(&[
            ("", "4,1"),
            ("", "1,5"),
            ("", "4,5"),
            ("", "3,2"),
            ("", "3,3"),
        ]);
        put(&mut raw, "listed", typed);
        cleaned(&raw)
    };
    assert_eq!(value(&centre("72000"), "listed"), "7200");
    assert_eq!(value(&centre("7200"), "listed"), "7200");
    assert_eq!(asked_by(&centre("7200"), "listed"), None);
}

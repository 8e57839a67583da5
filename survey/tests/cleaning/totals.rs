//! A total among the rows.

use super::support::{asked_by, cleaned, put, staffed, value};

#[test]
fn a_total_of_persons_beside_averages_is_asked_about_and_the_averages_are_mended() {
    let result = cleaned(&staffed(&[
        ("29", "70"),
        ("5", "60"),
        ("9", "70"),
        ("1", "50"),
        ("2", "75"),
        ("2", "45"),
        ("4", "55"),
    ]));
    assert_eq!(value(&result, "gp_specialist_persons"), "29");
    assert_eq!(value(&result, "gp_specialist_fte"), "70");
    assert_eq!(asked_by(&result, "gp_specialist_fte"), Some("total_first"));
    assert_eq!(
        asked_by(&result, "gp_specialist_persons"),
        Some("total_first")
    );
    assert_eq!(value(&result, "district_nurse_fte"), "6.3");
    assert_eq!(value(&result, "physiotherapist_fte"), "2.2");
}

#[test]
fn a_total_in_the_last_row_is_asked_about() {
    let mut raw = staffed(&[
        ("5", "4,1"),
        ("2", "1,5"),
        ("6", "4,5"),
        ("4", "3,2"),
        ("3", "2,1"),
    ]);
    put(&mut raw, "other_staff_persons", "22");
    put(&mut raw, "other_staff_fte", "17");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "other_staff_fte"), "17");
    assert_eq!(asked_by(&result, "other_staff_fte"), Some("total_first"));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), None);
}

#[test]
fn a_total_of_the_other_rows_is_asked_about_wherever_the_first_is() {
    let result = cleaned(&staffed(&[
        ("", ""),
        ("15", "11,3"),
        ("2", "1,5"),
        ("6", "4,5"),
        ("4", "3,2"),
        ("3", "2,1"),
    ]));
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_fte"),
        Some("total_first")
    );
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_persons"),
        Some("total_first")
    );
}

#[test]
fn a_large_first_row_is_no_total() {
    let result = cleaned(&staffed(&[
        ("12", "8,6"),
        ("2", "1,5"),
        ("4", "3,5"),
        ("4", "3,2"),
        ("1", "0,9"),
    ]));
    assert!(result.queries.is_empty());
}

#[test]
fn the_only_row_filled_in_may_be_the_total() {
    let result = cleaned(&staffed(&[("31", "24,5")]));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), Some("total_first"));
    assert!(result.queries.iter().any(|query| query.variables.len() > 2));
    let result = cleaned(&staffed(&[("3", "2,5")]));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), None);
}

#[test]
fn a_total_of_temps_is_asked_about() {
    let mut raw = staffed(&[("5", "4,1"), ("2", "1,5"), ("6", "4,5")]);
    for (row, typed) in [
        ("gp_specialist", "6,3"),
        ("licensed_nonspecialist", "2,1"),
        ("district_nurse", "1,7"),
        ("registered_nurse", "2,5"),
    ] {
        put(&mut raw, &format!("{row}_temp_fte"), typed);
    }
    let result = cleaned(&raw);
    assert_eq!(
        asked_by(&result, "gp_specialist_temp_fte"),
        Some("total_first_posts")
    );
    assert_eq!(value(&result, "gp_specialist_temp_fte"), "6.3");
}

#[test]
fn the_sum_of_two_rows_is_no_total() {
    let result = cleaned(&staffed(&[("9", "6,6"), ("4", "3,1"), ("5", "3,5")]));
    assert!(result.queries.is_empty());
    let result = cleaned(&staffed(&[("9", "7"), ("2", "1,5"), ("3", "2,6")]));
    assert!(result.queries.is_empty());
}

#[test]
fn what_belongs_to_the_row_of_a_total_is_not_taken_to_be_nothing() {
    let result = cleaned(&staffed(&[
        ("15", "11,3"),
        ("2", "1,5"),
        ("6", "4,5"),
        ("4", "3,2"),
        ("3", "2,1"),
    ]));
    let query = &result.queries[0];
    assert_eq!(query.rule, "total_first");
    let changes = query
        .alternatives
        .iter()
        .flat_map(|alternative| &alternative.changes);
    assert!(changes.clone().count() > 0);
    for change in changes {
        assert_eq!(change.to, None, "{change:?}");
    }
}

#[test]
fn a_large_first_row_in_percent_is_no_total() {
    let result = cleaned(&staffed(&[
        ("5", "380"),
        ("1", "80"),
        ("1", "70"),
        ("1", "90"),
        ("1", "60"),
    ]));
    assert_eq!(value(&result, "gp_specialist_fte"), "3.8");
}

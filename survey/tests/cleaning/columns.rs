//! Numbers in the wrong column or row, copies, totals and shares.

use super::support::{asked_by, cleaned, given, mended_by, posts, staffed, status, value};
use survey::cleaning::{Alternative, Status};

#[test]
fn swapped_columns_are_swapped_back() {
    let result = cleaned(&staffed(&[
        ("9,4", "14"),
        ("0,75", "1"),
        ("1,45", "3"),
        ("2,75", "6"),
        ("1", "2"),
    ]));
    assert_eq!(posts(&result, 5), ["9.4", "0.75", "1.45", "2.75", "1"]);
    assert_eq!(value(&result, "gp_specialist_persons"), "14");
    assert_eq!(value(&result, "assistant_nurse_persons"), "2");
    assert_eq!(mended_by(&result, "gp_specialist_fte"), Some("swapped"));
}

#[test]
fn half_a_person_in_one_row_is_a_swap() {
    let result = cleaned(&staffed(&[
        ("4", "3,5"),
        ("0,7", "1"),
        ("6", "4,5"),
        ("3", "2,2"),
    ]));
    assert_eq!(value(&result, "licensed_nonspecialist_persons"), "1");
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "0.7");
}

#[test]
fn more_posts_than_persons_in_whole_numbers_is_asked_about() {
    let result = cleaned(&staffed(&[
        ("4", "3,5"),
        ("3", "4"),
        ("6", "4,5"),
        ("3", "2,2"),
    ]));
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_fte"),
        Some("swapped")
    );
    let query = &result.queries[0];
    let offered: Vec<&str> = query
        .alternatives
        .iter()
        .map(|alternative| alternative.id.as_str())
        .collect();
    assert!(offered.contains(&"swapped"), "{offered:?}");
    assert!(offered.contains(&Alternative::AS_TYPED), "{offered:?}");
}

#[test]
fn swapped_percent_is_both_errors_at_once() {
    let result = cleaned(&staffed(&[
        ("225", "3"),
        ("120", "2"),
        ("90", "1"),
        ("80", "1"),
        ("270", "3"),
    ]));
    assert_eq!(posts(&result, 5), ["2.25", "1.2", "0.9", "0.8", "2.7"]);
    assert_eq!(value(&result, "gp_specialist_persons"), "3");
}

#[test]
fn as_many_posts_as_persons_everywhere_is_asked_about() {
    let result = cleaned(&staffed(&[
        ("6", "6"),
        ("3", "3"),
        ("1", "1"),
        ("7", "7"),
        ("4", "4"),
    ]));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), Some("copied_posts"));
    assert_eq!(result.queries.len(), 1);
    assert_eq!(value(&result, "gp_specialist_fte"), "6");
}

#[test]
fn persons_that_copy_the_posts_cannot_be_known() {
    let result = cleaned(&staffed(&[
        ("1,95", "1,95"),
        ("2", "2"),
        ("0,4", "0,4"),
        ("2,7", "2,7"),
    ]));
    assert_eq!(
        asked_by(&result, "gp_specialist_persons"),
        Some("copied_persons")
    );
    assert_eq!(status(&result, "gp_specialist_fte"), Status::AsAnswered);
}

#[test]
fn a_total_in_the_first_row_is_asked_about() {
    let result = cleaned(&staffed(&[
        ("24", "13,2"),
        ("5", "2,4"),
        ("7", "3,7"),
        ("3", "1,9"),
        ("2", "1,3"),
        ("5", "2,7"),
    ]));
    assert_eq!(
        asked_by(&result, "gp_specialist_persons"),
        Some("total_first")
    );
    assert_eq!(value(&result, "gp_specialist_persons"), "24");
}

#[test]
fn a_total_alone_leaves_the_other_rows_open() {
    let result = cleaned(&staffed(&[("43", "31,52")]));
    assert_eq!(
        asked_by(&result, "gp_specialist_persons"),
        Some("total_first")
    );
    assert_eq!(value(&result, "district_nurse_persons"), "");
    assert_eq!(
        status(&result, "district_nurse_persons"),
        Status::AwaitingDecision
    );
}

#[test]
fn shares_of_a_hundred_are_no_posts() {
    let result = cleaned(&staffed(&[
        ("12", "35"),
        ("3", "6"),
        ("5", "14"),
        ("11", "27"),
        ("5", "10"),
        ("3", "8"),
    ]));
    assert_eq!(asked_by(&result, "gp_specialist_fte"), Some("shares"));
}

#[test]
fn a_column_one_row_off_is_found_and_its_end_is_not_made_up() {
    let mut raw = staffed(&[]);
    let typed = [
        ("gp_specialist", "4", "0"),
        ("other_specialist", "0", "2,65"),
        ("licensed_nonspecialist", "3", "0"),
        ("unlicensed_physician", "0", "2,6"),
        ("district_nurse", "8", "0"),
        ("specialist_nurse", "5", "6,05"),
        ("registered_nurse", "4", "2,95"),
        ("assistant_nurse", "5", "3,1"),
        ("dietitian", "0", "4,1"),
        ("psychosocial", "6", "0"),
        ("physiotherapist", "0", "2,5"),
        ("occupational_therapist", "0", "0"),
        ("medical_secretary", "3", "0"),
        ("other_staff", "1", "1,85"),
    ];
    for (row, persons, posts) in typed {
        super::support::put(&mut raw, &format!("{row}_persons"), persons);
        super::support::put(&mut raw, &format!("{row}_fte"), posts);
    }
    let result = cleaned(&raw);
    assert_eq!(mended_by(&result, "gp_specialist_fte"), Some("shifted"));
    assert_eq!(value(&result, "gp_specialist_fte"), "2.65");
    assert_eq!(value(&result, "medical_secretary_fte"), "1.85");
    assert!(asked_by(&result, "other_staff_fte").is_some());
}

#[test]
fn shares_are_shares_though_rounded_but_not_where_they_fall_far_from_a_hundred() {
    let shares = |first: &str| {
        cleaned(&staffed(&[
            ("12", first),
            ("3", "6"),
            ("5", "14"),
            ("11", "27"),
            ("5", "10"),
            ("3", "8"),
        ]))
    };
    for rounded in ["33", "36", "37"] {
        let result = shares(rounded);
        assert_eq!(asked_by(&result, "district_nurse_fte"), Some("shares"));
    }
    for far in ["32", "38", "60"] {
        let result = shares(far);
        assert_ne!(asked_by(&result, "district_nurse_fte"), Some("shares"));
    }
}

#[test]
fn posts_of_a_large_centre_that_happen_to_be_a_hundred_are_posts() {
    let result = cleaned(&staffed(&[
        ("30", "24,5"),
        ("10", "8,5"),
        ("25", "20"),
        ("22", "18"),
        ("20", "16"),
        ("16", "13"),
    ]));
    assert!(result.queries.is_empty());
}

#[test]
fn a_cell_is_asked_about_once_though_it_also_breaks_a_bound() {
    let result = cleaned(&staffed(&[
        ("5,2", ""),
        ("2,4", ""),
        ("3,9", ""),
        ("2", ""),
    ]));
    let about = result.queries.iter().filter(|query| {
        query
            .variables
            .iter()
            .any(|variable| variable == "gp_specialist_persons")
    });
    assert_eq!(about.count(), 1);
}

#[test]
fn more_than_everyone_full_time_is_no_average() {
    let raw = given(&[
        ("licensed_nonspecialist_persons", "110"),
        ("licensed_nonspecialist_fte", "150 %"),
    ]);
    let result = cleaned(&raw);
    assert_eq!(mended_by(&result, "licensed_nonspecialist_fte"), None);
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::AwaitingDecision
    );
}

//! A total typed in the first row.

use survey::{answers::Answers, checks::examine, register::Register};

use crate::support::{mend_of, mended, question, staffing, table, told};

const WITH_TOTALS: &str = "gp_specialist     26 21,75 2,5
                           district_nurse    6  5,5   1
                           registered_nurse  5  4     -
                           assistant_nurse   7  5,25  1,5
                           psychosocial      3  2,5   -
                           physiotherapist   2  2     0
                           medical_secretary 3  2,5   -
                           dietitian         none";

#[test]
fn a_first_row_that_equals_the_sum_of_the_others_is_asked_about() {
    let findings = staffing(WITH_TOTALS);
    assert_eq!(
        told(&findings),
        [
            "total_in_first_row gp_specialist_persons: clear",
            "total_in_first_row gp_specialist_fte: clear",
            "total_in_first_row gp_specialist_temp_fte: clear",
        ]
    );
    let after = mended(&table(WITH_TOTALS), &findings[0].mends[0]);
    assert_eq!(after.raw("gp_specialist_persons"), "");
}

#[test]
fn a_total_in_percent_is_a_total_before_it_is_a_percentage() {
    let lines = "gp_specialist     - 1500
                 district_nurse    - 350
                 registered_nurse  - 400
                 assistant_nurse   - 250
                 psychosocial      - 200
                 physiotherapist   - 200
                 medical_secretary - 100";
    let findings = staffing(lines);
    let at_first: Vec<_> = findings
        .iter()
        .filter(|finding| finding.anchor() == "gp_specialist_fte")
        .cloned()
        .collect();
    assert_eq!(
        told(&at_first),
        ["total_in_first_row gp_specialist_fte: clear"]
    );
    let column = mend_of(&findings, |kind| kind.name() == "column");
    assert_eq!(column.changes.len(), 6);
}

#[test]
fn a_need_that_happens_to_equal_the_others_is_left_alone() {
    let answers: Answers = [
        ("gp_specialist_need_fte", "3"),
        ("district_nurse_need_fte", "1"),
        ("psychosocial_need_fte", "1"),
        ("physiotherapist_need_fte", "0,5"),
        ("dietitian_need_fte", "0,5"),
    ]
    .into_iter()
    .collect();
    assert!(examine(question("need_posts"), &Register::default(), &answers).is_empty());
}

#[test]
fn a_table_still_being_filled_in_is_left_alone() {
    assert!(
        staffing(
            "gp_specialist    12
             district_nurse   4
             registered_nurse 2
             assistant_nurse  3
             psychosocial     3"
        )
        .is_empty()
    );
}

#[test]
fn temps_alone_say_nothing_of_a_total() {
    assert!(
        staffing(
            "gp_specialist    6 5,5 2
             district_nurse   4 4   1
             registered_nurse 3 3   1"
        )
        .is_empty()
    );
}

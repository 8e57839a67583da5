//! Columns a row off, by a ward's small rule set: where they began to be, and what fell over the edge.

use super::ward::{Ward, asked, offered, rule};

fn doubts(rows: &[(&str, &str)]) -> (String, i32) {
    let ward = Ward::with(&[rule(
        "shifted",
        "kind = \"shifted\"\nrows = 2\nasks = true\non = [{ block = \"staff\", habit = -5 }]",
    )]);
    let result = ward.rows(rows);
    assert_eq!(result.queries.len(), 1);
    let query = &result.queries[0];
    (offered(query)[0].clone(), query.suspicion)
}

#[test]
fn posts_typed_a_row_too_low_belong_a_row_up_and_the_last_are_not_made_up() {
    let (offered, suspicion) = doubts(&[
        ("1", "0"),
        ("1", "0,8"),
        ("0", "0,6"),
        ("1", "0"),
        ("1", "0,4"),
    ]);
    assert_eq!(
        offered,
        "shifted 100 %, a_fte = 0.8, b_fte = 0.6, c_fte = 0, d_fte = 0.4, e_fte = ?"
    );
    // As typed -30 in three rows.
    assert_eq!(suspicion, 90 - 5);
}

#[test]
fn what_fell_over_the_edge_is_asked_about_though_the_others_are_mended() {
    let ward = Ward::with(&[rule(
        "shifted",
        "kind = \"shifted\"\nrows = 2\non = [{ block = \"staff\", habit = -5 }]",
    )]);
    let result = ward.rows(&[
        ("1", "0"),
        ("1", "0,8"),
        ("0", "0,6"),
        ("1", "0"),
        ("1", "0,4"),
    ]);
    let posts = ["a_fte", "b_fte", "d_fte"].map(|posts| ward.number(&result, posts));
    assert_eq!(posts, ["0.8", "0.6", "0.4"]);
    assert_eq!(asked(&result), [["e_fte"]]);
}

#[test]
fn posts_typed_a_row_too_high_belong_a_row_down_and_the_first_are_not_made_up() {
    let (offered, suspicion) = doubts(&[
        ("1", "0,8"),
        ("1", "0"),
        ("0", "0,6"),
        ("1", "0,4"),
        ("1", "0"),
    ]);
    assert_eq!(
        offered,
        "shifted 100 %, a_fte = ?, b_fte = 0.8, c_fte = 0, d_fte = 0.6, e_fte = 0.4"
    );
    assert_eq!(suspicion, 90 - 5);
}

#[test]
fn persons_may_be_a_row_off_like_posts() {
    let (offered, suspicion) = doubts(&[
        ("0", "0,8"),
        ("1", "0,6"),
        ("1", "0"),
        ("0", "0,4"),
        ("1", "0,5"),
    ]);
    assert_eq!(
        offered,
        "shifted 100 %, a_persons = 1, c_persons = 0, d_persons = 1, e_persons = ?"
    );
    assert_eq!(suspicion, 90 - 5);
}

#[test]
fn posts_that_skip_a_row_are_asked_about_from_there_on() {
    let (offered, suspicion) = doubts(&[
        ("1", "0,8"),
        ("1", "0"),
        ("1", "0,6"),
        ("0", "0,4"),
        ("1", "0"),
    ]);
    assert_eq!(
        offered,
        "shifted 100 %, b_fte = 0.6, c_fte = 0.4, d_fte = 0, e_fte = ?"
    );
    // Any of seven rows may be the one that was skipped.
    assert_eq!(suspicion, 90 - 5 - 9);
}

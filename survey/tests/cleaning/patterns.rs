//! Errors that only show in the question as a whole.

use super::ward::{Ward, asked, rule};

fn shares(rows: usize, more: &str) -> Ward {
    Ward::with(&[rule(
        "shares",
        &format!(
            "kind = \"shares\"\nrows = {rows}\nwhole = 100\nslack = 2\n{more}\non = [{{ block = \"staff\", habit = -5 }}]"
        ),
    )])
}

#[test]
fn posts_that_add_up_to_a_hundred_are_shares_where_they_are_too_many_in_half_the_rows() {
    let ward = shares(4, "flat = -1");
    let everywhere = [("1", "20"), ("1", "30"), ("1", "15"), ("1", "35")];
    let in_half = [("20", "20"), ("1", "30"), ("15", "15"), ("1", "35")];
    let in_one = [("20", "20"), ("30", "30"), ("15", "15"), ("1", "35")];
    assert_eq!(
        asked(&ward.rows(&everywhere)),
        [["a_fte", "b_fte", "c_fte", "d_fte"]]
    );
    assert_eq!(
        asked(&ward.rows(&in_half)),
        [["a_fte", "b_fte", "c_fte", "d_fte"]]
    );
    assert!(ward.rows(&in_one).queries.is_empty());
    assert!(
        ward.rows(&[("1", "50"), ("1", "30"), ("1", "20")])
            .queries
            .is_empty()
    );
    let in_one_of_three = [("40", "40"), ("30", "30"), ("1", "30")];
    assert!(
        shares(3, "flat = -1")
            .rows(&in_one_of_three)
            .queries
            .is_empty()
    );
}

#[test]
fn shares_weigh_what_the_rule_says_in_every_row() {
    // As typed the rows weigh -60 each, and as shares -5 and what is said of each row.
    let typed = [("1", "20"), ("1", "30"), ("1", "15"), ("1", "35")];
    let suspicion = |flat: &str| shares(4, flat).rows(&typed).queries[0].suspicion;
    assert_eq!(suspicion("flat = -1"), 240 - 5 - 4);
    assert_eq!(suspicion("flat = -10"), 240 - 5 - 40);
}

#[test]
fn as_many_posts_as_persons_is_a_copy_only_where_it_is_so_in_rows_enough() {
    let ward = Ward::with(&[rule(
        "copied",
        "kind = \"copied_posts\"\nrows = 3\non = [{ block = \"staff\", habit = -2 }]",
    )]);
    let copied = [("4", "4"), ("2", "2"), ("7", "7")];
    assert_eq!(asked(&ward.rows(&copied)), [["a_fte", "b_fte", "c_fte"]]);
    assert!(ward.rows(&copied[..2]).queries.is_empty());
    assert!(
        ward.rows(&[("4", "4"), ("2", "2"), ("7", "6")])
            .queries
            .is_empty()
    );
}

#[test]
fn persons_may_be_a_copy_of_posts_and_never_of_posts_that_stand_alone() {
    let ward = Ward::with(&[rule(
        "copied",
        "kind = \"copied_persons\"\nrows = 3\non = [{ block = \"staff\", habit = -2 }]",
    )]);
    let copied = [("0,5", "0,5"), ("2", "2"), ("1,5", "1,5")];
    assert_eq!(
        asked(&ward.rows(&copied)),
        [["a_persons", "b_persons", "c_persons"]]
    );
    assert!(
        ward.rows(&[("", "0,5"), ("", "2"), ("", "1,5")])
            .queries
            .is_empty()
    );
}

#[test]
fn a_column_is_a_row_off_only_where_rows_enough_have_one_number_without_the_other() {
    let ward = Ward::with(&[rule(
        "shifted",
        "kind = \"shifted\"\nrows = 2\non = [{ block = \"staff\", habit = -5 }]",
    )]);
    // The posts a row down, or the persons a row up.
    let result = ward.rows(&[("0", "1"), ("1", "0,8"), ("1", "0,6"), ("1", "0")]);
    assert_eq!(result.queries.len(), 1);
    assert_eq!(result.queries[0].rule, "shifted");
    // Posts without a person and a person without posts weigh -30 each.
    assert_eq!(result.queries[0].suspicion, 60 - 5);
    assert!(asked(&result)[0].contains(&"a_fte"));
    let in_one_row = ward.rows(&[("0", "0"), ("1", "0,8"), ("1", "0,6"), ("1", "0")]);
    assert!(in_one_row.queries.is_empty());
}

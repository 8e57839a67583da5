//! What may be meant by the numbers of one row.

use super::ward::{Ward, asked, offered, rule};

fn staff(id: &str, what: &str, weights: &str) -> String {
    rule(
        id,
        &format!("{what}\non = [{{ block = \"staff\", {weights} }}]"),
    )
}

#[test]
fn an_average_beside_nobody_knows_how_many_is_asked_about() {
    let ward = Ward::with(&[staff(
        "average",
        "kind = \"average\"\nby = 100",
        "habit = -25",
    )]);
    let result = ward.rows(&[("", "80"), ("", "70")]);
    assert_eq!(asked(&result), [["a_fte", "b_fte"]]);
    assert_eq!(
        offered(&result.queries[0])[0],
        "average 100 %, a_fte = ?, b_fte = ?"
    );
}

#[test]
fn an_average_is_multiplied_by_whole_persons_only() {
    let ward = Ward::with(&[staff(
        "average",
        "kind = \"average\"\nby = 100\npercent = true",
        "habit = -20",
    )]);
    let posts = |persons, typed| {
        let rows = [(persons, typed), ("3", "80"), ("5", "70")];
        ward.number(&ward.rows(&rows), "a_fte")
    };
    assert_eq!(posts("4", "75"), "3");
    assert_eq!(posts("1", "80"), "0.8");
    assert_eq!(posts("0", "75"), "75");
    assert_eq!(posts("2,5", "75"), "75");
    assert_eq!(posts("4", "0"), "0");
    assert_eq!(posts("4 %", "75"), "75");
}

#[test]
fn posts_beyond_the_bounds_of_a_stray_need_another_explanation() {
    let weeks = "kind = \"stray_posts\"\nleast = 4\nmost = 52\nwhole = true\nflat = -20";
    let ward = Ward::with(&[staff("weeks", weeks, "slip = -10")]);
    let doubted = |typed| !ward.each(&[typed]).queries.is_empty();
    for typed in ["4", "26", "52"] {
        assert!(doubted(typed), "{typed}");
    }
    for typed in ["3", "4,5", "53"] {
        assert!(!doubted(typed), "{typed}");
    }
}

fn suspicion(ward: &Ward, persons: &str, posts: &str) -> Option<i32> {
    let result = ward.rows(&[(persons, posts)]);
    result.queries.first().map(|query| query.suspicion)
}

#[test]
fn stray_posts_weigh_less_the_more_they_are_and_where_they_need_no_explanation() {
    let stray = |weights: &str| {
        let what = format!("kind = \"stray_posts\"\nflat = -5\n{weights}");
        Ward::with(&[staff("stray", &what, "slip = -1")])
    };
    let ward = stray("within = -14");
    // As typed -40; and a slip, so rare, among some ten numbers or four that might have come there.
    assert_eq!(suspicion(&ward, "1", "10"), Some(40 - 1 - 5 - 10));
    assert_eq!(suspicion(&ward, "1", "4"), Some(40 - 1 - 5 - 7));
    // No more posts than persons: half a post for ten weighs -30, and that there are ten of them -10.
    assert_eq!(suspicion(&ward, "10", "0,5"), Some(40 - 1 - 5 - 14));
    assert_eq!(suspicion(&ward, "3", "0"), Some(30 - 1 - 5 - 14));
    // Alone they need no explanation where they are likelier than persons without posts.
    assert_eq!(suspicion(&ward, "", "1,5"), None);
    assert_eq!(suspicion(&stray(""), "", "1,5"), Some(10 - 1 - 5));
    assert_eq!(suspicion(&ward, "", "0,05"), Some(30 - 1 - 5));
    assert_eq!(suspicion(&ward, "", "10"), Some(40 - 1 - 5 - 10));
}

#[test]
fn stray_persons_weigh_less_the_more_they_are_and_where_they_are_no_whole() {
    let what = "kind = \"stray_persons\"\nflat = -5\nparts = -18";
    let ward = Ward::with(&[staff("stray", what, "slip = -1")]);
    let certain = |persons| suspicion(&ward, persons, "0,5");
    // Half a post for ten weighs -30, and that there are ten of them -10.
    assert_eq!(certain("10"), Some(40 - 1 - 5 - 10));
    assert_eq!(suspicion(&ward, "0", "0,5"), Some(30 - 1 - 5));
    assert_eq!(suspicion(&ward, "3", "0"), Some(30 - 1 - 5 - 5));
    // Parts of persons cannot be.
    assert_eq!(certain("2,5"), Some(200 - 1 - 5 - 18 - 4));
    assert_eq!(certain("1"), None);
}

#[test]
fn a_nought_is_no_number_in_the_wrong_column_and_nor_is_a_percentage_a_number_of_persons() {
    let swap = staff("swapped", "kind = \"swap\"\nby = 1", "slip = -20");
    let ward = Ward::with(&[swap]);
    let result = ward.rows(&[("0", "3")]);
    assert!(result.queries.is_empty());
    assert_eq!(ward.number(&result, "a_fte"), "3");

    let swap = staff(
        "swapped",
        "kind = \"swap\"\nby = 100\npercent = true",
        "slip = -20",
    );
    let ward = Ward::with(&[swap]);
    let result = ward.rows(&[("80 %", "1")]);
    assert_eq!(ward.number(&result, "a_fte"), "0.8");
    assert_eq!(ward.number(&result, "a_persons"), "1");
    let result = ward.rows(&[("80", "1 %")]);
    assert_eq!(ward.number(&result, "a_persons"), "80");
}

#[test]
fn a_percent_sign_is_heeded_by_what_reads_percent_and_by_nothing_else() {
    let hours = staff("hours", "kind = \"scale\"\nby = 40", "slip = -20");
    let result = Ward::with(&[hours]).each(&["35 %"]);
    assert!(result.ledger.is_empty(), "{:?}", result.ledger);
}

#[test]
fn a_percentage_beyond_belief_is_asked_about_though_the_sign_says_what_it_is() {
    let ward = Ward::with(&[
        staff(
            "percent",
            "kind = \"scale\"\nby = 100\npercent = true",
            "slip = -20",
        ),
        staff("stray", "kind = \"stray_posts\"\nflat = -5", "slip = -1"),
    ]);
    let result = ward.each(&["2000 %"]);
    assert_eq!(result.queries[0].rule, "stray");
    // It cannot be as typed, which is -200; and that the sign is not heeded is -20.
    assert_eq!(result.queries[0].suspicion, 200 - 20 - 1 - 5 - 34);
}

#[test]
fn of_two_equal_digits_beside_each_other_the_first_that_are_so_become_one() {
    let ward = Ward::with(&[staff("repeated", "kind = \"repeated\"", "slip = -20")]);
    for (persons, typed, meant) in [
        ("5", "33,5", "3.5"),
        ("5", "22,33", "2.33"),
        ("50", "330", "30"),
        ("200", "1122", "122"),
        ("200", "1233", "123"),
        ("200", "1002", "102"),
        ("5", "32,3", "32.3"),
        ("1", "5,55", "5.55"),
        ("20", "121", "121"),
    ] {
        let result = ward.rows(&[(persons, typed)]);
        assert_eq!(ward.number(&result, "a_fte"), meant, "{typed}");
    }
}

#[test]
fn a_percentage_of_each_that_makes_the_same_number_of_posts_is_mended_all_the_same() {
    let average = "kind = \"average\"\nby = 100\npercent = true";
    let ward = Ward::with(&[staff("average", average, "habit = -20")]);
    // 80 % of a hundred is 80, without the sign.
    let result = ward.rows(&[("100", "80 %"), ("3", "80 %"), ("5", "70 %")]);
    assert_eq!(asked(&result), [[""; 0]; 0]);
    let posts = ["a_fte", "b_fte", "c_fte"].map(|variable| ward.number(&result, variable));
    assert_eq!(posts, ["80", "2.4", "3.5"]);
}

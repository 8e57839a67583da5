//! What a whole question has in common, and the rows that do not follow it.

use super::ward::{Ward, asked, offered, rule};
use survey::cleaning::{Certainty, Cleaned};

fn halved(what: &str) -> String {
    rule(
        "halved",
        &format!("kind = \"scale\"\nby = 2\non = [{{ block = \"staff\", {what} }}]"),
    )
}

fn percent(weights: &str, more: &str) -> String {
    let on = format!("on = [{{ block = \"staff\", {weights} }}]");
    rule(
        "percent",
        &format!("kind = \"scale\"\nby = 100\npercent = true\n{more}\n{on}"),
    )
}

fn certainty(result: &Cleaned, variable: &str) -> Option<Certainty> {
    result
        .ledger
        .iter()
        .find(|entry| entry.variable == variable)
        .map(|entry| entry.certainty)
}

#[test]
fn a_habit_is_weighed_by_all_the_rows_that_it_explains() {
    // 1.5 posts for one weigh -10 in each row, and half of them nothing.
    let ward = Ward::with(&[halved("habit = -25")]);
    let suspicion = |rows: &[&str]| ward.each(rows).queries.first().map(|query| query.suspicion);
    assert_eq!(suspicion(&["1,5", "1,5"]), None);
    assert_eq!(suspicion(&["1,5", "1,5", "1,5"]), Some(5));
    assert_eq!(suspicion(&["1,5", "1,5", "1,5", "0"]), Some(5));
    let result = ward.each(&["1,5", "1,5", "1,5", "1,5"]);
    assert_eq!(certainty(&result, "d_fte"), Some(Certainty::Decibans(15)));
    assert_eq!(ward.number(&result, "d_fte"), "0.75");
}

#[test]
fn what_shows_in_one_row_is_no_habit() {
    let ward = Ward::with(&[percent("habit = -20", "")]);
    let result = ward.each(&["80"]);
    assert!(result.queries.is_empty());
    assert_eq!(ward.number(&result, "a_fte"), "80");
    let result = ward.each(&["80", "90"]);
    assert_eq!(ward.number(&result, "a_fte"), "0.8");
}

#[test]
fn a_row_may_be_an_exception_from_the_habit_at_its_cost() {
    // Half a post read as percent is 0.005 posts, which weigh -30.
    let rows = ["80", "90", "70", "0,5"];
    for (cost, doubted) in [
        ("exception = -20", vec!["a_fte", "b_fte", "c_fte"]),
        ("exception = -26", vec!["a_fte", "b_fte", "c_fte"]),
        ("exception = -28", vec!["a_fte", "b_fte", "c_fte", "d_fte"]),
    ] {
        let ward = Ward::changed(
            "exception = -20",
            cost,
            &[percent("habit = -25", "asks = true")],
        );
        assert_eq!(asked(&ward.each(&rows)), [doubted], "{cost}");
    }
}

#[test]
fn a_question_beside_the_first_follows_its_habit_or_does_not_at_another_cost() {
    let given = [
        ("a_persons", "1"),
        ("a_fte", "80"),
        ("b_persons", "1"),
        ("b_fte", "90"),
        ("x_persons", "1"),
        ("x_fte", "0,5"),
    ];
    for (cost, doubted) in [
        ("apart = -3", vec!["a_fte", "b_fte"]),
        ("apart = -26", vec!["a_fte", "b_fte"]),
        ("apart = -28", vec!["a_fte", "b_fte", "x_fte"]),
    ] {
        let ward = Ward::changed("apart = -3", cost, &[percent("habit = -25", "asks = true")]);
        assert_eq!(asked(&ward.clean(&given)), [doubted], "{cost}");
    }
}

#[test]
fn a_mixed_habit_costs_each_row_the_same_whether_it_follows_or_not() {
    let mixed = "mixed = -20, either = -3";
    let ward = Ward::with(&[percent(mixed, "")]);
    let result = ward.each(&["80", "0,5", "70", "0,6"]);
    assert_eq!(ward.number(&result, "a_fte"), "0.8");
    assert_eq!(ward.number(&result, "b_fte"), "0.5");
    assert_eq!(certainty(&result, "a_fte"), Some(Certainty::Decibans(60)));
    assert!(result.queries.is_empty());

    // Halved they weigh -8, with -3 for each of the rows that it changes; with one of them as typed -10 more.
    let ward = Ward::with(&[halved("mixed = -8, either = -3")]);
    let result = ward.each(&["1,5", "1,5", "1,5"]);
    assert_eq!(
        offered(&result.queries[0])[..2],
        [
            "halved 90 %, a_fte = 0.75, b_fte = 0.75, c_fte = 0.75",
            "as_typed 9 %"
        ]
    );
}

#[test]
fn a_slip_in_one_row_is_found_beside_the_habit_of_the_others() {
    let ward = Ward::with(&[
        percent("habit = -25", "asks = true"),
        rule(
            "thousandfold",
            "kind = \"scale\"\nby = 1000\nasks = true\non = [{ block = \"staff\", slip = -15 }]",
        ),
    ]);
    let result = ward.each(&["80", "90", "70", "900"]);
    // Nine posts for one weigh -40; 0.9 as a slip and an exception -35. What is typed weighs -80.
    assert_eq!(
        asked(&result),
        [vec!["a_fte", "b_fte", "c_fte"], vec!["d_fte"]]
    );
    assert_eq!(
        offered(&result.queries[1]),
        [
            "thousandfold 75 %, d_fte = 0.9",
            "percent 24 %, d_fte = 9",
            "as_typed 0 %"
        ]
    );
}

#[test]
fn what_is_mended_is_settled_whatever_it_looks_like_without_the_error() {
    // Beside 0.9 and 0.7 a doubtful 0.08 might have been 0.8, had it been typed so.
    let ward = Ward::with(&[
        percent("habit = -25", ""),
        rule(
            "tenth",
            "kind = \"scale\"\nby = 0.1\non = [{ block = \"staff\", slip = -20 }]",
        ),
    ]);
    let result = ward.each(&["8", "90", "70"]);
    assert_eq!(ward.number(&result, "a_fte"), "0.08");
    assert!(result.queries.is_empty());
    assert_eq!(asked(&ward.each(&["0,08", "0,9", "0,7"])), [["a_fte"]]);
}

#[test]
fn an_editor_reads_posts_against_persons_where_all_of_them_are_known() {
    let ward = Ward::with(&[percent("habit = -25", "asks = true")]);
    let between = |rows: &[(&str, &str)]| {
        let result = ward.rows(rows);
        let evidence = &result.queries[0].evidence;
        evidence.written("low").zip(evidence.written("high"))
    };
    let range = Some(("40".to_owned(), "90".to_owned()));
    assert_eq!(between(&[("2", "80"), ("1", "90")]), range);
    assert_eq!(between(&[("", "80"), ("", "95")]), None);
    assert_eq!(between(&[("0", "80"), ("1", "90")]), None);
}

#[test]
fn an_editor_reads_the_persons_that_were_typed_and_none_that_were_not() {
    let ward = Ward::with(&[percent("habit = -25", "asks = true")]);
    let written = |typed, fact| {
        let result = ward.rows(&[(typed, "80"), (typed, "90")]);
        result.queries[0].evidence.written(fact)
    };
    assert_eq!(written("1", "persons"), Some("1".to_owned()));
    assert_eq!(written("1", "rate_typed"), Some("8\u{a0}500".to_owned()));
    assert_eq!(written("1", "rate"), Some("85".to_owned()));
    for fact in ["persons", "rate_typed", "rate"] {
        assert_eq!(written("", fact), None, "{fact}");
    }
}

#[test]
fn a_total_among_percentages_is_weighed_as_both_errors() {
    let doubts = |weight: &str| {
        let on = format!("on = [{{ block = \"staff\", habit = {weight} }}]");
        let total = format!("kind = \"total\"\nrows = 3\nleast = 1\nasks = true\n{on}");
        let ward = Ward::with(&[percent("habit = -25", "asks = true"), rule("total", &total)]);
        let others = ("1", "80");
        let result = ward.rows(&[("4", "320"), others, others, others, others]);
        offered(&result.queries[0])
    };
    // That four share 3.2 posts weighs -6, and that four and 320 are the total -5 or -9.
    assert_eq!(doubts("-5")[0], "total 55 %, a_persons = ?, a_fte = ?");
    assert!(doubts("-9")[0].starts_with("percent 61 %, a_fte = 3.2, b_fte = 0.8"));
}

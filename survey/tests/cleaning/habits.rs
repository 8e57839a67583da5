//! What a whole question has in common, and the rows that do not follow it.

use super::ward::{Ward, asked, offered, rule};
use survey::{
    cleaning::{Certainty, Cleaned},
    text::Language,
};

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
    // Without the habit two of them weigh -20; and a row that it does not change costs nothing.
    for typed in [&["1,5", "1,5"][..], &["1,5", "1,5", "0"]] {
        let suspicion = ward.each(typed).queries[0].suspicion;
        assert_eq!(suspicion, 20 - 8 - 2 * 3);
    }
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
        evidence
            .written("low", Language::Swedish)
            .zip(evidence.written("high", Language::Swedish))
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
        result.queries[0].evidence.written(fact, Language::Swedish)
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

fn average(weights: &str) -> String {
    let on = format!("on = [{{ block = \"staff\", {weights} }}]");
    rule("average", &format!("kind = \"average\"\nby = 100\n{on}"))
}

#[test]
fn an_average_is_taken_only_where_the_whole_question_says_so_or_one_person_has_it() {
    let typed = [("20", "75"), ("30", "80")];
    let posts = |weights: &str, rows: &[(&str, &str)]| {
        let ward = Ward::with(&[average(weights)]);
        let result = ward.rows(rows);
        (ward.number(&result, "a_fte"), result.queries.is_empty())
    };
    let taken = |posts: &str| (posts.to_owned(), true);
    let asked_about = |posts: &str| (posts.to_owned(), false);
    assert_eq!(posts("habit = -20", &typed), taken("15"));
    assert_eq!(posts("mixed = -20, either = -3", &typed), asked_about("75"));
    assert_eq!(posts("slip = -20", &typed[..1]), asked_about("75"));
    assert_eq!(posts("slip = -20", &[("1", "80")]), taken("0.8"));
}

#[test]
fn a_row_that_two_habits_make_the_same_of_follows_both() {
    let among = "slip = -99, among = { rule = \"percent\", habit = -20, either = -3 }";
    let ward = Ward::with(&[percent("slip = -99", "asks = true"), average(among)]);
    // 80 % of one, 75 % of each of twenty, and 1 500 % together.
    let result = ward.rows(&[("1", "80"), ("20", "75"), ("20", "1500")]);
    assert_eq!(asked(&result), [vec!["a_fte", "c_fte"], vec!["b_fte"]]);
    // As typed the first is -60, and -20 that it follows neither.
    assert_eq!(result.queries[0].suspicion, 60 + 20);
    // As typed the second is -40, and -13 that it is one of so many; that it follows the one and not the other is -3.
    assert_eq!(result.queries[1].suspicion, 40 + 13 + 20 - 3);
}

#[test]
fn a_habit_is_not_given_up_for_its_rarity_before_all_its_rows_are_weighed() {
    // Six hours of eleven are half a post or any of eight other hundredths, which is 9.5 in each row; as typed it is -40.
    let what = "kind = \"scale\"\nby = 11\non = [{ block = \"staff\", habit = -98 }]";
    let ward = Ward::with(&[rule("hours", what)]);
    let result = ward.each(&["6", "6"]);
    assert_eq!(asked(&result), [["a_fte", "b_fte"]]);
    assert_eq!(result.queries[0].suspicion, 80 - 98 + 19);
}

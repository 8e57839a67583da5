//! What an editor is offered where a text is no one number.

use super::ward::{Ward, offered, rule};
use survey::cleaning::{Query, Status, Urgency};
use survey::text::Language;

fn ward() -> Ward {
    let texts = ["reading", "unknown", "range", "date", "unreadable"];
    let rules = texts.map(|kind| rule(kind, &format!("kind = \"{kind}\"")));
    let percent =
        "kind = \"scale\"\nby = 100\npercent = true\non = [{ block = \"staff\", slip = -20 }]";
    Ward::with(&[&rules[..], &[rule("percent", percent)]].concat())
}

fn query(persons: &str, posts: &str) -> Query {
    ward().rows(&[(persons, posts)]).queries.remove(0)
}

#[test]
fn the_ends_of_a_range_and_its_middle_are_offered() {
    let posts = query("4", "2-3");
    assert_eq!(
        offered(&posts),
        [
            "range_2 33 %, a_fte = 2",
            "range_2.5 33 %, a_fte = 2.5",
            "range_3 33 %, a_fte = 3",
            "unknown 0 %, a_fte = ?"
        ]
    );
    assert_eq!(posts.id, "staff/range/a_fte");
    assert_eq!(posts.block, "staff");
    assert_eq!(posts.urgency, Urgency::Hard);
    assert_eq!(
        posts.evidence.written("typed", Language::Swedish),
        Some("2-3".to_owned())
    );
    assert_eq!(
        posts.evidence.written("low", Language::Swedish),
        Some("2".to_owned())
    );
}

#[test]
fn of_persons_whole_numbers_are_offered() {
    assert_eq!(
        offered(&query("2-3", "2")),
        [
            "range_2 50 %, a_persons = 2",
            "range_3 50 %, a_persons = 3",
            "unknown 0 %, a_persons = ?"
        ]
    );
    assert_eq!(offered(&query("2-4", "2")).len(), 4);
    assert_eq!(
        offered(&query("01-maj", "2")),
        ["unknown 100 %, a_persons = ?"]
    );
}

#[test]
fn a_date_is_offered_as_the_two_numbers_it_may_have_been() {
    assert_eq!(
        offered(&query("4", "01-maj")),
        [
            "date_1.5 50 %, a_fte = 1.5",
            "date_5.1 50 %, a_fte = 5.1",
            "unknown 0 %, a_fte = ?"
        ]
    );
}

#[test]
fn of_what_cannot_be_read_nothing_is_offered() {
    let posts = query("4", "massor");
    assert_eq!(posts.rule, "unreadable");
    assert_eq!(offered(&posts), ["unknown 100 %, a_fte = ?"]);
}

#[test]
fn a_text_is_read_with_an_entry_and_a_plain_number_without() {
    let ward = ward();
    let result = ward.rows(&[("4", "ca 2,5"), ("2", "1,5"), ("1", "vet ej")]);
    assert_eq!(ward.value(&result, "a_fte").status, Status::Read);
    assert_eq!(ward.value(&result, "b_fte").status, Status::AsAnswered);
    assert_eq!(ward.value(&result, "c_fte").status, Status::Missing);
    let entries: Vec<(&str, &str)> = result
        .ledger
        .iter()
        .map(|entry| (entry.variable.as_str(), entry.before.as_str()))
        .collect();
    assert_eq!(entries, [("a_fte", "ca 2,5"), ("c_fte", "vet ej")]);
    let result = ward.rows(&[("2,5", "2½")]);
    for (variable, number) in [("a_persons", "2.5"), ("a_fte", "2.5")] {
        assert_eq!(ward.number(&result, variable), number);
        assert_eq!(result.ledger[0].status, Status::Read);
    }
    assert_eq!(result.ledger.len(), 2);
}

#[test]
fn rules_that_leave_texts_alone_leave_them_as_answered() {
    let other = "kind = \"nothing_here\"\non = [{ block = \"staff\" }]";
    let ward = Ward::with(&[rule("nothing_here", other)]);
    let result = ward.rows(&[
        ("4", "ca 2,5"),
        ("2", "2-3"),
        ("1", "01-maj"),
        ("2", "massor"),
    ]);
    assert_eq!(ward.number(&result, "a_fte"), "2.5");
    assert_eq!(ward.value(&result, "a_fte").status, Status::AsAnswered);
    assert!(result.queries.is_empty() && result.ledger.is_empty());
}

#[test]
fn each_entry_begins_with_what_the_one_before_it_left() {
    let result = ward().rows(&[("1", "ca 50")]);
    let steps: Vec<(&str, String)> = result
        .ledger
        .iter()
        .map(|entry| (entry.before.as_str(), entry.after.unwrap().to_plain()))
        .collect();
    assert_eq!(
        steps,
        [("ca 50", "50".to_owned()), ("50", "0.5".to_owned())]
    );
    assert!(result.ledger.iter().all(|entry| entry.version == "7"));
}

//! Residents listed, against the staff and the register.

use super::support::{
    RULES, asked_by, cleaned, mended_by, put, registered, staffed, status, value,
};
use survey::{
    answers::Number,
    cleaning::{Raw, Status},
    text::Language,
};

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

/// The sentence of the question about residents listed, and what it offers: rule, number and plausibility.
fn question(raw: &Raw) -> (String, Vec<(String, Option<String>, u8)>) {
    let result = cleaned(raw);
    let query = result
        .queries
        .iter()
        .find(|query| query.variables == ["listed"])
        .unwrap();
    let offers = query.alternatives.iter().map(|one| {
        let to = one.changes.first().and_then(|change| change.to);
        (one.id.clone(), to.map(Number::to_plain), one.plausibility)
    });
    let sentence = RULES.sentence(&query.rule, &query.evidence, Language::Swedish);
    (sentence, offers.collect())
}

fn offered(offers: &[(String, Option<String>, u8)], rule: &str) -> Option<String> {
    let offer = offers.iter().find(|(id, ..)| id == rule)?;
    offer.1.clone()
}

#[test]
fn what_the_register_says_stands_in_the_question_and_among_what_it_offers() {
    let (sentence, offers) = question(&registered(listed("720"), "7150"));
    assert_eq!(
        sentence,
        "”720” listade på 25 anställda är omkring en tiondel av vad som är vanligt. Registret säger 7\u{a0}150."
    );
    assert_eq!(
        offered(&offers, "listed_from_register"),
        Some("7150".to_owned())
    );
}

#[test]
fn the_register_takes_half_of_what_cannot_be_told() {
    let (_, offers) = question(&registered(listed("3200"), "8500"));
    let share = |takes: fn(&str) -> bool| {
        let offer = offers.iter().find(|(id, ..)| takes(id));
        offer.map(|(.., share)| *share)
    };
    let taken = share(|id| id == "listed_from_register").unwrap();
    let left = share(|id| id == "listed_unusual" || id == "unknown").unwrap();
    assert!(taken > 1 && left.abs_diff(taken) <= 1, "{offers:?}");
}

#[test]
fn thousands_that_are_not_certain_stand_beside_the_register() {
    let (sentence, offers) = question(&registered(listed("10,7"), "8450"));
    assert!(
        sentence.contains("I tusental blir det 10\u{a0}700."),
        "{sentence}"
    );
    assert!(
        sentence.ends_with("Registret säger 8\u{a0}450."),
        "{sentence}"
    );
    assert_eq!(
        offered(&offers, "listed_from_register"),
        Some("8450".to_owned())
    );
    let sum: u32 = offers.iter().map(|(.., share)| u32::from(*share)).sum();
    assert!((90..=100).contains(&sum), "{offers:?}");
    assert!(offers.is_sorted_by_key(|(.., share)| std::cmp::Reverse(*share)));
}

#[test]
fn ten_times_too_many_stand_beside_the_register() {
    let (sentence, offers) = question(&registered(listed("77200"), "7450"));
    assert!(
        sentence.ends_with("Registret säger 7\u{a0}450."),
        "{sentence}"
    );
    assert_eq!(
        offered(&offers, "listed_from_register"),
        Some("7450".to_owned())
    );
}

#[test]
fn the_register_is_not_offered_where_it_says_nothing_or_nothing_else() {
    let (sentence, offers) = question(&listed("720"));
    assert!(!sentence.contains("Registret"), "{sentence}");
    assert_eq!(offered(&offers, "listed_from_register"), None);
    let (_, offers) = question(&registered(listed("77200"), "7720"));
    assert_eq!(offered(&offers, "listed_from_register"), None);
    let thousand = offers
        .iter()
        .filter(|(_, to, _)| *to == Some("7720".to_owned()));
    assert_eq!(thousand.count(), 1, "{offers:?}");
}

#[test]
fn an_english_reader_has_a_decimal_point_and_commas_between_thousands() {
    let raw = registered(listed("12,3"), "12450");
    let result = cleaned(&raw);
    let entry = result
        .ledger
        .iter()
        .find(|entry| entry.variable == "listed" && entry.rule == "listed_thousands")
        .unwrap();
    assert_eq!(
        RULES.sentence(&entry.rule, &entry.evidence, Language::English),
        "“12,3” listed for 25 employees is implausibly few. In thousands it is 12,300. The register says 12,450."
    );
}

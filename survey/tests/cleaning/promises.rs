//! What holds for every answer.

use proptest::prelude::*;
use survey::{
    answers::Number,
    cleaning::{Cleaned, Raw, Status, clean, replay},
    instrument::VariableKind,
    text::Language,
};

use super::support::{CHIEFS, ROWS, RULES, cleaned, given, put};

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        6 => (0_u32..40).prop_map(|number| number.to_string()),
        6 => (0_u32..400).prop_map(|tenths| format!("{},{}", tenths / 10, tenths % 10)),
        3 => (0_u32..120).prop_map(|fives| (fives * 5).to_string()),
        1 => (0_u32..60).prop_map(|tens| format!("{} %", tens * 10)),
        1 => prop::sample::select(vec![
            "vet ej", "2-3", "01-maj", "½", "ca 2", "-", "05", "-1", "2 x 50%", "massor", "1e9",
            "99999999999999999999", "0,000001", "%", "x", "+", "1/0",
        ])
        .prop_map(str::to_owned),
    ]
}

/// Answers as chiefs give them, and as they never would.
fn answers() -> impl Strategy<Value = Raw> {
    let rows = prop::collection::vec((typed(), typed(), typed(), typed()), ROWS.len());
    let rest = (typed(), typed(), typed(), prop::option::of(any::<bool>()));
    (rows, rest).prop_map(|(rows, (listed, persons, posts, need))| {
        let mut raw = given(&[
            ("listed", &listed),
            ("st_persons", &persons),
            ("st_fte", &posts),
        ]);
        if let Some(need) = need {
            put(&mut raw, "need", if need { "yes" } else { "no" });
        }
        for (row, (persons, posts, temps, need)) in ROWS.iter().zip(rows) {
            put(&mut raw, &format!("{row}_persons"), &persons);
            put(&mut raw, &format!("{row}_fte"), &posts);
            put(&mut raw, &format!("{row}_temp_fte"), &temps);
            let variable = format!("{row}_need_fte");
            if CHIEFS.place_of(&variable).is_some() {
                put(&mut raw, &variable, &need);
            }
        }
        raw
    })
}

/// The answers with what was mended in the place of what was typed.
fn again(raw: &Raw, result: &Cleaned) -> Raw {
    let mut again = raw.clone();
    for (place, value) in result.values.iter().enumerate() {
        if matches!(
            value.status,
            Status::AwaitingDecision | Status::Missing | Status::AsAnswered
        ) {
            continue;
        }
        let number = value.number.map(Number::to_plain);
        if let Some(clean) = number.or_else(|| value.text.clone()) {
            again.set(place, &clean);
        }
    }
    again
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_ledger_makes_the_same_values(raw in answers()) {
        let result = cleaned(&raw);
        let replayed = replay(&CHIEFS, &raw, &result.ledger);
        for (one, other) in result.values.iter().zip(&replayed) {
            prop_assert_eq!(one.number, other.number);
            prop_assert_eq!(&one.text, &other.text);
            if one.status != Status::AwaitingDecision {
                prop_assert_eq!(one, other);
            }
        }
    }

    #[test]
    fn the_same_answers_give_the_same_bytes(raw in answers()) {
        let bytes = |result: &Cleaned| serde_json::to_string(result).unwrap();
        prop_assert_eq!(bytes(&cleaned(&raw)), bytes(&cleaned(&raw.clone())));
    }

    #[test]
    fn the_raw_answers_are_never_touched(raw in answers()) {
        let before = raw.clone();
        let _ = clean(&RULES, &CHIEFS, &raw, &[]);
        prop_assert_eq!(before, raw);
    }

    #[test]
    fn an_editor_reads_whole_sentences(raw in answers()) {
        let result = cleaned(&raw);
        let asked = result.queries.iter().map(|query| (&query.rule, &query.evidence));
        let done = result.ledger.iter().map(|entry| (&entry.rule, &entry.evidence));
        for (rule, evidence) in asked.chain(done) {
            for language in Language::ALL {
                let sentence = RULES.sentence(rule, evidence, language);
                prop_assert!(!sentence.is_empty(), "{rule} {evidence:?}");
            }
        }
    }

    #[test]
    fn no_mend_makes_a_hard_edit_fail(raw in answers()) {
        let result = cleaned(&raw);
        for (variable, value) in CHIEFS.variables().iter().zip(&result.values) {
            let VariableKind::Number(field) = &variable.kind else { continue };
            if value.status == Status::Corrected && let Some(number) = value.number {
                prop_assert!(!field.whole || number.is_whole(), "{} {number:?}", variable.key);
                prop_assert!(number >= field.min && number <= field.max, "{}", variable.key);
            }
        }
        for row in ROWS {
            let value = |column: &str| result.value(&CHIEFS, &format!("{row}_{column}")).unwrap();
            let (persons, posts) = (value("persons"), value("fte"));
            if posts.status == Status::Corrected && posts.number > Some(Number::ZERO) {
                prop_assert_ne!(persons.number, Some(Number::ZERO));
            }
        }
    }

    #[test]
    fn every_number_that_stands_is_one_that_may_stand(raw in answers()) {
        let result = cleaned(&raw);
        for (variable, value) in CHIEFS.variables().iter().zip(&result.values) {
            let VariableKind::Number(field) = &variable.kind else { continue };
            if let Some(number) = value.counted() {
                prop_assert!(number >= field.min && number <= field.max);
                prop_assert!(!field.whole || number.is_whole() || value.status == Status::AwaitingDecision);
            }
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(raw in answers()) {
        let first = cleaned(&raw);
        let second = cleaned(&again(&raw, &first));
        for entry in &second.ledger {
            prop_assert!(entry.status != Status::Corrected, "{entry:?}");
        }
    }
}

#[test]
fn an_ordinary_unit_cleaned_twice_changes_nothing_more() {
    let raw = super::support::staffed(&[
        ("4", "350"),
        ("2", "150"),
        ("6", "425"),
        ("3", "220"),
        ("", ""),
    ]);
    let first = cleaned(&raw);
    let second = cleaned(&again(&raw, &first));
    assert!(second.ledger.is_empty(), "{:?}", second.ledger);
}

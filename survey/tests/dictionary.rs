//! The dictionary tells what each column of a file of answers means.

use survey::{
    dictionary::{Dictionary, Item, Measure},
    instrument::load,
    text::Language,
};

const CHIEFS: &str = include_str!("../../instruments/vardcentralschefer-2022.toml");
const MUNICIPALITIES: &str = include_str!("../../instruments/kommuner-2019.toml");

#[expect(
    clippy::unwrap_used,
    reason = "a test ends where its file does not load"
)]
fn dictionary(source: &str) -> Dictionary {
    Dictionary::of(&load(source).unwrap())
}

#[expect(clippy::panic, reason = "a test ends where its variable is missing")]
fn item<'a>(dictionary: &'a Dictionary, key: &str) -> &'a Item {
    dictionary
        .item(key)
        .unwrap_or_else(|| panic!("{key} is not in the dictionary"))
}

#[test]
fn every_variable_of_every_instrument_is_told_apart_from_the_others_of_its_question() {
    for source in [CHIEFS, MUNICIPALITIES] {
        let instrument = load(source).unwrap();
        let dictionary = Dictionary::of(&instrument);
        let keys: Vec<&str> = dictionary.items.iter().map(|i| i.key.as_str()).collect();
        let variables: Vec<&str> = instrument
            .variables()
            .iter()
            .map(|v| v.key.as_str())
            .collect();
        assert_eq!(keys, variables);
        for language in Language::ALL {
            for one in &dictionary.items {
                let same = dictionary.items.iter().filter(|other| {
                    other.question.get(language) == one.question.get(language)
                        && other.label.get(language) == one.label.get(language)
                });
                assert_eq!(same.count(), 1, "{}: {}", one.key, one.label.get(language));
            }
        }
    }
}

#[test]
fn a_cell_is_named_by_its_column_and_row_and_has_the_question_of_its_column() {
    let dictionary = dictionary(CHIEFS);

    let cell = item(&dictionary, "dietitian_fte");

    assert_eq!(cell.label.sv, "Anställda, heltidstjänster: Dietister");
    assert_eq!(cell.numbers, ["4"]);
    assert!(
        cell.question
            .sv
            .starts_with("Hur många heltidstjänster motsvarar")
    );
    let Measure::Number { whole, unit, .. } = &cell.measure else {
        panic!("a number, not {:?}", cell.measure)
    };
    assert!(!whole);
    assert_eq!(unit.as_ref().unwrap().sv, "heltidstjänster");
}

#[test]
fn an_answer_on_a_scale_has_the_words_of_its_scale() {
    let dictionary = dictionary(CHIEFS);

    let row = item(&dictionary, "collab_school_health");

    assert_eq!(row.label.sv, "Elevhälsan");
    let Measure::Coded(codes) = &row.measure else {
        panic!("coded, not {:?}", row.measure)
    };
    let words: Vec<(&str, &str)> = codes
        .iter()
        .map(|code| (code.key.as_str(), code.label.sv.as_str()))
        .collect();
    assert_eq!(words[0], ("very_good", "Mycket bra"));
    assert_eq!(words.len(), 5);
}

#[test]
fn a_box_a_specified_option_and_a_row_without_staff_are_told_by_their_own_words() {
    let dictionary = dictionary(CHIEFS);

    assert_eq!(item(&dictionary, "barrier_none").measure, Measure::Flag);
    assert!(item(&dictionary, "role_other").label.sv.contains("Annan"));
    assert_eq!(
        item(&dictionary, "dietitian_none").label.sv,
        "Vi har ingen av denna yrkesgrupp: Dietister"
    );
}

#[test]
fn contacts_are_in_the_dictionary_but_not_among_what_files_share() {
    let dictionary = dictionary(CHIEFS);

    assert!(item(&dictionary, "interview_email").personal);
    assert!(
        dictionary
            .shared()
            .all(|item| !item.key.starts_with("interview_"))
    );
}

#[test]
fn whom_a_question_is_asked_of_is_told_in_words() {
    let dictionary = dictionary(CHIEFS);

    let asked = item(&dictionary, "need_budget").asked.as_ref().unwrap();

    assert_eq!(asked.sv, "Om ja på fråga 7");
}

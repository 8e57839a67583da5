use std::collections::BTreeMap;

use dataset::export::{Codebook, Dialect, Kind, Table, Tally};
use survey::{
    answers::Number,
    cleaning::{Reason, Status, Value},
    instrument,
    submission::State,
};

use crate::{
    made::{blank, chiefs, csv, set, value, words},
    read,
};

/// The fields of the only unit, by column.
fn row(table: &Table, record: dataset::export::Record) -> BTreeMap<String, String> {
    let rows = read::csv(&csv(table, Dialect::Program, &[record]), ',');
    let [head, row] = &rows[..] else {
        panic!("{} lines", rows.len())
    };
    head.iter().cloned().zip(row.iter().cloned()).collect()
}

#[test]
fn a_raw_file_holds_what_was_typed_and_what_became_of_the_question() {
    let instrument = chiefs();
    let mut record = blank(&instrument, "vc-0001");
    let read = Value {
        number: Number::parse_plain("1.5"),
        ..value(Status::Read)
    };
    set(
        &instrument,
        &mut record,
        "physiotherapist_fte",
        "1 ½ tjänst",
        read,
    );
    let place = instrument.place_of("need").unwrap();
    record.given[place].state = State::NotAsked;
    let table = Table::of(&instrument, Kind::Raw);
    let row = row(&table, record);
    assert_eq!(row["id"], "vc-0001");
    assert_eq!(row["register_region"], "Region Gotland");
    assert_eq!(row["register_listed"], "8500");
    assert_eq!(row["physiotherapist_fte"], "1 ½ tjänst");
    assert_eq!(row["physiotherapist_fte__state"], "answered");
    assert_eq!(row["need__state"], "not_asked");
    assert!(!row.contains_key("rule_set"));
}

#[test]
fn nothing_here_not_asked_and_left_blank_are_three_things() {
    let instrument = chiefs();
    for (reason, name) in [
        (Reason::NothingHere, "nothing_here"),
        (Reason::NotAsked, "not_asked"),
        (Reason::Blank, "blank"),
        (Reason::Unknown, "unknown"),
        (Reason::Unreadable, "unreadable"),
    ] {
        let mut record = blank(&instrument, "vc-0001");
        let missing = Value {
            reason: Some(reason),
            ..value(Status::Missing)
        };
        set(&instrument, &mut record, "listed", "", missing);
        let row = row(&Table::of(&instrument, Kind::Cleaned), record);
        assert_eq!(row["listed"], "");
        assert_eq!(row["listed__status"], "missing");
        assert_eq!(row["listed__reason"], name);
    }
}

#[test]
fn both_holds_value_text_status_and_rule_beside_each_other() {
    let instrument = chiefs();
    let mut record = blank(&instrument, "vc-0001");
    let corrected = Value {
        number: Number::parse_plain("1.5"),
        rule: Some("posts_in_percent".to_owned()),
        ..value(Status::Corrected)
    };
    set(
        &instrument,
        &mut record,
        "physiotherapist_fte",
        "150",
        corrected,
    );
    let table = Table::of(&instrument, Kind::Both);
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let at = names
        .iter()
        .position(|name| *name == "physiotherapist_fte")
        .unwrap();
    assert_eq!(
        names[at..at + 6],
        [
            "physiotherapist_fte",
            "physiotherapist_fte__typed",
            "physiotherapist_fte__state",
            "physiotherapist_fte__status",
            "physiotherapist_fte__reason",
            "physiotherapist_fte__rule",
        ]
    );
    let row = row(&table, record);
    assert_eq!(row["physiotherapist_fte"], "1.5");
    assert_eq!(row["physiotherapist_fte__typed"], "150");
    assert_eq!(row["physiotherapist_fte__status"], "corrected");
    assert_eq!(row["physiotherapist_fte__rule"], "posts_in_percent");
}

#[test]
fn a_value_that_cannot_be_right_is_in_no_sum_until_it_is_decided() {
    let instrument = chiefs();
    let mut record = blank(&instrument, "vc-0001");
    let held = Value {
        number: Number::parse_plain("8"),
        held: true,
        ..value(Status::AwaitingDecision)
    };
    set(&instrument, &mut record, "listed", "8", held);
    let table = Table::of(&instrument, Kind::Both);
    let mut tally = Tally::default();
    tally.count(&table, &record);
    assert_eq!((tally.units, tally.held), (1, 1));
    assert_eq!(tally.of(Status::AwaitingDecision), 1);
    assert_eq!(tally.of(Status::Missing), tally.values() - 1);
    let row = row(&table, record);
    assert_eq!(row["listed"], "");
    assert_eq!(row["listed__typed"], "8");
    assert_eq!(row["listed__status"], "awaiting_decision");
}

#[test]
fn a_ticked_box_is_one_and_a_choice_its_code() {
    let instrument = chiefs();
    let mut record = blank(&instrument, "vc-0001");
    let as_answered = |text: &str| Value {
        text: Some(text.to_owned()),
        ..value(Status::AsAnswered)
    };
    set(
        &instrument,
        &mut record,
        "ownership",
        "private",
        as_answered("private"),
    );
    let row = row(&Table::of(&instrument, Kind::Cleaned), record);
    assert_eq!(row["ownership"], "private");
}

#[test]
fn no_two_columns_have_one_name_whatever_the_questions_are_called() {
    let source = crate::made::CHIEFS
        .replace("key = \"comment\"", "key = \"listed__status\"")
        .replace("key = \"research\"", "key = \"register_listed\"");
    let instrument = instrument::load(&source).unwrap();
    for kind in Kind::ALL {
        let table = Table::of(&instrument, kind);
        let mut names: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{kind:?}");
        for item in table.dictionary.shared() {
            assert!(names.contains(&item.key.as_str()), "{}", item.key);
        }
    }
}

#[test]
fn the_codebook_tells_of_every_column_that_is_not_beside_another() {
    let instrument = chiefs();
    let codebook = Codebook::of(&instrument, &words());
    let named: Vec<&str> = codebook
        .entries
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    for kind in Kind::ALL {
        for column in Table::of(&instrument, kind).columns {
            let own = column.name.split("__").next().unwrap();
            assert!(named.contains(&own), "{}", column.name);
        }
    }
    for entry in &codebook.entries {
        assert!(!entry.label.sv.is_empty(), "{}", entry.name);
        assert!(
            entry
                .label
                .en
                .as_ref()
                .is_some_and(|label| !label.is_empty()),
            "{}",
            entry.name
        );
    }
}

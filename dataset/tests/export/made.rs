//! Answers to put in files.

use dataset::export::{About, Codebook, Csv, Cut, Dialect, Kind, Record, Table, Words, workbook};
use survey::{
    answers::Number,
    cleaning::{Given, Raw, Reason, Status, Value},
    condition::Fact,
    instrument::{self, Instrument, VariableKind},
    submission::State,
};

pub const CHIEFS: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

pub fn chiefs() -> Instrument {
    instrument::load(CHIEFS).unwrap()
}

pub fn words() -> Words {
    Words::load().unwrap()
}

pub fn about(instrument: &Instrument) -> About {
    let cut = Cut {
        seconds: 1_655_362_800,
        written: "2022-06-16 09:00".to_owned(),
        compact: "20220616T0900".to_owned(),
    };
    About::of(
        instrument,
        &instrument.key,
        false,
        vec!["1".to_owned()],
        cut,
    )
}

pub fn value(status: Status) -> Value {
    Value {
        number: None,
        text: None,
        status,
        reason: None,
        held: false,
        rule: None,
    }
}

/// A unit that handed in nothing but blanks.
pub fn blank(instrument: &Instrument, id: &str) -> Record {
    let missing = Value {
        reason: Some(Reason::Blank),
        ..value(Status::Missing)
    };
    Record {
        id: id.to_owned(),
        region: "Region Gotland".to_owned(),
        ownership: Some("public".to_owned()),
        register: vec![
            Fact::Choice("dense_mixed".to_owned()),
            Fact::Choice("3".to_owned()),
            Fact::Number(Number::whole(8500)),
        ],
        disposition: "eligible".to_owned(),
        submitted: "2022-04-05T10:15:00+02:00".to_owned(),
        rule_set: "1".to_owned(),
        open_queries: 0,
        given: Raw::blank(instrument).given().to_vec(),
        values: vec![missing; instrument.variables().len()],
    }
}

/// Sets what a unit typed for a variable and what it was cleaned to.
pub fn set(instrument: &Instrument, record: &mut Record, key: &str, typed: &str, value: Value) {
    let place = instrument.place_of(key).unwrap();
    record.given[place] = Given {
        state: State::Answered,
        typed: typed.to_owned(),
    };
    record.values[place] = value;
}

/// A unit where the same text was typed everywhere, personal data included.
pub fn filled(instrument: &Instrument, id: &str, text: &str) -> Record {
    let mut record = blank(instrument, id);
    for (place, variable) in instrument.variables().iter().enumerate() {
        record.given[place] = Given {
            state: State::Answered,
            typed: text.to_owned(),
        };
        let is_text = matches!(
            variable.kind,
            VariableKind::Text { .. } | VariableKind::Contact(_)
        );
        record.values[place] = Value {
            text: is_text.then(|| text.to_owned()),
            rule: Some("rule".to_owned()),
            ..value(Status::AsAnswered)
        };
    }
    record
}

pub fn csv(table: &Table, dialect: Dialect, records: &[Record]) -> String {
    let csv = Csv { table, dialect };
    let mut text = String::new();
    csv.head(&mut text);
    for record in records {
        csv.line(record, &mut text);
    }
    text
}

pub fn xlsx(instrument: &Instrument, kind: Kind, records: &[Record]) -> Vec<u8> {
    let words = words();
    let codebook = Codebook::of(instrument, &words);
    workbook(
        &words,
        &about(instrument),
        &Table::of(instrument, kind),
        &codebook,
        records,
    )
    .unwrap()
}

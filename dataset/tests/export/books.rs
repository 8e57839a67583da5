//! The sheets of a workbook, and the codebook as a file.

use dataset::export::{Codebook, Dialect, Kind};
use survey::{
    answers::Number,
    cleaning::{Status, Value},
    text::Language,
};

use crate::{
    made::{blank, chiefs, set, value, words, xlsx},
    read::{self, Cell},
};

/// A cell's text.
fn text(cells: &std::collections::BTreeMap<String, Cell>, name: &str) -> String {
    match cells.get(name) {
        Some(Cell::Text(text)) => text.clone(),
        other => panic!("{name} holds {other:?}"),
    }
}

#[test]
fn numbers_are_numbers_and_the_headings_stay_in_sight() {
    let instrument = chiefs();
    let mut record = blank(&instrument, "0001");
    let corrected = Value {
        number: Number::parse_plain("12345.6"),
        ..value(Status::Corrected)
    };
    set(&instrument, &mut record, "listed", "12 345,6", corrected);
    let book = xlsx(&instrument, Kind::Cleaned, &[record]);
    let cells = read::sheet(&book, 1);
    assert_eq!(text(&cells, "A1"), "id");
    // Not 1: an identity keeps its zeros.
    assert_eq!(text(&cells, "A2"), "0001");
    assert!(cells.values().any(|cell| *cell == Cell::Number(12_345.6)));
    assert!(cells.values().any(|cell| *cell == Cell::Number(8_500.0)));
    assert!(read::part(&book, "xl/worksheets/sheet1.xml").contains("state=\"frozen\""));
    let names = read::part(&book, "xl/workbook.xml");
    for sheet in ["Data", "Kodbok", "Codebook", "Om filen"] {
        assert!(names.contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
}

#[test]
fn the_codebook_sheet_tells_question_values_and_wording() {
    let instrument = chiefs();
    let book = xlsx(&instrument, Kind::Raw, &[]);
    let cells = read::sheet(&book, 2);
    let row = |variable: &str| {
        let is_it = |(name, cell): (&String, &Cell)| {
            (name.starts_with('A') && *cell == Cell::Text(variable.to_owned()))
                .then(|| name[1..].to_owned())
        };
        cells.iter().find_map(is_it).unwrap()
    };
    let need = row("need");
    assert_eq!(text(&cells, &format!("J{need}")), "yes = Ja; no = Nej");
    let listed = row("listed");
    assert_eq!(text(&cells, &format!("B{listed}")), "1");
    assert!(text(&cells, &format!("M{listed}")).contains("not_asked"));
    let english = read::sheet(&book, 3);
    assert_eq!(text(&english, &format!("J{need}")), "yes = Yes; no = No");
}

#[test]
fn the_sheet_about_the_file_tells_cut_rules_and_what_a_status_means() {
    let instrument = chiefs();
    let book = xlsx(&instrument, Kind::Both, &[blank(&instrument, "vc-0001")]);
    let cells = read::sheet(&book, 4);
    let holds = |wanted: &str| {
        cells
            .values()
            .any(|cell| *cell == Cell::Text(wanted.to_owned()))
    };
    for wanted in [
        "2022-06-16 09:00",
        "awaiting_decision",
        "not_asked",
        "__rule",
        "zero_by_rule",
    ] {
        assert!(holds(wanted), "{wanted}");
    }
    assert!(cells.values().any(|cell| *cell == Cell::Number(1.0)));
    assert!(read::part(&book, "docProps/core.xml").contains("2022-06-16T07:00:00Z"));
}

#[test]
fn the_codebook_as_a_file_has_every_language_of_the_questionnaire() {
    let (instrument, words) = (chiefs(), words());
    let codebook = Codebook::of(&instrument, &words);
    let file = codebook.csv(&words, &Language::ALL, Dialect::Program);
    let rows = read::csv(&file, ',');
    assert!(rows[0].contains(&"label_en".to_owned()));
    assert_eq!(rows.len(), codebook.entries.len() + 1);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let excel = codebook.csv(&words, &Language::ALL, Dialect::SwedishExcel);
    assert_eq!(
        read::csv(&excel['\u{feff}'.len_utf8()..], ';').len(),
        rows.len()
    );
}

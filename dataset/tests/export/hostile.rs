//! What people type is data, whatever it looks like; and what they say of themselves is in no file.

use dataset::export::{Codebook, Dialect, Kind, Table};
use proptest::prelude::*;

use crate::{
    made::{chiefs, csv, filled, words, xlsx},
    read::{self, Cell},
};

const HOSTILE: [&str; 22] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+46 8 123 45",
    "-5",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "a;b,c\"d\"\r\ne",
    "'=1+1",
    "<r><t>=1</t></r>",
    "</t></si><f>1+1</f>",
    "_x000D_ _x005F_",
    "\u{1}\u{7}\u{1f}",
    "\u{feff}=1+1",
    "1/2",
    "  blanks  ",
];

/// The first sheet's texts but for the headings, without what the answers did not bring.
fn texts(book: &[u8]) -> Vec<String> {
    let cells = read::sheet(book, 1);
    let below = cells
        .into_iter()
        .filter(|(name, _)| name.trim_start_matches(char::is_alphabetic) != "1");
    below
        .filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text),
            Cell::Number(_) => None,
        })
        .collect()
}

/// How many columns hold a text as typed.
fn typed(kind: Kind) -> usize {
    let table = Table::of(&chiefs(), kind);
    table
        .row(&filled(&chiefs(), "vc-0001", "¤"))
        .filter(|cell| *cell == dataset::export::Cell::Text("¤"))
        .count()
}

#[test]
fn a_workbook_holds_the_very_texts_and_no_formula() {
    let instrument = chiefs();
    for text in HOSTILE {
        let book = xlsx(
            &instrument,
            Kind::Raw,
            &[filled(&instrument, "vc-0001", text)],
        );
        let found = texts(&book)
            .into_iter()
            .filter(|found| found == text)
            .count();
        assert_eq!(found, typed(Kind::Raw), "{text:?}");
        assert!(
            !read::part(&book, "xl/worksheets/sheet1.xml").contains("<f>"),
            "{text:?}"
        );
    }
}

#[test]
fn a_csv_for_programs_gives_back_exactly_what_was_typed() {
    let instrument = chiefs();
    let table = Table::of(&instrument, Kind::Raw);
    for text in HOSTILE {
        let file = csv(
            &table,
            Dialect::Program,
            &[filled(&instrument, "vc-0001", text)],
        );
        assert!(!file.starts_with('\u{feff}'));
        let rows = read::csv(&file, ',');
        let found = rows[1].iter().filter(|found| *found == text).count();
        assert_eq!((rows.len(), found), (2, typed(Kind::Raw)), "{text:?}");
    }
}

#[test]
fn no_field_of_a_csv_for_excel_begins_like_a_formula() {
    let instrument = chiefs();
    for kind in Kind::ALL {
        let table = Table::of(&instrument, kind);
        for text in HOSTILE {
            let file = csv(
                &table,
                Dialect::SwedishExcel,
                &[filled(&instrument, text, text)],
            );
            let rows = read::csv(file.strip_prefix('\u{feff}').unwrap(), ';');
            assert_eq!(rows.len(), 2, "{text:?}");
            for field in &rows[1] {
                let begins = field.trim_start().chars().next();
                let dangerous = begins.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first));
                assert!(!dangerous, "{field:?}");
            }
            // Guarded or not, the text can be had back.
            assert_eq!(rows[1][0].strip_prefix('\'').unwrap_or(&rows[1][0]), text);
        }
    }
}

#[test]
fn a_text_longer_than_a_cell_breaks_no_workbook() {
    let instrument = chiefs();
    let long = "å".repeat(40_000);
    let book = xlsx(
        &instrument,
        Kind::Raw,
        &[filled(&instrument, "vc-0001", &long)],
    );
    let longest = texts(&book)
        .iter()
        .map(|text| text.encode_utf16().count())
        .max();
    assert_eq!(longest, Some(32_767));
    assert!(texts(&book).iter().any(|text| text.ends_with('…')));
}

#[test]
fn personal_data_has_no_column_and_stands_in_no_codebook() {
    let instrument = chiefs();
    let personal: Vec<&str> = instrument
        .variables()
        .iter()
        .filter(|variable| variable.personal)
        .map(|variable| variable.key.as_str())
        .collect();
    assert!(personal.len() >= 3, "{personal:?}");
    for kind in Kind::ALL {
        for column in Table::of(&instrument, kind).columns {
            assert!(
                !personal.iter().any(|key| column.name.starts_with(key)),
                "{}",
                column.name
            );
        }
    }
    let words = words();
    for entry in Codebook::of(&instrument, &words).entries {
        assert!(!personal.contains(&entry.name.as_str()), "{}", entry.name);
    }
}

/// A unit whose personal data holds `secret`, and whose answers hold `text`.
fn with_secret(secret: &str, text: &str) -> dataset::export::Record {
    let instrument = chiefs();
    let mut record = filled(&instrument, "vc-0001", text);
    for (place, variable) in instrument.variables().iter().enumerate() {
        if variable.personal {
            secret.clone_into(&mut record.given[place].typed);
            record.values[place].text = Some(secret.to_owned());
            record.values[place].rule = Some(secret.to_owned());
        }
    }
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn personal_data_is_in_no_file(
        // Letters that no other text has.
        secret in "[\u{10400}-\u{1044f}]{3,12}",
        text in "\\PC{0,40}|[=+@\"';,\\r\\n\\t-]{0,6}",
    ) {
        let instrument = chiefs();
        prop_assume!(!text.contains(&secret));
        let records = [with_secret(&secret, &text)];
        for kind in Kind::ALL {
            let table = Table::of(&instrument, kind);
            for dialect in [Dialect::Program, Dialect::SwedishExcel] {
                prop_assert!(!csv(&table, dialect, &records).contains(&secret));
            }
            let book = xlsx(&instrument, kind, &records);
            for name in read::parts(&book) {
                prop_assert!(!read::part(&book, &name).contains(&secret), "{}", name);
            }
        }
    }

    #[test]
    fn whatever_is_typed_comes_back_from_each_file(text in "\\PC{0,30}|[ -~\\r\\n\\t\u{0}-\u{1f}]{0,30}") {
        let instrument = chiefs();
        let records = [filled(&instrument, "vc-0001", &text)];
        let table = Table::of(&instrument, Kind::Raw);
        let typed = if text.is_empty() { 0 } else { typed(Kind::Raw) };
        let count = |found: &[String]| found.iter().filter(|found| **found == text).count();

        let rows = read::csv(&csv(&table, Dialect::Program, &records), ',');
        prop_assert_eq!(rows.len(), 2);
        prop_assert!(count(&rows[1]) >= typed);

        let file = csv(&table, Dialect::SwedishExcel, &records);
        let rows = read::csv(&file['\u{feff}'.len_utf8()..], ';');
        prop_assert_eq!(rows.len(), 2);
        let unguarded: Vec<String> = rows[1]
            .iter()
            .map(|field| field.strip_prefix('\'').unwrap_or(field).to_owned())
            .collect();
        prop_assert!(count(&unguarded) >= typed);

        let found = texts(&xlsx(&instrument, Kind::Raw, &records));
        prop_assert!(count(&found) >= typed);
    }
}

//! CSV files as they come.

mod support;

use encoding_rs::WINDOWS_1252;
use register::{CellFault, Encoding, Format, Limits, Stage, Unreadable, read};
use support::{grid, open, table};

const SWEDISH: &str = "Vårdcentral;Ort\r\nÅsens vårdcentral;Örnsköldsvik\r\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let mark = if little { [0xff, 0xfe] } else { [0xfe, 0xff] };
    let units = text.encode_utf16().flat_map(|unit| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    });
    mark.into_iter().chain(units).collect()
}

#[test]
fn swedish_letters_come_through_in_every_encoding_that_excel_saves() {
    let with_mark = [&[0xef, 0xbb, 0xbf], SWEDISH.as_bytes()].concat();
    let (windows, _, _) = WINDOWS_1252.encode(SWEDISH);
    for (bytes, expected) in [
        (SWEDISH.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark, Encoding::Utf8),
        (windows.into_owned(), Encoding::Windows1252),
        (utf16(SWEDISH, true), Encoding::Utf16LittleEndian),
        (utf16(SWEDISH, false), Encoding::Utf16BigEndian),
    ] {
        let table = open(&bytes).unwrap();
        let Format::Separated {
            encoding,
            separator,
        } = table.format
        else {
            panic!("not separated");
        };
        assert_eq!((encoding, separator), (expected, ';'));
        assert_eq!(
            grid(&table),
            [
                ["Vårdcentral", "Ort"],
                ["Åsens vårdcentral", "Örnsköldsvik"]
            ]
        );
    }
}

#[test]
fn one_damaged_letter_does_not_turn_all_others_into_rubbish() {
    let mut bytes = "Namn;Ort\nÅsen;Ängelholm\nÖsten;Åmål\nX;Malm?\n"
        .as_bytes()
        .to_vec();
    let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[at] = 0xf6;
    let table = open(&bytes).unwrap();
    assert_eq!(table.row(1).unwrap().cell(1), "Ängelholm");
    assert_eq!(table.row(3).unwrap().fault(1), Some(CellFault::Undecodable));
    assert_eq!(table.row(3).unwrap().fault(0), None);
}

#[test]
fn letters_decoded_wrongly_by_the_sender_are_pointed_out() {
    let table =
        table("Namn;Ort\nÃ…sens vÃ¥rdcentral;MalmÃ¶\nV†rdcentralen;Lund\nCaf\u{e9} Ö;„Ö”\n");
    let fault = |row, column| table.row(row).unwrap().fault(column);
    assert_eq!(fault(1, 0), Some(CellFault::Garbled));
    assert_eq!(fault(1, 1), Some(CellFault::Garbled));
    assert_eq!(fault(2, 0), Some(CellFault::Garbled));
    assert_eq!(fault(3, 0), None);
    assert_eq!(fault(3, 1), None);
}

#[test]
fn the_separator_is_the_one_that_parts_every_row_alike() {
    for (text, expected) in [
        ("a;b;c\n1;x, y, z;3\n", ';'),
        ("a,b,c\n1,\"x; y\",3\n", ','),
        ("a\tb\n1, 2, 3\t4\n", '\t'),
        ("Storgatan 1, 2 tr;Umeå\nLillgatan 2, 3 tr;Luleå\n", ';'),
        ("sep=,\na;x,b;y\n", ','),
    ] {
        let Format::Separated { separator, .. } = table(text).format else {
            panic!("not separated");
        };
        assert_eq!(separator, expected, "{text}");
    }
}

#[test]
fn rows_have_the_numbers_that_a_text_editor_shows() {
    let table = table("\r\nNamn;Ort\r\n\r\n\r\n\"Två\r\nrader\";Umeå\r\n;;\r\nSist;Boden\r\n");
    let numbers: Vec<u32> = table.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [2, 5, 8]);
    let table = support::table("sep=;\nNamn;Ort\n\nSist;Boden\n");
    let numbers: Vec<u32> = table.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [2, 4]);
}

#[test]
fn every_row_has_a_number_of_its_own_whatever_its_lines_end_with() {
    let table = table("a;b\r\n\n\r\nc;d\re;f\n\"g\";\"h\"\r\n\r\ni;j");
    let numbers: Vec<u32> = table.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [1, 4, 5, 7]);
    assert_eq!(table.row(2).unwrap().cell(1), "h");
}

#[test]
fn quoted_cells_keep_their_separators_and_quotation_marks() {
    let table = table("Namn;Ort\n\"Åsen; \"\"södra\"\"\";Umeå\n");
    assert_eq!(table.row(1).unwrap().cell(0), "Åsen; \"södra\"");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_pointed_out() {
    let table = table("a;b;c\n\"Åsen;x;y\nBerg;x;y\nDal;x;y\n");
    assert_eq!(
        table.row(1).unwrap().fault(0),
        Some(CellFault::SwallowsRows)
    );
}

#[test]
fn short_rows_read_as_empty_to_the_right_and_old_macintosh_lines_as_lines() {
    let table = table("a;b;c\r1\r1;2;3\r");
    assert_eq!(table.len(), 3);
    assert_eq!(table.row(1).unwrap().cell(2), "");
    assert_eq!(table.columns(), 3);
}

#[test]
fn formulas_are_pointed_out_and_phone_numbers_are_not() {
    let table = table("a;b\n=1+1;+46 70 123\n@SUM(A1);-\n+cmd|' /C calc'!A0;-5\n");
    let fault = |row, column| table.row(row).unwrap().fault(column);
    for row in 1..=3 {
        assert_eq!(fault(row, 0), Some(CellFault::LooksLikeFormula));
        assert_eq!(fault(row, 1), None);
    }
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0];
    let mut locked = old.to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    for (bytes, expected) in [
        (&b""[..], Unreadable::Empty),
        (b"\n\n;;\n", Unreadable::Empty),
        (b"\xef\xbb\xbf", Unreadable::Empty),
        (&old, Unreadable::OldExcel),
        (&locked, Unreadable::Protected),
        (b"%PDF-1.7", Unreadable::Pdf),
        (b"  <HTML><table>", Unreadable::WebPage),
        (b"a;b\n\0;c\n", Unreadable::NotATable),
        (b"\xff\xfea\0\0\0", Unreadable::NotATable),
        (b"\x89PNG\r\n\x1a\n\0\0", Unreadable::NotATable),
    ] {
        assert_eq!(open(bytes).unwrap_err(), expected);
    }
}

#[test]
fn limits_hold_and_say_where() {
    let limits = Limits {
        bytes: 1000,
        rows: 3,
        columns: 4,
        cell: 10,
        text: 60,
        ..Limits::default()
    };
    let read = |text: &str| {
        read(text.as_bytes(), None, &limits, &mut register::quiet).map(|table| table.len())
    };
    assert_eq!(read("a\nb\nc\n"), Ok(3));
    assert_eq!(
        read("a\nb\nc\nd\n"),
        Err(Unreadable::TooManyRows { row: 4, limit: 3 })
    );
    assert_eq!(read("a;b;c;d;;;;;;\n"), Ok(1));
    assert_eq!(
        read("a;b\na;b;c;d;e\n"),
        Err(Unreadable::TooManyColumns { row: 2, limit: 4 })
    );
    assert_eq!(
        read("a;12345678901\n"),
        Err(Unreadable::CellTooLong {
            row: 1,
            column: 2,
            limit: 10
        })
    );
    let wide = "1234567890;1234567890;1234567890;1234567890\n";
    assert_eq!(
        read(&wide.repeat(2)),
        Err(Unreadable::TooMuchText { limit: 60 })
    );
    assert_eq!(
        read(&"x".repeat(1001)),
        Err(Unreadable::TooLarge {
            bytes: 1001,
            limit: 1000
        })
    );
}

#[test]
fn a_million_columns_are_refused() {
    let text = format!("a{}\n", ";b".repeat(1_000_000));
    assert_eq!(
        open(text.as_bytes()).unwrap_err(),
        Unreadable::TooManyColumns { row: 1, limit: 200 }
    );
}

#[test]
fn progress_only_goes_forward_and_ends_at_the_end() {
    let text = "a;b\n".repeat(10_000);
    let mut told = Vec::new();
    read(text.as_bytes(), None, &Limits::default(), &mut |progress| {
        told.push(progress);
    })
    .unwrap();
    assert!(told.len() > 3);
    assert!(told.is_sorted_by_key(|progress| progress.done));
    let last = told.last().unwrap();
    assert_eq!((last.stage, last.done), (Stage::Reading, last.of));
}

//! Excel files made to hurt: a clear answer, in bounded time and memory.

mod support;

use register::{Damage, Limits, Unreadable, quiet, read};
use support::{CONTENT_TYPES, RELATIONS, ROOT_RELATIONS, WORKBOOK, excel, open, sheet, zipped};

fn small() -> Limits {
    Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    }
}

fn row() -> &'static str {
    r#"<row><c t="inlineStr"><is><t>aaaa</t></is></c></row>"#
}

#[test]
fn a_bomb_is_not_unpacked_however_its_directory_lies() {
    let bomb = sheet(&row().repeat(50_000));
    let limit = |bytes: &[u8]| read(bytes, None, &small(), &mut quiet).unwrap_err();
    assert!(matches!(
        limit(&bomb),
        Unreadable::UnpacksTooLarge { part, .. } if part == "xl/worksheets/sheet1.xml"
    ));
    // The directory says that each part unpacks to ten bytes.
    let mut lying = bomb;
    let starts: Vec<usize> = (0..lying.len() - 4)
        .filter(|at| lying[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    for start in starts {
        lying[start + 24..start + 28].copy_from_slice(&10_u32.to_le_bytes());
    }
    let answer = limit(&lying);
    assert!(
        matches!(
            answer,
            Unreadable::UnpacksTooLarge { .. } | Unreadable::Damaged(_)
        ),
        "{answer}"
    );
}

#[test]
fn a_part_that_packs_better_than_any_register_is_refused() {
    let rows = format!("<!-- {} -->", " ".repeat(9 << 20));
    assert!(matches!(
        open(&sheet(&rows)).unwrap_err(),
        Unreadable::UnpacksTooLarge { .. }
    ));
}

#[test]
fn many_parts_share_one_allowance() {
    let part = format!(
        "<sst>{}</sst>",
        "<si><t>abcdefghijklmnop</t></si>".repeat(20_000)
    );
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        row().repeat(9_000)
    );
    assert!(part.len() < 1 << 20 && sheet.len() < 1 << 20);
    assert!(matches!(
        read(&excel(&sheet, &part), None, &small(), &mut quiet).unwrap_err(),
        Unreadable::UnpacksTooLarge { .. }
    ));
}

#[test]
fn entities_are_refused_before_they_multiply() {
    let strings = r#"<!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    assert_eq!(
        open(&excel("<worksheet/>", strings)).unwrap_err(),
        Unreadable::Entities {
            part: "xl/sharedStrings.xml".to_owned()
        }
    );
    let unknown = "<sst><si><t>&b;</t></si></sst>";
    assert!(matches!(
        open(&excel("<worksheet/>", unknown)).unwrap_err(),
        Unreadable::Damaged(Damage::Xml { .. })
    ));
}

#[test]
fn columns_beyond_the_last_of_a_register_are_refused_unless_they_are_empty() {
    let cell = |place: &str| format!(r#"<row r="1"><c r="{place}"><v>1</v></c></row>"#);
    assert_eq!(
        open(&sheet(&cell("XFD1"))).unwrap_err(),
        Unreadable::TooManyColumns { row: 1, limit: 200 }
    );
    let empty = r#"<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>"#;
    assert_eq!(open(&sheet(empty)).unwrap().columns(), 1);
    for place in ["ZZZZ1", "XFE1", "1", ""] {
        assert!(
            matches!(
                open(&sheet(&cell(place))).unwrap_err(),
                Unreadable::Damaged(Damage::Cell { .. })
            ),
            "{place}"
        );
    }
}

#[test]
fn a_million_columns_are_refused() {
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    let limits = Limits {
        ratio: u64::MAX,
        ..Limits::default()
    };
    assert_eq!(
        read(
            &sheet(&format!("<row>{cells}</row>")),
            None,
            &limits,
            &mut quiet
        )
        .unwrap_err(),
        Unreadable::TooManyColumns { row: 1, limit: 200 }
    );
}

#[test]
fn rows_and_cells_that_go_back_are_damage() {
    for rows in [
        r#"<row r="5"/><row r="5"/>"#,
        r#"<row r="5"/><row r="4"/>"#,
        r#"<row r="0"/>"#,
        r#"<row r="4294967295"/>"#,
        r#"<row r="x"/>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
    ] {
        assert!(
            matches!(
                open(&sheet(rows)).unwrap_err(),
                Unreadable::Damaged(Damage::Cell { .. })
            ),
            "{rows}"
        );
    }
}

#[test]
fn a_text_of_a_megabyte_is_refused_without_being_kept() {
    let long = "x".repeat(3 << 20);
    let text = format!(r#"<row><c t="inlineStr"><is><t>{long}</t></is></c></row>"#);
    let attribute = format!(r#"<row><c r="{long}"/></row>"#);
    let limits = Limits {
        ratio: u64::MAX,
        ..Limits::default()
    };
    for rows in [text, attribute] {
        let answer = read(&sheet(&rows), None, &limits, &mut quiet).unwrap_err();
        assert!(
            matches!(answer, Unreadable::Damaged(Damage::Xml { .. })),
            "{answer}"
        );
    }
    let pieces = format!(
        r#"<row><c t="inlineStr"><is>{}</is></c></row>"#,
        "<t>xxxxxxxxxx</t>".repeat(5_000)
    );
    assert_eq!(
        open(&sheet(&pieces)).unwrap_err(),
        Unreadable::CellTooLong {
            row: 1,
            column: 1,
            limit: 8_000
        }
    );
}

#[test]
fn one_long_text_that_every_cell_shares_does_not_fill_the_memory() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(7_000));
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(100);
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        format!("<row>{cells}</row>").repeat(10)
    );
    let limits = Limits {
        text: 1 << 20,
        ..Limits::default()
    };
    assert_eq!(
        read(&excel(&sheet, &strings), None, &limits, &mut quiet).unwrap_err(),
        Unreadable::TooMuchText { limit: 1 << 20 }
    );
}

#[test]
fn depth_without_end_is_refused() {
    assert!(matches!(
        open(&sheet(&"<a>".repeat(100_000))).unwrap_err(),
        Unreadable::Damaged(Damage::Xml { .. })
    ));
}

#[test]
fn a_file_cut_short_anywhere_is_damaged_and_never_a_panic() {
    let whole = sheet(&row().repeat(200));
    for length in (4..whole.len()).step_by(7) {
        assert!(open(&whole[..length]).is_err(), "{length}");
    }
    assert_eq!(
        open(&whole[..whole.len() - 30]).unwrap_err(),
        Unreadable::Damaged(Damage::Directory)
    );
}

#[test]
fn a_flipped_byte_anywhere_is_never_a_panic() {
    let whole = sheet(&row().repeat(20));
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = open(&bytes);
    }
}

#[test]
fn a_part_that_is_missing_is_named() {
    let bytes = zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", ROOT_RELATIONS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
    ]);
    assert_eq!(
        open(&bytes).unwrap_err(),
        Unreadable::Damaged(Damage::Missing {
            part: "xl/worksheets/sheet1.xml".to_owned()
        })
    );
}

#[test]
fn other_zip_files_are_told_for_what_they_are() {
    for (parts, expected) in [
        (
            vec![("mimetype", &b"x"[..]), ("content.xml", b"x")],
            Unreadable::OpenDocument,
        ),
        (
            vec![
                ("[Content_Types].xml", &b"x"[..]),
                ("xl/workbook.bin", b"x"),
            ],
            Unreadable::BinaryExcel,
        ),
        (vec![("holiday.jpg", &b"x"[..])], Unreadable::NotATable),
    ] {
        assert_eq!(open(&zipped(&parts)).unwrap_err(), expected);
    }
}

#[test]
fn a_sheet_with_nothing_in_it_is_no_register() {
    assert_eq!(
        open(&sheet("<row r=\"1\"/>")).unwrap_err(),
        Unreadable::NoSheet
    );
}

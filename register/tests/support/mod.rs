//! Files as regions send them, made in code.
#![allow(dead_code, reason = "each test file uses its share")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot make its file has failed"
)]

use std::io::{Cursor, Write};

use register::{
    Checked, ClassList, ClassValue, Headings, Limits, Mapping, Remembered, Table, Unreadable,
    check, find_headings, quiet, read, values::Region,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub fn open(bytes: &[u8]) -> Result<Table, Unreadable> {
    read(bytes, None, &Limits::default(), &mut quiet)
}

pub fn table(csv: &str) -> Table {
    open(csv.as_bytes()).unwrap()
}

pub fn headings(csv: &str) -> Headings {
    find_headings(&table(csv), &Remembered::new(), &classes()).unwrap()
}

pub fn mapped(table: &Table, region: Option<&str>) -> Mapping {
    let headings = find_headings(table, &Remembered::new(), &classes()).unwrap();
    Mapping::new(
        headings.row,
        table.columns(),
        headings.chosen(),
        region.map(|name| Region::parse(name).unwrap()),
    )
    .unwrap()
}

/// The rows of a file whose headings say everything.
pub fn checked(csv: &str) -> Checked {
    from_region(csv, None)
}

pub fn from_region(csv: &str, region: Option<&str>) -> Checked {
    let table = table(csv);
    let mapping = mapped(&table, region);
    check(&table, &mapping, &classes(), &mut quiet)
}

/// What is wrong in a file, as `row key`.
pub fn faults(checked: &Checked) -> Vec<String> {
    checked
        .faults
        .iter()
        .map(|fault| format!("{} {}", fault.row, fault.problem.key()))
        .collect()
}

pub fn grid(table: &Table) -> Vec<Vec<String>> {
    table
        .rows()
        .map(|row| row.cells().map(str::to_owned).collect())
        .collect()
}

pub fn classes() -> Vec<ClassList> {
    let value = |key: &str, label: &str| ClassValue {
        key: key.to_owned(),
        labels: vec![label.to_owned()],
    };
    vec![
        ClassList {
            key: "municipality_type".to_owned(),
            labels: vec!["Kommuntyp".to_owned(), "Type of municipality".to_owned()],
            values: vec![
                value("dense_mixed", "Täta blandade kommuner"),
                value("metropolitan", "Storstadskommuner"),
            ],
        },
        ClassList {
            key: "area_type".to_owned(),
            labels: vec!["Områdestyp".to_owned()],
            values: vec![
                value("1", "Områdestyp 1 – områden med stora utmaningar"),
                value("2", "Områdestyp 2 – områden med goda förutsättningar"),
            ],
        },
    ]
}

/// A zip file of these parts, packed.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const CONTENT_TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
pub const ROOT_RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
pub const WORKBOOK: &str =
    r#"<workbook><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// An Excel file with this sheet and these shared texts, as XML.
pub fn excel(sheet: &str, strings: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", ROOT_RELATIONS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// An Excel file with these rows of a sheet, as XML.
pub fn sheet(rows: &str) -> Vec<u8> {
    excel(
        &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        "<sst/>",
    )
}

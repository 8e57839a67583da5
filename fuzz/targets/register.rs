//! Whatever a file holds, reading it ends in a table within the limits or in a reason; whatever a table holds, its rows are units or have faults.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use register::{
    Field, KnownUnit, Limits, Mapping, Remembered, Scope, Severity, Table, check, compare,
    find_headings, quiet, read, values::Region,
};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        rows: 500,
        columns: 30,
        cell: 1_000,
        text: 1 << 20,
        unpacked: 4 << 20,
        ..Limits::default()
    };
    // Checksums keep changed bytes of a packed file from being read far: a sheet is packed here.
    let packed = bytes
        .starts_with(b"<worksheet")
        .then(|| excel(bytes).expect("a zip file in memory"));
    let bytes = packed.as_deref().unwrap_or(bytes);
    let Ok(table) = read(bytes, None, &limits, &mut quiet) else {
        return;
    };
    assert!((1..=limits.rows).contains(&table.len()));
    assert!((1..=limits.columns).contains(&table.columns()));
    for row in table.rows() {
        assert!(row.cells().all(|cell| cell.len() <= limits.cell));
    }
    rows(&table, &mapping(&table));
});

fn excel(sheet: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (part, content) in [
        (
            "xl/_rels/workbook.xml.rels",
            &br#"<r><Relationship Id="a" Type="/worksheet" Target="s.xml"/></r>"#[..],
        ),
        ("xl/workbook.xml", br#"<w><sheet name="B" id="a"/></w>"#),
        ("xl/s.xml", sheet),
    ] {
        zip.start_file(part, options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The headings' own, or the columns in turn.
fn mapping(table: &Table) -> Mapping {
    let region = Region::from_code("12");
    let found = find_headings(table, &Remembered::new(), &[]).and_then(|headings| {
        Mapping::new(headings.row, table.columns(), headings.chosen(), region).ok()
    });
    found.unwrap_or_else(|| {
        let width = table.columns().max(2);
        let fields = Field::ALL.into_iter().cycle().skip(1);
        let columns = (0..width).zip(fields).take(Field::ALL.len());
        Mapping::new(0, width, columns, region).expect("the first column is the name")
    })
}

fn rows(table: &Table, mapping: &Mapping) {
    let checked = check(table, mapping, &[], &mut quiet);
    for row in &checked.rows {
        assert!(!row.unit.name.is_empty());
        assert!(Region::parse(&row.unit.region).is_some());
        assert!(
            !checked
                .faults_of(row.number)
                .iter()
                .any(|fault| fault.problem.severity() == Severity::Error)
        );
    }
    for row in &checked.faulty {
        assert!(!checked.faults_of(row.number).is_empty());
    }
    let known: Vec<KnownUnit> = checked
        .rows
        .iter()
        .map(|row| KnownUnit {
            unit: row.unit.clone(),
            gone: false,
        })
        .collect();
    let comparison = compare(&known, &checked, Scope::Country, &mut quiet);
    assert!(comparison.new.is_empty() || checked.rows.iter().any(|row| row.unit.key.is_none()));
    assert!(comparison.gone.len() <= known.len());
}

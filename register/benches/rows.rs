//! A register of 100 000 rows, from bytes to comparison: `cargo bench -p register`.
//!
//! Each step is run five times; the fastest is told, since the machine's other work only slows. `ROWS` gives another number of rows.

use std::{env, hint::black_box, time::Instant};

use register::{
    Checked, Headings, KnownUnit, Limits, Mapping, Remembered, Scope, Table, check, compare,
    find_headings, quiet, read, values::Region,
};
use rust_xlsxwriter::Workbook;

const HEADINGS: [&str; 13] = [
    "HSA-id",
    "Vårdcentral",
    "Gatuadress",
    "Postnr",
    "Postort",
    "Region",
    "Driftsform",
    "Kommunkod",
    "RegSO",
    "Antal listade",
    "Startdatum",
    "Verksamhetschef",
    "E-post verksamhetschef",
];
const TIMES: usize = 5;

fn main() {
    let rows = env::var("ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(100_000);
    let regions: Vec<Region> = Region::all().collect();
    let rows: Vec<[String; 13]> = (0..rows).map(|row| cells(row, &regions)).collect();
    println!(
        "{} rows of {} columns; {} CPUs",
        rows.len(),
        HEADINGS.len(),
        cpus()
    );
    measure("CSV", &csv(&rows));
    match excel(&rows) {
        Ok(bytes) => measure("XLSX", &bytes),
        Err(error) => eprintln!("no Excel file: {error}"),
    }
}

fn cpus() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn cells(row: usize, regions: &[Region]) -> [String; 13] {
    let region = regions[row % regions.len()];
    [
        format!("SE23210000{:02}-{row:06X}", row % 21),
        format!("Prövbäckens vårdcentral {row}"),
        format!("Storgatan {}", row % 200 + 1),
        format!("{:03} {:02}", 100 + row % 880, row % 90 + 10),
        "Örnstad".to_owned(),
        region.name().to_owned(),
        if row.is_multiple_of(3) {
            "Privat"
        } else {
            "Offentlig"
        }
        .to_owned(),
        "Prövköping".to_owned(),
        format!("0180R{:03}", row % 1000),
        (500 + row * 7 % 30_000).to_string(),
        "2010-01-01".to_owned(),
        format!("Åsa Prövsson {row}"),
        format!("asa.provsson{row}@example.se"),
    ]
    .map(|cell| {
        cell.replace(
            "Prövköping",
            if region.code() == "01" { "0180" } else { "" },
        )
    })
}

fn csv(rows: &[[String; 13]]) -> Vec<u8> {
    let mut text = HEADINGS.join(";") + "\r\n";
    for row in rows {
        text += &row.join(";");
        text += "\r\n";
    }
    text.into_bytes()
}

fn excel(rows: &[[String; 13]]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, title) in (0..).zip(HEADINGS) {
        sheet.write(0, column, title)?;
    }
    for (number, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<u32>() {
                Ok(count) if column == 9 => sheet.write(number, column, count)?,
                _ => sheet.write(number, column, cell)?,
            };
        }
    }
    workbook.save_to_buffer()
}

fn measure(kind: &str, bytes: &[u8]) {
    println!("\n{kind}, {:.1} MB", megabytes(bytes.len()));
    let Some((read_in, table)) = fastest(|| read(bytes, None, &Limits::default(), &mut quiet).ok())
    else {
        return;
    };
    let Some((mapped_in, (_, mapping))) = fastest(|| mapping(&table)) else {
        return;
    };
    let Some((checked_in, checked)) = fastest(|| Some(check(&table, &mapping, &[], &mut quiet)))
    else {
        return;
    };
    let known = known(&checked);
    let Some((compared_in, comparison)) =
        fastest(|| Some(compare(&known, &checked, Scope::Country, &mut quiet)))
    else {
        return;
    };
    let rows = checked.rows.len();
    for (step, seconds) in [
        ("read", read_in),
        ("map", mapped_in),
        ("check", checked_in),
        ("compare", compared_in),
        ("together", read_in + mapped_in + checked_in + compared_in),
    ] {
        println!(
            "  {step:9} {seconds:7.3} s {:>10.0} rows/s",
            per_second(rows, seconds)
        );
    }
    println!(
        "  {rows} rows: {} new, {} changed, {} unchanged, {} gone, {} unclear, {} faults",
        comparison.new.len(),
        comparison.changed.len(),
        comparison.unchanged.len(),
        comparison.gone.len(),
        comparison.unclear.len(),
        checked.faults.len()
    );
}

fn mapping(table: &Table) -> Option<(Headings, Mapping)> {
    let headings = find_headings(table, &Remembered::new(), &[])?;
    let mapping = Mapping::new(headings.row, table.columns(), headings.chosen(), None).ok()?;
    Some((headings, mapping))
}

/// The register a year ago: a tenth had another chief, some had another key, name or were not there, and some are no more.
fn known(checked: &Checked) -> Vec<KnownUnit> {
    let mut known: Vec<KnownUnit> = checked
        .rows
        .iter()
        .enumerate()
        .filter(|(index, _)| index % 100 != 7)
        .map(|(index, row)| {
            let mut unit = row.unit.clone();
            match index % 50 {
                0..5 => "Bo Förr".clone_into(&mut unit.chief.name),
                5 => unit.key = Some(format!("made-{index}")),
                6 => {
                    unit.key = Some(format!("made-{index}"));
                    "Förr".clone_into(&mut unit.name);
                }
                _ => {}
            }
            KnownUnit { unit, gone: false }
        })
        .collect();
    let gone: Vec<KnownUnit> = known
        .iter()
        .step_by(100)
        .map(|known| {
            let mut gone = known.clone();
            gone.unit.key = gone.unit.key.map(|key| format!("{key}-gone"));
            gone.unit.name += " nedlagda";
            "Lillgatan 1".clone_into(&mut gone.unit.address);
            "999 99".clone_into(&mut gone.unit.postal_code);
            gone
        })
        .collect();
    known.extend(gone);
    known
}

fn fastest<T>(mut work: impl FnMut() -> Option<T>) -> Option<(f64, T)> {
    let mut best: Option<(f64, T)> = None;
    for _ in 0..TIMES {
        let start = Instant::now();
        let made = black_box(work()?);
        let seconds = start.elapsed().as_secs_f64();
        if best.as_ref().is_none_or(|(known, _)| seconds < *known) {
            best = Some((seconds, made));
        }
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2⁵²")]
fn per_second(rows: usize, seconds: f64) -> f64 {
    rows as f64 / seconds
}

#[expect(clippy::cast_precision_loss, reason = "far fewer bytes than 2⁵²")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

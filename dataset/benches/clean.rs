//! Rows cleaned per second, and memory: 1 183 units by themselves, and a million streamed through files.
//!
//! `cargo bench -p dataset --bench clean`. The rows are made here: ordinary units, and every tenth with an error.

use std::{
    error::Error,
    fs::{self, File},
    io::{BufWriter, Write},
    time::{Duration, Instant},
};

use dataset::Files;
use survey::{
    cleaning::{Raw, RuleSet, clean},
    instrument::{self, Body, Instrument, NumberMatrix},
};

const UNITS: usize = 1183;
/// The machine is shared: what it can do shows in the best.
const ROUNDS: usize = 21;
const ROWS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let told = |faults: Vec<instrument::Fault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    let chiefs = include_str!("../../instruments/vardcentralschefer-2022.toml");
    let instrument = instrument::load(chiefs).map_err(told)?;
    let rules = include_str!("../../instruments/vardcentralschefer-2022.cleaning.toml");
    let rules = RuleSet::load(rules, &instrument).map_err(told)?;

    let columns = columns(&instrument);
    let units: Vec<Raw> = (0..UNITS)
        .map(|unit| {
            let mut raw = Raw::blank(&instrument);
            for (column, typed) in columns.iter().zip(row(unit, &columns)) {
                if let Some(place) = instrument.place_of(column) {
                    raw.set(place, &typed);
                }
            }
            raw
        })
        .collect();
    let mut changes = 0;
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let ledgers = units
                .iter()
                .map(|raw| clean(&rules, &instrument, raw, &[]).ledger.len());
            changes = ledgers.sum();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{UNITS} units by themselves on one core, {changes} changes: {:?} at best, {:?} in the middle of {ROUNDS}",
        times[0],
        times[ROUNDS / 2]
    );

    let directory = std::env::temp_dir().join(format!("vardenkat-bench-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let input = directory.join("observed.csv");
    let mut file = BufWriter::new(File::create(&input)?);
    writeln!(file, "id,{}", columns.join(","))?;
    for unit in 0..ROWS {
        let row: Vec<String> = row(unit, &columns)
            .into_iter()
            .map(|typed| format!("\"{typed}\""))
            .collect();
        writeln!(file, "u{unit},{}", row.join(","))?;
    }
    file.flush()?;
    let files = Files {
        input,
        output: directory.clone(),
        register: None,
    };
    let workers = std::thread::available_parallelism()?.get();
    let start = Instant::now();
    let summary = dataset::clean(&rules, &instrument, &files, workers, |_| {})?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} rows in {seconds:.1} s with {workers} workers, {} changes",
        summary.rows, summary.changes
    );
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("peak memory: {}", peak.trim_start_matches("VmHWM:").trim());
    }
    fs::remove_dir_all(&directory)?;
    Ok(())
}

fn columns(instrument: &Instrument) -> Vec<String> {
    let mut columns = vec!["listed".to_owned()];
    for (_, _, question) in instrument.questions() {
        if let Body::NumberMatrix(matrix) = &question.body {
            for row in &matrix.rows {
                columns.extend(
                    matrix
                        .columns
                        .iter()
                        .map(|column| NumberMatrix::cell(row, column)),
                );
            }
        }
    }
    columns
}

/// The same row for the same unit.
fn row(unit: usize, columns: &[String]) -> Vec<String> {
    let mut seed = unit as u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let in_percent = next(10) == 0;
    let mut persons = 0;
    columns
        .iter()
        .map(|column| {
            if column == "listed" {
                (2000 + next(12_000)).to_string()
            } else if column.ends_with("_persons") {
                persons = next(9);
                if persons == 0 {
                    String::new()
                } else {
                    persons.to_string()
                }
            } else if column.ends_with("_temp_fte") || column.ends_with("_need_fte") {
                if next(6) == 0 {
                    format!("0,{}", 1 + next(9))
                } else {
                    String::new()
                }
            } else if persons == 0 {
                String::new()
            } else {
                let percent = persons * (55 + next(9) * 5);
                if in_percent {
                    percent.to_string()
                } else {
                    format!("{},{:02}", percent / 100, percent % 100)
                }
            }
        })
        .collect()
}

//! Answers of 100 000 units as files: `cargo bench -p dataset`. `ROWS` gives another number.
//!
//! CSV goes line by line to nowhere, as the server sends it; peak memory is that of the whole process afterwards.

use std::{env, fs, hint::black_box, time::Instant};

use dataset::export::{About, Codebook, Csv, Cut, Dialect, Kind, Record, Table, Words, workbook};
use survey::{
    answers::Number,
    cleaning::{Given, Status, Value},
    condition::Fact,
    instrument::{self, Instrument, VariableKind},
    submission::State,
};

const SOURCE: &str = include_str!("../../instruments/vardcentralschefer-2022.toml");
/// The survey of 2022.
const CENTRES: usize = 1_183;

fn main() {
    let rows = env::var("ROWS").ok().and_then(|rows| rows.parse().ok());
    let rows: usize = rows.unwrap_or(100_000);
    let (Ok(instrument), Ok(words)) = (instrument::load(SOURCE), Words::load()) else {
        eprintln!("the questionnaire or the texts cannot be read");
        return;
    };
    let mut unit = record(&instrument);
    for kind in Kind::ALL {
        let table = Table::of(&instrument, kind);
        for dialect in [Dialect::Program, Dialect::SwedishExcel] {
            let csv = Csv {
                table: &table,
                dialect,
            };
            let begun = Instant::now();
            let mut bytes = 0;
            let mut line = String::new();
            for row in 0..rows {
                unit.id = format!("vc-{row:06}");
                line.clear();
                csv.line(black_box(&unit), &mut line);
                bytes += black_box(&line).len();
            }
            told(&format!("{kind:?} {dialect:?}"), rows, bytes, begun);
        }
    }
    println!("peak memory after CSV: {}", peak());
    let about = about(&instrument);
    let codebook = Codebook::of(&instrument, &words);
    let records: Vec<Record> = (0..CENTRES).map(|_| unit.clone()).collect();
    for kind in Kind::ALL {
        let table = Table::of(&instrument, kind);
        let begun = Instant::now();
        match workbook(&words, &about, &table, &codebook, &records) {
            Ok(book) => told(&format!("{kind:?} XLSX"), CENTRES, book.len(), begun),
            Err(error) => eprintln!("no workbook: {error}"),
        }
    }
    println!("peak memory after XLSX: {}", peak());
}

#[expect(
    clippy::cast_precision_loss,
    reason = "rows and bytes are far below what a float holds exactly"
)]
fn told(what: &str, rows: usize, bytes: usize, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{what}: {rows} rows, {:.1} MB in {seconds:.2} s, {:.0} rows/s",
        bytes as f64 / 1e6,
        rows as f64 / seconds
    );
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or(" not known here").trim().to_owned()
}

fn about(instrument: &Instrument) -> About {
    let cut = Cut {
        seconds: 1_655_362_800,
        written: "2022-06-16 09:00".to_owned(),
        compact: "20220616T0900".to_owned(),
    };
    let rules = vec!["1".to_owned()];
    About::of(instrument, &instrument.key, false, rules, cut)
}

/// A unit that answered everything.
fn record(instrument: &Instrument) -> Record {
    let (mut given, mut values) = (Vec::new(), Vec::new());
    for variable in instrument.variables() {
        let (typed, number) = match &variable.kind {
            VariableKind::Number(_) => ("12,5", Number::parse_plain("12.5")),
            VariableKind::Choice(options) => (options[0].as_str(), None),
            VariableKind::Flag | VariableKind::Absent => ("1", None),
            VariableKind::Text { .. } | VariableKind::Contact(_) => (
                "Vi har svårt att rekrytera; \"hyr\" läkare i stället.",
                None,
            ),
        };
        given.push(Given {
            state: State::Answered,
            typed: typed.to_owned(),
        });
        values.push(Value {
            number,
            text: number.is_none().then(|| typed.to_owned()),
            status: Status::AsAnswered,
            reason: None,
            held: false,
            rule: None,
        });
    }
    Record {
        id: "vc-000000".to_owned(),
        region: "Region Gotland".to_owned(),
        ownership: Some("public".to_owned()),
        register: vec![Fact::Missing; instrument.register.len()],
        disposition: "eligible".to_owned(),
        submitted: "2022-04-05T10:15:00+02:00".to_owned(),
        rule_set: "1".to_owned(),
        open_queries: 0,
        given,
        values,
    }
}

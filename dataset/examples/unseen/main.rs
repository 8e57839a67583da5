//! Makes mistakes that no rule was written for, to measure what cleaning does with them:
//! `unseen TRUTH SEED OUTPUT [second]`.
//!
//! `TRUTH` has a row per unit, as `vardenkat clean` wants its input, without mistakes. `OUTPUT` gets `truth.csv` (where
//! a mistake is about averages, posts are made to agree with a round one), `observed.csv` and `labels.csv`: what was done
//! to a cell, and whether somebody who sees only this row could be certain of what was meant. `second`
//! makes other kinds, in the place of those that were thought of first.

mod chance;
mod mistakes;
mod unit;

use std::{error::Error, fs, path::PathBuf};

use csv::{Reader, Writer};

use crate::{
    chance::Chance,
    mistakes::{FIRST, SECOND},
    unit::{Unit, hundredths},
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (truth, seed, output, kinds) = match arguments.as_slice() {
        [truth, seed, output] => (truth, seed, output, FIRST),
        [truth, seed, output, set] if set == "second" => (truth, seed, output, SECOND),
        _ => return Err("unseen TRUTH SEED OUTPUT [second]".into()),
    };
    let output = PathBuf::from(output);
    fs::create_dir_all(&output)?;
    let mut chance = Chance::new(seed.parse()?);
    let mut table = Reader::from_path(truth)?;
    let headers = table.headers()?.clone();
    let file = |name: &str| Writer::from_path(output.join(name));
    let (mut truths, mut observed, mut labels) = (
        file("truth.csv")?,
        file("observed.csv")?,
        file("labels.csv")?,
    );
    truths.write_record(&headers)?;
    observed.write_record(&headers)?;
    labels.write_record([
        "id",
        "column",
        "error",
        "fmt",
        "determinable",
        "rule",
        "innocent",
    ])?;
    for record in table.records() {
        let record = record?;
        let values: Vec<Option<i64>> = record.iter().map(hundredths).collect();
        let mut unit = Unit {
            columns: headers.iter().map(str::to_owned).collect(),
            typed: Vec::new(),
            labels: vec![None; values.len()],
            truth: values.iter().map(|value| value.unwrap_or(0)).collect(),
            comma: chance.below(5) < 3,
        };
        unit.typed = unit.written(&record, &values);
        let mut ticket = chance.below(1000);
        let mut made = "";
        for (share, name, mistake) in kinds {
            if ticket < *share {
                mistake(&mut unit, &mut chance);
                made = name;
                break;
            }
            ticket -= share;
        }
        let blanks = chance.below(3);
        for place in 0..unit.columns.len() {
            let column = &unit.columns[place];
            let may_be_blank = column.ends_with("_fte") || column.ends_with("_persons");
            let closed = column.ends_with("_need_fte") && unit.truth_of("need") == 0;
            let first = column.starts_with("gp_specialist");
            let zero = !first && unit.truth[place] == 0 && unit.typed[place] == "0" && may_be_blank;
            if zero && !closed && !column.starts_with("st_") && chance.below(2) < blanks {
                unit.typed[place].clear();
                labels.write_record([&record[0], column, "blank_zero", "", "yes", "", ""])?;
            }
            if let Some(certain) = unit.labels[place] {
                let certain = if certain { "yes" } else { "no" };
                labels.write_record([
                    &record[0],
                    &unit.columns[place],
                    made,
                    "",
                    certain,
                    "",
                    "",
                ])?;
            }
        }
        observed.write_record(&unit.typed)?;
        unit.comma = false;
        truths.write_record(unit.written(&record, &values))?;
    }
    for mut file in [truths, observed, labels] {
        file.flush()?;
    }
    Ok(())
}

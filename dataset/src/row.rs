//! One row: from texts to clean values, flags and a ledger.

use csv::{StringRecord, Writer};
use survey::{
    answers::Number,
    cleaning::{Author, Certainty, Cleaned, Raw, RuleSet, clean},
    instrument::Instrument,
    submission::State,
    text::Language,
};

use crate::{
    header::{Column, Header},
    register::Registers,
};

/// What a batch of rows gives, as bytes of the three files.
#[derive(Default)]
pub(crate) struct Written {
    pub cleaned: Vec<u8>,
    pub flags: Vec<u8>,
    pub ledger: Vec<u8>,
    pub counts: Counts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub rows: u64,
    pub changes: u64,
    pub flags: u64,
    pub flagged_rows: u64,
}

pub(crate) struct Cleaner<'a> {
    pub rules: &'a RuleSet,
    pub instrument: &'a Instrument,
    pub header: &'a Header,
    pub columns: &'a [String],
    pub registers: &'a Registers,
}

pub(crate) const FLAGS: [&str; 3] = ["id", "column", "rule"];
pub(crate) const LEDGER: [&str; 10] = [
    "id",
    "column",
    "before",
    "after",
    "status",
    "rule",
    "version",
    "certainty",
    "by",
    "evidence",
];

impl Cleaner<'_> {
    /// Answers that were not in the file were not asked for.
    pub fn template(&self) -> Raw {
        let mut raw = Raw::blank(self.instrument);
        for place in 0..self.instrument.variables().len() {
            raw.silence(place, State::NotAsked);
        }
        raw
    }

    pub fn batch(&self, raw: &mut Raw, records: &[StringRecord]) -> Result<Written, csv::Error> {
        let mut cleaned = Writer::from_writer(Vec::with_capacity(records.len() * 256));
        let mut flags = Writer::from_writer(Vec::new());
        let mut ledger = Writer::from_writer(Vec::with_capacity(records.len() * 1024));
        let mut counts = Counts::default();
        for record in records {
            let id = record.get(self.header.id).unwrap_or_default();
            self.fill(raw, record, id);
            let result = clean(self.rules, self.instrument, raw, &[]);
            self.write_values(&mut cleaned, record, &result)?;
            counts.rows += 1;
            counts.changes += result.ledger.len() as u64;
            let before = counts.flags;
            for query in &result.queries {
                for variable in &query.variables {
                    if self.columns.contains(variable) {
                        flags.write_record([id, variable, &query.rule])?;
                        counts.flags += 1;
                    }
                }
            }
            counts.flagged_rows += u64::from(counts.flags > before);
            self.write_ledger(&mut ledger, id, &result)?;
        }
        Ok(Written {
            cleaned: bytes(cleaned)?,
            flags: bytes(flags)?,
            ledger: bytes(ledger)?,
            counts,
        })
    }

    fn fill(&self, raw: &mut Raw, record: &StringRecord, id: &str) {
        raw.register = self.registers.get(id.trim()).cloned().unwrap_or_default();
        for (column, typed) in self.header.columns.iter().zip(record) {
            match column {
                Column::Other => {}
                Column::Number(place) => raw.set(*place, typed),
                Column::Gate(place) => match (typed.trim(), self.rules.gate(*place)) {
                    ("1", Some((open, _))) => raw.set(*place, open),
                    ("0", Some((_, closed))) => raw.set(*place, closed),
                    _ => raw.set(*place, typed),
                },
            }
        }
    }

    fn write_values(
        &self,
        to: &mut Writer<Vec<u8>>,
        record: &StringRecord,
        result: &Cleaned,
    ) -> Result<(), csv::Error> {
        for (column, typed) in self.header.columns.iter().zip(record) {
            match column {
                Column::Other => to.write_field(typed)?,
                Column::Number(place) => {
                    let number = result.values.get(*place).and_then(|value| value.number);
                    to.write_field(number.map(Number::to_plain).unwrap_or_default())?;
                }
                Column::Gate(place) => {
                    let answer = result
                        .values
                        .get(*place)
                        .and_then(|value| value.text.as_deref());
                    to.write_field(match (answer, self.rules.gate(*place)) {
                        (Some(answer), Some((open, _))) if answer == open => "1",
                        (Some(answer), Some((_, closed))) if answer == closed => "0",
                        _ => "",
                    })?;
                }
            }
        }
        to.write_record(None::<&[u8]>)
    }

    fn write_ledger(
        &self,
        to: &mut Writer<Vec<u8>>,
        id: &str,
        result: &Cleaned,
    ) -> Result<(), csv::Error> {
        for entry in &result.ledger {
            let after = entry
                .after
                .map(Number::to_plain)
                .or_else(|| entry.text.clone())
                .unwrap_or_default();
            let certainty = match entry.certainty {
                Certainty::Certain => "certain".to_owned(),
                Certainty::Decibans(decibans) => format!("{decibans} dB"),
                Certainty::Decided => "decided".to_owned(),
            };
            let by = match &entry.by {
                Author::Rule => "rule",
                Author::Editor(name) => name,
            };
            let sentence = self
                .rules
                .sentence(&entry.rule, &entry.evidence, Language::Swedish);
            to.write_record([
                id,
                &entry.variable,
                &entry.before,
                &after,
                entry.status.name(),
                &entry.rule,
                &entry.version,
                &certainty,
                by,
                &sentence,
            ])?;
        }
        Ok(())
    }
}

fn bytes(writer: Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

//! What is summed and published: every column of a table of numbers, and every number that is asked for by itself.

use std::collections::BTreeMap;

use super::Amounts;
use crate::{
    answers::Number,
    instrument::{Body, Instrument, NumberMatrix, Question},
    text::Text,
};

/// A sum over all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The question's key, with that of the column where it has columns: `staffing.fte`.
    pub key: String,
    pub label: Text,
    /// What it is the sum of, each published by itself too. One where the question has no rows.
    pub cells: Vec<Cell>,
}

/// The part of a total that stands in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub variable: String,
    /// Of the variable in [`Instrument::variables`].
    pub place: usize,
    pub label: Text,
}

/// The totals of an instrument, and where its variables count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub list: Vec<Total>,
    /// Total and cell, by the variable's place.
    index: BTreeMap<usize, (usize, usize)>,
}

/// A sum or a difference in millionths: wider than a [`Number`], since it is of many.
pub type Millionths = i128;

/// How large the totals are in the country, in each region and in each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub country: Vec<Millionths>,
    pub regions: BTreeMap<String, Vec<Millionths>>,
    /// By total, then by cell.
    pub cells: Vec<Vec<Millionths>>,
}

impl Totals {
    pub fn of(instrument: &Instrument) -> Self {
        let mut totals = Self::default();
        for (_, _, question) in instrument.questions() {
            match &question.body {
                Body::NumberMatrix(matrix) => totals.add_columns(instrument, question, matrix),
                Body::Number(_) => {
                    // A question is long; what the register calls the same figure is short.
                    let field = instrument
                        .register
                        .iter()
                        .find(|field| field.key == question.key);
                    let label = field.map_or(&question.text, |field| &field.label);
                    let cell = (question.key.clone(), label.clone());
                    totals.add(instrument, question.key.clone(), label.clone(), [cell]);
                }
                Body::Choice { .. }
                | Body::Choices { .. }
                | Body::ChoiceMatrix { .. }
                | Body::Text(_)
                | Body::Contact { .. } => {}
            }
        }
        totals
    }

    /// Where the variable at `place` counts: total and cell.
    pub fn counts_in(&self, place: usize) -> Option<(usize, usize)> {
        self.index.get(&place).copied()
    }

    fn add_columns(&mut self, instrument: &Instrument, question: &Question, matrix: &NumberMatrix) {
        for column in &matrix.columns {
            let label = match matrix.rows.as_slice() {
                [row] => joined(&row.label, &column.label),
                _ => column.label.clone(),
            };
            let cells = matrix
                .rows
                .iter()
                .map(|row| (NumberMatrix::cell(row, column), row.label.clone()));
            let key = format!("{}.{}", question.key, column.key);
            self.add(instrument, key, label, cells);
        }
    }

    fn add(
        &mut self,
        instrument: &Instrument,
        key: String,
        label: Text,
        cells: impl IntoIterator<Item = (String, Text)>,
    ) {
        let mut total = Total {
            key,
            label,
            cells: Vec::new(),
        };
        for (variable, label) in cells {
            if let Some(place) = instrument.place_of(&variable) {
                self.index
                    .insert(place, (self.list.len(), total.cells.len()));
                total.cells.push(Cell {
                    variable,
                    place,
                    label,
                });
            }
        }
        self.list.push(total);
    }
}

impl Sums {
    pub fn none(totals: &Totals) -> Self {
        Self {
            country: vec![0; totals.list.len()],
            regions: BTreeMap::new(),
            cells: totals
                .list
                .iter()
                .map(|total| vec![0; total.cells.len()])
                .collect(),
        }
    }

    /// Adds what a unit counts.
    pub fn add(&mut self, totals: &Totals, region: &str, amounts: &Amounts) {
        let regional = self
            .regions
            .entry(region.to_owned())
            .or_insert_with(|| vec![0; totals.list.len()]);
        for (place, counted) in amounts.all_counted() {
            let Some((total, cell)) = totals.counts_in(place) else {
                continue;
            };
            let counted = millionths(counted);
            self.country[total] += counted;
            regional[total] += counted;
            self.cells[total][cell] += counted;
        }
    }

    pub fn region(&self, region: &str, total: usize) -> Millionths {
        self.regions
            .get(region)
            .and_then(|totals| totals.get(total))
            .copied()
            .unwrap_or_default()
    }
}

pub fn millionths(number: Number) -> Millionths {
    number.millionths().into()
}

fn joined(one: &Text, other: &Text) -> Text {
    let join = |one: &str, other: &str| format!("{one}: {other}");
    Text {
        sv: join(&one.sv, &other.sv),
        en: one
            .en
            .as_ref()
            .zip(other.en.as_ref())
            .map(|(one, other)| join(one, other)),
    }
}

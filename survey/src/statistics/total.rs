//! What is summed and published: every column of a table of numbers, and every number that is asked for by itself.

use std::collections::BTreeMap;

use super::Amounts;
use crate::{
    answers::Number,
    instrument::{Body, Instrument, NumberMatrix, Question, VariableKind},
    text::Text,
};

/// A sum over all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The question's key, with that of the column where it has columns: `staffing.fte`.
    pub key: String,
    pub label: Text,
    /// What it counts: "heltidstjänster".
    pub unit: Option<Text>,
    /// What its rows are: "Profession". None where it is not made of rows.
    pub heading: Option<Text>,
    /// What it is the sum of, each published by itself too. One where the question has no rows.
    pub cells: Vec<Cell>,
}

/// The part of a total that stands in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub variable: String,
    /// Of the variable in [`Instrument::variables`].
    pub place: usize,
    /// The key of the row, the same in every table that has the row; the question's where it has no rows.
    pub row: String,
    pub label: Text,
}

/// A number that is published: a total, or the part of it that stands in one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// The total's place in [`Totals::list`].
    pub total: usize,
    /// The cell's place in [`Total::cells`]; none for the whole total.
    pub cell: Option<usize>,
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

/// How large the figures are in the country and in each region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    country: Level,
    regions: BTreeMap<String, Level>,
}

/// The figures of the country, or of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Level {
    totals: Vec<Millionths>,
    /// By total, then by cell.
    cells: Vec<Vec<Millionths>>,
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
                    let key = question.key.clone();
                    let cell = (key.clone(), key.clone(), label.clone());
                    totals.add(instrument, key, label.clone(), None, [cell]);
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

    /// The figure's name: that of the total, with that of the row.
    pub fn label(&self, figure: Figure) -> Option<Text> {
        let total = self.list.get(figure.total)?;
        match figure.cell {
            None => Some(total.label.clone()),
            Some(cell) => Some(joined(&total.label, &total.cells.get(cell)?.label)),
        }
    }

    /// Every row that something is published by, with its name: once, in the order of the questionnaire.
    pub fn rows(&self) -> Vec<(&str, &Text)> {
        let mut rows: Vec<(&str, &Text)> = Vec::new();
        let in_rows = self.list.iter().filter(|total| total.heading.is_some());
        for cell in in_rows.flat_map(|total| &total.cells) {
            if !rows.iter().any(|(key, _)| *key == cell.row) {
                rows.push((&cell.row, &cell.label));
            }
        }
        rows
    }

    /// What of the totals stands in one row: those that have it, each with that cell alone.
    #[must_use]
    pub fn in_row(&self, row: &str) -> Self {
        let mut narrowed = Self::default();
        for total in &self.list {
            let cells = total.cells.iter().filter(|cell| cell.row == row);
            let cells: Vec<Cell> = cells.cloned().collect();
            for (number, cell) in cells.iter().enumerate() {
                let place = (narrowed.list.len(), number);
                narrowed.index.insert(cell.place, place);
            }
            if !cells.is_empty() {
                narrowed.list.push(Total {
                    cells,
                    ..total.clone()
                });
            }
        }
        narrowed
    }

    /// Whether the figure is one row of several.
    pub fn is_row(&self, figure: Figure) -> bool {
        let total = self.list.get(figure.total);
        figure.cell.is_some() && total.is_some_and(|total| total.heading.is_some())
    }

    /// What the rows are called together.
    pub fn heading(&self) -> Option<&Text> {
        self.list.iter().find_map(|total| total.heading.as_ref())
    }

    fn add_columns(&mut self, instrument: &Instrument, question: &Question, matrix: &NumberMatrix) {
        for column in &matrix.columns {
            let label = match matrix.rows.as_slice() {
                [row] => joined(&row.label, &column.label),
                _ => column.label.clone(),
            };
            let cells = matrix.rows.iter().map(|row| {
                let variable = NumberMatrix::cell(row, column);
                (variable, row.key.clone(), row.label.clone())
            });
            let heading = (matrix.rows.len() > 1).then(|| matrix.row_heading.clone());
            let key = format!("{}.{}", question.key, column.key);
            self.add(instrument, key, label, heading, cells);
        }
    }

    fn add(
        &mut self,
        instrument: &Instrument,
        key: String,
        label: Text,
        heading: Option<Text>,
        cells: impl IntoIterator<Item = (String, String, Text)>,
    ) {
        let mut total = Total {
            key,
            label,
            unit: None,
            heading,
            cells: Vec::new(),
        };
        for (variable, row, label) in cells {
            if let Some(place) = instrument.place_of(&variable) {
                if let Some(VariableKind::Number(field)) =
                    instrument.variable(&variable).map(|known| &known.kind)
                {
                    total.unit.clone_from(&field.unit);
                }
                self.index
                    .insert(place, (self.list.len(), total.cells.len()));
                total.cells.push(Cell {
                    variable,
                    place,
                    row,
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
            country: Level::none(totals),
            regions: BTreeMap::new(),
        }
    }

    /// Adds what a unit counts.
    pub fn add(&mut self, totals: &Totals, region: &str, amounts: &Amounts) {
        let regional = self
            .regions
            .entry(region.to_owned())
            .or_insert_with(|| Level::none(totals));
        for (place, counted) in amounts.all_counted() {
            if let Some((total, cell)) = totals.counts_in(place) {
                for level in [&mut self.country, &mut *regional] {
                    level.totals[total] += millionths(counted);
                    level.cells[total][cell] += millionths(counted);
                }
            }
        }
    }

    /// A figure of the country, or of a region.
    pub fn of(&self, region: Option<&str>, figure: Figure) -> Millionths {
        let level = match region {
            None => Some(&self.country),
            Some(region) => self.regions.get(region),
        };
        level
            .and_then(|level| match figure.cell {
                None => level.totals.get(figure.total),
                Some(cell) => level.cells.get(figure.total)?.get(cell),
            })
            .copied()
            .unwrap_or_default()
    }

    /// Every region that has a unit.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.regions.keys().map(String::as_str)
    }
}

impl Level {
    fn none(totals: &Totals) -> Self {
        let of = |total: &Total| vec![0; total.cells.len()];
        Self {
            totals: vec![0; totals.list.len()],
            cells: totals.list.iter().map(of).collect(),
        }
    }
}

impl Figure {
    pub fn total(total: usize) -> Self {
        Self { total, cell: None }
    }

    pub fn cell(total: usize, cell: usize) -> Self {
        Self {
            total,
            cell: Some(cell),
        }
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

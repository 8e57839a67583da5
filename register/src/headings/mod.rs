//! Which row has the headings, and what each column is likely about.

mod mapping;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use crate::{classes::ClassList, field::Field, plain::tidy, read::Table};

pub use mapping::{Mapping, MappingFault};

/// What a sender's headings meant last time; `None`: the column was left out. Keys are headings as [`heading_key`] writes them.
pub type Remembered = BTreeMap<String, Option<Field>>;

/// How a heading is remembered and compared: `E-post (chef)` → `e post chef`.
pub fn heading_key(heading: &str) -> String {
    crate::plain::plain(heading)
}

/// The headings of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// Index in the table.
    pub row: usize,
    /// As Excel or a text editor counts.
    pub number: u32,
    /// One for each column of the table.
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// From 0.
    pub index: usize,
    pub title: String,
    /// The first three cells below that hold anything, for recognising a column by its content.
    pub examples: Vec<String>,
    /// Best first. More than one, or none certain enough, is for the user to decide.
    pub suggestions: Vec<Suggestion>,
    /// What to preselect: a suggestion that is remembered, sure or likely, and that no other column has a claim to as good.
    pub chosen: Option<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub field: Field,
    pub certainty: Certainty,
}

/// Greater is more certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The heading may be about this, or has words that are not known.
    Possible,
    /// The heading usually means this: `E-post` of a chief.
    Likely,
    /// The heading says this and nothing else.
    Sure,
    /// The sender's heading was mapped so last time.
    Remembered,
}

/// Rows that may be preamble.
const LOOKED_AT: usize = 50;
/// A longer text is a sentence.
const LONGEST: usize = 80;
const EXAMPLES: usize = 3;

/// Finds the row with headings among the first fifty, below any preamble. `None`: no row looks like headings;
/// let the user point one out, and use [`headings_at`].
pub fn find_headings(
    table: &Table,
    remembered: &Remembered,
    classes: &[ClassList],
) -> Option<Headings> {
    let mut best: Option<(usize, usize)> = None;
    for row in table.rows().take(LOOKED_AT) {
        let fields: BTreeSet<Field> = row
            .cells()
            .filter_map(|title| {
                suggestions(title, remembered, classes)
                    .into_iter()
                    .find(|suggestion| suggestion.certainty > Certainty::Possible)
            })
            .map(|suggestion| suggestion.field)
            .collect();
        if fields.len() > best.map_or(0, |(count, _)| count) {
            best = Some((fields.len(), row.index()));
        }
    }
    best.and_then(|(_, row)| headings_at(table, row, remembered, classes))
}

/// The headings in the row with this index, whatever it looks like.
pub fn headings_at(
    table: &Table,
    row: usize,
    remembered: &Remembered,
    classes: &[ClassList],
) -> Option<Headings> {
    let heading_row = table.row(row)?;
    let mut columns: Vec<Column> = (0..table.columns())
        .map(|index| {
            let title = heading_row.cell(index);
            Column {
                index,
                title: tidy(title),
                examples: examples(table, row, index),
                suggestions: suggestions(title, remembered, classes),
                chosen: None,
            }
        })
        .collect();
    choose(&mut columns);
    Some(Headings {
        row,
        number: heading_row.number(),
        columns,
    })
}

impl Headings {
    /// The preselected columns, for [`Mapping::new`].
    pub fn chosen(&self) -> impl Iterator<Item = (usize, Field)> {
        self.columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)))
    }
}

fn suggestions(title: &str, remembered: &Remembered, classes: &[ClassList]) -> Vec<Suggestion> {
    if title.is_empty() || title.len() > LONGEST {
        return Vec::new();
    }
    let suggested = || vocabulary::suggestions(title, classes);
    match remembered.get(&heading_key(title)) {
        Some(Some(field)) => {
            let mut all = vec![Suggestion {
                field: field.clone(),
                certainty: Certainty::Remembered,
            }];
            all.extend(
                suggested()
                    .into_iter()
                    .filter(|suggestion| suggestion.field != *field),
            );
            all
        }
        // Left out last time: suggested no more than as possible.
        Some(None) => suggested()
            .into_iter()
            .map(|suggestion| Suggestion {
                certainty: Certainty::Possible,
                ..suggestion
            })
            .collect(),
        None => suggested(),
    }
}

fn examples(table: &Table, heading_row: usize, column: usize) -> Vec<String> {
    (heading_row + 1..table.len().min(heading_row + 1 + LOOKED_AT))
        .filter_map(|index| table.row(index))
        .map(|row| row.cell(column))
        .filter(|cell| !cell.is_empty())
        .take(EXAMPLES)
        .map(|cell| tidy(cell).chars().take(LONGEST).collect())
        .collect()
}

/// The most certain claims first. Where two columns claim one field equally, neither gets it.
fn choose(columns: &mut [Column]) {
    for certainty in [Certainty::Remembered, Certainty::Sure, Certainty::Likely] {
        loop {
            let taken: BTreeSet<Field> = columns
                .iter()
                .filter_map(|column| column.chosen.clone())
                .collect();
            // Each column's first suggestion that is still free.
            let mut claims: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
            for column in columns.iter().filter(|column| column.chosen.is_none()) {
                let claim = column.suggestions.iter().find(|suggestion| {
                    suggestion.certainty == certainty && !taken.contains(&suggestion.field)
                });
                if let Some(claim) = claim {
                    claims
                        .entry(claim.field.clone())
                        .or_default()
                        .push(column.index);
                }
            }
            let mut chosen = false;
            for (field, claimants) in claims {
                if let [only] = claimants[..]
                    && let Some(column) = columns.get_mut(only)
                {
                    column.chosen = Some(field);
                    chosen = true;
                }
            }
            if !chosen {
                break;
            }
        }
    }
}

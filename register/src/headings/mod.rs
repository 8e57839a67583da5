//! Which row has the headings, and what each column is likely about.

mod mapping;

use std::collections::BTreeMap;

use crate::{classes::ClassList, field::Field, read::Table};

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
    /// What to preselect: a suggestion that is remembered, sure or likely, and that no other column has a better claim to.
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
    /// The heading may be about this and other things: `E-post`.
    Possible,
    /// All the words are there, among others.
    Likely,
    /// The heading says this and nothing else.
    Sure,
    /// The sender's heading was mapped so last time.
    Remembered,
}

/// Finds the row with headings among the first fifty, below any preamble. `None`: no row looks like headings;
/// let the user point one out, and use [`headings_at`].
pub fn find_headings(
    _table: &Table,
    _remembered: &Remembered,
    _classes: &[ClassList],
) -> Option<Headings> {
    None
}

/// The headings in the row with this index, whatever it looks like.
pub fn headings_at(
    _table: &Table,
    _row: usize,
    _remembered: &Remembered,
    _classes: &[ClassList],
) -> Option<Headings> {
    None
}

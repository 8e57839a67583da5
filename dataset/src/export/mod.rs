//! Answers as files to analyse: raw, cleaned, or both side by side.
//!
//! A [`Table`] says which columns there are, from the instrument alone, and makes a row of cells of each [`Record`]. What
//! writes a file knows nothing of answers but cells: [`Csv`] line by line, [`workbook`] at once. A new format is one more
//! such writer. The [`Codebook`] tells what each column holds. Personal data has no column.

mod about;
mod cell;
mod codebook;
mod csv;
mod excel;
mod name;
mod record;
mod table;
mod tally;
mod words;
mod xlsx;

pub use about::{About, Cut};
pub use cell::Cell;
pub use codebook::{Codebook, Entry, Holds};
pub use csv::{Csv, Dialect};
pub use name::{Format, codebook_name, figures_name, file_name};
pub use record::Record;
pub use table::{Column, Kind, Part, Source, Table};
pub use tally::Tally;
pub use words::{Words, WordsError};
pub use xlsx::{WorkbookError, workbook};

//! Tables of answers as files. No database, no clock, no randomness: the same input gives the same bytes.
//!
//! [`clean`] reads a table that was collected elsewhere, cleans it row by row on every core, and writes the clean table,
//! the cells for review and the ledger. Memory is bounded by the length of a row, but for the register and one number per
//! row that keeps identities apart. [`export`] writes what was collected here, raw and cleaned, with its codebook.

mod clean;
mod error;
pub mod export;
mod header;
mod output;
mod register;
mod row;
mod table;

pub use clean::{Files, Summary, clean};
pub use error::{CleanError, FileFault};

//! Tables of answers as files. [`clean`] reads one that was collected elsewhere, cleans it row by row on every core, and
//! writes the clean table, the cells for review and the ledger. Memory is bounded by the length of a row, but for the
//! register and one number per row that keeps identities apart.

mod clean;
mod error;
mod header;
mod output;
mod register;
mod row;
mod table;

pub use clean::{Files, Summary, clean};
pub use error::{CleanError, FileFault};

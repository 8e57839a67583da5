//! Why a table could not be cleaned.

use std::{fmt, io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    /// Nothing was written.
    #[error(transparent)]
    Faulty(#[from] FileFault),
    /// What stood there before is still there.
    #[error("{}: {source}", file.display())]
    Write { file: PathBuf, source: io::Error },
    /// A thread ended before its work was done.
    #[error("the work was broken off")]
    BrokenOff,
}

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct FileFault {
    pub file: PathBuf,
    /// The row in the file, from 1; the header is the first.
    pub row: Option<u64>,
    pub column: Option<String>,
    pub reason: String,
}

impl std::error::Error for FileFault {}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

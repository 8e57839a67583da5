//! How much a file may hold before it is refused.

/// The defaults take a register ten times the country's and leave a small server standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as sent.
    pub bytes: usize,
    /// Rows with anything in them, preamble and headings included.
    pub rows: usize,
    /// Columns up to the last that holds anything.
    pub columns: usize,
    /// Bytes of one cell, as UTF-8.
    pub cell: usize,
    /// Bytes of all cells together, as UTF-8.
    pub text: usize,
    /// Bytes unpacked from an Excel file, all parts that are opened together.
    pub unpacked: u64,
    /// Unpacked bytes for each packed one, in parts that unpack to more than eight megabytes.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            rows: 200_000,
            columns: 200,
            cell: 8_000,
            text: 128 << 20,
            unpacked: 512 << 20,
            ratio: 200,
        }
    }
}

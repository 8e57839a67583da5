//! Why a file cannot be read at all.

use thiserror::Error;

/// Nothing of the file is taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {bytes} bytes; at most {limit} are taken")]
    TooLarge { bytes: usize, limit: usize },
    #[error("row {row}: there are more than {limit} rows")]
    TooManyRows { row: u32, limit: usize },
    #[error("row {row}: there are more than {limit} columns")]
    TooManyColumns { row: u32, limit: usize },
    #[error(
        "row {row}, column {column}: a cell has more than {limit} bytes; is a quotation mark opened and never closed?"
    )]
    CellTooLong {
        row: u32,
        /// From 1.
        column: usize,
        limit: usize,
    },
    #[error("the cells hold more than {limit} bytes of text together")]
    TooMuchText { limit: usize },
    #[error(
        "the file is an Excel file of the old kind (.xls); open it in Excel and save it as .xlsx"
    )]
    OldExcel,
    #[error("the file is a binary Excel file (.xlsb); open it in Excel and save it as .xlsx")]
    BinaryExcel,
    #[error("the file is protected by a password; save it without one")]
    Protected,
    #[error("the file is an OpenDocument file; save it as .xlsx or .csv")]
    OpenDocument,
    #[error(
        "the file is a web page, whatever its name says; open it in Excel and save it as .xlsx"
    )]
    WebPage,
    #[error("the file is a PDF; a register is a table: .xlsx or .csv")]
    Pdf,
    #[error("the file is neither a text file nor an Excel file")]
    NotATable,
    /// A zip file that is cut short, or whose parts do not agree with its directory.
    #[error("the Excel file is damaged: {0}")]
    Damaged(Damage),
    #[error(
        "the Excel file unpacks to far more than a register needs ({part}: more than {limit} bytes); it is not opened"
    )]
    UnpacksTooLarge { part: String, limit: u64 },
    #[error(
        "the Excel file declares entities of its own ({part}), which no Excel does; it is not opened"
    )]
    Entities { part: String },
    #[error("the Excel file has no sheet that holds anything")]
    NoSheet,
    #[error("there is no sheet {name:?} in the file; there are {}", sheets.join(", "))]
    NoSuchSheet { name: String, sheets: Vec<String> },
}

/// What is damaged in an Excel file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    #[error("the file is cut short, or is no zip file")]
    Directory,
    #[error("{part} is missing")]
    Missing { part: String },
    #[error("{part} cannot be unpacked")]
    Unpacking { part: String },
    #[error("{part} is not well-formed")]
    Xml { part: String },
    #[error("{part} names a cell {cell:?} that no sheet has")]
    Cell { part: String, cell: String },
}

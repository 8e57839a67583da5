//! A file as a grid of texts.

/// What the file was, for whoever wonders why letters or columns look odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    Separated {
        encoding: Encoding,
        separator: char,
    },
    Excel {
        /// The sheet that was read.
        sheet: String,
        /// All sheets that can be chosen, in the file's order.
        sheets: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1252,
}

/// What is wrong with a cell before anyone knows what it is about. Such a cell reads as written; whoever takes its text asks here first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellFault {
    /// A formula whose value the file does not hold.
    FormulaWithoutValue,
    /// A text that a spreadsheet would take as a formula: it begins with `=` or `@`, or with `+` or `-` and calls something.
    LooksLikeFormula,
    /// Whole rows within one cell: a quotation mark was opened and not closed.
    SwallowsRows,
    /// `#N/A`, `#REF!` and the like.
    ExcelError,
    /// Bytes that are no letters in the file's encoding.
    Undecodable,
    /// Letters that were decoded wrongly before they came here: `Ã¥` for `å`.
    Garbled,
}

/// All rows that hold anything. Compact: one text for all cells.
#[derive(Clone, Debug)]
pub struct Table {
    pub format: Format,
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    rows: Vec<RowPlace>,
    /// Sorted by row and column.
    faults: Vec<(u32, u16, CellFault)>,
}

#[derive(Clone, Copy, Debug)]
struct RowPlace {
    number: u32,
    /// Of its first cell, among `ends`.
    first: u32,
}

/// One row; cells that are missing read as empty.
#[derive(Clone, Copy, Debug)]
pub struct TableRow<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// By index, not by number: rows that hold nothing are not there.
    pub fn row(&self, index: usize) -> Option<TableRow<'_>> {
        (index < self.rows.len()).then_some(TableRow { table: self, index })
    }

    pub fn rows(&self) -> impl ExactSizeIterator<Item = TableRow<'_>> {
        (0..self.rows.len()).map(|index| TableRow { table: self, index })
    }

    /// Columns of the widest row.
    pub fn columns(&self) -> usize {
        self.rows().map(|row| row.len()).max().unwrap_or(0)
    }
}

impl<'a> TableRow<'a> {
    pub fn index(&self) -> usize {
        self.index
    }

    /// As Excel or a text editor counts: from 1. A row that spans several lines has the number of its first.
    pub fn number(&self) -> u32 {
        self.table.rows[self.index].number
    }

    fn bounds(&self) -> (usize, usize) {
        let first = self.table.rows[self.index].first as usize;
        let end = self
            .table
            .rows
            .get(self.index + 1)
            .map_or(self.table.ends.len(), |next| next.first as usize);
        (first, end)
    }

    /// Cells up to the last that holds anything.
    pub fn len(&self) -> usize {
        let (first, end) = self.bounds();
        end - first
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn cell(&self, column: usize) -> &'a str {
        let (first, end) = self.bounds();
        let at = first + column;
        if at >= end {
            return "";
        }
        let start = at
            .checked_sub(1)
            .map_or(0, |before| self.table.ends[before] as usize);
        &self.table.text[start..self.table.ends[at] as usize]
    }

    pub fn cells(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.len()).map(|column| self.cell(column))
    }

    pub fn fault(&self, column: usize) -> Option<CellFault> {
        let column = u16::try_from(column).ok()?;
        let faults = &self.table.faults;
        let index = u32::try_from(self.index).ok()?;
        faults
            .binary_search_by_key(&(index, column), |(row, column, _)| (*row, *column))
            .ok()
            .map(|at| faults[at].2)
    }
}

/// Fills a table row by row.
pub(super) struct Builder {
    table: Table,
    /// Cells of the row under way that are empty so far: kept only if something follows.
    empty: usize,
    column: usize,
    started: bool,
}

impl Builder {
    pub fn new(format: Format) -> Self {
        Self {
            table: Table {
                format,
                text: String::new(),
                ends: Vec::new(),
                rows: Vec::new(),
                faults: Vec::new(),
            },
            empty: 0,
            column: 0,
            started: false,
        }
    }

    /// Bytes of all cells.
    pub fn text(&self) -> usize {
        self.table.text.len()
    }

    pub fn rows(&self) -> usize {
        self.table.rows.len()
    }

    pub fn begin(&mut self) {
        self.empty = 0;
        self.column = 0;
        self.started = false;
    }

    /// The next cell of row `number`.
    pub fn cell(&mut self, number: u32, text: &str, fault: Option<CellFault>) {
        let column = self.column;
        self.column += 1;
        if text.is_empty() && fault.is_none() {
            self.empty += 1;
            return;
        }
        if !self.started {
            self.started = true;
            self.table.rows.push(RowPlace {
                number,
                first: small(self.table.ends.len()),
            });
        }
        for _ in 0..std::mem::take(&mut self.empty) {
            self.table.ends.push(small(self.table.text.len()));
        }
        self.table.text.push_str(text);
        self.table.ends.push(small(self.table.text.len()));
        if let (Some(fault), Ok(column)) = (fault, u16::try_from(column)) {
            let index = small(self.table.rows.len().saturating_sub(1));
            self.table.faults.push((index, column, fault));
        }
    }

    /// The column that [`cell`](Builder::cell) fills next.
    pub fn column(&self) -> usize {
        self.column
    }

    pub fn finish(self) -> Table {
        self.table
    }
}

/// Limits keep both texts and cells far below four thousand million.
fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

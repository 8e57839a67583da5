//! A separated text as it comes: UTF-8, with or without a byte order mark, comma or semicolon.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use csv::{ReaderBuilder, StringRecord};

use crate::FileFault;

const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// The header decides what separates the fields; a longer one is decided by its beginning.
const LOOKED_AT: usize = 64 * 1024;

/// A table being read.
pub(crate) struct Table {
    file: PathBuf,
    reader: csv::Reader<BufReader<File>>,
    pub columns: Vec<String>,
}

impl Table {
    /// Opens a table and reads its header.
    pub fn open(file: &Path) -> Result<Self, FileFault> {
        let fault = |reason: String| FileFault {
            file: file.to_owned(),
            row: None,
            column: None,
            reason,
        };
        let unreadable = |error: std::io::Error| fault(error.to_string());
        let mut source = File::open(file).map_err(unreadable)?;
        let mut begin = Vec::new();
        source
            .by_ref()
            .take(LOOKED_AT as u64)
            .read_to_end(&mut begin)
            .map_err(unreadable)?;
        let skip = if begin.starts_with(&MARK) { 3 } else { 0 };
        source.seek(SeekFrom::Start(skip)).map_err(unreadable)?;
        let mut reader = ReaderBuilder::new()
            .delimiter(separator(&begin))
            .from_reader(BufReader::with_capacity(1 << 16, source));
        let header = reader
            .headers()
            .map_err(|error| broken(file, &error))?
            .clone();
        let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        for (place, name) in columns.iter().enumerate() {
            let wrong = if name.is_empty() {
                Some("The column has no name.")
            } else if columns.iter().take(place).any(|earlier| earlier == name) {
                Some("The column stands twice.")
            } else {
                None
            };
            if let Some(reason) = wrong {
                return Err(FileFault {
                    file: file.to_owned(),
                    row: Some(1),
                    column: Some(if name.is_empty() {
                        (place + 1).to_string()
                    } else {
                        name.clone()
                    }),
                    reason: reason.to_owned(),
                });
            }
        }
        Ok(Self {
            file: file.to_owned(),
            reader,
            columns,
        })
    }

    pub fn column(&self, name: &str) -> Result<usize, FileFault> {
        self.columns
            .iter()
            .position(|column| column == name)
            .ok_or_else(|| FileFault {
                file: self.file.clone(),
                row: Some(1),
                column: Some(name.to_owned()),
                reason: "The column is missing.".to_owned(),
            })
    }

    /// The next row; none at the end.
    pub fn next(&mut self, record: &mut StringRecord) -> Result<bool, FileFault> {
        self.reader
            .read_record(record)
            .map_err(|error| broken(&self.file, &error))
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    pub fn fault(&self, record: &StringRecord, column: usize, reason: &str) -> FileFault {
        FileFault {
            file: self.file.clone(),
            row: record.position().map(csv::Position::line),
            column: self.columns.get(column).cloned(),
            reason: reason.to_owned(),
        }
    }
}

/// Whichever of semicolon, tab and comma the header has most of, outside quotes.
fn separator(begin: &[u8]) -> u8 {
    let mut counts = [0; 3];
    let mut quoted = false;
    for byte in begin {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, semicolons, tabs] = counts;
    if semicolons > commas && semicolons >= tabs {
        b';'
    } else if tabs > commas {
        b'\t'
    } else {
        b','
    }
}

fn broken(file: &Path, error: &csv::Error) -> FileFault {
    let at = |position: &Option<csv::Position>| position.as_ref().map(csv::Position::line);
    let (row, column, reason) = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => (
            at(pos),
            None,
            format!("The row has {len} fields, and the header {expected_len}."),
        ),
        csv::ErrorKind::Utf8 { pos, err } => (
            at(pos),
            Some((err.field() + 1).to_string()),
            "The text is not UTF-8.".to_owned(),
        ),
        _ => (None, None, error.to_string()),
    };
    FileFault {
        file: file.to_owned(),
        row,
        column,
        reason,
    }
}

use dataset::export::{Csv, Dialect, Kind, Table};

use super::{DataError, DataFiles, files::CHUNK};

/// A CSV that is made while it is sent. Holds some hundred cases at a time, however many there are.
pub struct Lines {
    files: DataFiles,
    table: Table,
    kind: Kind,
    dialect: Dialect,
    begun: bool,
    /// Cases that are written.
    done: usize,
}

impl Lines {
    pub(super) fn of(files: DataFiles, kind: Kind, dialect: Dialect) -> Self {
        Self {
            table: Table::of(&files.instrument, kind),
            files,
            kind,
            dialect,
            begun: false,
            done: 0,
        }
    }

    /// The next piece of the file; nothing after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DataError> {
        let csv = Csv {
            table: &self.table,
            dialect: self.dialect,
        };
        let mut piece = String::new();
        if !self.begun {
            self.begun = true;
            csv.head(&mut piece);
        }
        let rest = self
            .files
            .cases(self.kind)
            .get(self.done..)
            .unwrap_or_default();
        let cases = &rest[..rest.len().min(CHUNK)];
        for record in self.files.records(cases).await? {
            csv.line(&record, &mut piece);
        }
        self.done += cases.len();
        Ok((!piece.is_empty()).then(|| piece.into_bytes()))
    }
}

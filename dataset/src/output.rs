//! Files that appear whole or not at all.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::CleanError;

/// A file under a temporary name, which goes away unless it is [`Whole::keep`]t.
pub(crate) struct Whole {
    to: PathBuf,
    temporary: PathBuf,
    writer: Option<BufWriter<File>>,
}

impl Whole {
    pub fn create(to: PathBuf) -> Result<Self, CleanError> {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let temporary = to.with_file_name(name);
        let file = File::create(&temporary).map_err(|source| CleanError::Write {
            file: temporary.clone(),
            source,
        })?;
        Ok(Self {
            to,
            temporary,
            writer: Some(BufWriter::with_capacity(1 << 16, file)),
        })
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<(), CleanError> {
        let written = match &mut self.writer {
            Some(writer) => writer.write_all(bytes),
            None => Ok(()),
        };
        written.map_err(|source| self.failed(source))
    }

    /// Everything is on the disk, still under the temporary name.
    pub fn finish(&mut self) -> Result<(), CleanError> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        writer
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .map_err(|source| self.failed(source))
    }

    pub fn keep(self) -> Result<(), CleanError> {
        fs::rename(&self.temporary, &self.to).map_err(|source| CleanError::Write {
            file: self.to.clone(),
            source,
        })
    }

    fn failed(&self, source: std::io::Error) -> CleanError {
        CleanError::Write {
            file: self.temporary.clone(),
            source,
        }
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        self.writer = None;
        // After `keep` there is nothing under this name; otherwise nobody is left to tell.
        let _ = fs::remove_file(&self.temporary);
    }
}

pub(crate) fn directory(path: &Path) -> Result<(), CleanError> {
    fs::create_dir_all(path).map_err(|source| CleanError::Write {
        file: path.to_owned(),
        source,
    })
}

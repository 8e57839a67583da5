//! The two ways of naming a database, the same for every command.

use std::path::{Path, PathBuf};

use clap::Args;

use super::CommandError;
use crate::{
    clock::Chance,
    links::{Secret, SecretError},
    storage::{Database, Location},
};

/// `--data DIR` for an embedded `SQLite`, `--database URL` for `PostgreSQL`.
#[derive(Debug, Args)]
pub(super) struct Where {
    /// Directory with the embedded database and the key of the links; made where missing.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Address of a `PostgreSQL` database. The key of the links is then read from `VARDENKAT_SECRET`, or from `secret.key` in --data.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum LocationError {
    #[error("cannot make the directory {directory}: {source}")]
    Directory {
        directory: PathBuf,
        source: std::io::Error,
    },
    #[error("VARDENKAT_SECRET: {0}")]
    Secret(SecretError),
}

impl Where {
    pub fn of(data: PathBuf) -> Self {
        Self {
            data,
            database: None,
        }
    }

    pub fn directory(&self) -> &Path {
        &self.data
    }

    pub async fn open(&self) -> Result<(Database, Secret), CommandError> {
        let location = match &self.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Directory(self.data.clone()),
        };
        std::fs::create_dir_all(&self.data).map_err(|source| LocationError::Directory {
            directory: self.data.clone(),
            source,
        })?;
        let database = Database::connect(&location).await?;
        let secret = match std::env::var("VARDENKAT_SECRET") {
            Ok(text) => text.parse().map_err(LocationError::Secret)?,
            Err(_) => Secret::read_or_make(&self.data.join(Secret::FILE), Chance.bytes()?)?,
        };
        Ok((database, secret))
    }
}

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use register::{ClassFile, read_classes};

use super::{CommandError, RegisterCommandError, told};
use crate::{
    clock::{Chance, Clock, Ids},
    command::location::Where,
    intake,
    storage::{Actor, Database, register::ClassKind},
};

/// Rows that cannot be used are told and left out; a file without any that can changes nothing.
#[derive(Debug, Args)]
pub(in crate::command) struct ClassesCommand {
    /// CSV or XLSX with a code and a class in each row.
    file: PathBuf,
    /// `municipality_type` (codes of municipalities) or `area_type` (codes of `RegSO`).
    #[arg(long)]
    kind: ClassKind,
    #[command(flatten)]
    place: Where,
}

impl ClassesCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let done = self.load(&database).await;
        database.close().await;
        done
    }

    async fn load(self, database: &Database) -> Result<(), CommandError> {
        let file = self.file.display().to_string();
        let content = std::fs::read(&self.file).map_err(|source| CommandError::File {
            file: file.clone(),
            source,
        })?;
        let kind = self.kind;
        let lists = intake::class_lists(database).await?;
        let list = lists
            .into_iter()
            .find(|list| list.key == kind.field())
            .ok_or(RegisterCommandError::NoClass(kind.field()))?;
        let read = tokio::task::spawn_blocking(move || {
            let mut telling = told::telling();
            let table = intake::table(&content, None, &mut telling)?;
            Ok(read_classes(
                &table,
                &list,
                intake::codes_of(kind),
                &mut telling,
            ))
        })
        .await
        .map_err(|_| RegisterCommandError::Stopped)?;
        let read: ClassFile = read.map_err(|why| RegisterCommandError::Unreadable {
            file: file.clone(),
            why,
        })?;
        for fault in &read.faults {
            println!(
                "faulty   row {}: {} ({:?})",
                fault.row, fault.problem, fault.text
            );
        }
        let entries: BTreeMap<String, String> = read.entries.into_iter().collect();
        if entries.is_empty() {
            eprintln!("vardenkat: {file}: no row has a code and a class; nothing was changed");
            return Err(CommandError::Told);
        }
        let name = self
            .file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let now = Clock::of_machine().now();
        let mut ids = Ids::new(Chance, now)?;
        let name = name.unwrap_or_default();
        let changed = database
            .load_classes(kind, &entries, &name, &Actor::CommandLine, now, &mut || {
                ids.next_id()
            })
            .await?;
        println!(
            "{} codes, {} faulty rows; {changed} units got another class",
            entries.len(),
            read.faults.len()
        );
        Ok(())
    }
}

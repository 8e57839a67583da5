use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use register::{ClassList, Field, Headings, Mapping, Table};

use super::{CommandError, RegisterCommandError, told};
use crate::{
    clock::{Chance, Clock, Ids},
    command::location::Where,
    intake::{self, Options, Preview},
    storage::{
        Actor, Database,
        register::{AcceptError, Acceptance},
    },
};

/// Exits with 1 where rows are faulty or unclear, and then changes nothing, unless --accept-faulty is given.
#[derive(Debug, Args)]
pub(in crate::command) struct ImportCommand {
    /// CSV or XLSX.
    file: PathBuf,
    /// Who sent it. A region's name: the file then tells of that region's units only. Headings are remembered per sender. A
    /// dry run without it takes the file for the whole country's.
    #[arg(long, required_unless_present = "dry_run", value_parser = intake::sender)]
    sender: Option<String>,
    /// Tell what the file would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// What a heading means, where it is not understood; may be repeated. Nothing after = leaves the column out.
    #[arg(long = "map", value_name = "HEADING=FIELD")]
    maps: Vec<String>,
    /// A sheet of an Excel file, by name.
    #[arg(long)]
    sheet: Option<String>,
    /// The row with the headings, as a text editor counts, where it is not found.
    #[arg(long, value_name = "ROW")]
    heading_row: Option<u32>,
    /// The file holds only some of the units: none is gone for not being in it.
    #[arg(long)]
    additions: bool,
    /// Leave faulty and unclear rows out and take the others.
    #[arg(long)]
    accept_faulty: bool,
    /// Let local heads get the mail of this chief of more than four centres, by address; may be repeated.
    #[arg(long = "relieve", value_name = "EMAIL")]
    relieved: Vec<String>,
    #[command(flatten)]
    place: Where,
}

impl ImportCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let done = self.import(&database).await;
        database.close().await;
        done
    }

    fn sender(&self) -> &str {
        self.sender.as_deref().unwrap_or(intake::COUNTRY)
    }

    fn name(&self) -> String {
        self.file.display().to_string()
    }

    async fn import(self, database: &Database) -> Result<(), CommandError> {
        let content = std::fs::read(&self.file).map_err(|source| CommandError::File {
            file: self.name(),
            source,
        })?;
        let hash = intake::file_hash(&content);
        let sheet = self.sheet.clone();
        let table = tokio::task::spawn_blocking(move || {
            intake::table(&content, sheet.as_deref(), &mut told::telling())
        })
        .await
        .map_err(|_| RegisterCommandError::Stopped)?
        .map_err(|why| RegisterCommandError::Unreadable {
            file: self.name(),
            why,
        })?;
        let lists = intake::class_lists(database).await?;
        let (headings, mapping) = self.mapped(database, &table, &lists).await?;
        let preview = self.preview(database, table, mapping, lists).await?;
        print!("{}", told::preview(&preview));
        let summary = preview.plan.summary;
        if summary.faulty + summary.unclear > 0 && !self.accept_faulty {
            eprintln!(
                "vardenkat: nothing was changed: mend the rows above, or leave them out with --accept-faulty"
            );
            return Err(CommandError::Told);
        }
        if self.dry_run {
            println!("Nothing was changed: this was a dry run.");
            return Ok(());
        }
        let columns = headings.columns.iter();
        let remember = intake::to_remember(
            columns.map(|column| (column.title.as_str(), column.chosen.as_ref())),
        );
        database.remember_mapping(self.sender(), &remember).await?;
        self.accept(database, preview, hash).await
    }

    async fn mapped(
        &self,
        database: &Database,
        table: &Table,
        lists: &[ClassList],
    ) -> Result<(Headings, Mapping), CommandError> {
        let remembered = database.remembered_mapping(self.sender()).await?;
        let heading_row = self.heading_row.and_then(|number| {
            table
                .rows()
                .find(|row| row.number() == number)
                .map(|row| row.index())
        });
        let options = Options {
            sheet: None,
            heading_row,
            additions: self.additions,
        };
        let found = match (self.heading_row, heading_row) {
            (Some(_), None) => None,
            _ => intake::headings(table, &options, &remembered, lists),
        };
        let mut headings =
            found.ok_or_else(|| RegisterCommandError::NoHeadings { file: self.name() })?;
        for map in &self.maps {
            self.apply(map, &mut headings, lists)?;
        }
        let columns = headings
            .columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)));
        let mapping =
            intake::mapping(table, &headings, columns, self.sender()).map_err(|faults| {
                RegisterCommandError::Mapping {
                    file: self.name(),
                    why: faults.iter().map(ToString::to_string).collect(),
                }
            })?;
        Ok((headings, mapping))
    }

    /// `--map HEADING=FIELD`
    fn apply(
        &self,
        map: &str,
        headings: &mut Headings,
        lists: &[ClassList],
    ) -> Result<(), RegisterCommandError> {
        let classes = lists.iter().map(|list| Field::Class(list.key.clone()));
        let fields: Vec<Field> = Field::ALL.into_iter().chain(classes).collect();
        let wrong = || {
            let keys: Vec<_> = fields
                .iter()
                .map(|field| field.key().into_owned())
                .collect();
            RegisterCommandError::Map(keys.join(", "))
        };
        let (heading, field) = map.rsplit_once('=').ok_or_else(wrong)?;
        let chosen = match field.trim() {
            "" => None,
            key => Some(
                Field::from_key(key)
                    .filter(|field| fields.contains(field))
                    .ok_or_else(wrong)?,
            ),
        };
        let titles: Vec<String> = headings
            .columns
            .iter()
            .map(|column| column.title.clone())
            .collect();
        let wanted = register::heading_key(heading);
        let column = headings
            .columns
            .iter_mut()
            .find(|column| register::heading_key(&column.title) == wanted)
            .ok_or_else(|| RegisterCommandError::NoSuchHeading {
                file: self.name(),
                heading: heading.to_owned(),
                headings: titles,
            })?;
        column.chosen.clone_from(&chosen);
        let index = column.index;
        for other in &mut headings.columns {
            if other.index != index && chosen.is_some() && other.chosen == chosen {
                other.chosen = None;
            }
        }
        Ok(())
    }

    async fn preview(
        &self,
        database: &Database,
        table: Table,
        mapping: Mapping,
        lists: Vec<ClassList>,
    ) -> Result<Preview, CommandError> {
        let known = database.known_units().await?;
        let classes = database.classes_by_code().await?;
        let scope = intake::scope(self.sender(), self.additions);
        let preview = tokio::task::spawn_blocking(move || {
            intake::preview(
                &table,
                &mapping,
                &lists,
                scope,
                (known, &classes),
                &mut told::telling(),
            )
        })
        .await
        .map_err(|_| RegisterCommandError::Stopped)?;
        Ok(preview)
    }

    async fn accept(
        self,
        database: &Database,
        preview: Preview,
        file_hash: [u8; 32],
    ) -> Result<(), CommandError> {
        let name = self
            .file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let relieved: BTreeSet<String> = self
            .relieved
            .iter()
            .map(|email| email.to_lowercase())
            .collect();
        let acceptance = Acceptance {
            upload: None,
            sender: self.sender().to_owned(),
            file_name: name.unwrap_or_default(),
            file_hash,
            checked: Arc::clone(&preview.checked),
            scope: preview.scope,
            relieved,
            previewed: Some(preview.plan.fingerprint),
        };
        let now = Clock::of_machine().now();
        let mut ids = Ids::new(Chance, now)?;
        let accepted = database
            .accept_import(&acceptance, &Actor::CommandLine, now, &mut || ids.next_id())
            .await;
        match accepted {
            Ok(import) => {
                println!(
                    "Done. The import is {}; it can be undone on the page Register.",
                    import.id
                );
                Ok(())
            }
            Err(AcceptError::NothingToDo) => {
                println!("Nothing in the file differs from the register.");
                Ok(())
            }
            Err(AcceptError::Stale(_) | AcceptError::NotWaiting) => {
                Err(RegisterCommandError::Stale.into())
            }
            Err(AcceptError::Stopped) => Err(RegisterCommandError::Stopped.into()),
            Err(AcceptError::Database(error)) => Err(error.into()),
        }
    }
}

use clap::Args;

use super::{CommandError, RegisterCommandError};
use crate::{
    clock::in_sweden,
    command::location::Where,
    storage::{
        Database,
        register::{Changed, Field, Source},
    },
};

/// The latest first.
#[derive(Debug, Args)]
pub(in crate::command) struct HistoryCommand {
    /// A unit's key; every unit's history, where none.
    #[arg(long, value_name = "KEY")]
    unit: Option<String>,
    #[command(flatten)]
    place: Where,
}

/// Lines read at a time.
const PAGE: u32 = 1_000;

impl HistoryCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let done = match &self.unit {
            Some(key) => of_unit(&database, key).await,
            None => whole(&database).await,
        };
        database.close().await;
        done
    }
}

async fn of_unit(database: &Database, key: &str) -> Result<(), CommandError> {
    let sheet = database
        .unit_sheet(key)
        .await?
        .ok_or_else(|| RegisterCommandError::NoUnit(key.to_owned()))?;
    for line in database.history_of_unit(sheet.unit.id).await? {
        println!("{}", told(line, None));
    }
    Ok(())
}

async fn whole(database: &Database) -> Result<(), CommandError> {
    for page in 0.. {
        let found = database.register_history(None, page, PAGE).await?;
        if found.lines.is_empty() {
            break;
        }
        for line in found.lines {
            println!("{}", told(line.changed, Some(&line.unit_key)));
        }
    }
    Ok(())
}

/// One line: when, who, whose where it is not known, what, and from where.
fn told(line: Changed, unit: Option<&str>) -> String {
    let file = line.file_name.as_deref().unwrap_or_default();
    let source = match line.source {
        Source::Import(_) => format!("file {file}"),
        Source::Undo(_) => format!("undone file {file}"),
        Source::Report(_) => "report".to_owned(),
        Source::Classes => "class file".to_owned(),
        Source::Staff => "by hand".to_owned(),
        Source::Delivery => "mail that came back".to_owned(),
        Source::Command => "command line".to_owned(),
        Source::Demo => "demo".to_owned(),
    };
    let before = line.change.before.unwrap_or_default();
    let after = line.change.after.unwrap_or_default();
    let what = match line.change.field {
        field @ (Field::Unit | Field::Contact) => format!("{field}: new: {after}"),
        field => format!("{field}: {before:?} -> {after:?}"),
    };
    let at = in_sweden(line.at).strftime("%Y-%m-%d %H:%M");
    let unit = unit.map(|key| format!("{key}  ")).unwrap_or_default();
    format!("{at}  {}  {unit}{what}  ({source})", line.actor)
}

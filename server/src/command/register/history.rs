use clap::Args;

use super::{CommandError, RegisterCommandError};
use crate::{
    clock::in_sweden,
    command::location::Where,
    storage::{
        Database,
        register::{Field, Source},
    },
};

/// The latest first.
#[derive(Debug, Args)]
pub(in crate::command) struct HistoryCommand {
    /// The unit's key.
    #[arg(long, value_name = "KEY")]
    unit: String,
    #[command(flatten)]
    place: Where,
}

impl HistoryCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let done = tell(&database, &self.unit).await;
        database.close().await;
        done
    }
}

async fn tell(database: &Database, key: &str) -> Result<(), CommandError> {
    let sheet = database
        .unit_sheet(key)
        .await?
        .ok_or_else(|| RegisterCommandError::NoUnit(key.to_owned()))?;
    for line in database.history_of_unit(sheet.unit.id).await? {
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
        println!("{at}  {}  {what}  ({source})", line.actor);
    }
    Ok(())
}

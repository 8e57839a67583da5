//! `vardenkat mail reports DIR`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::MailError;
use crate::clock::{Chance, Clock};
use crate::command::{CommandError, location::Where};
use crate::mail::{ReadReport, record};
use crate::storage::DeliveryOutcome;

#[derive(Debug, Args)]
pub(in crate::command) struct ReportsCommand {
    #[command(flatten)]
    place: Where,
    /// A maildir, whose new mails are moved to `cur`, or a directory of files, which stay. What was read before counts no more.
    directory: PathBuf,
}

/// How many of each.
#[derive(Default)]
struct Count {
    bounced: usize,
    noted: usize,
    strange: usize,
    known: usize,
    others: usize,
}

impl ReportsCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let new = self.directory.join("new");
        let is_maildir = new.is_dir();
        let from = if is_maildir { &new } else { &self.directory };
        let mut count = Count::default();
        for file in mails(from)? {
            let content = fs::read(&file).map_err(MailError::file(&file))?;
            match record(&database, &content, &Clock::of_machine(), Chance).await {
                Ok(outcomes) => outcomes.into_iter().for_each(|outcome| count.add(outcome)),
                Err(ReadReport::Report(_)) => count.others += 1,
                Err(ReadReport::Database(error)) => return Err(error.into()),
                Err(ReadReport::Chance(error)) => return Err(error.into()),
            }
            if is_maildir {
                move_to_cur(&self.directory, &file)?;
            }
        }
        database.close().await;
        println!(
            "{} came back, {} more were noted, {} are about no message of ours, {} were read before; {} mails are no delivery reports.",
            count.bounced, count.noted, count.strange, count.known, count.others
        );
        Ok(())
    }
}

impl Count {
    fn add(&mut self, outcome: DeliveryOutcome) {
        match outcome {
            DeliveryOutcome::Bounced(_) => self.bounced += 1,
            DeliveryOutcome::Noted(_) => self.noted += 1,
            DeliveryOutcome::Strange => self.strange += 1,
            DeliveryOutcome::Known => self.known += 1,
        }
    }
}

fn mails(directory: &Path) -> Result<Vec<PathBuf>, MailError> {
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .map_err(MailError::file(directory))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    Ok(files)
}

/// As maildir has it: `:2,S` says that the mail was seen.
fn move_to_cur(maildir: &Path, file: &Path) -> Result<(), MailError> {
    let cur = maildir.join("cur");
    fs::create_dir_all(&cur).map_err(MailError::file(&cur))?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(":2,S");
    fs::rename(file, cur.join(name)).map_err(MailError::file(file))
}

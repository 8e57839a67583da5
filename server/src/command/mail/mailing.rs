//! `vardenkat mail plan`, `send` and `status`.

use std::io::Write;
use std::time::Duration;

use app::Translations;
use clap::Args;

use super::{MailArgs, MailError};
use crate::clock::{Chance, Clock};
use crate::command::{CommandError, location::Where, round::named};
use crate::mail::plan;
use crate::mail::{Worker, schedule};
use crate::rounds::dates;
use crate::storage::{Actor, Database, Mailing, MessageCount, MessageKind, MessageState, Round};

#[derive(Debug, Args)]
pub(in crate::command) struct PlanCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    round: String,
    /// 0 is the invitation, 1 to 4 the reminders; the next one, where none is named.
    #[arg(long, value_name = "NUMBER")]
    mailing: Option<u8>,
    /// Write a line for each unit, as CSV.
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Args)]
pub(in crate::command) struct SendCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    round: String,
    /// 0 is the invitation, 1 to 4 the reminders.
    #[arg(long, value_name = "NUMBER")]
    mailing: u8,
    #[command(flatten)]
    mail: MailArgs,
}

#[derive(Debug, Args)]
pub(in crate::command) struct StatusCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    round: String,
}

impl PlanCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let round = named(&database, &self.round).await?;
        let mailing = mailing(&database, &round, self.mailing).await?;
        let now = Clock::of_machine().now();
        let candidates = database.candidates(&mailing, now).await?;
        database.close().await;
        let lines = plan::plan(&mailing, &round, &candidates, now);
        let mut out = std::io::stdout().lock();
        let told = if self.csv {
            out.write_all(plan::csv(&lines).as_bytes())
        } else {
            summary(&mut out, &mailing, &lines)
        };
        told.map_err(|source| CommandError::File {
            file: "standard output".to_owned(),
            source,
        })
    }
}

fn summary(
    out: &mut impl Write,
    mailing: &Mailing,
    lines: &[plan::Line<'_>],
) -> std::io::Result<()> {
    let (gets, without) = plan::summary(lines);
    writeln!(
        out,
        "{}, planned {}:\n  {gets:>6}  would get it",
        name(mailing),
        dates::minute(mailing.planned_at)
    )?;
    for (reason, count) in without {
        let reason = reason.code().replace('_', " ");
        writeln!(out, "  {count:>6}  would not: {reason}")?;
    }
    writeln!(out, "  {:>6}  units in all", lines.len())
}

fn name(mailing: &Mailing) -> String {
    match mailing.number.get() {
        0 => "Invitation".to_owned(),
        number => format!("Reminder {number}"),
    }
}

/// The mailing of that number; else the first that has not started, or the last.
async fn mailing(
    database: &Database,
    round: &Round,
    number: Option<u8>,
) -> Result<Mailing, CommandError> {
    let mut mailings = database.mailings(round.id).await?;
    let place = match number {
        Some(number) => mailings
            .iter()
            .position(|mailing| mailing.number.get() == number),
        None => mailings
            .iter()
            .position(|mailing| mailing.started_at.is_none())
            .or(mailings.len().checked_sub(1)),
    };
    match place {
        Some(place) => Ok(mailings.swap_remove(place)),
        None => Err(MailError::NoMailing(round.key.clone()).into()),
    }
}

impl SendCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, secret) = self.place.open().await?;
        let round = named(&database, &self.round).await?;
        let mailing = mailing(&database, &round, Some(self.mailing)).await?;
        let (_, worker) = self.mail.open(&database, &secret, Translations::load()?)?;
        let now = Clock::of_machine().now();
        let (actor, line) = (Actor::CommandLine, Chance.id(now)?);
        let started = schedule::start(&database, &round, &mailing, &actor, now, line)
            .await
            .map_err(MailError::from)?;
        if started.before {
            println!("{} had started before.", name(&mailing));
        }
        println!("{} letters queued.", started.queued);
        if let Some(worker) = worker {
            send(&database, &round, &mailing, &worker).await?;
        } else {
            println!("A server that sends mail takes them from the outbox.");
        }
        database.close().await;
        Ok(())
    }
}

/// Sends until nothing is due, telling how far it has come.
async fn send(
    database: &Database,
    round: &Round,
    mailing: &Mailing,
    worker: &Worker,
) -> Result<(), CommandError> {
    let sending = worker.drain();
    tokio::pin!(sending);
    let done = loop {
        tokio::select! {
            done = &mut sending => break done,
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                eprintln!("  {}", of_mailing(database, round, mailing).await?);
            }
        }
    };
    done.map_err(MailError::from)?;
    println!("{}", of_mailing(database, round, mailing).await?);
    Ok(())
}

async fn of_mailing(
    database: &Database,
    round: &Round,
    mailing: &Mailing,
) -> Result<String, CommandError> {
    let counts = database.message_counts(round.id).await?;
    Ok(line(&counts, |count| count.mailing_id == Some(mailing.id)))
}

/// `12 queued (3 tried before), 800 sent, 2 skipped, 1 bounced`
fn line(counts: &[MessageCount], of: impl Fn(&MessageCount) -> bool) -> String {
    let tried: i64 = counts
        .iter()
        .filter(|count| of(count))
        .map(|count| count.tried)
        .sum();
    let parts = MessageState::ALL.map(|state| {
        let number: i64 = counts
            .iter()
            .filter(|count| of(count) && count.state == state)
            .map(|count| count.count)
            .sum();
        let tried = match state {
            MessageState::Queued if tried > 0 => format!(" ({tried} tried before)"),
            _ => String::new(),
        };
        format!("{number} {}{tried}", state.name())
    });
    parts.join(", ")
}

impl StatusCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let round = named(&database, &self.round).await?;
        let counts = database.message_counts(round.id).await?;
        if let Some(since) = database.mail_paused_at(round.id).await? {
            println!("Mail is paused since {}.", dates::minute(since));
        }
        for mailing in database.mailings(round.id).await? {
            let state = mailing.started_at.map_or_else(
                || format!("planned {}", dates::minute(mailing.planned_at)),
                |started| format!("started {}", dates::minute(started)),
            );
            let told = line(&counts, |count| count.mailing_id == Some(mailing.id));
            println!("{:<11} {state}: {told}", name(&mailing));
        }
        for kind in MessageKind::ALL
            .into_iter()
            .filter(|kind| !kind.is_mailing())
        {
            if counts.iter().any(|count| count.kind == kind) {
                let told = line(&counts, |count| count.kind == kind);
                println!("{:<11} {told}", kind.name());
            }
        }
        database.close().await;
        Ok(())
    }
}

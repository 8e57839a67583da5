//! A round's mailings: when they go out, and what became of them.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        rounds::{Counts, MailingLine, MailingsPage, mailings_path},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};

use super::{or_broken, or_response, said, typed};
use crate::{
    rounds::dates,
    storage::{Mailing, MessageCount, MessageKind, MessageState, Planned, Round, ScheduleError},
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

pub(super) async fn show(reader: Reader, Path(key): Path<String>, asked: Asked) -> Response {
    let round = or_response!(reader.round_named(&key).await);
    let words = reader.round_words();
    let told = match (asked.text("gjort"), asked.text("antal").parse::<u64>()) {
        ("sparat", _) => Some(words.saved.clone()),
        ("pausat", _) => Some(words.paused.clone()),
        ("fortsatt", _) => Some(words.resumed.clone()),
        ("fore", _) => Some(words.send_before.clone()),
        ("skickat", Ok(count)) => Some(fill(&words.send_done, &[("count", &count.to_string())])),
        _ => None,
    };
    match reader
        .mailings_page(&round, |_| None, told, Vec::new())
        .await
    {
        Ok(html) => reader.page(html),
        Err(error) => reader.broken(&error),
    }
}

/// Moves mailings that have not started.
pub(super) async fn plan(boss: Administrator, Path(key): Path<String>, posted: Posted) -> Response {
    let round = or_response!(boss.round_named(&key).await);
    let database = &boss.world.shared.database;
    let words = boss.round_words();
    let fault = |number: u8, key: &str| Fault::new(format!("m{number}"), said(&words.faults, key));
    let mut faults = Vec::new();
    let mut plan = Vec::new();
    for mailing in or_broken!(boss, database.mailings(round.id).await) {
        let number = mailing.number.get();
        let moment = typed(&posted, &format!("m{number}"));
        if moment.is_empty() && mailing.started_at.is_some() {
            continue;
        }
        // A time that was not touched keeps its seconds, too.
        let planned_at = if moment == dates::minute(mailing.planned_at) {
            mailing.planned_at
        } else if let Ok(moment) = dates::morning(&moment) {
            moment
        } else {
            faults.push(fault(number, "moment"));
            continue;
        };
        plan.push(Planned {
            id: mailing.id,
            number: mailing.number,
            planned_at,
        });
    }
    if faults.is_empty() {
        let line = or_broken!(boss, boss.new_id());
        let done = database
            .schedule_mailings(round.id, &plan, &boss.actor(), boss.now, line)
            .await;
        match done {
            Ok(()) => return boss.go(&format!("{}?gjort=sparat", mailings_path(&round.key))),
            Err(ScheduleError::OutOfOrder(number)) => {
                faults.push(fault(number.get(), "mailing_order"));
            }
            Err(ScheduleError::Started(number)) => {
                faults.push(fault(number.get(), "mailing_started"));
            }
            Err(error @ ScheduleError::Database(_)) => return boss.broken(&error),
        }
    }
    let as_typed = |number: u8| Some(typed(&posted, &format!("m{number}")));
    match boss.mailings_page(&round, as_typed, None, faults).await {
        Ok(html) => boss.page_with(StatusCode::UNPROCESSABLE_ENTITY, html),
        Err(error) => boss.broken(&error),
    }
}

pub(super) async fn pause(
    boss: Administrator,
    Path(key): Path<String>,
    posted: Posted,
) -> Response {
    let round = or_response!(boss.round_named(&key).await);
    let pause = match posted.text("paus") {
        "1" => true,
        "0" => false,
        _ => return boss.bad(),
    };
    let line = or_broken!(boss, boss.new_id());
    let shared = &boss.world.shared;
    let done = shared
        .database
        .pause_mail(round.id, pause, &boss.actor(), boss.now, line)
        .await;
    or_broken!(boss, done);
    if !pause {
        shared.mail.wake.wake();
    }
    let told = if pause { "pausat" } else { "fortsatt" };
    boss.go(&format!("{}?gjort={told}", mailings_path(&round.key)))
}

impl StaffVisit {
    /// `as_typed` tells what was typed for a mailing's moment, where it is to be mended.
    async fn mailings_page(
        &self,
        round: &Round,
        as_typed: impl Fn(u8) -> Option<String>,
        told: Option<String>,
        faults: Vec<Fault>,
    ) -> Result<String, sqlx::Error> {
        let database = &self.world.shared.database;
        let counts = database.message_counts(round.id).await?;
        let words = self.round_words();
        let line = |mailing: Mailing| {
            let number = mailing.number.get();
            let (text, at) = match mailing.started_at {
                Some(started) => (&words.started_at, started),
                None if mailing.planned_at >= round.closes_at => {
                    (&words.planned_late, mailing.planned_at)
                }
                None => (&words.planned_at, mailing.planned_at),
            };
            MailingLine {
                number,
                when: fill(text, &[("at", &self.moment(at))]),
                planned: as_typed(number).unwrap_or_else(|| dates::minute(mailing.planned_at)),
                started: mailing.started_at.is_some(),
                counts: tally(&counts, |count| count.mailing_id == Some(mailing.id)),
            }
        };
        let mailings = database.mailings(round.id).await?;
        let receipts = counts
            .iter()
            .any(|count| count.kind == MessageKind::Receipt);
        let paused = database.mail_paused_at(round.id).await?;
        let frame = self.frame();
        let page = MailingsPage {
            frame: &frame,
            key: &round.key,
            pilot: round.pilot,
            mailings: mailings.into_iter().map(line).collect(),
            receipts: receipts.then(|| tally(&counts, |count| count.kind == MessageKind::Receipt)),
            paused: paused.map(|since| self.moment(since)),
            destination: self.destination(),
            may_change: self.staff.role >= Role::Administrator,
            told,
            faults,
        };
        Ok(page.html())
    }
}

fn tally(counts: &[MessageCount], of: impl Fn(&MessageCount) -> bool) -> Counts {
    let mut tally = Counts::default();
    for count in counts.iter().filter(|count| of(count)) {
        match count.state {
            MessageState::Queued => {
                tally.queued += count.count - count.tried;
                tally.tried += count.tried;
            }
            MessageState::Sent => tally.sent += count.count,
            MessageState::Skipped => tally.skipped += count.count,
            MessageState::Bounced => tally.bounced += count.count,
        }
    }
    tally
}

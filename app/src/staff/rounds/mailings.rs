use leptos::prelude::*;

use super::{back, mailing_path, mailings_path, pilot_notice, round_path};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, done, input, summary},
        register::tables::{Cell, table},
    },
};

pub struct MailingsPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub pilot: bool,
    pub mailings: Vec<MailingLine>,
    /// Of receipts, where there are any.
    pub receipts: Option<Counts>,
    /// Since when mail is held.
    pub paused: Option<String>,
    pub destination: Destination,
    pub may_change: bool,
    pub told: Option<String>,
    pub faults: Vec<Fault>,
}

pub struct MailingLine {
    pub number: u8,
    /// In words, like `started 1 March at 08:00`.
    pub when: String,
    /// As the field has it: `2022-03-01T08:00`.
    pub planned: String,
    pub started: bool,
    pub counts: Counts,
}

/// Letters by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not those that were tried before.
    pub queued: i64,
    pub tried: i64,
    pub sent: i64,
    pub bounced: i64,
    pub skipped: i64,
}

/// Where mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    Smtp,
    Mailbox,
    Nowhere,
}

impl MailingsPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let (frame, faults) = (self.frame, self.faults.as_slice());
        let words = &frame.words.rounds;
        let title = fill(&words.mailings_title, &[("round", self.key)]);
        let destination = match self.destination {
            Destination::Smtp => None,
            Destination::Mailbox => Some(&words.to_mailbox),
            Destination::Nowhere => Some(&words.nowhere),
        }
        .map(|text| view! { <p class="note">{text.clone()}</p> });
        let paused = self.paused.as_ref().map(|since| {
            let text = fill(&words.paused_notice, &[("at", since)]);
            view! { <p class="note"><strong>{text}</strong></p> }
        });
        let found = if self.mailings.is_empty() {
            view! { <p class="empty">{words.mailings_none.clone()}</p> }.into_any()
        } else {
            self.table()
        };
        let main = view! {
            {summary(frame, faults)}
            {back(round_path(self.key), &words.back_to_round, self.key)}
            {self.told.as_deref().map(done)}
            <h1>{title.clone()}</h1>
            <p class="in">{words.mailings_lead.clone()}</p>
            {pilot_notice(words, self.pilot)}
            {destination}
            {paused}
            {found}
            {self.may_change.then(|| self.forms())}
        };
        if faults.is_empty() {
            frame.document(&title, Current::Rounds, main)
        } else {
            frame.faulty_document(&title, Current::Rounds, main)
        }
    }

    fn table(&self) -> AnyView {
        let words = &self.frame.words.rounds;
        let numbers = |counts: &Counts| {
            [
                counts.queued,
                counts.tried,
                counts.sent,
                counts.bounced,
                counts.skipped,
            ]
            .map(|count| Cell::from(count.to_string()))
        };
        let row = |line: &MailingLine| {
            let here = mailing_path(self.key, line.number);
            let name = words.letter(line.number).to_owned();
            let link = |way: &str, label: &str| {
                let described = format!("{label}: {name}");
                view! { <a href=format!("{here}/{way}") aria-label=described>{label.to_owned()}</a>" " }
            };
            // A reminder goes out once; an invitation also to those who come later.
            let may_send = self.may_change && (!line.started || line.number == 0);
            let ways = view! {
                {link("plan", &words.dry_run)}
                {link("brev", &words.show_messages)}
                {may_send.then(|| link("skicka", &words.send_now))}
            };
            let mut cells = vec![
                Cell::View(view! { <a href=here.clone()>{name.clone()}</a> }.into_any()),
                line.when.clone().into(),
            ];
            cells.extend(numbers(&line.counts));
            cells.push(Cell::View(ways.into_any()));
            cells
        };
        let mut rows: Vec<Vec<Cell>> = self.mailings.iter().map(row).collect();
        if let Some(receipts) = &self.receipts {
            let mut cells = vec![words.receipts.clone().into(), Cell::from("")];
            cells.extend(numbers(receipts));
            cells.push(Cell::from(""));
            rows.push(cells);
        }
        let headings = [
            words.mailing.as_str(),
            &words.when,
            &words.queued,
            &words.tried,
            &words.sent,
            &words.bounced,
            &words.skipped,
            &words.show,
        ];
        table(&words.to_mailings, &headings, rows)
    }

    fn forms(&self) -> AnyView {
        let words = &self.frame.words.rounds;
        let (what, label) = if self.paused.is_some() {
            ("0", &words.resume)
        } else {
            ("1", &words.pause)
        };
        let fields: Vec<_> = self
            .mailings
            .iter()
            .filter(|line| !line.started)
            .map(|line| {
                input(
                    &Input {
                        name: &format!("m{}", line.number),
                        label: words.letter(line.number),
                        value: &line.planned,
                        kind: "datetime-local",
                        ..Input::default()
                    },
                    &self.faults,
                )
            })
            .collect();
        let dates = (!fields.is_empty()).then(|| {
            view! {
                <h2>{words.dates_title.clone()}</h2>
                <p>{words.dates_lead.clone()}</p>
                <form method="post" action=mailings_path(self.key) novalidate>
                    {fields}
                    <p class="go"><button>{words.dates_do.clone()}</button></p>
                </form>
            }
        });
        view! {
            <form method="post" action=format!("{}/paus", mailings_path(self.key))>
                <input type="hidden" name="paus" value=what/>
                <p>{words.pause_lead.clone()}</p>
                <p class="go"><button>{label.clone()}</button></p>
            </form>
            {dates}
        }
        .into_any()
    }
}

use leptos::prelude::*;

use super::{back, mailing_path, mailings_path};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Input, input, pager, select},
        register::{
            tables::{Cell, facts, table},
            unit_path,
        },
    },
};

pub struct MessagesPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub number: u8,
    pub lines: Vec<MessageLine>,
    pub total: u32,
    /// As asked for in the address.
    pub state: &'a str,
    pub search: &'a str,
    /// The same, to stand in an address.
    pub query: String,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

pub struct MessageLine {
    pub id: String,
    pub unit: Option<(String, String)>,
    pub recipient: String,
    pub state: String,
    pub when: String,
    pub attempts: i64,
    pub note: String,
}

impl MessagesPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.rounds;
        let here = format!("{}/brev", mailing_path(self.key, self.number));
        let title = fill(
            &words.messages_title,
            &[("letter", words.letter(self.number)), ("round", self.key)],
        );
        let mut states = vec![(String::new(), words.all.clone())];
        states.extend(
            words
                .message_states
                .iter()
                .map(|(key, said)| (key.clone(), said.clone())),
        );
        let rows: Vec<Vec<Cell>> = self
            .lines
            .iter()
            .map(|line| {
                let unit = match &line.unit {
                    Some((key, name)) => {
                        view! { <a href=unit_path(key)>{name.clone()}</a> }.into_any()
                    }
                    None => line.recipient.clone().into_any(),
                };
                vec![
                    Cell::View(unit),
                    Cell::View(
                        view! { <a href=format!("{here}/{}", line.id)>{line.recipient.clone()}</a> }
                            .into_any(),
                    ),
                    line.state.as_str().into(),
                    line.when.as_str().into(),
                    line.attempts.to_string().into(),
                    line.note.as_str().into(),
                ]
            })
            .collect();
        let headings = [
            words.unit.as_str(),
            &words.recipient,
            &words.state,
            &words.at,
            &words.attempts,
            &words.note,
        ];
        let found = if rows.is_empty() {
            view! { <p class="empty">{words.messages_none.clone()}</p> }.into_any()
        } else {
            let caption = fill(
                &words.messages_caption,
                &[("count", &self.total.to_string())],
            );
            table(&caption, &headings, rows)
        };
        let address = |page: u32| format!("{here}?{}&sida={page}", self.query);
        let main = view! {
            {back(mailings_path(self.key), &words.back_to_mailings, self.key)}
            <h1>{title.clone()}</h1>
            <form class="filters" method="get" action=here.clone()>
                <div class="row">
                    {select(
                        &Input { name: "lage", label: &words.filter_state, value: self.state, ..Input::default() },
                        &states,
                        &[],
                    )}
                    {input(
                        &Input { name: "sok", label: &words.search, hint: &words.search_hint, value: self.search, kind: "search", ..Input::default() },
                        &[],
                    )}
                    <div class="go"><button>{words.show.clone()}</button></div>
                </div>
            </form>
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::Rounds, main)
    }
}

/// One letter, and what happened to it.
pub struct MessagePage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub number: u8,
    pub line: MessageLine,
    pub events: Vec<EventLine>,
}

pub struct EventLine {
    pub at: String,
    pub event: String,
    pub detail: String,
}

impl MessagePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.rounds;
        let line = &self.line;
        let title = fill(&words.message_title, &[("to", &line.recipient)]);
        let mut known: Vec<(String, Cell)> = Vec::new();
        if let Some((key, name)) = &line.unit {
            let unit = view! { <a href=unit_path(key)>{name.clone()}</a> }.into_any();
            known.push((words.unit.clone(), Cell::View(unit)));
        }
        known.push((words.state.clone(), line.state.as_str().into()));
        known.push((words.at.clone(), line.when.as_str().into()));
        known.push((words.attempts.clone(), line.attempts.to_string().into()));
        let rows: Vec<Vec<Cell>> = self
            .events
            .iter()
            .map(|event| {
                vec![
                    event.at.as_str().into(),
                    event.event.as_str().into(),
                    event.detail.as_str().into(),
                ]
            })
            .collect();
        let headings = [words.at.as_str(), &words.event, &words.detail];
        let events = if rows.is_empty() {
            view! { <p class="empty">{words.events_none.clone()}</p> }.into_any()
        } else {
            table(&words.events, &headings, rows)
        };
        let main = view! {
            {back(format!("{}/brev", mailing_path(self.key, self.number)), &words.back_to_messages, self.key)}
            <h1>{title.clone()}</h1>
            {facts(known)}
            {events}
        };
        self.frame.document(&title, Current::Rounds, main)
    }
}

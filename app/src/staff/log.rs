//! Who did what.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    Current, StaffFrame,
    form::{Fault, Input, input, pager, select, summary},
    words::area_words,
};
use crate::fill;

area_words! {
    LogWords from "log" {
        title, lead, who, what, from, to, all, show, clear, caption, caption_one, time, subject, detail, empty,
        date_invalid, mailing
    } tables { actors, actions, details, values }
}

pub struct LogPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub lines: Vec<LogLine>,
    pub total: u32,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    /// As asked for in the address.
    pub asked: LogQuestion,
    /// Everyone and everything that there is a line of.
    pub actors: Vec<String>,
    pub actions: Vec<String>,
    pub faults: Vec<Fault>,
}

#[derive(Clone, Debug)]
pub struct LogLine {
    pub time: String,
    pub actor: String,
    pub action: String,
    pub subject: String,
    /// Names and values as they are stored; moments are written out.
    pub details: Vec<(String, String)>,
}

/// Which lines to show, as typed.
#[derive(Clone, Debug, Default)]
pub struct LogQuestion {
    pub actor: String,
    pub action: String,
    pub from: String,
    pub to: String,
    /// The same as an address asks it, without the page: `vem=…&vad=…`.
    pub query: String,
}

impl LogPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.log;
        let options = |values: &[String], table| {
            let mut options = vec![(String::new(), words.all.clone())];
            options.extend(
                values
                    .iter()
                    .map(|value| (value.clone(), said(table, value))),
            );
            options
        };
        let date = |name, label, value| {
            input(
                &Input {
                    name,
                    label,
                    value,
                    kind: "date",
                    ..Input::default()
                },
                &self.faults,
            )
        };
        let filters = view! {
            <form class="filters" method="get" action="/admin/logg" novalidate>
                <div class="row">
                    {select(
                        &Input { name: "vem", label: &words.who, value: &self.asked.actor, ..Input::default() },
                        &options(&self.actors, &words.actors),
                        &self.faults,
                    )}
                    {select(
                        &Input { name: "vad", label: &words.what, value: &self.asked.action, ..Input::default() },
                        &options(&self.actions, &words.actions),
                        &self.faults,
                    )}
                    {date("fran", &words.from, &self.asked.from)}
                    {date("till", &words.to, &self.asked.to)}
                    <div class="go"><button>{words.show.clone()}</button><a href="/admin/logg">{words.clear.clone()}</a></div>
                </div>
            </form>
        };
        let address = |page: u32| format!("/admin/logg?{}&sida={page}", self.asked.query);
        let main = view! {
            {summary(frame, &self.faults)}
            <h1>{words.title.clone()}</h1>
            <p class="in">{words.lead.clone()}</p>
            {filters}
            {self.found()}
            {pager(frame, self.page, self.pages, address)}
        };
        frame.document(&words.title, Current::Log, main)
    }

    /// The lines, or that there are none.
    fn found(&self) -> AnyView {
        let words = &self.frame.words.log;
        let rows: Vec<_> = self
            .lines
            .iter()
            .map(|line| {
                let details: Vec<_> = line
                    .details
                    .iter()
                    .map(|(name, value)| {
                        format!(
                            "{}: {}",
                            said(&words.details, name),
                            self.value(name, value)
                        )
                    })
                    .collect();
                view! {
                    <tr>
                        <th scope="row">{line.time.clone()}</th>
                        <td data-l=words.who.clone()>{said(&words.actors, &line.actor)}</td>
                        <td data-l=words.what.clone()>{said(&words.actions, &line.action)}</td>
                        <td data-l=words.subject.clone()>{self.subject(&line.subject)}</td>
                        <td data-l=words.detail.clone()>{details.join(", ")}</td>
                    </tr>
                }
            })
            .collect();
        if rows.is_empty() {
            view! { <p class="empty">{words.empty.clone()}</p> }.into_any()
        } else {
            let caption = if self.total == 1 {
                words.caption_one.clone()
            } else {
                fill(&words.caption, &[("count", &self.total.to_string())])
            };
            view! {
                <table class="t cards">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{words.time.clone()}</th>
                        <th scope="col">{words.who.clone()}</th>
                        <th scope="col">{words.what.clone()}</th>
                        <th scope="col">{words.subject.clone()}</th>
                        <th scope="col">{words.detail.clone()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        }
    }

    /// A class by its name; all else as it is.
    fn subject(&self, subject: &str) -> String {
        self.class(subject).unwrap_or(subject).to_owned()
    }

    fn class(&self, key: &str) -> Option<&str> {
        let classes = &self.frame.words.register.class_kinds;
        classes.get(key)?.split(" (").next()
    }

    /// What a detail's value is called, where it is one of those that the program knows.
    fn value(&self, name: &str, value: &str) -> String {
        let (words, register) = (&self.frame.words.log, &self.frame.words.register);
        let roles = &self.frame.words.frame.roles;
        let tables = match name {
            "role" | "before" | "after" => [roles, &register.kinds],
            "disposition" => [&register.dispositions; 2],
            "number" => [&words.details; 2],
            "fields" => [&register.fields; 2],
            "how" | "pilot" => [&words.values; 2],
            _ => return value.to_owned(),
        };
        let said = |value: &str| {
            let found = tables.into_iter().find_map(|table| table.get(value));
            found.map(String::as_str)
        };
        value
            .split(LIST)
            .map(|one| match one.strip_prefix("class.") {
                Some(class) => self.class(class).or_else(|| said(class)).unwrap_or(class),
                None => said(one).unwrap_or(one),
            })
            .collect::<Vec<_>>()
            .join(LIST)
    }
}

/// A text by its key; the key itself where there is none.
fn said(table: &BTreeMap<String, String>, key: &str) -> String {
    table.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

/// Between the parts of a value that is a list.
pub const LIST: &str = ", ";

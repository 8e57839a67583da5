//! One unit: what is known of it, who, and its whole history.

use leptos::prelude::*;

use super::{
    keyed,
    tables::{Cell, facts, table},
    unit_path,
};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, done, select, summary, textarea},
    },
};

pub struct UnitPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub name: &'a str,
    /// The day when the register stopped knowing it.
    pub gone: Option<String>,
    pub branch: bool,
    pub facts: Vec<Fact>,
    pub people: Vec<PersonLine>,
    pub cases: Vec<CaseBox>,
    pub history: Vec<HistoryLine>,
    pub may_change: bool,
    pub told: Option<String>,
    pub faults: Vec<Fault>,
}

pub struct Fact {
    pub label: String,
    pub value: String,
    /// It follows from a code, by a class file.
    pub derived: bool,
}

pub struct PersonLine {
    pub name: String,
    pub email: String,
    /// `chief` or `local_head`.
    pub kind: &'static str,
    pub from: String,
    /// Nothing: until now.
    pub to: Option<String>,
    pub undeliverable: bool,
}

/// A round in which the unit is asked.
pub struct CaseBox {
    pub id: String,
    pub round: String,
    pub pilot: bool,
    pub answered: Option<String>,
    /// The latest first.
    pub dispositions: Vec<DispositionLine>,
}

pub struct DispositionLine {
    pub code: &'static str,
    pub note: String,
    pub at: String,
    pub by: String,
}

pub struct HistoryLine {
    pub at: String,
    pub by: String,
    pub what: String,
    pub before: String,
    pub after: String,
    pub source: String,
}

const CODES: [&str; 6] = [
    "eligible",
    "closed_before_start",
    "branch_office",
    "opened_after_start",
    "refused",
    "unreachable",
];

impl UnitPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let told = self.told.as_deref().map(done);
        let gone = self.gone.as_ref().map(|date| {
            view! { <p class="note">{fill(&words.gone_notice, &[("date", date)])}</p> }
        });
        let branch = self
            .branch
            .then(|| view! { <p class="note">{words.branch_notice.clone()}</p> });
        let pairs = self
            .facts
            .iter()
            .map(|fact| {
                let value = if fact.derived {
                    view! { {fact.value.clone()} " " <span class="h">{words.derived.clone()}</span> }
                        .into_any()
                        .into()
                } else {
                    Cell::from(fact.value.clone())
                };
                (fact.label.clone(), value)
            })
            .collect();
        let path = unit_path(self.key);
        let edit = self.may_change.then(|| {
            view! { <p class="go"><a class="btn b2" href=format!("{path}/redigera")>{words.edit_facts.clone()}</a></p> }
        });
        let name = if self.name.is_empty() {
            self.key
        } else {
            self.name
        };
        let main = view! {
            <p class="back"><a href="/admin/register">{words.back_to_units.clone()}</a></p>
            {summary(frame, &self.faults)}
            <h1>{name.to_owned()}</h1>
            {told}
            {gone}
            {branch}
            <h2>{words.facts.clone()}</h2>
            {facts(pairs)}
            {edit}
            <h2 id="personer">{words.people.clone()}</h2>
            {self.people(&path)}
            <h2 id="omgangar">{words.cases.clone()}</h2>
            {self.cases(&path)}
            <h2 id="historik">{words.history.clone()}</h2>
            {self.history()}
        };
        if self.faults.is_empty() {
            frame.document(name, Current::Register, main)
        } else {
            frame.faulty_document(name, Current::Register, main)
        }
    }

    fn people(&self, path: &str) -> AnyView {
        let words = &self.frame.words.register;
        let list = if self.people.is_empty() {
            view! { <p class="empty">{words.no_people.clone()}</p> }.into_any()
        } else {
            let headings = [
                words.person.as_str(),
                words.role.as_str(),
                words.valid.as_str(),
            ];
            let rows = self
                .people
                .iter()
                .map(|person| {
                    let valid = match &person.to {
                        None => fill(&words.until_now, &[("from", &person.from)]),
                        Some(to) => fill(&words.from_to, &[("from", &person.from), ("to", to)]),
                    };
                    let back = person.undeliverable.then(
                        || view! { " " <span class="tag t1">{words.undeliverable.clone()}</span> },
                    );
                    let who = view! { {person.name.clone()}<br/>{person.email.clone()}{back} };
                    vec![
                        who.into_any().into(),
                        keyed(&words.kinds, person.kind).into(),
                        valid.into(),
                    ]
                })
                .collect();
            table(&words.people, &headings, rows)
        };
        let edit = self.may_change.then(|| {
            let link = |kind: &str| {
                let label = fill(&words.edit_person, &[("role", keyed(&words.kinds, kind))]);
                view! { <a class="btn b2" href=format!("{path}/person/{kind}")>{label}</a> }
            };
            view! { <p class="go">{link("chief")}{link("local_head")}</p> }
        });
        view! { {list}{edit} }.into_any()
    }

    fn cases(&self, path: &str) -> AnyView {
        let words = &self.frame.words.register;
        if self.cases.is_empty() {
            return view! { <p class="empty">{words.no_cases.clone()}</p> }.into_any();
        }
        let boxes: Vec<_> = self
            .cases
            .iter()
            .map(|case| self.case(case, path))
            .collect();
        view! { {boxes} }.into_any()
    }

    fn case(&self, case: &CaseBox, path: &str) -> AnyView {
        let words = &self.frame.words.register;
        let pilot = case
            .pilot
            .then(|| view! { " " <span class="tag">{words.pilot.clone()}</span> });
        let answered = match &case.answered {
            Some(at) => fill(&words.answered_at, &[("at", at)]),
            None => words.not_answered.clone(),
        };
        let counts = match case.dispositions.first() {
            Some(made) if made.code != "eligible" => fill(
                &words.counts_as,
                &[("disposition", keyed(&words.dispositions, made.code))],
            ),
            _ => words.counts_by_itself.clone(),
        };
        let made: Vec<_> = case
            .dispositions
            .iter()
            .map(|made| {
                let code = keyed(&words.dispositions, made.code);
                let line = fill(
                    &words.decided,
                    &[
                        ("disposition", code),
                        ("at", &made.at),
                        ("by", &made.by),
                        ("note", &made.note),
                    ],
                );
                view! { <li>{line}</li> }
            })
            .collect();
        let made = (!made.is_empty()).then(|| view! { <ul>{made}</ul> });
        let form = self.may_change.then(|| {
            let code = format!("kod-{}", case.id);
            let note = format!("not-{}", case.id);
            let now = case
                .dispositions
                .first()
                .map_or("eligible", |made| made.code);
            let options: Vec<_> = CODES
                .iter()
                .map(|code| {
                    (
                        (*code).to_owned(),
                        keyed(&words.dispositions, code).to_owned(),
                    )
                })
                .collect();
            let code_field = Input {
                name: &code,
                label: &words.disposition_new,
                value: now,
                ..Input::default()
            };
            let note_field = Input {
                name: &note,
                label: &words.note,
                hint: &words.note_hint,
                ..Input::default()
            };
            view! {
                <form method="post" action=format!("{path}/utfall")>
                    <input type="hidden" name="case" value=case.id.clone()/>
                    {select(&code_field, &options, &[])}
                    {textarea(&note_field, 2, &self.faults)}
                    <p class="go"><button class="b2">{words.save.clone()}</button></p>
                </form>
            }
        });
        view! {
            <section class="box">
                <h3>{fill(&words.round, &[("round", &case.round)])}{pilot}</h3>
                <p>{answered} " " {counts}</p>
                {made}
                {form}
            </section>
        }
        .into_any()
    }

    fn history(&self) -> AnyView {
        let words = &self.frame.words.register;
        if self.history.is_empty() {
            return view! { <p class="empty">{words.no_history.clone()}</p> }.into_any();
        }
        let headings = [
            words.when.as_str(),
            words.what.as_str(),
            words.before.as_str(),
            words.after.as_str(),
            words.who.as_str(),
            words.source.as_str(),
        ];
        let rows = self
            .history
            .iter()
            .map(|line| {
                [
                    &line.at,
                    &line.what,
                    &line.before,
                    &line.after,
                    &line.by,
                    &line.source,
                ]
                .into_iter()
                .map(|text| Cell::from(text.clone()))
                .collect()
            })
            .collect();
        let lead = view! { <p>{words.history_lead.clone()}</p> };
        view! { {lead}{table(&words.history, &headings, rows)} }.into_any()
    }
}

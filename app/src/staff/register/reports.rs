//! What chiefs reported with "Fel mottagare?", and what was done about it.

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
        form::{Fault, Input, done, input, select, summary, textarea},
    },
};

pub struct ReportsPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub open: Vec<OpenReport>,
    pub handled: Vec<HandledReport>,
    pub told: Option<String>,
    pub may_change: bool,
}

#[derive(Clone)]
pub struct OpenReport {
    pub id: String,
    pub unit_key: String,
    pub unit: String,
    pub region: String,
    pub round: String,
    /// `new_chief`, `closed` or `other`.
    pub kind: &'static str,
    pub name: String,
    pub email: String,
    pub note: String,
    pub at: String,
    /// Name and address of whoever is written to now.
    pub recipient: Option<(String, String)>,
    /// It names somebody who can be written to: nothing is left to type.
    pub is_whole: bool,
}

pub struct HandledReport {
    pub report: OpenReport,
    pub what: String,
    pub at: String,
    pub by: String,
}

/// One report, with the ways to handle it.
pub struct ReportPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub report: &'a OpenReport,
    /// As typed.
    pub name: &'a str,
    pub email: &'a str,
    pub note: &'a str,
    pub disposition: &'a str,
    pub faults: Vec<Fault>,
    pub may_change: bool,
    /// What was done before, when and by whom.
    pub handled: Option<(String, String, String)>,
}

impl ReportsPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let open = if self.open.is_empty() {
            view! { <p class="empty">{words.reports_none.clone()}</p> }.into_any()
        } else {
            let headings = [
                words.unit.as_str(),
                words.report_kind.as_str(),
                words.report_said.as_str(),
                words.report_at.as_str(),
                words.report_new_chief.as_str(),
            ];
            let rows = self
                .open
                .iter()
                .map(|report| {
                    let path = format!("/admin/rapporter/{}", report.id);
                    let unit = view! { <a href=path>{report.unit.clone()}</a> " " <span class="h">{report.region.clone()}</span> };
                    vec![
                        unit.into_any().into(),
                        keyed(&words.reports, report.kind).into(),
                        said(report).into(),
                        report.at.as_str().into(),
                        self.at_once(report),
                    ]
                })
                .collect();
            table(&words.reports_open, &headings, rows)
        };
        let handled = if self.handled.is_empty() {
            view! { <p class="empty">{words.reports_none_handled.clone()}</p> }.into_any()
        } else {
            let headings = [
                words.unit.as_str(),
                words.report_kind.as_str(),
                words.report_said.as_str(),
                words.what.as_str(),
                words.who.as_str(),
            ];
            let rows = self
                .handled
                .iter()
                .map(|handled| {
                    let report = &handled.report;
                    let unit =
                        view! { <a href=unit_path(&report.unit_key)>{report.unit.clone()}</a> };
                    vec![
                        Cell::from(unit.into_any()),
                        keyed(&words.reports, report.kind).into(),
                        said(report).into(),
                        handled.what.as_str().into(),
                        fill(&words.past_by, &[("at", &handled.at), ("by", &handled.by)]).into(),
                    ]
                })
                .collect();
            table(&words.reports_handled, &headings, rows)
        };
        let main = view! {
            <h1>{words.reports_title.clone()}</h1>
            {self.told.as_deref().map(done)}
            <p class="in">{words.reports_lead.clone()}</p>
            <h2>{words.reports_open.clone()}</h2>
            {open}
            <h2>{words.reports_handled.clone()}</h2>
            {handled}
        };
        self.frame
            .document(&words.reports_title, Current::Reports, main)
    }
}

impl ReportsPage<'_> {
    /// The change as it was reported, by one press.
    fn at_once(&self, report: &OpenReport) -> Cell {
        if !self.may_change || !report.is_whole {
            return "".into();
        }
        let who = if report.name.is_empty() {
            &report.email
        } else {
            &report.name
        };
        let label = fill(
            &self.frame.words.register.report_change_at_once,
            &[("who", who)],
        );
        let described = format!("{label}: {}", report.unit);
        view! {
            <form method="post" action=format!("/admin/rapporter/{}/ny-chef", report.id)>
                <input type="hidden" name="name" value=report.name.clone()/>
                <input type="hidden" name="email" value=report.email.clone()/>
                <button class="b2" aria-label=described>{label}</button>
            </form>
        }
        .into_any()
        .into()
    }
}

fn said(report: &OpenReport) -> String {
    [&report.name, &report.email, &report.note]
        .into_iter()
        .filter(|text| !text.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

impl ReportPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let report = self.report;
        let title = fill(&words.report_title, &[("unit", &report.unit)]);
        let now = report.recipient.as_ref().map_or_else(
            || words.nobody_now.clone(),
            |(name, email)| format!("{name}, {email}"),
        );
        let unit = view! { <a href=unit_path(&report.unit_key)>{report.unit.clone()}</a> };
        let pairs = vec![
            (words.unit.clone(), Cell::from(unit.into_any())),
            (
                words.report_kind.clone(),
                keyed(&words.reports, report.kind).into(),
            ),
            (words.report_said.clone(), said(report).into()),
            (words.report_at.clone(), report.at.as_str().into()),
            (words.report_now.clone(), now.into()),
        ];
        let rest = match &self.handled {
            Some((what, at, by)) => {
                let text = fill(
                    &words.report_was_handled,
                    &[("what", what), ("at", at), ("by", by)],
                );
                view! { <p class="note">{text}</p> }.into_any()
            }
            None if self.may_change => self.forms(),
            None => ().into_any(),
        };
        let main = view! {
            <p class="back"><a href="/admin/rapporter">{words.reports_title.clone()}</a></p>
            {summary(self.frame, &self.faults)}
            <h1>{title.clone()}</h1>
            {facts(pairs)}
            {rest}
        };
        if self.faults.is_empty() {
            self.frame.document(&title, Current::Reports, main)
        } else {
            self.frame.faulty_document(&title, Current::Reports, main)
        }
    }

    fn forms(&self) -> AnyView {
        let words = &self.frame.words.register;
        let path = format!("/admin/rapporter/{}", self.report.id);
        let name = Input {
            name: "name",
            label: &words.person_name,
            value: self.name,
            ..Input::default()
        };
        let email = Input {
            name: "email",
            label: &words.person_email,
            value: self.email,
            kind: "email",
            ..Input::default()
        };
        let change = view! {
            <section class="box">
                <h2>{words.report_new_chief.clone()}</h2>
                <p>{words.report_new_chief_lead.clone()}</p>
                <form method="post" novalidate action=format!("{path}/ny-chef")>
                    {input(&name, &self.faults)}
                    {input(&email, &self.faults)}
                    <p class="go"><button>{words.report_change.clone()}</button></p>
                </form>
            </section>
        };
        let disposition = Input {
            name: "disposition",
            label: &words.report_closed_when,
            value: self.disposition,
            ..Input::default()
        };
        let codes = ["closed_before_start", "unreachable"]
            .map(|code| (code.to_owned(), keyed(&words.reports, code).to_owned()));
        let closed_note = Input {
            name: "closed-note",
            label: &words.note,
            ..Input::default()
        };
        let close = view! {
            <section class="box">
                <h2>{words.report_closed.clone()}</h2>
                <p>{words.report_closed_lead.clone()}</p>
                <form method="post" novalidate action=format!("{path}/stangd")>
                    {select(&disposition, &codes, &self.faults)}
                    {textarea(&closed_note, 2, &self.faults)}
                    <p class="go"><button class="b2">{words.report_close.clone()}</button></p>
                </form>
            </section>
        };
        let note = Input {
            name: "note",
            label: &words.note,
            hint: &words.note_hint,
            value: self.note,
            ..Input::default()
        };
        let dismiss = view! {
            <section class="box">
                <h2>{words.report_dismiss.clone()}</h2>
                <p>{words.report_dismiss_lead.clone()}</p>
                <form method="post" novalidate action=format!("{path}/avsluta")>
                    {textarea(&note, 2, &self.faults)}
                    <p class="go"><button class="b2">{words.report_dismiss_do.clone()}</button></p>
                </form>
            </section>
        };
        if self.report.kind == "closed" {
            view! { {close}{change}{dismiss} }.into_any()
        } else {
            view! { {change}{close}{dismiss} }.into_any()
        }
    }
}

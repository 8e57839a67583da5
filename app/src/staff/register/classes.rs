//! Files that give municipalities and areas their classes.

use leptos::prelude::*;

use super::{
    keyed,
    preview::RowLine,
    tables::{Cell, table},
};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, done, select, summary},
    },
};

pub struct ClassFilePage<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// Kind and what of it is loaded.
    pub loaded: Vec<LoadedFile>,
    pub kind: &'a str,
    pub faults: Vec<Fault>,
    /// Rows of the file just sent that were left out.
    pub left_out: Vec<RowLine>,
    pub told: Option<String>,
    pub may_change: bool,
}

pub struct LoadedFile {
    pub kind: &'static str,
    pub codes: i64,
    pub file_name: String,
    pub at: String,
}

const KINDS: [&str; 2] = ["municipality_type", "area_type"];

impl ClassFilePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let loaded = if self.loaded.is_empty() {
            view! { <p class="empty">{words.classes_none.clone()}</p> }.into_any()
        } else {
            let headings = [
                words.classes_kind.as_str(),
                words.classes_codes.as_str(),
                words.file.as_str(),
                words.when.as_str(),
            ];
            let rows = self
                .loaded
                .iter()
                .map(|file| {
                    vec![
                        Cell::from(keyed(&words.class_kinds, file.kind)),
                        file.codes.to_string().into(),
                        file.file_name.as_str().into(),
                        file.at.as_str().into(),
                    ]
                })
                .collect();
            table(&words.classes_title, &headings, rows)
        };
        let left_out = (!self.left_out.is_empty()).then(|| {
            let row = fill(&words.row, &[("row", "")]);
            let headings = [row.trim(), words.value.as_str(), words.reason.as_str()];
            let rows = self
                .left_out
                .iter()
                .map(|line| {
                    vec![
                        Cell::from(line.row.to_string()),
                        line.value.as_str().into(),
                        line.reason.as_str().into(),
                    ]
                })
                .collect();
            view! { <h2>{words.classes_faults.clone()}</h2><p>{words.classes_faults_lead.clone()}</p>{table(&words.classes_faults, &headings, rows)} }
        });
        let main = view! {
            <p class="back"><a href="/admin/register">{words.back_to_units.clone()}</a></p>
            {summary(frame, &self.faults)}
            <h1>{words.classes_title.clone()}</h1>
            {self.told.as_deref().map(done)}
            <p class="in">{words.classes_lead.clone()}</p>
            {left_out}
            {loaded}
            {self.may_change.then(|| self.form())}
        };
        if self.faults.is_empty() {
            frame.document(&words.classes_title, Current::Register, main)
        } else {
            frame.faulty_document(&words.classes_title, Current::Register, main)
        }
    }

    fn form(&self) -> AnyView {
        let words = &self.frame.words.register;
        let kind = Input {
            name: "kind",
            label: &words.classes_kind,
            value: self.kind,
            ..Input::default()
        };
        let kinds = KINDS.map(|kind| (kind.to_owned(), keyed(&words.class_kinds, kind).to_owned()));
        let wrong: Vec<_> = self
            .faults
            .iter()
            .filter(|fault| fault.field == "file")
            .map(|fault| view! { <p class="e" id="file-e">{fault.text.clone()}</p> })
            .collect();
        let invalid = (!wrong.is_empty()).then_some("true");
        let described = if wrong.is_empty() {
            "file-h"
        } else {
            "file-h file-e"
        };
        view! {
            <h2>{words.classes_load.clone()}</h2>
            <form method="post" action="/admin/register/klasser" enctype="multipart/form-data" novalidate>
                {select(&kind, &kinds, &self.faults)}
                <div class="f">
                    <label class="l2" for="file">{words.file.clone()}</label>
                    <p class="h" id="file-h">{words.classes_file.clone()}</p>
                    {wrong}
                    <input type="file" id="file" name="file" accept=".csv,.txt,.xlsx" aria-describedby=described aria-invalid=invalid/>
                </div>
                <p class="go"><button>{words.classes_load.clone()}</button></p>
            </form>
        }
        .into_any()
    }
}

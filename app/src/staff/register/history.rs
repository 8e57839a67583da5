//! The register's whole history, and what one file changed.

use leptos::prelude::*;

use super::{
    HistoryLine,
    tables::{Cell, table},
    unit_path,
};
use crate::{
    fill,
    staff::{Current, StaffFrame, follow_up::count, form::pager},
};

pub struct HistoryPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// Where only what this file changed is shown.
    pub file: Option<HistoryFile>,
    pub lines: Vec<UnitHistoryLine>,
    pub total: u32,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

pub struct HistoryFile {
    pub id: String,
    pub file_name: String,
    pub sender: String,
    pub at: String,
    pub by: String,
}

pub struct UnitHistoryLine {
    pub unit_key: String,
    pub unit_name: String,
    pub line: HistoryLine,
}

impl HistoryPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let (title, lead, query) = match &self.file {
            None => (
                words.history_title.clone(),
                words.history_whole.clone(),
                String::new(),
            ),
            Some(file) => {
                let of = [
                    ("file", file.file_name.as_str()),
                    ("sender", &file.sender),
                    ("at", &file.at),
                    ("by", &file.by),
                ];
                (
                    fill(&words.history_of_file, &of),
                    fill(&words.history_file_lead, &of),
                    format!("fil={}&", file.id),
                )
            }
        };
        let whole = self.file.is_some().then(|| {
            view! { <p><a href="/admin/register/historik">{words.history_title.clone()}</a></p> }
        });
        let found = if self.lines.is_empty() {
            view! { <p class="empty">{words.no_history.clone()}</p> }.into_any()
        } else {
            self.table()
        };
        let address = |page: u32| format!("/admin/register/historik?{query}sida={page}");
        let main = view! {
            <p class="back"><a href="/admin/register">{words.back_to_units.clone()}</a></p>
            <h1>{title.clone()}</h1>
            <p class="in">{lead}</p>
            {whole}
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::Register, main)
    }

    fn table(&self) -> AnyView {
        let words = &self.frame.words.register;
        let headings = [
            words.unit.as_str(),
            words.when.as_str(),
            words.what.as_str(),
            words.before.as_str(),
            words.after.as_str(),
            words.who.as_str(),
            words.source.as_str(),
        ];
        let rows = self
            .lines
            .iter()
            .map(|one| {
                let name = if one.unit_name.is_empty() {
                    &one.unit_key
                } else {
                    &one.unit_name
                };
                let unit = view! { <a href=unit_path(&one.unit_key)>{name.clone()}</a> }.into_any();
                let line = &one.line;
                let texts = [
                    &line.at,
                    &line.what,
                    &line.before,
                    &line.after,
                    &line.by,
                    &line.source,
                ];
                std::iter::once(Cell::from(unit))
                    .chain(texts.into_iter().map(|text| Cell::from(text.clone())))
                    .collect()
            })
            .collect();
        let caption = match self.total {
            1 => words.history_found_one.clone(),
            n => fill(
                &words.history_found,
                &[("n", &count(n.into(), self.frame.language))],
            ),
        };
        table(&caption, &headings, rows)
    }
}

//! Taking an import back: asked once, or told why it cannot be.

use leptos::prelude::*;

use super::{
    tables::{Cell, table},
    unit_path,
};
use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct UndoPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub id: &'a str,
    pub file_name: &'a str,
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    /// What stands in the way; empty where it has not been tried.
    pub obstacles: Vec<ObstacleLine>,
}

pub struct ObstacleLine {
    pub key: String,
    pub name: String,
    pub field: String,
    pub given: String,
    pub now: String,
    /// When and by whom.
    pub since: Option<(String, String)>,
}

impl UndoPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let back = view! { <p class="back"><a href="/admin/register/import">{words.files_title.clone()}</a></p> };
        if self.obstacles.is_empty() {
            let title = fill(&words.undo_title, &[("file", self.file_name)]);
            let lead = fill(
                &words.undo_lead,
                &[
                    ("new", &self.new.to_string()),
                    ("changed", &self.changed.to_string()),
                    ("gone", &self.gone.to_string()),
                ],
            );
            let main = view! {
                {back}
                <h1>{title.clone()}</h1>
                <p class="in">{lead}</p>
                <form method="post" action=format!("/admin/register/import/{}/angra", self.id)>
                    <p class="go"><button class="danger">{words.undo_do.clone()}</button><a href="/admin/register/import">{words.cancel.clone()}</a></p>
                </form>
            };
            return self.frame.document(&title, Current::Register, main);
        }
        let headings = [
            words.unit.as_str(),
            words.what.as_str(),
            words.undo_given.as_str(),
            words.undo_now.as_str(),
            words.undo_changed.as_str(),
        ];
        let rows = self
            .obstacles
            .iter()
            .map(|line| {
                let since = line.since.as_ref().map_or_else(
                    || words.undo_nobody.clone(),
                    |(at, by)| fill(&words.past_by, &[("at", at), ("by", by)]),
                );
                vec![
                    Cell::from(
                        view! { <a href=unit_path(&line.key)>{line.name.clone()}</a> }.into_any(),
                    ),
                    line.field.as_str().into(),
                    line.given.as_str().into(),
                    line.now.as_str().into(),
                    since.into(),
                ]
            })
            .collect();
        let main = view! {
            {back}
            <h1>{words.undo_blocked.clone()}</h1>
            <p class="in">{words.undo_blocked_lead.clone()}</p>
            {table(&words.undo_blocked, &headings, rows)}
        };
        self.frame
            .faulty_document(&words.undo_blocked, Current::Register, main)
    }
}

//! Files: sending one in, those that wait, and those that were accepted.

use leptos::prelude::*;

use super::tables::{Cell, table};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        follow_up::count,
        form::{Fault, Input, done, select, summary},
    },
};

pub struct FilesPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub senders: Vec<SenderChoice>,
    pub sender: &'a str,
    pub waiting: Vec<WaitingFile>,
    pub past: Vec<PastImport>,
    pub told: Option<String>,
    pub faults: Vec<Fault>,
    pub may_change: bool,
}

pub struct SenderChoice {
    pub value: String,
    pub label: String,
}

pub struct WaitingFile {
    pub id: String,
    pub file_name: String,
    pub sender: String,
    pub at: String,
}

pub struct PastImport {
    pub id: String,
    pub file_name: String,
    pub sender: String,
    pub at: String,
    pub by: String,
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    pub faulty: usize,
    /// When and by whom it was taken back.
    pub undone: Option<(String, String)>,
}

impl FilesPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let main = view! {
            <p class="back"><a href="/admin/register">{words.back_to_units.clone()}</a></p>
            {summary(frame, &self.faults)}
            <h1>{words.files_title.clone()}</h1>
            {self.told.as_deref().map(done)}
            <p class="in">{words.files_lead.clone()}</p>
            {self.may_change.then(|| self.upload())}
            {self.waiting()}
            <h2>{words.past_heading.clone()}</h2>
            {self.past()}
        };
        if self.faults.is_empty() {
            frame.document(&words.files_title, Current::Register, main)
        } else {
            frame.faulty_document(&words.files_title, Current::Register, main)
        }
    }

    fn upload(&self) -> AnyView {
        let words = &self.frame.words.register;
        let sender = Input {
            name: "sender",
            label: &words.sender,
            hint: &words.sender_hint,
            value: self.sender,
            ..Input::default()
        };
        let senders: Vec<_> = std::iter::once((String::new(), "–".to_owned()))
            .chain(
                self.senders
                    .iter()
                    .map(|one| (one.value.clone(), one.label.clone())),
            )
            .collect();
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
            <h2>{words.upload_heading.clone()}</h2>
            <form method="post" action="/admin/register/import" enctype="multipart/form-data" novalidate>
                {select(&sender, &senders, &self.faults)}
                <div class="f">
                    <label class="l2" for="file">{words.file.clone()}</label>
                    <p class="h" id="file-h">{words.file_hint.clone()}</p>
                    {wrong}
                    <input type="file" id="file" name="file" accept=".csv,.txt,.xlsx" aria-describedby=described aria-invalid=invalid/>
                </div>
                <p class="go"><button>{words.upload.clone()}</button></p>
            </form>
        }
        .into_any()
    }

    fn waiting(&self) -> Option<AnyView> {
        let words = &self.frame.words.register;
        (!self.waiting.is_empty()).then(|| {
            let items: Vec<_> = self
                .waiting
                .iter()
                .map(|file| {
                    let about = fill(&words.waiting_from, &[("sender", &file.sender), ("at", &file.at)]);
                    let path = format!("/admin/register/import/{}", file.id);
                    let buttons = self.may_change.then(|| {
                        let go = fill(&words.continue_with, &[("file", &file.file_name)]);
                        view! {
                            <a href=path.clone()>{go}</a>
                            <form method="post" action=format!("{path}/slang")>
                                <button class="b3" aria-label=format!("{}: {}", words.discard, file.file_name)>{words.discard.clone()}</button>
                            </form>
                        }
                    });
                    view! { <li><span>{file.file_name.clone()} " " <span class="h">{about}</span></span>{buttons}</li> }
                })
                .collect();
            view! { <h2>{words.waiting_heading.clone()}</h2><ul class="tl">{items}</ul> }.into_any()
        })
    }

    fn past(&self) -> AnyView {
        let words = &self.frame.words.register;
        if self.past.is_empty() {
            return view! { <p class="empty">{words.past_none.clone()}</p> }.into_any();
        }
        let headings = [
            words.file.as_str(),
            words.sender.as_str(),
            words.when.as_str(),
            words.count_new.as_str(),
            words.count_changed.as_str(),
            words.count_gone.as_str(),
            words.count_faulty.as_str(),
            words.undo.as_str(),
        ];
        let number = |n: usize| -> Cell {
            let n = u64::try_from(n).unwrap_or(u64::MAX);
            count(n, self.frame.language).into()
        };
        let rows = self
            .past
            .iter()
            .map(|import| {
                let undo: Cell = match &import.undone {
                    Some((at, by)) => fill(&words.past_undone, &[("at", at), ("by", by)]).into(),
                    None if self.may_change => {
                        let path = format!("/admin/register/import/{}/angra", import.id);
                        let what = format!("{}: {}", words.undo, import.file_name);
                        view! { <a href=path aria-label=what>{words.undo.clone()}</a> }
                            .into_any()
                            .into()
                    }
                    None => "".into(),
                };
                let path = format!("/admin/register/historik?fil={}", import.id);
                let file = view! { <a href=path>{import.file_name.clone()}</a> };
                vec![
                    file.into_any().into(),
                    import.sender.as_str().into(),
                    fill(&words.past_by, &[("at", &import.at), ("by", &import.by)]).into(),
                    number(import.new),
                    number(import.changed),
                    number(import.gone),
                    number(import.faulty),
                    undo,
                ]
            })
            .collect();
        table(&words.past_heading, &headings, rows)
    }
}

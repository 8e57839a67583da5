//! While a long file is read, and when a file cannot be.

use leptos::prelude::*;

use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct ProgressPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub file_name: &'a str,
    /// `reading`, `checking`, `comparing`, or nothing yet; done, of.
    pub stage: Option<(&'static str, u64, u64)>,
    /// This page.
    pub address: &'a str,
}

pub struct UnreadablePage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub file_name: &'a str,
    /// Why, as a whole sentence.
    pub reason: String,
}

impl ProgressPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.register;
            let (text, done, of) = match self.stage {
                Some(("reading", done, of)) => (&words.progress_reading, done, of),
                Some(("checking", done, of)) => (&words.progress_checking, done, of),
                Some((_, done, of)) => (&words.progress_comparing, done, of),
                None => (&words.progress_starting, 0, 1),
            };
            let title = fill(&words.progress_title, &[("file", self.file_name)]);
            let percent = format!("{} %", (done * 100).checked_div(of).unwrap_or(0));
            let main = view! {
                <h1>{title.clone()}</h1>
                <p role="status"><label for="framsteg">{text.clone()}</label> " " {percent.clone()}</p>
                <p><progress id="framsteg" max=of.max(1).to_string() value=done.to_string()>{percent}</progress></p>
                <p><a href=self.address.to_owned()>{words.progress_reload.clone()}</a></p>
            };
            self.frame.document(&title, Current::Register, main)
        })
    }
}

impl UnreadablePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.register;
            let main = view! {
                <h1>{words.unreadable_title.clone()}</h1>
                <p class="in">{fill(&words.unreadable_lead, &[("file", self.file_name)])}</p>
                <p class="note">{self.reason.clone()}</p>
                <p><a href="/admin/register/import">{words.choose_other.clone()}</a></p>
            };
            self.frame
                .faulty_document(&words.unreadable_title, Current::Register, main)
        })
    }
}

use leptos::prelude::*;

use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Input, input, pager},
        register::tables::{Cell, facts, table},
    },
};

/// The mailbox inside the product.
pub struct MailboxPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub letters: Vec<BoxLine>,
    pub total: u32,
    pub search: &'a str,
    /// The same, to stand in an address.
    pub query: String,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

pub struct BoxLine {
    pub id: String,
    pub recipient: String,
    pub subject: String,
    pub received: String,
}

impl MailboxPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.rounds;
        let rows: Vec<Vec<Cell>> = self
            .letters
            .iter()
            .map(|letter| {
                let address = format!("/admin/brevlada/{}", letter.id);
                vec![
                    Cell::View(view! { <a href=address>{letter.subject.clone()}</a> }.into_any()),
                    letter.recipient.as_str().into(),
                    letter.received.as_str().into(),
                ]
            })
            .collect();
        let headings = [words.subject.as_str(), &words.to, &words.received];
        let found = if rows.is_empty() {
            view! { <p class="empty">{words.box_none.clone()}</p> }.into_any()
        } else {
            let caption = fill(&words.box_caption, &[("count", &self.total.to_string())]);
            table(&caption, &headings, rows)
        };
        let address = |page: u32| format!("/admin/brevlada?{}&sida={page}", self.query);
        let main = view! {
            <h1>{words.box_title.clone()}</h1>
            <p class="in">{words.box_lead.clone()}</p>
            <form class="filters" method="get" action="/admin/brevlada">
                <div class="row">
                    {input(
                        &Input { name: "sok", label: &words.recipient, value: self.search, kind: "search", ..Input::default() },
                        &[],
                    )}
                    <div class="go"><button>{words.show.clone()}</button></div>
                </div>
            </form>
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame
            .document(&words.box_title, Current::Mailbox, main)
    }
}

/// One letter, as its recipient would read it.
pub struct BoxedLetterPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub subject: &'a str,
    pub recipient: &'a str,
    pub received: String,
    pub message_id: &'a str,
    pub text: String,
    /// As it would have gone over the wire.
    pub source: String,
}

impl BoxedLetterPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.rounds;
        let known = facts(vec![
            (words.to.clone(), self.recipient.into()),
            (words.received.clone(), self.received.as_str().into()),
            ("Message-ID".to_owned(), self.message_id.into()),
        ]);
        let main = view! {
            <p class="back"><a href="/admin/brevlada">{words.box_back.clone()}</a></p>
            <h1>{self.subject.to_owned()}</h1>
            {known}
            <div class="letter"><p class="letter-text">{linked(&self.text)}</p></div>
            <details><summary>{words.source.clone()}</summary><pre class="wide" tabindex="0">{self.source.clone()}</pre></details>
        };
        self.frame.document(self.subject, Current::Mailbox, main)
    }
}

/// The text, in which addresses can be followed.
fn linked(text: &str) -> Vec<AnyView> {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let address = word.trim_end();
            if address.starts_with("http://") || address.starts_with("https://") {
                let rest = word.get(address.len()..).unwrap_or_default().to_owned();
                view! { <a href=address.to_owned() rel="noreferrer">{address.to_owned()}</a>{rest} }
                    .into_any()
            } else {
                word.to_owned().into_any()
            }
        })
        .collect()
}

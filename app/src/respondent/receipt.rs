//! The receipt: a number, a time, a copy of the answers to print.

use leptos::prelude::*;
use survey::{answers::Answers, instrument::Instrument, route::Route};

use super::answered::{Reading, dated};
use crate::{
    Frame,
    document::{Head, paragraphs},
};

pub struct ReceiptPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    /// The answers as submitted.
    pub answers: &'a Answers,
    pub route: &'a Route<'a>,
    pub receipt: String,
    pub submitted: String,
    pub closes: String,
    /// Submit was pressed a second time.
    pub already: bool,
    /// The round is open, so the answers may be opened again.
    pub may_reopen: bool,
}

impl ReceiptPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.receipt;
        let reading = Reading {
            frame,
            instrument: self.instrument,
            answers: self.answers,
        };
        let sections: Vec<_> = self.route.sections.iter().map(|section| view! { <h2>{reading.section_title(section)}</h2>{reading.section(section)} }).collect();
        let heading = if self.already {
            &words.already
        } else {
            &words.title
        };
        let reopen = self.may_reopen.then(|| {
            view! {
                <p>{dated(&words.may_change, &self.closes)}</p>
                <form method="post" action=frame.path("/oppna")><button class="b3">{words.reopen.clone()}</button></form>
            }
        });
        let main = view! {
            <div class="sum-ok">
                <h1>{heading.clone()}</h1>
                <dl class="rc2"><dt>{words.number.clone()}</dt><dd>{self.receipt.clone()}</dd><dt>{words.when.clone()}</dt><dd>{self.submitted.clone()}</dd></dl>
            </div>
            <h2>{words.next.clone()}</h2>
            {paragraphs(self.instrument.texts.thanks.get(frame.language))}
            {reopen}
            <h2>{words.copy.clone()}</h2>
            <p class="h np">{words.print.clone()}</p>
            {sections}
        };
        let title = format!(
            "{} – {}",
            heading,
            self.instrument.title.get(frame.language)
        );
        frame.document(
            Head {
                title,
                faulty: false,
                typed_on: false,
            },
            main,
        )
    }
}

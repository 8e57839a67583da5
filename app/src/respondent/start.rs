//! Where the link leads: what this is, and the list of sections.

use leptos::prelude::*;
use survey::instrument::Instrument;

use super::answered::dated;
use crate::{
    Frame,
    document::{Head, paragraphs},
    fill,
};

pub struct StartPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub sections: Vec<SectionStatus>,
    /// The address where the chief left off.
    pub next: String,
    pub closes: String,
    /// When, and the receipt, where the answers are submitted and not opened again.
    pub submitted: Option<(String, String)>,
}

pub struct SectionStatus {
    pub title: String,
    pub path: String,
    pub status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    NotStarted,
    Started,
    Done,
}

impl StartPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.start;
        let texts = &self.instrument.texts;
        let title = frame.text(&self.instrument.title);
        let begun = self
            .sections
            .iter()
            .any(|section| section.status != Status::NotStarted);
        let done = self
            .sections
            .iter()
            .all(|section| section.status == Status::Done);
        let action = if let Some((time, receipt)) = &self.submitted {
            view! {
                <div class="sum-ok">
                    <p>{fill(&words.submitted, &[("time", time), ("receipt", receipt)])}</p>
                    <p><a class="btn" href=frame.path("/kvitto")>{words.see_receipt.clone()}</a></p>
                </div>
            }
            .into_any()
        } else if done {
            view! { <p class="go"><a class="btn" href=frame.path("/granska")>{words.review.clone()}</a></p> }.into_any()
        } else if begun {
            view! { <p class="go"><a class="btn" href=self.next.clone()>{words.resume.clone()}</a></p> }.into_any()
        } else {
            view! { <form class="go" method="post" action=frame.path("/borja")><button>{words.begin.clone()}</button></form> }.into_any()
        };
        let items: Vec<_> = self
            .sections
            .iter()
            .map(|section| {
                let (label, class) = match section.status {
                    Status::NotStarted => (&words.status_not_started, "tag"),
                    Status::Started => (&words.status_started, "tag t1"),
                    Status::Done => (&words.status_done, "tag t2"),
                };
                view! { <li><a href=section.path.clone()>{section.title.clone()}</a><span class=class>{label.clone()}</span></li> }
            })
            .collect();
        let review = begun
            .then(|| view! { <li><a href=frame.path("/granska")>{words.review.clone()}</a></li> });
        // What has been handed in is read from the receipt, and answered on only when it is opened again.
        let to_answer = self.submitted.is_none().then(|| {
            view! {
                <p class="h">{words.saved_along.clone()}</p>
                <h2 id="delar">{words.heading_sections.clone()}</h2>
                <ol class="tl" aria-labelledby="delar">{items}{review}</ol>
                <p><a href=frame.path("/utskrift")>{words.print_blank.clone()}</a>" "<span class="h">{words.print_blank_why.clone()}</span></p>
                <p><a href=frame.path("/dela")>{frame.words.share.to_share.clone()}</a></p>
            }
        });
        let part = |heading: &str, text: &survey::text::Text| view! { <h2>{heading.to_owned()}</h2>{paragraphs(text.get(frame.language))} };
        let sender = &self.instrument.sender;
        let phone = sender
            .phone
            .as_ref()
            .map(|phone| view! { <p>{words.contact_phone.clone()}": "{phone.clone()}</p> });
        let main = view! {
            <h1>{title.clone()}</h1>
            <div class="in">{paragraphs(texts.purpose.get(frame.language))}</div>
            <p><strong>{dated(&words.closes, &self.closes)}</strong></p>
            {action}
            {to_answer}
            <p><a href=frame.path("/fel-mottagare")>{words.wrong_recipient.clone()}</a></p>
            {part(&words.heading_why, &texts.why_you)}
            {part(&words.heading_time, &texts.time)}
            {part(&words.heading_use, &texts.use_of_answers)}
            {paragraphs(texts.secrecy.get(frame.language))}
            <p><a href=frame.path("/om/personuppgifter")>{words.privacy_more.clone()}</a></p>
            {part(&words.heading_consultation, &texts.consultation)}
            <h2 id="kontakt">{words.heading_contact.clone()}</h2>
            {paragraphs(sender.contact.get(frame.language))}
            <p>{words.contact_mail.clone()}": "<a href=format!("mailto:{}", sender.email)>{sender.email.clone()}</a></p>
            {phone}
        };
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

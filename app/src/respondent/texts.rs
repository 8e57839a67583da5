//! Accessibility, personal data, cookies.

use leptos::prelude::*;
use survey::instrument::Instrument;

use crate::{
    Frame,
    document::{Head, paragraphs},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTopic {
    Accessibility,
    Privacy,
    Cookies,
}

impl TextTopic {
    /// The topic of an address below `/om/`.
    pub fn from_path(path: &str) -> Option<Self> {
        match path {
            "tillganglighet" => Some(Self::Accessibility),
            "personuppgifter" => Some(Self::Privacy),
            "kakor" => Some(Self::Cookies),
            _ => None,
        }
    }
}

pub struct TextPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub topic: TextTopic,
}

impl TextPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let frame = self.frame;
            let words = &frame.words.texts;
            let texts = &self.instrument.texts;
            let (title, body) = match self.topic {
                TextTopic::Accessibility => (
                    &words.accessibility,
                    texts.accessibility.get(frame.language),
                ),
                TextTopic::Privacy => (&words.privacy, texts.privacy.get(frame.language)),
                TextTopic::Cookies => (&words.cookies, words.cookies_body.as_str()),
            };
            let main = view! {
                <p class="back"><a href=frame.path("")>{frame.words.notice.to_start.clone()}</a></p>
                <h1>{title.clone()}</h1>
                {paragraphs(body)}
            };
            frame.document(
                Head {
                    title: title.clone(),
                    faulty: false,
                    typed_on: false,
                },
                main,
            )
        })
    }
}

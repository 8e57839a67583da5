//! Pages that say what to do when there is no questionnaire to show.

use leptos::prelude::*;

use super::answered::dated;
use crate::{Frame, document::Head};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Closed {
        date: String,
        /// There is a receipt to read.
        submitted: bool,
    },
    NotOpen {
        date: String,
    },
    Revoked,
    Unknown,
    TooMany,
    Missing,
    Error,
    Bad,
    /// Submitted, and not opened again.
    Submitted,
}

impl Notice {
    pub fn html(&self, frame: &Frame<'_>) -> String {
        Owner::new().with(|| {
            let words = &frame.words.notice;
            let (title, text) = match self {
                Self::Closed { date, .. } => (&words.closed_title, dated(&words.closed, date)),
                Self::NotOpen { date } => (&words.not_open_title, dated(&words.not_open, date)),
                Self::Revoked => (&words.revoked_title, words.revoked.clone()),
                Self::Unknown => (&words.unknown_title, words.unknown.clone()),
                Self::TooMany => (&words.too_many_title, words.too_many.clone()),
                Self::Missing => (&words.missing_title, words.missing.clone()),
                Self::Error => (&words.error_title, words.error.clone()),
                Self::Bad => (&words.bad_title, words.bad.clone()),
                Self::Submitted => (&words.submitted_title, words.submitted.clone()),
            };
            let way_on = match self {
                Self::Submitted
                | Self::Closed {
                    submitted: true, ..
                } => Some((frame.path("/kvitto"), frame.words.start.see_receipt.clone())),
                Self::Missing | Self::Bad | Self::Error => {
                    Some((frame.path(""), words.to_start.clone()))
                }
                _ => None,
            };
            let way_on = way_on
                .filter(|_| frame.base.is_some())
                .map(|(path, label)| view! { <p><a class="btn" href=path>{label}</a></p> });
            let main = view! { <h1>{title.clone()}</h1><p class="in">{text}</p>{way_on} };
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

/// The trial environment's front page: links to click.
pub struct DemoPage<'a> {
    pub frame: &'a Frame<'a>,
    pub links: Vec<DemoLink>,
}

pub struct DemoLink {
    pub label: String,
    pub unit: String,
    pub path: String,
}

impl DemoPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.demo;
            let items: Vec<_> = self
                .links
                .iter()
                .map(|link| view! { <li><a href=link.path.clone()>{link.label.clone()}</a><span class="h">{link.unit.clone()}</span></li> })
                .collect();
            let main = view! { <h1>{words.title.clone()}</h1><p class="in">{words.lead.clone()}</p><ul class="tl">{items}</ul> };
            self.frame.document(Head { title: words.title.clone(), faulty: false, typed_on: false }, main)
        })
    }
}

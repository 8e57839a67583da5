//! Pages that say why there is nothing else to show.

use leptos::prelude::*;

use super::{Current, StaffFrame};
use crate::fill;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffNotice {
    /// The role does not suffice.
    Forbidden,
    Missing,
    /// Something failed that the reader can do nothing about.
    Error,
    /// What was posted cannot be read.
    Bad,
    /// A form that another site's page sent.
    CrossSite,
}

impl StaffNotice {
    pub fn html(self, frame: &StaffFrame<'_>) -> String {
        Owner::new().with(|| {
            let words = &frame.words.frame;
            let role = frame
                .who
                .map(|who| frame.role(who.role))
                .unwrap_or_default();
            let (title, text) = match self {
                Self::Forbidden => (
                    &words.forbidden_title,
                    fill(&words.forbidden, &[("role", role)]),
                ),
                Self::Missing => (&words.missing_title, words.missing.clone()),
                Self::Error => (&words.error_title, words.error.clone()),
                Self::Bad => (&words.bad_title, words.bad.clone()),
                Self::CrossSite => (&words.cross_site_title, words.cross_site.clone()),
            };
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="in">{text}</p>
                <p><a href="/admin">{words.to_start.clone()}</a></p>
            };
            frame.document(title, Current::Elsewhere, main)
        })
    }
}

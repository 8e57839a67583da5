//! What a region's own coordinator sees: who has not answered, and nothing of what anybody answered.

use leptos::prelude::*;

use super::number::count;
use crate::{
    fill,
    staff::{Current, StaffFrame, form::pager},
};

pub struct RegionPage<'a> {
    /// Of somebody who is not signed in.
    pub frame: &'a StaffFrame<'a>,
    pub region: &'a str,
    /// The path of the link.
    pub path: &'a str,
    pub pilot: bool,
    /// Of those that the survey is for in the region.
    pub answered: u64,
    pub all: u64,
    pub units: &'a [RegionUnit],
    /// On every page.
    pub total: u64,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    /// The last day to answer, written out.
    pub closes: &'a str,
}

/// A unit that has not answered.
#[derive(Clone, Debug)]
pub struct RegionUnit {
    pub name: String,
    pub city: String,
    pub begun: bool,
    pub chief: String,
    /// Whether the last mail came back.
    pub bounced: bool,
}

/// Why there is no list to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionNotice {
    NotOpen { opens: String },
    Closed { closes: String },
    Revoked,
    Unknown,
    TooMany,
}

impl RegionNotice {
    pub fn html(&self, frame: &StaffFrame<'_>) -> String {
        let words = &frame.words.follow_up;
        let (title, text) = match self {
            Self::NotOpen { opens } => (
                &words.region_not_open_title,
                fill(&words.region_not_open, &[("opens", opens)]),
            ),
            Self::Closed { closes } => (
                &words.region_closed_title,
                fill(&words.region_closed, &[("closes", closes)]),
            ),
            Self::Revoked => (&words.region_revoked_title, words.region_revoked.clone()),
            Self::Unknown => (&words.region_unknown_title, words.region_unknown.clone()),
            Self::TooMany => (&words.region_too_many_title, words.region_too_many.clone()),
        };
        Owner::new().with(|| {
            let main = view! { <h1>{title.clone()}</h1><p class="in">{text}</p> };
            frame.document(title, Current::Elsewhere, main)
        })
    }
}

impl RegionPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let number = |n| count(n, self.frame.language);
        let title = fill(&words.region_title, &[("region", self.region)]);
        let lead = fill(
            &words.region_lead,
            &[
                ("answered", &number(self.answered)),
                ("all", &number(self.all)),
                ("region", self.region),
            ],
        );
        let until = fill(&words.region_until, &[("closes", self.closes)]);
        let yes_no = |yes| {
            if yes {
                words.region_yes.clone()
            } else {
                words.region_no.clone()
            }
        };
        let rows: Vec<_> = self
            .units
            .iter()
            .map(|unit| {
                view! {
                    <tr>
                        <th scope="row">{unit.name.clone()}</th>
                        <td data-l=words.city.clone()>{unit.city.clone()}</td>
                        <td data-l=words.region_begun.clone()>{yes_no(unit.begun)}</td>
                        <td data-l=words.chief.clone()>{unit.chief.clone()}</td>
                        <td data-l=words.region_mail.clone()>{yes_no(unit.bounced)}</td>
                    </tr>
                }
            })
            .collect();
        let found = if rows.is_empty() && self.answered == self.all {
            view! { <p class="empty">{words.region_done.clone()}</p> }.into_any()
        } else {
            let caption = if self.total == 1 {
                words.region_caption_one.clone()
            } else {
                fill(&words.region_caption, &[("count", &number(self.total))])
            };
            view! {
                <table class="t cards">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{words.unit.clone()}</th>
                        <th scope="col">{words.city.clone()}</th>
                        <th scope="col">{words.region_begun.clone()}</th>
                        <th scope="col">{words.chief.clone()}</th>
                        <th scope="col">{words.region_mail.clone()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let pilot = super::parts::pilot_note(words, self.pilot);
        let address = |page: u32| format!("{}?sida={page}", self.path);
        let main = view! {
            <h1>{title.clone()}</h1>
            {pilot}
            <p class="in">{lead}</p>
            <p>{until}</p>
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::Elsewhere, main)
    }
}

//! The units behind a number.

use leptos::prelude::*;
use survey::statistics::{Slice, Status};

use super::{
    RoundPaths, SectionNames, number::count, outcomes::status_name, parts::pilot_note, slices,
};
use crate::{
    fill,
    staff::{Current, StaffFrame, form::pager, register::unit_path},
};

pub struct BehindPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    pub pilot: bool,
    pub slice: &'a Slice,
    /// The dimension, the category and its name, where one group is shown.
    pub group: Option<(&'a str, &'a str, &'a str)>,
    pub sections: &'a SectionNames,
    /// The day of the slice written out, where it is of a day.
    pub day: &'a str,
    pub units: &'a [UnitLine],
    pub total: u64,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

/// A unit, where it stands, and whom to ask.
#[derive(Clone, Debug)]
pub struct UnitLine {
    pub key: String,
    pub name: String,
    pub city: String,
    pub region: String,
    pub status: Status,
    /// Dates, written out.
    pub mailed: Option<String>,
    pub answered: Option<String>,
    pub started: Option<String>,
    pub opened: Option<String>,
    /// Whether the last mail came back.
    pub bounced: bool,
    pub chief: Option<String>,
    pub email: Option<String>,
}

impl BehindPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let paths = RoundPaths(self.round);
        let label = slices::label(words, self.slice, self.sections, self.day);
        let title = match self.group {
            Some((_, _, name)) => fill(&words.behind_in, &[("slice", &label), ("group", name)]),
            None => label,
        };
        let caption = if self.total == 1 {
            words.behind_count_one.clone()
        } else {
            let total = count(self.total, self.frame.language);
            fill(&words.behind_count, &[("count", &total)])
        };
        let rows: Vec<_> = self.units.iter().map(|unit| self.row(unit)).collect();
        let found = if rows.is_empty() {
            view! { <p class="empty">{words.behind_none.clone()}</p> }.into_any()
        } else {
            view! {
                <table class="t cards">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{words.unit.clone()}</th>
                        <th scope="col">{words.city.clone()}</th>
                        <th scope="col">{words.region.clone()}</th>
                        <th scope="col">{words.status.clone()}</th>
                        <th scope="col">{words.last.clone()}</th>
                        <th scope="col">{words.mailed.clone()}</th>
                        <th scope="col">{words.chief.clone()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let group = self
            .group
            .map(|(dimension, category, _)| (dimension, category));
        let address = |page: u32| format!("{}&sida={page}", paths.behind(group, self.slice));
        let main = view! {
            <p class="back"><a href=paths.follow_up()>{words.back.clone()}</a></p>
            <h1>{title.clone()}</h1>
            {pilot_note(words, self.pilot)}
            <p>{words.behind_lead.clone()}</p>
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::FollowUp, main)
    }

    fn row(&self, unit: &UnitLine) -> AnyView {
        let words = &self.frame.words.follow_up;
        let last = [
            (&words.last_answered, &unit.answered),
            (&words.last_started, &unit.started),
            (&words.last_opened, &unit.opened),
        ]
        .into_iter()
        .find_map(|(text, date)| Some(fill(text, &[("date", date.as_deref()?)])))
        .unwrap_or_default();
        let mailed = match (&unit.mailed, unit.bounced) {
            (Some(date), true) => format!("{date} ({})", words.bounced_back),
            (None, true) => words.bounced_back.clone(),
            (Some(date), false) => date.clone(),
            (None, false) => String::new(),
        };
        let chief = unit.chief.clone().map(|name| {
            let email = unit.email.clone().map(|email| {
                let to = format!("mailto:{email}");
                view! { " " <a href=to>{email}</a> }
            });
            view! { {name}{email} }
        });
        view! {
            <tr>
                <th scope="row"><a href=unit_path(&unit.key)>{unit.name.clone()}</a></th>
                <td data-l=words.city.clone()>{unit.city.clone()}</td>
                <td data-l=words.region.clone()>{unit.region.clone()}</td>
                <td data-l=words.status.clone()>{status_name(words, unit.status)}</td>
                <td data-l=words.last.clone()>{last}</td>
                <td data-l=words.mailed.clone()>{mailed}</td>
                <td data-l=words.chief.clone()>{chief}</td>
            </tr>
        }
        .into_any()
    }
}

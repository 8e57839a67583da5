//! The rows of the review list.

use leptos::prelude::*;
use survey::statistics::Share;

use super::{CleaningPaths, left::lower, list::ReviewPage, numbers::share};
use crate::fill;

pub enum ListRows {
    Open(Vec<OpenRow>),
    Missing(Vec<MissingRow>),
    Decided(Vec<DecidedRow>),
    Returned(Vec<DecidedRow>),
}

pub struct OpenRow {
    /// From 1, on the whole list.
    pub place: usize,
    /// From 1, on the list as it is chosen.
    pub at: usize,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub query: String,
    pub rule: String,
    /// The values in question.
    pub what: String,
    pub is_hard: bool,
    pub is_confirmed: bool,
    /// What the list is in order of.
    pub weighed: Share,
    /// In the country, in the region, in one row.
    pub movements: Vec<MovementShown>,
    /// What those below may still do at most, and to which total.
    pub left: (String, Share),
}

/// A value that was left blank where the rest says that there is one.
pub struct MissingRow {
    /// From 1, on the list as it is chosen.
    pub at: usize,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub query: String,
    /// What is missing.
    pub values: Vec<String>,
    /// What the rule says of it.
    pub why: String,
}

/// How far a total may be expected to move.
pub struct MovementShown {
    /// Where: "Riket".
    pub at: String,
    pub total: String,
    pub share: Share,
}

pub struct DecidedRow {
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub rule: String,
    /// What was decided; why it does not fit, where it does not.
    pub what: String,
    pub who: String,
    pub when: String,
}

impl ReviewPage<'_> {
    pub(super) fn table(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let total = self.total();
        if total == 0 {
            return view! { <p class="empty">{words.empty.clone()}</p> }.into_any();
        }
        let caption = |text: &str| fill(text, &[("count", &self.count(total))]);
        match self.rows {
            ListRows::Open(rows) => self.open(rows, caption(&words.caption_open)),
            ListRows::Missing(rows) => self.missing(rows, caption(&words.caption_missing)),
            ListRows::Decided(rows) => {
                self.decided(rows, caption(&words.caption_decided), &words.decision)
            }
            ListRows::Returned(rows) => {
                self.decided(rows, caption(&words.caption_returned), &words.why)
            }
        }
    }

    fn open(&self, rows: &[OpenRow], caption: String) -> AnyView {
        let words = &self.frame.words.cleaning;
        let rows: Vec<_> = rows.iter().map(|row| self.open_row(row)).collect();
        view! {
            <p>{self.ordered_by()}</p>
            <p class="h">{words.likely_lead.clone()}</p>
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words.centre.clone()}</th>
                    <th scope="col" class="num">{words.order.clone()}</th>
                    <th scope="col" class="num">{words.weighed.clone()}</th>
                    <th scope="col">{words.region.clone()}</th>
                    <th scope="col">{words.asked.clone()}</th>
                    <th scope="col">{words.likely_change.clone()}</th>
                    <th scope="col">{words.left_after.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    /// What the list is in order of, for the part of what is published that is chosen.
    fn ordered_by(&self) -> String {
        let words = &self.frame.words.cleaning;
        let row = self
            .in_rows
            .map_or_else(|| words.row_of_tables.clone(), |rows| lower(&rows.heading));
        let text = match (self.filter.region.as_str(), self.filter.row.as_str()) {
            ("", "") => &words.ordered_by,
            (_, "") => &words.ordered_by_in_region,
            _ => &words.ordered_by_in_row,
        };
        let place = self.left.place(words);
        fill(text, &[("row", &row), ("where", &place)])
    }

    fn open_row(&self, row: &OpenRow) -> AnyView {
        let words = &self.frame.words.cleaning;
        let path = self.question(&row.unit_key, row.at, &row.query);
        let place = u64::try_from(row.place).unwrap_or(u64::MAX);
        let (total, left) = &row.left;
        let left = if *left == 0 {
            "–".to_owned()
        } else {
            format!("{}, {}", share(*left, self.frame.language), lower(total))
        };
        let stop = (row.place == self.left.stop_after)
            .then(|| view! { " " <strong class="tag">{words.stop_here.clone()}</strong> });
        let urgency = if row.is_hard {
            &words.hard
        } else {
            &words.soft
        };
        let confirmed = row
            .is_confirmed
            .then(|| view! { " " <span class="tag">{words.confirmed_tag.clone()}</span> });
        view! {
            <tr>
                <th scope="row"><a href=path>{row.unit_name.clone()}</a></th>
                <td class="num" data-l=words.order.clone()>{self.count(place)}</td>
                <td class="num" data-l=words.weighed.clone()>{share(row.weighed, self.frame.language)}</td>
                <td data-l=words.region.clone()>{row.region.clone()}</td>
                <td data-l=words.asked.clone()>{format!("{}: {}", row.rule, row.what)}" " <span class="tag">{urgency.clone()}</span>{confirmed}</td>
                <td data-l=words.likely_change.clone()>{self.movements(row)}</td>
                <td data-l=words.left_after.clone()>{left}{stop}</td>
            </tr>
        }
        .into_any()
    }

    fn missing(&self, rows: &[MissingRow], caption: String) -> AnyView {
        let words = &self.frame.words.cleaning;
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                let path = self.question(&row.unit_key, row.at, &row.query);
                view! {
                    <tr>
                        <th scope="row"><a href=path>{row.unit_name.clone()}</a></th>
                        <td data-l=words.region.clone()>{row.region.clone()}</td>
                        <td data-l=words.what_is_missing.clone()>{row.values.join(", ")}</td>
                        <td data-l=words.why_asked.clone()>{row.why.clone()}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <p>{words.missing_lead.clone()}</p>
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words.centre.clone()}</th>
                    <th scope="col">{words.region.clone()}</th>
                    <th scope="col">{words.what_is_missing.clone()}</th>
                    <th scope="col">{words.why_asked.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    /// Where a question is answered.
    fn question(&self, unit: &str, place: usize, query: &str) -> String {
        CleaningPaths(self.round).question(unit, self.filter, place, query)
    }

    /// The movements that there are, a line for each.
    fn movements(&self, row: &OpenRow) -> AnyView {
        let words = &self.frame.words.cleaning;
        let lines: Vec<_> = row
            .movements
            .iter()
            .filter(|movement| movement.share > 0)
            .map(|movement| {
                let text = fill(
                    &words.movement,
                    &[
                        ("at", &movement.at),
                        ("share", &share(movement.share, self.frame.language)),
                        ("total", &lower(&movement.total)),
                    ],
                );
                view! { <span class="line-by-line">{text}</span>" " }
            })
            .collect();
        if lines.is_empty() {
            view! { "–" }.into_any()
        } else {
            lines.into_any()
        }
    }

    fn decided(&self, rows: &[DecidedRow], caption: String, what: &str) -> AnyView {
        let words = &self.frame.words.cleaning;
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                let path = CleaningPaths(self.round).case_from(&row.unit_key, self.filter);
                view! {
                    <tr>
                        <th scope="row"><a href=path>{row.unit_name.clone()}</a></th>
                        <td data-l=words.region.clone()>{row.region.clone()}</td>
                        <td data-l=words.asked.clone()>{row.rule.clone()}</td>
                        <td data-l=what.to_owned()>{row.what.clone()}</td>
                        <td data-l=words.who.clone()>{row.who.clone()}</td>
                        <td data-l=words.when.clone()>{row.when.clone()}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words.centre.clone()}</th>
                    <th scope="col">{words.region.clone()}</th>
                    <th scope="col">{words.asked.clone()}</th>
                    <th scope="col">{what.to_owned()}</th>
                    <th scope="col">{words.who.clone()}</th>
                    <th scope="col">{words.when.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }
}

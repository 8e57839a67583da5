//! The pieces that the follow-up's pages are made of.

use leptos::prelude::*;
use survey::{
    statistics::{Definition, Group, Ratio, Slice},
    text::Language,
};

use super::{
    FollowUpWords, RoundPaths,
    number::{count, linked, share},
};
use crate::{
    fill,
    staff::{StaffFrame, chart::bar, rates::RatesWords},
};

/// Everything that a piece says and leads to.
#[derive(Clone, Copy)]
pub(super) struct Pieces<'a> {
    pub words: &'a FollowUpWords,
    pub rates: &'a RatesWords,
    pub language: Language,
    pub paths: RoundPaths<'a>,
    /// Whose numbers are shown, by dimension and category; none: the whole round's.
    pub group: Option<(&'a str, &'a str)>,
}

/// A row of numbers, the last of which is a share with its bar.
pub(super) struct BarRow {
    pub label: AnyView,
    pub cells: Vec<AnyView>,
    pub share: Ratio,
}

pub(super) struct BarTable<'a> {
    /// For screen readers: a heading above says the same.
    pub caption: &'a str,
    /// Of the label, of each cell, and of the share.
    pub headings: &'a [&'a str],
    pub rows: Vec<BarRow>,
    pub total: Option<BarRow>,
    /// A share to compare each bar with.
    pub mark: Option<Ratio>,
}

impl<'a> Pieces<'a> {
    pub fn new(frame: &StaffFrame<'a>, round: &'a str) -> Self {
        Self {
            words: &frame.words.follow_up,
            rates: &frame.words.rates,
            language: frame.language,
            paths: RoundPaths(round),
            group: None,
        }
    }

    /// The same, of one group.
    pub const fn of(self, group: (&'a str, &'a str)) -> Self {
        Self {
            group: Some(group),
            ..self
        }
    }

    pub fn count(&self, n: u64) -> String {
        count(n, self.language)
    }

    pub fn share(&self, ratio: Ratio) -> String {
        share(ratio, self.language)
    }

    /// A number of cases that leads to them.
    pub fn linked(&self, n: u64, slice: &Slice) -> AnyView {
        self.linked_in(n, self.group, slice)
    }

    /// The same, of another group than the one that is shown.
    pub fn linked_in(&self, n: u64, group: Option<(&str, &str)>, slice: &Slice) -> AnyView {
        linked(n, self.language, self.paths.behind(group, slice))
    }

    pub fn measure_name(&self, definition: Definition) -> String {
        definition.aapor().unwrap_or(&self.words.report).to_owned()
    }

    /// What the rate is a share of.
    pub fn measure(&self, definition: Definition) -> String {
        fill(
            &self.words.measure,
            &[
                ("name", &self.measure_name(definition)),
                ("words", self.rates.definition(definition)),
            ],
        )
    }

    pub fn bar_table(&self, table: BarTable<'_>) -> AnyView {
        let heads: Vec<_> = table
            .headings
            .iter()
            .enumerate()
            .map(|(place, heading)| {
                let last = place + 1 == table.headings.len();
                let class = match (place, last) {
                    (0, _) => None,
                    (_, false) => Some("num"),
                    (_, true) => Some("share"),
                };
                view! { <th scope="col" class=class>{(*heading).to_owned()}</th> }
            })
            .collect();
        let row = |row| self.bar_row(row, table.headings, table.mark);
        let rows: Vec<_> = table.rows.into_iter().map(row).collect();
        let foot = table.total.map(|total| {
            let total = self.bar_row(total, table.headings, None);
            view! { <tfoot>{total}</tfoot> }
        });
        view! {
            <table class="t bars">
                <caption class="vh">{table.caption.to_owned()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
                {foot}
            </table>
        }
        .into_any()
    }

    fn bar_row(&self, row: BarRow, headings: &[&str], mark: Option<Ratio>) -> AnyView {
        let said = self.share(row.share);
        let bar = bar(row.share, mark);
        let cells: Vec<_> = row
            .cells
            .into_iter()
            .zip(headings.iter().skip(1))
            .map(|(cell, heading)| view! { <td class="num" data-l=(*heading).to_owned()>{cell}</td> })
            .collect();
        let heading = headings.last().copied().unwrap_or_default().to_owned();
        view! {
            <tr>
                <th scope="row">{row.label}</th>
                {cells}
                <td class="share" data-l=heading><span>{said}</span><div inner_html=bar></div></td>
            </tr>
        }
        .into_any()
    }
}

/// How many have answered, and the rate.
pub(super) fn headline(
    pieces: &Pieces<'_>,
    of: &Group,
    definition: Definition,
    closed: bool,
) -> AnyView {
    let words = pieces.words;
    // The two numbers are links within the sentence.
    let (before, rest) = words
        .headline
        .split_once("{answered}")
        .unwrap_or(("", &words.headline));
    let (between, after) = rest.split_once("{all}").unwrap_or((rest, ""));
    let answered = pieces.linked(of.statuses.answered(), &Slice::Answered);
    let eligible = pieces.linked(of.statuses.eligible(), &Slice::Eligible);
    let share = pieces.share(of.rate(definition, closed).share);
    let rate = fill(&words.rate, &[("share", &share)]);
    view! {
        <p class="headline">
            {before.to_owned()}{answered}{between.to_owned()}{eligible}{after.to_owned()}
        </p>
        <p class="headline"><strong>{rate}</strong></p>
    }
    .into_any()
}

/// Where the rounds are chosen between; nothing where there is one.
pub(super) fn rounds(
    words: &FollowUpWords,
    rounds: &[super::RoundChoice],
    current: &str,
    path: impl Fn(&str) -> String,
) -> Option<AnyView> {
    (rounds.len() > 1).then(|| {
        let items: Vec<_> = rounds
            .iter()
            .map(|round| {
                let here = (round.key == current).then_some("page");
                let pilot = round.pilot.then(|| tag(&words.pilot));
                let path = path(&round.key);
                view! { <li><a href=path aria-current=here>{round.key.clone()}" "{pilot}</a></li> }
            })
            .collect();
        view! { <nav aria-label=words.choose_round.clone()><ul class="tabs">{items}</ul></nav> }
            .into_any()
    })
}

/// Says what a pilot is, on each page of one.
pub(super) fn pilot_note(words: &FollowUpWords, pilot: bool) -> Option<AnyView> {
    pilot.then(|| {
        view! { <p class="note"><strong>{words.pilot_note.clone()}</strong></p> }.into_any()
    })
}

fn tag(text: &str) -> AnyView {
    view! { <span class="tag t1">{text.to_owned()}</span> }.into_any()
}

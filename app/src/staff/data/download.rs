//! What there is to download.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{DataPaths, DataWords, keyed};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        follow_up::{RoundChoice, count},
        form::{Fault, Input, input, summary},
    },
};

pub struct DataPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    /// What the round is called.
    pub name: &'a str,
    pub pilot: bool,
    pub rounds: &'a [RoundChoice],
    /// The cut, as an address has it.
    pub cut: &'a str,
    /// The cut, written out.
    pub moment: &'a str,
    /// The cut was asked for; else it is the present.
    pub earlier: bool,
    /// What was typed as the cut.
    pub typed: &'a str,
    pub counts: &'a DataCounts,
    /// What a file may hold and how it may be written, by their keys; the first is chosen.
    pub kinds: &'a [&'static str],
    pub formats: &'a [&'static str],
    pub faults: &'a [Fault],
}

/// What the files hold.
#[derive(Clone, Debug, Default)]
pub struct DataCounts {
    /// Units that have handed in.
    pub submitted: u64,
    /// Those that are cleaned.
    pub units: u64,
    pub values: u64,
    pub corrected: u64,
    pub corrected_units: u64,
    pub awaiting: u64,
    pub held: u64,
    /// Handed in, and not among what is cleaned.
    pub not_cleaned: u64,
    pub rule_sets: Vec<String>,
}

impl DataPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.data;
        let title = format!("{}: {}", words.title, self.name);
        let main = view! {
            {summary(self.frame, self.faults)}
            <h1>{title.clone()}</h1>
            {self.round_tabs()}
            {self.pilot.then(|| view! { <p class="note"><strong>{words.pilot_note.clone()}</strong></p> })}
            <p class="in">{words.lead.clone()}</p>
            {self.cut_shown()}
            {self.files()}
            {self.codebook()}
        };
        if self.faults.is_empty() {
            self.frame.document(&title, Current::Data, main)
        } else {
            self.frame.faulty_document(&title, Current::Data, main)
        }
    }

    /// Where the rounds are chosen between; nothing where there is one.
    fn round_tabs(&self) -> Option<AnyView> {
        let words = &self.frame.words.data;
        (self.rounds.len() > 1).then(|| {
            let items: Vec<_> = self
                .rounds
                .iter()
                .map(|round| {
                    let here = (round.key == self.round).then_some("page");
                    let pilot = round
                        .pilot
                        .then(|| view! { <span class="tag t1">{words.pilot.clone()}</span> });
                    let path = DataPaths(&round.key).page();
                    view! { <li><a href=path aria-current=here>{round.key.clone()}" "{pilot}</a></li> }
                })
                .collect();
            view! { <nav aria-label=words.choose_round.clone()><ul class="tabs">{items}</ul></nav> }
                .into_any()
        })
    }

    fn cut_shown(&self) -> AnyView {
        let words = &self.frame.words.data;
        let counts = self.counts;
        let number = |n| count(n, self.frame.language);
        let says = if self.earlier {
            &words.cut_earlier
        } else {
            &words.cut_now
        };
        let says = fill(says, &[("moment", self.moment)]);
        let paths = DataPaths(self.round);
        let to_now = self
            .earlier
            .then(|| view! { <p><a href=paths.page()>{words.to_now.clone()}</a></p> });
        let corrected = number(counts.corrected);
        let corrected = match counts.corrected_units {
            0 => corrected,
            1 => fill(&words.corrected_in_one, &[("values", &corrected)]),
            units => fill(
                &words.corrected_in,
                &[("values", &corrected), ("units", &number(units))],
            ),
        };
        let awaiting = match counts.awaiting {
            0 => number(0),
            some => fill(
                &words.awaiting_in,
                &[("values", &number(some)), ("held", &number(counts.held))],
            ),
        };
        let rules = if counts.rule_sets.is_empty() {
            words.rules_none.clone()
        } else {
            fill(
                &words.rules_version,
                &[("versions", &counts.rule_sets.join(", "))],
            )
        };
        let not_cleaned = match counts.not_cleaned {
            0 => None,
            1 => Some(words.not_cleaned_one.clone()),
            some => Some(fill(&words.not_cleaned, &[("count", &number(some))])),
        };
        let link = (!self.earlier)
            .then(|| view! { <p><a href=paths.at(self.cut)>{words.address.clone()}</a></p> });
        view! {
            <h2>{words.cut_title.clone()}</h2>
            <p>{says}</p>
            {to_now}
            <dl class="facts counts">
                <dt>{words.submitted.clone()}</dt><dd>{number(counts.submitted)}</dd>
                <dt>{words.units.clone()}</dt><dd>{number(counts.units)}</dd>
                <dt>{words.values.clone()}</dt><dd>{number(counts.values)}</dd>
                <dt>{words.corrected.clone()}</dt><dd>{corrected}</dd>
                <dt>{words.awaiting.clone()}</dt><dd>{awaiting}</dd>
                <dt>{words.rules.clone()}</dt><dd>{rules}</dd>
            </dl>
            {not_cleaned.map(|text| view! { <p class="note">{text}</p> })}
            {link}
            <form method="get" action=paths.page() class="filters">
                {input(
                    &Input { name: "snitt", label: &words.cut_label, hint: &words.cut_hint, value: self.typed, ..Input::default() },
                    self.faults,
                )}
                <p class="go"><button class="b2">{words.cut_do.clone()}</button></p>
            </form>
        }
        .into_any()
    }

    fn files(&self) -> AnyView {
        let words = &self.frame.words.data;
        let empty = (self.counts.submitted == 0).then(|| view! { <p>{words.empty.clone()}</p> });
        view! {
            <h2>{words.download_title.clone()}</h2>
            {empty}
            <form method="get" action=DataPaths(self.round).file()>
                <input type="hidden" name="snitt" value=self.cut.to_owned()/>
                {choice("innehall", &words.kind, self.kinds, &words.kinds, &words.kind_hints)}
                {choice("format", &words.format, self.formats, &words.formats, &words.format_hints)}
                <p class="go"><button>{words.download.clone()}</button></p>
            </form>
            <p class="h">{words.logged.clone()}</p>
        }
        .into_any()
    }

    fn codebook(&self) -> AnyView {
        let words: &DataWords = &self.frame.words.data;
        let paths = DataPaths(self.round);
        view! {
            <h2>{words.codebook_title.clone()}</h2>
            <p>{words.codebook_lead.clone()}</p>
            <ul>
                <li><a href=paths.codebook()>{words.codebook_show.clone()}</a></li>
                <li><a href=paths.codebook_file("csv") download>{words.codebook_csv.clone()}</a></li>
                <li><a href=paths.codebook_file("csv-excel") download>{words.codebook_excel.clone()}</a></li>
            </ul>
        }
        .into_any()
    }
}

/// One of several, each with a line about it.
fn choice(
    name: &'static str,
    legend: &str,
    keys: &[&'static str],
    labels: &BTreeMap<String, String>,
    hints: &BTreeMap<String, String>,
) -> AnyView {
    let items: Vec<_> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| {
            let hint = format!("{name}-{key}-h");
            view! {
                <li>
                    <label class="c">
                        <input type="radio" name=name value=*key checked=place == 0 aria-describedby=hint.clone()/>
                        <b>{keyed(labels, key).to_owned()}</b>
                    </label>
                    <p class="h" id=hint>{keyed(hints, key).to_owned()}</p>
                </li>
            }
        })
        .collect();
    view! { <fieldset><legend class="l2">{legend.to_owned()}</legend><ul class="plain">{items}</ul></fieldset> }
        .into_any()
}

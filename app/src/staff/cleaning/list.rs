//! The review list of a round.

use leptos::prelude::*;

use super::{
    CleaningPaths,
    filter::{ListFilter, ListState},
    left::LeftShown,
    rows::ListRows,
};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        follow_up::{RoundChoice, count},
        form::{Input, done, pager, select},
    },
};

pub struct ReviewPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    /// What the round is called.
    pub name: &'a str,
    pub pilot: bool,
    pub rounds: &'a [RoundChoice],
    /// The version of the rules.
    pub version: &'a str,
    pub counts: CleaningCounts,
    pub left: &'a LeftShown,
    pub filter: &'a ListFilter,
    pub regions: &'a [String],
    pub in_rows: Option<&'a RowChoice>,
    /// Identity and name.
    pub rules: &'a [(String, String)],
    /// What the address asks for and is not to be had.
    pub unknown: Option<&'a Unknown>,
    pub rows: &'a ListRows,
    /// How many each state has of what is chosen.
    pub totals: &'a [(ListState, u64)],
    pub pages: u32,
    pub may_decide: bool,
    pub told: Option<ListTold>,
}

/// A round whose questionnaire has no rules.
pub struct NoRulesPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// What the round is called.
    pub name: &'a str,
}

/// What the rows of the tables are called, and each row with its key.
pub struct RowChoice {
    pub heading: String,
    pub rows: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct CleaningCounts {
    pub submitted: u64,
    pub cleaned: u64,
    pub open: u64,
    /// Those that may move a total, and those about values that are missing.
    pub moving: u64,
    pub missing: u64,
    pub cases_open: u64,
    /// Handed in and not cleaned yet.
    pub waiting: u64,
}

/// A part of what is published, or a rule, that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    Region(String),
    Row(String),
    Rule(String),
}

/// What was just done.
#[derive(Clone, Copy, Debug)]
pub enum ListTold {
    Cleaned(u64),
}

impl NoRulesPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.cleaning;
            let title = format!("{}: {}", words.title, self.name);
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="empty">{words.no_rules.clone()}</p>
            };
            self.frame.document(&title, Current::Cleaning, main)
        })
    }
}

impl ReviewPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.cleaning;
        let paths = CleaningPaths(self.round);
        let title = format!("{}: {}", words.title, self.name);
        let told = self.told.map(|ListTold::Cleaned(n)| {
            let text = match n {
                0 => &words.cleaned_new_none,
                1 => &words.cleaned_new_one,
                _ => &words.cleaned_new,
            };
            done(&fill(text, &[("count", &self.count(n))]))
        });
        let version = fill(&words.rules_version, &[("version", self.version)]);
        let pilot = self
            .pilot
            .then(|| view! { <p class="note">{self.frame.words.follow_up.pilot_note.clone()}</p> });
        let address = |page: u32| paths.list_at(&self.filter.on_page(page));
        let listed = match self.unknown {
            Some(unknown) => unknown.says(self.frame, paths.list()),
            None => view! {
                {self.tabs()}
                {self.filters()}
                {(self.filter.state == ListState::Open)
                    .then(|| self.left.section(self.frame, paths.list(), self.filter))}
                {self.table()}
                {pager(self.frame, self.filter.page, self.pages, address)}
            }
            .into_any(),
        };
        let main = view! {
            {told}
            <h1>{title.clone()}</h1>
            {self.choices()}
            {pilot}
            <p class="in">{words.lead.clone()}</p>
            <p>{self.counted()}</p>
            <p class="h">{version}</p>
            {self.waiting()}
            <p><a href=paths.figures_of(self.filter)>{words.to_figures.clone()}</a></p>
            {listed}
        };
        self.frame.document(&title, Current::Cleaning, main)
    }

    pub(super) fn count(&self, n: u64) -> String {
        count(n, self.frame.language)
    }

    fn choices(&self) -> Option<AnyView> {
        (self.rounds.len() > 1).then(|| {
            let words = &self.frame.words.cleaning;
            let items: Vec<_> = self
                .rounds
                .iter()
                .map(|round| {
                    let here = (round.key == self.round).then_some("true");
                    let path = CleaningPaths(&round.key).list();
                    view! { <li><a href=path aria-current=here>{round.key.clone()}</a></li> }
                })
                .collect();
            view! { <nav aria-label=words.choose_round.clone()><ul class="tabs">{items}</ul></nav> }
                .into_any()
        })
    }

    fn counted(&self) -> String {
        let words = &self.frame.words.cleaning;
        let counts = self.counts;
        let cleaned = fill(
            &words.counts,
            &[
                ("cleaned", &self.count(counts.cleaned)),
                ("submitted", &self.count(counts.submitted)),
            ],
        );
        let open = match counts.open {
            0 => words.counts_none.clone(),
            1 => words.counts_open_one.clone(),
            _ => fill(
                &words.counts_open,
                &[
                    ("open", &self.count(counts.open)),
                    ("cases", &self.count(counts.cases_open)),
                    ("moving", &self.count(counts.moving)),
                    ("missing", &self.count(counts.missing)),
                ],
            ),
        };
        format!("{cleaned} {open}")
    }

    fn waiting(&self) -> Option<AnyView> {
        let words = &self.frame.words.cleaning;
        let waiting = self.counts.waiting;
        (waiting > 0).then(|| {
            let n = self.count(waiting);
            let text = if waiting == 1 {
                words.waiting_one.clone()
            } else {
                fill(&words.waiting, &[("count", &n)])
            };
            let button = self.may_decide.then(|| {
                let action = CleaningPaths(self.round).clean_new();
                let label = fill(&words.clean_new, &[("count", &n)]);
                view! { <form method="post" action=action><button class="b2">{label}</button></form> }
            });
            view! { <div class="note"><p>{text}</p>{button}</div> }.into_any()
        })
    }

    /// On every page of the list that is shown.
    pub(super) fn total(&self) -> u64 {
        let here = self
            .totals
            .iter()
            .find(|(state, _)| *state == self.filter.state);
        here.map_or(0, |(_, total)| *total)
    }

    fn tabs(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let paths = CleaningPaths(self.round);
        let items: Vec<_> = self
            .totals
            .iter()
            .map(|(state, total)| {
                let label = match state {
                    ListState::Open => &words.state_open,
                    ListState::Missing => &words.state_missing,
                    ListState::Decided => &words.state_decided,
                    ListState::Returned => &words.state_returned,
                };
                let here = (*state == self.filter.state).then_some("page");
                let path = paths.list_at(&self.filter.in_state(*state));
                let label = format!("{label} ({})", self.count(*total));
                view! { <li><a href=path aria-current=here>{label}</a></li> }
            })
            .collect();
        view! { <nav aria-label=words.state.clone()><ul class="tabs">{items}</ul></nav> }.into_any()
    }

    fn filters(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let all = |label: &str| vec![(String::new(), label.to_owned())];
        let mut regions = all(&words.all_regions);
        regions.extend(self.regions.iter().map(|one| (one.clone(), one.clone())));
        let mut rules = all(&words.all_rules);
        rules.extend_from_slice(self.rules);
        let field = |name, label, value| Input {
            name,
            label,
            value,
            ..Input::default()
        };
        let filter = self.filter;
        let in_rows = self.in_rows.map(|in_rows| {
            let mut rows = all(&words.all_rows);
            rows.extend_from_slice(&in_rows.rows);
            select(&field("rad", &in_rows.heading, &filter.row), &rows, &[])
        });
        view! {
            <form class="filters" method="get" action=CleaningPaths(self.round).list()>
                <h2>{words.filter.clone()}</h2>
                <div class="row">
                    {select(&field("region", &words.region, &filter.region), &regions, &[])}
                    {in_rows}
                    {select(&field("regel", &words.rule, &filter.rule), &rules, &[])}
                    <input type="hidden" name="visa" value=filter.state.key()/>
                    <input type="hidden" name="stopp" value=filter.stop_at.to_string()/>
                    <div class="go"><button class="b2">{words.show.clone()}</button></div>
                </div>
            </form>
        }
        .into_any()
    }
}

impl Unknown {
    /// Says so, with the way to everything.
    pub(super) fn says(&self, frame: &StaffFrame<'_>, everything: String) -> AnyView {
        let words = &frame.words.cleaning;
        let (text, name) = match self {
            Self::Region(name) => (&words.unknown_region, name),
            Self::Row(name) => (&words.unknown_row, name),
            Self::Rule(name) => (&words.unknown_rule, name),
        };
        let text = fill(text, &[("name", name)]);
        view! { <p class="note">{text}" "<a href=everything>{words.show_everything.clone()}</a></p> }
            .into_any()
    }
}

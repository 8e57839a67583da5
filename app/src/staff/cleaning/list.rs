//! The review list of a round.

use leptos::prelude::*;
use survey::statistics::Share;

use super::{
    CleaningPaths,
    address::anchor,
    filter::{ListFilter, ListState},
    left::{LeftShown, lower},
    numbers::share,
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
    pub rows: &'a ListRows,
    /// On every page.
    pub total: u64,
    pub page: u32,
    pub pages: u32,
    pub may_decide: bool,
    pub told: Option<ListTold>,
}

/// A round whose questionnaire has no rules.
pub struct NoRulesPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
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
    pub cases_open: u64,
    /// Handed in and not cleaned yet.
    pub waiting: u64,
}

pub enum ListRows {
    Open(Vec<OpenRow>),
    Missing(Vec<MissingRow>),
    Decided(Vec<DecidedRow>),
    Returned(Vec<DecidedRow>),
}

pub struct OpenRow {
    /// From 1, on the whole list.
    pub place: usize,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub query: String,
    pub rule: String,
    pub is_hard: bool,
    pub is_confirmed: bool,
    /// In the country, in the region, in one row.
    pub movements: Vec<MovementShown>,
    /// What those below may still do at most, and to which total.
    pub left: (String, Share),
}

/// A value that was left blank where the rest says that there is one.
pub struct MissingRow {
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

/// What was just done.
#[derive(Clone, Copy, Debug)]
pub enum ListTold {
    Cleaned(u64),
}

impl NoRulesPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.cleaning;
            let title = format!("{}: {}", words.title, self.round);
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
        let title = format!("{}: {}", words.title, self.round);
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
        let main = view! {
            {told}
            <h1>{title.clone()}</h1>
            {self.choices()}
            {pilot}
            <p class="in">{words.lead.clone()}</p>
            <p>{self.counted()}</p>
            <p class="h">{version}</p>
            {self.waiting()}
            <p><a href=paths.figures()>{words.to_figures.clone()}</a></p>
            {self.left.section(self.frame, paths.list(), self.filter)}
            {self.filters()}
            {self.table()}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::Cleaning, main)
    }

    fn count(&self, n: u64) -> String {
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

    fn filters(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let all = |label: &str| vec![(String::new(), label.to_owned())];
        let mut regions = all(&words.all_regions);
        regions.extend(self.regions.iter().map(|one| (one.clone(), one.clone())));
        let mut rules = all(&words.all_rules);
        rules.extend_from_slice(self.rules);
        let states: Vec<(String, String)> = ListState::ALL
            .into_iter()
            .map(|state| {
                let label = match state {
                    ListState::Open => &words.state_open,
                    ListState::Missing => &words.state_missing,
                    ListState::Decided => &words.state_decided,
                    ListState::Returned => &words.state_returned,
                };
                (state.key().to_owned(), label.clone())
            })
            .collect();
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
                    {select(&field("visa", &words.state, filter.state.key()), &states, &[])}
                    {select(&field("region", &words.region, &filter.region), &regions, &[])}
                    {in_rows}
                    {select(&field("regel", &words.rule, &filter.rule), &rules, &[])}
                    <input type="hidden" name="stopp" value=filter.stop_at.to_string()/>
                    <div class="go"><button class="b2">{words.show.clone()}</button></div>
                </div>
            </form>
        }
        .into_any()
    }

    fn table(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        if self.total == 0 {
            return view! { <p class="empty">{words.empty.clone()}</p> }.into_any();
        }
        let caption = |text: &str| fill(text, &[("count", &self.count(self.total))]);
        match self.rows {
            ListRows::Open(rows) => {
                let text = if self.total == 1 {
                    &words.caption_open_one
                } else {
                    &words.caption_open
                };
                self.open(rows, caption(text))
            }
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
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words.centre.clone()}</th>
                    <th scope="col" class="num">{words.order.clone()}</th>
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

    fn open_row(&self, row: &OpenRow) -> AnyView {
        let words = &self.frame.words.cleaning;
        let path = self.question(&row.unit_key, &row.query);
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
                <td class="num" data-l=words.order.clone()>{row.place.to_string()}</td>
                <td data-l=words.region.clone()>{row.region.clone()}</td>
                <td data-l=words.asked.clone()>{row.rule.clone()}" " <span class="tag">{urgency.clone()}</span>{confirmed}</td>
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
                let path = self.question(&row.unit_key, &row.query);
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
    fn question(&self, unit: &str, query: &str) -> String {
        let case = CleaningPaths(self.round).case_from(unit, self.filter);
        format!("{case}#{}", anchor(query))
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

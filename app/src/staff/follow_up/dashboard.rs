//! The round at a glance.

use leptos::prelude::*;
use survey::statistics::{Class, Definition, Dimension, FollowUp, Slice};

use super::{
    FollowUpWords, SectionNames, Timeline, groups, keyed, outcomes,
    parts::{Pieces, headline, pilot_note, rounds},
    time,
};
use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct DashboardPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a RoundHead,
    pub rounds: &'a [RoundChoice],
    pub follow_up: &'a FollowUp,
    pub definition: Definition,
    pub dimensions: &'a [Dimension],
    pub sections: &'a SectionNames,
    pub timeline: &'a Timeline,
    /// Whether to show the way to the regions' links.
    pub may_change: bool,
}

/// A round to choose.
#[derive(Clone, Debug)]
pub struct RoundChoice {
    pub key: String,
    pub pilot: bool,
}

/// The round that a page is about.
#[derive(Clone, Debug)]
pub struct RoundHead {
    pub key: String,
    pub pilot: bool,
    /// The first and the last day, written out.
    pub opens: String,
    pub closes: String,
    /// Whether it has opened, and whether it has closed.
    pub opened: bool,
    pub closed: bool,
}

impl RoundHead {
    /// Whether answers are taken, and until when.
    pub(super) fn state(&self, words: &FollowUpWords) -> String {
        let state = match (self.opened, self.closed) {
            (_, true) => &words.closed,
            (true, false) => &words.open,
            (false, false) => &words.not_open,
        };
        fill(state, &[("opens", &self.opens), ("closes", &self.closes)])
    }
}

/// Where there is no round at all.
pub struct NoRoundPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub current: Current,
}

impl NoRoundPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words;
            let title = match self.current {
                Current::Tables => &words.follow_up.tables_title,
                _ => &words.follow_up.title,
            };
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="empty">{words.follow_up.no_round.clone()}</p>
                <p><a href="/admin/omgangar">{words.frame.rounds.clone()}</a></p>
            };
            self.frame.document(title, self.current, main)
        })
    }
}

impl DashboardPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let pieces = Pieces::new(self.frame, &self.round.key);
        let all = self.follow_up.all();
        let to_links = self.may_change.then(|| {
            view! { <li><a href=pieces.paths.region_links()>{words.to_region_links.clone()}</a></li> }
        });
        let groups: Vec<_> = self
            .dimensions
            .iter()
            .map(|dimension| {
                groups::section(
                    &pieces,
                    self.follow_up,
                    dimension,
                    self.definition,
                    self.round.closed,
                )
            })
            .collect();
        let main = view! {
            <h1>{words.title.clone()}": "{self.round.key.clone()}</h1>
            {rounds(words, self.rounds, &self.round.key, |round| super::RoundPaths(round).follow_up())}
            {pilot_note(words, self.round.pilot)}
            <p>{self.round.state(words)}</p>
            {headline(&pieces, all, self.definition, self.round.closed)}
            {self.measures(&pieces)}
            <ul class="tabs">
                <li><a href=pieces.paths.tables()>{words.to_tables.clone()}</a></li>
                {to_links}
            </ul>
            {outcomes::funnel(&pieces, all)}
            {outcomes::standing(&pieces, all, self.round.closed)}
            {time::section(&pieces, all, self.timeline)}
            {groups}
            {outcomes::stopped(&pieces, all, self.sections)}
            {outcomes::times(&pieces, all)}
        };
        let title = format!("{}: {}", words.title, self.round.key);
        self.frame.document(&title, Current::FollowUp, main)
    }

    /// What the rate is a share of, and the other ways to count it.
    fn measures(&self, pieces: &Pieces<'_>) -> AnyView {
        let words = pieces.words;
        let ways: Vec<_> = Definition::ALL
            .into_iter()
            .map(|definition| {
                let here = (definition == self.definition).then_some("true");
                let path = pieces.paths.counted(definition);
                view! { <li><a href=path aria-current=here>{pieces.measure_name(definition)}</a></li> }
            })
            .collect();
        let measure = pieces.measure(self.definition);
        let formula = fill(&words.formula, &[("formula", self.definition.formula())]);
        let pending =
            (!self.round.closed).then(|| view! { <p class="h">{words.pending.clone()}</p> });
        view! {
            <section class="box" aria-labelledby="matt">
                <h2 id="matt">{words.choose_measure.clone()}</h2>
                <ul class="tabs">{ways}</ul>
                <p>{measure}</p>
                <p class="formula">{formula}</p>
                {self.letters(pieces)}
                {pending}
            </section>
        }
        .into_any()
    }

    fn letters(&self, pieces: &Pieces<'_>) -> AnyView {
        let words = pieces.words;
        let outcomes = self.follow_up.all().outcomes(self.round.closed);
        let rows: Vec<_> = Class::ALL
            .into_iter()
            .filter_map(|class| Some((class, class.letter()?)))
            .map(|(class, letter)| {
                let slice = Slice::Statuses(class.statuses(self.round.closed));
                let number = pieces.linked(outcomes.get(class), &slice);
                view! {
                    <tr>
                        <th scope="row">{letter}</th>
                        <td>{keyed(&words.letters, letter).to_owned()}</td>
                        <td class="num">{number}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <table class="t">
                <caption>{words.letters_caption.clone()}</caption>
                <thead><tr>
                    <th scope="col">{words.letter.clone()}</th>
                    <th scope="col">{words.meaning.clone()}</th>
                    <th scope="col" class="num">{words.number.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }
}

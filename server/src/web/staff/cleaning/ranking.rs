//! A round's open questions in order.

use app::staff::cleaning::{ListFilter, ListState};
use survey::{
    cleaning::Query,
    statistics::{Ranked, Ranking, Scope, Sums, Totals, Unit, rank},
};

use crate::{cleaning::Ready, storage::EditionToReview};

/// All that is open in a round, and how much it matters to a part of what is published.
pub(super) struct OpenQuestions {
    pub totals: Totals,
    pub sums: Sums,
    pub editions: Vec<EditionToReview>,
    /// What may move a total.
    pub moving: Questions,
    /// Item nonresponse, which moves none.
    pub missing: Questions,
}

/// Questions of one kind in order.
pub(super) struct Questions {
    /// One list per edition.
    of: Vec<Vec<Query>>,
    pub ranking: Ranking,
}

impl Questions {
    /// In the whole round.
    pub fn count(&self) -> usize {
        self.of.iter().map(Vec::len).sum()
    }
}

/// A question in its place.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    /// From 1, among all of its kind.
    pub place: usize,
    pub row: &'a Ranked,
    pub edition: &'a EditionToReview,
    pub query: &'a Query,
}

impl OpenQuestions {
    pub fn of(ready: &Ready, mut editions: Vec<EditionToReview>, scope: Scope<'_>) -> Self {
        let totals = Totals::of(&ready.instrument);
        let mut sums = Sums::none(&totals);
        for edition in &editions {
            sums.add(&totals, &edition.region, &edition.amounts);
        }
        let (missing, moving) = editions
            .iter_mut()
            .map(|edition| {
                std::mem::take(&mut edition.queries)
                    .into_iter()
                    .partition(Query::is_item_nonresponse)
            })
            .unzip();
        let in_order = |of: Vec<Vec<Query>>| {
            let units: Vec<Unit<'_>> = editions
                .iter()
                .zip(&of)
                .map(|(edition, queries)| Unit {
                    region: &edition.region,
                    amounts: &edition.amounts,
                    queries,
                })
                .collect();
            let ranking = rank(&totals, &sums, &units, scope);
            Questions { of, ranking }
        };
        let (moving, missing) = (in_order(moving), in_order(missing));
        Self {
            totals,
            sums,
            editions,
            moving,
            missing,
        }
    }

    /// What a place in the list shows of what is open. Where it shows what is decided: what may move a total.
    pub fn listed(&self, filter: &ListFilter) -> Vec<Listed<'_>> {
        let questions = match filter.state {
            ListState::Missing => &self.missing,
            ListState::Open | ListState::Decided | ListState::Returned => &self.moving,
        };
        (1..)
            .zip(&questions.ranking.rows)
            .map(|(place, row)| Listed {
                place,
                row,
                edition: &self.editions[row.unit],
                query: &questions.of[row.unit][row.query],
            })
            .filter(|listed| filter.takes_rule(&listed.query.rule))
            .collect()
    }

    /// The rules that ask.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        [&self.moving, &self.missing]
            .into_iter()
            .flat_map(|questions| questions.of.iter().flatten())
            .map(|query| query.rule.as_str())
    }

    /// The unit after this one in the list of that filter, each unit at its first question. Where this one is not there any
    /// more, the one that has its place now: `place` is where it stood, from 1.
    pub fn onward(&self, filter: &ListFilter, unit_key: &str, place: usize) -> Onward<'_> {
        let mut seen = vec![false; self.editions.len()];
        let units: Vec<&EditionToReview> = self
            .listed(filter)
            .into_iter()
            .filter(|listed| !std::mem::replace(&mut seen[listed.row.unit], true))
            .map(|listed| listed.edition)
            .collect();
        let found = units.iter().position(|unit| unit.unit_key == unit_key);
        let place = found.map_or(place.max(1), |index| index + 1);
        let index = found.map_or(place - 1, |index| index + 1);
        Onward {
            place,
            next: units.get(index).copied(),
            is_empty: units.is_empty(),
        }
    }
}

/// The way on from a case.
pub(super) struct Onward<'a> {
    /// Where the case stands on the list, or stood, from 1.
    pub place: usize,
    pub next: Option<&'a EditionToReview>,
    pub is_empty: bool,
}

/// What a place in the list looks at of what is published.
pub(super) fn scope(filter: &ListFilter) -> Scope<'_> {
    let told = |text| Some(text).filter(|text: &&str| !text.is_empty());
    Scope {
        region: told(&filter.region),
        row: told(&filter.row),
    }
}

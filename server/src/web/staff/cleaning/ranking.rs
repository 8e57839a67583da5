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

    /// The way on from a unit's row in the list of that filter. `place` is where the editor came from, from 1; without it, the
    /// unit's first row. A row that is settled has given its place to the next.
    pub fn onward(&self, filter: &ListFilter, unit_key: &str, place: Option<usize>) -> Onward<'_> {
        let rows = self.listed(filter);
        let is_here = |row: &Listed<'_>| row.edition.unit_key == unit_key;
        let here = place
            .map(|place| place.saturating_sub(1))
            .or_else(|| rows.iter().position(is_here))
            .unwrap_or_default();
        let from = here + usize::from(rows.get(here).is_some_and(is_here));
        let next = rows.iter().enumerate().skip(from);
        let next = next
            .map(|(index, row)| (index + 1, *row))
            .find(|(_, row)| !is_here(row));
        Onward {
            place: here + 1,
            next,
            is_empty: rows.is_empty(),
        }
    }
}

/// The way on from a case.
pub(super) struct Onward<'a> {
    /// Where on the list the editor is, from 1.
    pub place: usize,
    /// The next unit's row, with its place.
    pub next: Option<(usize, Listed<'a>)>,
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

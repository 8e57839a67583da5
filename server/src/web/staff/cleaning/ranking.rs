//! A round's open questions in order.

use survey::statistics::{Ranking, Scope, Sums, Totals, Unit, rank};

use crate::{cleaning::Ready, storage::EditionToReview};

/// All that is open in a round, and how much it matters to a part of what is published.
pub(super) struct OpenQuestions {
    pub totals: Totals,
    pub sums: Sums,
    pub editions: Vec<EditionToReview>,
    pub ranking: Ranking,
}

impl OpenQuestions {
    pub fn of(ready: &Ready, editions: Vec<EditionToReview>, scope: Scope<'_>) -> Self {
        let totals = Totals::of(&ready.instrument);
        let mut sums = Sums::none(&totals);
        for edition in &editions {
            sums.add(&totals, &edition.region, &edition.amounts);
        }
        let units: Vec<Unit<'_>> = editions.iter().map(unit).collect();
        let ranking = rank(&totals, &sums, &units, scope);
        Self {
            totals,
            sums,
            editions,
            ranking,
        }
    }

    /// The units in order of their first question, each once.
    pub fn units(&self) -> Vec<&EditionToReview> {
        let mut seen = vec![false; self.editions.len()];
        self.ranking
            .rows
            .iter()
            .filter(|row| !std::mem::replace(&mut seen[row.unit], true))
            .map(|row| &self.editions[row.unit])
            .collect()
    }

    /// The unit after this one; where this one is not on the list, its first.
    pub fn after(&self, unit_key: &str) -> Option<&EditionToReview> {
        let units = self.units();
        match units.iter().position(|unit| unit.unit_key == unit_key) {
            Some(place) => units.get(place + 1).copied(),
            None => units.first().copied(),
        }
    }
}

fn unit(edition: &EditionToReview) -> Unit<'_> {
    Unit {
        region: &edition.region,
        amounts: &edition.amounts,
        queries: &edition.queries,
    }
}

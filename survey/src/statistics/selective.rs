//! Selective editing: which open questions matter to what is published, and when to stop asking.
//!
//! A question's score is suspicion × effect, as in Hedlin (2003) and de Waal, Pannekoek and Scholtus (2011, chapter 6):
//! what the published figures would move by, each alternative weighted by its plausibility. A figure moves relative to
//! itself, and each level of publication (country, region, row of a table) weighs the same: a level's part is the mean
//! over all its figures. Values that are kept out of totals count as nothing until they are decided.

use std::collections::BTreeMap;

use super::{
    amounts::Amounts,
    total::{Millionths, Sums, Totals, millionths},
};
use crate::cleaning::{Alternative, Query};

/// What cleaning made of one unit.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    pub region: &'a str,
    pub amounts: &'a Amounts,
    pub queries: &'a [Query],
}

/// A share in millionths; ten thousand is one percent.
pub type Share = u64;

/// An open question in its place on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Places in what was ranked.
    pub unit: usize,
    pub query: usize,
    /// Suspicion × effect, in millionths: see above.
    pub score: Share,
    /// Where it may move the country's and the region's totals most.
    pub country: Movement,
    pub region: Movement,
    /// What is left when this question and those before it are answered.
    pub left: Left,
}

/// How much a total may be expected to move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// The total's place in [`Totals::list`].
    pub total: usize,
    pub share: Share,
}

/// What questions that are still open may do to the country's total that they may move most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many they are.
    pub queries: usize,
    /// The total's place in [`Totals::list`].
    pub total: usize,
    /// If the alternative that moves it most were true everywhere, and all moved it the same way.
    pub most: Share,
    /// With each alternative weighted by its plausibility.
    pub expected: Share,
}

/// The list, and what is left before anything on it is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    pub rows: Vec<Ranked>,
    pub all: Left,
}

/// What an alternative would do to one total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The total's place in [`Totals::list`].
    pub total: usize,
    pub change: Millionths,
    /// Of the country's total and the region's, as they stand. None where there is no such total yet.
    pub country: Option<Share>,
    pub region: Option<Share>,
}

/// Of alternatives that are less plausible than this, in percent, none is reckoned with when the most is asked for.
const PLAUSIBLE: u8 = 1;
const WHOLE: u128 = 1_000_000;

/// Puts every open question in order, the one that matters most first.
pub fn rank(totals: &Totals, sums: &Sums, units: &[Unit<'_>]) -> Ranking {
    let mut scored: Vec<(Ranked, i32, Reach)> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        for (number, query) in unit.queries.iter().enumerate() {
            let reach = Reach::of(totals, unit.amounts, query);
            let ranked = Ranked {
                unit: place,
                query: number,
                score: reach.score(totals, sums, unit.region),
                country: reach.largest(|total| sums.country[total]),
                region: reach.largest(|total| sums.region(unit.region, total)),
                left: Left::default(),
            };
            scored.push((ranked, query.suspicion, reach));
        }
    }
    scored.sort_by(|(one, suspicion, _), (other, other_suspicion, _)| {
        other
            .score
            .cmp(&one.score)
            .then(other_suspicion.cmp(suspicion))
            .then((one.unit, one.query).cmp(&(other.unit, other.query)))
    });
    let mut rest = Rest::new(totals);
    let mut rows: Vec<Ranked> = Vec::with_capacity(scored.len());
    for (mut ranked, _, reach) in scored.into_iter().rev() {
        ranked.left = rest.left(sums);
        rest.add(&reach);
        rows.push(ranked);
    }
    rows.reverse();
    Ranking {
        rows,
        all: rest.left(sums),
    }
}

impl Ranking {
    /// How many questions to answer before those that are left can move no total of the country by more than `share`.
    pub fn stop_after(&self, share: Share) -> usize {
        if self.all.most <= share {
            return 0;
        }
        self.rows
            .iter()
            .position(|row| row.left.most <= share)
            .map_or(self.rows.len(), |place| place + 1)
    }
}

/// What `alternative` would do to the totals, those that it leaves alone left out.
pub fn effects(
    totals: &Totals,
    sums: &Sums,
    unit: &Unit<'_>,
    query: &Query,
    alternative: &Alternative,
) -> Vec<Effect> {
    let mut changes: BTreeMap<usize, Millionths> = BTreeMap::new();
    for (total, _, change) in movements(totals, unit.amounts, query, alternative) {
        *changes.entry(total).or_default() += change;
    }
    changes
        .into_iter()
        .filter(|(_, change)| *change != 0)
        .map(|(total, change)| Effect {
            total,
            change,
            country: share_of(change, sums.country[total]),
            region: share_of(change, sums.region(unit.region, total)),
        })
        .collect()
}

/// Every cell that the alternative moves: total, cell and change.
fn movements<'a>(
    totals: &'a Totals,
    amounts: &'a Amounts,
    query: &'a Query,
    alternative: &'a Alternative,
) -> impl Iterator<Item = (usize, usize, Millionths)> + 'a {
    totals.list.iter().enumerate().flat_map(move |(total, of)| {
        of.cells
            .iter()
            .enumerate()
            .filter_map(move |(cell, counts)| {
                let variable = &counts.variable;
                if !query.variables.contains(variable) {
                    return None;
                }
                let stands = millionths(amounts.counted(counts.place));
                let change = alternative
                    .changes
                    .iter()
                    .find(|change| change.variable == *variable);
                let to = match change {
                    Some(change) => change.to.map_or(0, millionths),
                    None => millionths(amounts.number(counts.place)),
                };
                Some((total, cell, to - stands))
            })
    })
}

/// How far a question's alternatives reach.
#[derive(Debug, Default)]
struct Reach {
    /// By total: expected and most, in millionths of the total's unit.
    totals: BTreeMap<usize, (u128, u128)>,
    /// By total and cell: expected.
    cells: BTreeMap<(usize, usize), u128>,
}

impl Reach {
    fn of(totals: &Totals, amounts: &Amounts, query: &Query) -> Self {
        let weight: u128 = query
            .alternatives
            .iter()
            .map(|alternative| u128::from(alternative.plausibility))
            .sum();
        let mut reach = Self::default();
        for alternative in &query.alternatives {
            let plausibility = u128::from(alternative.plausibility);
            let mut changes: BTreeMap<usize, Millionths> = BTreeMap::new();
            for (total, cell, change) in movements(totals, amounts, query, alternative) {
                *changes.entry(total).or_default() += change;
                let expected = (plausibility * change.unsigned_abs()).checked_div(weight);
                *reach.cells.entry((total, cell)).or_default() += expected.unwrap_or_default();
            }
            for (total, change) in changes {
                let size = change.unsigned_abs();
                let (expected, most) = reach.totals.entry(total).or_default();
                *expected += (plausibility * size)
                    .checked_div(weight)
                    .unwrap_or_default();
                if alternative.plausibility >= PLAUSIBLE {
                    *most = size.max(*most);
                }
            }
        }
        reach
    }

    fn score(&self, totals: &Totals, sums: &Sums, region: &str) -> Share {
        let regions = u128::try_from(sums.regions.len()).unwrap_or(1).max(1);
        let mut score = 0_u128;
        for (total, (expected, _)) in &self.totals {
            score += relative(*expected, sums.country[*total]);
            score += relative(*expected, sums.region(region, *total)) / regions;
        }
        for ((total, cell), expected) in &self.cells {
            let cells = u128::try_from(totals.list[*total].cells.len()).unwrap_or(1);
            score += relative(*expected, sums.cells[*total][*cell]) / cells.max(1);
        }
        narrow(score)
    }

    fn largest(&self, of: impl Fn(usize) -> Millionths) -> Movement {
        self.totals
            .iter()
            .map(|(total, (expected, _))| Movement {
                total: *total,
                share: narrow(relative(*expected, of(*total))),
            })
            .max_by_key(|movement| movement.share)
            .unwrap_or_default()
    }
}

/// What the questions below a place on the list add up to.
struct Rest {
    queries: usize,
    totals: Vec<(u128, u128)>,
}

impl Rest {
    fn new(totals: &Totals) -> Self {
        Self {
            queries: 0,
            totals: vec![(0, 0); totals.list.len()],
        }
    }

    fn add(&mut self, reach: &Reach) {
        self.queries += 1;
        for (total, (expected, most)) in &reach.totals {
            self.totals[*total].0 += expected;
            self.totals[*total].1 += most;
        }
    }

    fn left(&self, sums: &Sums) -> Left {
        let of = |total: usize| {
            let (expected, most) = self.totals[total];
            Left {
                queries: self.queries,
                total,
                most: narrow(relative(most, sums.country[total])),
                expected: narrow(relative(expected, sums.country[total])),
            }
        };
        (0..self.totals.len())
            .map(of)
            // Of totals that may move as much the first: the order of the questionnaire.
            .rev()
            .max_by_key(|left| left.most)
            .unwrap_or(Left {
                queries: self.queries,
                ..Left::default()
            })
    }
}

/// In millionths of `total`; where there is no total yet, all of it.
fn relative(part: u128, total: Millionths) -> u128 {
    match (part, total.unsigned_abs()) {
        (0, _) => 0,
        (_, 0) => WHOLE,
        (part, total) => part.saturating_mul(WHOLE) / total,
    }
}

fn share_of(change: Millionths, total: Millionths) -> Option<Share> {
    (total != 0).then(|| narrow(relative(change.unsigned_abs(), total)))
}

fn narrow(share: u128) -> Share {
    Share::try_from(share).unwrap_or(Share::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        answers::Number,
        cleaning::{Evidence, Raw, Status, Urgency, Value},
        instrument::{self, Instrument},
    };

    const SOURCE: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

    fn chiefs() -> Instrument {
        instrument::load(SOURCE).unwrap()
    }

    /// A unit, blank but for what is told.
    fn amounts(instrument: &Instrument, told: &[(&str, i32, bool)]) -> Amounts {
        let blank = Value {
            number: None,
            text: None,
            status: Status::Missing,
            reason: None,
            held: false,
            rule: None,
        };
        let mut values = vec![blank; Raw::blank(instrument).given().len()];
        for (variable, number, held) in told {
            let value = &mut values[instrument.place_of(variable).unwrap()];
            value.number = Some(Number::whole(*number));
            value.held = *held;
        }
        Amounts::of(&values)
    }

    fn alternative(id: &str, plausibility: u8, changes: &str) -> Alternative {
        Alternative {
            id: id.to_owned(),
            changes: serde_json::from_str(changes).unwrap(),
            plausibility,
        }
    }

    fn query(variable: &str, alternatives: Vec<Alternative>) -> Query {
        Query {
            id: variable.to_owned(),
            block: String::new(),
            rule: "percent".to_owned(),
            variables: vec![variable.to_owned()],
            urgency: Urgency::Soft,
            evidence: Evidence::default(),
            alternatives,
            suspicion: 0,
            confirmed: false,
        }
    }

    /// One unit with this many posts that may be a hundredth of it, and one that says the rest of a hundred.
    fn ranked(posts: &[i32], plausibility: u8) -> Ranking {
        let instrument = chiefs();
        let totals = Totals::of(&instrument);
        let all: Vec<(Amounts, Vec<Query>)> = posts
            .iter()
            .map(|posts| {
                let to = i64::from(*posts) * Number::SCALE / 100;
                let changes = format!("[{{\"variable\":\"dietitian_fte\",\"to\":{to}}}]");
                let asked = query(
                    "dietitian_fte",
                    vec![
                        alternative("percent", plausibility, &changes),
                        alternative(Alternative::AS_TYPED, 100 - plausibility, "[]"),
                    ],
                );
                (
                    amounts(&instrument, &[("dietitian_fte", *posts, false)]),
                    vec![asked],
                )
            })
            .collect();
        let mut sums = Sums::none(&totals);
        for (amounts, _) in &all {
            sums.add(&totals, "Region Exempel", amounts);
        }
        let units: Vec<Unit<'_>> = all
            .iter()
            .map(|(amounts, queries)| Unit {
                region: "Region Exempel",
                amounts,
                queries,
            })
            .collect();
        rank(&totals, &sums, &units)
    }

    #[test]
    fn the_answer_that_may_move_the_totals_most_comes_first() {
        let ranking = ranked(&[50, 150, 100], 90);
        let order: Vec<usize> = ranking.rows.iter().map(|row| row.unit).collect();
        assert_eq!(order, [1, 2, 0]);
    }

    #[test]
    fn what_is_surely_right_matters_less_than_what_is_surely_wrong() {
        assert!(ranked(&[100], 90).rows[0].score > ranked(&[100], 10).rows[0].score);
    }

    #[test]
    fn nothing_is_left_below_the_last_row_and_all_of_it_before_the_first() {
        let ranking = ranked(&[50, 150], 90);
        assert_eq!(ranking.rows[1].left.most, 0);
        // 148.5 and 49.5 of 200 posts.
        assert_eq!(ranking.all.most, 990_000);
        assert_eq!(ranking.all.expected, 891_000);
        assert_eq!(ranking.all.queries, 2);
        assert_eq!(ranking.stop_after(990_000), 0);
        assert_eq!(ranking.stop_after(300_000), 1);
        assert_eq!(ranking.stop_after(100), 2);
    }

    #[test]
    fn a_value_that_is_kept_out_counts_as_nothing_until_it_is_decided() {
        let instrument = chiefs();
        let totals = Totals::of(&instrument);
        let amounts = amounts(&instrument, &[("dietitian_fte", 150, true)]);
        let asked = query(
            "dietitian_fte",
            vec![alternative(Alternative::AS_TYPED, 100, "[]")],
        );
        let mut sums = Sums::none(&totals);
        sums.add(&totals, "Region Exempel", &amounts);
        let unit = Unit {
            region: "Region Exempel",
            amounts: &amounts,
            queries: std::slice::from_ref(&asked),
        };
        let effects = effects(&totals, &sums, &unit, &asked, &asked.alternatives[0]);
        assert_eq!(effects.len(), 1);
        assert_eq!(effects[0].change, 150_000_000);
        assert_eq!(effects[0].country, None);
    }

    proptest! {
        #[test]
        fn going_down_the_list_there_is_never_more_left(posts in proptest::collection::vec(0..1_000, 1..20), plausibility in 0..=100_u8) {
            let ranking = ranked(&posts, plausibility);
            let left: Vec<Share> = std::iter::once(ranking.all.most)
                .chain(ranking.rows.iter().map(|row| row.left.most))
                .collect();
            prop_assert!(left.is_sorted_by(|one, next| one >= next));
            let stop = ranking.stop_after(10_000);
            prop_assert!(left[stop] <= 10_000);
            prop_assert!(stop == 0 || left[stop - 1] > 10_000);
        }
    }
}

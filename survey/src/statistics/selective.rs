//! Selective editing: which open questions matter to what is published, and when to stop asking.
//!
//! A question's score is suspicion × effect, as in Hedlin (2003) and de Waal, Pannekoek and Scholtus (2011, chapter 6):
//! what the published figures would move by, each alternative weighted by its plausibility. A figure moves relative to
//! itself, and each level of publication (country, region, row of a table) weighs the same: a level's part is the mean
//! over all its figures. Values that are kept out of totals count as nothing until they are decided.

use std::collections::BTreeMap;

use super::{
    amounts::Amounts,
    total::{Figure, Millionths, Sums, Totals, millionths},
};
use crate::cleaning::{Change, Query};

/// What cleaning made of one unit.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    pub region: &'a str,
    pub amounts: &'a Amounts,
    pub queries: &'a [Query],
}

/// A share in millionths; ten thousand is one percent.
pub type Share = u64;

/// The part of what is published that an editor looks at. Empty: all of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    pub region: Option<&'a str>,
    /// [`super::Cell::row`]: a profession.
    pub row: Option<&'a str>,
}

/// An open question in its place on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Places in what was ranked.
    pub unit: usize,
    pub query: usize,
    /// Suspicion × effect, in millionths: see above.
    pub score: Share,
    /// The figure of the scope that it may move most in the country, and in the unit's region: a total, or where the scope
    /// is a row the cell of it. Nothing in the country where the scope is a region.
    pub country: Movement,
    pub region: Movement,
    /// The row that it may move most in the country, or in the region of the scope. Nothing where the scope is a row.
    pub row: Movement,
    /// What is left when this question and those before it are answered.
    pub left: Left,
}

/// How much a figure may be expected to move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    pub figure: Figure,
    pub share: Share,
}

/// What questions that are still open may do to the figure of the scope that they may move most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many they are.
    pub queries: usize,
    pub figure: Figure,
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
    /// The row of the total that moves most, in the country. None where the total has no rows.
    pub row: Option<Movement>,
}

/// Of alternatives that are less plausible than this, in percent, none is reckoned with when the most is asked for.
const PLAUSIBLE: u8 = 1;
const WHOLE: u128 = 1_000_000;

/// Puts every open question that bears on the scope in order, the one that matters most to it first.
pub fn rank(totals: &Totals, sums: &Sums, units: &[Unit<'_>], scope: Scope<'_>) -> Ranking {
    let mut scored: Vec<(Ranked, i32, Reach)> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        if scope.region.is_some_and(|region| region != unit.region) {
            continue;
        }
        for (number, query) in unit.queries.iter().enumerate() {
            if !scope.bears_on(totals, query) {
                continue;
            }
            let reach = Reach::of(totals, unit.amounts, query);
            let whole = |figure| scope.is_whole(totals, figure);
            let nationwide = scope.region.is_none();
            let by_row = |figure| scope.row.is_none() && totals.is_row(figure);
            let ranked = Ranked {
                unit: place,
                query: number,
                score: reach.score(totals, sums, unit.region, scope),
                country: reach
                    .largest(|figure| (nationwide && whole(figure)).then(|| sums.of(None, figure))),
                region: reach
                    .largest(|figure| whole(figure).then(|| sums.of(Some(unit.region), figure))),
                row: reach.largest(|figure| by_row(figure).then(|| sums.of(scope.region, figure))),
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
    let mut rest = Rest::new(totals, scope);
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

impl Scope<'_> {
    fn bears_on(self, totals: &Totals, query: &Query) -> bool {
        self.row.is_none_or(|row| {
            let mut cells = totals.list.iter().flat_map(|total| &total.cells);
            cells.any(|cell| cell.row == row && query.variables.contains(&cell.variable))
        })
    }

    /// Whether the figure is all that the scope has of its total.
    fn is_whole(self, totals: &Totals, figure: Figure) -> bool {
        match (self.row, figure.cell) {
            (None, cell) => cell.is_none(),
            (Some(row), Some(cell)) => totals.list[figure.total].cells[cell].row == row,
            (Some(_), None) => false,
        }
    }

    /// Totals, or where the scope is a row the cells of it.
    fn figures(self, totals: &Totals) -> Vec<Figure> {
        let places = 0..totals.list.len();
        let Some(row) = self.row else {
            return places.map(Figure::total).collect();
        };
        places
            .flat_map(|total| {
                let cells = totals.list[total].cells.iter().enumerate();
                cells
                    .filter(|(_, cell)| cell.row == row)
                    .map(move |(cell, _)| Figure::cell(total, cell))
            })
            .collect()
    }
}

impl Ranking {
    /// How many questions to answer before those that are left can move no figure of the scope by more than `share`.
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

/// What it would do to the totals to settle `variables` with `changes`, those that it leaves alone left out. What is in
/// question and not changed counts as it stands.
pub fn effects(
    totals: &Totals,
    sums: &Sums,
    unit: &Unit<'_>,
    variables: &[String],
    changes: &[Change],
) -> Vec<Effect> {
    let changes = moved(totals, unit.amounts, variables, changes);
    let of_total = |total: usize, change: Millionths| {
        let cells = Figure::cell(total, 0)..Figure::cell(total, usize::MAX);
        let row = changes
            .range(cells)
            .filter(|(figure, _)| totals.is_row(**figure))
            .map(|(figure, change)| Movement {
                figure: *figure,
                share: narrow(relative(change.unsigned_abs(), sums.of(None, *figure))),
            })
            .rev()
            .max_by_key(|movement| movement.share);
        let figure = Figure::total(total);
        Effect {
            total,
            change,
            country: share_of(change, sums.of(None, figure)),
            region: share_of(change, sums.of(Some(unit.region), figure)),
            row,
        }
    };
    changes
        .iter()
        .filter(|(figure, change)| figure.cell.is_none() && **change != 0)
        .map(|(figure, change)| of_total(figure.total, *change))
        .collect()
}

/// How far each figure moves that a question is about, or that its answer changes.
fn moved(
    totals: &Totals,
    amounts: &Amounts,
    variables: &[String],
    changes: &[Change],
) -> BTreeMap<Figure, Millionths> {
    let mut moved = BTreeMap::new();
    for (total, of) in totals.list.iter().enumerate() {
        for (cell, counts) in of.cells.iter().enumerate() {
            let variable = &counts.variable;
            let told = changes.iter().find(|change| change.variable == *variable);
            if told.is_none() && !variables.contains(variable) {
                continue;
            }
            let to = match told {
                Some(change) => change.to.map_or(0, millionths),
                None => millionths(amounts.number(counts.place)),
            };
            let change = to - millionths(amounts.counted(counts.place));
            *moved.entry(Figure::total(total)).or_default() += change;
            *moved.entry(Figure::cell(total, cell)).or_default() += change;
        }
    }
    moved
}

/// How far a question's alternatives reach: expected and most by figure, in millionths of the figure's unit.
#[derive(Debug, Default)]
struct Reach(BTreeMap<Figure, (u128, u128)>);

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
            for (figure, change) in moved(totals, amounts, &query.variables, &alternative.changes) {
                let size = change.unsigned_abs();
                let (expected, most) = reach.0.entry(figure).or_default();
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

    fn score(&self, totals: &Totals, sums: &Sums, region: &str, scope: Scope<'_>) -> Share {
        let regions = wide(sums.regions().len()).max(1);
        let mut sum = 0_u128;
        for (figure, (expected, _)) in &self.0 {
            let of = &totals.list[figure.total];
            let weight = match (figure.cell, scope.row) {
                (None, Some(_)) => continue,
                (Some(cell), Some(row)) if of.cells[cell].row != row => continue,
                (Some(_), None) => wide(of.cells.len()).max(1),
                (Some(_), Some(_)) | (None, None) => 1,
            };
            sum += relative(*expected, sums.of(scope.region, *figure)) / weight;
            if figure.cell.is_none() && scope.region.is_none() {
                sum += relative(*expected, sums.of(Some(region), *figure)) / regions;
            }
        }
        narrow(sum)
    }

    /// The figure that may be expected to move most of those whose size is told.
    fn largest(&self, of: impl Fn(Figure) -> Option<Millionths>) -> Movement {
        self.0
            .iter()
            .filter_map(|(figure, (expected, _))| {
                Some(Movement {
                    figure: *figure,
                    share: narrow(relative(*expected, of(*figure)?)),
                })
            })
            .max_by_key(|movement| movement.share)
            .unwrap_or_default()
    }
}

/// What the questions below a place on the list add up to.
struct Rest<'s> {
    scope: Scope<'s>,
    queries: usize,
    /// In the order of the questionnaire: expected and most.
    figures: BTreeMap<Figure, (u128, u128)>,
}

impl<'s> Rest<'s> {
    fn new(totals: &Totals, scope: Scope<'s>) -> Self {
        let none = |figure| (figure, (0, 0));
        Self {
            scope,
            queries: 0,
            figures: scope.figures(totals).into_iter().map(none).collect(),
        }
    }

    fn add(&mut self, reach: &Reach) {
        self.queries += 1;
        for (figure, (expected, most)) in &reach.0 {
            if let Some(sum) = self.figures.get_mut(figure) {
                sum.0 += expected;
                sum.1 += most;
            }
        }
    }

    fn left(&self, sums: &Sums) -> Left {
        self.figures
            .iter()
            .map(|(figure, (expected, most))| {
                let size = sums.of(self.scope.region, *figure);
                Left {
                    queries: self.queries,
                    figure: *figure,
                    most: narrow(relative(*most, size)),
                    expected: narrow(relative(*expected, size)),
                }
            })
            // Of figures that may move as much the first.
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

fn wide(count: usize) -> u128 {
    u128::try_from(count).unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        answers::Number,
        cleaning::{Alternative, Evidence, Raw, Status, Urgency, Value},
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
        rank(&totals, &sums, &units, Scope::default())
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
        let effects = effects(
            &totals,
            &sums,
            &unit,
            &asked.variables,
            &asked.alternatives[0].changes,
        );
        assert_eq!(effects.len(), 1);
        assert_eq!(effects[0].change, 150_000_000);
        assert_eq!(effects[0].country, None);
    }

    #[test]
    fn an_answer_moves_the_totals_of_all_that_it_changes_and_not_only_of_what_is_asked_about() {
        let instrument = chiefs();
        let totals = Totals::of(&instrument);
        let amounts = amounts(&instrument, &[("dietitian_need_fte", 2, false)]);
        let mut sums = Sums::none(&totals);
        sums.add(&totals, "Region Exempel", &amounts);
        let unit = Unit {
            region: "Region Exempel",
            amounts: &amounts,
            queries: &[],
        };
        let none_needed = [Change::to("dietitian_need_fte", Some(Number::whole(0)))];
        let effects = effects(&totals, &sums, &unit, &["need".to_owned()], &none_needed);
        assert_eq!(effects.len(), 1);
        assert_eq!(effects[0].change, -2_000_000);
    }

    /// Units by region, variable and number, each of which may be a hundredth of it.
    fn ranked_in(told: &[(&'static str, &str, i32)], scope: Scope<'_>) -> (Totals, Ranking) {
        let instrument = chiefs();
        let totals = Totals::of(&instrument);
        let mut sums = Sums::none(&totals);
        let mut all = Vec::new();
        for (region, variable, number) in told {
            let amounts = amounts(&instrument, &[(variable, *number, false)]);
            sums.add(&totals, region, &amounts);
            let to = i64::from(*number) * Number::SCALE / 100;
            let changes = format!("[{{\"variable\":\"{variable}\",\"to\":{to}}}]");
            let asked = query(variable, vec![alternative("percent", 100, &changes)]);
            all.push((*region, amounts, [asked]));
        }
        let units: Vec<Unit<'_>> = all
            .iter()
            .map(|(region, amounts, queries)| Unit {
                region,
                amounts,
                queries,
            })
            .collect();
        let ranking = rank(&totals, &sums, &units, scope);
        (totals, ranking)
    }

    const BIG: &str = "Region Större";
    const SMALL: &str = "Region Mindre";
    const TOLD: [(&str, &str, i32); 4] = [
        (BIG, "gp_specialist_fte", 9_000),
        (BIG, "dietitian_fte", 900),
        (SMALL, "gp_specialist_fte", 80),
        (SMALL, "dietitian_fte", 20),
    ];

    #[test]
    fn in_a_region_only_its_own_questions_and_totals_count() {
        let scope = Scope {
            region: Some(SMALL),
            row: None,
        };
        let (_, ranking) = ranked_in(&TOLD, scope);
        let order: Vec<usize> = ranking.rows.iter().map(|row| row.unit).collect();
        assert_eq!(order, [2, 3]);
        // 99 of the region's 100 posts, and 19.8 of them after the first.
        assert_eq!(ranking.all.most, 990_000);
        assert_eq!(ranking.rows[0].left.most, 198_000);
        assert_eq!(ranking.stop_after(200_000), 1);
        // One percent of the country's posts, of which nothing needs to be asked.
        let (_, everywhere) = ranked_in(&TOLD, Scope::default());
        assert_eq!(everywhere.stop_after(1_000_000), 0);
        assert!(everywhere.rows[2].left.most < 10_000);
    }

    #[test]
    fn for_a_profession_only_its_own_questions_and_rows_count() {
        let scope = Scope {
            region: None,
            row: Some("dietitian"),
        };
        let (totals, ranking) = ranked_in(&TOLD, scope);
        let order: Vec<usize> = ranking.rows.iter().map(|row| row.unit).collect();
        assert_eq!(order, [1, 3]);
        let label = totals.label(ranking.all.figure).unwrap();
        assert!(label.sv.ends_with(": Dietister"), "{label:?}");
        // 910.8 of 920 posts, and 19.8 of them after the first.
        assert_eq!(ranking.all.most, 990_000);
        assert_eq!(ranking.rows[0].left.most, 21_521);
    }

    #[test]
    fn a_profession_in_a_region_is_weighed_against_itself() {
        let scope = Scope {
            region: Some(SMALL),
            row: Some("dietitian"),
        };
        let (_, ranking) = ranked_in(&TOLD, scope);
        assert_eq!(ranking.rows.len(), 1);
        assert_eq!((ranking.all.most, ranking.rows[0].left.most), (990_000, 0));
    }

    #[test]
    fn each_question_tells_what_it_may_move_in_country_region_and_profession() {
        let (_, ranking) = ranked_in(&TOLD, Scope::default());
        let row = ranking.rows.iter().find(|row| row.unit == 3).unwrap();
        // 19.8 of 10 000, of 100 and of 920.
        assert_eq!(row.country.share, 1_980);
        assert_eq!(row.region.share, 198_000);
        assert_eq!(row.row.share, 21_521);
    }

    #[test]
    fn in_a_scope_each_question_tells_what_it_may_move_of_that_alone() {
        let shares = |scope| {
            let (_, ranking) = ranked_in(&TOLD, scope);
            let row = ranking
                .rows
                .iter()
                .find(|row| row.unit == 3)
                .unwrap()
                .clone();
            [row.country, row.region, row.row].map(|movement| movement.share)
        };
        let (region, row) = (Some(SMALL), Some("dietitian"));
        // 19.8 of the region's 100, and of its 20 dietitians.
        assert_eq!(shares(Scope { region, row: None }), [0, 198_000, 990_000]);
        // Of the country's 920 dietitians, and of the region's 20.
        assert_eq!(shares(Scope { region: None, row }), [21_521, 990_000, 0]);
        assert_eq!(shares(Scope { region, row }), [0, 990_000, 0]);
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

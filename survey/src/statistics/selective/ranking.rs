//! Open questions in order, and when to stop asking.

use super::{
    Scope, Unit,
    left::{Left, Rest},
    reach::Reach,
    share::{Movement, Share},
};
use crate::statistics::total::{Sums, Totals};

/// An open question in its place on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Places in what was ranked.
    pub unit: usize,
    pub query: usize,
    /// Suspicion × effect, in millionths: see `selective`.
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

/// The list, and what is left before anything on it is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    pub rows: Vec<Ranked>,
    pub all: Left,
}

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::fixture::{alternative, amounts, chiefs, query},
        *,
    };
    use crate::{
        answers::Number,
        cleaning::{Alternative, Query},
        statistics::amounts::Amounts,
    };

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

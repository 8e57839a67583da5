//! How far the alternatives of a question reach, and the score that follows from it.

use std::collections::BTreeMap;

use super::{
    Scope,
    effect::moved,
    share::{Movement, Share, narrow, relative, wide},
};
use crate::{
    cleaning::Query,
    statistics::{
        amounts::Amounts,
        total::{Figure, Millionths, Sums, Totals},
    },
};

/// Of alternatives that are less plausible than this, in percent, none is reckoned with when the most is asked for.
const PLAUSIBLE: u8 = 1;

/// How far a question's alternatives reach: expected and most by figure, in millionths of the figure's unit.
#[derive(Debug, Default)]
pub struct Reach(pub BTreeMap<Figure, (u128, u128)>);

impl Reach {
    pub fn of(totals: &Totals, amounts: &Amounts, query: &Query) -> Self {
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

    pub fn score(&self, totals: &Totals, sums: &Sums, region: &str, scope: Scope<'_>) -> Share {
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
    pub fn largest(&self, of: impl Fn(Figure) -> Option<Millionths>) -> Movement {
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

//! What an answer would move.

use std::collections::BTreeMap;

use super::{
    Unit,
    share::{Movement, Share, narrow, relative, share_of},
};
use crate::{
    cleaning::Change,
    statistics::{
        amounts::Amounts,
        total::{Figure, Millionths, Sums, Totals, millionths},
    },
};

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
pub fn moved(
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

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{alternative, amounts, chiefs, query},
        *,
    };
    use crate::{answers::Number, cleaning::Alternative};

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
}

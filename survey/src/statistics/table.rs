//! The tables of response rates that are published.

use super::{Category, Definition, Dimension, FollowUp, Group, Order, Rate, Ratio};

/// Answered and not, by the groups of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTable {
    pub dimension: Dimension,
    pub rows: Vec<RateRow>,
    /// The groups together.
    pub total: RateRow,
    /// By which the rates are made.
    pub definition: Definition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// None: the total.
    pub category: Option<Category>,
    pub answered: u64,
    pub not_answered: u64,
    /// Eligible cases.
    pub total: u64,
    pub rate: Rate,
}

/// Groups of one dimension, and what part of each belongs to the groups of another: among those that answered, and
/// among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossTable {
    pub outer: Dimension,
    pub inner: Dimension,
    pub rows: Vec<CrossRow>,
    pub total: CrossRow,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossRow {
    pub row: RateRow,
    /// In the order of the inner dimension's categories.
    pub inner: Vec<Inner>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inner {
    pub category: Category,
    pub among_answered: Ratio,
    pub among_all: Ratio,
}

impl RateRow {
    fn of(category: Option<Category>, group: &Group, definition: Definition, closed: bool) -> Self {
        let (answered, total) = (group.statuses.answered(), group.statuses.eligible());
        Self {
            category,
            answered,
            not_answered: total - answered,
            total,
            rate: group.rate(definition, closed),
        }
    }
}

/// The table of one dimension. `closed` tells whether dispositions are final.
pub fn rate_table(
    follow_up: &FollowUp,
    dimension: &Dimension,
    definition: Definition,
    closed: bool,
) -> RateTable {
    let mut rows: Vec<RateRow> = categories(follow_up, dimension)
        .into_iter()
        .map(|category| {
            let group = follow_up.group(&dimension.key, &category.key);
            RateRow::of(Some(category), group, definition, closed)
        })
        .filter(|row| row.total > 0 || is_listed(dimension, row))
        .collect();
    if dimension.order == Order::ByRate {
        // Stable, so that groups with the same rate stand by name; what is not known stays last.
        rows.sort_by(|one, other| {
            let unknown = |row: &RateRow| row.category.as_ref().is_none_or(|c| c.key.is_empty());
            unknown(one)
                .cmp(&unknown(other))
                .then_with(|| one.rate.share.compare(other.rate.share))
        });
    }
    RateTable {
        dimension: dimension.clone(),
        rows,
        total: RateRow::of(None, follow_up.all(), definition, closed),
        definition,
    }
}

/// The table of two dimensions that are counted crossed: `outer` stands first in `crossing`.
pub fn cross_table(
    follow_up: &FollowUp,
    outer: &Dimension,
    inner: &Dimension,
    crossing: &str,
    closed: bool,
) -> CrossTable {
    let inners: Vec<Category> = categories(follow_up, inner);
    let table = rate_table(follow_up, outer, Definition::Report, closed);
    let crossed = |row: RateRow| {
        let inner_of = |category: &Category| {
            let group = match &row.category {
                Some(outer) => {
                    follow_up.group(crossing, &Dimension::crossed(&outer.key, &category.key))
                }
                None => follow_up.group(&inner.key, &category.key),
            };
            Inner {
                category: category.clone(),
                among_answered: Ratio::new(group.statuses.answered(), row.answered),
                among_all: Ratio::new(group.statuses.eligible(), row.total),
            }
        };
        let inner = inners.iter().map(inner_of).collect();
        CrossRow { row, inner }
    };
    CrossTable {
        outer: outer.clone(),
        inner: inner.clone(),
        rows: table.rows.into_iter().map(crossed).collect(),
        total: crossed(table.total),
    }
}

/// Those that the instrument lists, then others that were found, then what is not known.
fn categories(follow_up: &FollowUp, dimension: &Dimension) -> Vec<Category> {
    let found = |key: &&str| {
        !key.is_empty()
            && dimension
                .categories
                .iter()
                .all(|category| category.key != **key)
    };
    let mut categories = dimension.categories.clone();
    categories.extend(
        follow_up
            .categories(&dimension.key)
            .filter(found)
            .map(|key| dimension.category(key)),
    );
    if follow_up.group(&dimension.key, "").statuses.eligible() > 0 {
        categories.push(dimension.missing.clone());
    }
    categories
}

fn is_listed(dimension: &Dimension, row: &RateRow) -> bool {
    row.category
        .as_ref()
        .is_some_and(|category| dimension.categories.contains(category))
}

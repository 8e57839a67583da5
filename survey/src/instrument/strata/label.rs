//! Names a set of combinations in as few words as are true.

use std::collections::BTreeSet;

use super::points::Dimension;

/// Combinations listed one by one, where nothing shorter says it.
const MOST_LISTED: usize = 6;

/// A condition on the register that holds for these combinations and no others.
pub(super) fn label(dimensions: &[Dimension], combinations: &[Vec<usize>]) -> String {
    let here: BTreeSet<&[usize]> = combinations.iter().map(Vec::as_slice).collect();
    let all: usize = dimensions.iter().map(|d| d.points.len()).product();
    if here.len() == all {
        return "everyone".to_owned();
    }
    every_field_one_of(dimensions, &here)
        .or_else(|| some_field_one_of(dimensions, &here, all))
        .unwrap_or_else(|| listed(dimensions, combinations))
}

/// `a in [..] and b in [..]`, where the set is just that.
fn every_field_one_of(dimensions: &[Dimension], here: &BTreeSet<&[usize]>) -> Option<String> {
    let used: Vec<BTreeSet<usize>> = (0..dimensions.len())
        .map(|field| {
            here.iter()
                .filter_map(|c| c.get(field).copied())
                .collect::<BTreeSet<usize>>()
        })
        .collect();
    let size: usize = used.iter().map(BTreeSet::len).product();
    let parts: Vec<String> = dimensions
        .iter()
        .zip(&used)
        .filter(|(dimension, used)| used.len() < dimension.points.len())
        .map(|(dimension, used)| one_of(dimension, used))
        .collect();
    (size == here.len()).then(|| parts.join(" and "))
}

/// `a in [..] or b in [..]`, where the set is just that.
fn some_field_one_of(
    dimensions: &[Dimension],
    here: &BTreeSet<&[usize]>,
    all: usize,
) -> Option<String> {
    let enough: Vec<BTreeSet<usize>> = dimensions
        .iter()
        .enumerate()
        .map(|(field, dimension)| {
            let others = all / dimension.points.len().max(1);
            (0..dimension.points.len())
                .filter(|point| {
                    here.iter().filter(|c| c.get(field) == Some(point)).count() == others
                })
                .collect()
        })
        .collect();
    let covered = here.iter().all(|combination| {
        combination
            .iter()
            .zip(&enough)
            .any(|(point, enough)| enough.contains(point))
    });
    let parts: Vec<String> = dimensions
        .iter()
        .zip(&enough)
        .filter(|(_, enough)| !enough.is_empty())
        .map(|(dimension, enough)| one_of(dimension, enough))
        .collect();
    covered.then(|| parts.join(" or "))
}

fn one_of(dimension: &Dimension, points: &BTreeSet<usize>) -> String {
    let labels: Vec<&str> = points
        .iter()
        .filter_map(|point| dimension.points.get(*point))
        .map(|point| point.label.as_str())
        .collect();
    format!("{} in [{}]", dimension.field, labels.join(", "))
}

fn listed(dimensions: &[Dimension], combinations: &[Vec<usize>]) -> String {
    let mut parts: Vec<String> = combinations
        .iter()
        .take(MOST_LISTED)
        .map(|combination| {
            let facts: Vec<String> = dimensions
                .iter()
                .zip(combination)
                .filter_map(|(dimension, point)| {
                    let point = dimension.points.get(*point)?;
                    Some(format!("{} {}", dimension.field, point.label))
                })
                .collect();
            format!("({})", facts.join(", "))
        })
        .collect();
    if combinations.len() > MOST_LISTED {
        parts.push(format!("{} more", combinations.len() - MOST_LISTED));
    }
    parts.join(" or ")
}

//! Response rates by group. Each group leads to a page of its own.

use leptos::prelude::*;
use survey::statistics::{Definition, Dimension, FollowUp, RateRow, Slice, rate_table};

use super::{
    lower,
    parts::{BarRow, BarTable, Pieces},
};
use crate::fill;

/// One dimension: what the bars show in a sentence, and a table whose every number leads to its cases.
pub(super) fn section(
    pieces: &Pieces<'_>,
    follow_up: &FollowUp,
    dimension: &Dimension,
    definition: Definition,
    closed: bool,
) -> AnyView {
    let (words, rates, language) = (pieces.words, pieces.rates, pieces.language);
    let table = rate_table(follow_up, dimension, definition, closed);
    let label = dimension.label.get(language);
    let title = fill(&rates.by, &[("dimension", &lower(label))]);
    if table.rows.is_empty() {
        return view! { <h2>{title}</h2><p class="empty">{words.groups_none.clone()}</p> }
            .into_any();
    }
    let says = says(pieces, &table.rows, &table.total);
    let row = |row: &RateRow| {
        let category = row.category.as_ref();
        let group = category.map(|category| (dimension.key.as_str(), category.key.as_str()));
        let label = category.map_or(rates.total.as_str(), |one| one.label.get(language));
        let label = label.to_owned();
        BarRow {
            label: match group {
                Some((dimension, category)) => {
                    let path = pieces.paths.group(dimension, category, definition);
                    view! { <a href=path>{label}</a> }.into_any()
                }
                None => label.into_any(),
            },
            cells: vec![
                pieces.linked_in(row.answered, group, &Slice::Answered),
                pieces.linked_in(row.not_answered, group, &Slice::NotAnswered),
                pieces.linked_in(row.total, group, &Slice::Eligible),
            ],
            share: row.rate.share,
        }
    };
    let name = definition.aapor().unwrap_or_default();
    let share_heading = if name.is_empty() {
        words.share_heading.clone()
    } else {
        format!("{} ({name})", words.share_heading)
    };
    let bars = pieces.bar_table(BarTable {
        caption: &title,
        headings: &[
            label,
            &rates.answered,
            &rates.not_answered,
            &rates.row_total,
            &share_heading,
        ],
        rows: table.rows.iter().map(row).collect(),
        total: Some(row(&table.total)),
        mark: Some(table.total.rate.share),
    });
    view! { <h2 id=dimension.key.clone()>{title.clone()}</h2>{says}{bars} }.into_any()
}

/// The lowest and the highest, among groups that have anybody; nothing where all are the same group.
fn says(pieces: &Pieces<'_>, rows: &[RateRow], total: &RateRow) -> Option<AnyView> {
    let counted: Vec<&RateRow> = rows
        .iter()
        .filter(|row| row.rate.share.denominator > 0)
        .collect();
    let by_share = |one: &&&RateRow, other: &&&RateRow| one.rate.share.compare(other.rate.share);
    let lowest = counted.iter().min_by(by_share)?;
    let highest = counted.iter().max_by(by_share)?;
    if counted.len() < 2 {
        return None;
    }
    let name = |row: &RateRow| {
        row.category
            .as_ref()
            .map(|category| category.label.get(pieces.language).to_owned())
            .unwrap_or_default()
    };
    let said = fill(
        &pieces.words.groups_says,
        &[
            ("lowest", &name(lowest)),
            ("lowest_share", &pieces.share(lowest.rate.share)),
            ("highest", &name(highest)),
            ("highest_share", &pieces.share(highest.rate.share)),
            ("share", &pieces.share(total.rate.share)),
        ],
    );
    Some(view! { <p>{said}</p> }.into_any())
}

//! The parts of what is published that a place in the list may look at, and their names.

use app::staff::cleaning::{ListFilter, RowChoice, Unknown};
use survey::statistics::{Figure, Totals};

use super::ranking::OpenQuestions;
use crate::web::staff::StaffVisit;

/// The region or the row of a filter, where there is none such.
pub(super) fn part_unknown<'r>(
    totals: &Totals,
    mut regions: impl Iterator<Item = &'r str>,
    filter: &ListFilter,
) -> Option<Unknown> {
    let (region, row) = (&filter.region, &filter.row);
    if !region.is_empty() && !regions.any(|known| known == region) {
        return Some(Unknown::Region(region.clone()));
    }
    let has_row = totals.rows().iter().any(|(known, _)| known == row);
    (!row.is_empty() && !has_row).then(|| Unknown::Row(row.clone()))
}

impl StaffVisit {
    /// The name of a total, or of the total that a row is of.
    pub(super) fn total_named(&self, open: &OpenQuestions, figure: Figure) -> String {
        let total = open.totals.list.get(figure.total);
        total.map_or_else(String::new, |total| {
            total.label.get(self.language).to_owned()
        })
    }

    pub(super) fn row_named(&self, open: &OpenQuestions, figure: Figure) -> String {
        let total = open.totals.list.get(figure.total);
        let cell = total.zip(figure.cell);
        cell.and_then(|(total, cell)| total.cells.get(cell))
            .map_or_else(String::new, |cell| cell.label.get(self.language).to_owned())
    }

    pub(super) fn row_choice(&self, totals: &Totals) -> Option<RowChoice> {
        let heading = totals.heading()?.get(self.language).to_owned();
        let named = |(key, label): (&str, &survey::text::Text)| {
            (key.to_owned(), label.get(self.language).to_owned())
        };
        Some(RowChoice {
            heading,
            rows: totals.rows().into_iter().map(named).collect(),
        })
    }
}

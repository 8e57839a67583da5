//! The part of what is published that questions are ranked for.

use crate::{
    cleaning::Query,
    statistics::total::{Figure, Totals},
};

/// The part of what is published that an editor looks at. Empty: all of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    pub region: Option<&'a str>,
    /// [`crate::statistics::Cell::row`]: a profession.
    pub row: Option<&'a str>,
}

impl Scope<'_> {
    pub(super) fn bears_on(self, totals: &Totals, query: &Query) -> bool {
        self.row.is_none_or(|row| {
            let mut cells = totals.list.iter().flat_map(|total| &total.cells);
            cells.any(|cell| cell.row == row && query.variables.contains(&cell.variable))
        })
    }

    /// Whether the figure is all that the scope has of its total.
    pub(super) fn is_whole(self, totals: &Totals, figure: Figure) -> bool {
        match (self.row, figure.cell) {
            (None, cell) => cell.is_none(),
            (Some(row), Some(cell)) => totals.list[figure.total].cells[cell].row == row,
            (Some(_), None) => false,
        }
    }

    /// Totals, or where the scope is a row the cells of it.
    pub(super) fn figures(self, totals: &Totals) -> Vec<Figure> {
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

//! What each column of a table is.

use survey::{
    cleaning::RuleSet,
    instrument::{Instrument, VariableKind},
};

use crate::{FileFault, table::Table};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Passed through as it is.
    Other,
    /// The variable at that place, which is a number.
    Number(usize),
    /// The variable at that place decides whether questions are asked: 1 opens and 0 closes.
    Gate(usize),
}

pub(crate) struct Header {
    pub id: usize,
    pub columns: Vec<Column>,
}

/// The column that names the unit.
pub(crate) const ID: &str = "id";

impl Header {
    pub fn of(table: &Table, rules: &RuleSet, instrument: &Instrument) -> Result<Self, FileFault> {
        let id = table.column(ID)?;
        let columns: Vec<Column> = table
            .columns
            .iter()
            .map(|name| {
                let Some(place) = instrument.place_of(name) else {
                    return Column::Other;
                };
                match instrument
                    .variables()
                    .get(place)
                    .map(|variable| &variable.kind)
                {
                    Some(VariableKind::Number(_)) => Column::Number(place),
                    Some(VariableKind::Choice(_)) if rules.gate(place).is_some() => {
                        Column::Gate(place)
                    }
                    _ => Column::Other,
                }
            })
            .collect();
        if !columns
            .iter()
            .any(|column| matches!(column, Column::Number(_)))
        {
            return Err(FileFault {
                file: table.file().to_owned(),
                row: Some(1),
                column: None,
                reason: format!("No column is a number of `{}`.", instrument.key),
            });
        }
        Ok(Self { id, columns })
    }
}

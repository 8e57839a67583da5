//! The tables of response rates, as files: the same for the command line and the screens.

mod csv;
mod write;
mod xlsx;

use app::staff::rates::RatesWords;
use survey::{
    instrument::Instrument,
    statistics::{
        CrossTable, Definition, Dimension, Names, RateTable, cross_table, dimensions, rate_table,
    },
};

pub(crate) use csv::field;
pub use csv::{cross_csv, rate_csv};
pub use write::{WriteError, write_all};
pub use xlsx::{WORKBOOK, XlsxError, workbook};

use crate::storage::{Database, Round, Timestamp};

/// Every table of a round, at one moment.
#[derive(Clone, Debug)]
pub struct Tables {
    pub round: Round,
    pub taken_at: Timestamp,
    /// By region, by each class of the instrument, and by ownership.
    pub by: Vec<RateTable>,
    pub by_region_and_ownership: CrossTable,
}

/// A file with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    pub name: String,
    pub content: Vec<u8>,
}

impl Tables {
    /// Makes the tables from the counts, with answered and not answered as the report has them.
    pub async fn of(
        database: &Database,
        round: Round,
        instrument: &Instrument,
        names: &Names,
        now: Timestamp,
    ) -> Result<Self, sqlx::Error> {
        let follow_up = database.follow_up(round.id).await?;
        let closed = now >= round.closes_at;
        let by = dimensions(instrument, names)
            .iter()
            .map(|dimension| rate_table(&follow_up, dimension, Definition::Report, closed))
            .collect();
        let by_region_and_ownership = cross_table(
            &follow_up,
            &Dimension::region(names),
            &Dimension::ownership(names),
            Dimension::REGION_AND_OWNERSHIP,
            closed,
        );
        Ok(Self {
            round,
            taken_at: now,
            by,
            by_region_and_ownership,
        })
    }

    /// Every table as a file of its own, in Swedish as published.
    pub fn csv_files(&self, words: &RatesWords) -> Vec<TableFile> {
        let mut files: Vec<TableFile> = self
            .by
            .iter()
            .map(|table| TableFile {
                name: csv_name(&table.dimension.key),
                content: rate_csv(table, &words.total).into_bytes(),
            })
            .collect();
        files.push(TableFile {
            name: CROSSED.to_owned(),
            content: cross_csv(&self.by_region_and_ownership, &words.total).into_bytes(),
        });
        files
    }
}

/// The file of Tabell 10.
pub const CROSSED: &str = "response_rate_by_ownership_and_region.csv";

/// The file of a dimension.
pub fn csv_name(dimension: &str) -> String {
    format!("response_rate_by_{dimension}.csv")
}

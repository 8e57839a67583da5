use std::sync::Arc;

use dataset::export::{
    About, Codebook, Dialect, Format, Kind, Record, Table, Tally, Words, WordsError, WorkbookError,
    codebook_name, figures_name, file_name, workbook,
};
use survey::{cleaning::Raw, instrument::Instrument, register::Register, submission::Entry};

use super::{Lines, moment};
use crate::storage::{CutCase, CutRow, DataCut, Database, Round, Timestamp};

/// The files of a round at a data cut.
pub struct DataFiles {
    pub cut: DataCut,
    pub about: About,
    pub codebook: Codebook,
    pub words: Words,
    pub instrument: Arc<Instrument>,
    database: Database,
}

#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error(transparent)]
    Words(#[from] WordsError),
    #[error("what {unit} handed in cannot be read: {why}")]
    Snapshot {
        unit: String,
        why: serde_json::Error,
    },
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    #[error("the workbook was not finished: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Cases read at a time.
pub(super) const CHUNK: usize = 200;

impl DataFiles {
    /// `at` is a whole second.
    pub async fn of(
        database: &Database,
        round: &Round,
        instrument: Arc<Instrument>,
        at: Timestamp,
    ) -> Result<Self, DataError> {
        let words = Words::load()?;
        let cut = database.data_cut(round.id, at).await?;
        let rule_sets = cut.rule_sets.iter().cloned().collect();
        let about = About::of(
            &instrument,
            &round.key,
            round.pilot,
            rule_sets,
            moment::cut(at),
        );
        Ok(Self {
            codebook: Codebook::of(&instrument, &words),
            cut,
            about,
            words,
            instrument,
            database: database.clone(),
        })
    }

    pub fn name(&self, kind: Kind, format: Format) -> String {
        file_name(&self.words, &self.about, kind, format)
    }

    /// Of the file of what cleaning did.
    pub fn figures_name(&self, format: Format) -> String {
        figures_name(&self.words, &self.about, format)
    }

    pub fn codebook_name(&self, format: Format) -> String {
        codebook_name(&self.words, &self.about, format)
    }

    pub fn codebook_csv(&self, dialect: Dialect) -> String {
        let languages = &self.instrument.languages;
        self.codebook.csv(&self.words, languages, dialect)
    }

    /// What the files hold, counted. Reads every case.
    pub async fn tally(&self) -> Result<Tally, DataError> {
        let table = Table::of(&self.instrument, Kind::Cleaned);
        let mut tally = Tally::default();
        for cases in self.cut.cleaned.chunks(CHUNK) {
            for record in self.records(cases).await? {
                tally.count(&table, &record);
            }
        }
        Ok(tally)
    }

    /// The CSV of that kind, a few hundred lines at a time.
    pub fn lines(self, kind: Kind, dialect: Dialect) -> Lines {
        Lines::of(self, kind, dialect)
    }

    /// The Excel file of that kind.
    pub async fn workbook(self, kind: Kind) -> Result<Vec<u8>, DataError> {
        let cases = self.cases(kind);
        let mut records = Vec::with_capacity(cases.len());
        for cases in cases.chunks(CHUNK) {
            records.extend(self.records(cases).await?);
        }
        // It takes seconds of reckoning.
        let made = tokio::task::spawn_blocking(move || {
            let table = Table::of(&self.instrument, kind);
            workbook(&self.words, &self.about, &table, &self.codebook, &records)
        });
        Ok(made.await??)
    }

    /// What a file of that kind has rows of. What was typed may be had before it is cleaned.
    pub fn cases(&self, kind: Kind) -> &[CutCase] {
        match kind {
            Kind::Raw => &self.cut.handed_in,
            Kind::Cleaned | Kind::Both => &self.cut.cleaned,
        }
    }

    pub(super) async fn records(&self, cases: &[CutCase]) -> Result<Vec<Record>, DataError> {
        let rows = self.database.cut_rows(&self.cut, cases).await?;
        rows.into_iter()
            .map(|row| record(&self.instrument, row))
            .collect()
    }
}

fn record(instrument: &Instrument, row: CutRow) -> Result<Record, DataError> {
    let entries: Vec<Entry> =
        serde_json::from_str(&row.snapshot).map_err(|why| DataError::Snapshot {
            unit: row.unit_key.clone(),
            why,
        })?;
    let register = Register::read(
        instrument,
        row.classes
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str())),
    );
    let fields = instrument.register.iter();
    let cleaned = row.cleaned.unwrap_or_default();
    Ok(Record {
        id: row.unit_key,
        region: row.region,
        ownership: row.ownership,
        register: fields.map(|field| register.fact(&field.key)).collect(),
        disposition: row.disposition.name().to_owned(),
        submitted: moment::iso(row.submitted_at),
        rule_set: cleaned.rule_set,
        open_queries: usize::try_from(cleaned.open_queries).unwrap_or(usize::MAX),
        given: Raw::of_submission(instrument, &entries).given().to_vec(),
        values: cleaned.values,
    })
}

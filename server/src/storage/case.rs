use sqlx::QueryBuilder;
use uuid::Uuid;

use super::answers::CurrentAnswers;
use super::confirmation::{self, Confirmation};
use super::database::{Connection, Database, on_database};
use super::late;
use super::link::Link;
use super::receipt::Receipt;
use super::revision::{self, RevisionNumber};
use super::round::Round;
use super::standing::{Facts, Standing};
use super::submission::Submission;
use super::time::Timestamp;
use super::unit::{self, ROWS, Unit};

/// A unit in a round: what its answers belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: Uuid,
    pub round_id: Uuid,
    pub unit_id: Uuid,
}

/// Everything that a page of the respondent needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    pub case: Case,
    pub link: Link,
    pub round: Round,
    pub unit: Unit,
    pub answers: CurrentAnswers,
    /// Answers that are personal data: no part of the snapshot that is submitted.
    pub personal: CurrentAnswers,
    /// In the order in which they were made.
    pub confirmations: Vec<Confirmation>,
    /// The last one.
    pub submission: Option<Submission>,
    /// Whether anybody has begun.
    pub opened: bool,
}

impl CaseView {
    /// Whether the link may answer now.
    pub fn standing(&self, now: Timestamp) -> Standing {
        Facts {
            revoked_at: self.link.revoked_at,
            opens_at: self.round.opens_at,
            closes_at: self.round.closes_at,
            submitted: self.submission.is_some(),
            reopened: self.is_reopened(),
        }
        .standing(now)
    }

    /// Whether answers were submitted and then opened for changes.
    pub fn is_reopened(&self) -> bool {
        self.submission
            .as_ref()
            .is_some_and(|submission| submission.reopened_at.is_some())
    }

    /// The case's last revision: the base of a page that is rendered from this.
    pub fn latest(&self) -> RevisionNumber {
        self.answers.latest().max(self.personal.latest())
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenCasesError {
    #[error("there is no such round")]
    UnknownRound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Gives every unit that the register knows a case and a link in the round, where it has none. Says how many. What
    /// is no part of the survey from the start, such as a branch office, is counted so.
    /// `new_id` must never give the same identity twice.
    pub async fn open_cases(
        &self,
        round: Uuid,
        now: Timestamp,
        new_id: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<usize, OpenCasesError> {
        if self.instrument_source(round).await?.is_none() {
            return Err(OpenCasesError::UnknownRound);
        }
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let opened = late::open(connection, round, now, new_id).await?;
        transaction.commit().await?;
        Ok(opened)
    }

    /// What the link leads to; nothing where there is no such link. A revoked link is found, and says so.
    pub async fn load_case(&self, link: Uuid) -> Result<Option<CaseView>, sqlx::Error> {
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let Some(row) = row(connection, link).await? else {
            return Ok(None);
        };
        let classes = unit::classes(connection, row.unit_id).await?;
        let (personal, answers): (Vec<_>, Vec<_>) = revision::of_case(connection, row.case_id)
            .await?
            .into_iter()
            .partition(|revision| revision.personal);
        let confirmations = confirmation::of_case(connection, row.case_id).await?;
        Ok(Some(CaseView {
            case: Case {
                id: row.case_id,
                round_id: row.round_id,
                unit_id: row.unit_id,
            },
            link: Link {
                id: link,
                created_at: row.created_at,
                revoked_at: row.revoked_at,
                section: row.section,
                holder: row.holder,
            },
            round: Round {
                id: row.round_id,
                key: row.round_key,
                instrument_key: row.instrument_key,
                instrument_version: row.instrument_version,
                opens_at: row.opens_at,
                closes_at: row.closes_at,
                pilot: row.pilot,
            },
            unit: Unit {
                id: row.unit_id,
                key: row.unit_key,
                name: row.name,
                address: row.address,
                postal_code: row.postal_code,
                city: row.city,
                region: row.region,
                ownership: row.ownership,
                classes,
            },
            answers: CurrentAnswers::fold(answers),
            personal: CurrentAnswers::fold(personal),
            confirmations,
            submission: row.submission.into_submission(),
            opened: row.opened,
        }))
    }
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    case_id: Uuid,
    created_at: Timestamp,
    revoked_at: Option<Timestamp>,
    section: Option<String>,
    holder: Option<String>,
    round_id: Uuid,
    round_key: String,
    instrument_key: String,
    instrument_version: String,
    opens_at: Timestamp,
    closes_at: Timestamp,
    pilot: bool,
    unit_id: Uuid,
    unit_key: String,
    name: String,
    address: String,
    postal_code: String,
    city: String,
    region: String,
    ownership: Option<String>,
    opened: bool,
    #[sqlx(flatten)]
    submission: SubmissionColumns,
}

#[derive(sqlx::FromRow)]
struct SubmissionColumns {
    submission_id: Option<Uuid>,
    receipt: Option<Receipt>,
    submitted_at: Option<Timestamp>,
    as_of: Option<RevisionNumber>,
    reopened_at: Option<Timestamp>,
}

impl SubmissionColumns {
    fn into_submission(self) -> Option<Submission> {
        Some(Submission {
            id: self.submission_id?,
            receipt: self.receipt?,
            submitted_at: self.submitted_at?,
            as_of: self.as_of?,
            reopened_at: self.reopened_at,
        })
    }
}

async fn row(connection: &mut Connection<'_>, link: Uuid) -> Result<Option<CaseRow>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, link.created_at, link.revoked_at, \
            link.section, link.holder, round.id AS round_id, round.key AS round_key, round.instrument_key, \
            round.instrument_version, round.opens_at, round.closes_at, round.pilot, \
            unit.id AS unit_id, unit.key AS unit_key, unit.name, unit.address, unit.postal_code, \
            unit.city, unit.region, unit.ownership, progress.opened_at IS NOT NULL AS opened, \
            submission.id AS submission_id, submission.receipt, submission.submitted_at, \
            submission.as_of, reopening.at AS reopened_at \
        FROM link \
        JOIN respondent_case c ON c.id = link.case_id \
        JOIN round ON round.id = c.round_id \
        JOIN unit ON unit.id = c.unit_id \
        LEFT JOIN case_progress progress ON progress.case_id = c.id \
        LEFT JOIN submission ON submission.case_id = c.id AND submission.number = \
            (SELECT max(number) FROM submission WHERE case_id = c.id) \
        LEFT JOIN reopening ON reopening.submission_id = submission.id \
        WHERE link.id = $1";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(link).fetch_optional(executor).await
    })
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    cases: &[Case],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO respondent_case (id, round_id, unit_id) ";
    for chunk in cases.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, case| {
                    row.push_bind(case.id).push_bind(case.round_id).push_bind(case.unit_id);
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

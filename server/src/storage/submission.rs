use uuid::Uuid;

use super::closed_cuts;
use super::contact;
use super::database::{Connection, Database, is_duplicate, on_database};
use super::outbox::{NewMessage, enqueue};
use super::progress::{self, Event};
use super::receipt::Receipt;
use super::revision::RevisionNumber;
use super::standing::{self, Refusal, Standing};
use super::time::Timestamp;

/// That the answers were submitted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Submission {
    pub id: Uuid,
    pub receipt: Receipt,
    pub submitted_at: Timestamp,
    /// The case's last revision when they were.
    pub as_of: RevisionNumber,
    /// When the respondent opened the answers for changes, if so.
    pub reopened_at: Option<Timestamp>,
}

/// What was submitted. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Snapshot {
    pub instrument_key: String,
    pub instrument_version: String,
    /// JSON.
    pub snapshot: String,
    /// JSON; kept apart.
    pub personal: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSubmission {
    pub id: Uuid,
    pub receipt: Receipt,
    /// [`super::CaseView::latest`] of the answers that the snapshot was made from.
    pub as_of: RevisionNumber,
    /// JSON, without personal data.
    pub snapshot: String,
    /// JSON: the personal data.
    pub personal: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    Now(Submission),
    /// Sent twice: nothing was changed since the submission that is told.
    Already(Submission),
}

#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the answers were changed after the snapshot was made")]
    ChangedMeanwhile,
    #[error("another submission has this receipt or identity; draw new ones")]
    ReceiptTaken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("nothing was submitted")]
    NotSubmitted,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Closes the case with a snapshot of its answers.
    pub async fn submit(
        &self,
        link: Uuid,
        new: NewSubmission,
        now: Timestamp,
    ) -> Result<Submitted, SubmitError> {
        self.submit_with_thanks(link, new, |_, _| None, now).await
    }

    /// The same, with a letter to whoever is written to about the case. `thanks` makes it from the contact and its address;
    /// it is queued with the submission or not at all.
    pub async fn submit_with_thanks(
        &self,
        link: Uuid,
        new: NewSubmission,
        thanks: impl FnOnce(Uuid, &str) -> Option<NewMessage> + Send,
        now: Timestamp,
    ) -> Result<Submitted, SubmitError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = standing::for_writing(connection, link)
            .await?
            .ok_or(SubmitError::UnknownLink)?;
        match case.standing(now) {
            Standing::Open => {}
            Standing::Refused(Refusal::Submitted) => {
                let last = last(connection, case.case_id).await?;
                return Ok(Submitted::Already(last));
            }
            Standing::Refused(refusal) => return Err(refusal.into()),
        }
        if new.as_of != case.latest() {
            return Err(SubmitError::ChangedMeanwhile);
        }
        let now = closed_cuts::after_them(connection, now).await?;
        insert(connection, case.case_id, &new, now)
            .await
            .map_err(|error| {
                if is_duplicate(&error) {
                    SubmitError::ReceiptTaken
                } else {
                    SubmitError::Database(error)
                }
            })?;
        let submitted = vec![(case.case_id, Event::Submitted(now))];
        progress::record(connection, submitted).await?;
        let recipient = contact::current(connection, case.case_id, now).await?;
        if let Some(letter) = recipient.and_then(|(contact, email)| thanks(contact, &email)) {
            enqueue(connection, &[letter], now).await?;
        }
        transaction.commit().await?;
        Ok(Submitted::Now(Submission {
            id: new.id,
            receipt: new.receipt,
            submitted_at: now,
            as_of: new.as_of,
            reopened_at: None,
        }))
    }

    /// Opens submitted answers for changes, until the round closes. Opening what is open changes nothing.
    pub async fn reopen(&self, link: Uuid, now: Timestamp) -> Result<(), ReopenError> {
        const SQL: &str = "INSERT INTO reopening (submission_id, case_id, at) VALUES ($1, $2, $3)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = standing::for_writing(connection, link)
            .await?
            .ok_or(ReopenError::UnknownLink)?;
        match (case.standing(now), case.submission_id) {
            (Standing::Refused(Refusal::Submitted), Some(submission)) => {
                on_database!(connection, executor => {
                    sqlx::query(SQL)
                        .bind(submission)
                        .bind(case.case_id)
                        .bind(now)
                        .execute(executor)
                        .await
                        .map(drop)
                })?;
                progress::record(connection, vec![(case.case_id, Event::Reopened)]).await?;
                Ok(transaction.commit().await?)
            }
            (Standing::Open, Some(_)) => Ok(()),
            (Standing::Refused(refusal), Some(_)) => Err(refusal.into()),
            (_, None) => Err(ReopenError::NotSubmitted),
        }
    }

    /// When each case of a round that has answers was submitted first.
    pub async fn first_submissions(
        &self,
        round: Uuid,
    ) -> Result<Vec<(Uuid, Timestamp)>, sqlx::Error> {
        const SQL: &str = "\
            SELECT c.id, min(s.submitted_at) FROM submission s \
            JOIN respondent_case c ON c.id = s.case_id WHERE c.round_id = $1 GROUP BY c.id";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })
    }

    /// What was submitted, with the personal part.
    pub async fn snapshot(&self, submission: Uuid) -> Result<Option<Snapshot>, sqlx::Error> {
        const SQL: &str = "\
            SELECT s.instrument_key, s.instrument_version, s.snapshot, p.snapshot AS personal \
            FROM submission s JOIN personal_submission p ON p.submission_id = s.id WHERE s.id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(submission).fetch_optional(executor).await
        })
    }
}

async fn last(connection: &mut Connection<'_>, case: Uuid) -> Result<Submission, sqlx::Error> {
    const SQL: &str = "\
        SELECT s.id, s.receipt, s.submitted_at, s.as_of, reopening.at AS reopened_at \
        FROM submission s LEFT JOIN reopening ON reopening.submission_id = s.id \
        WHERE s.case_id = $1 ORDER BY s.number DESC LIMIT 1";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_one(executor).await
    })
}

async fn insert(
    connection: &mut Connection<'_>,
    case: Uuid,
    new: &NewSubmission,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO submission \
            (id, case_id, number, receipt, submitted_at, as_of, instrument_key, instrument_version, snapshot) \
        SELECT $1, c.id, (SELECT coalesce(max(number), 0) + 1 FROM submission WHERE case_id = c.id), \
            $3, $4, $5, round.instrument_key, round.instrument_version, $6 \
        FROM respondent_case c JOIN round ON round.id = c.round_id WHERE c.id = $2";
    const PERSONAL: &str =
        "INSERT INTO personal_submission (submission_id, snapshot) VALUES ($1, $2)";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(new.id)
            .bind(case)
            .bind(&new.receipt)
            .bind(now)
            .bind(new.as_of)
            .bind(&new.snapshot)
            .execute(executor)
            .await
            .map(drop)
    })?;
    on_database!(connection, executor => {
        sqlx::query(PERSONAL).bind(new.id).bind(&new.personal).execute(executor).await.map(drop)
    })
}

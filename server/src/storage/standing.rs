use uuid::Uuid;

use super::database::{Connection, on_database};
use super::revision::RevisionNumber;
use super::time::Timestamp;

/// Whether a link may answer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    Refused(Refusal),
}

/// Why a link may not answer now. Where several hold, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the link was revoked")]
    Revoked,
    #[error("the round has not opened yet")]
    NotYetOpen,
    #[error("the round has closed")]
    Closed,
    #[error("the answers were submitted, and not reopened since")]
    Submitted,
}

/// What a standing is decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub revoked_at: Option<Timestamp>,
    pub opens_at: Timestamp,
    /// The first moment at which nothing more is taken.
    pub closes_at: Timestamp,
    pub submitted: bool,
    pub reopened: bool,
}

impl Facts {
    pub(super) fn standing(&self, now: Timestamp) -> Standing {
        let refusal = if self.revoked_at.is_some() {
            Refusal::Revoked
        } else if now < self.opens_at {
            Refusal::NotYetOpen
        } else if now >= self.closes_at {
            Refusal::Closed
        } else if self.submitted && !self.reopened {
            Refusal::Submitted
        } else {
            return Standing::Open;
        };
        Standing::Refused(refusal)
    }
}

/// What a write needs to know of the case behind its link.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct CaseStanding {
    pub case_id: Uuid,
    revoked_at: Option<Timestamp>,
    opens_at: Timestamp,
    closes_at: Timestamp,
    pub submission_id: Option<Uuid>,
    reopened_at: Option<Timestamp>,
    latest: RevisionNumber,
    latest_personal: RevisionNumber,
    pub started_at: Option<Timestamp>,
    /// The section last written on.
    pub place: Option<String>,
    /// None: where the case stands is not kept.
    pub enough: Option<bool>,
}

impl CaseStanding {
    pub(super) fn standing(&self, now: Timestamp) -> Standing {
        Facts {
            revoked_at: self.revoked_at,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            submitted: self.submission_id.is_some(),
            reopened: self.reopened_at.is_some(),
        }
        .standing(now)
    }

    /// The case's last revision.
    pub(super) fn latest(&self) -> RevisionNumber {
        self.latest.max(self.latest_personal)
    }
}

/// Looks the case up for writing: until the transaction ends, nobody else writes to it.
pub(super) async fn for_writing(
    connection: &mut Connection<'_>,
    link: Uuid,
) -> Result<Option<CaseStanding>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, link.revoked_at, round.opens_at, round.closes_at, \
            submission.id AS submission_id, reopening.at AS reopened_at, \
            (SELECT coalesce(max(number), 0) FROM revision WHERE case_id = c.id) AS latest, \
            (SELECT coalesce(max(number), 0) FROM personal_revision WHERE case_id = c.id) AS latest_personal, \
            progress.started_at, progress.place, progress.enough \
        FROM link \
        JOIN respondent_case c ON c.id = link.case_id \
        JOIN round ON round.id = c.round_id \
        LEFT JOIN case_progress progress ON progress.case_id = c.id \
        LEFT JOIN submission ON submission.case_id = c.id AND submission.number = \
            (SELECT max(number) FROM submission WHERE case_id = c.id) \
        LEFT JOIN reopening ON reopening.submission_id = submission.id \
        WHERE link.id = $1";
    lock(connection, link).await?;
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(link).fetch_optional(executor).await
    })
}

/// SQLite's writer is alone already. PostgreSQL waits in a statement of its own, so that the next one
/// sees what was committed while it waited.
async fn lock(connection: &mut Connection<'_>, link: Uuid) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        SELECT 1 FROM respondent_case \
        WHERE id = (SELECT case_id FROM link WHERE id = $1) FOR NO KEY UPDATE";
    match connection {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(connection) => sqlx::query(SQL)
            .bind(link)
            .execute(&mut **connection)
            .await
            .map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENS: i64 = 100;
    const CLOSES: i64 = 200;

    fn open() -> Facts {
        Facts {
            revoked_at: None,
            opens_at: Timestamp::from_millis(OPENS),
            closes_at: Timestamp::from_millis(CLOSES),
            submitted: false,
            reopened: false,
        }
    }

    fn at(facts: Facts, millis: i64) -> Standing {
        facts.standing(Timestamp::from_millis(millis))
    }

    #[test]
    fn a_round_is_open_from_its_first_moment_until_just_before_its_last() {
        assert_eq!(
            at(open(), OPENS - 1),
            Standing::Refused(Refusal::NotYetOpen)
        );
        assert_eq!(at(open(), OPENS), Standing::Open);
        assert_eq!(at(open(), CLOSES - 1), Standing::Open);
        assert_eq!(at(open(), CLOSES), Standing::Refused(Refusal::Closed));
    }

    #[test]
    fn submitting_closes_and_reopening_opens() {
        let submitted = Facts {
            submitted: true,
            ..open()
        };
        assert_eq!(at(submitted, OPENS), Standing::Refused(Refusal::Submitted));
        let reopened = Facts {
            reopened: true,
            ..submitted
        };
        assert_eq!(at(reopened, OPENS), Standing::Open);
    }

    #[test]
    fn a_revoked_link_tells_nothing_else() {
        let revoked = Facts {
            revoked_at: Some(Timestamp::from_millis(150)),
            submitted: true,
            ..open()
        };
        for moment in [OPENS - 1, OPENS, CLOSES] {
            assert_eq!(at(revoked, moment), Standing::Refused(Refusal::Revoked));
        }
    }
}

use std::str::FromStr;

use uuid::Uuid;

use super::database::{Connection, Database, on_database};
use super::standing::{self, Refusal, Standing};
use super::text::StoredText;
use super::time::Timestamp;

/// "Fel mottagare?": what whoever got the link says of who should have.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Report {
    pub id: Uuid,
    pub case_id: Uuid,
    pub link_id: Uuid,
    #[sqlx(try_from = "String")]
    pub kind: ReportKind,
    /// Of the one who should have got it; empty where not told.
    pub name: String,
    pub email: String,
    pub note: String,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// Someone else is chief now.
    NewChief,
    /// The unit has closed.
    Closed,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    pub id: Uuid,
    pub kind: ReportKind,
    pub name: StoredText,
    pub email: StoredText,
    pub note: StoredText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a report is new_chief, closed or other")]
pub struct ReportKindError;

#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("this link has told {max} things already", max = REPORTS_PER_LINK)]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// More than anyone has to say, and little enough that a link cannot fill the disk.
const REPORTS_PER_LINK: usize = 20;

impl ReportKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewChief => "new_chief",
            Self::Closed => "closed",
            Self::Other => "other",
        }
    }
}

impl FromStr for ReportKind {
    type Err = ReportKindError;

    fn from_str(text: &str) -> Result<Self, ReportKindError> {
        [Self::NewChief, Self::Closed, Self::Other]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(ReportKindError)
    }
}

impl TryFrom<String> for ReportKind {
    type Error = ReportKindError;

    fn try_from(text: String) -> Result<Self, ReportKindError> {
        text.parse()
    }
}

impl Database {
    /// Keeps a report, whether the round is open or not; only a revoked link may not speak. The same
    /// report sent again is kept once.
    pub async fn report(
        &self,
        link: Uuid,
        new: NewReport,
        now: Timestamp,
    ) -> Result<(), ReportError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = standing::for_writing(connection, link)
            .await?
            .ok_or(ReportError::UnknownLink)?;
        if let Standing::Refused(refusal @ Refusal::Revoked) = case.standing(now) {
            return Err(refusal.into());
        }
        let mut earlier = of_case(connection, case.case_id).await?;
        earlier.retain(|earlier| earlier.link_id == link);
        if earlier.iter().any(|earlier| says_the_same(earlier, &new)) {
            return Ok(());
        }
        if earlier.len() >= REPORTS_PER_LINK {
            return Err(ReportError::TooMany);
        }
        insert(connection, case.case_id, link, &new, now).await?;
        Ok(transaction.commit().await?)
    }

    /// What was told of a case, in order.
    pub async fn reports_of_case(&self, case: Uuid) -> Result<Vec<Report>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_case(&mut reading.connection(), case).await
    }
}

fn says_the_same(earlier: &Report, new: &NewReport) -> bool {
    earlier.kind == new.kind
        && earlier.name == new.name.as_str()
        && earlier.email == new.email.as_str()
        && earlier.note == new.note.as_str()
}

async fn insert(
    connection: &mut Connection<'_>,
    case: Uuid,
    link: Uuid,
    new: &NewReport,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO report (id, case_id, link_id, kind, name, email, note, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(new.id)
            .bind(case)
            .bind(link)
            .bind(new.kind.as_str())
            .bind(new.name.as_str())
            .bind(new.email.as_str())
            .bind(new.note.as_str())
            .bind(now)
            .execute(executor)
            .await
            .map(drop)
    })
}

async fn of_case(connection: &mut Connection<'_>, case: Uuid) -> Result<Vec<Report>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, case_id, link_id, kind, name, email, note, at FROM report \
        WHERE case_id = $1 ORDER BY at, id";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_all(executor).await
    })
}

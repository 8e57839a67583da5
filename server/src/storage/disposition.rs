use sqlx::QueryBuilder;
use survey::statistics::Ruling;
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::closed_cuts;
use super::database::{Connection, Database, on_database};
use super::progress;
use super::register::NewId;
use super::text::StoredText;
use super::time::Timestamp;
use super::unit::ROWS;

/// What staff decided of a case, after AAPOR. What the answers tell themselves, such as complete, is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DispositionCode {
    /// Counted; takes an earlier decision back.
    Eligible,
    ClosedBeforeStart,
    BranchOffice,
    OpenedAfterStart,
    Refused,
    Unreachable,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no disposition {0}")]
pub struct NoSuchDisposition(pub String);

/// One decision on a case. The last one holds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Disposition {
    pub id: Uuid,
    pub case_id: Uuid,
    #[sqlx(try_from = "String")]
    pub code: DispositionCode,
    pub note: String,
    pub at: Timestamp,
    pub actor: String,
}

#[derive(Debug, thiserror::Error)]
pub enum DispositionError {
    #[error("there is no such case")]
    UnknownCase,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl DispositionCode {
    pub const ALL: [Self; 6] = [
        Self::Eligible,
        Self::ClosedBeforeStart,
        Self::BranchOffice,
        Self::OpenedAfterStart,
        Self::Refused,
        Self::Unreachable,
    ];

    /// What it means for the follow-up.
    pub const fn ruling(self) -> Ruling {
        match self {
            Self::Eligible => Ruling::Eligible,
            Self::ClosedBeforeStart => Ruling::ClosedBeforeStart,
            Self::BranchOffice => Ruling::BranchOffice,
            Self::OpenedAfterStart => Ruling::OpenedAfterStart,
            Self::Refused => Ruling::Refused,
            Self::Unreachable => Ruling::Unreachable,
        }
    }

    /// The name in storage and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::ClosedBeforeStart => "closed_before_start",
            Self::BranchOffice => "branch_office",
            Self::OpenedAfterStart => "opened_after_start",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }
}

impl std::str::FromStr for DispositionCode {
    type Err = NoSuchDisposition;

    fn from_str(text: &str) -> Result<Self, NoSuchDisposition> {
        Self::ALL
            .into_iter()
            .find(|code| code.name() == text)
            .ok_or_else(|| NoSuchDisposition(text.to_owned()))
    }
}

impl TryFrom<String> for DispositionCode {
    type Error = NoSuchDisposition;

    fn try_from(text: String) -> Result<Self, NoSuchDisposition> {
        text.parse()
    }
}

impl Database {
    /// Decides what a case counts as from now on.
    pub async fn set_disposition(
        &self,
        case: Uuid,
        code: DispositionCode,
        note: &StoredText,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), DispositionError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let place = place_of(connection, case)
            .await?
            .ok_or(DispositionError::UnknownCase)?;
        let new = [NewDisposition {
            id: new_id(),
            case_id: case,
            code,
            note: note.as_str(),
        }];
        insert(connection, &new, actor, now).await?;
        let detail = serde_json::json!({
            "round": place.round_key,
            "disposition": code.name(),
            "note": note.as_str(),
        });
        let (action, subject) = ("case.disposition", place.unit_key.as_str());
        audit::write(connection, actor, action, subject, &detail, now, new_id()).await?;
        Ok(transaction.commit().await?)
    }
}

/// Which unit's case it is, in which round.
#[derive(sqlx::FromRow)]
pub(super) struct CasePlace {
    pub unit_key: String,
    pub round_key: String,
}

async fn place_of(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Option<CasePlace>, sqlx::Error> {
    const SQL: &str = "\
        SELECT unit.key AS unit_key, round.key AS round_key FROM respondent_case c \
        JOIN unit ON unit.id = c.unit_id JOIN round ON round.id = c.round_id \
        WHERE c.id = $1";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_optional(executor).await
    })
}

/// The decisions on every case of a unit, the latest first.
pub(super) async fn of_unit(
    connection: &mut Connection<'_>,
    unit: Uuid,
) -> Result<Vec<Disposition>, sqlx::Error> {
    const SQL: &str = "\
        SELECT d.id, d.case_id, d.code, d.note, d.at, d.actor FROM disposition d \
        JOIN respondent_case c ON c.id = d.case_id \
        WHERE c.unit_id = $1 ORDER BY d.at DESC, d.id DESC";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(unit).fetch_all(executor).await
    })
}

/// A decision on its way.
pub(super) struct NewDisposition<'a> {
    pub id: Uuid,
    pub case_id: Uuid,
    pub code: DispositionCode,
    pub note: &'a str,
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    new: &[NewDisposition<'_>],
    actor: &Actor,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO disposition (id, case_id, code, note, at, actor) ";
    let actor = actor.to_string();
    let at = closed_cuts::after_them(connection, now).await?;
    for chunk in new.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, new| {
                    row.push_bind(new.id)
                        .push_bind(new.case_id)
                        .push_bind(new.code.name())
                        .push_bind(new.note)
                        .push_bind(at)
                        .push_bind(actor.as_str());
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    let ruled: Vec<_> = new
        .iter()
        .map(|new| (new.case_id, new.code.ruling()))
        .collect();
    progress::disposed(connection, &ruled).await
}

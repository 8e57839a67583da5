use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use uuid::Uuid;

use super::database::{Connection, on_database};
use super::text::StoredText;
use super::time::Timestamp;

/// A revision's place in its case: 1 for the first thing ever typed there, in one series for answers and
/// personal answers. 0 stands for the questionnaire before anything was typed. A page that was rendered
/// when a case stood at some number has that number as its *base*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct RevisionNumber(i64);

impl RevisionNumber {
    /// Before anything was typed.
    pub const BLANK: Self = Self(0);

    pub(super) const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for RevisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number from 0, in digits.
impl FromStr for RevisionNumber {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(|number: u32| Self(number.into()))
    }
}

/// Something typed into a field, as kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    pub number: RevisionNumber,
    pub variable: String,
    pub raw: String,
    /// By the respondent's clock.
    pub typed_at: Timestamp,
    /// By ours.
    pub received_at: Timestamp,
    /// Which open page it was typed on.
    pub page: Uuid,
    pub change: Uuid,
    /// What the page had seen when this was typed.
    pub base: RevisionNumber,
    /// Typed without having seen what another page had written meanwhile: kept, but not the current answer.
    pub contested: bool,
    /// Kept apart from the answers.
    pub personal: bool,
}

/// Something typed into a field, as it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    pub variable: String,
    pub raw: StoredText,
    /// By the respondent's clock.
    pub typed_at: Timestamp,
    /// Which open page it was typed on; made anew each time a page is rendered.
    pub page: Uuid,
    /// Made anew for each change, and the same when the change is sent again.
    pub change: Uuid,
    /// [`super::CaseView::latest`] when the page was rendered, or the number of the contested revision
    /// once the respondent has chosen between both values. Numbers that do not exist yet count as the latest.
    pub base: RevisionNumber,
    /// Whether the variable is personal data, kept apart from the answers.
    pub personal: bool,
}

/// Every revision of a case in order, personal ones among them.
pub(super) async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Vec<Revision>, sqlx::Error> {
    const SQL: &str = "\
        SELECT number, variable, raw, typed_at, received_at, page, change, base, contested, FALSE AS personal \
        FROM revision WHERE case_id = $1 \
        UNION ALL \
        SELECT number, variable, raw, typed_at, received_at, page, change, base, contested, TRUE AS personal \
        FROM personal_revision WHERE case_id = $1 \
        ORDER BY number";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_all(executor).await
    })
}

/// Every revision of one variable in order.
pub(super) async fn of_variable(
    connection: &mut Connection<'_>,
    case: Uuid,
    variable: &str,
) -> Result<Vec<Revision>, sqlx::Error> {
    const SQL: &str = "\
        SELECT number, variable, raw, typed_at, received_at, page, change, base, contested, FALSE AS personal \
        FROM revision WHERE case_id = $1 AND variable = $2 \
        UNION ALL \
        SELECT number, variable, raw, typed_at, received_at, page, change, base, contested, TRUE AS personal \
        FROM personal_revision WHERE case_id = $1 AND variable = $2 \
        ORDER BY number";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).bind(variable).fetch_all(executor).await
    })
}

macro_rules! insert_into {
    ($table:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (case_id, number, variable, raw, typed_at, received_at, page, change, base, contested)",
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
    };
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    case: Uuid,
    revision: &Revision,
) -> Result<(), sqlx::Error> {
    let sql = if revision.personal {
        insert_into!("personal_revision")
    } else {
        insert_into!("revision")
    };
    on_database!(connection, executor => {
        sqlx::query(sql)
            .bind(case)
            .bind(revision.number)
            .bind(&revision.variable)
            .bind(&revision.raw)
            .bind(revision.typed_at)
            .bind(revision.received_at)
            .bind(revision.page)
            .bind(revision.change)
            .bind(revision.base)
            .bind(revision.contested)
            .execute(executor)
            .await
            .map(drop)
    })
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    pub fn number(number: i64) -> RevisionNumber {
        RevisionNumber(number)
    }

    pub fn page(name: u128) -> Uuid {
        Uuid::from_u128(name)
    }

    /// What page `by` typed into `variable` having seen everything up to `base`.
    pub fn typed(at: i64, variable: &str, raw: &str, by: u128, base: i64) -> Revision {
        Revision {
            number: RevisionNumber(at),
            variable: variable.to_owned(),
            raw: raw.to_owned(),
            typed_at: Timestamp::from_millis(at),
            received_at: Timestamp::from_millis(at),
            page: page(by),
            change: Uuid::from_u128(at.unsigned_abs().into()),
            base: RevisionNumber(base),
            contested: false,
            personal: false,
        }
    }

    pub fn contested(at: i64, variable: &str, raw: &str, by: u128, base: i64) -> Revision {
        Revision {
            contested: true,
            ..typed(at, variable, raw, by, base)
        }
    }
}

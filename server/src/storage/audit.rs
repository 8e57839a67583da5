use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::actor::Actor;
use super::database::{Connection, Database, on_database};
use super::time::Timestamp;

/// One line of the log: who did what to what.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditEntry {
    pub id: Uuid,
    pub at: Timestamp,
    pub actor: String,
    /// `area.verb`, as in `register.imported`.
    pub action: String,
    /// What it was done to: an address, a key.
    pub subject: String,
    /// JSON.
    pub detail: String,
}

/// Which lines to show; what is not asked for matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    pub actor: Option<String>,
    pub action: Option<String>,
    pub from: Option<Timestamp>,
    /// The first moment that is not shown.
    pub to: Option<Timestamp>,
}

/// A page of the log, the newest line first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// All that match, on every page.
    pub total: u32,
}

/// What can be asked for: everyone and everything that has a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChoices {
    pub actors: Vec<String>,
    pub actions: Vec<String>,
}

/// What a line is about whose subject is an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSubject {
    /// The round's key.
    pub round: String,
    /// One of its mailings by number; 0 is the invitation.
    pub mailing: Option<i64>,
}

impl Database {
    /// Writes a line about something that has no writing of its own, such as a download.
    pub async fn note(
        &self,
        actor: &Actor,
        action: &str,
        subject: &str,
        detail: &Value,
        now: Timestamp,
        id: Uuid,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        write(connection, actor, action, subject, detail, now, id).await?;
        transaction.commit().await
    }

    /// The lines that match, `size` on a page; pages count from 0.
    pub async fn audit_log(
        &self,
        filter: &AuditFilter,
        page: u32,
        size: u32,
    ) -> Result<AuditPage, sqlx::Error> {
        const MATCHING: &str = "\
            FROM audit \
            WHERE (CAST($1 AS TEXT) IS NULL OR actor = $1) \
                AND (CAST($2 AS TEXT) IS NULL OR action = $2) \
                AND at >= $3 AND at < $4";
        let from = filter.from.unwrap_or(Timestamp::from_millis(i64::MIN));
        let to = filter.to.unwrap_or(Timestamp::from_millis(i64::MAX));
        let rows = format!(
            "SELECT id, at, actor, action, subject, detail {MATCHING} \
             ORDER BY at DESC, id DESC LIMIT $5 OFFSET $6"
        );
        let count = format!("SELECT COUNT(*) {MATCHING}");
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let entries = on_database!(connection, executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(rows))
                .bind(&filter.actor)
                .bind(&filter.action)
                .bind(from)
                .bind(to)
                .bind(i64::from(size))
                .bind(i64::from(page) * i64::from(size))
                .fetch_all(executor)
                .await
        })?;
        let total: i64 = on_database!(connection, executor => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(count))
                .bind(&filter.actor)
                .bind(&filter.action)
                .bind(from)
                .bind(to)
                .fetch_one(executor)
                .await
        })?;
        Ok(AuditPage {
            entries,
            total: u32::try_from(total).unwrap_or(u32::MAX),
        })
    }

    pub async fn audit_choices(&self) -> Result<AuditChoices, sqlx::Error> {
        const ACTORS: &str = "SELECT DISTINCT actor FROM audit ORDER BY actor";
        const ACTIONS: &str = "SELECT DISTINCT action FROM audit ORDER BY action";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let actors = on_database!(connection, executor => {
            sqlx::query_scalar(ACTORS).fetch_all(executor).await
        })?;
        let actions = on_database!(connection, executor => {
            sqlx::query_scalar(ACTIONS).fetch_all(executor).await
        })?;
        Ok(AuditChoices { actors, actions })
    }

    /// The rounds and mailings that lines name by identity.
    pub async fn audit_subjects(&self) -> Result<BTreeMap<String, AuditSubject>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, key, NULL AS number FROM round \
            UNION ALL \
            SELECT mailing.id, round.key, mailing.number FROM mailing \
            JOIN round ON round.id = mailing.round_id";
        let mut reading = self.reading().await?;
        let rows: Vec<(Uuid, String, Option<i64>)> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).fetch_all(executor).await
        })?;
        Ok(rows
            .into_iter()
            .map(|(id, round, mailing)| (id.to_string(), AuditSubject { round, mailing }))
            .collect())
    }
}

/// Writes a line within the transaction of what it tells about.
pub(super) async fn write(
    connection: &mut Connection<'_>,
    actor: &Actor,
    action: &str,
    subject: &str,
    detail: &Value,
    now: Timestamp,
    id: Uuid,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO audit (id, at, actor, action, subject, detail) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(id)
            .bind(now)
            .bind(actor.to_string())
            .bind(action)
            .bind(subject)
            .bind(detail.to_string())
            .execute(executor)
            .await
            .map(drop)
    })
}

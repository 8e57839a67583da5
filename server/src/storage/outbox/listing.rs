use uuid::Uuid;

use super::message::{MessageKind, MessageState};
use crate::storage::database::{Database, on_database};
use crate::storage::time::Timestamp;

/// How many messages of a kind, in a mailing where they have one, are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageCount {
    pub mailing_id: Option<Uuid>,
    #[sqlx(try_from = "String")]
    pub kind: MessageKind,
    #[sqlx(try_from = "String")]
    pub state: MessageState,
    /// Those that are tried again, of the queued ones.
    pub tried: i64,
    pub count: i64,
}

/// Which messages to list; what is not asked for matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    pub round: Option<Uuid>,
    pub mailing: Option<Uuid>,
    pub case: Option<Uuid>,
    pub state: Option<MessageState>,
    /// Stands in the recipient's address or in the unit's key or name.
    pub search: Option<String>,
}

/// A message as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    pub id: Uuid,
    #[sqlx(try_from = "String")]
    pub kind: MessageKind,
    pub mailing_id: Option<Uuid>,
    pub unit_key: Option<String>,
    pub unit_name: Option<String>,
    pub recipient: String,
    #[sqlx(try_from = "String")]
    pub state: MessageState,
    pub queued_at: Timestamp,
    pub due_at: Timestamp,
    pub attempts: i64,
    pub settled_at: Option<Timestamp>,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagePage {
    pub messages: Vec<Listed>,
    /// All that match, on every page.
    pub total: u32,
}

/// Something that happened to a message: `sent`, `skipped`, `deferred`, `unanswered`, `bounced`, `delayed`,
/// `delivered` or `passed on`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    pub at: Timestamp,
    pub event: String,
    pub detail: String,
}

impl Database {
    pub async fn message_counts(&self, round: Uuid) -> Result<Vec<MessageCount>, sqlx::Error> {
        const SQL: &str = "\
            SELECT mailing_id, kind, state, count(*) AS count, \
                count(CASE WHEN state = 'queued' AND attempts > 0 THEN 1 END) AS tried \
            FROM message WHERE round_id = $1 \
            GROUP BY mailing_id, kind, state ORDER BY kind, state, mailing_id";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })
    }

    /// The messages that match, the latest queued first, `size` on a page; pages count from 0.
    pub async fn messages(
        &self,
        filter: &MessageFilter,
        page: u32,
        size: u32,
    ) -> Result<MessagePage, sqlx::Error> {
        const MATCHING: &str = "\
            FROM message m \
            LEFT JOIN respondent_case c ON c.id = m.case_id \
            LEFT JOIN unit ON unit.id = c.unit_id \
            WHERE ($1 IS NULL OR m.round_id = $1) \
                AND ($2 IS NULL OR m.mailing_id = $2) \
                AND ($3 IS NULL OR m.case_id = $3) \
                AND (CAST($4 AS TEXT) IS NULL OR m.state = $4) \
                AND (CAST($5 AS TEXT) IS NULL OR lower(m.recipient) LIKE $5 ESCAPE '!' \
                    OR lower(unit.key) LIKE $5 ESCAPE '!' OR lower(unit.name) LIKE $5 ESCAPE '!')";
        let rows = format!(
            "SELECT m.id, m.kind, m.mailing_id, unit.key AS unit_key, unit.name AS unit_name, m.recipient, \
                m.state, m.queued_at, m.due_at, m.attempts, m.settled_at, m.note \
             {MATCHING} ORDER BY m.queued_at DESC, unit.key, m.id LIMIT $6 OFFSET $7"
        );
        let count = format!("SELECT count(*) {MATCHING}");
        let search = filter.search.as_deref().map(containing);
        let state = filter.state.map(MessageState::name);
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let messages = on_database!(connection, executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(rows))
                .bind(filter.round)
                .bind(filter.mailing)
                .bind(filter.case)
                .bind(state)
                .bind(&search)
                .bind(i64::from(size))
                .bind(i64::from(page) * i64::from(size))
                .fetch_all(executor)
                .await
        })?;
        let total: i64 = on_database!(connection, executor => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(count))
                .bind(filter.round)
                .bind(filter.mailing)
                .bind(filter.case)
                .bind(state)
                .bind(&search)
                .fetch_one(executor)
                .await
        })?;
        Ok(MessagePage {
            messages,
            total: u32::try_from(total).unwrap_or(u32::MAX),
        })
    }

    pub async fn message(&self, id: Uuid) -> Result<Option<Listed>, sqlx::Error> {
        const SQL: &str = "\
            SELECT m.id, m.kind, m.mailing_id, unit.key AS unit_key, unit.name AS unit_name, m.recipient, \
                m.state, m.queued_at, m.due_at, m.attempts, m.settled_at, m.note \
            FROM message m \
            LEFT JOIN respondent_case c ON c.id = m.case_id \
            LEFT JOIN unit ON unit.id = c.unit_id WHERE m.id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(id).fetch_optional(executor).await
        })
    }

    /// What happened to a message, in order.
    pub async fn message_events(&self, message: Uuid) -> Result<Vec<Event>, sqlx::Error> {
        const SQL: &str = "\
            SELECT at, event, detail FROM message_event WHERE message_id = $1 ORDER BY at, id";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(message).fetch_all(executor).await
        })
    }
}

/// The pattern of what holds the text, in which no sign means anything else.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for sign in text.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

use uuid::Uuid;

use super::database::{Database, on_database};
use super::time::Timestamp;

/// A letter in the product's own mailbox.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoxedLetter {
    pub id: Uuid,
    pub message_id: String,
    pub recipient: String,
    pub subject: String,
    /// As it would have gone over the wire.
    pub content: Vec<u8>,
    pub received_at: Timestamp,
}

/// A letter as the mailbox lists it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoxedEnvelope {
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub received_at: Timestamp,
}

impl Database {
    /// Puts a letter into the mailbox; one with that identity is there once.
    pub async fn put_in_mailbox(&self, letter: &BoxedLetter) -> Result<(), sqlx::Error> {
        const SQL: &str = "\
            INSERT INTO mailbox (id, message_id, recipient, subject, content, received_at) \
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let mut transaction = self.writing().await?;
        on_database!(&mut transaction.connection(), executor => {
            sqlx::query(SQL)
                .bind(letter.id)
                .bind(&letter.message_id)
                .bind(&letter.recipient)
                .bind(&letter.subject)
                .bind(&letter.content)
                .bind(letter.received_at)
                .execute(executor)
                .await
                .map(drop)
        })?;
        transaction.commit().await
    }

    /// The letters whose recipient holds the text, the latest first, `size` on a page; pages count from 0. Tells how
    /// many there are on all pages.
    pub async fn mailbox(
        &self,
        recipient: &str,
        page: u32,
        size: u32,
    ) -> Result<(Vec<BoxedEnvelope>, u32), sqlx::Error> {
        const LETTERS: &str = "\
            SELECT id, recipient, subject, received_at FROM mailbox \
            WHERE recipient LIKE '%' || $1 || '%' ORDER BY received_at DESC, id DESC LIMIT $2 OFFSET $3";
        const COUNT: &str = "SELECT count(*) FROM mailbox WHERE recipient LIKE '%' || $1 || '%'";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let letters = on_database!(connection, executor => {
            sqlx::query_as(LETTERS)
                .bind(recipient)
                .bind(i64::from(size))
                .bind(i64::from(page) * i64::from(size))
                .fetch_all(executor)
                .await
        })?;
        let count: i64 = on_database!(connection, executor => {
            sqlx::query_scalar(COUNT).bind(recipient).fetch_one(executor).await
        })?;
        Ok((letters, u32::try_from(count).unwrap_or(u32::MAX)))
    }

    pub async fn boxed_letter(&self, id: Uuid) -> Result<Option<BoxedLetter>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, message_id, recipient, subject, content, received_at FROM mailbox WHERE id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(id).fetch_optional(executor).await
        })
    }
}

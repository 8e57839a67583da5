use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::storage::{
    actor::Actor,
    audit,
    database::{Connection, Database, on_database},
    time::Timestamp,
};

/// A rule set that something was cleaned with.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredRuleSet {
    pub id: Uuid,
    pub instrument_key: String,
    pub version: String,
    /// The whole file.
    pub source: String,
    pub added_at: Timestamp,
    pub actor: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRuleSet {
    pub id: Uuid,
    pub instrument_key: String,
    pub version: String,
    pub source: String,
    /// Of the line in the log.
    pub audit_id: Uuid,
}

impl Database {
    /// Keeps a rule set, and gives its identity: that of the one kept before where the very same text was.
    pub async fn keep_rule_set(
        &self,
        new: &NewRuleSet,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Uuid, sqlx::Error> {
        const SQL: &str = "\
            INSERT INTO rule_set (id, instrument_key, version, source, source_hash, added_at, actor) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let hash: [u8; 32] = Sha256::digest(&new.source).into();
        let mut reading = self.reading().await?;
        if let Some(id) = by_hash(&mut reading.connection(), &hash).await? {
            return Ok(id);
        }
        drop(reading);
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let added = on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(new.id)
                .bind(&new.instrument_key)
                .bind(&new.version)
                .bind(&new.source)
                .bind(hash.as_slice())
                .bind(now)
                .bind(actor.to_string())
                .execute(executor)
                .await
                .map(|done| done.rows_affected())
        })?;
        if added > 0 {
            let detail = serde_json::json!({ "version": new.version });
            audit::write(
                connection,
                actor,
                "cleaning.rules_added",
                &new.instrument_key,
                &detail,
                now,
                new.audit_id,
            )
            .await?;
        }
        let kept = by_hash(connection, &hash).await?;
        transaction.commit().await?;
        kept.ok_or(sqlx::Error::RowNotFound)
    }

    /// The identity of a rule set by its text; none where it is not kept.
    pub async fn rule_set_id(&self, source: &str) -> Result<Option<Uuid>, sqlx::Error> {
        let hash: [u8; 32] = Sha256::digest(source).into();
        let mut reading = self.reading().await?;
        by_hash(&mut reading.connection(), &hash).await
    }

    pub async fn rule_set(&self, id: Uuid) -> Result<Option<StoredRuleSet>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, instrument_key, version, source, added_at, actor FROM rule_set WHERE id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(id).fetch_optional(executor).await
        })
    }
}

async fn by_hash(
    connection: &mut Connection<'_>,
    hash: &[u8; 32],
) -> Result<Option<Uuid>, sqlx::Error> {
    const SQL: &str = "SELECT id FROM rule_set WHERE source_hash = $1";
    on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(hash.as_slice()).fetch_optional(executor).await
    })
}

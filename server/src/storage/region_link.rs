use serde_json::json;
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, on_database};
use super::round::Round;
use super::time::Timestamp;

/// Where a region's own coordinator sees which of its units have not answered. `crate::links` makes the token that stands
/// in the address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RegionLink {
    pub id: Uuid,
    pub round_id: Uuid,
    pub region: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

#[derive(Debug, thiserror::Error)]
pub enum RegionLinkError {
    #[error("the round has no such link, or it was revoked before")]
    Unknown,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// A round's links that are not revoked, by region.
    pub async fn region_links(&self, round: Uuid) -> Result<Vec<RegionLink>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, round_id, region, created_at, revoked_at FROM region_link \
            WHERE round_id = $1 AND revoked_at IS NULL ORDER BY region, created_at, id";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })
    }

    /// The link, revoked or not, and its round.
    pub async fn region_link(
        &self,
        link: Uuid,
    ) -> Result<Option<(RegionLink, Round)>, sqlx::Error> {
        const LINK: &str = "\
            SELECT id, round_id, region, created_at, revoked_at FROM region_link WHERE id = $1";
        const ROUND: &str = "\
            SELECT id, key, instrument_key, instrument_version, opens_at, closes_at, pilot \
            FROM round WHERE id = $1";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let found: Option<RegionLink> = on_database!(connection, executor => {
            sqlx::query_as(LINK).bind(link).fetch_optional(executor).await
        })?;
        let Some(found) = found else {
            return Ok(None);
        };
        let round: Option<Round> = on_database!(connection, executor => {
            sqlx::query_as(ROUND).bind(found.round_id).fetch_optional(executor).await
        })?;
        Ok(round.map(|round| (found, round)))
    }

    /// Makes a link for the region, or for every region of the round, where there is none yet. Gives those that were made.
    /// `new_id` must never give the same identity twice.
    pub async fn make_region_links(
        &self,
        round: &Round,
        only: Option<&str>,
        actor: &Actor,
        now: Timestamp,
        new_id: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<Vec<RegionLink>, sqlx::Error> {
        const SQL: &str = "\
            INSERT INTO region_link (id, round_id, region, created_at) VALUES ($1, $2, $3, $4)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let mut made = Vec::new();
        for region in without_link(connection, round.id).await? {
            if only.is_some_and(|only| only != region) {
                continue;
            }
            let link = RegionLink {
                id: new_id(),
                round_id: round.id,
                region,
                created_at: now,
                revoked_at: None,
            };
            on_database!(connection, executor => {
                sqlx::query(SQL)
                    .bind(link.id)
                    .bind(link.round_id)
                    .bind(&link.region)
                    .bind(now)
                    .execute(executor)
                    .await
                    .map(drop)
            })?;
            let detail = json!({ "round": round.key });
            let action = "region_link.made";
            audit::write(
                connection,
                actor,
                action,
                &link.region,
                &detail,
                now,
                new_id(),
            )
            .await?;
            made.push(link);
        }
        transaction.commit().await?;
        Ok(made)
    }

    /// Makes the link lead nowhere.
    pub async fn revoke_region_link(
        &self,
        round: &Round,
        link: Uuid,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<RegionLink, RegionLinkError> {
        const SQL: &str = "\
            UPDATE region_link SET revoked_at = $3 \
            WHERE id = $1 AND round_id = $2 AND revoked_at IS NULL \
            RETURNING id, round_id, region, created_at, revoked_at";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let revoked: Option<RegionLink> = on_database!(connection, executor => {
            sqlx::query_as(SQL)
                .bind(link)
                .bind(round.id)
                .bind(now)
                .fetch_optional(executor)
                .await
        })?;
        let revoked = revoked.ok_or(RegionLinkError::Unknown)?;
        let detail = json!({ "round": round.key });
        let action = "region_link.revoked";
        audit::write(
            connection,
            actor,
            action,
            &revoked.region,
            &detail,
            now,
            audit_id,
        )
        .await?;
        transaction.commit().await?;
        Ok(revoked)
    }
}

/// The round's regions that have no link, by name.
async fn without_link(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Vec<String>, sqlx::Error> {
    const SQL: &str = "\
        SELECT DISTINCT category FROM tally \
        WHERE round_id = $1 AND dimension = 'region' AND category <> '' AND n > 0 \
            AND NOT EXISTS (SELECT 1 FROM region_link link \
                WHERE link.round_id = $1 AND link.region = tally.category AND link.revoked_at IS NULL) \
        ORDER BY category";
    on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).fetch_all(executor).await
    })
}

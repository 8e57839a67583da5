use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::database::{Connection, Database, on_database};
use super::time::Timestamp;
use super::unit::{self, ROWS};

/// What a personal address leads to. `crate::links` makes the token that stands in the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    /// The only section that it leads to; none for the chief's own.
    pub section: Option<String>,
    /// Who was given a link to a section.
    pub holder: Option<String>,
}

/// A link that works, with the unit it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundLink {
    pub link_id: Uuid,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub classes: BTreeMap<String, String>,
    /// Whether anything was typed, and whether it was ever submitted.
    pub begun: bool,
    pub submitted: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error("there is no such link, or it was revoked before")]
    Unknown,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Every link to the whole questionnaire that is not revoked, by the key of its unit.
    pub async fn links_of_round(&self, round: Uuid) -> Result<Vec<RoundLink>, sqlx::Error> {
        const SQL: &str = "\
            SELECT link.id, unit.key, unit.name, unit.region, \
                EXISTS (SELECT 1 FROM revision WHERE revision.case_id = c.id), \
                EXISTS (SELECT 1 FROM submission WHERE submission.case_id = c.id) \
            FROM respondent_case c \
            JOIN link ON link.case_id = c.id \
            JOIN unit ON unit.id = c.unit_id \
            WHERE c.round_id = $1 AND link.revoked_at IS NULL AND link.section IS NULL \
            ORDER BY unit.key, link.created_at, link.id";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let rows: Vec<(Uuid, String, String, String, bool, bool)> = on_database!(connection, executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })?;
        let classes = unit::classes_in_round(connection, round).await?;
        let link = |(link_id, unit_key, unit_name, region, begun, submitted)| RoundLink {
            link_id,
            classes: classes.get(&unit_key).cloned().unwrap_or_default(),
            unit_key,
            unit_name,
            region,
            begun,
            submitted,
        };
        Ok(rows.into_iter().map(link).collect())
    }

    /// Makes the link lead nowhere, as those that were given to colleagues through it, and `replacement` lead where it led.
    pub async fn replace_link(
        &self,
        link: Uuid,
        replacement: Uuid,
        now: Timestamp,
    ) -> Result<(), LinkError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = revoke(connection, link, now)
            .await?
            .ok_or(LinkError::Unknown)?;
        insert(connection, &[(replacement, case)], now).await?;
        Ok(transaction.commit().await?)
    }

    /// Makes the link lead nowhere, as those that were given to colleagues through it.
    pub async fn revoke_link(&self, link: Uuid, now: Timestamp) -> Result<(), LinkError> {
        let mut transaction = self.writing().await?;
        revoke(&mut transaction.connection(), link, now)
            .await?
            .ok_or(LinkError::Unknown)?;
        Ok(transaction.commit().await?)
    }
}

async fn revoke(
    connection: &mut Connection<'_>,
    link: Uuid,
    now: Timestamp,
) -> Result<Option<Uuid>, sqlx::Error> {
    const SQL: &str = "\
        UPDATE link SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING case_id, section";
    let revoked: Option<(Uuid, Option<String>)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(link).bind(now).fetch_optional(executor).await
    })?;
    let Some((case, section)) = revoked else {
        return Ok(None);
    };
    if section.is_none() {
        revoke_of_cases(connection, &[case], now).await?;
    }
    Ok(Some(case))
}

/// Makes every link of these cases lead nowhere.
pub(super) async fn revoke_of_cases(
    connection: &mut Connection<'_>,
    cases: &[Uuid],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    for chunk in cases.chunks(ROWS) {
        on_database!(connection, executor => {
            let mut query = QueryBuilder::new("UPDATE link SET revoked_at = ");
            query.push_bind(now).push(" WHERE revoked_at IS NULL AND case_id IN (");
            let mut list = query.separated(", ");
            for case in chunk {
                list.push_bind(*case);
            }
            query.push(")").build().persistent(false).execute(executor).await.map(drop)
        })?;
    }
    Ok(())
}

/// Adds links, each with the case that it leads to.
pub(super) async fn insert(
    connection: &mut Connection<'_>,
    links: &[(Uuid, Uuid)],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO link (id, case_id, created_at) ";
    for chunk in links.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (link, case)| {
                    row.push_bind(*link).push_bind(*case).push_bind(now);
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

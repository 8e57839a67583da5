use serde::{Deserialize, Serialize};
use survey::cleaning::{Basis, Choice, Decision, Doubt, Evidence};
use uuid::Uuid;

use super::{NewEdition, edition, insert, json, lock, parse};
use crate::storage::{
    actor::Actor,
    audit,
    database::{Connection, Database, on_database},
    text::StoredText,
    time::Timestamp,
};

/// What an editor decided, or took back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub id: Uuid,
    pub case_id: Uuid,
    /// From 1 within the case.
    pub number: u32,
    /// The edition that its editor saw.
    pub edition: u32,
    /// The identity of the query.
    pub query: String,
    /// The number of the decision that it takes back.
    pub undoes: Option<u32>,
    pub body: DecisionBody,
    pub reason: String,
    pub at: Timestamp,
    pub actor: String,
}

/// What was chosen, with what the editor was asked: the query itself is gone once it is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionBody {
    /// None where a decision is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    pub basis: Vec<Basis>,
    /// The rule that asked; empty where the editor acted unasked.
    pub rule: String,
    pub evidence: Evidence,
    /// Whether it is what the rules held for likeliest.
    pub as_proposed: bool,
    /// What the rules held against values of the editor's own, who gave them all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    pub id: Uuid,
    /// The number that it gets: one more than the last.
    pub number: u32,
    pub query: String,
    pub undoes: Option<u32>,
    pub body: DecisionBody,
    pub reason: StoredText,
    /// Orders decisions; never earlier than an earlier one.
    pub at: Timestamp,
    /// Of the line in the log.
    pub audit_id: Uuid,
    /// What the line is about: the unit's key.
    pub unit_key: String,
    pub round_key: String,
}

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("somebody else decided, or the chief handed in again, after the editor saw the case")]
    Stale,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    case_id: Uuid,
    number: i64,
    edition: i64,
    query: String,
    undoes: Option<i64>,
    body: String,
    reason: String,
    at: Timestamp,
    actor: String,
}

impl Database {
    /// Keeps decisions, each with the edition that it leads to: all of them or none. The first edition follows upon the one
    /// that the editor saw, each other upon the one before it; where another edition, decision or submission came between,
    /// nothing is written.
    pub async fn decide(
        &self,
        steps: &[(NewDecision, NewEdition)],
        actor: &Actor,
    ) -> Result<(), DecideError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        for (new, next) in steps {
            lock(connection, next.case_id).await?;
            step(connection, new, next, actor).await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn step(
    connection: &mut Connection<'_>,
    new: &NewDecision,
    next: &NewEdition,
    actor: &Actor,
) -> Result<(), DecideError> {
    const SQL: &str = "\
        INSERT INTO cleaning_decision (id, case_id, number, edition, query, undoes, body, reason, at, actor) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let before = NewEdition {
        decided: new.number.saturating_sub(1),
        ..next.clone()
    };
    if next.decided != new.number || !edition::fits(connection, &before).await? {
        return Err(DecideError::Stale);
    }
    let body = json(&new.body)?;
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(new.id)
            .bind(next.case_id)
            .bind(i64::from(new.number))
            .bind(i64::from(next.after))
            .bind(&new.query)
            .bind(new.undoes.map(i64::from))
            .bind(&body)
            .bind(new.reason.as_str())
            .bind(new.at)
            .bind(actor.to_string())
            .execute(executor)
            .await
            .map(drop)
    })?;
    insert::edition(connection, next, actor, new.at).await?;
    Ok(note(connection, new, actor).await?)
}

async fn note(
    connection: &mut Connection<'_>,
    new: &NewDecision,
    actor: &Actor,
) -> Result<(), sqlx::Error> {
    let action = if new.undoes.is_some() {
        "cleaning.undone"
    } else {
        "cleaning.decided"
    };
    let detail = serde_json::json!({
        "round": new.round_key,
        "query": new.query,
        "decision": new.number,
        "undoes": new.undoes,
    });
    let subject = &new.unit_key;
    audit::write(
        connection,
        actor,
        action,
        subject,
        &detail,
        new.at,
        new.audit_id,
    )
    .await
}

/// Every decision about a case, in order.
pub(super) async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Vec<Earlier>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, case_id, number, edition, query, undoes, body, reason, at, actor \
        FROM cleaning_decision WHERE case_id = $1 ORDER BY number";
    let rows: Vec<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_all(executor).await
    })?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    pub fn read(self) -> Result<Earlier, sqlx::Error> {
        Ok(Earlier {
            id: self.id,
            case_id: self.case_id,
            number: edition::count(self.number),
            edition: edition::count(self.edition),
            query: self.query,
            undoes: self.undoes.map(edition::count),
            body: parse(&self.body)?,
            reason: self.reason,
            at: self.at,
            actor: self.actor,
        })
    }
}

impl Earlier {
    /// Those that have not been taken back, as the rules take them. Each is named by its number.
    pub fn standing(all: &[Self]) -> Vec<Decision> {
        Self::not_undone(all)
            .filter_map(|one| {
                Some(Decision {
                    id: one.number.to_string(),
                    query: one.query.clone(),
                    choice: one.body.choice.clone()?,
                    basis: one.body.basis.clone(),
                    by: one.actor.clone(),
                    at: one.at.millis(),
                })
            })
            .collect()
    }

    /// Decisions that hold: neither taken back nor a taking back.
    pub fn not_undone(all: &[Self]) -> impl Iterator<Item = &Self> {
        all.iter().filter(|one| {
            one.undoes.is_none() && !all.iter().any(|other| other.undoes == Some(one.number))
        })
    }
}

//! Writing an edition with its ledger.

use sqlx::QueryBuilder;
use survey::{
    cleaning::{Author, Entry},
    statistics::Amounts,
};

use super::{NewEdition, json};
use crate::storage::{
    actor::Actor,
    closed_cuts,
    database::{Connection, on_database},
    time::Timestamp,
};

/// Rows in one statement: ten parameters each, below SQLite's 32 766.
const ROWS: usize = 1_000;

pub(super) async fn edition(
    connection: &mut Connection<'_>,
    new: &NewEdition,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO cleaning_edition \
            (id, round_id, case_id, number, submission_id, rule_set_id, decided, known, clean_values, queries, \
             unfit, open_queries, at, actor, amounts) \
        SELECT $1, c.round_id, c.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 \
        FROM respondent_case c WHERE c.id = $2";
    let at = closed_cuts::after_them(connection, now).await?;
    let cleaned = &new.cleaned;
    let (known, values) = (json(&new.known)?, json(&cleaned.values)?);
    let amounts = json(&Amounts::of(&cleaned.values))?;
    let (queries, unfit) = (json(&cleaned.queries)?, json(&cleaned.unfit)?);
    let open = i64::try_from(cleaned.queries.len()).unwrap_or(i64::MAX);
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(new.id)
            .bind(new.case_id)
            .bind(i64::from(new.after) + 1)
            .bind(new.submission_id)
            .bind(new.rule_set_id)
            .bind(i64::from(new.decided))
            .bind(&known)
            .bind(&values)
            .bind(&queries)
            .bind(&unfit)
            .bind(open)
            .bind(at)
            .bind(actor.to_string())
            .bind(&amounts)
            .execute(executor)
            .await
            .map(drop)
    })?;
    steps(connection, new).await
}

async fn steps(connection: &mut Connection<'_>, new: &NewEdition) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO ledger (edition_id, number, variable, before, after, status, rule, version, editor, entry) ";
    let mut rows = Vec::with_capacity(new.cleaned.ledger.len());
    for (number, entry) in (1_i64..).zip(&new.cleaned.ledger) {
        rows.push((number, entry, json(entry)?));
    }
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (number, entry, whole)| {
                    row.push_bind(new.id)
                        .push_bind(*number)
                        .push_bind(&entry.variable)
                        .push_bind(&entry.before)
                        .push_bind(entry.after.map(survey::answers::Number::to_plain))
                        .push_bind(entry.status.name())
                        .push_bind(&entry.rule)
                        .push_bind(&entry.version)
                        .push_bind(editor(entry))
                        .push_bind(whole);
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

fn editor(entry: &Entry) -> Option<&str> {
    match &entry.by {
        Author::Rule => None,
        Author::Editor(who) => Some(who),
    }
}

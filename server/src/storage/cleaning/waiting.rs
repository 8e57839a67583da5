//! Cases that wait to be cleaned.

use std::time::Duration;

use uuid::Uuid;

use super::{Known, parse};
use crate::storage::{
    database::{Connection, Database, on_database},
    register::Field,
};

/// What the register said of a case's unit when it was cleaned last, and what it says now.
#[derive(sqlx::FromRow)]
struct Stood {
    case_id: Uuid,
    /// JSON.
    known: String,
    field: String,
    /// None where the field is empty.
    value: Option<String>,
}

/// A change of the register is written within this time of the moment that it bears: an import of a whole country takes a while.
const IN_THE_WRITING: Duration = Duration::from_hours(1);

impl Database {
    /// The cases of a round that were handed in, and that have no edition by this rule set of what was handed in last and of
    /// what the register says in the fields of these names. Without a rule set, because nothing was cleaned with it
    /// yet: every case that was handed in.
    pub async fn cases_to_clean(
        &self,
        round: Uuid,
        rule_set: Option<Uuid>,
        fields: &[&str],
    ) -> Result<Vec<Uuid>, sqlx::Error> {
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let mut cases = not_cleaned(connection, round, rule_set).await?;
        cases.extend(known_otherwise(connection, round, fields).await?);
        cases.sort_unstable();
        cases.dedup();
        Ok(cases)
    }
}

async fn not_cleaned(
    connection: &mut Connection<'_>,
    round: Uuid,
    rule_set: Option<Uuid>,
) -> Result<Vec<Uuid>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id FROM respondent_case c \
        JOIN submission s ON s.case_id = c.id AND s.number = \
            (SELECT max(number) FROM submission WHERE case_id = c.id) \
        LEFT JOIN cleaning_edition e ON e.case_id = c.id AND e.number = \
            (SELECT max(number) FROM cleaning_edition WHERE case_id = c.id) \
        WHERE c.round_id = $1 \
            AND (e.id IS NULL OR e.submission_id <> s.id OR $2 IS NULL OR e.rule_set_id <> $2)";
    on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).bind(rule_set).fetch_all(executor).await
    })
}

/// Cases that were cleaned with something else in one of the fields than stands in the register now.
async fn known_otherwise(
    connection: &mut Connection<'_>,
    round: Uuid,
    fields: &[&str],
) -> Result<Vec<Uuid>, sqlx::Error> {
    const SQL: &str = "\
        SELECT DISTINCT c.id AS case_id, e.known, h.field, unit_class.value \
        FROM register_change h \
        JOIN respondent_case c ON c.unit_id = h.unit_id \
        JOIN cleaning_edition e ON e.case_id = c.id AND e.number = \
            (SELECT max(number) FROM cleaning_edition WHERE case_id = c.id) \
        LEFT JOIN unit_class ON unit_class.unit_id = c.unit_id AND h.field = $2 || unit_class.field \
        WHERE c.round_id = $1 AND h.at > e.at - $3 AND h.contact_id IS NULL AND h.field LIKE $2 || '%'";
    let margin = i64::try_from(IN_THE_WRITING.as_millis()).unwrap_or(i64::MAX);
    let rows: Vec<Stood> = on_database!(connection, executor => {
        sqlx::query_as(SQL)
            .bind(round)
            .bind(Field::CLASS)
            .bind(margin)
            .fetch_all(executor)
            .await
    })?;
    let mut cases = Vec::new();
    for row in rows {
        let Ok(Field::Class(field)) = row.field.parse() else {
            continue;
        };
        let asked = fields.contains(&field.as_str());
        let known: Known = parse(&row.known)?;
        if asked && known.register.get(&field) != row.value.as_ref() {
            cases.push(row.case_id);
        }
    }
    Ok(cases)
}

//! "Fel mottagare?" reports as they are listed, with what became of them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::database::{Connection, Database, on_database};
use super::report::Report;
use super::time::Timestamp;

/// How a report was handled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum ReportOutcome {
    /// Somebody else gets the mail now.
    ContactChanged,
    /// The case got a disposition.
    Closed { disposition: String, note: String },
    /// Nothing was to be done.
    Dismissed { note: String },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHandling {
    pub outcome: ReportOutcome,
    pub at: Timestamp,
    pub actor: String,
}

/// A report as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedReport {
    pub report: Report,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub round_key: String,
    /// Whoever is written to now.
    pub recipient: Option<(String, String)>,
    pub handling: Option<ReportHandling>,
}

const LIST: &str = "\
    SELECT report.id, report.case_id, report.link_id, report.kind, report.name, report.email, report.note, \
        report.at, unit.key AS unit_key, unit.name AS unit_name, unit.region, round.key AS round_key, \
        contact.name AS contact_name, contact.email AS contact_email, \
        h.outcome, h.at AS handled_at, h.actor \
    FROM report \
    JOIN respondent_case c ON c.id = report.case_id \
    JOIN unit ON unit.id = c.unit_id \
    JOIN round ON round.id = c.round_id \
    LEFT JOIN report_handling h ON h.report_id = report.id \
    LEFT JOIN contact ON contact.id = (SELECT id FROM contact p \
        WHERE p.unit_id = unit.id AND p.valid_to IS NULL \
        ORDER BY CASE p.kind WHEN 'local_head' THEN 0 ELSE 1 END, p.valid_from DESC, p.id DESC LIMIT 1) ";

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    report: Report,
    unit_key: String,
    unit_name: String,
    region: String,
    round_key: String,
    contact_name: Option<String>,
    contact_email: Option<String>,
    outcome: Option<String>,
    handled_at: Option<Timestamp>,
    actor: Option<String>,
}

impl Row {
    fn into_listed(self) -> ListedReport {
        let handling = match (self.outcome, self.handled_at, self.actor) {
            (Some(outcome), Some(at), Some(actor)) => Some(ReportHandling {
                outcome: serde_json::from_str(&outcome)
                    .unwrap_or(ReportOutcome::Dismissed { note: outcome }),
                at,
                actor,
            }),
            _ => None,
        };
        ListedReport {
            report: self.report,
            unit_key: self.unit_key,
            unit_name: self.unit_name,
            region: self.region,
            round_key: self.round_key,
            recipient: self.contact_name.zip(self.contact_email),
            handling,
        }
    }
}

impl Database {
    /// Every report: open ones first, and among those the oldest; then handled ones, the latest first.
    pub async fn reports(&self) -> Result<Vec<ListedReport>, sqlx::Error> {
        let sql = format!(
            "{LIST} ORDER BY CASE WHEN h.at IS NULL THEN 0 ELSE 1 END, h.at DESC, report.at, report.id"
        );
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(executor).await
        })?;
        Ok(rows.into_iter().map(Row::into_listed).collect())
    }

    /// One report.
    pub async fn listed_report(&self, id: Uuid) -> Result<Option<ListedReport>, sqlx::Error> {
        let mut reading = self.reading().await?;
        one(&mut reading.connection(), id).await
    }

    /// How many reports wait to be handled.
    pub async fn open_reports(&self) -> Result<u32, sqlx::Error> {
        const SQL: &str = "\
            SELECT count(*) FROM report WHERE NOT EXISTS \
                (SELECT 1 FROM report_handling h WHERE h.report_id = report.id)";
        let mut reading = self.reading().await?;
        let open: i64 = on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).fetch_one(executor).await
        })?;
        Ok(u32::try_from(open).unwrap_or(u32::MAX))
    }
}

pub(super) async fn one(
    connection: &mut Connection<'_>,
    id: Uuid,
) -> Result<Option<ListedReport>, sqlx::Error> {
    let sql = format!("{LIST} WHERE report.id = $1");
    let row: Option<Row> = on_database!(connection, executor => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(executor).await
    })?;
    Ok(row.map(Row::into_listed))
}

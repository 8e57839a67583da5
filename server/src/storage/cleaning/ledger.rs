use survey::{
    answers::Number,
    cleaning::{Author, Certainty, Entry, Reason, Status},
};
use uuid::Uuid;

use super::parse;
use crate::storage::{
    database::{Connection, Database, on_database},
    time::Timestamp,
};

/// A step of an edition's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub edition_id: Uuid,
    /// From 1 within the edition.
    pub number: u32,
    pub entry: Entry,
}

#[derive(sqlx::FromRow)]
struct Row {
    edition_id: Uuid,
    number: i64,
    variable: String,
    before: String,
    after: Option<String>,
    status: String,
    reason: Option<String>,
    rule: String,
    version: String,
    certainty: String,
    evidence: String,
    editor: Option<String>,
}

/// A step says what this program does not know.
#[derive(Debug, thiserror::Error)]
#[error("the ledger says {0:?}, which means nothing to this version of the program")]
struct Strange(String);

impl Database {
    /// The steps of each case's last edition in a round; with `cut`, of the last edition by that moment. In order within
    /// an edition.
    pub async fn ledger_of_round(
        &self,
        round: Uuid,
        cut: Option<Timestamp>,
    ) -> Result<Vec<Step>, sqlx::Error> {
        const SQL: &str = "\
            SELECT l.edition_id, l.number, l.variable, l.before, l.after, l.status, l.reason, l.rule, l.version, \
                l.certainty, l.evidence, l.editor \
            FROM cleaning_edition e JOIN ledger l ON l.edition_id = e.id \
            WHERE e.round_id = $1 AND e.number = \
                (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id AND one.at <= $2) \
            ORDER BY l.edition_id, l.number";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL)
                .bind(round)
                .bind(cut.map_or(i64::MAX, Timestamp::millis))
                .fetch_all(executor)
                .await
        })?;
        rows.into_iter().map(Row::read).collect()
    }
}

pub(super) async fn of_edition(
    connection: &mut Connection<'_>,
    edition: Uuid,
) -> Result<Vec<Step>, sqlx::Error> {
    const SQL: &str = "\
        SELECT edition_id, number, variable, before, after, status, reason, rule, version, certainty, evidence, \
            editor \
        FROM ledger WHERE edition_id = $1 ORDER BY number";
    let rows: Vec<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(edition).fetch_all(executor).await
    })?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<Step, sqlx::Error> {
        let strange = |text: &str| sqlx::Error::Decode(Box::new(Strange(text.to_owned())));
        let after = self
            .after
            .map(|text| Number::parse_plain(&text).ok_or_else(|| strange(&text)))
            .transpose()?;
        let status = Status::ALL
            .into_iter()
            .find(|status| status.name() == self.status)
            .ok_or_else(|| strange(&self.status))?;
        let reason = self
            .reason
            .map(|text| {
                REASONS
                    .into_iter()
                    .find(|reason| reason_name(*reason) == text)
                    .ok_or_else(|| strange(&text))
            })
            .transpose()?;
        let certainty = read_certainty(&self.certainty).ok_or_else(|| strange(&self.certainty))?;
        Ok(Step {
            edition_id: self.edition_id,
            number: u32::try_from(self.number).unwrap_or_default(),
            entry: Entry {
                variable: self.variable,
                before: self.before,
                after,
                status,
                reason,
                rule: self.rule,
                version: self.version,
                certainty,
                evidence: parse(&self.evidence)?,
                by: self.editor.map_or(Author::Rule, Author::Editor),
            },
        })
    }
}

const REASONS: [Reason; 5] = [
    Reason::NothingHere,
    Reason::NotAsked,
    Reason::Blank,
    Reason::Unknown,
    Reason::Unreadable,
];

pub(super) fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::NothingHere => "nothing_here",
        Reason::NotAsked => "not_asked",
        Reason::Blank => "blank",
        Reason::Unknown => "unknown",
        Reason::Unreadable => "unreadable",
    }
}

pub(super) fn certainty_text(certainty: Certainty) -> String {
    match certainty {
        Certainty::Certain => "certain".to_owned(),
        Certainty::Decided => "decided".to_owned(),
        Certainty::Decibans(decibans) => decibans.to_string(),
    }
}

fn read_certainty(text: &str) -> Option<Certainty> {
    match text {
        "certain" => Some(Certainty::Certain),
        "decided" => Some(Certainty::Decided),
        decibans => decibans.parse().ok().map(Certainty::Decibans),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_sure_a_step_is_is_read_as_it_was_written() {
        for certainty in [
            Certainty::Certain,
            Certainty::Decided,
            Certainty::Decibans(0),
            Certainty::Decibans(57),
        ] {
            assert_eq!(read_certainty(&certainty_text(certainty)), Some(certainty));
        }
        assert_eq!(read_certainty("perhaps"), None);
    }
}

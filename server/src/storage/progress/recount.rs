//! Makes progress and counts anew from everything that is kept of the cases.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use survey::{
    answers::Answers,
    instrument::{self, Instrument},
    register::Register,
    route::route,
    statistics::{AT_LEAST_HALF, Grouping, share_answered},
};
use uuid::Uuid;

use super::facts::{Event, Facts};
use super::rows::{self, Progress};
use super::tally::{Deltas, Groups};
use crate::storage::answers::CurrentAnswers;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::revision;
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

impl Database {
    /// Makes the progress of every case of the round anew, and the counts with it. Only when a page was first opened is
    /// taken from the progress that was there: nothing else remembers it. Says how many cases there are.
    pub async fn recount(&self, round: Uuid) -> Result<usize, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let count = recount(&mut transaction.connection(), round).await?;
        transaction.commit().await?;
        Ok(count)
    }

    /// Recounts every round in which a case has no progress: those that were made before there was any.
    pub(in crate::storage) async fn recount_what_was_never_counted(
        &self,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str = "\
            SELECT DISTINCT c.round_id FROM respondent_case c \
            WHERE NOT EXISTS (SELECT 1 FROM case_progress p WHERE p.case_id = c.id)";
        let mut reading = self.reading().await?;
        let rounds: Vec<Uuid> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).fetch_all(executor).await
        })?;
        drop(reading);
        for round in rounds {
            self.recount(round).await?;
        }
        Ok(())
    }
}

async fn recount(connection: &mut Connection<'_>, round: Uuid) -> Result<usize, sqlx::Error> {
    lock_round(connection, round).await?;
    let instrument = instrument_of(connection, round).await?;
    let mut cases = from_log(connection, round).await?;
    remember(connection, round, &mut cases).await?;
    let mails = mails(connection, round).await?;
    for (case, event) in mails {
        if let Some(logged) = cases.get_mut(&case) {
            logged.facts = std::mem::take(&mut logged.facts).after(&event);
        }
    }
    if let Some(instrument) = &instrument {
        for (case, logged) in &mut cases {
            place(connection, instrument, *case, logged).await?;
        }
    }
    clear(connection, round).await?;
    let ids: Vec<Uuid> = cases.keys().copied().collect();
    let grouping = instrument.as_ref().map(Grouping::of).unwrap_or_default();
    let groups = groups_of(connection, &ids, &grouping).await?;
    let progress: Vec<Progress> = cases
        .into_iter()
        .map(|(case, logged)| Progress {
            case,
            round,
            facts: logged.facts,
        })
        .collect();
    count_in(connection, &progress, &groups).await?;
    Ok(progress.len())
}

/// Adds cases that are not counted yet.
pub(super) async fn count_in(
    connection: &mut Connection<'_>,
    cases: &[Progress],
    groups: &BTreeMap<Uuid, Groups>,
) -> Result<(), sqlx::Error> {
    rows::write(connection, cases).await?;
    let none = Groups::new();
    let grouped: Vec<_> = cases
        .iter()
        .map(|progress| {
            let groups = groups.get(&progress.case).unwrap_or(&none);
            (progress.case, progress.round, groups)
        })
        .collect();
    rows::write_groups(connection, &grouped).await?;
    let mut deltas = Deltas::default();
    for (progress, (_, _, groups)) in cases.iter().zip(grouped) {
        deltas.count(progress.round, groups, &progress.facts, 1);
    }
    deltas.write(connection).await
}

/// How the round's instrument divides units. An instrument that this version cannot read divides by nothing of its own.
pub(super) async fn grouping(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Grouping, sqlx::Error> {
    let instrument = instrument_of(connection, round).await?;
    Ok(instrument.as_ref().map(Grouping::of).unwrap_or_default())
}

async fn instrument_of(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Option<Instrument>, sqlx::Error> {
    const SQL: &str = "SELECT instrument_source FROM round WHERE id = $1";
    let source: Option<String> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).fetch_optional(executor).await
    })?;
    Ok(source.and_then(|source| instrument::load(&source).ok()))
}

/// The groups of these cases by the register as it is now.
pub(super) async fn groups_of(
    connection: &mut Connection<'_>,
    cases: &[Uuid],
    grouping: &Grouping,
) -> Result<BTreeMap<Uuid, Groups>, sqlx::Error> {
    const UNITS: &str = "\
        SELECT c.id, unit.region, unit.ownership FROM respondent_case c \
        JOIN unit ON unit.id = c.unit_id WHERE c.id IN (";
    let mut groups = BTreeMap::new();
    for chunk in cases.chunks(ROWS) {
        let units: Vec<(Uuid, String, Option<String>)> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(UNITS);
            let mut ids = query.separated(", ");
            for case in chunk {
                ids.push_bind(*case);
            }
            ids.push_unseparated(")");
            query.build_query_as().persistent(false).fetch_all(executor).await
        })?;
        let classes = classes_of(connection, chunk).await?;
        for (case, region, ownership) in units {
            let classes = classes.get(&case);
            let class = |field: &str| classes?.get(field).map(String::as_str);
            groups.insert(case, grouping.groups(&region, ownership.as_deref(), class));
        }
    }
    Ok(groups)
}

async fn classes_of(
    connection: &mut Connection<'_>,
    cases: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeMap<String, String>>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id, unit_class.field, unit_class.value FROM respondent_case c \
        JOIN unit_class ON unit_class.unit_id = c.unit_id WHERE c.id IN (";
    let rows: Vec<(Uuid, String, String)> = on_database!(connection, executor => {
        let mut query = QueryBuilder::new(SQL);
        let mut ids = query.separated(", ");
        for case in cases {
            ids.push_bind(*case);
        }
        ids.push_unseparated(")");
        query.build_query_as().persistent(false).fetch_all(executor).await
    })?;
    let mut classes: BTreeMap<Uuid, BTreeMap<String, String>> = BTreeMap::new();
    for (case, field, value) in rows {
        classes.entry(case).or_default().insert(field, value);
    }
    Ok(classes)
}

/// Nobody writes to the round's cases, and none is added, until the transaction ends. Cases come first, as everywhere; once
/// the round is held no case can be added, so those that were added meanwhile are held last.
async fn lock_round(connection: &mut Connection<'_>, round: Uuid) -> Result<(), sqlx::Error> {
    const CASES: &str =
        "SELECT 1 FROM respondent_case WHERE round_id = $1 ORDER BY id FOR NO KEY UPDATE";
    const ROUND: &str = "SELECT 1 FROM round WHERE id = $1 FOR UPDATE";
    let Connection::Postgres(connection) = connection else {
        return Ok(());
    };
    for sql in [CASES, ROUND, CASES] {
        sqlx::query(sql)
            .bind(round)
            .execute(&mut **connection)
            .await?;
    }
    Ok(())
}

/// What the log tells of a case.
struct Logged {
    facts: Facts,
    /// The variable last written to.
    last: Option<String>,
}

#[derive(sqlx::FromRow)]
struct LogRow {
    case_id: Uuid,
    first_answer: Option<Timestamp>,
    first_personal: Option<Timestamp>,
    last_answer: Option<i64>,
    last_personal: Option<i64>,
    last_variable: Option<String>,
    last_personal_variable: Option<String>,
    answered_at: Option<Timestamp>,
    submitted_at: Option<Timestamp>,
    reopened: bool,
    ruling: Option<String>,
}

async fn from_log(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<BTreeMap<Uuid, Logged>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, \
            (SELECT min(received_at) FROM revision WHERE case_id = c.id) AS first_answer, \
            (SELECT min(received_at) FROM personal_revision WHERE case_id = c.id) AS first_personal, \
            (SELECT max(number) FROM revision WHERE case_id = c.id) AS last_answer, \
            (SELECT max(number) FROM personal_revision WHERE case_id = c.id) AS last_personal, \
            (SELECT variable FROM revision WHERE case_id = c.id ORDER BY number DESC LIMIT 1) AS last_variable, \
            (SELECT variable FROM personal_revision WHERE case_id = c.id ORDER BY number DESC LIMIT 1) \
                AS last_personal_variable, \
            (SELECT min(submitted_at) FROM submission WHERE case_id = c.id) AS answered_at, \
            (SELECT max(submitted_at) FROM submission WHERE case_id = c.id) AS submitted_at, \
            EXISTS (SELECT 1 FROM submission s JOIN reopening ON reopening.submission_id = s.id \
                WHERE s.case_id = c.id AND s.number = \
                    (SELECT max(number) FROM submission WHERE case_id = c.id)) AS reopened, \
            (SELECT code FROM disposition WHERE case_id = c.id ORDER BY at DESC, id DESC LIMIT 1) AS ruling \
        FROM respondent_case c WHERE c.round_id = $1";
    let rows: Vec<LogRow> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let last = if row.last_personal > row.last_answer {
                row.last_personal_variable
            } else {
                row.last_variable
            };
            let started = [row.first_answer, row.first_personal];
            let facts = Facts {
                started_at: started.into_iter().flatten().min(),
                answered_at: row.answered_at,
                submitted_at: row.submitted_at,
                reopened: row.reopened,
                ruling: row
                    .ruling
                    .and_then(|code| code.parse().ok())
                    .unwrap_or_default(),
                ..Facts::default()
            };
            (row.case_id, Logged { facts, last })
        })
        .collect())
}

/// What only the progress itself remembers, and what it says where the instrument cannot be read.
async fn remember(
    connection: &mut Connection<'_>,
    round: Uuid,
    cases: &mut BTreeMap<Uuid, Logged>,
) -> Result<(), sqlx::Error> {
    const SQL: &str =
        "SELECT case_id, opened_at, place, enough FROM case_progress WHERE round_id = $1";
    let rows: Vec<(Uuid, Option<Timestamp>, Option<String>, bool)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })?;
    for (case, opened_at, place, enough) in rows {
        if let Some(logged) = cases.get_mut(&case) {
            logged.facts.opened_at = opened_at;
            logged.facts.place = place;
            logged.facts.enough = enough;
        }
    }
    Ok(())
}

/// What became of mail: the first and the last of each kind tell all.
async fn mails(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Vec<(Uuid, Event)>, sqlx::Error> {
    const SQL: &str = "\
        SELECT mail.case_id, mail.event, min(mail.at), max(mail.at) FROM ( \
            SELECT m.case_id, e.event, CASE WHEN e.event = 'bounced' THEN coalesce( \
                (SELECT max(s.at) FROM message_event s WHERE s.message_id = m.id AND s.event = 'sent'), e.at) \
                ELSE e.at END AS at \
            FROM respondent_case c JOIN message m ON m.case_id = c.id \
            JOIN message_event e ON e.message_id = m.id \
            WHERE c.round_id = $1 AND m.kind IN ('invitation', 'reminder')) mail \
        GROUP BY mail.case_id, mail.event";
    let rows: Vec<(Uuid, String, Timestamp, Timestamp)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })?;
    Ok(rows
        .into_iter()
        .flat_map(|(case, event, first, last)| {
            let told = [first, last].map(|at| Event::of_mail(&event, at));
            told.into_iter().flatten().map(move |event| (case, event))
        })
        .collect())
}

/// Where somebody wrote last, and whether enough is answered.
async fn place(
    connection: &mut Connection<'_>,
    instrument: &Instrument,
    case: Uuid,
    logged: &mut Logged,
) -> Result<(), sqlx::Error> {
    let section = logged
        .last
        .as_deref()
        .and_then(|variable| instrument.variable(variable))
        .and_then(|variable| instrument.sections.get(variable.section));
    if let Some(section) = section {
        logged.facts.place = Some(section.key.clone());
    }
    if logged.facts.started_at.is_none() || logged.facts.answered_at.is_some() {
        return Ok(());
    }
    let revisions = revision::of_case(connection, case).await?;
    let (personal, ordinary): (Vec<_>, Vec<_>) = revisions
        .into_iter()
        .partition(|revision| revision.personal);
    let (ordinary, personal) = (
        CurrentAnswers::fold(ordinary),
        CurrentAnswers::fold(personal),
    );
    let answers: Answers = ordinary.iter().chain(personal.iter()).collect();
    let classes = classes_of(connection, &[case]).await?;
    let classes = classes.get(&case).into_iter().flatten();
    let register = Register::read(
        instrument,
        classes.map(|(field, value)| (field.as_str(), value.as_str())),
    );
    let route = route(instrument, &register, &answers);
    logged.facts.enough = AT_LEAST_HALF.is_met(share_answered(instrument, &route, &answers));
    Ok(())
}

async fn clear(connection: &mut Connection<'_>, round: Uuid) -> Result<(), sqlx::Error> {
    for sql in [
        "DELETE FROM tally WHERE round_id = $1",
        "DELETE FROM case_group WHERE round_id = $1",
        "DELETE FROM case_progress WHERE round_id = $1",
    ] {
        on_database!(connection, executor => {
            sqlx::query(sql).bind(round).execute(executor).await.map(drop)
        })?;
    }
    Ok(())
}

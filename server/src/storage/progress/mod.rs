//! Where each case stands, and the counts of each group. Both change in the transaction that changes the case, so that
//! a follow-up page reads some hundred counts however many cases there are.
//!
//! The counts are always the sum of what [`facts::Facts::measures`] gives for every case; [`recount`] makes them anew.

mod behind;
mod facts;
mod reading;
mod recount;
mod rows;
mod tally;

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use survey::statistics::Ruling;
use uuid::Uuid;

pub use behind::{Behind, CaseLine, CasesBehind, ListPage};
pub use facts::Written;

use super::database::{Connection, Database, on_database};
use super::time::Timestamp;
use super::unit::ROWS;
pub(super) use facts::Event;
use rows::Progress;
use tally::{Deltas, Groups};

/// What became of messages: those that ask a case to answer count, others do not.
pub(super) async fn mailed(
    connection: &mut Connection<'_>,
    events: &[(Uuid, Event)],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        SELECT m.id, m.case_id, \
            (SELECT max(e.at) FROM message_event e WHERE e.message_id = m.id AND e.event = 'sent') \
        FROM message m \
        WHERE m.kind IN ('invitation', 'reminder') AND m.case_id IS NOT NULL AND m.id IN (";
    let mut cases: BTreeMap<Uuid, (Uuid, Option<Timestamp>)> = BTreeMap::new();
    for chunk in events.chunks(ROWS) {
        let found: Vec<(Uuid, Uuid, Option<Timestamp>)> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(SQL);
            let mut ids = query.separated(", ");
            for (message, _) in chunk {
                ids.push_bind(*message);
            }
            ids.push_unseparated(")");
            query.build_query_as().persistent(false).fetch_all(executor).await
        })?;
        cases.extend(
            found
                .into_iter()
                .map(|(message, case, sent)| (message, (case, sent))),
        );
    }
    let events = events
        .iter()
        .filter_map(|(message, event)| {
            let (case, sent) = *cases.get(message)?;
            Some(match (event, sent) {
                (Event::Bounced(_), Some(sent)) => (case, Event::Bounced(sent)),
                _ => (case, event.clone()),
            })
        })
        .collect();
    record(connection, events).await
}

/// Staff has decided what these cases are.
pub(super) async fn disposed(
    connection: &mut Connection<'_>,
    cases: &[(Uuid, Ruling)],
) -> Result<(), sqlx::Error> {
    let events = cases
        .iter()
        .map(|(case, ruling)| (*case, Event::Ruled(*ruling)))
        .collect();
    record(connection, events).await
}

impl Database {
    /// Somebody has looked at a page of questions. The start page does not count: mail scanners fetch whatever a mail
    /// links to, and it is the start page that mails link to.
    pub async fn opened(&self, case: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        record(
            &mut transaction.connection(),
            vec![(case, Event::Opened(now))],
        )
        .await?;
        transaction.commit().await
    }
}

/// Changes what is known of cases, and the counts with it. Call it once in a transaction, last: it takes hold of the cases
/// first and of the counts then, and whoever went back to cases could wait for others in a circle.
pub(super) async fn record(
    connection: &mut Connection<'_>,
    events: Vec<(Uuid, Event)>,
) -> Result<(), sqlx::Error> {
    let mut of_case: BTreeMap<Uuid, Vec<Event>> = BTreeMap::new();
    for (case, event) in events {
        of_case.entry(case).or_default().push(event);
    }
    let cases: Vec<Uuid> = of_case.keys().copied().collect();
    lock(connection, &cases).await?;
    let mut changed = Vec::new();
    for before in rows::of_cases(connection, &cases).await? {
        let events = of_case.get(&before.case).map_or(&[][..], Vec::as_slice);
        let facts = events
            .iter()
            .fold(before.facts.clone(), facts::Facts::after);
        if facts != before.facts {
            changed.push((before, facts));
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let after: Vec<Progress> = changed
        .iter()
        .map(|(before, facts)| Progress {
            facts: facts.clone(),
            ..before.clone()
        })
        .collect();
    rows::write(connection, &after).await?;
    // Most of what is typed changes when and where, but not what is counted.
    changed.retain(|(before, facts)| before.facts.measures() != facts.measures());
    let counted: Vec<Uuid> = changed.iter().map(|(before, _)| before.case).collect();
    let groups = rows::groups_of_cases(connection, &counted).await?;
    let mut deltas = Deltas::default();
    for (before, facts) in &changed {
        let none = Groups::new();
        let groups = groups.get(&before.case).unwrap_or(&none);
        deltas.count(before.round, groups, &before.facts, -1);
        deltas.count(before.round, groups, facts, 1);
    }
    deltas.write(connection).await
}

/// Until the transaction ends, nobody else writes to these cases. SQLite's writer is alone already.
async fn lock(connection: &mut Connection<'_>, cases: &[Uuid]) -> Result<(), sqlx::Error> {
    const SQL: &str = "SELECT 1 FROM respondent_case WHERE id IN (";
    const ORDERED: &str = ") ORDER BY id FOR NO KEY UPDATE";
    let Connection::Postgres(connection) = connection else {
        return Ok(());
    };
    for chunk in cases.chunks(ROWS) {
        let mut query = QueryBuilder::<sqlx::Postgres>::new(SQL);
        let mut ids = query.separated(", ");
        for case in chunk {
            ids.push_bind(*case);
        }
        ids.push_unseparated(ORDERED);
        query
            .build()
            .persistent(cases.len() == 1)
            .execute(&mut **connection)
            .await?;
    }
    Ok(())
}

/// Gives every case of the round that has none its place among the counts.
pub(super) async fn begin(connection: &mut Connection<'_>, round: Uuid) -> Result<(), sqlx::Error> {
    let cases = without_progress(connection, round).await?;
    if cases.is_empty() {
        return Ok(());
    }
    let grouping = recount::grouping(connection, round).await?;
    let groups = recount::groups_of(connection, &cases, &grouping).await?;
    let new: Vec<Progress> = cases
        .into_iter()
        .map(|case| Progress {
            case,
            round,
            facts: facts::Facts::default(),
        })
        .collect();
    recount::count_in(connection, &new, &groups).await
}

/// The register has changed what these units are: their cases move between groups, in every round. The rounds' tables follow
/// the register as it is now.
pub(super) async fn regrouped(
    connection: &mut Connection<'_>,
    units: &[Uuid],
) -> Result<(), sqlx::Error> {
    let cases = cases_of_units(connection, units).await?;
    let ids: Vec<Uuid> = cases.iter().map(|(case, _)| *case).collect();
    lock(connection, &ids).await?;
    let before = rows::groups_of_cases(connection, &ids).await?;
    let mut after: BTreeMap<Uuid, Groups> = BTreeMap::new();
    let rounds: std::collections::BTreeSet<Uuid> = cases.iter().map(|(_, round)| *round).collect();
    for round in rounds {
        let grouping = recount::grouping(connection, round).await?;
        let of_round: Vec<Uuid> = cases
            .iter()
            .filter(|(_, of)| *of == round)
            .map(|(case, _)| *case)
            .collect();
        after.append(&mut recount::groups_of(connection, &of_round, &grouping).await?);
    }
    let mut deltas = Deltas::default();
    let mut moved = Vec::new();
    for progress in rows::of_cases(connection, &ids).await? {
        let (Some(old), Some(new)) = (before.get(&progress.case), after.get(&progress.case)) else {
            continue;
        };
        if old != new {
            deltas.count(progress.round, old, &progress.facts, -1);
            deltas.count(progress.round, new, &progress.facts, 1);
            moved.push((progress.case, progress.round, new));
        }
    }
    rows::write_groups(connection, &moved).await?;
    deltas.write(connection).await
}

async fn without_progress(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Vec<Uuid>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id FROM respondent_case c WHERE c.round_id = $1 \
        AND NOT EXISTS (SELECT 1 FROM case_progress p WHERE p.case_id = c.id) ORDER BY id";
    on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(round).fetch_all(executor).await
    })
}

/// The cases of units, in the order of their identities, each with its round.
async fn cases_of_units(
    connection: &mut Connection<'_>,
    units: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>, sqlx::Error> {
    const SQL: &str = "SELECT id, round_id FROM respondent_case WHERE unit_id IN (";
    let mut cases: Vec<(Uuid, Uuid)> = Vec::new();
    for chunk in units.chunks(ROWS) {
        let found: Vec<(Uuid, Uuid)> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(SQL);
            let mut ids = query.separated(", ");
            for unit in chunk {
                ids.push_bind(*unit);
            }
            ids.push_unseparated(")");
            query.build_query_as().persistent(false).fetch_all(executor).await
        })?;
        cases.extend(found);
    }
    cases.sort_unstable();
    Ok(cases)
}

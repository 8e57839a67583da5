//! The people of a unit: who holds which role from when to when, and the links that follow them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::apply::apply;
use super::change::{Change, NewId};
use super::field::Field;
use crate::storage::database::{Connection, on_database};
use crate::storage::link;
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// As what somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Chief,
    /// Answers in the chief's place where one chief has many units.
    LocalHead,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a contact is a chief or a local_head")]
pub struct NoSuchContactKind;

impl ContactKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chief => "chief",
            Self::LocalHead => "local_head",
        }
    }
}

impl TryFrom<String> for ContactKind {
    type Error = NoSuchContactKind;

    fn try_from(text: String) -> Result<Self, NoSuchContactKind> {
        [Self::Chief, Self::LocalHead]
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or(NoSuchContactKind)
    }
}

/// Somebody of a unit, now or earlier.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    pub id: Uuid,
    pub unit_id: Uuid,
    #[sqlx(try_from = "String")]
    pub kind: ContactKind,
    pub name: String,
    pub email: String,
    pub valid_from: Timestamp,
    pub valid_to: Option<Timestamp>,
    pub undeliverable_at: Option<Timestamp>,
}

/// Somebody on the way into the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    pub id: Uuid,
    pub unit_id: Uuid,
    pub who: Arrived,
}

/// What the history keeps of an arrival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    pub kind: ContactKind,
    pub name: String,
    pub email: String,
}

impl Arrival {
    pub fn change(&self) -> Change {
        Change {
            unit_id: self.unit_id,
            contact_id: Some(self.id),
            field: Field::Contact,
            before: None,
            after: serde_json::to_string(&self.who).ok(),
        }
    }
}

/// Who leaves a unit and who comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub unit_id: Uuid,
    /// Those who hold a role before.
    pub present: Vec<Person>,
    /// Those of them who hold none after.
    pub leaving: Vec<Uuid>,
    pub arriving: Vec<Arrival>,
}

impl Move {
    fn changes(&self, now: Timestamp) -> impl Iterator<Item = Change> {
        let leaves = self
            .present
            .iter()
            .filter(|person| self.leaving.contains(&person.id))
            .map(move |person| departure(person, now));
        leaves.chain(self.arriving.iter().map(Arrival::change))
    }

    /// The unit and to whom its mail goes from now on, where that is not who got it before.
    fn turned(&self) -> Option<(Uuid, Option<Uuid>)> {
        let before = recipient(self.present.iter().map(|person| (person.kind, person.id)))?;
        let staying = self
            .present
            .iter()
            .filter(|person| !self.leaving.contains(&person.id))
            .map(|person| (person.kind, person.id));
        let arriving = self.arriving.iter().map(|new| (new.who.kind, new.id));
        let after = recipient(arriving.chain(staying));
        (after != Some(before)).then_some((self.unit_id, after))
    }
}

/// Who of a unit is written to: its local head, and where it has none its chief.
pub(super) fn recipient(people: impl Iterator<Item = (ContactKind, Uuid)>) -> Option<Uuid> {
    let mut chief = None;
    for (kind, id) in people {
        match kind {
            ContactKind::LocalHead => return Some(id),
            ContactKind::Chief => chief = chief.or(Some(id)),
        }
    }
    chief
}

/// Writes who leaves and who comes, and makes the links follow. Gives the changes, for the history.
pub(super) async fn carry_out(
    connection: &mut Connection<'_>,
    moves: &[Move],
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<Vec<Change>, sqlx::Error> {
    let arrivals: Vec<Arrival> = moves.iter().flat_map(|one| one.arriving.clone()).collect();
    insert(connection, &arrivals, now).await?;
    let changes: Vec<Change> = moves.iter().flat_map(|one| one.changes(now)).collect();
    apply(connection, &changes).await?;
    let recipients = moves.iter().filter_map(Move::turned).collect();
    renew_links(connection, &recipients, now, new_id).await?;
    Ok(changes)
}

/// The end of somebody's time, as a change.
pub(super) fn departure(person: &Person, now: Timestamp) -> Change {
    Change {
        unit_id: person.unit_id,
        contact_id: Some(person.id),
        field: Field::ContactUntil,
        before: None,
        after: Some(now.max(person.valid_from).millis().to_string()),
    }
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    arrivals: &[Arrival],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO contact (id, unit_id, kind, name, email, valid_from) ";
    for chunk in arrivals.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, arrival| {
                    row.push_bind(arrival.id)
                        .push_bind(arrival.unit_id)
                        .push_bind(arrival.who.kind.name())
                        .push_bind(arrival.who.name.as_str())
                        .push_bind(arrival.who.email.as_str())
                        .push_bind(now);
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

/// Everyone a unit has had, those of now first.
pub(in crate::storage) async fn of_unit(
    connection: &mut Connection<'_>,
    unit: Uuid,
) -> Result<Vec<Person>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, unit_id, kind, name, email, valid_from, valid_to, undeliverable_at FROM contact \
        WHERE unit_id = $1 \
        ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, valid_from DESC, id DESC";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(unit).fetch_all(executor).await
    })
}

/// Everyone who holds a role now.
pub(super) async fn present(connection: &mut Connection<'_>) -> Result<Vec<Person>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, unit_id, kind, name, email, valid_from, valid_to, undeliverable_at FROM contact \
        WHERE valid_to IS NULL ORDER BY unit_id, valid_from DESC, id DESC";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).fetch_all(executor).await
    })
}

#[derive(sqlx::FromRow)]
struct OldLink {
    case: Uuid,
    unit: Uuid,
}

/// Makes the links of units' open cases lead nowhere and gives each case a new one: `recipients` tells whose, by unit.
/// Colleagues' links die with the one they were given by: whoever held that has read their addresses.
pub(in crate::storage) async fn renew_links(
    connection: &mut Connection<'_>,
    recipients: &BTreeMap<Uuid, Option<Uuid>>,
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<(), sqlx::Error> {
    const FIND: &str = "\
        SELECT link.case_id AS \"case\", c.unit_id AS unit FROM link \
        JOIN respondent_case c ON c.id = link.case_id \
        JOIN round ON round.id = c.round_id \
        WHERE link.revoked_at IS NULL AND link.section IS NULL AND round.closes_at > ";
    const ADD: &str = "INSERT INTO link (id, case_id, created_at, contact_id) ";
    let units: Vec<Uuid> = recipients.keys().copied().collect();
    for chunk in units.chunks(ROWS) {
        let old: Vec<OldLink> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(FIND);
            query.push_bind(now).push(" AND c.unit_id IN (");
            let mut list = query.separated(", ");
            for unit in chunk {
                list.push_bind(*unit);
            }
            query.push(")").build_query_as().persistent(false).fetch_all(executor).await
        })?;
        if old.is_empty() {
            continue;
        }
        let cases: BTreeSet<(Uuid, Uuid)> = old.iter().map(|link| (link.case, link.unit)).collect();
        let of_cases: Vec<Uuid> = cases.iter().map(|(case, _)| *case).collect();
        link::revoke_of_cases(connection, &of_cases, now).await?;
        on_database!(connection, executor => {
            QueryBuilder::new(ADD)
                .push_values(cases, |mut row, (case, unit)| {
                    row.push_bind(new_id())
                        .push_bind(case)
                        .push_bind(now)
                        .push_bind(recipients.get(&unit).copied().flatten());
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

/// Everyone the register ever had, by identity.
pub(super) async fn everyone(
    connection: &mut Connection<'_>,
) -> Result<BTreeMap<Uuid, Person>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, unit_id, kind, name, email, valid_from, valid_to, undeliverable_at FROM contact";
    let people: Vec<Person> = on_database!(connection, executor => {
        sqlx::query_as(SQL).fetch_all(executor).await
    })?;
    Ok(people
        .into_iter()
        .map(|person| (person.id, person))
        .collect())
}

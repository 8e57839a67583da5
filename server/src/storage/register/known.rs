//! The register as a file is compared with it.

use std::collections::BTreeMap;

use ::register::values::{Date, Email, Ownership};
use ::register::{Contact, KnownUnit, Unit};
use uuid::Uuid;

use super::person::{self, ContactKind, Person};
use super::sheet::{COLUMNS, UnitRow};
use crate::storage::database::{Connection, Database, on_database};

/// Listed residents: a class in storage, a field of its own in files.
pub(super) const LISTED: &str = "listed";

/// Every unit, gone ones too: a file may bring them back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub units: Vec<KnownUnit>,
    /// As many, in the same order.
    pub(super) refs: Vec<KnownRef>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownRef {
    pub id: Uuid,
    /// When the register stopped knowing it, as the history writes it.
    pub gone_at: Option<String>,
    /// Those who hold a role now.
    pub people: Vec<Person>,
}

impl KnownRef {
    pub fn person(&self, kind: ContactKind) -> Option<&Person> {
        self.people.iter().find(|person| person.kind == kind)
    }
}

impl Database {
    /// The whole register.
    pub async fn known_units(&self) -> Result<Known, sqlx::Error> {
        let mut reading = self.reading().await?;
        known(&mut reading.connection()).await
    }
}

pub(super) async fn known(connection: &mut Connection<'_>) -> Result<Known, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM unit ORDER BY key");
    let rows: Vec<UnitRow> = on_database!(connection, executor => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(executor).await
    })?;
    let mut classes = classes(connection).await?;
    let mut people: BTreeMap<Uuid, Vec<Person>> = BTreeMap::new();
    for person in person::present(connection).await? {
        people.entry(person.unit_id).or_default().push(person);
    }
    let mut known = Known::default();
    for row in rows {
        let one = KnownRef {
            id: row.id,
            gone_at: row.gone_at.map(|at| at.millis().to_string()),
            people: people.remove(&row.id).unwrap_or_default(),
        };
        known.units.push(KnownUnit {
            gone: one.gone_at.is_some(),
            unit: unit(row, classes.remove(&one.id).unwrap_or_default(), &one),
        });
        known.refs.push(one);
    }
    Ok(known)
}

fn unit(row: UnitRow, mut classes: BTreeMap<String, String>, one: &KnownRef) -> Unit {
    let contact = |kind| {
        one.person(kind)
            .map_or_else(Contact::default, |person| Contact {
                name: person.name.clone(),
                email: Email::parse(&person.email),
            })
    };
    Unit {
        key: Some(row.key),
        name: row.name,
        address: row.address,
        postal_code: row.postal_code,
        city: row.city,
        region: row.region,
        ownership: row.ownership.as_deref().and_then(Ownership::from_key),
        municipality: row.municipality,
        regso: row.regso,
        listed: classes.remove(LISTED).and_then(|text| text.parse().ok()),
        started_on: row.started_on.as_deref().and_then(Date::from_iso),
        closed_on: row.closed_on.as_deref().and_then(Date::from_iso),
        branch: row.branch,
        chief: contact(ContactKind::Chief),
        local_head: contact(ContactKind::LocalHead),
        classes,
    }
}

/// Every unit's classes.
pub(super) async fn classes(
    connection: &mut Connection<'_>,
) -> Result<BTreeMap<Uuid, BTreeMap<String, String>>, sqlx::Error> {
    const SQL: &str = "SELECT unit_id, field, value FROM unit_class";
    let rows: Vec<(Uuid, String, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).fetch_all(executor).await
    })?;
    let mut classes: BTreeMap<Uuid, BTreeMap<String, String>> = BTreeMap::new();
    for (unit, field, value) in rows {
        classes.entry(unit).or_default().insert(field, value);
    }
    Ok(classes)
}

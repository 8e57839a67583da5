use std::collections::BTreeSet;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::field::Field;
use crate::storage::actor::Actor;
use crate::storage::closed_cuts;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::progress;
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// One field of a unit or of a contact, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub unit_id: Uuid,
    /// Where the field is a contact's.
    pub contact_id: Option<Uuid>,
    pub field: Field,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The file of an import.
    Import(Uuid),
    /// The undoing of an import.
    Undo(Uuid),
    /// A "Fel mottagare?" report.
    Report(Uuid),
    /// A file of classes.
    Classes,
    /// By hand.
    Staff,
    /// Mail that came back.
    Delivery,
    Command,
    Demo,
}

/// A line of the register's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub id: Uuid,
    pub at: Timestamp,
    pub actor: String,
    pub source: Source,
    /// What the file was called, where the change came from one.
    pub file_name: Option<String>,
    pub change: Change,
}

impl Source {
    const fn stored(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Import(id) => ("import", Some(id)),
            Self::Undo(id) => ("undo", Some(id)),
            Self::Report(id) => ("report", Some(id)),
            Self::Classes => ("classes", None),
            Self::Staff => ("staff", None),
            Self::Delivery => ("delivery", None),
            Self::Command => ("command", None),
            Self::Demo => ("demo", None),
        }
    }

    fn read(source: &str, id: Option<Uuid>) -> Option<Self> {
        match (source, id) {
            ("import", Some(id)) => Some(Self::Import(id)),
            ("undo", Some(id)) => Some(Self::Undo(id)),
            ("report", Some(id)) => Some(Self::Report(id)),
            ("classes", None) => Some(Self::Classes),
            ("staff", None) => Some(Self::Staff),
            ("delivery", None) => Some(Self::Delivery),
            ("command", None) => Some(Self::Command),
            ("demo", None) => Some(Self::Demo),
            _ => None,
        }
    }
}

impl Database {
    /// Everything that happened to a unit and its contacts, the latest first.
    pub async fn history_of_unit(&self, unit: Uuid) -> Result<Vec<Changed>, sqlx::Error> {
        const SQL: &str = "\
            SELECT h.id, h.at, h.actor, h.source, h.source_id, h.unit_id, h.contact_id, h.field, \
                h.before, h.after, register_import.file_name \
            FROM register_change h \
            LEFT JOIN register_import ON register_import.id = h.source_id \
            WHERE h.unit_id = $1 ORDER BY h.at DESC, h.id DESC";
        let mut reading = self.reading().await?;
        let rows: Vec<ChangedRow> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(unit).fetch_all(executor).await
        })?;
        Ok(rows
            .into_iter()
            .filter_map(ChangedRow::into_changed)
            .collect())
    }
}

/// A line as it is stored.
#[derive(sqlx::FromRow)]
pub(super) struct ChangedRow {
    id: Uuid,
    at: Timestamp,
    actor: String,
    source: String,
    source_id: Option<Uuid>,
    unit_id: Uuid,
    contact_id: Option<Uuid>,
    field: String,
    before: Option<String>,
    after: Option<String>,
    file_name: Option<String>,
}

impl ChangedRow {
    pub(super) fn into_changed(self) -> Option<Changed> {
        Some(Changed {
            id: self.id,
            at: self.at,
            actor: self.actor,
            source: Source::read(&self.source, self.source_id)?,
            file_name: self.file_name,
            change: Change {
                unit_id: self.unit_id,
                contact_id: self.contact_id,
                field: self.field.parse().ok()?,
                before: self.before,
                after: self.after,
            },
        })
    }
}

/// What an import or a report changed, in the order in which it was written.
pub(super) async fn of_import(
    connection: &mut Connection<'_>,
    import: Uuid,
) -> Result<Vec<Change>, sqlx::Error> {
    const SQL: &str = "\
        SELECT unit_id, contact_id, field, before, after FROM register_change \
        WHERE source = 'import' AND source_id = $1 ORDER BY id";
    type Columns = (Uuid, Option<Uuid>, String, Option<String>, Option<String>);
    let rows: Vec<Columns> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(import).fetch_all(executor).await
    })?;
    let change = |(unit_id, contact_id, field, before, after): Columns| {
        Some(Change {
            unit_id,
            contact_id,
            field: field.parse().ok()?,
            before,
            after,
        })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// When, by whom and from where something is changed.
#[derive(Clone, Copy)]
pub(super) struct Signature<'a> {
    pub at: Timestamp,
    pub actor: &'a Actor,
    pub source: Source,
}

/// Gives identities, never the same one twice.
pub type NewId<'a> = &'a mut (dyn FnMut() -> Uuid + Send);

/// Adds lines to the history of what was just changed; units whose groups changed are counted there from now on.
pub(super) async fn insert(
    connection: &mut Connection<'_>,
    changes: &[Change],
    signature: &Signature<'_>,
    new_id: NewId<'_>,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO register_change \
            (id, at, actor, source, source_id, unit_id, contact_id, field, before, after) ";
    let (source, source_id) = signature.source.stored();
    let actor = signature.actor.to_string();
    let at = closed_cuts::after_them(connection, signature.at).await?;
    for chunk in changes.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, change| {
                    row.push_bind(new_id())
                        .push_bind(at)
                        .push_bind(actor.as_str())
                        .push_bind(source)
                        .push_bind(source_id)
                        .push_bind(change.unit_id)
                        .push_bind(change.contact_id)
                        .push_bind(change.field.to_string())
                        .push_bind(change.before.as_deref())
                        .push_bind(change.after.as_deref());
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    let regrouped: BTreeSet<Uuid> = changes
        .iter()
        .filter(|change| change.field.divides())
        .map(|change| change.unit_id)
        .collect();
    let regrouped: Vec<Uuid> = regrouped.into_iter().collect();
    progress::regrouped(connection, &regrouped).await
}

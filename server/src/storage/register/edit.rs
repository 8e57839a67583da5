//! Changes by hand.

use uuid::Uuid;

use super::accept::regroup;
use super::apply::apply;
use super::change::{self, Change, NewId, Signature, Source};
use super::class_entry::{self, ClassKind, ClassTable};
use super::field::{Column, Field};
use super::person::{self, Arrival, Arrived, ContactKind, Move};
use super::sheet::{self, UnitFacts};
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database};
use crate::storage::text::StoredText;
use crate::storage::time::Timestamp;

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("the register has no unit {0}")]
    UnknownUnit(String),
    #[error("a unit must have a name")]
    NoName,
    /// It has a history of its own.
    #[error("the field {0} is not changed this way")]
    NotEditable(Field),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Who takes a role over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    pub name: StoredText,
    /// A valid address.
    pub email: StoredText,
}

impl Database {
    /// Gives fields of a unit the texts that are told; an empty one takes away. Classes that a class file gives follow
    /// the municipality and the `RegSO`. Says how many fields changed.
    pub async fn edit_unit(
        &self,
        key: &str,
        fields: &[(Field, StoredText)],
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<usize, EditError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let unit = sheet::facts(connection, key)
            .await?
            .ok_or_else(|| EditError::UnknownUnit(key.to_owned()))?;
        let table = class_entry::table(connection).await?;
        let changes = edits(&unit, fields, &table)?;
        if changes.is_empty() {
            return Ok(0);
        }
        apply(connection, &changes).await?;
        regroup(connection, &changes).await?;
        let signature = Signature {
            at: now,
            actor,
            source: Source::Staff,
        };
        change::insert(connection, &changes, &signature, new_id).await?;
        let fields: Vec<String> = changes.iter().map(|one| one.field.to_string()).collect();
        let detail = serde_json::json!({ "fields": fields });
        audit::write(
            connection,
            actor,
            "unit.edited",
            key,
            &detail,
            now,
            new_id(),
        )
        .await?;
        transaction.commit().await?;
        Ok(changes.len())
    }

    /// Gives a role in a unit to somebody else, or to nobody. The same address with another name is the same person
    /// with the name put right, and mail that came back from it is forgotten. Where mail goes to somebody else from now on, the links of open rounds are replaced.
    pub async fn succeed(
        &self,
        key: &str,
        kind: ContactKind,
        successor: Option<&Successor>,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), EditError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let unit = sheet::facts(connection, key)
            .await?
            .ok_or_else(|| EditError::UnknownUnit(key.to_owned()))?;
        let changes = hand_over(connection, unit.id, kind, successor, now, new_id).await?;
        if changes.is_empty() {
            return Ok(());
        }
        let signature = Signature {
            at: now,
            actor,
            source: Source::Staff,
        };
        change::insert(connection, &changes, &signature, new_id).await?;
        let detail = serde_json::json!({ "role": kind.name(), "email": successor.map(|new| new.email.as_str()) });
        audit::write(
            connection,
            actor,
            "contact.changed",
            key,
            &detail,
            now,
            new_id(),
        )
        .await?;
        Ok(transaction.commit().await?)
    }
}

/// Lets somebody take a role over, within the caller's transaction. The changes are for the caller to log.
pub(in crate::storage) async fn hand_over(
    connection: &mut Connection<'_>,
    unit_id: Uuid,
    kind: ContactKind,
    successor: Option<&Successor>,
    now: Timestamp,
    new_id: NewId<'_>,
) -> Result<Vec<Change>, sqlx::Error> {
    let mut present = person::of_unit(connection, unit_id).await?;
    present.retain(|person| person.valid_to.is_none());
    let same = successor.and_then(|new| {
        let folded = new.email.as_str().to_lowercase();
        present
            .iter()
            .find(|person| person.kind == kind && person.email.to_lowercase() == folded)
            .map(|person| (person, new.name.as_str()))
    });
    if let Some((person, name)) = same {
        let change = |field, before, after| Change {
            unit_id,
            contact_id: Some(person.id),
            field,
            before: Some(before),
            after,
        };
        let mut changes = Vec::new();
        if person.name != name {
            let (before, after) = (person.name.clone(), Some(name.to_owned()));
            changes.push(change(Field::ContactName, before, after));
        }
        // Whoever says again that it is the address has reason to: it is tried again.
        if let Some(since) = person.undeliverable_at {
            let before = since.millis().to_string();
            changes.push(change(Field::ContactUndeliverable, before, None));
        }
        apply(connection, &changes).await?;
        return Ok(changes);
    }
    let leaving = present
        .iter()
        .filter(|person| person.kind == kind)
        .map(|person| person.id)
        .collect();
    let arriving = successor
        .map(|new| Arrival {
            id: new_id(),
            unit_id,
            who: Arrived {
                kind,
                name: new.name.as_str().to_owned(),
                email: new.email.as_str().to_owned(),
            },
        })
        .into_iter()
        .collect();
    let moves = [Move {
        unit_id,
        present,
        leaving,
        arriving,
    }];
    person::carry_out(connection, &moves, now, new_id).await
}

fn edits(
    unit: &UnitFacts,
    fields: &[(Field, StoredText)],
    table: &ClassTable,
) -> Result<Vec<Change>, EditError> {
    let mut after = unit.clone();
    for (field, text) in fields {
        let text = text.as_str().trim();
        let told = (!text.is_empty()).then(|| text.to_owned());
        match field {
            Field::Column(Column::Name) if told.is_none() => return Err(EditError::NoName),
            Field::Column(Column::Key | Column::GoneAt) => {
                return Err(EditError::NotEditable(field.clone()));
            }
            Field::Column(column) => match told {
                Some(text) => drop(after.columns.insert(*column, text)),
                None => drop(after.columns.remove(column)),
            },
            Field::Class(class) => match told {
                Some(text) => drop(after.classes.insert(class.clone(), text)),
                None => drop(after.classes.remove(class)),
            },
            other => return Err(EditError::NotEditable(other.clone())),
        }
    }
    for kind in ClassKind::ALL {
        if let Some(class) = table.class(kind, after.column(kind.derived_from())) {
            after
                .classes
                .insert(kind.field().to_owned(), class.to_owned());
        }
    }
    Ok(differences(unit, &after))
}

/// Field by field, columns before classes.
pub(super) fn differences(before: &UnitFacts, after: &UnitFacts) -> Vec<Change> {
    let classes: std::collections::BTreeSet<&String> =
        before.classes.keys().chain(after.classes.keys()).collect();
    Column::ALL
        .into_iter()
        .map(Field::Column)
        .chain(classes.into_iter().map(|class| Field::Class(class.clone())))
        .filter(|field| before.get(field) != after.get(field))
        .map(|field| Change {
            unit_id: before.id,
            contact_id: None,
            before: before.get(&field).map(str::to_owned),
            after: after.get(&field).map(str::to_owned),
            field,
        })
        .collect()
}

//! Units on their way into the register.

use std::collections::BTreeMap;

use ::register::{Field as FileField, Unit};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::change::Change;
use super::field::{Column, Field};
use super::known::LISTED;
use crate::storage::database::{Connection, on_database};
use crate::storage::unit::ROWS;

/// A unit on its way into the register.
pub(super) struct NewUnitRow {
    pub id: Uuid,
    pub unit: Unit,
    pub key: String,
}

/// Where the register keeps what a file's field tells; people are kept elsewhere.
pub(super) fn stored(field: &FileField) -> Option<Field> {
    let column = match field {
        FileField::Key => Column::Key,
        FileField::Name => Column::Name,
        FileField::Address => Column::Address,
        FileField::PostalCode => Column::PostalCode,
        FileField::City => Column::City,
        FileField::Region => Column::Region,
        FileField::Ownership => Column::Ownership,
        FileField::Municipality => Column::Municipality,
        FileField::Regso => Column::Regso,
        FileField::StartedOn => Column::StartedOn,
        FileField::ClosedOn => Column::ClosedOn,
        FileField::Branch => Column::Branch,
        FileField::Listed => return Some(Field::Class(LISTED.to_owned())),
        FileField::Class(class) => return Some(Field::Class(class.clone())),
        FileField::ChiefName
        | FileField::ChiefGivenName
        | FileField::ChiefFamilyName
        | FileField::ChiefEmail
        | FileField::LocalHeadName
        | FileField::LocalHeadEmail => return None,
    };
    Some(Field::Column(column))
}

impl NewUnitRow {
    fn column(&self, field: &FileField) -> Option<String> {
        self.unit.get(field).map(std::borrow::Cow::into_owned)
    }

    pub fn change(&self) -> Change {
        let told: BTreeMap<String, String> = FileField::ALL
            .iter()
            .filter(|field| stored(field).is_some())
            .cloned()
            .chain(self.unit.classes.keys().cloned().map(FileField::Class))
            .filter_map(|field| Some((stored(&field)?.to_string(), self.column(&field)?)))
            .collect();
        Change {
            unit_id: self.id,
            contact_id: None,
            field: Field::Unit,
            before: None,
            after: serde_json::to_string(&told).ok(),
        }
    }

    pub fn class_changes(&self) -> impl Iterator<Item = Change> {
        let listed = self
            .unit
            .listed
            .map(|listed| (LISTED.to_owned(), listed.to_string()));
        self.unit
            .classes
            .clone()
            .into_iter()
            .chain(listed)
            .map(|(class, value)| Change {
                unit_id: self.id,
                contact_id: None,
                field: Field::Class(class),
                before: None,
                after: Some(value),
            })
    }
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    units: &[NewUnitRow],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO unit (id, key, name, address, postal_code, city, region, ownership, \
            municipality, regso, started_on, closed_on, branch) ";
    for chunk in units.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, new| {
                    let unit = &new.unit;
                    row.push_bind(new.id)
                        .push_bind(new.key.as_str())
                        .push_bind(unit.name.as_str())
                        .push_bind(unit.address.as_str())
                        .push_bind(unit.postal_code.as_str())
                        .push_bind(unit.city.as_str())
                        .push_bind(unit.region.as_str())
                        .push_bind(new.column(&FileField::Ownership))
                        .push_bind(unit.municipality.as_deref())
                        .push_bind(unit.regso.as_deref())
                        .push_bind(new.column(&FileField::StartedOn))
                        .push_bind(new.column(&FileField::ClosedOn))
                        .push_bind(unit.branch);
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

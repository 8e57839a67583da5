use sqlx::QueryBuilder;
use uuid::Uuid;

use super::database::{Connection, on_database};
use super::time::Timestamp;
use super::unit::{NewUnit, ROWS};

/// A chief, for as long as the register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub valid_from: Timestamp,
    /// The first moment at which it holds no more.
    pub valid_to: Option<Timestamp>,
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    units: &[NewUnit],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO contact (id, unit_id, name, email, valid_from, valid_to) ";
    let rows: Vec<_> = units
        .iter()
        .flat_map(|new| new.contacts.iter().map(|contact| (new.unit.id, contact)))
        .collect();
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (unit, contact)| {
                    row.push_bind(contact.id)
                        .push_bind(*unit)
                        .push_bind(&contact.name)
                        .push_bind(&contact.email)
                        .push_bind(contact.valid_from)
                        .push_bind(contact.valid_to);
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

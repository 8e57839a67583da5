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

/// Who is to be written to about a case now, and where; nobody where mail comes back.
pub(super) async fn current(
    connection: &mut Connection<'_>,
    case: Uuid,
    now: Timestamp,
) -> Result<Option<(Uuid, String)>, sqlx::Error> {
    // As mailings choose: a local head before the chief over many, and the latest first.
    const SQL: &str = "\
        SELECT contact.id, contact.email FROM respondent_case c \
        JOIN contact ON contact.unit_id = c.unit_id \
        WHERE c.id = $1 AND contact.undeliverable_at IS NULL AND contact.valid_from <= $2 \
            AND (contact.valid_to IS NULL OR contact.valid_to > $2) \
        ORDER BY contact.kind DESC, contact.valid_from DESC, contact.id DESC LIMIT 1";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).bind(now).fetch_optional(executor).await
    })
}

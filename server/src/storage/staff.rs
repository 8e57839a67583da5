use app::staff::Role;
use serde_json::json;
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, is_duplicate, on_database};
use super::session;
use super::time::Timestamp;

/// An account of somebody who works with the survey.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Staff {
    pub id: Uuid,
    /// In small letters; nobody else has it.
    pub email: String,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub role: Role,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Whether codes from a device have been shown to work.
    pub code_set_up: bool,
    /// Whether the password must be changed before anything else.
    pub initial: bool,
}

/// What signing in is checked against.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Credentials {
    #[sqlx(flatten)]
    pub staff: Staff,
    /// Argon2id in the PHC format; none where the account signs in elsewhere.
    pub password: Option<String>,
    pub code_generation: i64,
    /// The last time step whose code was used.
    pub code_step: i64,
    /// Issuer and subject, where the account signs in by `OpenID Connect`.
    pub subject: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    pub id: Uuid,
    /// In small letters.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// The hash of a password that must be changed at once.
    pub password: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error("there is an account with this e-mail address already")]
    Exists,
    #[error("there is no such account, or it has ended")]
    Unknown,
    /// Nobody would be left who can add another.
    #[error("the last administrator cannot be ended or given another role")]
    LastAdministrator,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

const COLUMNS: &str = "id, email, name, role, created_at, ended_at, code_set_up, initial";

impl Database {
    /// Adds an account; one that had ended begins anew, with new password and codes.
    pub async fn add_staff(
        &self,
        new: &NewStaff,
        actor: &Actor,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), StaffError> {
        const REVIVE: &str = "\
            UPDATE staff SET name = $2, role = $3, password = $4, initial = TRUE, subject = NULL, \
                code_generation = code_generation + 1, code_step = 0, code_set_up = FALSE, \
                ended_at = NULL \
            WHERE email = $1 AND ended_at IS NOT NULL";
        const INSERT: &str = "\
            INSERT INTO staff (id, email, name, role, password, initial, created_at) \
            VALUES ($1, $2, $3, $4, $5, TRUE, $6)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let revived = on_database!(connection, executor => {
            sqlx::query(REVIVE)
                .bind(&new.email)
                .bind(&new.name)
                .bind(new.role.name())
                .bind(&new.password)
                .execute(executor)
                .await
                .map(|done| done.rows_affected())
        })?;
        if revived == 0 {
            on_database!(connection, executor => {
                sqlx::query(INSERT)
                    .bind(new.id)
                    .bind(&new.email)
                    .bind(&new.name)
                    .bind(new.role.name())
                    .bind(&new.password)
                    .bind(now)
                    .execute(executor)
                    .await
                    .map(drop)
            })
            .map_err(|error| {
                if is_duplicate(&error) {
                    StaffError::Exists
                } else {
                    StaffError::Database(error)
                }
            })?;
        }
        let detail = json!({ "name": new.name, "role": new.role.name() });
        audit::write(
            connection,
            actor,
            "staff.added",
            &new.email,
            &detail,
            now,
            entry,
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Every account, those that have ended last.
    pub async fn staff(&self) -> Result<Vec<Staff>, sqlx::Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM staff \
             ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, name, email"
        );
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(executor).await
        })
    }

    /// What signing in with this address is checked against. Ended accounts are not found.
    pub async fn credentials(&self, email: &str) -> Result<Option<Credentials>, sqlx::Error> {
        let sql = format!(
            "SELECT {COLUMNS}, password, code_generation, code_step, subject \
             FROM staff WHERE email = $1 AND ended_at IS NULL"
        );
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(email).fetch_optional(executor).await
        })
    }

    /// The same, of a known account.
    pub async fn credentials_of(&self, id: Uuid) -> Result<Option<Credentials>, sqlx::Error> {
        let sql = format!(
            "SELECT {COLUMNS}, password, code_generation, code_step, subject \
             FROM staff WHERE id = $1 AND ended_at IS NULL"
        );
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(executor).await
        })
    }

    pub async fn change_role(
        &self,
        id: Uuid,
        role: Role,
        actor: &Actor,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), StaffError> {
        const SQL: &str = "\
            UPDATE staff SET role = $2 WHERE id = $1 AND ended_at IS NULL RETURNING email";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let before = role_of(connection, id).await?;
        if role != Role::Administrator {
            another_administrator(connection, id).await?;
        }
        let email: String = on_database!(connection, executor => {
            sqlx::query_scalar(SQL).bind(id).bind(role.name()).fetch_optional(executor).await
        })?
        .ok_or(StaffError::Unknown)?;
        let detail = json!({ "before": before, "after": role.name() });
        let action = "staff.role_changed";
        audit::write(connection, actor, action, &email, &detail, now, entry).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends the account and all its sessions.
    pub async fn end_staff(
        &self,
        id: Uuid,
        actor: &Actor,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), StaffError> {
        const SQL: &str = "\
            UPDATE staff SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING email";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        another_administrator(connection, id).await?;
        let email: String = on_database!(connection, executor => {
            sqlx::query_scalar(SQL).bind(id).bind(now).fetch_optional(executor).await
        })?
        .ok_or(StaffError::Unknown)?;
        session::end_all(connection, id, now).await?;
        let detail = json!({});
        audit::write(
            connection,
            actor,
            "staff.ended",
            &email,
            &detail,
            now,
            entry,
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Gives the account a password that must be changed at once, and new codes to set up; ends its sessions and forgets who
    /// it is to a sign-in provider.
    pub async fn reset_staff(
        &self,
        id: Uuid,
        password: &str,
        actor: &Actor,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), StaffError> {
        const SQL: &str = "\
            UPDATE staff SET password = $2, initial = TRUE, subject = NULL, \
                code_generation = code_generation + 1, code_step = 0, code_set_up = FALSE \
            WHERE id = $1 AND ended_at IS NULL RETURNING email";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let email: String = on_database!(connection, executor => {
            sqlx::query_scalar(SQL).bind(id).bind(password).fetch_optional(executor).await
        })?
        .ok_or(StaffError::Unknown)?;
        session::end_all(connection, id, now).await?;
        let detail = json!({});
        audit::write(
            connection,
            actor,
            "staff.reset",
            &email,
            &detail,
            now,
            entry,
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps a password that its owner chose.
    pub async fn choose_password(
        &self,
        id: Uuid,
        password: &str,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), StaffError> {
        const SQL: &str = "\
            UPDATE staff SET password = $2, initial = FALSE \
            WHERE id = $1 AND ended_at IS NULL RETURNING email";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let email: String = on_database!(connection, executor => {
            sqlx::query_scalar(SQL).bind(id).bind(password).fetch_optional(executor).await
        })?
        .ok_or(StaffError::Unknown)?;
        let actor = Actor::Staff(email.clone());
        let (action, detail) = ("staff.password_chosen", json!({}));
        audit::write(connection, &actor, action, &email, &detail, now, entry).await?;
        Ok(transaction.commit().await?)
    }

    /// Uses up the code of a time step; `false` where it, or a later one, was used before.
    pub async fn use_code(
        &self,
        id: Uuid,
        generation: i64,
        step: i64,
    ) -> Result<bool, sqlx::Error> {
        const SQL: &str = "\
            UPDATE staff SET code_step = $3, code_set_up = TRUE \
            WHERE id = $1 AND code_generation = $2 AND code_step < $3 AND ended_at IS NULL";
        let mut transaction = self.writing().await?;
        let used = on_database!(&mut transaction.connection(), executor => {
            sqlx::query(SQL)
                .bind(id)
                .bind(generation)
                .bind(step)
                .execute(executor)
                .await
                .map(|done| done.rows_affected())
        })?;
        transaction.commit().await?;
        Ok(used == 1)
    }
}

async fn role_of(connection: &mut Connection<'_>, id: Uuid) -> Result<Option<String>, sqlx::Error> {
    const SQL: &str = "SELECT role FROM staff WHERE id = $1 AND ended_at IS NULL";
    on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(id).fetch_optional(executor).await
    })
}

/// Whether somebody can still administer when this account no longer does. Locks the administrators' rows, so that two who
/// end each other at once cannot both succeed.
async fn another_administrator(
    connection: &mut Connection<'_>,
    id: Uuid,
) -> Result<(), StaffError> {
    const SQLITE: &str =
        "SELECT id FROM staff WHERE role = 'administrator' AND ended_at IS NULL ORDER BY id";
    const POSTGRES: &str = "SELECT id FROM staff WHERE role = 'administrator' AND ended_at IS NULL \
         ORDER BY id FOR UPDATE";
    let administrators: Vec<Uuid> = match connection {
        Connection::Sqlite(connection) => {
            sqlx::query_scalar(SQLITE)
                .fetch_all(&mut **connection)
                .await?
        }
        Connection::Postgres(connection) => {
            sqlx::query_scalar(POSTGRES)
                .fetch_all(&mut **connection)
                .await?
        }
    };
    if administrators == [id] {
        Err(StaffError::LastAdministrator)
    } else {
        Ok(())
    }
}

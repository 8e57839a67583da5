//! Accepting a file: compared again with what is stored then, and written in bulk.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::register::{Checked, Scope, quiet};
use uuid::Uuid;

use super::apply::apply;
use super::change::{self, Change, NewId, Signature, Source};
use super::class_entry;
use super::import::{self, Import};
use super::known::{self, Known};
use super::newcomer::{self, NewUnitRow};
use super::person;
use super::plan::{self, Classes, Fingerprint, Plan};
use super::upload;
use super::work::{Work, Written};
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database};
use crate::storage::late;
use crate::storage::progress;
use crate::storage::time::Timestamp;

/// A file whose preview was accepted.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The waiting file, removed with the acceptance; nothing where the file never waited.
    pub upload: Option<Uuid>,
    pub sender: String,
    pub file_name: String,
    pub file_hash: [u8; 32],
    pub checked: Arc<Checked>,
    pub scope: Scope,
    /// Chiefs whose local heads get the mail instead, by [`plan::PlannedChief::id`].
    pub relieved: BTreeSet<String>,
    /// What the preview showed; nothing where whatever comes out is accepted.
    pub previewed: Option<Fingerprint>,
}

#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The register changed since the preview. Holds what accepting would do now; nothing was written.
    #[error("the register has changed since the preview")]
    Stale(Box<(Known, Plan)>),
    #[error("nothing in the file differs from the register")]
    NothingToDo,
    /// The file waits no more: somebody accepted it, or discarded it.
    #[error("the file is not waiting any more")]
    NotWaiting,
    #[error("comparing was stopped")]
    Stopped,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// What class files give, for a preview.
    pub async fn classes_by_code(&self) -> Result<Classes, sqlx::Error> {
        let mut reading = self.reading().await?;
        Ok(Classes(
            class_entry::table(&mut reading.connection()).await?,
        ))
    }

    /// Carries out what the preview showed, all of it or nothing.
    pub async fn accept_import(
        &self,
        acceptance: &Acceptance,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<Import, AcceptError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        lock(connection).await?;
        if let Some(upload) = acceptance.upload
            && !upload::take(connection, upload).await?
        {
            return Err(AcceptError::NotWaiting);
        }
        let known = known::known(connection).await?;
        let classes = Classes(class_entry::table(connection).await?);
        let (known, classes, plan) = planned(known, classes, acceptance).await?;
        if acceptance
            .previewed
            .is_some_and(|seen| seen != plan.fingerprint)
        {
            return Err(AcceptError::Stale(Box::new((known, plan))));
        }
        let import = Import {
            id: new_id(),
            sender: acceptance.sender.clone(),
            file_name: acceptance.file_name.clone(),
            summary: plan.summary,
            accepted_at: now,
            accepted_by: actor.to_string(),
            undone: None,
        };
        let work = Work {
            known: &known,
            checked: &acceptance.checked,
            plan: &plan,
            table: &classes.0,
            relieved: &acceptance.relieved,
            now,
        };
        let Written {
            units,
            changes,
            moves,
        } = work.out(new_id);
        if units.is_empty() && changes.is_empty() && moves.is_empty() {
            return Err(AcceptError::NothingToDo);
        }
        import::insert(connection, &import, &acceptance.file_hash).await?;
        newcomer::insert(connection, &units).await?;
        let arrived: Vec<Change> = units.iter().map(NewUnitRow::change).collect();
        let arrived_classes: Vec<Change> =
            units.iter().flat_map(NewUnitRow::class_changes).collect();
        apply(connection, &arrived_classes).await?;
        apply(connection, &changes).await?;
        let moved = person::carry_out(connection, &moves, now, new_id).await?;
        regroup(connection, &changes).await?;
        late::open_everywhere(connection, now, new_id).await?;
        let signature = Signature {
            at: now,
            actor,
            source: Source::Import(import.id),
        };
        for part in [&arrived, &changes, &moved] {
            change::insert(connection, part, &signature, new_id).await?;
        }
        let detail = serde_json::json!({
            "import": import.id,
            "file": import.file_name,
            "summary": import.summary,
        });
        let action = "register.imported";
        audit::write(
            connection,
            actor,
            action,
            &import.sender,
            &detail,
            now,
            new_id(),
        )
        .await?;
        transaction.commit().await?;
        Ok(import)
    }
}

/// Lets the counts of every round follow what the units are now.
pub(super) async fn regroup(
    connection: &mut Connection<'_>,
    changes: &[Change],
) -> Result<(), sqlx::Error> {
    let units: BTreeSet<Uuid> = changes
        .iter()
        .filter(|change| change.contact_id.is_none())
        .map(|change| change.unit_id)
        .collect();
    progress::regrouped(connection, &units.into_iter().collect::<Vec<_>>()).await
}

/// Comparing is arithmetic that takes a while: other requests go on meanwhile.
async fn planned(
    known: Known,
    classes: Classes,
    acceptance: &Acceptance,
) -> Result<(Known, Classes, Plan), AcceptError> {
    let (checked, scope) = (Arc::clone(&acceptance.checked), acceptance.scope);
    tokio::task::spawn_blocking(move || {
        let plan = plan::plan(&known, &checked, scope, &classes, &mut quiet);
        (known, classes, plan)
    })
    .await
    .map_err(|_| AcceptError::Stopped)
}

/// SQLite's writer is alone already; PostgreSQL must keep others from changing the register between comparing and writing.
pub(super) async fn lock(connection: &mut Connection<'_>) -> Result<(), sqlx::Error> {
    match connection {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(connection) => {
            sqlx::query("LOCK TABLE unit, contact, class_entry IN SHARE ROW EXCLUSIVE MODE")
                .execute(&mut **connection)
                .await
                .map(drop)
        }
    }
}

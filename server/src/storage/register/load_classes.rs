//! Loading a file of classes: every unit's class is derived anew.

use std::collections::BTreeMap;

use super::accept::{lock, regroup};
use super::apply::apply;
use super::change::{self, Change, NewId, Signature, Source};
use super::class_entry::{self, ClassKind};
use super::field::Field;
use super::sheet;
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::Database;
use crate::storage::time::Timestamp;

impl Database {
    /// Puts a file's entries (code → class) in the place of the kind's earlier ones and gives every unit whose code is
    /// among them its class. Says how many units got another class.
    pub async fn load_classes(
        &self,
        kind: ClassKind,
        entries: &BTreeMap<String, String>,
        file_name: &str,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<usize, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        lock(connection).await?;
        class_entry::replace(connection, kind, entries, file_name, now).await?;
        let field = Field::Class(kind.field().to_owned());
        let changes: Vec<Change> = sheet::all(connection)
            .await?
            .values()
            .filter_map(|unit| {
                let class = entries.get(unit.column(kind.derived_from()))?;
                let before = unit.get(&field);
                (before != Some(class)).then(|| Change {
                    unit_id: unit.id,
                    contact_id: None,
                    field: field.clone(),
                    before: before.map(str::to_owned),
                    after: Some(class.clone()),
                })
            })
            .collect();
        apply(connection, &changes).await?;
        regroup(connection, &changes).await?;
        let signature = Signature {
            at: now,
            actor,
            source: Source::Classes,
        };
        change::insert(connection, &changes, &signature, new_id).await?;
        let detail = serde_json::json!({
            "file": file_name,
            "codes": entries.len(),
            "changed": changes.len(),
        });
        let action = "classes.loaded";
        audit::write(
            connection,
            actor,
            action,
            kind.field(),
            &detail,
            now,
            new_id(),
        )
        .await?;
        transaction.commit().await?;
        Ok(changes.len())
    }
}

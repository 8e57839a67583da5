//! Accepting a file: compared again with what is stored then, and written in bulk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::register::values::Region;
use ::register::{Checked, Contact, Field as FileField, Scope, Unit, quiet};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::apply::apply;
use super::change::{self, Change, NewId, Signature, Source};
use super::class_entry::{self, ClassKind, ClassTable};
use super::field::{Column, Field};
use super::import::{self, Import};
use super::known::{self, Known, KnownRef, LISTED};
use super::person::{self, Arrival, Arrived, ContactKind, Move};
use super::plan::{self, Classes, Fingerprint, Plan, PlannedChange, UnitRef, derived};
use super::upload;
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::late;
use crate::storage::progress;
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

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
        insert_units(connection, &units).await?;
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

struct Work<'a> {
    known: &'a Known,
    checked: &'a Checked,
    plan: &'a Plan,
    table: &'a ClassTable,
    relieved: &'a BTreeSet<String>,
    now: Timestamp,
}

struct Written {
    units: Vec<NewUnitRow>,
    changes: Vec<Change>,
    moves: Vec<Move>,
}

/// A unit on its way into the register.
struct NewUnitRow {
    id: Uuid,
    unit: Unit,
    key: String,
}

impl Work<'_> {
    fn out(&self, new_id: NewId<'_>) -> Written {
        let mut written = Written {
            units: Vec::new(),
            changes: Vec::new(),
            moves: Vec::new(),
        };
        let heads = self.local_heads();
        let mut keys = Keys::of(self.known);
        for row in &self.plan.new {
            self.add(
                *row,
                heads.get(&UnitRef::Row(*row)),
                &mut keys,
                &mut written,
                new_id,
            );
        }
        let mut moved: BTreeSet<usize> = BTreeSet::new();
        for one in &self.plan.changed {
            moved.insert(one.known);
            self.change(
                one,
                heads.get(&UnitRef::Known(one.known)),
                &mut written,
                new_id,
            );
        }
        for (place, head) in &heads {
            if let UnitRef::Known(known) = place
                && moved.insert(*known)
            {
                let mut staff = Staff::of(&self.known.refs[*known]);
                staff.replace(ContactKind::LocalHead, head, new_id);
                staff.into(&mut written);
            }
        }
        for place in &self.plan.gone {
            written.changes.push(Change {
                unit_id: self.known.refs[*place].id,
                contact_id: None,
                field: Field::Column(Column::GoneAt),
                before: None,
                after: Some(self.now.millis().to_string()),
            });
        }
        written
    }

    /// The local heads that take over, by unit.
    fn local_heads(&self) -> BTreeMap<UnitRef, Contact> {
        let relieved = |id: &str| self.relieved.contains(id);
        self.plan
            .chiefs
            .iter()
            .filter(|chief| relieved(&chief.id))
            .flat_map(|chief| chief.local_heads.iter().cloned())
            .collect()
    }

    fn add(
        &self,
        row: usize,
        head: Option<&Contact>,
        keys: &mut Keys,
        written: &mut Written,
        new_id: NewId<'_>,
    ) {
        let mut unit = self.checked.rows[row].unit.clone();
        for kind in ClassKind::ALL {
            if let Some(class) = derived(self.table, kind, &unit) {
                let class = class.to_owned();
                unit.classes.insert(kind.field().to_owned(), class);
            }
        }
        let id = new_id();
        let mut staff = Staff {
            unit_id: id,
            present: Vec::new(),
            leaving: Vec::new(),
            arriving: Vec::new(),
            changes: Vec::new(),
        };
        if !unit.chief.is_empty() {
            staff.replace(ContactKind::Chief, &unit.chief, new_id);
        }
        if let Some(head) = head {
            staff.replace(ContactKind::LocalHead, head, new_id);
        }
        staff.into(written);
        let key = unit.key.clone().unwrap_or_else(|| keys.next(&unit.region));
        written.units.push(NewUnitRow { id, unit, key });
    }

    fn change(
        &self,
        one: &PlannedChange,
        head: Option<&Contact>,
        written: &mut Written,
        new_id: NewId<'_>,
    ) {
        let known = &self.known.refs[one.known];
        let mut after = self.known.units[one.known].unit.clone();
        let (mut chief, mut local_head) = (false, false);
        for change in &one.fields {
            after.set(&change.field, change.after.as_deref());
            match &change.field {
                FileField::ChiefName | FileField::ChiefEmail => chief = true,
                FileField::LocalHeadName | FileField::LocalHeadEmail => local_head = true,
                field => {
                    if let Some(field) = stored(field) {
                        written.changes.push(Change {
                            unit_id: known.id,
                            contact_id: None,
                            field,
                            before: change.before.clone(),
                            after: change.after.clone(),
                        });
                    }
                }
            }
        }
        if one.back {
            written.changes.push(Change {
                unit_id: known.id,
                contact_id: None,
                field: Field::Column(Column::GoneAt),
                before: known.gone_at.clone(),
                after: None,
            });
        }
        let mut staff = Staff::of(known);
        if chief {
            staff.replace(ContactKind::Chief, &after.chief, new_id);
        }
        match head {
            Some(head) => staff.replace(ContactKind::LocalHead, head, new_id),
            None if local_head => {
                staff.replace(ContactKind::LocalHead, &after.local_head, new_id);
            }
            None => {}
        }
        staff.into(written);
    }
}

/// Where the register keeps what a file's field tells; people are kept elsewhere.
fn stored(field: &FileField) -> Option<Field> {
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

/// What becomes of a unit's people.
struct Staff<'a> {
    unit_id: Uuid,
    present: Vec<&'a person::Person>,
    leaving: Vec<Uuid>,
    arriving: Vec<Arrival>,
    changes: Vec<Change>,
}

impl<'a> Staff<'a> {
    fn of(known: &'a KnownRef) -> Self {
        Self {
            unit_id: known.id,
            present: known.people.iter().collect(),
            leaving: Vec::new(),
            arriving: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The same address with another name is the same person with the name put right.
    fn replace(&mut self, kind: ContactKind, who: &Contact, new_id: NewId<'_>) {
        let email = who.email.as_ref().map_or("", |email| email.as_str());
        let holder = self.present.iter().find(|person| person.kind == kind);
        if let Some(holder) = holder {
            if holder.email.to_lowercase() == email.to_lowercase() {
                if holder.name != who.name && !who.name.is_empty() {
                    self.changes.push(Change {
                        unit_id: self.unit_id,
                        contact_id: Some(holder.id),
                        field: Field::ContactName,
                        before: Some(holder.name.clone()),
                        after: Some(who.name.clone()),
                    });
                }
                return;
            }
            self.leaving.push(holder.id);
        }
        self.arriving.push(Arrival {
            id: new_id(),
            unit_id: self.unit_id,
            who: Arrived {
                kind,
                name: who.name.clone(),
                email: email.to_owned(),
            },
        });
    }

    fn into(self, written: &mut Written) {
        written.changes.extend(self.changes);
        if !self.leaving.is_empty() || !self.arriving.is_empty() {
            written.moves.push(Move {
                unit_id: self.unit_id,
                present: self.present.into_iter().cloned().collect(),
                leaving: self.leaving,
                arriving: self.arriving,
            });
        }
    }
}

/// Keys for units that come without one: the region's code and a number that none of its units has.
struct Keys(BTreeMap<String, u32>);

impl Keys {
    fn of(known: &Known) -> Self {
        let mut last: BTreeMap<String, u32> = BTreeMap::new();
        for one in &known.units {
            let Some((prefix, number)) =
                one.unit.key.as_deref().and_then(|key| key.split_once('-'))
            else {
                continue;
            };
            if let Ok(number) = number.parse::<u32>() {
                let last = last.entry(prefix.to_owned()).or_default();
                *last = number.max(*last);
            }
        }
        Self(last)
    }

    fn next(&mut self, region: &str) -> String {
        let prefix = Region::parse(region).map_or("00", Region::code);
        let last = self.0.entry(prefix.to_owned()).or_default();
        *last += 1;
        format!("{prefix}-{last:04}")
    }
}

impl NewUnitRow {
    fn column(&self, field: &FileField) -> Option<String> {
        self.unit.get(field).map(std::borrow::Cow::into_owned)
    }

    fn change(&self) -> Change {
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

    fn class_changes(&self) -> impl Iterator<Item = Change> {
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

async fn insert_units(
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

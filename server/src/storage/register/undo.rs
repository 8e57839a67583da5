//! Taking an import back: the opposite of every change, unless something later stands upon one.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::accept::{lock, regroup};
use super::apply::apply;
use super::change::{self, Change, NewId, Signature, Source};
use super::field::{Column, Field};
use super::import;
use super::person::{self, Person, recipient};
use super::sheet::{self, UnitFacts};
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// A change that cannot be taken back, since something later stands upon it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    pub unit_key: String,
    pub unit_name: String,
    /// What the import changed.
    pub field: Field,
    /// What it gave, and what the register holds now.
    pub given: Option<String>,
    pub now: Option<String>,
    /// When and by whom it was changed since, where the history tells.
    pub since: Option<(Timestamp, String)>,
}

#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    #[error("there is no such import")]
    Unknown,
    #[error("the import was undone before")]
    Undone,
    /// Nothing was written.
    #[error("{} later changes stand upon the import", .0.len())]
    Obstacles(Vec<Obstacle>),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Gives every field back what it held before the import, all of them or none. Units that the import brought are
    /// gone afterwards, as are their chiefs; nothing is deleted.
    pub async fn undo_import(
        &self,
        id: Uuid,
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), UndoError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        lock(connection).await?;
        let import = import::find(connection, id)
            .await?
            .ok_or(UndoError::Unknown)?;
        if import.undone.is_some() {
            return Err(UndoError::Undone);
        }
        let state = State {
            units: sheet::all(connection).await?,
            people: person::everyone(connection).await?,
            later: later(connection, id, import.accepted_at).await?,
            now,
        };
        let changes = change::of_import(connection, id).await?;
        let opposites = state.opposites(&changes).map_err(UndoError::Obstacles)?;
        apply(connection, &opposites).await?;
        regroup(connection, &opposites).await?;
        let recipients = state.new_recipients(&opposites);
        person::renew_links(connection, &recipients, now, new_id).await?;
        let signature = Signature {
            at: now,
            actor,
            source: Source::Undo(id),
        };
        change::insert(connection, &opposites, &signature, new_id).await?;
        import::mark_undone(connection, id, now, &actor.to_string()).await?;
        let detail = serde_json::json!({ "import": id, "file": import.file_name });
        let action = "register.import_undone";
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
        Ok(transaction.commit().await?)
    }
}

/// The register as it is now, and what happened to it since the import.
struct State {
    units: BTreeMap<Uuid, UnitFacts>,
    people: BTreeMap<Uuid, Person>,
    later: Vec<Later>,
    now: Timestamp,
}

/// A change since the import, by something else.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Later {
    unit_id: Uuid,
    contact_id: Option<Uuid>,
    field: String,
    at: Timestamp,
    actor: String,
}

impl State {
    fn opposites(&self, changes: &[Change]) -> Result<Vec<Change>, Vec<Obstacle>> {
        let mut latest: BTreeMap<(Uuid, Option<Uuid>, &str), &Later> = BTreeMap::new();
        let mut touched: BTreeMap<Uuid, Vec<&Later>> = BTreeMap::new();
        for later in &self.later {
            latest.insert((later.unit_id, later.contact_id, &later.field), later);
            touched.entry(later.unit_id).or_default().push(later);
        }
        let mut opposites = Vec::with_capacity(changes.len());
        let mut obstacles = Vec::new();
        for change in changes {
            if change.field == Field::Unit {
                // Whatever was decided of a unit that the import brought stands upon the import.
                let standing = touched.get(&change.unit_id).into_iter().flatten();
                obstacles.extend(standing.filter_map(|later| self.stands_upon(later)));
            }
            let (now, opposite) = self.opposite(change);
            if let Some(opposite) = opposite {
                opposites.push(opposite);
                continue;
            }
            let field = change.field.to_string();
            let key = (change.unit_id, change.contact_id, field.as_str());
            let since = latest
                .get(&key)
                .map(|later| (later.at, later.actor.clone()));
            let texts = (change.after.clone(), now);
            obstacles.push(self.obstacle(change.unit_id, change.field.clone(), texts, since));
        }
        if obstacles.is_empty() {
            Ok(opposites)
        } else {
            Err(obstacles)
        }
    }

    /// What the field holds now, and the change that takes it back where that is still what the import gave.
    fn opposite(&self, change: &Change) -> (Option<String>, Option<Change>) {
        let gone = |at: Timestamp| Some(at.millis().to_string());
        let back = |field: Field, before: Option<String>, after: Option<String>| Change {
            unit_id: change.unit_id,
            contact_id: change.contact_id,
            field,
            before,
            after,
        };
        let unit = self.units.get(&change.unit_id);
        let person = change.contact_id.and_then(|id| self.people.get(&id));
        match &change.field {
            Field::Unit => {
                let field = Field::Column(Column::GoneAt);
                let now = unit.and_then(|unit| unit.get(&field)).map(str::to_owned);
                let opposite = now.is_none().then(|| back(field, None, gone(self.now)));
                (now, opposite)
            }
            Field::Contact => {
                let now = person.and_then(|person| person.valid_to).and_then(gone);
                let end = person.map_or(self.now, |person| person.valid_from.max(self.now));
                let opposite = now
                    .is_none()
                    .then(|| back(Field::ContactUntil, None, gone(end)));
                (now, opposite)
            }
            field => {
                let now = match field {
                    Field::ContactName => person.map(|person| person.name.clone()),
                    Field::ContactUntil => person.and_then(|person| person.valid_to).and_then(gone),
                    Field::ContactUndeliverable => person
                        .and_then(|person| person.undeliverable_at)
                        .and_then(gone),
                    field => unit.and_then(|unit| unit.get(field)).map(str::to_owned),
                };
                let opposite = (now == change.after)
                    .then(|| back(field.clone(), now.clone(), change.before.clone()));
                (now, opposite)
            }
        }
    }

    fn stands_upon(&self, later: &Later) -> Option<Obstacle> {
        let field: Field = later.field.parse().ok()?;
        if field == Field::ContactUndeliverable {
            return None;
        }
        let since = Some((later.at, later.actor.clone()));
        Some(self.obstacle(later.unit_id, field, (None, None), since))
    }

    fn obstacle(
        &self,
        unit: Uuid,
        field: Field,
        (given, now): (Option<String>, Option<String>),
        since: Option<(Timestamp, String)>,
    ) -> Obstacle {
        let unit = self.units.get(&unit);
        Obstacle {
            unit_key: unit.map(|unit| unit.key.clone()).unwrap_or_default(),
            unit_name: unit
                .map(|unit| unit.column(Column::Name).to_owned())
                .unwrap_or_default(),
            field,
            given,
            now,
            since,
        }
    }

    /// To whom mail goes where the undoing sends it to somebody else.
    fn new_recipients(&self, opposites: &[Change]) -> BTreeMap<Uuid, Option<Uuid>> {
        let ended: BTreeMap<Uuid, bool> = opposites
            .iter()
            .filter(|change| change.field == Field::ContactUntil)
            .filter_map(|change| Some((change.contact_id?, change.after.is_some())))
            .collect();
        let units: BTreeSet<Uuid> = ended
            .keys()
            .filter_map(|id| Some(self.people.get(id)?.unit_id))
            .collect();
        let mut people: BTreeMap<Uuid, Vec<&Person>> = BTreeMap::new();
        for person in self
            .people
            .values()
            .filter(|person| units.contains(&person.unit_id))
        {
            people.entry(person.unit_id).or_default().push(person);
        }
        people
            .into_iter()
            .filter_map(|(unit, people)| {
                let of = |present: &dyn Fn(&Person) -> bool| {
                    let present = people.iter().filter(|person| present(person));
                    recipient(present.map(|person| (person.kind, person.id)))
                };
                let before = of(&|person| person.valid_to.is_none())?;
                let after = of(&|person| match ended.get(&person.id) {
                    Some(ended) => !ended,
                    None => person.valid_to.is_none(),
                });
                (after != Some(before)).then_some((unit, after))
            })
            .collect()
    }
}

/// What happened since to the units that the import touched, in order.
async fn later(
    connection: &mut Connection<'_>,
    import: Uuid,
    accepted_at: Timestamp,
) -> Result<Vec<Later>, sqlx::Error> {
    const SQL: &str = "\
        SELECT h.unit_id, h.contact_id, h.field, h.at, h.actor FROM register_change h \
        WHERE h.at >= $2 AND NOT (h.source = 'import' AND h.source_id = $1) \
            AND h.unit_id IN (SELECT unit_id FROM register_change WHERE source_id = $1) \
        ORDER BY h.at, h.id";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(import).bind(accepted_at).fetch_all(executor).await
    })
}

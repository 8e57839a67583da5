//! What the register holds, how it came to hold it, and how that is taken back.

mod accept;
mod apply;
mod change;
mod class_entry;
mod edit;
mod field;
mod history;
mod import;
mod known;
mod listing;
mod load_classes;
mod mapping;
mod newcomer;
mod person;
mod plan;
mod sheet;
mod undo;
mod upload;
mod work;

use uuid::Uuid;

use super::actor::Actor;
use super::database::Connection;
use super::time::Timestamp;

pub use accept::{AcceptError, Acceptance};
pub use change::{Change, Changed, NewId, Source};
pub use class_entry::{ClassKind, LoadedClasses, NoSuchClassKind};
pub use edit::{EditError, Successor};
pub use field::{Column, Field, NoSuchField};
pub use history::{HistoryLine, HistoryPage};
pub use import::Import;
pub use known::Known;
pub use listing::{ListedUnit, UnitChoices, UnitFilter, UnitPage, UnitStatus};
pub use mapping::HeadingMapping;
pub use person::{Arrived, ContactKind, NoSuchContactKind, Person};
pub use plan::{
    Classes, Fingerprint, Plan, PlannedChange, PlannedChief, Summary, UNITS_PER_CHIEF, UnitRef,
    plan,
};
pub use sheet::{UnitCase, UnitFacts, UnitSheet};
pub use undo::{Obstacle, UndoError};
pub use upload::{Upload, WaitingUpload};

pub(super) use edit::hand_over;
pub(super) use person::{of_unit as people_of, renew_links};

/// Adds lines to the history.
pub(super) async fn log_changes(
    connection: &mut Connection<'_>,
    changes: &[Change],
    (at, actor, source): (Timestamp, &Actor, Source),
    new_id: &mut (dyn FnMut() -> Uuid + Send),
) -> Result<(), sqlx::Error> {
    let signature = change::Signature { at, actor, source };
    change::insert(connection, changes, &signature, new_id).await
}

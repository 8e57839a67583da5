//! The register: units, files, classes, and what chiefs report.

mod classes;
mod edit;
mod files;
mod history;
mod labels;
mod mapping;
mod people;
mod preview;
mod reports;
mod steps;
mod units;
mod upload;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{
    clock::{Ids, NoChance},
    intake::LARGEST_FILE,
    web::World,
};

use super::StaffVisit;

pub(in crate::web) use steps::Intake;

/// Letters of a fact or a name.
const LONGEST: usize = 200;
/// What stands around a file in a form.
const AROUND_FILE: usize = 64 * 1024;

pub(super) fn routes() -> Router<World> {
    let files = Router::new()
        .route(
            "/admin/register/import",
            get(files::show).post(upload::take),
        )
        .route(
            "/admin/register/klasser",
            get(classes::show).post(classes::load),
        )
        .layer(DefaultBodyLimit::max(LARGEST_FILE + AROUND_FILE));
    Router::new()
        .route("/admin/register", get(units::list))
        .route("/admin/register/historik", get(history::show))
        .route("/admin/register/enheter/{key}", get(units::show))
        .route(
            "/admin/register/enheter/{key}/redigera",
            get(edit::show).post(edit::edit),
        )
        .route(
            "/admin/register/enheter/{key}/person/{kind}",
            get(people::show).post(people::change),
        )
        .route("/admin/register/enheter/{key}/utfall", post(units::decide))
        .route(
            "/admin/register/import/{id}",
            get(mapping::show).post(mapping::decide),
        )
        .route("/admin/register/import/{id}/granska", get(preview::show))
        .route(
            "/admin/register/import/{id}/importera",
            post(preview::accept),
        )
        .route("/admin/register/import/{id}/slang", post(files::discard))
        .route(
            "/admin/register/import/{id}/angra",
            get(files::ask_undo).post(files::undo),
        )
        .route("/admin/rapporter", get(reports::list))
        .route("/admin/rapporter/{id}", get(reports::show))
        .route(
            "/admin/rapporter/{id}/ny-chef",
            post(reports::change_contact),
        )
        .route("/admin/rapporter/{id}/stangd", post(reports::close))
        .route("/admin/rapporter/{id}/avsluta", post(reports::dismiss))
        .merge(files)
}

impl StaffVisit {
    /// Identities for writing many rows at once.
    fn ids(&self) -> Result<Ids, NoChance> {
        Ids::new(self.world.shared.chance, self.now)
    }
}

/// A text of a form that the database can hold, or the page for what cannot be read.
macro_rules! stored {
    ($visit:expr, $text:expr) => {
        match $crate::storage::StoredText::new($text) {
            Ok(text) => text,
            Err(_) => return $visit.bad(),
        }
    };
}
use stored;

/// What a storage call gave, or the page that says that something failed.
macro_rules! or_broken {
    ($visit:expr, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return $visit.broken(&error),
        }
    };
}
use or_broken;

//! Files that wait, files that were accepted, and taking those back.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        register::{
            FilesPage, ObstacleLine, PastImport, RegisterWords, SenderChoice, UndoPage, WaitingFile,
        },
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use register::values::Region;
use uuid::Uuid;

use super::or_broken;
use crate::{
    intake::COUNTRY,
    storage::register::{Import, Obstacle, UndoError},
    web::staff::{Administrator, Asked, Reader, StaffVisit},
};

/// Obstacles beyond these say nothing new.
const MOST_OBSTACLES: usize = 100;

/// Everyone who may send a file: the regions, and whoever has them all.
pub(super) fn senders(words: &RegisterWords) -> Vec<SenderChoice> {
    let region = |region: Region| SenderChoice {
        value: region.name().to_owned(),
        label: region.name().to_owned(),
    };
    let country = SenderChoice {
        value: COUNTRY.to_owned(),
        label: words.sender_country.clone(),
    };
    Region::all().map(region).chain([country]).collect()
}

pub(super) async fn show(reader: Reader, asked: Asked) -> Response {
    let words = reader.words();
    let database = &reader.world.shared.database;
    let import = match asked.text("gjort").parse::<Uuid>() {
        Ok(id) => or_broken!(reader, database.import(id).await),
        Err(_) => None,
    };
    let told = import.map(|import| {
        let of = import.summary;
        let text = if import.undone.is_some() {
            &words.undo_done
        } else {
            &words.import_done
        };
        fill(
            text,
            &[
                ("file", &import.file_name),
                ("new", &of.new.to_string()),
                ("changed", &of.changed.to_string()),
                ("gone", &of.gone.to_string()),
            ],
        )
    });
    page(&reader, StatusCode::OK, "", Vec::new(), told).await
}

pub(super) async fn page(
    visit: &StaffVisit,
    status: StatusCode,
    sender: &str,
    faults: Vec<Fault>,
    told: Option<String>,
) -> Response {
    let database = &visit.world.shared.database;
    let waiting = or_broken!(visit, database.waiting_uploads(visit.now).await);
    let imports = or_broken!(visit, database.imports().await);
    let frame = visit.frame();
    let page = FilesPage {
        frame: &frame,
        senders: senders(visit.words()),
        sender,
        waiting: waiting
            .into_iter()
            .map(|file| WaitingFile {
                id: file.id.to_string(),
                at: visit.moment(file.uploaded_at),
                file_name: file.file_name,
                sender: file.sender,
            })
            .collect(),
        past: imports
            .into_iter()
            .map(|import| past(visit, import))
            .collect(),
        told,
        faults,
        may_change: visit.staff.role >= Role::Administrator,
    };
    visit.page_with(status, page.html())
}

fn past(visit: &StaffVisit, import: Import) -> PastImport {
    PastImport {
        id: import.id.to_string(),
        at: visit.moment(import.accepted_at),
        by: import.accepted_by,
        new: import.summary.new,
        changed: import.summary.changed,
        gone: import.summary.gone,
        faulty: import.summary.faulty,
        undone: import.undone.map(|(at, by)| (visit.moment(at), by)),
        file_name: import.file_name,
        sender: import.sender,
    }
}

pub(super) async fn discard(administrator: Administrator, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<Uuid>() else {
        return administrator.missing();
    };
    let database = &administrator.world.shared.database;
    let waiting = or_broken!(
        administrator,
        database.waiting_uploads(administrator.now).await
    );
    or_broken!(administrator, database.discard_upload(id).await);
    administrator.forget_file(id);
    if let Some(file) = waiting.into_iter().find(|file| file.id == id) {
        let detail = serde_json::json!({ "file": file.file_name });
        let discarded = "register.file_discarded";
        or_broken!(
            administrator,
            administrator.note(discarded, &file.sender, &detail).await
        );
    }
    administrator.go("/admin/register/import")
}

pub(super) async fn ask_undo(administrator: Administrator, Path(id): Path<String>) -> Response {
    match import(&administrator, &id).await {
        Ok(import) => undo_page(&administrator, StatusCode::OK, &import, &[]).await,
        Err(response) => response,
    }
}

pub(super) async fn undo(administrator: Administrator, Path(id): Path<String>) -> Response {
    let import = match import(&administrator, &id).await {
        Ok(import) => import,
        Err(response) => return response,
    };
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let undone = administrator
        .world
        .shared
        .database
        .undo_import(import.id, &actor, now, &mut || ids.next_id())
        .await;
    match undone {
        Ok(()) | Err(UndoError::Undone) => {
            administrator.go(&format!("/admin/register/import?gjort={}", import.id))
        }
        Err(UndoError::Unknown) => administrator.missing(),
        Err(UndoError::Obstacles(obstacles)) => {
            undo_page(&administrator, StatusCode::CONFLICT, &import, &obstacles).await
        }
        Err(error @ UndoError::Database(_)) => administrator.broken(&error),
    }
}

async fn import(visit: &StaffVisit, id: &str) -> Result<Import, Response> {
    let Ok(id) = id.parse::<Uuid>() else {
        return Err(visit.missing());
    };
    match visit.world.shared.database.import(id).await {
        Ok(Some(import)) => Ok(import),
        Ok(None) => Err(visit.missing()),
        Err(error) => Err(visit.broken(&error)),
    }
}

async fn undo_page(
    visit: &StaffVisit,
    status: StatusCode,
    import: &Import,
    obstacles: &[Obstacle],
) -> Response {
    let labels = or_broken!(visit, visit.class_labels().await);
    let frame = visit.frame();
    let obstacles = obstacles
        .iter()
        .take(MOST_OBSTACLES)
        .map(|obstacle| ObstacleLine {
            key: obstacle.unit_key.clone(),
            name: obstacle.unit_name.clone(),
            field: visit.field(&obstacle.field),
            given: visit.shown(&labels, &obstacle.field, obstacle.given.as_deref()),
            now: visit.shown(&labels, &obstacle.field, obstacle.now.as_deref()),
            since: obstacle
                .since
                .as_ref()
                .map(|(at, by)| (visit.moment(*at), by.clone())),
        })
        .collect();
    let page = UndoPage {
        frame: &frame,
        id: &import.id.to_string(),
        file_name: &import.file_name,
        new: import.summary.new,
        changed: import.summary.changed,
        gone: import.summary.gone,
        obstacles,
    };
    visit.page_with(status, page.html())
}

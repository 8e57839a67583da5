//! Files of classes.

use std::collections::BTreeMap;

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        register::{ClassFilePage, LoadedFile, RowLine},
    },
};
use axum::{extract::Request, http::StatusCode, response::Response};
use register::{ClassFile, quiet, read_classes};

use super::{
    or_broken,
    upload::{FileForm, FormFault},
};
use crate::{
    intake,
    storage::register::ClassKind,
    web::staff::{Administrator, Reader, StaffVisit},
};

/// Faults beyond these say nothing new.
const MOST_FAULTS: usize = 100;

pub(super) async fn show(reader: Reader) -> Response {
    page(&reader, StatusCode::OK, Said::default()).await
}

/// What the page says besides what is loaded.
#[derive(Default)]
struct Said {
    kind: String,
    faults: Vec<Fault>,
    left_out: Vec<RowLine>,
    told: Option<String>,
}

async fn page(visit: &StaffVisit, status: StatusCode, said: Said) -> Response {
    let loaded = or_broken!(visit, visit.world.shared.database.loaded_classes().await);
    let frame = visit.frame();
    let page = ClassFilePage {
        frame: &frame,
        loaded: loaded
            .into_iter()
            .map(|file| LoadedFile {
                kind: file.kind.field(),
                codes: file.codes,
                at: visit.moment(file.loaded_at),
                file_name: file.source,
            })
            .collect(),
        kind: &said.kind,
        faults: said.faults,
        left_out: said.left_out,
        told: said.told,
        may_change: visit.staff.role >= Role::Administrator,
    };
    visit.page_with(status, page.html())
}

pub(super) async fn load(administrator: Administrator, request: Request) -> Response {
    let form = FileForm::read(request, &administrator.world, "kind").await;
    if matches!(form, Err(FormFault::Bad)) {
        return administrator.bad();
    }
    let faults = administrator.file_faults(&form);
    let form = form.unwrap_or_default();
    if !faults.is_empty() {
        let said = Said {
            kind: form.choice,
            faults,
            ..Said::default()
        };
        return page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, said).await;
    }
    let Ok(kind) = form.choice.parse::<ClassKind>() else {
        return administrator.bad();
    };
    let database = &administrator.world.shared.database;
    let lists = or_broken!(administrator, intake::class_lists(database).await);
    let Some(list) = lists.into_iter().find(|list| list.key == kind.field()) else {
        return administrator.bad();
    };
    let content = form.content;
    let read = tokio::task::spawn_blocking(move || {
        let table = intake::table(&content, None, &mut quiet)?;
        Ok(read_classes(
            &table,
            &list,
            intake::codes_of(kind),
            &mut quiet,
        ))
    })
    .await;
    let file: ClassFile = match or_broken!(administrator, read) {
        Ok(file) => file,
        Err(why) => return administrator.refused_file(&form.file_name, &why),
    };
    let words = administrator.words();
    let left_out = file
        .faults
        .iter()
        .take(MOST_FAULTS)
        .map(|fault| RowLine {
            row: fault.row,
            column: String::new(),
            value: fault.text.clone(),
            reason: administrator.class_problem(&fault.problem),
        })
        .collect();
    if file.entries.is_empty() {
        let said = Said {
            kind: form.choice,
            faults: vec![Fault::new("file", &words.classes_empty)],
            left_out,
            told: None,
        };
        return page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, said).await;
    }
    let entries: BTreeMap<String, String> = file.entries.into_iter().collect();
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let changed = or_broken!(
        administrator,
        database
            .load_classes(kind, &entries, &form.file_name, &actor, now, &mut || ids
                .next_id())
            .await
    );
    let told = fill(
        &words.classes_loaded,
        &[
            ("file", &form.file_name),
            ("codes", &entries.len().to_string()),
            ("changed", &changed.to_string()),
        ],
    );
    let said = Said {
        kind: form.choice,
        left_out,
        told: Some(told),
        ..Said::default()
    };
    page(&administrator, StatusCode::OK, said).await
}

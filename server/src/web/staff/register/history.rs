//! The register's whole history, and what one file changed.

use app::staff::register::{HistoryFile, HistoryLine, HistoryPage, UnitHistoryLine};
use axum::response::Response;
use uuid::Uuid;

use super::{labels::ClassLabels, or_broken};
use crate::{
    storage::register::Changed,
    web::staff::{Asked, Reader, StaffVisit},
};

const ON_A_PAGE: u32 = 100;

pub(super) async fn show(reader: Reader, asked: Asked) -> Response {
    let database = &reader.world.shared.database;
    let file = match asked.text("fil") {
        "" => None,
        id => {
            let Ok(id) = id.parse::<Uuid>() else {
                return reader.missing();
            };
            match or_broken!(reader, database.import(id).await) {
                Some(import) => Some(import),
                None => return reader.missing(),
            }
        }
    };
    let id = file.as_ref().map(|import| import.id);
    let page = asked.page();
    let found = or_broken!(
        reader,
        database.register_history(id, page - 1, ON_A_PAGE).await
    );
    let labels = or_broken!(reader, reader.class_labels().await);
    let frame = reader.frame();
    let view = HistoryPage {
        frame: &frame,
        file: file.map(|import| HistoryFile {
            id: import.id.to_string(),
            at: reader.moment(import.accepted_at),
            file_name: import.file_name,
            sender: import.sender,
            by: import.accepted_by,
        }),
        lines: found
            .lines
            .into_iter()
            .map(|line| UnitHistoryLine {
                unit_key: line.unit_key,
                unit_name: line.unit_name,
                line: reader.history_line(&labels, &line.changed),
            })
            .collect(),
        total: found.total,
        page,
        pages: found.total.div_ceil(ON_A_PAGE).max(1),
    };
    reader.page(view.html())
}

impl StaffVisit {
    pub(super) fn history_line(&self, labels: &ClassLabels, changed: &Changed) -> HistoryLine {
        let change = &changed.change;
        HistoryLine {
            at: self.moment(changed.at),
            by: changed.actor.clone(),
            what: self.field(&change.field),
            before: self.shown(labels, &change.field, change.before.as_deref()),
            after: self.shown(labels, &change.field, change.after.as_deref()),
            source: self.source(changed),
        }
    }
}

//! The answers as files, for analysts.

mod codebook;
mod download;
mod page;

use std::sync::Arc;

use app::staff::Current;
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    response::Response,
    routing::get,
};
use dataset::export::Format;
use survey::instrument::Instrument;

use super::{Analyst, StaffVisit};
use crate::{
    data::{DataError, DataFiles},
    storage::{Round, Timestamp},
    web::World,
};

pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/admin/data", get(latest))
        .route("/admin/data/{round}", get(page::show))
        .route("/admin/data/{round}/fil", get(download::send))
        .route("/admin/data/{round}/kodbok", get(codebook::show))
        .route("/admin/data/{round}/kodbok/fil", get(codebook::send))
}

async fn latest(analyst: Analyst) -> Response {
    analyst.to_latest("/admin/data", Current::Data).await
}

impl StaffVisit {
    pub(super) async fn data_files(
        &self,
        round: &Round,
        instrument: Arc<Instrument>,
        cut: Timestamp,
    ) -> Result<DataFiles, DataError> {
        DataFiles::of(&self.world.shared.database, round, instrument, cut).await
    }
}

/// What tells a browser to keep the answer as a file of that name, which is one of our own: ASCII without quotes.
pub(super) fn as_file(name: &str, format: Format) -> [(HeaderName, HeaderValue); 2] {
    const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");
    const XLSX: HeaderValue = HeaderValue::from_static(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    let kind = match format {
        Format::Csv | Format::CsvExcel => CSV,
        Format::Xlsx => XLSX,
    };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
    ]
}

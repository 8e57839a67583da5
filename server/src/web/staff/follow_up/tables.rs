//! The tables as they are published, to see and to download.

use app::staff::{
    Current, Role,
    follow_up::{PublishedPage, TableShown},
    rates::group_names,
};
use axum::{
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use survey::text::Language;

use super::{
    super::{Analyst, Reader, StaffVisit},
    Asked,
};
use crate::tables::{CROSSED, Tables, WORKBOOK, csv_name, workbook};

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn latest(reader: Reader) -> Response {
    reader.to_latest("/admin/tabeller", Current::Tables).await
}

pub(super) async fn show(reader: Reader, Path(key): Path<String>) -> Response {
    match page(&reader, &key).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str) -> Result<Response, Response> {
    let asked = reader.round_asked(key).await?;
    let tables = tables(reader, &asked).await?;
    let rounds = reader.round_choices().await?;
    let mut shown: Vec<TableShown<'_>> = tables
        .by
        .iter()
        .map(|table| TableShown::Rates(table, csv_name(&table.dimension.key)))
        .collect();
    shown.push(TableShown::Crossed(
        &tables.by_region_and_ownership,
        CROSSED.to_owned(),
    ));
    let page = PublishedPage {
        frame: &reader.frame(),
        round: &reader.round_head(&asked.round),
        rounds: &rounds,
        tables: shown,
        workbook: WORKBOOK,
        taken: &reader.moment(reader.now),
        may_download: reader.staff.role >= Role::Analyst,
    };
    Ok(reader.page(page.html()))
}

pub(super) async fn download(
    analyst: Analyst,
    Path((key, file)): Path<(String, String)>,
) -> Response {
    match send(&analyst, &key, &file).await {
        Ok(response) | Err(response) => response,
    }
}

async fn send(analyst: &Analyst, key: &str, file: &str) -> Result<Response, Response> {
    let asked = analyst.round_asked(key).await?;
    let tables = tables(analyst, &asked).await?;
    // Files are in Swedish, as the tables are published.
    let words = &analyst.world.words().staff(Language::Swedish).rates;
    let (kind, content) = if file == WORKBOOK {
        let content = workbook(&tables, words, Language::Swedish);
        (XLSX, content.map_err(|error| analyst.broken(&error))?)
    } else {
        let mut files = tables.csv_files(words).into_iter();
        let found = files.find(|one| one.name == file);
        (CSV, found.ok_or_else(|| analyst.missing())?.content)
    };
    analyst
        .note(
            "tables.downloaded",
            &asked.round.key,
            &json!({ "file": file }),
        )
        .await
        .map_err(|error| analyst.broken(&error))?;
    // It is one of our own names by now: ASCII without quotes.
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, content).into_response())
}

async fn tables(visit: &StaffVisit, asked: &Asked) -> Result<Tables, Response> {
    let names = group_names(visit.world.words());
    Tables::of(
        &visit.world.shared.database,
        asked.round.clone(),
        &asked.instrument,
        &names,
        visit.now,
    )
    .await
    .map_err(|error| visit.broken(&error))
}

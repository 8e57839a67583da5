//! What a file's headings mean: shown as guessed or remembered, decided by the administrator.

use app::{
    fill,
    staff::{
        form::Fault,
        register::{HeadingChoice, MappingPage, RowSample},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use register::{Certainty, Encoding, Field, Format, MappingFault};

use super::{
    or_broken,
    steps::{Opened, path, query},
};
use crate::{
    intake::{self, Options},
    web::staff::{Administrator, Asked, Posted, StaffVisit},
};

/// Rows to choose the headings among.
const SAMPLES: usize = 15;
const SAMPLE_CELLS: usize = 6;
/// Letters of an example.
const EXAMPLE: usize = 60;

pub(super) async fn show(
    administrator: Administrator,
    Path(id): Path<String>,
    asked: Asked,
) -> Response {
    let opened = match administrator.open_file(&id, &asked).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    administrator.page(mapping_page(&administrator, &opened, Vec::new()))
}

pub(super) async fn decide(
    administrator: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let told = |name: &str| posted.text(name).to_owned();
    let options = Options {
        additions: !posted.text("additions").is_empty(),
        ..super::steps::options(told)
    };
    let mut opened = match administrator.open_file_with(&id, options).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let fields = opened.fields();
    let Some(headings) = &mut opened.headings else {
        return administrator.bad();
    };
    for column in &mut headings.columns {
        let chosen = posted.text(&format!("k{}", column.index));
        column.chosen = Field::from_key(chosen).filter(|field| fields.contains(field));
        if column.chosen.is_none() && !chosen.is_empty() {
            return administrator.bad();
        }
    }
    if let Some(Err(faults)) = opened.mapping() {
        let faults = faults
            .iter()
            .map(|fault| said(&administrator, fault))
            .collect();
        let html = mapping_page(&administrator, &opened, faults);
        return administrator.page_with(StatusCode::UNPROCESSABLE_ENTITY, html);
    }
    let columns = opened
        .headings
        .iter()
        .flat_map(|headings| &headings.columns);
    let to_remember =
        intake::to_remember(columns.map(|column| (column.title.as_str(), column.chosen.as_ref())));
    let database = &administrator.world.shared.database;
    or_broken!(
        administrator,
        database
            .remember_mapping(&opened.upload.sender, &to_remember)
            .await
    );
    let detail = serde_json::json!({ "file": opened.upload.file_name });
    let chosen = "register.columns_chosen";
    or_broken!(
        administrator,
        administrator
            .note(chosen, &opened.upload.sender, &detail)
            .await
    );
    let heading_row = opened.headings.as_ref().map(|headings| headings.row);
    let options = Options {
        heading_row,
        ..opened.options
    };
    administrator.go(&format!(
        "{}/granska?{}",
        path(opened.upload.id),
        query(&options)
    ))
}

fn said(visit: &StaffVisit, fault: &MappingFault) -> Fault {
    let words = visit.words();
    match fault {
        MappingFault::NameMissing => Fault::new("k0", &words.fault_name),
        MappingFault::RegionMissing => Fault::new("k0", &words.fault_region),
        MappingFault::Twice { field, columns } => Fault::new(
            format!("k{}", columns[1]),
            fill(&words.fault_twice, &[("field", &visit.file_field(field))]),
        ),
        MappingFault::NoSuchColumn { column } => Fault::new(format!("k{column}"), &words.left_out),
    }
}

pub(super) fn mapping_page(visit: &StaffVisit, opened: &Opened, faults: Vec<Fault>) -> String {
    let words = visit.words();
    let (format, sheets, sheet) = match &opened.table.format {
        Format::Separated {
            encoding,
            separator,
        } => {
            let encoding = match encoding {
                Encoding::Utf8 => "UTF-8",
                Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => "UTF-16",
                Encoding::Windows1252 => "Windows-1252",
            };
            let separator = if *separator == '\t' {
                "⇥".to_owned()
            } else {
                separator.to_string()
            };
            let values = [("encoding", encoding), ("separator", separator.as_str())];
            (fill(&words.format_text, &values), Vec::new(), String::new())
        }
        Format::Excel { sheet, sheets } => (
            fill(&words.format_excel, &[("sheet", sheet)]),
            sheets.clone(),
            sheet.clone(),
        ),
    };
    let short = |text: &str| text.chars().take(EXAMPLE).collect::<String>();
    let choices = opened
        .headings
        .iter()
        .flat_map(|headings| &headings.columns)
        .map(|column| HeadingChoice {
            column: column.index,
            letters: letters(column.index),
            title: short(&column.title),
            examples: column
                .examples
                .iter()
                .map(|example| short(example))
                .collect(),
            chosen: column
                .chosen
                .as_ref()
                .map(|field| field.key().into_owned())
                .unwrap_or_default(),
            remembered: column
                .suggestions
                .iter()
                .any(|suggestion| suggestion.certainty == Certainty::Remembered),
        })
        .collect();
    let samples = opened
        .table
        .rows()
        .take(SAMPLES)
        .map(|row| RowSample {
            index: row.index(),
            number: row.number(),
            cells: row
                .cells()
                .filter(|cell| !cell.is_empty())
                .take(SAMPLE_CELLS)
                .map(short)
                .collect(),
        })
        .collect();
    let fields = std::iter::once((String::new(), words.left_out.clone()))
        .chain(
            opened
                .fields()
                .iter()
                .map(|field| (field.key().into_owned(), visit.file_field(field))),
        )
        .collect();
    let frame = visit.frame();
    let page = MappingPage {
        frame: &frame,
        path: &path(opened.upload.id),
        file_name: &opened.upload.file_name,
        sender: &opened.upload.sender,
        format,
        rows: opened.table.len(),
        sheets,
        sheet: &sheet,
        heading_number: opened.headings.as_ref().map(|headings| headings.number),
        heading_row: opened.headings.as_ref().map(|headings| headings.row),
        choices,
        samples,
        fields,
        additions: opened.options.additions,
        faults,
    };
    page.html()
}

fn letters(index: usize) -> String {
    register::ColumnRef {
        index,
        title: String::new(),
    }
    .letters()
}

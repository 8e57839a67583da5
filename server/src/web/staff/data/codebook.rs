//! What each column means, as a page and as a file.

use app::staff::data::{CodebookLine, CodebookPage, CodebookPart, Legend};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use dataset::export::{Entry, Format, Kind, Words};
use serde_json::json;
use survey::{answers::Number, text::Language};

use super::{
    super::{Analyst, Asked, StaffVisit},
    as_file,
};
use crate::data::{DataFiles, now};

pub(super) async fn show(analyst: Analyst, Path(key): Path<String>) -> Response {
    match page(&analyst, &key).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(analyst: &Analyst, key: &str) -> Result<Response, Response> {
    let files = analyst.codebook_files(key).await?;
    let (words, language) = (&files.words, analyst.language);
    let page = CodebookPage {
        frame: &analyst.frame(),
        round: key,
        title: files.about.title.get(language),
        version: &files.about.instrument_version,
        parts: &parts(&files, language),
        beside: legend(words.parts(Kind::Both, language)),
        states: legend(words.states(language)),
        statuses: legend(words.statuses(language)),
        reasons: legend(words.reasons(language)),
    };
    Ok(analyst.page(page.html()))
}

pub(super) async fn send(analyst: Analyst, Path(key): Path<String>, asked: Asked) -> Response {
    match file(&analyst, &key, asked.text("format")).await {
        Ok(response) | Err(response) => response,
    }
}

async fn file(analyst: &Analyst, key: &str, format: &str) -> Result<Response, Response> {
    let written = Format::from_name(format).and_then(|format| Some((format, format.dialect()?)));
    let (format, dialect) = written.ok_or_else(|| analyst.bad())?;
    let files = analyst.codebook_files(key).await?;
    let name = files.codebook_name(format);
    let id = analyst.new_id().map_err(|error| analyst.broken(&error))?;
    let detail = json!({ "file": name });
    analyst
        .world
        .shared
        .database
        .note(
            &analyst.actor(),
            "data.downloaded",
            key,
            &detail,
            analyst.now,
            id,
        )
        .await
        .map_err(|error| analyst.broken(&error))?;
    Ok((as_file(&name, format), files.codebook_csv(dialect)).into_response())
}

impl StaffVisit {
    /// The codebook is the same at every cut.
    async fn codebook_files(&self, key: &str) -> Result<DataFiles, Response> {
        let asked = self.round_asked(key).await?;
        self.data_files(&asked.round, asked.instrument, now(self.now))
            .await
            .map_err(|error| self.broken(&error))
    }
}

/// The columns by section, in their order.
fn parts(files: &DataFiles, language: Language) -> Vec<CodebookPart> {
    let mut parts: Vec<CodebookPart> = Vec::new();
    for entry in &files.codebook.entries {
        let title = entry.section.get(language);
        let line = line(entry, &files.words, language);
        match parts.iter_mut().find(|part| part.title == title) {
            Some(part) => part.lines.push(line),
            None => parts.push(CodebookPart {
                title: title.to_owned(),
                lines: vec![line],
            }),
        }
    }
    parts
}

fn line(entry: &Entry, words: &Words, language: Language) -> CodebookLine {
    let values = entry.values.iter();
    CodebookLine {
        name: entry.name.clone(),
        number: entry.number.clone(),
        question: entry.question.get(language).to_owned(),
        label: entry.label.get(language).to_owned(),
        holds: holds(entry, words, language),
        values: values
            .map(|code| (code.key.clone(), code.label.get(language).to_owned()))
            .collect(),
        asked: entry.asked_in_words(words, language).to_owned(),
        wording: entry.wording_in_words(words, language).to_owned(),
    }
}

/// `heltal, 0–60 000, personer`
fn holds(entry: &Entry, words: &Words, language: Language) -> String {
    let number = |number: Number| match language {
        Language::Swedish => number.to_swedish(),
        Language::English => number.to_plain(),
    };
    let bounds = entry
        .least
        .zip(entry.most)
        .map(|(least, most)| format!("{}–{}", number(least), number(most)));
    let unit = entry
        .unit
        .as_ref()
        .map(|unit| unit.get(language).to_owned());
    [
        Some(entry.holds_in_words(words, language).to_owned()),
        bounds,
        unit,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

fn legend(lines: Vec<(&'static str, &str)>) -> Legend {
    lines
        .into_iter()
        .map(|(code, meaning)| (code.to_owned(), meaning.to_owned()))
        .collect()
}

//! Process figures.

use std::collections::{BTreeMap, BTreeSet};

use app::staff::{
    Role,
    cleaning::{FiguresPage, RuleLine, StepLine, TotalLine},
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use survey::statistics::{Passage, Process, Processed, Totals};
use uuid::Uuid;

use super::Asked;
use crate::{
    cleaning::{figures_csv, verdicts},
    storage::{Earlier, Step},
    web::staff::{Analyst, Asked as Address, Reader, StaffVisit},
};

pub(super) async fn show(reader: Reader, Path(key): Path<String>, address: Address) -> Response {
    match page(&reader, &key, &address).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, address: &Address) -> Result<Response, Response> {
    let asked = reader.cleaning_asked(key).await?;
    let (totals, process) = reader.process(&asked).await?;
    let region = address.text("region");
    let regions: BTreeSet<&String> = process
        .rules
        .keys()
        .map(|(_, region)| region)
        .filter(|region| !region.is_empty())
        .collect();
    let rules: Vec<RuleLine> = process
        .rules
        .iter()
        .filter(|((_, place), _)| place == region)
        .map(|((rule, _), count)| RuleLine {
            name: reader.rule_named(&asked.ready, rule),
            count: *count,
        })
        .collect();
    let lines: Vec<TotalLine> = totals
        .list
        .iter()
        .zip(&process.totals)
        .map(|(total, passage)| {
            let label = total.label.get(reader.language).to_owned();
            reader.total_line(&asked, label, passage)
        })
        .collect();
    let page = FiguresPage {
        frame: &reader.frame(),
        round: &asked.round.key,
        units: process.units,
        region,
        regions: &regions.into_iter().cloned().collect::<Vec<_>>(),
        rules: &rules,
        totals: &lines,
        may_download: reader.staff.role >= Role::Analyst,
    };
    Ok(reader.page(page.html()))
}

pub(super) async fn download(analyst: Analyst, Path(key): Path<String>) -> Response {
    match downloaded(&analyst, &key).await {
        Ok(response) | Err(response) => response,
    }
}

async fn downloaded(analyst: &Analyst, key: &str) -> Result<Response, Response> {
    let asked = analyst.cleaning_asked(key).await?;
    let (totals, process) = analyst.process(&asked).await?;
    let content = figures_csv(&asked.round.key, &asked.ready.rules, &totals, &process);
    let file = "cleaning_process.csv";
    let id = analyst.new_id().map_err(|error| analyst.broken(&error))?;
    let detail = serde_json::json!({ "file": file });
    analyst
        .world
        .shared
        .database
        .note(
            &analyst.actor(),
            "cleaning.figures_downloaded",
            &asked.round.key,
            &detail,
            analyst.now,
            id,
        )
        .await
        .map_err(|error| analyst.broken(&error))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"cleaning_process.csv\""),
        ),
    ];
    Ok((headers, content).into_response())
}

impl StaffVisit {
    async fn process(&self, asked: &Asked) -> Result<(Totals, Process), Response> {
        let database = &self.world.shared.database;
        let round = asked.round.id;
        let (editions, ledger, decisions) = tokio::join!(
            database.editions_of_round(round, None),
            database.ledger_of_round(round, None),
            database.decisions_of_round(round),
        );
        let broken = |error| self.broken(&error);
        let (editions, ledger) = (editions.map_err(broken)?, ledger.map_err(broken)?);
        let mut steps: BTreeMap<Uuid, Vec<survey::cleaning::Entry>> = BTreeMap::new();
        for Step {
            edition_id, entry, ..
        } in ledger
        {
            steps.entry(edition_id).or_default().push(entry);
        }
        let decisions = decisions.map_err(broken)?;
        let of_case: BTreeMap<Uuid, &[Earlier]> = decisions
            .chunk_by(|one, other| one.case_id == other.case_id)
            .filter_map(|of_case| Some((of_case.first()?.case_id, of_case)))
            .collect();
        let totals = Totals::of(&asked.ready.instrument);
        let mut process = Process::none(&totals);
        for edition in &editions {
            let ledger = steps
                .get(&edition.edition_id)
                .map_or(&[][..], Vec::as_slice);
            let decisions = of_case.get(&edition.case_id).copied().unwrap_or_default();
            let unit = Processed {
                region: &edition.region,
                values: &edition.values,
                ledger,
                queries: &edition.queries,
                verdicts: &verdicts(decisions, ledger, &edition.unfit),
            };
            process.add(&asked.ready.instrument, &totals, &unit);
        }
        Ok((totals, process))
    }

    fn total_line(&self, asked: &Asked, label: String, passage: &Passage) -> TotalLine {
        TotalLine {
            label,
            typed: passage.typed,
            steps: passage
                .steps
                .iter()
                .map(|step| StepLine {
                    rule: self.rule_named(&asked.ready, &step.rule),
                    change: step.change,
                    values: step.values,
                    units: step.units,
                })
                .collect(),
            held: passage.held,
            held_values: passage.held_values,
            cleaned: passage.cleaned,
            units: passage.units,
            uncorrected: passage.uncorrected,
            uncorrected_units: passage.uncorrected_units,
        }
    }
}

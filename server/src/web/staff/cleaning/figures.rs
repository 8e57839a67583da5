//! Process figures.

use std::collections::BTreeMap;

use app::staff::{
    Role,
    cleaning::{FiguresPage, ListFilter, RuleLine, StepLine, TotalLine},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use dataset::export::{Dialect, Format};
use survey::statistics::{Passage, Process, Processed, Total, Totals};
use uuid::Uuid;

use super::{Asked, part::part_unknown};
use crate::{
    cleaning::{figures_csv, verdicts},
    data::{now, written},
    storage::{Earlier, Step, Timestamp},
    web::staff::{Analyst, Asked as Address, Reader, StaffVisit, data::as_file},
};

pub(super) async fn show(reader: Reader, Path(key): Path<String>, address: Address) -> Response {
    match page(&reader, &key, &address).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, address: &Address) -> Result<Response, Response> {
    let asked = reader.cleaning_asked(key).await?;
    let filter = ListFilter::read(|name| address.text(name));
    let all = Totals::of(&asked.ready.instrument);
    let totals = if filter.row.is_empty() {
        all.clone()
    } else {
        all.in_row(&filter.row)
    };
    let process = reader.process(&asked, &totals, None).await?;
    let regions = process.places.keys().map(String::as_str);
    let regions = regions.filter(|region| *region != Process::COUNTRY);
    let unknown = part_unknown(&all, regions.clone(), &filter);
    let rules: Vec<RuleLine> = process
        .rules
        .iter()
        .filter(|((_, region), _)| *region == filter.region)
        .map(|((rule, _), count)| RuleLine {
            name: reader.rule_named(&asked.ready, rule),
            count: *count,
        })
        .collect();
    let place = process.places.get(&filter.region);
    let lines: Vec<TotalLine> = place
        .into_iter()
        .flat_map(|place| totals.list.iter().zip(&place.totals))
        .map(|(total, passage)| reader.total_line(&asked, total, passage))
        .collect();
    let in_rows = reader.row_choice(&all);
    let page = FiguresPage {
        frame: &reader.frame(),
        round: &asked.round.key,
        name: &reader.title_of_round(&asked.round, &asked.ready.instrument),
        units: place.map_or(0, |place| place.units),
        filter: &filter,
        unknown: unknown.as_ref(),
        regions: &regions.map(str::to_owned).collect::<Vec<_>>(),
        in_rows: in_rows.as_ref(),
        rules: &rules,
        totals: &lines,
        may_download: reader.staff.role >= Role::Analyst,
    };
    Ok(reader.page(page.html()))
}

/// The figures at the last whole second, like the files of answers.
pub(super) async fn download(
    analyst: Analyst,
    Path(key): Path<String>,
    address: Address,
) -> Response {
    let format = match address.text("format") {
        "" => Some(Format::Csv),
        name => Format::from_name(name),
    };
    let Some((format, dialect)) = format.and_then(|format| Some((format, format.dialect()?)))
    else {
        return analyst.bad();
    };
    match downloaded(&analyst, &key, format, dialect).await {
        Ok(response) | Err(response) => response,
    }
}

async fn downloaded(
    analyst: &Analyst,
    key: &str,
    format: Format,
    dialect: Dialect,
) -> Result<Response, Response> {
    let asked = analyst.cleaning_asked(key).await?;
    let at = now(analyst.now);
    let totals = Totals::of(&asked.ready.instrument);
    let instrument = asked.ready.instrument.clone();
    // The cut is closed before anything of it is read.
    let files = analyst
        .data_files(&asked.round, instrument, at)
        .await
        .map_err(|error| analyst.broken(&error))?;
    let process = analyst.process(&asked, &totals, Some(at)).await?;
    let content = figures_csv(&files.about, &totals, &process, dialect);
    let file = files.figures_name(format);
    let id = analyst.new_id().map_err(|error| analyst.broken(&error))?;
    let detail = serde_json::json!({ "file": file, "cut": written(at) });
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
    Ok((as_file(&file, format), content).into_response())
}

impl StaffVisit {
    /// With `cut`, as it was at that moment.
    async fn process(
        &self,
        asked: &Asked,
        totals: &Totals,
        cut: Option<Timestamp>,
    ) -> Result<Process, Response> {
        let database = &self.world.shared.database;
        let round = asked.round.id;
        let (editions, ledger, decisions) = tokio::join!(
            database.editions_of_round(round, cut),
            database.ledger_of_round(round, cut),
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
        let mut process = Process::none(totals);
        for edition in &editions {
            let ledger = steps
                .get(&edition.edition_id)
                .map_or(&[][..], Vec::as_slice);
            let decisions = of_case.get(&edition.case_id).copied().unwrap_or_default();
            let known = decisions.partition_point(|decision| decision.number <= edition.decided);
            let decisions = &decisions[..known];
            let unit = Processed {
                region: &edition.region,
                values: &edition.values,
                ledger,
                queries: &edition.queries,
                verdicts: &verdicts(decisions, ledger, &edition.unfit),
            };
            process.add(&asked.ready.instrument, totals, &unit);
        }
        Ok(process)
    }

    fn total_line(&self, asked: &Asked, total: &Total, passage: &Passage) -> TotalLine {
        let unit = total.unit.as_ref();
        TotalLine {
            label: total.label.get(self.language).to_owned(),
            unit: unit.map_or_else(String::new, |unit| unit.get(self.language).to_owned()),
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

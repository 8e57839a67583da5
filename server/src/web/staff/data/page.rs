//! What there is to download at a data cut.

use app::staff::{
    data::{DataCounts, DataPage},
    form::Fault,
};
use axum::{extract::Path, http::StatusCode, response::Response};
use dataset::export::{Format, Kind, Tally};
use survey::cleaning::Status;

use super::super::{Analyst, Asked};
use crate::{
    data::{DataFiles, MomentError, moment, now, written},
    storage::Timestamp,
};

pub(super) async fn show(analyst: Analyst, Path(key): Path<String>, asked: Asked) -> Response {
    match page(&analyst, &key, asked.text("snitt")).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(analyst: &Analyst, key: &str, typed: &str) -> Result<Response, Response> {
    let round = analyst.round_asked(key).await?;
    let (cut, faults) = analyst.cut(typed);
    let earlier = !typed.is_empty() && faults.is_empty();
    let name = analyst.title_of_round(&round.round, &round.instrument);
    let files = analyst
        .data_files(&round.round, round.instrument, cut)
        .await
        .map_err(|error| analyst.broken(&error))?;
    let tally = files
        .tally()
        .await
        .map_err(|error| analyst.broken(&error))?;
    let rounds = analyst.round_choices().await?;
    let page = DataPage {
        frame: &analyst.frame(),
        round: key,
        name: &name,
        pilot: round.round.pilot,
        rounds: &rounds,
        cut: &written(cut),
        moment: &analyst.exactly(cut),
        earlier,
        typed,
        counts: &counts(&files, &tally),
        kinds: &[Kind::Cleaned, Kind::Both, Kind::Raw].map(Kind::name),
        formats: &[Format::Xlsx, Format::Csv, Format::CsvExcel].map(Format::name),
        faults: &faults,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(analyst.page_with(status, page.html()))
}

impl Analyst {
    /// `15 juni 2022 kl. 14:32:05`: a cut to the second, so that it is told from others in the same minute.
    fn exactly(&self, cut: Timestamp) -> String {
        let written = written(cut);
        let time = written.split_once('T').map_or("", |(_, time)| time);
        self.frame().common.moment(&self.date(cut), time)
    }

    /// The cut that was asked for; the present where none was, or where it cannot be had.
    fn cut(&self, typed: &str) -> (Timestamp, Vec<Fault>) {
        let words = &self.frame().words.data;
        let fault = |text: &str| vec![Fault::new("snitt", text)];
        let present = now(self.now);
        if typed.is_empty() {
            return (present, Vec::new());
        }
        match moment(typed, self.now) {
            Ok(cut) => (cut, Vec::new()),
            Err(MomentError::Unreadable(_)) => (present, fault(&words.cut_unreadable)),
            Err(MomentError::Future(_)) => (present, fault(&words.cut_future)),
        }
    }
}

fn counts(files: &DataFiles, tally: &Tally) -> DataCounts {
    DataCounts {
        submitted: files.cases(Kind::Raw).len().try_into().unwrap_or(u64::MAX),
        units: tally.units,
        values: tally.values(),
        corrected: tally.of(Status::Corrected),
        corrected_units: tally.corrected_units,
        awaiting: tally.of(Status::AwaitingDecision),
        held: tally.held,
        not_cleaned: files.cut.not_cleaned.into(),
        rule_sets: files.about.rule_sets.clone(),
    }
}

//! Every round, and a new one.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        rounds::{NewRoundPage, RoundForm, RoundLine, RoundsPage, round_path},
    },
};
use axum::{http::StatusCode, response::Response};

use super::{LONGEST, or_broken, said, typed};
use crate::{
    instruments,
    rounds::{self, Proposal, ProposalError, dates},
    storage::CreateRoundError,
    web::staff::{Administrator, Posted, Reader},
};

pub(super) async fn show(reader: Reader) -> Response {
    let database = &reader.world.shared.database;
    let mut lines = Vec::new();
    for round in or_broken!(reader, database.rounds().await) {
        lines.push(RoundLine {
            state: reader.state(&round),
            pilot: round.pilot,
            first_day: reader.opening(round.opens_at),
            last_day: reader.closing(round.closes_at),
            units: or_broken!(reader, database.cases_in_round(round.id).await),
            key: round.key,
        });
    }
    let frame = reader.frame();
    let page = RoundsPage {
        frame: &frame,
        rounds: lines,
        may_change: reader.staff.role >= Role::Administrator,
    };
    reader.page(page.html())
}

pub(super) async fn new(boss: Administrator) -> Response {
    boss.page(boss.new_round(RoundForm::default(), Vec::new()))
}

pub(super) async fn create(boss: Administrator, posted: Posted) -> Response {
    let form = RoundForm {
        key: typed(&posted, "nyckel"),
        instrument: typed(&posted, "enkat"),
        opens: typed(&posted, "oppnar"),
        last_day: typed(&posted, "sista"),
        kind: typed(&posted, "slag"),
        selection: typed(&posted, "urval"),
        sender_name: typed(&posted, "avsandare"),
        sender_address: typed(&posted, "adress"),
    };
    let proposal = match boss.proposal(&form) {
        Ok(proposal) => proposal,
        Err(faults) => {
            let html = boss.new_round(form, faults);
            return boss.page_with(StatusCode::UNPROCESSABLE_ENTITY, html);
        }
    };
    let shared = &boss.world.shared;
    let actor = boss.actor();
    let created = rounds::create(
        &shared.database,
        shared.translations,
        &proposal,
        &actor,
        boss.now,
        shared.chance,
    );
    match created.await {
        Ok(created) => boss.go(&format!("{}?gjort=skapad", round_path(&created.round.key))),
        Err(error) => match boss.fault(&error) {
            Some(fault) => {
                let html = boss.new_round(form, vec![fault]);
                boss.page_with(StatusCode::UNPROCESSABLE_ENTITY, html)
            }
            None => boss.broken(&error),
        },
    }
}

impl Administrator {
    fn new_round(&self, form: RoundForm, faults: Vec<Fault>) -> String {
        let frame = self.frame();
        NewRoundPage {
            frame: &frame,
            form,
            instruments: instruments::keys().into_iter().rev().collect(),
            faults,
        }
        .html()
    }

    fn proposal(&self, form: &RoundForm) -> Result<Proposal, Vec<Fault>> {
        let words = self.round_words();
        let mut faults = Vec::new();
        let mut fault = |field: &str, key: &str| {
            faults.push(Fault::new(field, said(&words.faults, key)));
        };
        if !rounds::is_key(&form.key) {
            fault("nyckel", "key");
        }
        let instrument = instruments::source(&form.instrument);
        if instrument.is_none() {
            fault("enkat", "instrument");
        }
        let opens = dates::from(&form.opens).ok();
        if opens.is_none() {
            fault("oppnar", "date");
        }
        let closes = dates::until(&form.last_day).ok();
        if closes.is_none() {
            fault("sista", "date");
        }
        if opens
            .zip(closes)
            .is_some_and(|(opens, closes)| closes <= opens)
        {
            fault("sista", "order");
        }
        if form.sender_name.chars().count() > LONGEST {
            fault("avsandare", "too_long");
        }
        match (instrument, opens, closes) {
            (Some(instrument), Some(opens_at), Some(closes_at)) if faults.is_empty() => {
                Ok(Proposal {
                    key: form.key.clone(),
                    instrument,
                    opens_at,
                    closes_at,
                    pilot: form.kind == "pilot",
                    selection: form.selection.clone(),
                    sender_name: form.sender_name.clone(),
                    sender_address: form.sender_address.clone(),
                    mailings: dates::usual(opens_at),
                })
            }
            _ => Err(faults),
        }
    }

    /// What somebody can mend of it, at its field.
    fn fault(&self, error: &ProposalError) -> Option<Fault> {
        let words = self.round_words();
        let plain = |field: &str, key: &str| Some(Fault::new(field, said(&words.faults, key)));
        match error {
            ProposalError::Key => plain("nyckel", "key"),
            ProposalError::Instrument(_) => plain("enkat", "instrument"),
            ProposalError::Sender(_) => plain("adress", "address"),
            ProposalError::Selection(faults) => {
                let told: Vec<String> = faults
                    .iter()
                    .map(|fault| format!("{} {}", fault.wrong, fault.right))
                    .collect();
                let text = fill(
                    said(&words.faults, "selection"),
                    &[("fault", &told.join(" "))],
                );
                Some(Fault::new("urval", text))
            }
            ProposalError::Create(CreateRoundError::Exists) => plain("nyckel", "key_taken"),
            ProposalError::Create(CreateRoundError::ClosesBeforeItOpens) => plain("sista", "order"),
            _ => None,
        }
    }
}

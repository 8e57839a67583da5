//! One round: what it is, what may be changed, opening and closing it.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        rounds::{ConfirmPage, RoundForm, RoundPage, round_path},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};

use super::{LONGEST, or_broken, or_response, said, typed};
use crate::{
    rounds::dates,
    storage::{ChangeRoundError, Round, RoundChange, RoundSetup, TurnRoundError},
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

pub(super) async fn show(reader: Reader, Path(key): Path<String>, asked: Asked) -> Response {
    let round = or_response!(reader.round_named(&key).await);
    let words = reader.round_words();
    let told = match asked.text("gjort") {
        "skapad" => Some(words.created.clone()),
        "sparat" => Some(words.saved.clone()),
        "vant" => Some(words.turned.clone()),
        _ => None,
    };
    match reader.round_page(&round, None, told, Vec::new()).await {
        Ok(html) => reader.page(html),
        Err(response) => response,
    }
}

pub(super) async fn change(
    boss: Administrator,
    Path(key): Path<String>,
    posted: Posted,
) -> Response {
    let round = or_response!(boss.round_named(&key).await);
    let form = RoundForm {
        opens: typed(&posted, "oppnar"),
        last_day: typed(&posted, "sista"),
        sender_name: typed(&posted, "avsandare"),
        sender_address: typed(&posted, "adress"),
        ..RoundForm::default()
    };
    let change = match boss.changed(&round, &form) {
        Ok(change) => change,
        Err(faults) => return boss.faulty(&round, form, faults).await,
    };
    let line = or_broken!(boss, boss.new_id());
    let database = &boss.world.shared.database;
    let done = database
        .change_round(round.id, &change, &boss.actor(), boss.now, line)
        .await;
    let fault = match done {
        Ok(()) => return boss.go(&format!("{}?gjort=sparat", round_path(&round.key))),
        Err(ChangeRoundError::Unknown) => return boss.missing(),
        Err(ChangeRoundError::Opened) => ("oppnar", "opened"),
        Err(ChangeRoundError::ClosesBeforeItOpens) => ("sista", "order"),
        Err(error @ ChangeRoundError::Database(_)) => return boss.broken(&error),
    };
    let fault = Fault::new(fault.0, said(&boss.round_words().faults, fault.1));
    boss.faulty(&round, form, vec![fault]).await
}

pub(super) async fn ask_open(boss: Administrator, Path(key): Path<String>) -> Response {
    let round = or_response!(boss.round_named(&key).await);
    let words = boss.round_words();
    let texts = [&words.open_title, &words.open_lead, &words.open_do];
    boss.ask(&round, texts.map(String::as_str), "oppna")
}

pub(super) async fn ask_close(boss: Administrator, Path(key): Path<String>) -> Response {
    let round = or_response!(boss.round_named(&key).await);
    let words = boss.round_words();
    let texts = [&words.close_title, &words.close_lead, &words.close_do];
    boss.ask(&round, texts.map(String::as_str), "stang")
}

pub(super) async fn open(boss: Administrator, Path(key): Path<String>) -> Response {
    boss.turn(&key, true).await
}

pub(super) async fn close(boss: Administrator, Path(key): Path<String>) -> Response {
    boss.turn(&key, false).await
}

impl StaffVisit {
    /// `form` as typed, where it is to be mended.
    async fn round_page(
        &self,
        round: &Round,
        form: Option<RoundForm>,
        told: Option<String>,
        faults: Vec<Fault>,
    ) -> Result<String, Response> {
        let shared = &self.world.shared;
        let broken = |error: sqlx::Error| self.broken(&error);
        let setup = shared.database.round_setup(round.id).await;
        let setup = setup.map_err(broken)?.unwrap_or_default();
        let units = shared.database.cases_in_round(round.id).await;
        let frame = self.frame();
        let page = RoundPage {
            frame: &frame,
            key: &round.key,
            state: self.state(round),
            pilot: round.pilot,
            instrument: format!("{} {}", round.instrument_key, round.instrument_version),
            first_day: self.opening(round.opens_at),
            last_day: self.closing(round.closes_at),
            units: units.map_err(broken)?,
            selection: &setup.selection,
            sender: self.sender(round, &setup).await,
            form: form.unwrap_or_else(|| RoundForm {
                opens: dates::day(round.opens_at),
                last_day: dates::last_day(round.closes_at),
                sender_name: setup.sender_name.clone(),
                sender_address: setup.sender_address.clone(),
                ..RoundForm::default()
            }),
            may_change: self.staff.role >= Role::Administrator,
            told,
            faults,
        };
        Ok(page.html())
    }

    /// The round's, or else the instrument's.
    async fn sender(&self, round: &Round, setup: &RoundSetup) -> String {
        let instrument = self.world.instrument(round.id).await.ok();
        let of = instrument.as_ref().map(|instrument| &instrument.sender);
        let (name, address) = of.map_or(("", ""), |sender| {
            (sender.name.get(self.language), sender.email.as_str())
        });
        let or = |own: &str, other: &str| if own.is_empty() { other } else { own }.to_owned();
        let name = or(&setup.sender_name, name);
        let address = or(&setup.sender_address, address);
        format!("{name} <{address}>")
    }
}

impl Administrator {
    async fn faulty(&self, round: &Round, form: RoundForm, faults: Vec<Fault>) -> Response {
        match self.round_page(round, Some(form), None, faults).await {
            Ok(html) => self.page_with(StatusCode::UNPROCESSABLE_ENTITY, html),
            Err(response) => response,
        }
    }

    /// A day that was not touched keeps its time, too.
    fn changed(&self, round: &Round, form: &RoundForm) -> Result<RoundChange, Vec<Fault>> {
        let words = self.round_words();
        let mut faults = Vec::new();
        let mut fault = |field: &str, key: &str| {
            faults.push(Fault::new(field, said(&words.faults, key)));
        };
        let opened = round.opens_at <= self.now;
        let opens_at = if opened || form.opens == dates::day(round.opens_at) {
            Some(round.opens_at)
        } else {
            dates::from(&form.opens).ok()
        };
        if opens_at.is_none() {
            fault("oppnar", "date");
        }
        let closes_at = if form.last_day == dates::last_day(round.closes_at) {
            Some(round.closes_at)
        } else {
            dates::until(&form.last_day).ok()
        };
        if closes_at.is_none() {
            fault("sista", "date");
        }
        let address = &form.sender_address;
        if !address.is_empty() && address.parse::<::mail::Address>().is_err() {
            fault("adress", "address");
        }
        if form.sender_name.chars().count() > LONGEST {
            fault("avsandare", "too_long");
        }
        match (opens_at, closes_at) {
            (Some(opens_at), Some(closes_at)) if faults.is_empty() => Ok(RoundChange {
                opens_at,
                closes_at,
                sender_name: form.sender_name.clone(),
                sender_address: form.sender_address.clone(),
            }),
            _ => Err(faults),
        }
    }

    fn ask(&self, round: &Round, [title, lead, button]: [&str; 3], way: &str) -> Response {
        let frame = self.frame();
        let here = round_path(&round.key);
        let page = ConfirmPage {
            frame: &frame,
            title: fill(title, &[("round", &round.key)]),
            lead: lead.to_owned(),
            pilot: round.pilot,
            button: Some(button.to_owned()),
            action: format!("{here}/{way}"),
            back: here,
        };
        self.page(page.html())
    }

    /// Opens or closes. What has happened already is what was asked for.
    async fn turn(&self, key: &str, open: bool) -> Response {
        let round = or_response!(self.round_named(key).await);
        let line = or_broken!(self, self.new_id());
        let shared = &self.world.shared;
        let done = if open {
            let database = &shared.database;
            database
                .open_round(round.id, &self.actor(), self.now, line)
                .await
        } else {
            let database = &shared.database;
            database
                .close_round(round.id, &self.actor(), self.now, line)
                .await
        };
        match done {
            Ok(()) => {
                shared.mail.wake.wake();
                self.go(&format!("{}?gjort=vant", round_path(&round.key)))
            }
            Err(TurnRoundError::Unknown) => self.missing(),
            Err(TurnRoundError::Open | TurnRoundError::Closed | TurnRoundError::NotOpen) => {
                self.go(&round_path(&round.key))
            }
            Err(error @ TurnRoundError::Database(_)) => self.broken(&error),
        }
    }
}

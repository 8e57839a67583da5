//! Follow-up: the round at a glance, the units behind each number, the tables, and the regions' links.

mod behind;
mod dashboard;
mod group;
mod links;
mod region;
mod tables;
mod timeline;

use std::sync::Arc;

use app::staff::{
    Current,
    follow_up::{NoRoundPage, RoundChoice, RoundHead, SectionNames},
    rates::group_names,
};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use survey::{
    instrument::Instrument,
    statistics::{Dimension, dimensions},
};

use super::{Asked as Query, StaffVisit};
use crate::{
    storage::{Round, Timestamp},
    web::World,
};

pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/admin", get(dashboard::latest))
        .route("/admin/uppfoljning", get(dashboard::latest))
        .route("/admin/uppfoljning/{round}", get(dashboard::show))
        .route("/admin/uppfoljning/{round}/enheter", get(behind::show))
        .route("/admin/uppfoljning/{round}/grupp", get(group::show))
        .route(
            "/admin/uppfoljning/{round}/regionlankar",
            get(links::show).post(links::make),
        )
        .route(
            "/admin/uppfoljning/{round}/regionlankar/{link}/aterkalla",
            post(links::revoke),
        )
        .route("/admin/tabeller", get(tables::latest))
        .route("/admin/tabeller/{round}", get(tables::show))
        .route("/admin/tabeller/{round}/{file}", get(tables::download))
        .route("/region/{token}", get(region::show))
}

/// A round with the questionnaire that it asks.
pub(super) struct Asked {
    pub round: Round,
    pub instrument: Arc<Instrument>,
}

impl StaffVisit {
    /// The round of that key; else the page to show instead.
    pub(super) async fn round_asked(&self, key: &str) -> Result<Asked, Response> {
        let database = &self.world.shared.database;
        let round = database
            .round(key)
            .await
            .map_err(|error| self.broken(&error))?
            .ok_or_else(|| self.missing())?;
        let instrument = self
            .world
            .instrument(round.id)
            .await
            .map_err(|error| self.broken(&error))?;
        Ok(Asked { round, instrument })
    }

    /// On to the page of the round that matters now, or what to say where there is none.
    pub(super) async fn to_latest(&self, area: &str, current: Current) -> Response {
        match self.world.shared.database.rounds().await {
            Ok(rounds) => match latest(&rounds, self.now) {
                Some(round) => self.go(&format!("{area}/{}", encoded(&round.key))),
                None => self.page(
                    NoRoundPage {
                        frame: &self.frame(),
                        current,
                    }
                    .html(),
                ),
            },
            Err(error) => self.broken(&error),
        }
    }

    /// What there is to choose between.
    pub(super) async fn round_choices(&self) -> Result<Vec<RoundChoice>, Response> {
        let rounds = self.world.shared.database.rounds().await;
        let rounds = rounds.map_err(|error| self.broken(&error))?;
        Ok(rounds
            .into_iter()
            .map(|round| RoundChoice {
                key: round.key,
                pilot: round.pilot,
            })
            .collect())
    }

    /// What the round is called: its questionnaire, with the round where it is not named like it.
    pub(super) fn title_of_round(&self, round: &Round, instrument: &Instrument) -> String {
        let title = instrument.title.get(self.language);
        if round.key == instrument.key {
            title.to_owned()
        } else {
            format!("{title} ({})", round.key)
        }
    }

    fn round_head(&self, round: &Round) -> RoundHead {
        RoundHead {
            key: round.key.clone(),
            pilot: round.pilot,
            opens: self.date(round.opens_at),
            closes: self.date(last_moment(round)),
            opened: self.now >= round.opens_at,
            closed: self.now >= round.closes_at,
        }
    }
}

impl Asked {
    fn dimensions(&self, visit: &StaffVisit) -> Vec<Dimension> {
        dimensions(&self.instrument, &group_names(visit.world.words()))
    }

    fn sections(&self, visit: &StaffVisit) -> SectionNames {
        let sections = self.instrument.sections.iter();
        SectionNames(
            sections
                .map(|section| {
                    (
                        section.key.clone(),
                        section.title.get(visit.language).to_owned(),
                    )
                })
                .collect(),
        )
    }
}

/// A group of one of the instrument's dimensions, where the address names one.
fn group<'d>(
    query: &Query,
    dimensions: &'d [Dimension],
) -> Result<Option<(&'d Dimension, String)>, ()> {
    let (key, category) = (query.text("dimension"), query.text("grupp"));
    if key.is_empty() {
        return Ok(None);
    }
    let dimension = dimensions.iter().find(|one| one.key == key).ok_or(())?;
    // PostgreSQL takes no such character, and no name has it.
    if category.contains('\0') {
        return Err(());
    }
    Ok(Some((dimension, category.to_owned())))
}

/// The last moment at which answers are taken.
fn last_moment(round: &Round) -> Timestamp {
    Timestamp::from_millis(round.closes_at.millis() - 1)
}

/// Of rounds with the one that opens last first: the last that has opened and is no pilot, else what comes closest.
fn latest(rounds: &[Round], now: Timestamp) -> Option<&Round> {
    let real = || rounds.iter().filter(|round| !round.pilot);
    real()
        .find(|round| round.opens_at <= now)
        .or_else(|| real().next_back())
        .or_else(|| rounds.first())
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn round(key: &str, opens: i64, pilot: bool) -> Round {
        Round {
            id: Uuid::nil(),
            key: key.to_owned(),
            instrument_key: String::new(),
            instrument_version: String::new(),
            opens_at: Timestamp::from_millis(opens),
            closes_at: Timestamp::from_millis(opens + 10),
            pilot,
        }
    }

    fn chosen(rounds: &[Round]) -> Option<&str> {
        latest(rounds, Timestamp::from_millis(100)).map(|round| round.key.as_str())
    }

    #[test]
    fn the_round_that_opened_last_is_shown_and_no_pilot_while_there_is_another() {
        let rounds = [
            round("planned", 200, false),
            round("pilot", 90, true),
            round("now", 80, false),
            round("before", 10, false),
        ];
        assert_eq!(chosen(&rounds), Some("now"));
        assert_eq!(chosen(&rounds[..1]), Some("planned"));
        assert_eq!(chosen(&rounds[1..2]), Some("pilot"));
        assert_eq!(chosen(&[]), None);
    }
}

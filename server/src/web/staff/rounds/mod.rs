//! Rounds, their mailings, the letters that were sent, and the mailbox inside the product.

mod letter;
mod list;
mod mailbox;
mod mailings;
mod messages;
mod plan;
mod round;

use app::staff::rounds::{Destination, RoundState, RoundsWords};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use super::{Posted, StaffVisit};
use crate::{
    mail,
    rounds::dates,
    storage::{Mailing, MailingNumber, Round, Timestamp},
    web::World,
};

/// Characters of a name.
const LONGEST: usize = 200;

pub(super) fn routes() -> Router<World> {
    const ROUND: &str = "/admin/omgangar/{key}";
    const MAILINGS: &str = "/admin/omgangar/{key}/utskick";
    let of_round = |way: &str| format!("{ROUND}/{way}");
    let of_mailing = |way: &str| format!("{MAILINGS}/{{number}}{way}");
    Router::new()
        .route("/admin/omgangar", get(list::show).post(list::create))
        .route("/admin/omgangar/ny", get(list::new))
        .route(ROUND, get(round::show).post(round::change))
        .route(&of_round("oppna"), get(round::ask_open).post(round::open))
        .route(&of_round("stang"), get(round::ask_close).post(round::close))
        .route(MAILINGS, get(mailings::show).post(mailings::plan))
        .route(&of_round("utskick/paus"), post(mailings::pause))
        .route(&of_mailing(""), get(letter::show).post(letter::save))
        .route(&of_mailing("/prov"), post(letter::test))
        .route(&of_mailing("/plan"), get(plan::show))
        .route(&of_mailing("/plan.csv"), get(plan::csv))
        .route(&of_mailing("/skicka"), get(plan::ask_send).post(plan::send))
        .route(&of_mailing("/brev"), get(messages::list))
        .route(&of_mailing("/brev/{id}"), get(messages::show))
        .route("/admin/brevlada", get(mailbox::list))
        .route("/admin/brevlada/{id}", get(mailbox::show))
}

/// What a storage call gave, or the page that says that something failed.
macro_rules! or_broken {
    ($visit:expr, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return $visit.broken(&error),
        }
    };
}
use or_broken;

/// What was found, or the page that says otherwise.
macro_rules! or_response {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(response) => return response,
        }
    };
}
use or_response;

impl StaffVisit {
    fn round_words(&self) -> &'static RoundsWords {
        &self.frame().words.rounds
    }

    /// The round of an address.
    async fn round_named(&self, key: &str) -> Result<Round, Response> {
        match self.world.shared.database.round(&plain(key)).await {
            Ok(Some(round)) => Ok(round),
            Ok(None) => Err(self.missing()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// The round and the mailing of an address.
    async fn mailing_named(
        &self,
        (key, number): &(String, String),
    ) -> Result<(Round, Mailing), Response> {
        let round = self.round_named(key).await?;
        let number = number
            .parse::<i64>()
            .ok()
            .and_then(|number| MailingNumber::try_from(number).ok());
        let mailings = self.world.shared.database.mailings(round.id).await;
        let mailings = mailings.map_err(|error| self.broken(&error))?;
        let mailing = mailings
            .into_iter()
            .find(|mailing| Some(mailing.number) == number);
        mailing
            .map(|mailing| (round, mailing))
            .ok_or_else(|| self.missing())
    }

    fn state(&self, round: &Round) -> RoundState {
        if self.now < round.opens_at {
            RoundState::Planned
        } else if self.now < round.closes_at {
            RoundState::Open
        } else {
            RoundState::Closed
        }
    }

    /// A day, with the time where it does not begin with the day.
    fn opening(&self, opens_at: Timestamp) -> String {
        if is_midnight(opens_at) {
            self.date(opens_at)
        } else {
            self.moment(opens_at)
        }
    }

    /// The last day, or the moment where it does not end with the day.
    fn closing(&self, closes_at: Timestamp) -> String {
        if is_midnight(closes_at) {
            self.date(closes_at.before(std::time::Duration::from_millis(1)))
        } else {
            self.moment(closes_at)
        }
    }

    fn destination(&self) -> Destination {
        match self.world.shared.mail.destination {
            mail::Destination::Smtp => Destination::Smtp,
            mail::Destination::Mailbox => Destination::Mailbox,
            mail::Destination::Nowhere => Destination::Nowhere,
        }
    }
}

fn is_midnight(moment: Timestamp) -> bool {
    dates::minute(moment).ends_with("T00:00")
}

/// A text that both databases can hold.
fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn typed(posted: &Posted, name: &str) -> String {
    plain(posted.text(name))
}

/// A text by its key; the key itself where there is none.
fn said<'t>(table: &'t std::collections::BTreeMap<String, String>, key: &'t str) -> &'t str {
    table.get(key).map_or(key, String::as_str)
}

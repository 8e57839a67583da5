//! Cleaning on screen: the list, one case, letters to chiefs, and the process figures.

mod case;
mod decide;
mod figures;
mod form;
mod intent;
mod letter;
mod list;
mod overtaken;
mod part;
mod ranking;
mod shown;
mod steps;

use std::sync::Arc;

use app::staff::{
    Current,
    cleaning::{NoRulesPage, rule_name},
};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use super::{Reader, StaffVisit};
use survey::cleaning::Raw;

use crate::{
    cleaning::{self, RawError, Ready},
    storage::{CaseToClean, Edition, Round},
    web::World,
};

pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/admin/rattning", get(latest))
        .route("/admin/rattning/{round}", get(list::show))
        .route("/admin/rattning/{round}/ratta-nya", post(list::clean_new))
        .route("/admin/rattning/{round}/matt", get(figures::show))
        .route("/admin/rattning/{round}/matt.csv", get(figures::download))
        .route("/admin/rattning/{round}/{unit}", get(case::show))
        .route(
            "/admin/rattning/{round}/{unit}/beslut",
            post(decide::decide),
        )
        .route("/admin/rattning/{round}/{unit}/angra", post(decide::undo))
        .route(
            "/admin/rattning/{round}/{unit}/brev",
            get(letter::show).post(letter::send),
        )
}

async fn latest(reader: Reader) -> Response {
    reader.to_latest("/admin/rattning", Current::Cleaning).await
}

/// A round with its rules.
struct Asked {
    round: Round,
    ready: Arc<Ready>,
}

/// A case of a round with what cleaning made of it.
struct AskedCase {
    round: Round,
    ready: Arc<Ready>,
    case: CaseToClean,
    edition: Edition,
}

impl AskedCase {
    /// The answer that the case's edition is of, as typed.
    fn raw(&self) -> Result<Raw, RawError> {
        cleaning::raw(
            &self.ready.instrument,
            &self.case.snapshot,
            &self.edition.known,
        )
    }

    /// Whether the chief has handed in again since the case was cleaned.
    fn is_overtaken(&self) -> bool {
        self.edition.submission_id != self.case.submission_id
    }
}

impl StaffVisit {
    /// The round of an address with its rules; else the page to show instead.
    async fn cleaning_asked(&self, key: &str) -> Result<Asked, Response> {
        let shared = &self.world.shared;
        // PostgreSQL takes no such character, and no key has it.
        let key = key.replace('\0', "\u{fffd}");
        let round = shared
            .database
            .round(&key)
            .await
            .map_err(|error| self.broken(&error))?
            .ok_or_else(|| self.missing())?;
        let ready = shared
            .rules
            .of_round(&shared.database, round.id)
            .await
            .map_err(|error| self.broken(&error))?;
        let Some(ready) = ready else {
            let instrument = self.world.instrument(round.id).await;
            let instrument = instrument.map_err(|error| self.broken(&error))?;
            let page = NoRulesPage {
                frame: &self.frame(),
                name: &self.title_of_round(&round, &instrument),
            };
            return Err(self.page(page.html()));
        };
        Ok(Asked { round, ready })
    }

    /// The case of an address; else the page to show instead.
    async fn case_asked(&self, (round, unit): &(String, String)) -> Result<AskedCase, Response> {
        let Asked { round, ready } = self.cleaning_asked(round).await?;
        let database = &self.world.shared.database;
        let found = database
            .case_of_unit(round.id, &unit.replace('\0', "\u{fffd}"))
            .await
            .map_err(|error| self.broken(&error))?;
        let case = match found {
            Some(case) => database.case_to_clean(case).await,
            None => Ok(None),
        };
        let case = case
            .map_err(|error| self.broken(&error))?
            .ok_or_else(|| self.missing())?;
        // Handed in a moment ago, and not cleaned yet: a page that is only looked at makes nothing.
        let edition = case.edition.clone().ok_or_else(|| self.missing())?;
        Ok(AskedCase {
            round,
            ready,
            case,
            edition,
        })
    }

    fn rule_named(&self, ready: &Ready, rule: &str) -> String {
        rule_name(&self.frame(), &ready.rules, rule)
    }
}

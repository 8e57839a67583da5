//! Deciding, and taking back.

use app::staff::cleaning::CleaningPaths;
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::cleaning::{Choice, Decision};

use super::{
    AskedCase,
    case::Said,
    form::{Refused, form},
};
use crate::{
    cleaning::{self, next, undone},
    clock::NoChance,
    storage::{
        DecideError, DecisionBody, Earlier, NewDecision, StoredText, StoredTextError, Timestamp,
    },
    web::staff::{Analyst, Posted},
};

pub(super) async fn decide(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match analyst.take(&asked, &posted).await {
        Ok(response) => response,
        Err(Refused::Response(response)) => *response,
        Err(Refused::Faults(form, faults)) => {
            let said = Said {
                form: Some(form),
                faults,
                ..Said::default()
            };
            analyst
                .case_page(&asked, StatusCode::UNPROCESSABLE_ENTITY, said)
                .await
        }
    }
}

pub(super) async fn undo(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !is_current(&asked, &posted) {
        return analyst.overtaken(&path, &posted).await;
    }
    let number = posted.text("beslut").parse().unwrap_or_default();
    let Ok((taken_back, standing)) = undone(&asked.case.decisions, number) else {
        return analyst.bad();
    };
    let kept = Kept {
        query: taken_back.query.clone(),
        undoes: Some(number),
        body: DecisionBody {
            rule: taken_back.body.rule.clone(),
            ..DecisionBody::default()
        },
        reason: StoredText::default(),
    };
    match analyst.keep(&asked, kept, |_| standing).await {
        Ok(true) => analyst.go(&back(&asked, "angrat")),
        Ok(false) => analyst.overtaken(&path, &posted).await,
        Err(response) => response,
    }
}

/// What is to be kept of a decision.
struct Kept {
    query: String,
    undoes: Option<u32>,
    body: DecisionBody,
    reason: StoredText,
}

impl Analyst {
    async fn take(&self, asked: &AskedCase, posted: &Posted) -> Result<Response, Refused> {
        let path = (asked.round.key.clone(), asked.case.unit_key.clone());
        if !is_current(asked, posted) {
            return Ok(self.overtaken(&path, posted).await);
        }
        let form = form(&asked.edition, posted);
        let raw = cleaning::raw(
            &asked.ready.instrument,
            &asked.case.snapshot,
            &asked.edition.known,
        )
        .map_err(|error| self.broken(&error))?;
        let (query, body) = self.read(asked, &raw, &form, posted)?;
        let reason =
            StoredText::new(form.reason.clone()).map_err(|_: StoredTextError| self.bad())?;
        let kept = Kept {
            query,
            undoes: None,
            body,
            reason,
        };
        let with_it = |new: Decision| {
            let mut standing = Earlier::standing(&asked.case.decisions);
            standing.push(new);
            standing
        };
        if self.keep(asked, kept, with_it).await? {
            Ok(self.go(&back(asked, "beslut")))
        } else {
            Ok(self.overtaken(&path, posted).await)
        }
    }

    /// Keeps a decision with the edition that it leads to; `standing` gives the decisions that hold then. Whether it was kept:
    /// somebody else may have been first.
    async fn keep(
        &self,
        asked: &AskedCase,
        kept: Kept,
        standing: impl FnOnce(Decision) -> Vec<Decision>,
    ) -> Result<bool, Response> {
        let shared = &self.world.shared;
        let (database, actor) = (&shared.database, self.actor());
        let case = &asked.case;
        let last = case.decisions.last();
        let number = last.map_or(0, |last| last.number) + 1;
        // A clock that was set back must not put this decision before the ones it follows.
        let after = |last: &Earlier| Timestamp::from_millis(last.at.millis().saturating_add(1));
        let at = last.map_or(self.now, |last| self.now.max(after(last)));
        let ids = || Ok::<_, NoChance>([self.new_id()?, self.new_id()?, self.new_id()?]);
        let [id, edition_id, audit_id] = ids().map_err(|error| self.broken(&error))?;
        let decision = Decision {
            id: number.to_string(),
            query: kept.query.clone(),
            choice: kept.body.choice.clone().unwrap_or(Choice::Keep),
            basis: kept.body.basis.clone(),
            by: actor.to_string(),
            at: at.millis(),
        };
        let edition = next(
            &asked.ready,
            asked
                .ready
                .kept(database, shared.chance, &actor, self.now)
                .await
                .map_err(|error| self.broken(&error))?,
            case,
            &standing(decision),
            number,
            edition_id,
        )
        .map_err(|error| self.broken(&error))?;
        let new = NewDecision {
            id,
            number,
            query: kept.query,
            undoes: kept.undoes,
            body: kept.body,
            reason: kept.reason,
            at,
            audit_id,
            unit_key: case.unit_key.clone(),
            round_key: asked.round.key.clone(),
        };
        match database.decide(&new, &edition, &actor).await {
            Ok(()) => Ok(true),
            Err(DecideError::Stale) => Ok(false),
            Err(DecideError::Database(error)) => Err(self.broken(&error)),
        }
    }
}

fn back(asked: &AskedCase, done: &str) -> String {
    let case = CleaningPaths(&asked.round.key).case(&asked.case.unit_key);
    format!("{case}?gjort={done}")
}

/// Whether the editor saw what stands now.
fn is_current(asked: &AskedCase, posted: &Posted) -> bool {
    posted.text("utgava") == asked.edition.number.to_string() && !asked.is_overtaken()
}

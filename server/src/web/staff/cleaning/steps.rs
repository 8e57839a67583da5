//! Decisions upon each other, and the editions that they lead to: kept together or not at all.

use axum::response::Response;
use survey::cleaning::{Choice, Cleaned, Decision};
use uuid::Uuid;

use super::AskedCase;
use crate::{
    cleaning::{RawError, Ready, next},
    clock::{Chance, NoChance},
    storage::{
        CaseToClean, DecideError, DecisionBody, Earlier, Edition, NewDecision, NewEdition,
        StoredText, Timestamp,
    },
    web::staff::Analyst,
};

/// One decision, or the taking back of one.
pub(super) struct Step {
    pub query: String,
    pub undoes: Option<u32>,
    pub body: DecisionBody,
    pub reason: StoredText,
}

/// Steps from the edition that an editor saw. Nothing is kept yet.
pub(super) struct Steps<'a> {
    ready: &'a Ready,
    round_key: &'a str,
    rule_set: Uuid,
    actor: String,
    now: Timestamp,
    chance: Chance,
    /// As it stands after the steps.
    case: CaseToClean,
    edition: Edition,
    to_keep: Vec<(NewDecision, NewEdition)>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum StepError {
    #[error(transparent)]
    Raw(#[from] RawError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl Steps<'_> {
    /// What cleaning makes of the case after the steps.
    pub fn cleaned(&self) -> &Cleaned {
        &self.edition.cleaned
    }

    /// A decision that holds beside those that hold already.
    pub fn decide(&mut self, step: Step) -> Result<(), StepError> {
        let mut standing = Earlier::standing(&self.case.decisions);
        let (number, at) = self.place();
        standing.push(Decision {
            id: number.to_string(),
            query: step.query.clone(),
            choice: step.body.choice.clone().unwrap_or(Choice::Keep),
            basis: step.body.basis.clone(),
            by: self.actor.clone(),
            at: at.millis(),
        });
        self.add(step, &standing)
    }

    /// A decision that another is taken back; `standing` are those that hold then.
    pub fn take_back(&mut self, step: Step, standing: &[Decision]) -> Result<(), StepError> {
        self.add(step, standing)
    }

    /// The next decision's number and moment. A clock that was set back must not put it before the ones it follows.
    fn place(&self) -> (u32, Timestamp) {
        self.case.decisions.last().map_or((1, self.now), |last| {
            let after = Timestamp::from_millis(last.at.millis().saturating_add(1));
            (last.number + 1, self.now.max(after))
        })
    }

    fn add(&mut self, step: Step, standing: &[Decision]) -> Result<(), StepError> {
        let (number, at) = self.place();
        let new_id = || self.chance.id(self.now);
        let [id, edition_id, audit_id] = [new_id()?, new_id()?, new_id()?];
        let edition = next(
            self.ready,
            self.rule_set,
            &self.case,
            standing,
            number,
            edition_id,
        )?;
        self.case.decisions.push(Earlier {
            id,
            case_id: self.case.case_id,
            number,
            edition: edition.after,
            query: step.query.clone(),
            undoes: step.undoes,
            body: step.body.clone(),
            reason: step.reason.as_str().to_owned(),
            at,
            actor: self.actor.clone(),
        });
        self.edition = Edition {
            id: edition.id,
            case_id: edition.case_id,
            number: edition.after + 1,
            submission_id: edition.submission_id,
            rule_set_id: edition.rule_set_id,
            decided: edition.decided,
            known: edition.known.clone(),
            cleaned: edition.cleaned.clone(),
            at,
            actor: self.actor.clone(),
        };
        self.case.edition = Some(self.edition.clone());
        let decision = NewDecision {
            id,
            number,
            query: step.query,
            undoes: step.undoes,
            body: step.body,
            reason: step.reason,
            at,
            audit_id,
            unit_key: self.case.unit_key.clone(),
            round_key: self.round_key.to_owned(),
        };
        self.to_keep.push((decision, edition));
        Ok(())
    }
}

impl Analyst {
    /// None yet, from the edition that the editor saw.
    pub(super) async fn steps<'a>(&self, asked: &'a AskedCase) -> Result<Steps<'a>, Response> {
        let shared = &self.world.shared;
        let actor = self.actor();
        let rule_set = asked
            .ready
            .kept(&shared.database, shared.chance, &actor, self.now)
            .await
            .map_err(|error| self.broken(&error))?;
        Ok(Steps {
            ready: &asked.ready,
            round_key: &asked.round.key,
            rule_set,
            actor: actor.to_string(),
            now: self.now,
            chance: shared.chance,
            case: asked.case.clone(),
            edition: asked.edition.clone(),
            to_keep: Vec::new(),
        })
    }

    /// Whether the steps were kept: somebody else may have been first.
    pub(super) async fn keep(&self, steps: Steps<'_>) -> Result<bool, Response> {
        let database = &self.world.shared.database;
        match database.decide(&steps.to_keep, &self.actor()).await {
            Ok(()) => Ok(true),
            Err(DecideError::Stale) => Ok(false),
            Err(DecideError::Database(error)) => Err(self.broken(&error)),
        }
    }
}

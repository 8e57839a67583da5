//! Handing in, and opening again.

use axum::response::Response;
use survey::{checks::Finding, submission::snapshot};

use super::{check, visit::Visit};
use crate::{
    clock::NoChance,
    mail::{self, Destination, Thanks},
    storage::{NewSubmission, Receipt, Refusal, ReopenError, Standing, SubmitError, Submitted},
};

/// Another device may write between reading and submitting; then it is read again.
const TRIES: usize = 5;

pub(crate) async fn submit(mut visit: Visit) -> Response {
    for _ in 0..TRIES {
        if let Standing::Refused(refusal) = visit.case.standing(visit.now) {
            return match refusal {
                Refusal::Submitted => visit.go("/kvitto?redan"),
                other => visit.refused(other),
            };
        }
        let route = visit.route();
        if visit
            .examine(route.questions())
            .open
            .iter()
            .any(Finding::is_hard)
        {
            return check::render(&visit, true);
        }
        let new = match visit.picture() {
            Ok(new) => new,
            Err(error) => return visit.broken(&error),
        };
        match visit.hand_in(new).await {
            Ok(Submitted::Now(_)) => {
                visit.world.shared.mail.wake.wake();
                return visit.go("/kvitto");
            }
            Ok(Submitted::Already(_)) => return visit.go("/kvitto?redan"),
            Err(SubmitError::ChangedMeanwhile | SubmitError::ReceiptTaken) => {}
            Err(SubmitError::Refused(refusal)) => return visit.refused(refusal),
            Err(SubmitError::UnknownLink) => return visit.missing(),
            Err(error @ SubmitError::Database(_)) => return visit.broken(&error),
        }
        visit = match visit.again().await {
            Ok(visit) => visit,
            Err(response) => return response,
        };
    }
    // Somebody types without pause on another device: what stands there should be looked at first.
    visit.go("/granska")
}

/// Why no picture of the answers could be made.
#[derive(Debug, thiserror::Error)]
enum PictureError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl Visit {
    /// Hands in, with a receipt by mail where mail is sent.
    async fn hand_in(&self, new: NewSubmission) -> Result<Submitted, SubmitError> {
        let shared = &self.world.shared;
        let receipt = new.receipt.clone();
        let thanks = Thanks {
            id: new.id,
            receipt: receipt.as_str(),
            case: &self.case.case,
            link: self.link,
            language: self.language,
        };
        let letter = |contact, email: &str| {
            if shared.mail.destination == Destination::Nowhere {
                return None;
            }
            mail::thanks(shared.translations, &thanks, (contact, email), self.now)
        };
        shared
            .database
            .submit_with_thanks(self.link, new, letter, self.now)
            .await
    }

    fn picture(&self) -> Result<NewSubmission, PictureError> {
        let picture = snapshot(&self.instrument, &self.route(), &self.answers);
        Ok(NewSubmission {
            id: self.world.shared.chance.id(self.now)?,
            receipt: Receipt::from_random(self.world.shared.chance.bytes()?),
            as_of: self.case.latest(),
            snapshot: serde_json::to_string(&picture.answers)?,
            personal: serde_json::to_string(&picture.personal)?,
        })
    }
}

pub(crate) async fn reopen(visit: Visit) -> Response {
    match visit
        .world
        .shared
        .database
        .reopen(visit.link, visit.now)
        .await
    {
        Ok(()) | Err(ReopenError::NotSubmitted) => visit.go(""),
        Err(ReopenError::Refused(refusal)) => visit.refused(refusal),
        Err(ReopenError::UnknownLink) => visit.missing(),
        Err(error @ ReopenError::Database(_)) => visit.broken(&error),
    }
}

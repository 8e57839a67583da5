//! Where in the questionnaire somebody wrote, for the follow-up.

use survey::{
    answers::Answers,
    route::route,
    statistics::{AT_LEAST_HALF, share_answered},
};

use super::visit::Visit;
use crate::storage::{NewRevision, Written};

impl Visit {
    /// Where these answers were written, and whether enough is answered with them; none where nothing was.
    pub(super) fn written(&self, typed: &[NewRevision]) -> Option<Written> {
        let last = self.instrument.variable(&typed.last()?.variable)?;
        let section = self.instrument.sections.get(last.section)?;
        let mut answers: Answers = self.answers.clone();
        for one in typed {
            answers.set(&one.variable, one.raw.as_str());
        }
        let route = route(&self.instrument, &self.register, &answers);
        let share = share_answered(&self.instrument, &route, &answers);
        Some(Written {
            section: section.key.clone(),
            enough: AT_LEAST_HALF.is_met(share),
        })
    }

    /// Remembers that somebody began. Whoever does gets the questions also where that fails.
    pub(super) async fn remember_opened(&self) {
        if self.case.opened {
            return;
        }
        let database = &self.world.shared.database;
        if let Err(error) = database.opened(self.case.case.id, self.now).await {
            tracing::warn!(%error, "that a questionnaire was opened could not be kept");
        }
    }
}

//! The letters of the demo's round that have gone out before it is shown.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    clock::{Chance, Ids, NoChance},
    mail::plan,
    storage::{Database, Round, Timestamp},
};

#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Lets every mailing whose day has come by `now` have gone out on its day, to those who had not answered by then.
pub(super) async fn have_gone_out(
    database: &Database,
    round: &Round,
    now: Timestamp,
    chance: Chance,
) -> Result<(), LettersError> {
    let answered = database.first_submissions(round.id).await?;
    let answered: BTreeMap<Uuid, Timestamp> = answered.into_iter().collect();
    for mailing in database.mailings(round.id).await? {
        let at = mailing.planned_at;
        if at > now || mailing.started_at.is_some() {
            continue;
        }
        let mut candidates = database.candidates(&mailing, at).await?;
        for candidate in &mut candidates {
            candidate.submitted = answered
                .get(&candidate.case_id)
                .is_some_and(|answered| *answered < at);
        }
        let lines = plan::plan(&mailing, round, &candidates, at);
        let messages = plan::messages(&mailing, &lines, "sv", at);
        let mut ids = Ids::new(chance, at)?;
        database
            .record_past_mailing(mailing.id, &messages, at, &mut || ids.next_id())
            .await?;
    }
    Ok(())
}

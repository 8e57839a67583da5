use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::database::{Connection, Database, is_duplicate};
use super::history::current;
use super::merge::{Merge, merge};
use super::progress::{self, Event, Written};
use super::revision::{self, NewRevision, Revision, RevisionNumber};
use super::standing::{self, CaseStanding, Refusal, Standing};
use super::time::Timestamp;

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    pub change: Uuid,
    pub variable: String,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Kept. A change that is sent again gets the revision it made the first time.
    Stored(Revision),
    /// It says what holds already; nothing was added.
    Unchanged,
    /// The page had not touched the field; the later text of another page stands.
    ChangedElsewhere { current: Revision },
    /// Kept, but another page has meanwhile written something else, which stands until someone chooses.
    /// The choice is sent with `mine.number` as its base.
    Conflict { mine: Revision, other: Revision },
}

#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("a change's identity was used before for another variable")]
    ChangeReused,
    #[error("the answers could not be kept: {0}")]
    NotCommitted(Arc<sqlx::Error>),
    #[error("the storage is shutting down")]
    Stopped,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Keeps what was typed, all of it or nothing, and answers once it is on the disk: one outcome for each
    /// revision, in their order.
    pub async fn append_revisions(
        &self,
        link: Uuid,
        revisions: Vec<NewRevision>,
        now: Timestamp,
    ) -> Result<Vec<Appended>, AppendError> {
        self.append_written(link, revisions, None, now).await
    }

    /// The same, with where in the questionnaire it was written.
    pub async fn append_written(
        &self,
        link: Uuid,
        revisions: Vec<NewRevision>,
        written: Option<Written>,
        now: Timestamp,
    ) -> Result<Vec<Appended>, AppendError> {
        match self {
            Self::Sqlite(pools) => pools.appends().send(link, revisions, written, now).await,
            Self::Postgres(_) => {
                let mut transaction = self.writing().await?;
                let connection = &mut transaction.connection();
                let appended = append(connection, link, revisions, written, now).await?;
                transaction.commit().await?;
                Ok(appended)
            }
        }
    }
}

/// Within the caller's transaction, which must be given up when this fails.
pub(super) async fn append(
    connection: &mut Connection<'_>,
    link: Uuid,
    revisions: Vec<NewRevision>,
    written: Option<Written>,
    now: Timestamp,
) -> Result<Vec<Appended>, AppendError> {
    let case = standing::for_writing(connection, link)
        .await?
        .ok_or(AppendError::UnknownLink)?;
    let refusal = match case.standing(now) {
        Standing::Open => None,
        Standing::Refused(refusal @ Refusal::Revoked) => return Err(refusal.into()),
        Standing::Refused(refusal) => Some(refusal),
    };
    let mut appending = Appending {
        histories: histories(connection, case.case_id, &revisions).await?,
        case: case.case_id,
        refusal,
        latest: case.latest(),
        now,
    };
    let mut appended = Vec::with_capacity(revisions.len());
    for new in revisions {
        appended.push(Appended {
            change: new.change,
            variable: new.variable.clone(),
            outcome: appending.take(connection, new).await?,
        });
    }
    if appending.latest > case.latest() && is_news(&case, written.as_ref()) {
        let wrote = vec![(case.case_id, Event::Wrote(now, written))];
        progress::record(connection, wrote).await?;
    }
    Ok(appended)
}

/// Whether where the case stands changes by what was written. Most of what is typed changes nothing there, and costs
/// nothing there.
fn is_news(case: &CaseStanding, written: Option<&Written>) -> bool {
    let Some(enough) = case.enough else {
        return false;
    };
    case.started_at.is_none()
        || written.is_some_and(|written| {
            case.place.as_deref() != Some(&written.section) || enough != written.enough
        })
}

struct Appending {
    case: Uuid,
    refusal: Option<Refusal>,
    latest: RevisionNumber,
    /// Of the variables at hand, at least.
    histories: BTreeMap<String, Vec<Revision>>,
    now: Timestamp,
}

impl Appending {
    async fn take(
        &mut self,
        connection: &mut Connection<'_>,
        new: NewRevision,
    ) -> Result<Outcome, AppendError> {
        let history = self
            .histories
            .get(&new.variable)
            .map_or(&[][..], Vec::as_slice);
        if let Some(outcome) = first_time(history, new.change) {
            return Ok(outcome);
        }
        if let Some(refusal) = self.refusal {
            return Err(refusal.into());
        }
        let base = new.base.min(self.latest);
        match merge(history, base, new.page, new.raw.as_str()) {
            Merge::Unchanged => Ok(Outcome::Unchanged),
            Merge::ChangedElsewhere(current) => Ok(Outcome::ChangedElsewhere {
                current: current.clone(),
            }),
            Merge::StillContested { mine, other } => Ok(Outcome::Conflict {
                mine: mine.clone(),
                other: other.clone(),
            }),
            Merge::Apply => {
                let revision = self.store(connection, new, base, false).await?;
                Ok(Outcome::Stored(revision))
            }
            Merge::Contest(other) => {
                let other = other.clone();
                let mine = self.store(connection, new, base, true).await?;
                Ok(Outcome::Conflict { mine, other })
            }
        }
    }

    async fn store(
        &mut self,
        connection: &mut Connection<'_>,
        new: NewRevision,
        base: RevisionNumber,
        contested: bool,
    ) -> Result<Revision, AppendError> {
        let revision = Revision {
            number: self.latest.next(),
            variable: new.variable,
            raw: new.raw.into_string(),
            typed_at: new.typed_at,
            received_at: self.now,
            page: new.page,
            change: new.change,
            base,
            contested,
            personal: new.personal,
        };
        revision::insert(connection, self.case, &revision)
            .await
            .map_err(|error| {
                if is_duplicate(&error) {
                    AppendError::ChangeReused
                } else {
                    AppendError::Database(error)
                }
            })?;
        self.latest = revision.number;
        self.histories
            .entry(revision.variable.clone())
            .or_default()
            .push(revision.clone());
        Ok(revision)
    }
}

/// What a change came to when it was first sent. Told even where nothing new is taken any more, so that
/// a page whose answer got lost on the way learns that the change is safe.
fn first_time(history: &[Revision], change: Uuid) -> Option<Outcome> {
    let mine = history.iter().find(|revision| revision.change == change)?;
    Some(match current(history) {
        Some(other) if mine.contested => Outcome::Conflict {
            mine: mine.clone(),
            other: other.clone(),
        },
        _ => Outcome::Stored(mine.clone()),
    })
}

/// One field needs its own history only; a section is read with the whole case.
async fn histories(
    connection: &mut Connection<'_>,
    case: Uuid,
    revisions: &[NewRevision],
) -> Result<BTreeMap<String, Vec<Revision>>, sqlx::Error> {
    let Some((first, rest)) = revisions.split_first() else {
        return Ok(BTreeMap::new());
    };
    let stored = if rest.iter().all(|other| other.variable == first.variable) {
        revision::of_variable(connection, case, &first.variable).await?
    } else {
        revision::of_case(connection, case).await?
    };
    let mut histories: BTreeMap<String, Vec<Revision>> = BTreeMap::new();
    for revision in stored {
        histories
            .entry(revision.variable.clone())
            .or_default()
            .push(revision);
    }
    Ok(histories)
}

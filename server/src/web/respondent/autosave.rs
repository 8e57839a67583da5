//! What the page's script sends while somebody types.

use axum::{
    Json,
    body::Bytes,
    extract::rejection::BytesRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use survey::checks::Check;
use uuid::Uuid;

use super::{section::SaveError, visit::Visit};
use crate::storage::{
    AppendError, ConfirmError, NewRevision, Outcome, Refusal, RevisionNumber, StoredText,
    StoredTextError, Timestamp,
};

/// More than the script ever sends at once.
const MOST_CHANGES: usize = 500;

/// One change, as the script sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    change: Uuid,
    name: String,
    value: String,
    base: u32,
    page: Uuid,
    /// By the browser's clock, in milliseconds since 1970.
    at: i64,
}

/// What the script is told.
#[derive(Debug, Serialize)]
struct Answer {
    clashes: Vec<ClashAnswer>,
}

/// A field that was changed elsewhere; the choice is sent with `base`.
#[derive(Debug, Serialize)]
struct ClashAnswer {
    name: String,
    mine: String,
    theirs: String,
    base: u32,
}

/// A change as the case takes it.
enum Change {
    Typed(NewRevision),
    /// "Stämmer", said to a soft check.
    Confirmed {
        rule: String,
        scope: String,
        about: StoredText,
        reason: StoredText,
    },
}

/// What cannot be taken. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
enum Unfit {
    #[error("the body is not what the script sends: {0}")]
    Json(#[from] serde_json::Error),
    #[error("too many changes at once")]
    TooMany,
    #[error("there is no field {0}")]
    UnknownField(String),
    #[error("nothing asks {rule} about {scope}")]
    UnknownCheck { rule: String, scope: String },
    #[error(transparent)]
    Text(#[from] StoredTextError),
}

pub(crate) async fn keep(visit: Visit, body: Result<Bytes, BytesRejection>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return rejection.status().into_response(),
    };
    // Whether the case is open is asked where the changes are kept: one that was kept before is told so even now.
    let changes = match visit.read(&body) {
        Ok(changes) => changes,
        Err(unfit) => {
            tracing::warn!(%unfit, "an autosave was refused");
            return StatusCode::BAD_REQUEST.into_response();
        }
    };
    let (mut typed, mut confirmed) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Typed(revision) => typed.push(revision),
            Change::Confirmed {
                rule,
                scope,
                about,
                reason,
            } => confirmed.push((rule, scope, about, reason)),
        }
    }
    let written = visit.written(&typed);
    let appended = match visit
        .world
        .shared
        .database
        .append_written(visit.link, typed, written, visit.now)
        .await
    {
        Ok(appended) => appended,
        Err(error) => return failed(&error.into()),
    };
    for (rule, scope, about, reason) in confirmed {
        if let Err(error) = visit.confirm(&rule, &scope, about, reason).await {
            return failed(&error);
        }
    }
    let clashes = appended
        .into_iter()
        .filter_map(|one| match one.outcome {
            Outcome::Conflict { mine, other } => Some(ClashAnswer {
                name: one.variable,
                base: number(mine.number),
                mine: mine.raw,
                theirs: other.raw,
            }),
            _ => None,
        })
        .collect();
    Json(Answer { clashes }).into_response()
}

fn number(revision: RevisionNumber) -> u32 {
    revision.to_string().parse().unwrap_or(u32::MAX)
}

impl Visit {
    fn read(&self, body: &[u8]) -> Result<Vec<Change>, Unfit> {
        let sent: Vec<Sent> = serde_json::from_slice(body)?;
        if sent.len() > MOST_CHANGES {
            return Err(Unfit::TooMany);
        }
        sent.into_iter().map(|one| self.change(one)).collect()
    }

    fn change(&self, sent: Sent) -> Result<Change, Unfit> {
        if let Some((rule, scope)) = sent
            .name
            .strip_prefix("confirm:")
            .and_then(|rest| rest.split_once(':'))
        {
            if !self.asks(rule, scope) {
                return Err(Unfit::UnknownCheck {
                    rule: rule.to_owned(),
                    scope: scope.to_owned(),
                });
            }
            // The reason comes after the last line break; what it confirms may hold some.
            let (about, reason) = sent.value.rsplit_once('\n').unwrap_or((&sent.value, ""));
            return Ok(Change::Confirmed {
                rule: rule.to_owned(),
                scope: scope.to_owned(),
                about: StoredText::new(about)?,
                reason: StoredText::new(reason)?,
            });
        }
        let personal = match self.instrument.variable(&sent.name) {
            Some(variable) if self.may_write(&sent.name) => variable.personal,
            _ => return Err(Unfit::UnknownField(sent.name)),
        };
        Ok(Change::Typed(NewRevision {
            variable: sent.name,
            raw: StoredText::new(sent.value)?,
            typed_at: Timestamp::from_millis(sent.at),
            page: sent.page,
            change: sent.change,
            base: sent.base.to_string().parse().unwrap_or_default(),
            personal,
        }))
    }

    /// Whether the instrument has a soft check of that name on the question of that variable.
    fn asks(&self, rule: &str, variable: &str) -> bool {
        self.may_write(variable)
            && self.instrument.variable(variable).is_some_and(|variable| {
                let question = self.instrument.question_of(variable);
                question.checks.iter().any(|check| rule_of(check) == rule)
            })
    }
}

/// The name under which findings and confirmations tell of a check.
fn rule_of(check: &Check) -> &'static str {
    match check {
        Check::PostsInPercent { .. } => "posts_in_percent",
        Check::Swapped { .. } => "swapped",
        Check::PostsExceedPersons { .. } => "posts_exceed_persons",
        Check::TotalInFirstRow { .. } => "total_in_first_row",
        Check::Unusual { .. } => "unusual",
        Check::FarFromRegister { .. } => "far_from_register",
    }
}

fn refused(refusal: Refusal) -> Response {
    let status = match refusal {
        Refusal::Revoked => StatusCode::GONE,
        Refusal::NotYetOpen | Refusal::Closed => StatusCode::FORBIDDEN,
        Refusal::Submitted => StatusCode::CONFLICT,
    };
    status.into_response()
}

fn failed(error: &SaveError) -> Response {
    match error {
        SaveError::Append(AppendError::Refused(refusal))
        | SaveError::Confirm(ConfirmError::Refused(refusal)) => refused(*refusal),
        SaveError::Append(AppendError::ChangeReused) | SaveError::Text(_) => {
            StatusCode::BAD_REQUEST.into_response()
        }
        SaveError::Append(AppendError::UnknownLink)
        | SaveError::Confirm(ConfirmError::UnknownLink) => StatusCode::NOT_FOUND.into_response(),
        _ => {
            tracing::error!(%error, "an autosave failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

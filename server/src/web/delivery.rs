//! Where a mail server hands in its delivery reports: `POST /post/leveransrapport`.

use ::mail::report;
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};

use super::World;
use crate::mail::{ReadReport, record};

/// Takes a whole mail. Whoever brings it shows the key as `Authorization: Bearer …`. A mail that is no report is taken
/// all the same: bringing it again would change nothing.
pub(super) async fn report(
    State(world): State<World>,
    headers: HeaderMap,
    content: Bytes,
) -> StatusCode {
    let shared = &world.shared;
    let Some(key) = &shared.mail.report_key else {
        return StatusCode::NOT_FOUND;
    };
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if !shown.is_some_and(|shown| key.opens(shown)) {
        return StatusCode::UNAUTHORIZED;
    }
    match record(&shared.database, &content, &shared.clock, shared.chance).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(ReadReport::Report(error)) => {
            tracing::info!(%error, "a mail was handed in as a delivery report");
            StatusCode::NO_CONTENT
        }
        Err(error) => {
            tracing::error!(%error, "a delivery report could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Larger mails are refused unread.
pub(super) const LARGEST: usize = report::MAX_BYTES;

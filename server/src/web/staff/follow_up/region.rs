//! What a region's own coordinator sees, without signing in.

use std::sync::PoisonError;

use app::staff::{
    StaffFrame, StaffNotice,
    follow_up::{RegionNotice, RegionPage, RegionUnit},
};
use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use survey::{
    statistics::{Dimension, Slice, Status},
    text::Language,
};

use super::{
    super::{Asked as Query, door::Guest},
    last_moment,
};
use crate::{
    clock::in_sweden,
    links::{Token, Verdict},
    storage::{CaseLine, CasesBehind, ListPage, RegionLink, Round, Timestamp},
    web::{World, language},
};

const ON_A_PAGE: u32 = 200;

/// Somebody with a region's link.
pub(super) struct Coordinator {
    guest: Guest,
    language_asked: bool,
}

impl FromRequestParts<World> for Coordinator {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Self::Rejection> {
        let guest = Guest::from_request_parts(parts, world).await?;
        let language_asked = language::choose(&parts.uri, &parts.headers).asked;
        Ok(Self {
            guest,
            language_asked,
        })
    }
}

pub(super) async fn show(
    coordinator: Coordinator,
    Path(token): Path<String>,
    query: Query,
) -> Response {
    match coordinator.page(&token, query.page()).await {
        Ok(html) => coordinator.answer(StatusCode::OK, html),
        Err((status, html)) => coordinator.answer(status, html),
    }
}

impl Coordinator {
    async fn page(&self, token: &str, number: u32) -> Result<String, (StatusCode, String)> {
        let shared = &self.guest.world.shared;
        let id = Token::open_of_region(&shared.secret, token).ok_or_else(|| self.unknown())?;
        let found = shared.database.region_link(id).await;
        let (link, round) = found
            .map_err(|error| self.broken(&error))?
            .ok_or_else(|| self.unknown())?;
        if let Some((status, notice)) = self.instead(&link, &round) {
            return Err((status, notice.html(&self.frame())));
        }
        let page = ListPage {
            number,
            size: ON_A_PAGE,
        };
        let behind = CasesBehind {
            group: Some((Dimension::REGION.to_owned(), link.region.clone())),
            slice: to_encourage(),
        };
        let found = shared
            .database
            .cases_behind(round.id, &behind, page, self.guest.now)
            .await
            .map_err(|error| self.broken(&error))?;
        let follow_up = shared
            .database
            .follow_up_group(round.id, Dimension::REGION, &link.region)
            .await
            .map_err(|error| self.broken(&error))?;
        let units: Vec<RegionUnit> = found.cases.into_iter().map(unit).collect();
        let pages = found.count.div_ceil(u64::from(ON_A_PAGE)).max(1);
        let page = RegionPage {
            frame: &self.frame(),
            region: &link.region,
            path: &format!("/region/{token}"),
            pilot: round.pilot,
            answered: follow_up.statuses.answered(),
            all: follow_up.statuses.eligible(),
            units: &units,
            total: found.count,
            page: number,
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            closes: &self.date(last_moment(&round)),
        };
        Ok(page.html())
    }

    /// What to show instead of the list: there is somebody to encourage only while the round is open.
    fn instead(&self, link: &RegionLink, round: &Round) -> Option<(StatusCode, RegionNotice)> {
        if link.revoked_at.is_some() {
            return Some((StatusCode::GONE, RegionNotice::Revoked));
        }
        if self.guest.now < round.opens_at {
            let opens = self.date(round.opens_at);
            return Some((StatusCode::OK, RegionNotice::NotOpen { opens }));
        }
        if self.guest.now >= round.closes_at {
            let closes = self.date(last_moment(round));
            return Some((StatusCode::OK, RegionNotice::Closed { closes }));
        }
        None
    }

    /// Counts a guess, as of a personal link.
    fn unknown(&self) -> (StatusCode, String) {
        let verdict = self
            .guest
            .world
            .shared
            .guesses
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .failed(self.guest.address, self.guest.now);
        let (status, notice) = match verdict {
            Verdict::Answer => (StatusCode::NOT_FOUND, RegionNotice::Unknown),
            Verdict::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, RegionNotice::TooMany),
        };
        (status, notice.html(&self.frame()))
    }

    fn broken(&self, error: &dyn std::error::Error) -> (StatusCode, String) {
        tracing::error!(%error, "a region's page could not be made");
        let html = StaffNotice::Error.html(&self.frame());
        (StatusCode::INTERNAL_SERVER_ERROR, html)
    }

    fn frame(&self) -> StaffFrame<'_> {
        self.guest.world.staff_frame(self.guest.language)
    }

    fn date(&self, moment: Timestamp) -> String {
        let local = in_sweden(moment);
        self.frame()
            .common
            .date(local.year(), local.month(), local.day())
    }

    /// Whoever follows a link from the page must not tell its address, and no search engine may keep it.
    fn answer(&self, status: StatusCode, html: String) -> Response {
        let mut response = (status, Html(html)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        );
        headers.insert(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        );
        if self.language_asked
            && let Some(cookie) = language::remember(self.language())
        {
            headers.insert(header::SET_COOKIE, cookie);
        }
        response
    }

    fn language(&self) -> Language {
        self.guest.language
    }
}

/// Those that have not answered and have not said no either.
fn to_encourage() -> Slice {
    Slice::Statuses(
        Status::ALL
            .into_iter()
            .filter(|status| {
                status.is_eligible() && !status.is_answered() && *status != Status::Refused
            })
            .collect(),
    )
}

fn unit(case: CaseLine) -> RegionUnit {
    RegionUnit {
        bounced: case.is_bounced(),
        begun: case.started_at.is_some(),
        name: case.unit_name,
        city: case.city,
        chief: case.chief_name.unwrap_or_default(),
    }
}

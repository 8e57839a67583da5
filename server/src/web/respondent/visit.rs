//! Somebody with a link: who it was made for, and all that is known of the case.

use std::sync::{Arc, PoisonError};

use app::{Frame, respondent::Notice};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use survey::{
    answers::Answers,
    instrument::Instrument,
    register::Register,
    route::{Route, route},
    text::Language,
};
use uuid::Uuid;

use crate::{
    clock::in_sweden,
    links::{Token, Verdict},
    storage::{CaseView, Refusal, Standing, Timestamp},
    web::{InstrumentError, World, language, neighbour::client_address},
};

/// One request by whoever holds a personal link.
pub(crate) struct Visit {
    pub world: World,
    pub link: Uuid,
    /// The path of the personal link.
    pub base: String,
    pub case: CaseView,
    pub instrument: Arc<Instrument>,
    pub register: Register,
    /// Answers and personal answers together, as typed.
    pub answers: Answers,
    pub language: Language,
    language_asked: bool,
    pub now: Timestamp,
}

impl FromRequestParts<World> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let choice = language::choose(&parts.uri, &parts.headers);
        let params = RawPathParams::from_request_parts(parts, world)
            .await
            .map_err(|_| world.notice(StatusCode::BAD_REQUEST, &Notice::Bad, choice.language))?;
        let token = params
            .iter()
            .find(|(name, _)| *name == "token")
            .map(|(_, token)| token.to_owned())
            .unwrap_or_default();
        let now = world.shared.clock.now();
        let Some(link) = Token::open(&world.shared.secret, &token) else {
            return Err(unknown(world, parts, choice.language, now));
        };
        let case = match world.shared.database.load_case(link).await {
            Ok(Some(case)) => case,
            Ok(None) => return Err(unknown(world, parts, choice.language, now)),
            Err(error) => return Err(broken(world, choice.language, &error)),
        };
        let instrument = world
            .instrument(case.round.id)
            .await
            .map_err(|error: InstrumentError| broken(world, choice.language, &error))?;
        let language = if instrument.languages.contains(&choice.language) {
            choice.language
        } else {
            Language::Swedish
        };
        let register = Register::read(
            &instrument,
            case.unit
                .classes
                .iter()
                .map(|(field, value)| (field.as_str(), value.as_str())),
        );
        let answers = case.answers.iter().chain(case.personal.iter()).collect();
        let visit = Self {
            world: world.clone(),
            link,
            base: format!("/svara/{token}"),
            case,
            instrument,
            register,
            answers,
            language,
            language_asked: choice.asked,
            now,
        };
        if matches!(
            visit.case.standing(now),
            Standing::Refused(Refusal::Revoked)
        ) {
            return Err(visit.notice(StatusCode::GONE, &Notice::Revoked));
        }
        let section = params
            .iter()
            .find(|(name, _)| *name == "section")
            .map(|(_, section)| section);
        if !visit.may_ask(parts, section) {
            return Err(visit.missing());
        }
        Ok(visit)
    }
}

fn unknown(world: &World, parts: &Parts, language: Language, now: Timestamp) -> Response {
    let from = client_address(world, parts);
    let verdict = world
        .shared
        .guesses
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .failed(from, now);
    match verdict {
        Verdict::Answer => world.notice(StatusCode::NOT_FOUND, &Notice::Unknown, language),
        Verdict::TooMany { until } => {
            let seconds = (until.millis() - now.millis()).max(0) / 1000;
            let mut response =
                world.notice(StatusCode::TOO_MANY_REQUESTS, &Notice::TooMany, language);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
            response
        }
    }
}

fn broken(world: &World, language: Language, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a personal page could not be made");
    world.notice(StatusCode::INTERNAL_SERVER_ERROR, &Notice::Error, language)
}

impl Visit {
    pub fn frame(&self) -> Frame<'_> {
        Frame {
            words: self.world.words().of(self.language),
            language: self.language,
            assets: &self.world.shared.shelf.page,
            sender: Some(&self.instrument.sender.name),
            email: Some(&self.instrument.sender.email),
            unit: Some(&self.case.unit.name),
            base: Some(&self.base),
        }
    }

    pub fn route(&self) -> Route<'_> {
        self.narrowed(route(&self.instrument, &self.register, &self.answers))
    }

    /// Reads the case again, after something was written.
    pub async fn again(self) -> Result<Self, Response> {
        match self.world.shared.database.load_case(self.link).await {
            Ok(Some(case)) => {
                let answers = case.answers.iter().chain(case.personal.iter()).collect();
                Ok(Self {
                    case,
                    answers,
                    ..self
                })
            }
            Ok(None) => Err(self.notice(StatusCode::NOT_FOUND, &Notice::Unknown)),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// A page of this case.
    pub fn page(&self, html: String) -> Response {
        self.page_with(StatusCode::OK, html)
    }

    pub fn page_with(&self, status: StatusCode, html: String) -> Response {
        let mut response = (status, Html(html)).into_response();
        if self.language_asked
            && let Some(cookie) = language::remember(self.language)
        {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    pub fn notice(&self, status: StatusCode, notice: &Notice) -> Response {
        // A colleague has no receipt to be led to.
        let base = self.frame().base.filter(|_| self.only_section().is_none());
        let frame = Frame {
            base,
            ..self.frame()
        };
        self.page_with(status, notice.html(&frame))
    }

    pub fn missing(&self) -> Response {
        self.notice(StatusCode::NOT_FOUND, &Notice::Missing)
    }

    pub fn bad(&self) -> Response {
        self.notice(StatusCode::BAD_REQUEST, &Notice::Bad)
    }

    /// Something failed that the respondent can do nothing about.
    pub fn broken(&self, error: &dyn std::error::Error) -> Response {
        tracing::error!(%error, "a respondent's request failed");
        self.notice(StatusCode::INTERNAL_SERVER_ERROR, &Notice::Error)
    }

    /// On to another page of this case.
    pub fn go(&self, rest: &str) -> Response {
        Redirect::to(&format!("{}{rest}", self.base)).into_response()
    }

    /// What to say to one who may not answer now.
    pub fn refused(&self, refusal: Refusal) -> Response {
        match refusal {
            Refusal::Revoked => self.notice(StatusCode::GONE, &Notice::Revoked),
            Refusal::NotYetOpen => self.notice(
                StatusCode::FORBIDDEN,
                &Notice::NotOpen {
                    date: self.date(self.case.round.opens_at),
                },
            ),
            Refusal::Closed => self.notice(
                StatusCode::FORBIDDEN,
                &Notice::Closed {
                    date: self.closes(),
                    submitted: self.case.submission.is_some(),
                },
            ),
            Refusal::Submitted => self.notice(StatusCode::CONFLICT, &Notice::Submitted),
        }
    }

    /// The page to show instead, where the link may not answer now.
    pub fn barred(&self) -> Option<Response> {
        match self.case.standing(self.now) {
            Standing::Open => None,
            Standing::Refused(refusal) => Some(self.refused(refusal)),
        }
    }

    pub fn date(&self, moment: Timestamp) -> String {
        let local = in_sweden(moment);
        self.frame()
            .words
            .date(local.year(), local.month(), local.day())
    }

    pub fn moment(&self, moment: Timestamp) -> String {
        let local = in_sweden(moment);
        self.frame().words.moment(
            &self.date(moment),
            &format!("{:02}:{:02}", local.hour(), local.minute()),
        )
    }

    /// The last day on which answers are taken.
    pub fn closes(&self) -> String {
        self.date(Timestamp::from_millis(
            self.case.round.closes_at.millis() - 1,
        ))
    }
}

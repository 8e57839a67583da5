//! Who is signed in. A handler that takes a [`Reader`], [`Analyst`] or [`Administrator`] runs only for those who may.

use std::ops::Deref;

use app::staff::{Role, StaffFrame, StaffNotice, WhoIsThere};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use data_encoding::BASE32_NOPAD_NOCASE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use survey::text::Language;
use uuid::Uuid;

use crate::{
    clock::{NoChance, in_sweden},
    storage::{Actor, Staff, Timestamp},
    web::{World, language},
};

/// One request by somebody who is signed in.
pub(crate) struct StaffVisit {
    pub world: World,
    pub staff: Staff,
    pub session: Uuid,
    pub now: Timestamp,
    pub language: Language,
    language_asked: bool,
}

/// May see lists, tables and charts.
pub(crate) struct Reader(StaffVisit);
/// May also download data.
pub(crate) struct Analyst(StaffVisit);
/// May also change things.
pub(crate) struct Administrator(StaffVisit);

/// Why no line could be written in the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoteError {
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

macro_rules! of_role {
    ($($visitor:ident: $role:expr),+ $(,)?) => {
        $(
            impl Deref for $visitor {
                type Target = StaffVisit;

                fn deref(&self) -> &StaffVisit {
                    &self.0
                }
            }

            impl FromRequestParts<World> for $visitor {
                type Rejection = Response;

                async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
                    visit(parts, world, $role).await.map(Self)
                }
            }
        )+
    };
}

of_role! {
    Reader: Role::Reader,
    Analyst: Role::Analyst,
    Administrator: Role::Administrator,
}

async fn visit(parts: &Parts, world: &World, least: Role) -> Result<StaffVisit, Response> {
    let choice = language::choose(&parts.uri, &parts.headers);
    let now = world.shared.clock.now();
    let Some(token_hash) = session_cookie(&parts.headers).and_then(|cookie| hash(&cookie)) else {
        return Err(to_sign_in(parts));
    };
    let session = match world.shared.database.session(&token_hash, now).await {
        Ok(Some(session)) => session,
        Ok(None) => return Err(to_sign_in(parts)),
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return Err(world.staff_notice(
                StatusCode::INTERNAL_SERVER_ERROR,
                StaffNotice::Error,
                choice.language,
            ));
        }
    };
    let visit = StaffVisit {
        world: world.clone(),
        staff: session.staff,
        session: session.id,
        now,
        language: choice.language,
        language_asked: choice.asked,
    };
    if visit.staff.role < least {
        return Err(visit.notice(StatusCode::FORBIDDEN, StaffNotice::Forbidden));
    }
    Ok(visit)
}

/// On to signing in, and back here afterwards where here is a page.
fn to_sign_in(parts: &Parts) -> Response {
    let here = parts
        .uri
        .path_and_query()
        .filter(|_| parts.method == Method::GET)
        .map_or("/admin", |here| here.as_str());
    let back = utf8_percent_encode(here, NON_ALPHANUMERIC);
    Redirect::to(&format!("{SIGN_IN}?till={back}")).into_response()
}

pub(super) const SIGN_IN: &str = "/admin/logga-in";

/// Whether the browser talks TLS with the proxy in front. Only then can a cookie be kept to TLS and to this host.
pub(super) fn by_tls(headers: &HeaderMap) -> bool {
    headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// A cookie of this name that this server set.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let prefix = if by_tls(headers) { "__Host-" } else { "" };
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| found.strip_prefix(prefix) == Some(name))
        .map(|(_, value)| value.to_owned())
}

/// The `Set-Cookie` of a cookie that scripts cannot read and other sites' forms do not carry; `seconds` to live, 0 to forget.
pub(super) fn cookie_to_set(headers: &HeaderMap, name: &str, value: &str, seconds: u64) -> String {
    let (prefix, secure) = if by_tls(headers) {
        ("__Host-", "; Secure")
    } else {
        ("", "")
    };
    format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

pub(super) const SESSION_COOKIE: &str = "vardenkat";

fn session_cookie(headers: &HeaderMap) -> Option<String> {
    cookie(headers, SESSION_COOKIE)
}

/// What the database knows a session's cookie by.
pub(super) fn hash(cookie: &str) -> Option<[u8; 32]> {
    let token = BASE32_NOPAD_NOCASE.decode(cookie.as_bytes()).ok()?;
    (token.len() == 32).then(|| Sha256::digest(&token).into())
}

impl World {
    /// The frame of a staff page when nobody is signed in.
    pub(super) fn staff_frame(&self, language: Language) -> StaffFrame<'_> {
        StaffFrame {
            words: self.words().staff(language),
            common: self.words().of(language),
            language,
            style: &self.shared.shelf.staff_style,
            who: None,
        }
    }

    pub(super) fn staff_notice(
        &self,
        status: StatusCode,
        notice: StaffNotice,
        language: Language,
    ) -> Response {
        (status, Html(notice.html(&self.staff_frame(language)))).into_response()
    }
}

impl StaffVisit {
    pub fn frame(&self) -> StaffFrame<'_> {
        StaffFrame {
            who: Some(WhoIsThere {
                name: &self.staff.name,
                role: self.staff.role,
            }),
            ..self.world.staff_frame(self.language)
        }
    }

    /// Who does it, for the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.email.clone())
    }

    pub fn new_id(&self) -> Result<Uuid, NoChance> {
        self.world.shared.chance.id(self.now)
    }

    /// Writes a line in the log about something that has no writing of its own.
    pub async fn note(&self, action: &str, subject: &str, detail: &Value) -> Result<(), NoteError> {
        let id = self.new_id()?;
        let database = &self.world.shared.database;
        let (actor, now) = (self.actor(), self.now);
        Ok(database
            .note(&actor, action, subject, detail, now, id)
            .await?)
    }

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

    pub fn notice(&self, status: StatusCode, notice: StaffNotice) -> Response {
        self.page_with(status, notice.html(&self.frame()))
    }

    pub fn missing(&self) -> Response {
        self.notice(StatusCode::NOT_FOUND, StaffNotice::Missing)
    }

    /// What was posted cannot be read.
    pub fn bad(&self) -> Response {
        self.notice(StatusCode::BAD_REQUEST, StaffNotice::Bad)
    }

    /// Something failed that the reader can do nothing about.
    pub fn broken(&self, error: &dyn std::error::Error) -> Response {
        tracing::error!(%error, "a staff request failed");
        self.notice(StatusCode::INTERNAL_SERVER_ERROR, StaffNotice::Error)
    }

    /// On to another page, after a form.
    #[expect(
        clippy::unused_self,
        reason = "reads as what becomes of the visit, like the other answers"
    )]
    pub fn go(&self, path: &str) -> Response {
        Redirect::to(path).into_response()
    }

    /// `15 juni 2022`
    pub fn date(&self, moment: Timestamp) -> String {
        let local = in_sweden(moment);
        self.frame()
            .common
            .date(local.year(), local.month(), local.day())
    }

    /// `15 juni 2022 kl. 14:32`
    pub fn moment(&self, moment: Timestamp) -> String {
        let local = in_sweden(moment);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.frame().common.moment(&self.date(moment), &time)
    }
}

//! Somebody who has shown a password and is to show more. What was shown stands in a sealed cookie, so that nothing is
//! kept of those who never come further.

use std::time::Duration;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use sha2::{Digest, Sha256};

use super::{
    door::{Guest, with_cookies},
    session::{SIGN_IN, cookie, cookie_to_set},
};
use crate::{
    staff::{Purpose, open, seal},
    storage::{Credentials, Timestamp},
    web::World,
};

const COOKIE: &str = "vardenkat-steg";
/// Enough to install an app.
const LASTS: Duration = Duration::from_mins(20);

/// What is to be shown next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Password,
    SetUp,
    Code,
}

impl Next {
    pub fn of(credentials: &Credentials) -> Self {
        if credentials.staff.initial {
            Self::Password
        } else if credentials.staff.code_set_up {
            Self::Code
        } else {
            Self::SetUp
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Password => "/admin/logga-in/losenord",
            Self::SetUp => "/admin/logga-in/ny-kod",
            Self::Code => "/admin/logga-in/kod",
        }
    }
}

pub(super) struct Midway {
    pub guest: Guest,
    pub credentials: Credentials,
}

impl FromRequestParts<World> for Midway {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let Ok(guest) = Guest::from_request_parts(parts, world).await;
        let expired = || Redirect::to(&format!("{SIGN_IN}?laget=for-sent")).into_response();
        let said = cookie(&guest.headers, COOKIE)
            .and_then(|sealed| open(&world.shared.secret, Purpose::Step, &sealed))
            .ok_or_else(expired)?;
        let (id, rest) = said.split_first_chunk::<16>().ok_or_else(expired)?;
        let (until, print) = rest.split_first_chunk::<8>().ok_or_else(expired)?;
        if Timestamp::from_millis(i64::from_be_bytes(*until)) <= guest.now {
            return Err(expired());
        }
        let credentials = world
            .shared
            .database
            .credentials_of(uuid::Uuid::from_bytes(*id))
            .await
            .map_err(|error| guest.broken(&error))?
            .ok_or_else(expired)?;
        if print != fingerprint(&credentials) {
            return Err(expired());
        }
        Ok(Self { guest, credentials })
    }
}

/// Of what was shown: it holds no longer once the account is reset or its password changed.
fn fingerprint(credentials: &Credentials) -> [u8; 32] {
    Sha256::new()
        .chain_update(credentials.password.as_deref().unwrap_or_default())
        .chain_update(credentials.code_generation.to_be_bytes())
        .finalize()
        .into()
}

/// On to what is to be shown next, by whoever has shown the password.
pub(super) fn onward(guest: &Guest, credentials: &Credentials, back: &str) -> Response {
    let mut said = credentials.staff.id.as_bytes().to_vec();
    said.extend_from_slice(&guest.now.after(LASTS).millis().to_be_bytes());
    said.extend_from_slice(&fingerprint(credentials));
    let sealed = seal(&guest.world.shared.secret, Purpose::Step, &said);
    let set = cookie_to_set(&guest.headers, COOKIE, &sealed, LASTS.as_secs());
    with_cookies(to(Next::of(credentials), back), [set])
}

/// Forgets what was shown.
pub(super) fn forget(guest: &Guest) -> String {
    cookie_to_set(&guest.headers, COOKIE, "", 0)
}

/// On to a step's page.
pub(super) fn to(next: Next, back: &str) -> Response {
    let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    Redirect::to(&format!("{}?till={back}", next.path())).into_response()
}

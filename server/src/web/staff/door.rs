//! What signing in shares between requests, and what it knows of whoever knocks.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use app::staff::StaffNotice;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::Response,
};
use sha2::{Digest, Sha256};
use survey::text::Language;

use super::session::{cookie, cookie_to_set};
use crate::{
    staff::{Attempt, Hasher, Purpose, Shown, Throttle, Verdict, open, seal},
    storage::Timestamp,
    web::{World, language, neighbour::client_address},
};

/// Of each kind that is counted.
const REMEMBERED: usize = 20_000;
/// So many are kept waiting at once because their account is being attacked. More are looked at without: to refuse them would
/// lock out whoever is attacked, and the hasher looks at few at a time anyway.
const WAITING: usize = 100;
/// Kept for known devices, so that no flood of guesses takes every place.
const SLOTS_OF_KNOWN: usize = 2;

pub(in crate::web) struct Door {
    pub(super) throttle: Mutex<Throttle>,
    pub(super) hasher: Hasher,
    hasher_of_known: Hasher,
    waiting: tokio::sync::Semaphore,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            throttle: Mutex::new(Throttle::new(REMEMBERED)),
            hasher: Hasher::default(),
            hasher_of_known: Hasher::of(SLOTS_OF_KNOWN),
            waiting: tokio::sync::Semaphore::new(WAITING),
        }
    }
}

const DEVICE_COOKIE: &str = "vardenkat-enhet";
const DEVICE_LASTS: Duration = Duration::from_hours(180 * 24);

/// Somebody who is not signed in, or not yet.
pub(super) struct Guest {
    pub world: World,
    pub headers: HeaderMap,
    pub address: IpAddr,
    pub now: Timestamp,
    pub language: Language,
}

impl FromRequestParts<World> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Self::Rejection> {
        Ok(Self {
            world: world.clone(),
            headers: parts.headers.clone(),
            address: client_address(world, parts),
            now: world.shared.clock.now(),
            language: language::choose(&parts.uri, &parts.headers).language,
        })
    }
}

/// What an account is counted by: of any address that is typed, whether or not it has an account.
pub(super) fn account_of(email: &str) -> [u8; 16] {
    let mut account = [0; 16];
    account.copy_from_slice(&Sha256::digest(email)[..16]);
    account
}

impl Guest {
    pub fn attempt(&self, shown: Shown, email: &str) -> Attempt {
        let account = account_of(email);
        Attempt {
            shown,
            address: self.address,
            account,
            device: self.known_device(&account),
        }
    }

    /// This device, where this account signed in from it before.
    fn known_device(&self, account: &[u8; 16]) -> Option<[u8; 16]> {
        let sealed = cookie(&self.headers, DEVICE_COOKIE)?;
        let said = open(&self.world.shared.secret, Purpose::Device, &sealed)?;
        let (whose, rest) = said.split_first_chunk::<16>()?;
        let (device, since) = rest.split_first_chunk::<16>()?;
        let since = Timestamp::from_millis(i64::from_be_bytes(since.try_into().ok()?));
        (whose == account && self.now < since.after(DEVICE_LASTS)).then_some(*device)
    }

    /// The cookie that makes this device known.
    pub fn device_cookie(&self, email: &str, device: [u8; 16]) -> String {
        let mut said = account_of(email).to_vec();
        said.extend_from_slice(&device);
        said.extend_from_slice(&self.now.millis().to_be_bytes());
        let sealed = seal(&self.world.shared.secret, Purpose::Device, &said);
        cookie_to_set(
            &self.headers,
            DEVICE_COOKIE,
            &sealed,
            DEVICE_LASTS.as_secs(),
        )
    }

    /// Counts the attempt and waits where it must; until when it is refused, if it is.
    pub async fn knock(&self, attempt: &Attempt) -> Result<(), Timestamp> {
        let door = &self.world.shared.door;
        let verdict = door
            .throttle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .begin(attempt, self.now);
        match verdict {
            Verdict::Now => Ok(()),
            Verdict::Refused { until } => Err(until),
            Verdict::Later(wait) => {
                if let Ok(_place) = door.waiting.try_acquire() {
                    tokio::time::sleep(wait).await;
                }
                Ok(())
            }
        }
    }

    /// What the password of this attempt is hashed by.
    pub fn hasher(&self, attempt: &Attempt) -> &Hasher {
        let door = &self.world.shared.door;
        match attempt.device {
            Some(_) => &door.hasher_of_known,
            None => &door.hasher,
        }
    }

    pub fn succeeded(&self, attempt: &Attempt) {
        self.world
            .shared
            .door
            .throttle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .succeeded(attempt);
    }

    /// Something failed that whoever knocks can do nothing about.
    pub fn broken(&self, error: &dyn std::error::Error) -> Response {
        tracing::error!(%error, "signing in failed");
        self.world.staff_notice(
            StatusCode::INTERNAL_SERVER_ERROR,
            StaffNotice::Error,
            self.language,
        )
    }
}

/// Adds cookies to an answer.
pub(super) fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = String>,
) -> Response {
    for cookie in cookies {
        if let Ok(cookie) = cookie.parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

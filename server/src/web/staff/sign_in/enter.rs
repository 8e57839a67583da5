//! The session that signing in begins and signing out ends.

use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE32_NOPAD;

use super::SignInError;
use crate::{
    storage::{Credentials, NewSession, SESSION_MOST, StaffError},
    web::staff::{
        Reader,
        door::{Guest, with_cookies},
        midway,
        session::{SESSION_COOKIE, SIGN_IN, cookie, cookie_to_set, hash},
    },
};

impl Guest {
    /// Begins a session, and ends the one that this browser had. Gives the cookies to set.
    pub(in crate::web::staff) async fn let_in(
        &self,
        credentials: &Credentials,
        known_device: bool,
        how: &str,
    ) -> Result<Vec<String>, SignInError> {
        let shared = &self.world.shared;
        let (database, chance, now) = (&shared.database, shared.chance, self.now);
        let before = cookie(&self.headers, SESSION_COOKIE).and_then(|token| hash(&token));
        if let Some(before) = before
            && let Some(session) = database.session(&before, now).await?
        {
            let email = &session.staff.email;
            database
                .end_session(session.id, email, now, chance.id(now)?)
                .await?;
        }
        let token = BASE32_NOPAD
            .encode(&chance.bytes::<32>()?)
            .to_ascii_lowercase();
        let Some(token_hash) = hash(&token) else {
            return Err(SignInError::Staff(StaffError::Unknown));
        };
        let new = NewSession {
            id: chance.id(now)?,
            staff: credentials.staff.id,
            token_hash,
        };
        let email = &credentials.staff.email;
        database
            .begin_session(&new, email, how, now, chance.id(now)?)
            .await?;
        let most = SESSION_MOST.as_secs();
        let mut cookies = vec![
            cookie_to_set(&self.headers, SESSION_COOKIE, &token, most),
            midway::forget(self),
        ];
        if !known_device {
            cookies.push(self.device_cookie(email, chance.bytes()?));
        }
        Ok(cookies)
    }
}

pub(in crate::web::staff) async fn sign_out(guest: Guest, reader: Reader) -> Response {
    let shared = &reader.world.shared;
    let entry = match reader.new_id() {
        Ok(entry) => entry,
        Err(error) => return reader.broken(&error),
    };
    let ended = shared
        .database
        .end_session(reader.session, &reader.staff.email, reader.now, entry)
        .await;
    if let Err(error) = ended {
        return reader.broken(&error);
    }
    let gone = cookie_to_set(&guest.headers, SESSION_COOKIE, "", 0);
    let response = Redirect::to(&format!("{SIGN_IN}?laget=utloggad")).into_response();
    with_cookies(response, [gone])
}

//! Signing in at the organisation's own provider. Who began stands in a sealed cookie, so that what comes back is taken
//! only from the browser that left, once, and within a while.

use std::time::Duration;

use app::{
    fill,
    staff::{form::Fault, sign_in::ProviderLink},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    Asked,
    door::{Guest, with_cookies},
    session::{SIGN_IN, cookie, cookie_to_set},
    sign_in::{SignInError, safe},
};
use crate::{
    provider::{Attempt, Provider},
    staff::{Purpose, open, seal},
    storage::Timestamp,
};

const COOKIE: &str = "vardenkat-oidc";
/// Enough to find a phone and type a code.
const LASTS: Duration = Duration::from_mins(10);
const BACK: &str = "/admin/logga-in/oidc";

/// An attempt that this browser began.
struct Begun {
    attempt: Attempt,
    until: Timestamp,
    /// The page to go to once signed in.
    back: String,
}

impl Begun {
    fn seal(&self, guest: &Guest) -> String {
        let mut said = self.attempt.0.to_vec();
        said.extend_from_slice(&self.until.millis().to_be_bytes());
        said.extend_from_slice(self.back.as_bytes());
        let sealed = seal(&guest.world.shared.secret, Purpose::Provider, &said);
        cookie_to_set(&guest.headers, COOKIE, &sealed, LASTS.as_secs())
    }

    /// What this browser began, where it still holds and `state` is of the same attempt.
    fn of(guest: &Guest, state: &str) -> Option<Self> {
        let sealed = cookie(&guest.headers, COOKIE)?;
        let said = open(&guest.world.shared.secret, Purpose::Provider, &sealed)?;
        let (attempt, rest) = said.split_first_chunk::<{ Attempt::BYTES }>()?;
        let (until, back) = rest.split_first_chunk::<8>()?;
        let begun = Self {
            attempt: Attempt(*attempt),
            until: Timestamp::from_millis(i64::from_be_bytes(*until)),
            back: String::from_utf8(back.to_vec()).ok()?,
        };
        (begun.attempt.state() == state && guest.now < begun.until).then_some(begun)
    }
}

impl Guest {
    /// The provider, where the operator has set one up.
    pub(super) fn provider(&self) -> Option<&Provider> {
        self.world.shared.provider.as_ref()
    }

    pub(super) fn provider_link(&self, back: &str) -> Option<ProviderLink<'_>> {
        let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
        self.provider().map(|provider| ProviderLink {
            name: provider.name(),
            address: format!("{BACK}/borja?till={back}"),
        })
    }

    fn come_back_to(&self) -> String {
        format!("{}{BACK}", self.world.shared.mail.composer.origin())
    }

    /// The sign-in page, with what went wrong at the provider.
    fn turned_back(&self, status: StatusCode, back: &str, text: &str) -> Response {
        let name = self.provider().map_or("", Provider::name);
        let faults = [Fault::new("provider", fill(text, &[("name", name)]))];
        let page = self.sign_in_page(status, back, "", &faults);
        with_cookies(page, [cookie_to_set(&self.headers, COOKIE, "", 0)])
    }

    fn failed(&self, back: &str) -> Response {
        let text = &self.frame().words.sign_in.provider_failed;
        self.turned_back(StatusCode::BAD_GATEWAY, back, text)
    }

    fn not_begun_here(&self) -> Response {
        let text = &self.frame().words.sign_in.provider_failed;
        self.turned_back(StatusCode::BAD_REQUEST, "/admin", text)
    }
}

fn no_provider() -> Response {
    Redirect::to(SIGN_IN).into_response()
}

/// On to the provider.
pub(super) async fn begin(guest: Guest, asked: Asked) -> Response {
    let Some(provider) = guest.provider() else {
        return no_provider();
    };
    let shared = &guest.world.shared;
    let attempt = match shared.chance.bytes() {
        Ok(bytes) => Attempt(bytes),
        Err(error) => return guest.broken(&error),
    };
    let begun = Begun {
        attempt,
        until: guest.now.after(LASTS),
        back: safe(asked.text("till")).to_owned(),
    };
    let redirect = guest.come_back_to();
    match provider
        .address(attempt, &redirect, &shared.secret, guest.now)
        .await
    {
        Ok(address) => {
            let there = Redirect::to(address.as_str()).into_response();
            with_cookies(there, [begun.seal(&guest)])
        }
        Err(error) => {
            tracing::error!(%error, "the sign-in provider cannot be used");
            guest.failed(&begun.back)
        }
    }
}

/// Back from the provider.
pub(super) async fn back(guest: Guest, asked: Asked) -> Response {
    let Some(provider) = guest.provider() else {
        return no_provider();
    };
    let Some(begun) = Begun::of(&guest, asked.text("state")) else {
        return guest.not_begun_here();
    };
    if !provider.comes_back(begun.attempt, begun.until, guest.now) {
        return guest.not_begun_here();
    }
    // RFC 9207: an answer that another provider sent.
    let issuer = asked.text("iss");
    if !issuer.is_empty() && issuer != provider.issuer() {
        return guest.not_begun_here();
    }
    let code = asked.text("code");
    if code.is_empty() {
        tracing::warn!(
            error = asked.text("error"),
            "the sign-in provider let nobody in"
        );
        return guest.failed(&begun.back);
    }
    match guest.let_in_by(provider, &begun, code).await {
        Ok(Some(mut cookies)) => {
            cookies.push(cookie_to_set(&guest.headers, COOKIE, "", 0));
            with_cookies(Redirect::to(&begun.back).into_response(), cookies)
        }
        Ok(None) => {
            let text = &guest.frame().words.sign_in.provider_unknown;
            guest.turned_back(StatusCode::FORBIDDEN, &begun.back, text)
        }
        Err(SignInError::Provider(error)) => {
            tracing::warn!(%error, "signing in at the provider failed");
            guest.failed(&begun.back)
        }
        Err(error) => guest.broken(&error),
    }
}

impl Guest {
    /// The cookies of a session; none where whoever it is has no account. What else there is to be shown, the provider has
    /// asked for.
    async fn let_in_by(
        &self,
        provider: &Provider,
        begun: &Begun,
        code: &str,
    ) -> Result<Option<Vec<String>>, SignInError> {
        let shared = &self.world.shared;
        let redirect = self.come_back_to();
        let person = provider
            .redeem(begun.attempt, code, &redirect, &shared.secret, self.now)
            .await?;
        let entry = shared.chance.id(self.now)?;
        let account = shared
            .database
            .account_of_subject(&person.subject, person.email.as_deref(), self.now, entry)
            .await?;
        match account {
            Some(credentials) => {
                // A device is known to those who guess passwords at it; nobody has shown one here.
                let cookies = self.let_in(&credentials, true, "OpenID Connect").await?;
                Ok(Some(cookies))
            }
            None => Ok(None),
        }
    }
}

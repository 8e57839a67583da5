//! Signing staff in at the organisation's own provider, by `OpenID Connect`: authorization code flow with PKCE. What is
//! kept of an attempt stands in a sealed cookie of the browser's; here is only what the provider publishes.

mod directory;
mod http;
mod id_token;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use crate::{links::Secret, storage::Timestamp};
use directory::Directory;
use http::{Client, Credentials};

pub use directory::DirectoryError;
pub use http::{ClientError, HttpError};
pub use id_token::{Person, TokenError};

/// Attempts that came back lately. More are refused until some have grown old.
const REMEMBERED: usize = 50_000;

/// How the provider knows this server.
#[derive(Clone)]
pub struct Registration {
    /// Exactly as the provider writes it.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// What the sign-in page calls it; the issuer's host where nothing is said.
    pub name: Option<String>,
}

/// Why there is no such provider to sign in with.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    #[error("the issuer is an address that begins with https://, without a question mark or #")]
    Issuer,
    #[error("the client's id and secret may not be empty")]
    Empty,
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Why somebody could not be signed in.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error("the code could not be redeemed: {0}")]
    Redeem(#[from] HttpError),
    #[error("the answer to the code is not as expected: {0}")]
    Answer(#[from] serde_json::Error),
    #[error("the ID token is not accepted: {0}")]
    Token(#[from] TokenError),
}

/// One attempt to sign in. All but its identity is made from the server's secret, so that nothing secret travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt(pub [u8; Self::BYTES]);

impl Attempt {
    pub const BYTES: usize = 16;

    pub fn state(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    fn nonce(self, secret: &Secret) -> String {
        BASE64URL_NOPAD.encode(&secret.key_for(b"sign-in nonce", &self.0))
    }

    fn verifier(self, secret: &Secret) -> String {
        BASE64URL_NOPAD.encode(&secret.key_for(b"sign-in verifier", &self.0))
    }
}

pub struct Provider {
    issuer: String,
    client: Credentials,
    name: String,
    http: Client,
    directory: Directory,
    /// Attempts that have come back, until when they hold.
    used: Mutex<HashMap<[u8; Attempt::BYTES], Timestamp>>,
}

#[derive(Deserialize)]
struct Redeemed {
    id_token: String,
}

impl Provider {
    pub fn new(registration: Registration) -> Result<Self, RegistrationError> {
        let Registration {
            issuer,
            client_id,
            client_secret,
            name,
        } = registration;
        let url = Url::parse(&issuer).map_err(|_| RegistrationError::Issuer)?;
        if !http::is_safe(&url) || url.query().is_some() || url.fragment().is_some() {
            return Err(RegistrationError::Issuer);
        }
        if client_id.is_empty() || client_secret.is_empty() {
            return Err(RegistrationError::Empty);
        }
        let host = url.host_str().unwrap_or_default();
        Ok(Self {
            name: name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| host.to_owned()),
            directory: Directory::of(&issuer),
            issuer,
            client: Credentials {
                id: client_id,
                secret: client_secret,
            },
            http: Client::new()?,
            used: Mutex::default(),
        })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Where the browser is to go, to come back to `redirect`.
    pub async fn address(
        &self,
        attempt: Attempt,
        redirect: &str,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Url, ProviderError> {
        let endpoints = self.directory.endpoints(&self.http, now).await?;
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(attempt.verifier(secret)));
        let mut address = endpoints.authorization.clone();
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid email")
            .append_pair("client_id", &self.client.id)
            .append_pair("redirect_uri", redirect)
            .append_pair("state", &attempt.state())
            .append_pair("nonce", &attempt.nonce(secret))
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(address)
    }

    /// Whether the attempt comes back for the first time. It is good until `until`.
    pub fn comes_back(&self, attempt: Attempt, until: Timestamp, now: Timestamp) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= REMEMBERED {
            used.retain(|_, until| *until > now);
        }
        used.len() < REMEMBERED && used.insert(attempt.0, until).is_none()
    }

    /// The form that redeems a code, and what goes beside it.
    fn request(
        &self,
        secret_in_form: bool,
        attempt: Attempt,
        code: &str,
        redirect: &str,
        secret: &Secret,
    ) -> (String, Option<String>) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect)
            .append_pair("code_verifier", &attempt.verifier(secret));
        if secret_in_form {
            form.append_pair("client_id", &self.client.id)
                .append_pair("client_secret", &self.client.secret);
            (form.finish(), None)
        } else {
            (form.finish(), Some(self.client.basic()))
        }
    }

    /// Who the provider says it is.
    pub async fn redeem(
        &self,
        attempt: Attempt,
        code: &str,
        redirect: &str,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Person, ProviderError> {
        let endpoints = self.directory.endpoints(&self.http, now).await?;
        let (body, authorization) =
            self.request(endpoints.secret_in_form, attempt, code, redirect, secret);
        let answer = self.http.post(&endpoints.token, body, authorization);
        let Redeemed { id_token } = serde_json::from_slice(&answer.await?)?;
        let nonce = attempt.nonce(secret);
        let expected = id_token::Expected {
            issuer: &self.issuer,
            client: &self.client.id,
            nonce: &nonce,
            now,
        };
        let keys = self.directory.keys(&self.http, now).await?;
        match id_token::read(&id_token, &keys, &expected) {
            // The provider may have changed its keys since they were fetched.
            Err(TokenError::UnknownKey) => {
                let keys = self.directory.fresh_keys(&self.http, now).await?;
                Ok(id_token::read(&id_token, &keys, &expected)?)
            }
            read => Ok(read?),
        }
    }
}

impl Credentials {
    /// RFC 6749, 2.3.1: each half is encoded as in a form before both are put together.
    fn basic(&self) -> String {
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let both = format!("{}:{}", encoded(&self.id), encoded(&self.secret));
        format!("Basic {}", BASE64.encode(both.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn registered(issuer: &str) -> Result<Provider, RegistrationError> {
        Provider::new(Registration {
            issuer: issuer.to_owned(),
            client_id: "vardenkat".to_owned(),
            client_secret: "hemligt".to_owned(),
            name: None,
        })
    }

    #[test]
    fn a_provider_is_reached_by_tls_or_on_this_machine() {
        assert_eq!(
            registered("https://id.example.se/t").unwrap().name(),
            "id.example.se"
        );
        assert!(registered("http://127.0.0.1:8080").is_ok());
        for issuer in [
            "http://id.example.se",
            "id.example.se",
            "ftp://id.example.se",
            "https://id.example.se/?a",
        ] {
            assert!(registered(issuer).is_err(), "{issuer}");
        }
    }

    #[test]
    fn an_attempt_comes_back_once() {
        let provider = registered("https://id.example.se").unwrap();
        let now = Timestamp::from_millis(0);
        let until = now.after(Duration::from_mins(10));
        assert!(provider.comes_back(Attempt([1; 16]), until, now));
        assert!(!provider.comes_back(Attempt([1; 16]), until, now));
        assert!(provider.comes_back(Attempt([2; 16]), until, now));
    }

    #[test]
    fn what_is_special_in_id_and_secret_is_encoded_before_both_are_put_together() {
        let credentials = Credentials {
            id: "a:b".to_owned(),
            secret: "c d".to_owned(),
        };
        assert_eq!(
            credentials.basic(),
            format!("Basic {}", BASE64.encode(b"a%3Ab:c+d"))
        );
    }

    #[test]
    fn no_two_things_of_an_attempt_are_alike() {
        let secret = Secret::from_bytes([1; 32]);
        let attempt = Attempt([1; 16]);
        assert_ne!(attempt.nonce(&secret), attempt.verifier(&secret));
        assert_eq!(attempt.verifier(&secret).len(), 43, "as RFC 7636 wants it");
        assert_ne!(attempt.nonce(&secret), Attempt([2; 16]).nonce(&secret));
    }
}

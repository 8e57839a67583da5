//! What a provider publishes of itself, fetched when needed and kept for a while.

use std::{sync::Arc, time::Duration};

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::http::{Client, HttpError, is_safe};
use crate::storage::Timestamp;

const KEPT: Duration = Duration::from_hours(1);
/// Keys are not asked for more often than this, whatever tokens name.
const KEYS_APART: Duration = Duration::from_mins(1);
/// After a failure nobody else waits for the same for so long.
const REST: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    #[error("what the provider publishes cannot be fetched: {0}")]
    Fetch(#[from] HttpError),
    #[error("what the provider publishes cannot be read: {0}")]
    Read(#[from] serde_json::Error),
    #[error("the provider calls itself {0}, which is not the issuer that was set up")]
    Issuer(String),
    #[error("the provider names an address that is not reached by TLS")]
    Unsafe,
    #[error("the provider could not be reached a moment ago")]
    Resting,
}

/// Where to ask for what.
pub(super) struct Endpoints {
    pub authorization: Url,
    pub token: Url,
    /// Whether this server shows who it is within the form, the only way the provider takes.
    pub secret_in_form: bool,
    keys: Url,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

pub(super) struct Directory {
    issuer: String,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    endpoints: Option<(Arc<Endpoints>, Timestamp)>,
    keys: Option<(Arc<[Jwk]>, Timestamp)>,
    failed: Option<Timestamp>,
}

fn fresh<T: Clone>(kept: Option<&(T, Timestamp)>, lasts: Duration, now: Timestamp) -> Option<T> {
    kept.filter(|(_, since)| now < since.after(lasts))
        .map(|(kept, _)| kept.clone())
}

impl Directory {
    pub fn of(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            kept: Mutex::default(),
        }
    }

    pub async fn endpoints(
        &self,
        http: &Client,
        now: Timestamp,
    ) -> Result<Arc<Endpoints>, DirectoryError> {
        let mut kept = self.kept.lock().await;
        self.endpoints_within(&mut kept, http, now).await
    }

    pub async fn keys(&self, http: &Client, now: Timestamp) -> Result<Arc<[Jwk]>, DirectoryError> {
        self.keys_of(http, KEPT, now).await
    }

    /// The keys as they are now, or were within the last minute.
    pub async fn fresh_keys(
        &self,
        http: &Client,
        now: Timestamp,
    ) -> Result<Arc<[Jwk]>, DirectoryError> {
        self.keys_of(http, KEYS_APART, now).await
    }

    async fn keys_of(
        &self,
        http: &Client,
        lasts: Duration,
        now: Timestamp,
    ) -> Result<Arc<[Jwk]>, DirectoryError> {
        let mut kept = self.kept.lock().await;
        if let Some(keys) = fresh(kept.keys.as_ref(), lasts, now) {
            return Ok(keys);
        }
        let endpoints = self.endpoints_within(&mut kept, http, now).await?;
        let set: KeySet =
            serde_json::from_slice(&fetched(&mut kept, http, &endpoints.keys, now).await?)?;
        // Keys of kinds that are not known here are somebody else's business.
        let keys: Arc<[Jwk]> = set
            .keys
            .into_iter()
            .filter_map(|key| serde_json::from_value(key).ok())
            .collect();
        kept.keys = Some((Arc::clone(&keys), now));
        Ok(keys)
    }

    async fn endpoints_within(
        &self,
        kept: &mut Kept,
        http: &Client,
        now: Timestamp,
    ) -> Result<Arc<Endpoints>, DirectoryError> {
        if let Some(endpoints) = fresh(kept.endpoints.as_ref(), KEPT, now) {
            return Ok(endpoints);
        }
        let place = format!(
            "{}/.well-known/openid-configuration",
            self.issuer.trim_end_matches('/')
        );
        let place = Url::parse(&place).map_err(|_| HttpError::Address)?;
        let document: Document = serde_json::from_slice(&fetched(kept, http, &place, now).await?)?;
        let endpoints = Arc::new(self.read(document)?);
        kept.endpoints = Some((Arc::clone(&endpoints), now));
        Ok(endpoints)
    }

    fn read(&self, document: Document) -> Result<Endpoints, DirectoryError> {
        if document.issuer != self.issuer {
            return Err(DirectoryError::Issuer(document.issuer));
        }
        let endpoints = Endpoints {
            authorization: document.authorization_endpoint,
            token: document.token_endpoint,
            keys: document.jwks_uri,
            secret_in_form: document
                .token_endpoint_auth_methods_supported
                .is_some_and(|ways| {
                    let takes = |way: &str| ways.iter().any(|known| known == way);
                    takes("client_secret_post") && !takes("client_secret_basic")
                }),
        };
        let all = [&endpoints.authorization, &endpoints.token, &endpoints.keys];
        if all.into_iter().all(is_safe) {
            Ok(endpoints)
        } else {
            Err(DirectoryError::Unsafe)
        }
    }
}

async fn fetched(
    kept: &mut Kept,
    http: &Client,
    place: &Url,
    now: Timestamp,
) -> Result<hyper::body::Bytes, DirectoryError> {
    if kept.failed.is_some_and(|failed| now < failed.after(REST)) {
        return Err(DirectoryError::Resting);
    }
    match http.get(place).await {
        Ok(body) => {
            kept.failed = None;
            Ok(body)
        }
        Err(error) => {
            kept.failed = Some(now);
            Err(error.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: impl Fn(&mut Document)) -> Result<Endpoints, DirectoryError> {
        let place = |path: &str| Url::parse(&format!("https://id.example.se/{path}")).unwrap();
        let mut document = Document {
            issuer: "https://id.example.se".to_owned(),
            authorization_endpoint: place("authorize"),
            token_endpoint: place("token"),
            jwks_uri: place("keys"),
            token_endpoint_auth_methods_supported: None,
        };
        change(&mut document);
        Directory::of("https://id.example.se").read(document)
    }

    #[test]
    fn a_provider_must_be_the_one_that_was_set_up_and_be_reached_by_tls() {
        assert!(read(|_| ()).is_ok());
        let other = read(|document| document.issuer.push('/'));
        assert!(matches!(other, Err(DirectoryError::Issuer(_))));
        let plain = read(|document| {
            document.token_endpoint = Url::parse("http://id.example.se/token").unwrap();
        });
        assert!(matches!(plain, Err(DirectoryError::Unsafe)));
    }

    #[test]
    fn the_secret_goes_into_the_form_only_where_nothing_else_is_taken() {
        for (ways, in_form) in [
            (None, false),
            (
                Some(vec!["client_secret_basic", "client_secret_post"]),
                false,
            ),
            (Some(vec!["client_secret_post"]), true),
        ] {
            let said =
                ways.map(|ways: Vec<&str>| ways.into_iter().map(str::to_owned).collect::<Vec<_>>());
            let read = read(|document| {
                document
                    .token_endpoint_auth_methods_supported
                    .clone_from(&said);
            });
            assert_eq!(read.unwrap().secret_in_form, in_form);
        }
    }
}

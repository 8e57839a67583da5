//! What an ID token says, once its signature and all that it must say are found right.

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    errors::Error,
    jwk::{Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;

use crate::storage::Timestamp;

/// Only where the key that checks a signature cannot make one.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// How much clocks may differ, in seconds.
const LEEWAY: i64 = 60;
const LONGEST_SUBJECT: usize = 255;

#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error(transparent)]
    Token(#[from] Error),
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    #[error("it is signed with a key that the provider does not publish")]
    UnknownKey,
    #[error("it was made for somebody else")]
    Party,
    #[error("it has expired")]
    Expired,
    #[error("it is dated in the future")]
    Future,
    #[error("it answers another attempt")]
    Nonce,
    #[error("it does not name anybody")]
    Subject,
}

/// Somebody that the provider knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Issuer and subject: nobody else's, ever.
    pub subject: String,
    /// In small letters; only where the provider has verified it.
    pub email: Option<String>,
}

pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    pub now: Timestamp,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    aud: Audience,
    azp: Option<String>,
    /// Seconds since 1970, as all times in here.
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    email: Option<String>,
    email_verified: Option<Flag>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Some providers write the word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Truth(bool),
    Word(String),
}

impl Flag {
    fn is_set(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth,
            Self::Word(word) => word == "true",
        }
    }
}

pub(super) fn read(
    token: &str,
    keys: &[Jwk],
    expected: &Expected<'_>,
) -> Result<Person, TokenError> {
    let header = decode_header(token)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(TokenError::Algorithm);
    }
    let key = keys
        .iter()
        .find(|key| suits(key, header.kid.as_deref(), header.alg))
        .ok_or(TokenError::UnknownKey)?;
    let mut validation = Validation::new(header.alg);
    validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client]);
    // Below, by the clock that everything here goes by.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, &DecodingKey::from_jwk(key)?, &validation)?.claims;
    claims.check(expected)?;
    Ok(claims.person(expected.issuer))
}

fn suits(key: &Jwk, kid: Option<&str>, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let signs = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let named = kid.is_none_or(|kid| common.key_id.as_deref() == Some(kid));
    let way = common
        .key_algorithm
        .is_none_or(|known| known == KeyAlgorithm::from(algorithm));
    let family = DecodingKey::from_jwk(key).is_ok_and(|key| key.family() == algorithm.family());
    signs && named && way && family
}

impl Claims {
    fn check(&self, expected: &Expected<'_>) -> Result<(), TokenError> {
        let ours = match (&self.azp, &self.aud) {
            (Some(party), _) => party == expected.client,
            (None, Audience::One(whose)) => whose == expected.client,
            (None, Audience::Many(all)) => all == &[expected.client],
        };
        let now = expected.now.millis() / 1000;
        if !ours {
            Err(TokenError::Party)
        } else if self.exp <= now.saturating_sub(LEEWAY) {
            Err(TokenError::Expired)
        } else if self.iat > now.saturating_add(LEEWAY) {
            Err(TokenError::Future)
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            Err(TokenError::Nonce)
        } else if self.sub.is_empty()
            || self.sub.len() > LONGEST_SUBJECT
            || self.sub.contains(char::is_control)
        {
            Err(TokenError::Subject)
        } else {
            Ok(())
        }
    }

    fn person(self, issuer: &str) -> Person {
        let verified = self.email_verified.is_some_and(|flag| flag.is_set());
        Person {
            subject: format!("{issuer}|{}", self.sub),
            email: self
                .email
                .filter(|email| verified && !email.contains(char::is_control))
                .map(|email| email.to_lowercase()),
        }
    }
}

//! Passwords: which may be chosen, and how they are kept.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, Params};
use data_encoding::BASE32_NOPAD;
use tokio::sync::Semaphore;

/// As typed; never shown and never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    TooShort,
    TooLong,
    /// Little is left of it without the account's name and address, the product's name, and what everybody tries first.
    Obvious,
}

impl Password {
    /// Characters.
    pub const LEAST: usize = 12;
    pub const MOST: usize = 256;

    /// A password to be compared with the one that is kept.
    pub fn typed(text: &str) -> Self {
        Self(text.chars().take(Self::MOST + 1).collect())
    }

    /// A password to be kept. No signs are demanded and none refused: length is what counts.
    pub fn choose(text: &str, email: &str, name: &str) -> Result<Self, PasswordFault> {
        let length = text.chars().count();
        if length < Self::LEAST {
            Err(PasswordFault::TooShort)
        } else if length > Self::MOST {
            Err(PasswordFault::TooLong)
        } else if is_obvious(text, email, name) {
            Err(PasswordFault::Obvious)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// A password that the program makes, for the first sign-in only.
#[derive(Clone, PartialEq, Eq)]
pub struct InitialPassword(String);

impl InitialPassword {
    /// Four groups of four small letters and digits: easy to read out, and 80 bits.
    pub fn from_chance(bytes: [u8; 10]) -> Self {
        let letters = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        let groups: Vec<_> = letters
            .as_bytes()
            .chunks(4)
            .map(String::from_utf8_lossy)
            .collect();
        Self(groups.join("-"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn typed(&self) -> Password {
        Password::typed(&self.0)
    }
}

impl fmt::Debug for InitialPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InitialPassword(…)")
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

const FIRST_TRIED: [&str; 15] = [
    "vårdenkät",
    "vardenkat",
    "vårdcentral",
    "vardcentral",
    "lösenord",
    "losenord",
    "password",
    "qwertyuiopå",
    "qwertyuiop",
    "qwerty",
    "sommar",
    "vinter",
    "1234567890",
    "123456",
    "abcdef",
];
/// So many different signs must be left.
const LEFT: usize = 5;

fn is_obvious(text: &str, email: &str, name: &str) -> bool {
    let mut rest = text.to_lowercase();
    let (email, name) = (email.to_lowercase(), name.to_lowercase());
    let mut words: Vec<&str> = email.split(['@', '.', '-', '_', '+']).collect();
    words.extend(name.split_whitespace());
    words.extend(FIRST_TRIED);
    words.push(&email);
    words.retain(|word| word.chars().count() > 2);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(word, "");
    }
    let mut left: Vec<char> = rest.chars().filter(|sign| !sign.is_whitespace()).collect();
    left.sort_unstable();
    left.dedup();
    left.len() < LEFT
}

/// Hashes off the runtime, a few at a time: each takes 19 MiB and some tens of milliseconds.
#[derive(Clone, Debug)]
pub struct Hasher {
    slots: Arc<Semaphore>,
}

const AT_ONCE: usize = 4;
/// Whoever has waited so long for a slot is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum HashError {
    #[error("too many passwords are being checked at once")]
    Busy,
    #[error("a password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("hashing a password was cut short")]
    CutShort,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::of(AT_ONCE)
    }
}

impl Hasher {
    /// Hashes so many at once.
    pub fn of(slots: usize) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(slots)),
        }
    }

    /// Argon2id in the PHC format.
    pub async fn hash(&self, password: Password, salt: [u8; 16]) -> Result<String, HashError> {
        self.run(move || {
            let salt = SaltString::encode_b64(&salt).map_err(HashError::Hash)?;
            argon()
                .hash_password(password.0.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(HashError::Hash)
        })
        .await
    }

    /// Whether this is the password that was kept. Takes as long where none was.
    pub async fn verify(
        &self,
        password: Password,
        kept: Option<String>,
    ) -> Result<bool, HashError> {
        self.run(move || {
            let Some(kept) = kept else {
                let salt = SaltString::encode_b64(&[0; 16]).map_err(HashError::Hash)?;
                argon()
                    .hash_password(password.0.as_bytes(), &salt)
                    .map_err(HashError::Hash)?;
                return Ok(false);
            };
            let kept = PasswordHash::new(&kept).map_err(HashError::Hash)?;
            Ok(argon()
                .verify_password(password.0.as_bytes(), &kept)
                .is_ok())
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let slot = tokio::time::timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned())
            .await
            .map_err(|_| HashError::Busy)?
            .map_err(|_| HashError::Busy)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(slot);
            done
        })
        .await
        .map_err(|_| HashError::CutShort)?
    }
}

/// The first of OWASP's recommended settings for little memory: 19 MiB, two passes, one lane.
fn argon() -> Argon2<'static> {
    Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        Params::DEFAULT,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: &str = "kim.ekstrand@exempel.se";
    const NAME: &str = "Kim Ekstrand";

    fn choose(text: &str) -> Result<Password, PasswordFault> {
        Password::choose(text, EMAIL, NAME)
    }

    #[test]
    fn twelve_signs_are_enough_and_eleven_are_not() {
        assert!(choose("björk-och-al").is_ok());
        assert_eq!(choose("björk-och-a"), Err(PasswordFault::TooShort));
    }

    #[test]
    fn no_capitals_digits_or_signs_are_demanded() {
        assert!(choose("en häst på taket i regn").is_ok());
        assert!(choose("correcthorsebatterystaple").is_ok());
    }

    #[test]
    fn what_everybody_would_try_first_is_refused() {
        for obvious in [
            EMAIL,
            "KIM.EKSTRAND@EXEMPEL.SE",
            "ekstrand2022!",
            "kimekstrand12",
            "Vårdenkät2022",
            "vardenkat-2022",
            "lösenord1234",
            "password1234",
            "123456789012",
            "aaaaaaaaaaaaaaa",
            "            ",
            "qwertyuiopå1",
        ] {
            assert!(choose(obvious).is_err(), "{obvious}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(format!("{:?}", Password::typed("hemligt")), "Password(…)");
    }

    #[tokio::test]
    async fn only_the_password_that_was_kept_is_let_in() {
        let hasher = Hasher::default();
        let kept = hasher
            .hash(Password::typed("a b c"), [1; 16])
            .await
            .unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        let verify = async |text, kept| hasher.verify(Password::typed(text), kept).await.unwrap();
        assert!(verify("a b c", Some(kept.clone())).await);
        assert!(!verify("a b c ", Some(kept)).await);
        assert!(!verify("a b c", None).await);
    }

    #[tokio::test]
    async fn the_same_password_is_kept_differently_each_time() {
        let hasher = Hasher::default();
        let one = hasher.hash(Password::typed("x"), [1; 16]).await.unwrap();
        let other = hasher.hash(Password::typed("x"), [2; 16]).await.unwrap();
        assert_ne!(one, other);
    }
}

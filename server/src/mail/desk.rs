//! What pages and commands may use of the mail.

use std::fmt;

use app::Translations;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::compose::{Composer, Origin, Sender};
use super::post::Post;
use super::worker::Wake;
use crate::links::Secret;

/// Where letters are written and queued; the worker sends them.
#[derive(Clone)]
pub struct Desk {
    pub composer: Composer,
    /// To be told after something was queued.
    pub wake: Wake,
    pub destination: Destination,
    /// Where delivery reports are taken by HTTP: what whoever brings them must show.
    pub report_key: Option<ReportKey>,
}

/// Where mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a mail server.
    Smtp,
    /// Into the product's own mailbox.
    Mailbox,
    /// Nowhere: it stays in the outbox.
    Nowhere,
}

/// What whoever brings delivery reports must show. At least 16 bytes.
#[derive(Clone)]
pub struct ReportKey(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the key for delivery reports must be at least {} bytes long",
    ReportKey::LEAST
)]
pub struct ReportKeyError;

impl Desk {
    /// Sends nowhere.
    pub fn idle(secret: Secret, translations: Translations) -> Self {
        let composer = Composer::new(secret, Origin::local(), Sender::default(), translations);
        Self {
            composer,
            wake: Wake::default(),
            destination: Destination::Nowhere,
            report_key: None,
        }
    }

    /// Sends to `post`.
    pub fn to(composer: Composer, post: Option<&Post>) -> Self {
        Self {
            composer,
            wake: Wake::default(),
            destination: match post {
                Some(Post::Smtp(_)) => Destination::Smtp,
                Some(Post::Mailbox(..)) => Destination::Mailbox,
                None => Destination::Nowhere,
            },
            report_key: None,
        }
    }
}

impl ReportKey {
    const LEAST: usize = 16;

    pub fn new(key: &str) -> Result<Self, ReportKeyError> {
        if key.len() < Self::LEAST {
            return Err(ReportKeyError);
        }
        Ok(Self(key.to_owned()))
    }

    /// Takes as long for a key that is almost right as for one that is all wrong.
    pub fn opens(&self, shown: &str) -> bool {
        let seal = |text: &str| {
            let mut key = hmac::digest::Key::<Hmac<Sha256>>::default();
            let length = self.0.len().min(key.len());
            key[..length].copy_from_slice(&self.0.as_bytes()[..length]);
            Hmac::<Sha256>::new(&key).chain_update(text)
        };
        let right = seal(&self.0).finalize().into_bytes();
        seal(shown).verify(&right).is_ok()
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("origin", self.composer.origin())
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ReportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReportKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_key_opens() {
        let key = ReportKey::new("en lång hemlighet som räcker").unwrap();
        assert!(key.opens("en lång hemlighet som räcker"));
        for wrong in [
            "",
            "en lång hemlighet som räcke",
            "en lång hemlighet som räcker!",
        ] {
            assert!(!key.opens(wrong), "{wrong:?}");
        }
        assert!(ReportKey::new("kort").is_err());
    }
}

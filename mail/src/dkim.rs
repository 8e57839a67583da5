use std::fmt;
use std::sync::Arc;

use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;

/// Signs letters, so that whoever gets them can see that they come from the domain they say.
#[derive(Clone)]
pub struct Dkim(Arc<DkimConfig>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the DKIM key is neither an RSA key in PEM (PKCS #1) nor an Ed25519 key of 32 bytes in base64"
)]
pub struct DkimError;

/// What is signed of the head, besides the whole body: what a reader sees.
const HEADERS: [&str; 5] = ["From", "Reply-To", "To", "Subject", "Date"];
/// Lines may be folded otherwise than when they were signed: by servers on the way, and by lettre itself, which folds the
/// signature's own header once the signature is in it.
const CANONICALIZATION: DkimCanonicalization = DkimCanonicalization {
    header: DkimCanonicalizationType::Relaxed,
    body: DkimCanonicalizationType::Relaxed,
};

impl Dkim {
    /// `key` is an RSA key in PEM (`BEGIN RSA PRIVATE KEY`), or an Ed25519 key of 32 bytes in base64.
    pub fn new(selector: &str, domain: &str, key: &str) -> Result<Self, DkimError> {
        let algorithm = if key.contains("-----BEGIN") {
            DkimSigningAlgorithm::Rsa
        } else {
            DkimSigningAlgorithm::Ed25519
        };
        let key = DkimSigningKey::new(key.trim(), algorithm).map_err(|_| DkimError)?;
        let headers = HEADERS.map(HeaderName::new_from_ascii_str).to_vec();
        let (selector, domain) = (selector.to_owned(), domain.to_owned());
        let config = DkimConfig::new(selector, domain, key, headers, CANONICALIZATION);
        Ok(Self(Arc::new(config)))
    }

    pub(crate) fn sign(&self, message: &mut lettre::Message) {
        message.sign(&self.0);
    }
}

/// The key is not shown.
impl fmt::Debug for Dkim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dkim")
    }
}

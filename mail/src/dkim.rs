use std::fmt;
use std::sync::Arc;

use lettre::message::dkim::{DkimConfig, DkimSigningAlgorithm, DkimSigningKey};

/// Signs letters, so that whoever gets them can see that they come from the domain they say.
#[derive(Clone)]
pub struct Dkim(Arc<DkimConfig>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the DKIM key is neither an RSA key in PEM (PKCS #1) nor an Ed25519 key of 32 bytes in base64"
)]
pub struct DkimError;

impl Dkim {
    /// `key` is an RSA key in PEM (`BEGIN RSA PRIVATE KEY`), or an Ed25519 key of 32 bytes in base64.
    pub fn new(selector: &str, domain: &str, key: &str) -> Result<Self, DkimError> {
        let algorithm = if key.contains("-----BEGIN") {
            DkimSigningAlgorithm::Rsa
        } else {
            DkimSigningAlgorithm::Ed25519
        };
        let key = DkimSigningKey::new(key.trim(), algorithm).map_err(|_| DkimError)?;
        let config = DkimConfig::default_config(selector.to_owned(), domain.to_owned(), key);
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

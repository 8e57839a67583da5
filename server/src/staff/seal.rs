//! Cookies that only this server can have made: what they say, and a seal over it.

use data_encoding::BASE32_NOPAD_NOCASE;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::links::Secret;

/// What a sealed text is good for; it is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Who has shown a password and is to show more.
    Step,
    /// A device from which somebody signed in before.
    Device,
    /// Who has gone to the sign-in provider, and is to come back.
    Provider,
}

impl Purpose {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Step => b"step of signing in",
            Self::Device => b"known device",
            Self::Provider => b"gone to the provider",
        }
    }
}

const SEAL: usize = 32;

/// The text as small letters and digits.
pub fn seal(secret: &Secret, purpose: Purpose, said: &[u8]) -> String {
    let mut bytes = said.to_vec();
    bytes.extend_from_slice(&mac(secret, purpose, said).finalize().into_bytes());
    BASE32_NOPAD_NOCASE.encode(&bytes).to_ascii_lowercase()
}

/// What was sealed, where the seal is ours and for this purpose.
pub fn open(secret: &Secret, purpose: Purpose, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = BASE32_NOPAD_NOCASE.decode(sealed.as_bytes()).ok()?;
    let said = bytes.len().checked_sub(SEAL)?;
    let (text, seal) = bytes.split_at(said);
    mac(secret, purpose, text).verify_slice(seal).ok()?;
    bytes.truncate(said);
    Some(bytes)
}

fn mac(secret: &Secret, purpose: Purpose, said: &[u8]) -> Hmac<Sha256> {
    let key = secret.key_for(b"cookie", purpose.name());
    let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
    block[..key.len()].copy_from_slice(&key);
    Hmac::new(&block).chain_update(said)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OURS: Secret = Secret::from_bytes([1; 32]);

    proptest! {
        #[test]
        fn what_was_sealed_is_read_back(said: Vec<u8>) {
            let sealed = seal(&OURS, Purpose::Step, &said);
            prop_assert_eq!(open(&OURS, Purpose::Step, &sealed), Some(said));
        }

        #[test]
        fn a_seal_is_good_for_one_purpose_and_one_server(said: Vec<u8>) {
            let sealed = seal(&OURS, Purpose::Step, &said);
            prop_assert_eq!(open(&OURS, Purpose::Device, &sealed), None);
            prop_assert_eq!(open(&Secret::from_bytes([2; 32]), Purpose::Step, &sealed), None);
        }

        #[test]
        fn a_changed_sign_breaks_the_seal(said: Vec<u8>, place: prop::sample::Index, sign in "[a-z2-7]") {
            let sealed = seal(&OURS, Purpose::Step, &said);
            let place = place.index(sealed.len());
            let mut changed = sealed.clone();
            changed.replace_range(place..=place, &sign);
            prop_assume!(changed != sealed);
            prop_assert_eq!(open(&OURS, Purpose::Step, &changed), None);
        }

        #[test]
        fn what_is_not_sealed_says_nothing(text in ".*") {
            prop_assert_eq!(open(&OURS, Purpose::Step, &text), None);
        }
    }
}

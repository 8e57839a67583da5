use std::fmt;

use data_encoding::BASE32_NOPAD_NOCASE;
use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::secret::Secret;

/// What stands in a secret address: a link's identity and a seal over it that only the secret can make,
/// as 52 small letters and digits. Whoever has a personal one may answer, so it is never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

const ID: usize = 16;
const SEAL: usize = 16;
/// Keep seals over links apart: none opens what another was made for. They differ in length, so that no identity can
/// make one look like the other.
const PERSONAL: &[u8] = b"link";
const REGION: &[u8] = b"region";

impl Token {
    /// The token of a personal link.
    pub fn issue(secret: &Secret, link: Uuid) -> Self {
        Self::issue_for(PERSONAL, secret, link)
    }

    /// The token of a region's link.
    pub fn issue_to_region(secret: &Secret, link: Uuid) -> Self {
        Self::issue_for(REGION, secret, link)
    }

    fn issue_for(purpose: &[u8], secret: &Secret, link: Uuid) -> Self {
        let sealed = seal(purpose, secret, link).finalize().into_bytes();
        let mut bytes = [0; ID + SEAL];
        bytes[..ID].copy_from_slice(link.as_bytes());
        bytes[ID..].copy_from_slice(&sealed[..SEAL]);
        Self(BASE32_NOPAD_NOCASE.encode(&bytes).to_ascii_lowercase())
    }

    /// The personal link that a token was issued for with this secret. Takes as long for a seal that is
    /// almost right as for one that is all wrong.
    pub fn open(secret: &Secret, token: &str) -> Option<Uuid> {
        Self::open_for(PERSONAL, secret, token)
    }

    /// The region's link that a token was issued for, in the same time.
    pub fn open_of_region(secret: &Secret, token: &str) -> Option<Uuid> {
        Self::open_for(REGION, secret, token)
    }

    fn open_for(purpose: &[u8], secret: &Secret, token: &str) -> Option<Uuid> {
        let bytes = BASE32_NOPAD_NOCASE.decode(token.as_bytes()).ok()?;
        let (id, sealed) = bytes.split_first_chunk::<ID>()?;
        let sealed: &[u8; SEAL] = sealed.try_into().ok()?;
        let link = Uuid::from_bytes(*id);
        seal(purpose, secret, link)
            .verify_truncated_left(sealed)
            .is_ok()
            .then_some(link)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A key shorter than a block counts as filled up with zeros, as HMAC has it.
fn seal(purpose: &[u8], secret: &Secret, link: Uuid) -> Hmac<Sha256> {
    let mut key = Key::<Hmac<Sha256>>::default();
    key[..Secret::BYTES].copy_from_slice(secret.bytes());
    Hmac::new(&key)
        .chain_update(purpose)
        .chain_update(link.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn secret(of: u8) -> Secret {
        Secret::from_bytes([of; Secret::BYTES])
    }

    const LINK: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

    #[test]
    fn a_token_leads_back_to_its_link() {
        let token = Token::issue(&secret(1), LINK);
        assert_eq!(Token::open(&secret(1), token.as_str()), Some(LINK));
    }

    #[test]
    fn a_token_stays_the_same_for_ever() {
        // Reckoned apart from this code, with Python's hmac and base64.
        assert_eq!(
            Token::issue(&secret(1), LINK).as_str(),
            "agiaaaaaabyabaaaaaaaaaaaafmenjqssfs5zdlh2qou33lwsuta"
        );
    }

    #[test]
    fn a_token_is_read_in_capitals_too() {
        let token = Token::issue(&secret(1), LINK);
        let capitals = token.as_str().to_ascii_uppercase();
        assert_eq!(Token::open(&secret(1), &capitals), Some(LINK));
    }

    #[test]
    fn without_the_secret_the_database_makes_no_tokens() {
        let forged = Token::issue(&secret(2), LINK);
        assert_eq!(Token::open(&secret(1), forged.as_str()), None);
    }

    #[test]
    fn a_regions_token_opens_no_personal_link_nor_the_other_way_round() {
        let (personal, region) = (
            Token::issue(&secret(1), LINK),
            Token::issue_to_region(&secret(1), LINK),
        );
        assert_eq!(
            Token::open_of_region(&secret(1), region.as_str()),
            Some(LINK)
        );
        assert_eq!(Token::open(&secret(1), region.as_str()), None);
        assert_eq!(Token::open_of_region(&secret(1), personal.as_str()), None);
    }

    #[test]
    fn neither_a_token_nor_a_secret_is_ever_shown_in_a_log() {
        let token = Token::issue(&secret(1), LINK);
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_eq!(format!("{:?}", secret(1)), "Secret(…)");
    }

    proptest! {
        #[test]
        fn a_token_is_fifty_two_signs_that_an_address_can_hold(id: u128, key: u8) {
            let token = Token::issue(&secret(key), Uuid::from_u128(id));
            prop_assert_eq!(token.as_str().len(), 52);
            let fit = |sign: u8| matches!(sign, b'a'..=b'z' | b'2'..=b'7');
            prop_assert!(token.as_str().bytes().all(fit));
            prop_assert_eq!(Token::open(&secret(key), token.as_str()), Some(Uuid::from_u128(id)));
        }

        #[test]
        fn a_token_with_any_sign_changed_opens_nothing(id: u128, place in 0..52_usize, sign in "[a-z2-7]") {
            let token = Token::issue(&secret(1), Uuid::from_u128(id));
            let mut changed = token.as_str().to_owned();
            changed.replace_range(place..=place, &sign);
            prop_assume!(changed != token.as_str());
            prop_assert_eq!(Token::open(&secret(1), &changed), None);
        }

        #[test]
        fn what_is_no_token_opens_nothing(text in ".*") {
            prop_assert_eq!(Token::open(&secret(1), &text), None);
        }
    }
}

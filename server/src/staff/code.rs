//! Time-based one-time codes, RFC 6238: six digits, SHA-1, 30 seconds, which every authenticator knows.

use std::fmt;
use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use uuid::Uuid;

use crate::links::Secret;
use crate::storage::Timestamp;

/// How long one code lasts.
pub const STEP: Duration = Duration::from_secs(30);
const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;
/// Codes of so many steps before and after are taken too: clocks differ, and typing takes time.
const SKEW: i64 = 1;
const ISSUER: &str = "Vårdenkät";

/// What an account's codes are made from. It is made from the server's secret, and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSecret([u8; 20]);

impl CodeSecret {
    pub fn of(secret: &Secret, staff: Uuid, generation: i64) -> Self {
        let mut about = [0; 24];
        about[..16].copy_from_slice(staff.as_bytes());
        about[16..].copy_from_slice(&generation.to_be_bytes());
        let key = secret.key_for(b"one-time codes", &about);
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&key[..20]);
        Self(bytes)
    }

    /// The time step that a moment is in.
    pub fn step(now: Timestamp) -> i64 {
        let step = i64::try_from(STEP.as_millis()).unwrap_or(i64::MAX);
        now.millis().div_euclid(step)
    }

    /// The code of a time step, with its leading zeros.
    pub fn code(&self, step: i64) -> String {
        format!("{:0DIGITS$}", truncated(&self.0, step) % CODES)
    }

    /// The time step whose code was typed: of now or beside, and after the one that was used last.
    /// Spaces in what was typed are passed over. Looks at every step whatever it finds.
    pub fn find(&self, typed: &str, now: Timestamp, used: i64) -> Option<i64> {
        let typed: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let here = Self::step(now);
        let mut found = None;
        for step in here - SKEW..=here + SKEW {
            let same = same(self.code(step).as_bytes(), typed.as_bytes());
            if same && step > used && found.is_none() {
                found = Some(step);
            }
        }
        found
    }

    /// The next step whose code would be taken, where there is one now, and for half a step more: there must be time to type.
    pub fn usable(now: Timestamp, used: i64) -> Option<i64> {
        let here = Self::step(now);
        let first = Self::step(now.after(STEP / 2)) - SKEW;
        (first..=here + SKEW).find(|step| *step > used)
    }

    /// The secret as letters and digits, to be typed into an authenticator.
    pub fn letters(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that an authenticator reads from a QR code.
    pub fn address(&self, email: &str) -> String {
        let issuer = utf8_percent_encode(ISSUER, NON_ALPHANUMERIC);
        let account = utf8_percent_encode(email, NON_ALPHANUMERIC);
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
            self.letters()
        )
    }
}

impl fmt::Debug for CodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeSecret(…)")
    }
}

/// RFC 4226, 5.3: 31 bits of the hash, from the place that its last four bits tell.
fn truncated(key: &[u8], counter: i64) -> u32 {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(key) else {
        // HMAC takes a key of any length.
        return 0;
    };
    let hash = mac
        .chain_update(counter.to_be_bytes())
        .finalize()
        .into_bytes();
    let offset = usize::from(hash[19] & 0x0f);
    let bytes = [
        hash[offset],
        hash[offset + 1],
        hash[offset + 2],
        hash[offset + 3],
    ];
    u32::from_be_bytes(bytes) & 0x7fff_ffff
}

/// Takes as long wherever the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn secret() -> CodeSecret {
        CodeSecret::of(&Secret::from_bytes([1; 32]), Uuid::from_u128(1), 1)
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let key = b"12345678901234567890";
        for (seconds, code) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let step = CodeSecret::step(at(seconds));
            assert_eq!(truncated(key, step) % 100_000_000, code, "{seconds}");
        }
    }

    #[test]
    fn the_codes_are_those_of_rfc_4226() {
        let codes = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871,
            520_489,
        ];
        for (counter, code) in (0..).zip(codes) {
            let key = b"12345678901234567890";
            assert_eq!(truncated(key, counter) % CODES, code, "{counter}");
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_and_a_step_late_and_no_further() {
        let secret = secret();
        let now = at(3_000_000);
        let here = CodeSecret::step(now);
        for (beside, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = secret.code(here + beside);
            assert_eq!(secret.find(&typed, now, 0).is_some(), taken, "{beside}");
        }
    }

    #[test]
    fn a_code_works_once_and_none_before_it_afterwards() {
        let secret = secret();
        let now = at(3_000_000);
        let here = CodeSecret::step(now);
        let used = secret.find(&secret.code(here), now, 0).unwrap();
        assert_eq!(secret.find(&secret.code(here), now, used), None);
        assert_eq!(secret.find(&secret.code(here - 1), now, used), None);
        assert!(secret.find(&secret.code(here + 1), now, used).is_some());
    }

    #[test]
    fn a_code_that_is_handed_out_is_still_taken_half_a_step_later() {
        let secret = secret();
        for second in 0..30 {
            let now = at(3_000_000 + second);
            let mut used = 0;
            let mut handed_out = 0;
            while let Some(step) = CodeSecret::usable(now, used) {
                let later = at(3_000_014 + second);
                let found = secret.find(&secret.code(step), later, used);
                assert_eq!(found, Some(step), "{second}");
                (used, handed_out) = (step, handed_out + 1);
            }
            assert!(handed_out >= 2, "{second}");
        }
    }

    #[test]
    fn a_code_may_be_typed_in_two_groups() {
        let secret = secret();
        let code = secret.code(CodeSecret::step(at(90)));
        let typed = format!(" {} {} ", &code[..3], &code[3..]);
        assert!(secret.find(&typed, at(90), 0).is_some());
    }

    #[test]
    fn another_account_and_another_generation_have_other_codes() {
        let key = Secret::from_bytes([1; 32]);
        let one = CodeSecret::of(&key, Uuid::from_u128(1), 1);
        assert_ne!(one, CodeSecret::of(&key, Uuid::from_u128(2), 1));
        assert_ne!(one, CodeSecret::of(&key, Uuid::from_u128(1), 2));
        let other = Secret::from_bytes([2; 32]);
        assert_ne!(one, CodeSecret::of(&other, Uuid::from_u128(1), 1));
    }

    #[test]
    fn an_authenticator_is_told_whose_codes_they_are() {
        let address = secret().address("kim+test@example.se");
        let start = "otpauth://totp/V%C3%A5rdenk%C3%A4t:kim%2Btest%40example%2Ese?secret=";
        assert!(address.starts_with(start), "{address}");
        assert!(address.ends_with("&issuer=V%C3%A5rdenk%C3%A4t"));
        assert!(!format!("{:?}", secret()).contains(&secret().letters()));
    }

    proptest! {
        #[test]
        fn what_is_no_code_is_never_taken(typed in "\\PC*", seconds in 0..4_000_000_000_i64) {
            let secret = secret();
            let here = CodeSecret::step(at(seconds));
            let codes: Vec<_> = (here - 1..=here + 1).map(|step| secret.code(step)).collect();
            let bare: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
            prop_assert_eq!(secret.find(&typed, at(seconds), 0).is_some(), codes.contains(&bare));
        }
    }
}

use std::fmt;
use std::str::FromStr;

/// What the respondent keeps as proof: `VK-` and eight signs that are hard to mistake for each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct Receipt(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a receipt looks like VK-7F3K-9QTD")]
pub struct ReceiptError;

/// Crockford's: no I, L, O or U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

impl Receipt {
    /// Of 40 random bits.
    pub fn from_random(random: [u8; 5]) -> Self {
        let bits = random
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let sign = |place: usize| {
            let index = (bits >> (5 * (LENGTH - 1 - place))) & 31;
            char::from(SIGNS[usize::try_from(index).unwrap_or_default()])
        };
        Self::from_signs((0..LENGTH).map(sign))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_signs(signs: impl Iterator<Item = char>) -> Self {
        let mut receipt = String::from("VK");
        for (place, sign) in signs.enumerate() {
            if place % 4 == 0 {
                receipt.push('-');
            }
            receipt.push(sign);
        }
        Self(receipt)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a receipt as people write it: small letters, spaces for hyphens, O for 0, I and L for 1.
impl FromStr for Receipt {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, ReceiptError> {
        let plain: String = text
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let signs: Option<Vec<char>> = plain
            .strip_prefix("VK")
            .ok_or(ReceiptError)?
            .chars()
            .map(read_sign)
            .collect();
        match signs {
            Some(signs) if signs.len() == LENGTH => Ok(Self::from_signs(signs.into_iter())),
            _ => Err(ReceiptError),
        }
    }
}

fn read_sign(sign: char) -> Option<char> {
    let sign = match sign {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SIGNS
        .iter()
        .any(|known| char::from(*known) == sign)
        .then_some(sign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_receipt_is_short_and_readable() {
        assert_eq!(Receipt::from_random([0; 5]).as_str(), "VK-0000-0000");
        assert_eq!(Receipt::from_random([255; 5]).as_str(), "VK-ZZZZ-ZZZZ");
        assert_eq!(
            Receipt::from_random([0, 0x44, 0x32, 0x14, 0xC7]).as_str(),
            "VK-0123-4567"
        );
    }

    #[test]
    fn a_receipt_is_read_as_people_write_it() {
        let receipt = Receipt::from_random([0, 0x44, 0x32, 0x14, 0xC7]);
        for written in [
            "VK-0123-4567",
            "vk o123 4567",
            " VKOl23-4567 ",
            "VK-Oi23-4567",
        ] {
            assert_eq!(written.parse(), Ok(receipt.clone()), "{written:?}");
        }
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        for written in [
            "",
            "VK",
            "VK-0123-456",
            "VK-0123-45678",
            "VK-U123-4567",
            "0123-4567",
            "VÅ",
        ] {
            assert_eq!(written.parse::<Receipt>(), Err(ReceiptError), "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn every_receipt_reads_back(random: [u8; 5]) {
            let receipt = Receipt::from_random(random);
            prop_assert_eq!(receipt.as_str().parse(), Ok(receipt.clone()));
        }

        #[test]
        fn different_random_bits_make_different_receipts(one: [u8; 5], other: [u8; 5]) {
            prop_assert_eq!(one == other, Receipt::from_random(one) == Receipt::from_random(other));
        }

        #[test]
        fn reading_never_panics(text in ".*") {
            let _ = text.parse::<Receipt>();
        }
    }
}

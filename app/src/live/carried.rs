//! How the page's data travels to the island: bytes without names, as characters that an attribute can hold. JSON would
//! be as short on the way, but reading it weighs more than everything else the browser loads.

use super::LivePage;

/// Characters from here on stand for bytes that an attribute would not keep as they are.
const SHIFTED: u32 = 0x100;

impl LivePage {
    /// Empty if it cannot be written: then the island stays asleep, and the server does all of it at each saving.
    #[cfg(feature = "ssr")]
    pub(crate) fn written(&self) -> String {
        let bytes = postcard::to_allocvec(self).unwrap_or_default();
        bytes.into_iter().filter_map(character).collect()
    }

    /// Reads back what [`Self::written`] wrote.
    #[cfg(any(feature = "hydrate", test))]
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
        postcard::from_bytes(&bytes?).ok()
    }
}

/// What is printable stays readable, and compresses with the rest of the page.
#[cfg(feature = "ssr")]
fn character(byte: u8) -> Option<char> {
    match byte {
        b' '..=b'~' => Some(char::from(byte)),
        _ => char::from_u32(SHIFTED + u32::from(byte)),
    }
}

#[cfg(any(feature = "hydrate", test))]
fn byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    u8::try_from(code.checked_sub(SHIFTED).unwrap_or(code)).ok()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use survey::checks::Confirmed;

    use super::*;

    fn page(text: &str) -> LivePage {
        let confirmed = Confirmed {
            rule: text.to_owned(),
            scope: String::new(),
            about: text.to_owned(),
        };
        LivePage {
            confirmed: vec![confirmed],
            left: text.to_owned(),
            ..LivePage::default()
        }
    }

    #[test]
    fn every_byte_comes_back() {
        for before in 0..=u8::MAX {
            assert_eq!(character(before).and_then(byte), Some(before));
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["", "{left} tecken kvar", "\0\r\n\"<½>\u{a0}🙂"] {
            let written = page(text).written();
            assert_eq!(LivePage::read(&written), Some(page(text)));
        }
    }

    #[test]
    fn an_attribute_keeps_it_as_it_is() {
        let written = page("\0\r\n\u{7f}½").written();
        assert!(!written.chars().any(char::is_control), "{written:?}");
    }

    #[test]
    fn what_nobody_wrote_is_no_page() {
        for text in ["", "ÿ", "\u{10ffff}", "{\"page\":{}}"] {
            assert_eq!(LivePage::read(text), None);
        }
    }
}

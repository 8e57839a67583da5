//! What a file is, by its first bytes.

use super::Unreadable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Zip,
}

const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// `EncryptedPackage` as the directory of a compound file writes it.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

pub(super) fn of(bytes: &[u8]) -> Result<Kind, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(&COMPOUND) {
        return Err(if contains(bytes, ENCRYPTED) {
            Unreadable::Protected
        } else {
            Unreadable::OldExcel
        });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Unreadable::Pdf);
    }
    // Excel of the time before compound files.
    if bytes.starts_with(&[0x09, 0x08]) || bytes.starts_with(&[0x09, 0x04, 0x06, 0x00]) {
        return Err(Unreadable::OldExcel);
    }
    if is_markup(bytes) {
        return Err(Unreadable::WebPage);
    }
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !wide && bytes.contains(&0) {
        return Err(Unreadable::NotATable);
    }
    Ok(Kind::Text)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Pages and XML that older systems save under the name `.xls`.
fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let start = start.trim_ascii_start();
    ["<!doctype", "<html", "<?xml", "<table", "<meta", "<head"]
        .iter()
        .any(|tag| {
            start
                .get(..tag.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(tag.as_bytes()))
        })
}

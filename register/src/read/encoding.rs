//! Bytes to text, decided by the bytes alone.
//!
//! A byte order mark decides. Without one: what is valid UTF-8 is UTF-8; what is not is Windows-1252, the encoding that Excel saves CSV in,
//! unless its letters beyond ASCII are mostly UTF-8 all the same: a UTF-8 file with damage.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Encoding;

pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return (String::from_utf8_lossy(rest), Encoding::Utf8);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let (text, _) = UTF_16LE.decode_without_bom_handling(rest);
        return (text, Encoding::Utf16LittleEndian);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let (text, _) = UTF_16BE.decode_without_bom_handling(rest);
        return (text, Encoding::Utf16BigEndian);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Encoding::Utf8);
    }
    if mostly_utf8(bytes) {
        return (String::from_utf8_lossy(bytes), Encoding::Utf8);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, Encoding::Windows1252)
}

/// Whether sequences of UTF-8 outnumber the bytes that are none three to one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sequences, mut strays) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        strays += chunk.invalid().len();
    }
    sequences >= 3 * strays
}

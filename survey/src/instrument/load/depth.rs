//! Keys may have many parts, and each part is a table inside the one before. A few thousand levels would be
//! more than the stack holds when they are taken apart, so such a file is refused before it is parsed.

/// The parts of a key that are read; an instrument needs three.
const MOST_PARTS: usize = 8;

/// Where a key with too many parts stands.
pub(crate) fn too_deep_a_key(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let begin = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let (mut at, mut start, mut parts) = (begin, begin, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'.' => {
                parts += 1;
                if parts > MOST_PARTS {
                    return Some(start);
                }
                at += 1;
            }
            b'#' => at = comment_end(bytes, at),
            b'"' | b'\'' => at = string_end(bytes, at),
            b'=' | b',' | b'[' | b']' | b'{' | b'}' | b'\r' | b'\n' => {
                at += 1;
                (start, parts) = (at, 1);
            }
            b' ' | b'\t' => at += 1,
            _ => at = word_end(bytes, at),
        }
    }
    None
}

/// A quotation mark inside a word begins no string.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let word = bytes.iter().skip(start);
    start
        + word
            .take_while(|byte| !b".=,[]{} \t#\r\n".contains(byte))
            .count()
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let length = bytes.iter().skip(start);
    start
        + length
            .take_while(|byte| !matches!(byte, b'\r' | b'\n'))
            .count()
}

/// The byte after a string. One that never ends goes on to the end of its line or, in three quotes, of the file.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let Some(quote) = bytes.get(start) else {
        return start;
    };
    let three = [*quote; 3];
    let follows = |at: usize| bytes.get(at..).unwrap_or_default();
    let long = follows(start).starts_with(&three);
    let mut at = start + if long { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        if *byte == b'\\' && *quote == b'"' {
            let escapes = matches!(bytes.get(at + 1), Some(b'"' | b'\\'));
            at += if escapes { 2 } else { 1 };
        } else if long && follows(at).starts_with(&three) {
            let more = follows(at + 3).iter().take(2);
            return at + 3 + more.take_while(|byte| *byte == quote).count();
        } else if !long && byte == quote {
            return at + 1;
        } else if !long && *byte == b'\n' {
            return at;
        } else {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_few_parts_are_read() {
        for source in [
            "[a.b.c]\nd.e = 1.5",
            "a = \"1.2.3.4.5.6.7.8.9.10\"",
            "a = 'it.s.1.2.3.4.5.6.7.8'",
            "a = \"\"\"\n1.2.3.4.5.6.7.8.9.\\\"\"\"\".10\"\"\" # 1.2.3.4.5.6.7.8.9",
            "a = '''1.2.3.4.5.6.7.8.9''''",
            "a = \"never.1.2.3.4.5.6.7.8\nb = 1",
        ] {
            assert_eq!(too_deep_a_key(source), None, "{source}");
        }
    }

    #[test]
    fn a_key_of_many_parts_is_found_where_it_begins() {
        assert_eq!(too_deep_a_key("[a.a.a.a.a.a.a.a.a]"), Some(1));
        assert_eq!(
            too_deep_a_key("b = 1\na. a.a.a.'.'.a.a.a.\"a\" = 1"),
            Some(6)
        );
        assert_eq!(
            too_deep_a_key("b = \"\"\"\"\"\"\na.a.a.a.a.a.a.a.a"),
            Some(11)
        );
    }
}

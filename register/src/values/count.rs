//! Whole numbers as people write them.

/// `8500`, `8 500`, `8.500`, `8,500`, `8500,0`, `8 500,00`. Nothing with a fraction, a sign or words; at most nine digits.
pub fn read_count(text: &str) -> Option<u32> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .collect();
    let whole = match text.rfind(['.', ',']) {
        None => text,
        Some(at) => {
            let (before, after) = (&text[..at], &text[at + 1..]);
            let separator = text.as_bytes().get(at).copied().map(char::from);
            if !before.is_empty() && grouped(&text) {
                text.replace(['.', ','], "")
            } else if !after.is_empty() && after.bytes().all(|byte| byte == b'0') {
                // The decimals' sign is not also the thousands'.
                if separator.is_some_and(|separator| before.contains(separator)) {
                    return None;
                }
                if before.contains(['.', ',']) && !grouped(before) {
                    return None;
                }
                before.replace(['.', ','], "")
            } else {
                return None;
            }
        }
    };
    (!whole.is_empty() && whole.len() <= 9 && whole.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| whole.parse().ok())?
}

/// Threes parted by one and the same sign: `1.234.567`.
fn grouped(text: &str) -> bool {
    let Some(separator) = text.chars().find(|c| matches!(c, '.' | ',')) else {
        return false;
    };
    let mut groups = text.split(separator);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups
        .next()
        .is_some_and(|first| (1..=3).contains(&first.len()) && digits(first))
        && groups.all(|group| group.len() == 3 && digits(group))
}

//! E-mail addresses as people paste them.

use std::fmt;

/// An address that a mail server can be asked about: one `@`, a local part of 1–64 bytes, a domain of at least two labels.
/// The domain is lower-case; the local part as written. ASCII only (å, ä and ö reach few mail servers), no spaces, quotes, controls
/// or line breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// An address already clean; [`read_addresses`] is for cells.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        if !(1..=64).contains(&local.len()) || text.len() > 254 {
            return None;
        }
        let (rest, last) = domain.rsplit_once('.')?;
        let fine = local_is_fine(local)
            && rest.split('.').all(label_is_fine)
            && label_is_fine(last)
            && last.len() >= 2
            && (last.bytes().all(|byte| byte.is_ascii_alphabetic()) || last.starts_with("xn--"));
        fine.then(|| Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two writings of one address have in common.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn local_is_fine(local: &str) -> bool {
    !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn label_is_fine(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// What a cell for an e-mail address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// In the cell's order, each once.
    pub valid: Vec<Email>,
    /// What looks like an address or a word, and is none.
    pub invalid: Vec<String>,
    /// The only address was written otherwise than it is now: spaces, `mailto:`, punctuation.
    pub mended: bool,
}

/// Takes `mailto:`, `<a@b.se>`, spaces within an address, punctuation after it, and several addresses in a cell.
pub fn read_addresses(cell: &str) -> Addresses {
    let cell = cell.trim();
    let mut found = Addresses::default();
    if cell.is_empty() {
        return found;
    }
    for part in cell
        .split([';', ',', '/', '|', '\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        read_part(part, &mut found);
    }
    found.mended = matches!(&found.valid[..], [only] if only.as_str() != cell);
    found
}

fn read_part(part: &str, found: &mut Addresses) {
    // `Anna Ek <anna.ek@example.se>`
    if let Some(inner) = part
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(inner, _)| inner)
    {
        take(inner, found);
        return;
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    let whole = words.iter().filter(|word| is_address(word)).count();
    // Each of `anna@example.se bo@example.se` is whole; `anna.ek @ example.se` is not.
    if words.len() > 1 && whole == 0 {
        take(&words.concat(), found);
        return;
    }
    let lone_addresses = whole == words.len() || whole > 1;
    for word in words {
        if lone_addresses || is_address(word) || word.contains('@') {
            take(word, found);
        }
    }
}

fn is_address(word: &str) -> bool {
    Email::parse(strip(word)).is_some()
}

fn strip(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "<>()[]{}\"'.,;:".contains(c));
    let text = match text.get(..7) {
        Some(start) if start.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    };
    text.split('?').next().unwrap_or(text)
}

fn take(text: &str, found: &mut Addresses) {
    let joined: String = strip(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .collect();
    match Email::parse(strip(&joined)) {
        Some(email) => {
            if !found
                .valid
                .iter()
                .any(|other| other.folded() == email.folded())
            {
                found.valid.push(email);
            }
        }
        None => found.invalid.push(text.trim().to_owned()),
    }
}

/// Soft hyphens and zero-width characters ride along when an address is copied from a web page.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

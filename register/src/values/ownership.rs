//! Who runs the unit, from the words regions use.

use crate::plain::plain;

use super::words::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ownership {
    /// Run by the region itself.
    Public,
    Private,
}

impl Ownership {
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "public" => Some(Self::Public),
            "private" => Some(Self::Private),
            _ => None,
        }
    }

    /// `Privat`, `egen regi`, `Offentlig`, `Region`, `AB` …; words are in `data/words.toml`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        let words = words();
        let among = |list: &[String]| list.contains(&text);
        match (among(&words.public), among(&words.private)) {
            (true, false) => Some(Self::Public),
            (false, true) => Some(Self::Private),
            _ => None,
        }
    }
}

//! The 21 regions.

use std::{collections::HashMap, fmt, sync::LazyLock};

use serde::Deserialize;

use crate::{data, plain::plain};

/// One of the 21 regions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u8);

struct Regions {
    /// Code and name, by number.
    list: Vec<(String, String)>,
    by_spelling: HashMap<String, Region>,
}

/// What stands around a region's name without being part of it.
const AROUND: [&str; 9] = [
    "region",
    "regionen",
    "landsting",
    "landstinget",
    "lans",
    "lan",
    "regionens",
    "i",
    "county",
];

impl Region {
    /// In the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..u8::try_from(regions().list.len()).unwrap_or(0)).map(Self)
    }

    /// The county code of Statistics Sweden: two digits.
    pub fn code(self) -> &'static str {
        self.entry().0
    }

    /// `Region Stockholm`; `Västra Götalandsregionen`.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    fn entry(self) -> (&'static str, &'static str) {
        regions()
            .list
            .get(usize::from(self.0))
            .map_or(("", ""), |(code, name)| (code, name))
    }

    /// A name in any of the spellings in use, a code (`1`, `01`), or both (`01 Stockholm`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        if let Some(region) = of_spelling(&text) {
            return Some(region);
        }
        let (number, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let region = Self::from_code(number)?;
        (rest.is_empty() || of_spelling(rest) == Some(region)).then_some(region)
    }

    /// `01` or `1`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|region| {
            region.code().trim_start_matches('0') == code.trim_start_matches('0') && code.len() <= 2
        })
    }

    /// The region of a municipality's four digits.
    pub fn of_municipality(code: &str) -> Option<Self> {
        (code.len() == 4)
            .then(|| code.get(..2))
            .flatten()
            .and_then(Self::from_code)
    }
}

fn of_spelling(plain: &str) -> Option<Region> {
    let regions = regions();
    regions.by_spelling.get(plain).copied().or_else(|| {
        let words: Vec<&str> = plain
            .split(' ')
            .filter(|word| !AROUND.contains(word))
            .collect();
        regions.by_spelling.get(&words.join(" ")).copied()
    })
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    region: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    name: String,
    spellings: Vec<String>,
}

fn regions() -> &'static Regions {
    static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
        let file: File = data::parsed(include_str!("../../data/regions.toml"));
        let mut regions = Regions {
            list: Vec::new(),
            by_spelling: HashMap::new(),
        };
        for (number, entry) in (0..).zip(file.region) {
            let spellings = entry.spellings.into_iter();
            for spelling in spellings.chain([plain(&entry.name)]) {
                regions.by_spelling.insert(spelling, Region(number));
            }
            regions.list.push((entry.code, entry.name));
        }
        regions
    });
    &REGIONS
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

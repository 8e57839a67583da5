//! The counts the demo register meets.
//!
//! Published: Myndigheten för vård- och omsorgsanalys, survey of heads of health centres 2022, appendix 1,
//! Tabell 7 (response rate per region), 8 (municipality types), 9 (area types) and 10 (ownership). Per
//! region the tables give percentages only. The counts here give every one of those percentages and sum
//! to the published 1 183 and 758; among the counts that do, they are near the regions' true sizes.
//! Dalarna and Sörmland become larger than they are, since no smaller size gives their percentages. In
//! Norrbotten, Tabell 10 has more private centres among those that answered than there are in all: there
//! every private centre has answered.

use super::Region;
use Land::{Gotaland, Norrland, South, Svealand};

/// Where a region's place names get their endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Land {
    Norrland,
    Svealand,
    Gotaland,
    South,
}

#[derive(Debug)]
pub(super) struct Plan {
    pub region: Region,
    pub land: Land,
    /// The first two digits of postal codes.
    pub postal: &'static str,
    pub answered: Count,
    pub not_answered: Count,
    /// About how many centres of each municipality type, in the order of `MunicipalityType::ALL`.
    pub municipality_types: [u32; 6],
}

#[derive(Debug)]
pub(super) struct Count {
    pub units: u32,
    pub private: u32,
}

impl Plan {
    pub fn count(&self, answered: bool) -> &Count {
        if answered {
            &self.answered
        } else {
            &self.not_answered
        }
    }
}

/// Units and private units among those that answered, then among the others.
const fn plan(
    code: &'static str,
    name: &'static str,
    land: Land,
    postal: &'static str,
    [answered, answered_private, not, not_private]: [u32; 4],
    municipality_types: [u32; 6],
) -> Plan {
    Plan {
        region: Region { code, name },
        land,
        postal,
        answered: Count {
            units: answered,
            private: answered_private,
        },
        not_answered: Count {
            units: not,
            private: not_private,
        },
        municipality_types,
    }
}

#[rustfmt::skip] // a table
pub(super) static PLANS: [Plan; 21] = [
    plan("01", "Region Stockholm", Svealand, "11", [152, 102, 70, 51], [0, 2, 4, 4, 12, 200]),
    plan("03", "Region Uppsala", Svealand, "75", [34, 16, 15, 10], [0, 5, 7, 4, 33, 0]),
    plan("04", "Region Sörmland", Svealand, "63", [28, 9, 17, 9], [0, 4, 9, 6, 26, 0]),
    plan("05", "Region Östergötland", Gotaland, "58", [25, 7, 11, 3], [0, 6, 4, 2, 24, 0]),
    plan("06", "Region Jönköping", Gotaland, "55", [29, 13, 19, 1], [0, 6, 14, 4, 24, 0]),
    plan("07", "Region Kronoberg", Gotaland, "35", [10, 3, 19, 7], [0, 7, 6, 1, 15, 0]),
    plan("08", "Region Kalmar", Gotaland, "39", [18, 3, 19, 8], [0, 9, 8, 8, 12, 0]),
    plan("09", "Region Gotland", Gotaland, "62", [4, 2, 2, 0], [0, 0, 0, 6, 0, 0]),
    plan("10", "Region Blekinge", South, "37", [12, 3, 6, 3], [0, 0, 5, 5, 8, 0]),
    plan("12", "Region Skåne", South, "24", [124, 72, 45, 13], [0, 4, 28, 12, 75, 50]),
    plan("13", "Region Halland", South, "30", [29, 13, 12, 7], [0, 1, 6, 6, 28, 0]),
    plan("14", "Västra Götalandsregionen", Gotaland, "44", [107, 55, 70, 34], [0, 12, 32, 8, 55, 70]),
    plan("17", "Region Värmland", Svealand, "66", [30, 8, 5, 2], [1, 12, 6, 2, 14, 0]),
    plan("18", "Region Örebro", Svealand, "70", [19, 2, 10, 2], [0, 4, 6, 1, 18, 0]),
    plan("19", "Region Västmanland", Svealand, "72", [13, 10, 15, 6], [0, 3, 5, 2, 18, 0]),
    plan("20", "Region Dalarna", Svealand, "78", [22, 8, 29, 1], [2, 10, 12, 10, 17, 0]),
    plan("21", "Region Gävleborg", Norrland, "80", [28, 11, 15, 6], [0, 10, 5, 12, 16, 0]),
    plan("22", "Region Västernorrland", Norrland, "86", [20, 9, 11, 3], [0, 8, 3, 9, 11, 0]),
    plan("23", "Region Jämtland Härjedalen", Norrland, "83", [14, 4, 8, 2], [6, 7, 0, 9, 0, 0]),
    plan("24", "Region Västerbotten", Norrland, "91", [22, 2, 16, 3], [6, 9, 3, 4, 16, 0]),
    plan("25", "Region Norrbotten", Norrland, "96", [18, 5, 11, 0], [6, 8, 2, 7, 6, 0]),
];

/// Tabell 8, in the order of `MunicipalityType::ALL`.
pub(super) const fn by_municipality_type(answered: bool) -> [u32; 6] {
    if answered {
        [11, 88, 104, 60, 272, 223]
    } else {
        [9, 35, 49, 30, 174, 128]
    }
}

/// Tabell 9, in the order of `AreaType::ALL`.
pub(super) const fn by_area_type(answered: bool) -> [u32; 5] {
    if answered {
        [41, 94, 228, 348, 47]
    } else {
        [34, 47, 134, 186, 24]
    }
}

/// About how the area types are found in each municipality type: both in the order of `ALL`.
pub(super) const AREA_TYPES: [[u32; 5]; 6] = [
    [0, 2, 10, 8, 0],
    [1, 20, 65, 37, 0],
    [1, 12, 60, 78, 2],
    [2, 14, 40, 34, 0],
    [30, 60, 120, 222, 14],
    [40, 35, 67, 155, 54],
];

/// How readily private centres are found in each municipality type, in the order of `ALL`.
pub(super) const PRIVATE: [u32; 6] = [1, 3, 5, 4, 9, 10];

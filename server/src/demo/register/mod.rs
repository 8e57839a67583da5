//! A made-up register of 1 183 health centres. The counts are those of a real total survey; every name,
//! address and person is invented.

mod figures;
mod listed;
mod names;
mod oddities;
mod picks;
mod places;
pub(in crate::demo) mod random;
mod spread;
mod strata;
#[cfg(test)]
mod tests;
mod words;

pub use picks::{ordinary, rural, rural_and_socioeconomic, socioeconomic};

use names::Names;
use random::Random;

/// The seed of the register that the demo shows.
pub const SEED: u64 = 2022;

/// One health centre of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoUnit {
    /// `vc-0001` to `vc-1183`.
    pub key: String,
    pub name: String,
    pub street: String,
    /// As written in Sweden: `123 45`.
    pub postal_code: String,
    pub city: String,
    pub region: Region,
    pub ownership: Ownership,
    pub municipality_type: MunicipalityType,
    pub area_type: AreaType,
    /// Residents on the centre's list, 500–40 000.
    pub listed: u32,
    pub chief_name: String,
    /// On a subdomain of `example.se`. One chief has five centres; every other address is one unit's own.
    pub chief_email: String,
    /// Whether this centre belongs to those that answered in the published survey.
    pub answered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// The county code of Statistics Sweden, two digits.
    pub code: &'static str,
    pub name: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ownership {
    Public,
    Private,
}

/// Tillväxtverket's six types of municipalities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MunicipalityType {
    VerySparseRural,
    SparseRural,
    NearUrbanRural,
    SparseMixed,
    DenseMixed,
    Metropolitan,
}

/// Types of areas after a socioeconomic index, from the largest challenges to the best conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaType {
    LargeChallenges,
    Challenges,
    Mixed,
    Good,
    VeryGood,
}

impl Ownership {
    /// As in the instrument's register field.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }
}

impl MunicipalityType {
    pub const ALL: [Self; 6] = [
        Self::VerySparseRural,
        Self::SparseRural,
        Self::NearUrbanRural,
        Self::SparseMixed,
        Self::DenseMixed,
        Self::Metropolitan,
    ];

    /// As in the instrument's register field.
    pub const fn key(self) -> &'static str {
        match self {
            Self::VerySparseRural => "very_sparse_rural",
            Self::SparseRural => "sparse_rural",
            Self::NearUrbanRural => "near_urban_rural",
            Self::SparseMixed => "sparse_mixed",
            Self::DenseMixed => "dense_mixed",
            Self::Metropolitan => "metropolitan",
        }
    }

    pub const fn is_rural(self) -> bool {
        matches!(
            self,
            Self::VerySparseRural | Self::SparseRural | Self::NearUrbanRural
        )
    }
}

impl AreaType {
    pub const ALL: [Self; 5] = [
        Self::LargeChallenges,
        Self::Challenges,
        Self::Mixed,
        Self::Good,
        Self::VeryGood,
    ];

    /// As in the instrument's register field: `1` to `5`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LargeChallenges => "1",
            Self::Challenges => "2",
            Self::Mixed => "3",
            Self::Good => "4",
            Self::VeryGood => "5",
        }
    }

    /// Types 1 and 2.
    pub const fn is_challenged(self) -> bool {
        matches!(self, Self::LargeChallenges | Self::Challenges)
    }
}

/// The register that the demo shows, in the order of the keys; the same every time.
pub fn register() -> Vec<DemoUnit> {
    register_from(SEED)
}

/// A register with other names and another mixture, but the same published counts.
pub fn register_from(seed: u64) -> Vec<DemoUnit> {
    let mut random = Random::new(seed);
    let strata = strata::strata(&mut random);
    let mut names = Names::new(&strata);
    let mut units: Vec<DemoUnit> = strata
        .iter()
        .zip(1_u32..)
        .map(|(stratum, number)| {
            let place = names.place(stratum, &mut random);
            let centre = names.centre(stratum, &place, &mut random);
            let chief = names.chief(&centre, &mut random);
            DemoUnit {
                key: format!("vc-{number:04}"),
                name: centre.name,
                street: names.street(&mut random),
                postal_code: place.postal_code(&mut random),
                city: place.city,
                region: stratum.plan.region,
                ownership: stratum.ownership,
                municipality_type: stratum.municipality_type,
                area_type: stratum.area_type,
                listed: listed::listed(stratum.municipality_type, &mut random),
                chief_name: chief.name,
                chief_email: chief.email,
                answered: stratum.answered,
            }
        })
        .collect();
    oddities::add(&mut units);
    units
}

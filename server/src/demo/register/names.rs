//! Names, addresses and chiefs, all invented.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    MunicipalityType, Ownership,
    figures::Land,
    places::PlaceNames,
    random::Random,
    strata::Stratum,
    words::{line, words},
};

pub(super) struct Names {
    places: PlaceNames,
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    brands: Vec<&'static str>,
    streets: Vec<&'static str>,
    street_kinds: Vec<&'static str>,
    /// The towns found so far in each region and municipality type, and how many there are to be.
    towns: BTreeMap<Cell, (Vec<Town>, usize)>,
    addresses_taken: BTreeSet<String>,
}

type Cell = (&'static str, MunicipalityType);

#[derive(Clone)]
struct Town {
    name: String,
    /// The first three digits of its postal codes.
    postal: String,
}

/// Where a centre lies: the town's first centre bears its name, later ones that of a part of town.
pub(super) struct Place {
    pub city: String,
    part: String,
    postal: String,
}

pub(super) struct Centre {
    pub name: String,
    /// Where its mail goes.
    domain: String,
}

pub(super) struct Chief {
    pub name: String,
    pub email: String,
}

impl Place {
    pub fn postal_code(&self, random: &mut Random) -> String {
        format!("{} {}", self.postal, 10 + random.below(90))
    }
}

impl Names {
    pub fn new(strata: &[Stratum]) -> Self {
        let mut centres: BTreeMap<Cell, usize> = BTreeMap::new();
        for stratum in strata {
            *centres.entry(cell(stratum)).or_default() += 1;
        }
        let towns = centres
            .into_iter()
            .map(|(cell, count)| (cell, (Vec::new(), count.div_ceil(centres_per_town(cell.1)))))
            .collect();
        Self {
            places: PlaceNames::new(),
            first: words("first name"),
            last: words("last name"),
            brands: words("brand"),
            streets: words("street"),
            street_kinds: words("street kind"),
            towns,
            addresses_taken: BTreeSet::new(),
        }
    }

    pub fn place(&mut self, stratum: &Stratum, random: &mut Random) -> Place {
        let part = self.places.next(stratum.plan.land, random);
        let (towns, most) = self.towns.entry(cell(stratum)).or_default();
        let town = if towns.len() < (*most).max(1) {
            let town = Town {
                name: part.clone(),
                postal: format!("{}{}", stratum.plan.postal, random.below(10)),
            };
            towns.push(town.clone());
            town
        } else {
            towns[random.index(towns.len())].clone()
        };
        Place {
            city: town.name,
            part,
            postal: town.postal,
        }
    }

    pub fn centre(&self, stratum: &Stratum, place: &Place, random: &mut Random) -> Centre {
        match (stratum.ownership, stratum.plan.land) {
            (Ownership::Private, _) => {
                let brand = random.pick(&self.brands);
                Centre {
                    name: line("private pattern")
                        .replace("{brand}", brand)
                        .replace("{place}", &place.part),
                    domain: format!("{}kliniken.example.se", ascii(brand)),
                }
            }
            (Ownership::Public, land) => {
                let pattern = if land == Land::Norrland {
                    line("public pattern norrland")
                } else {
                    line("public pattern")
                };
                Centre {
                    name: pattern.replace("{place}", &place.part),
                    domain: format!("{}.example.se", ascii(stratum.plan.region.name)),
                }
            }
        }
    }

    pub fn street(&self, random: &mut Random) -> String {
        let street = random.pick(&self.streets);
        let kind = random.pick(&self.street_kinds);
        format!("{street}{kind} {}", 1 + random.below(89))
    }

    pub fn chief(&mut self, centre: &Centre, random: &mut Random) -> Chief {
        let first = random.pick(&self.first);
        let last = random.pick(&self.last);
        let person = format!("{}.{}", ascii(first), ascii(last));
        let domain = &centre.domain;
        let mut email = format!("{person}@{domain}");
        let mut namesakes = 1;
        while !self.addresses_taken.insert(email.clone()) {
            namesakes += 1;
            email = format!("{person}{namesakes}@{domain}");
        }
        Chief {
            name: format!("{first} {last}"),
            email,
        }
    }
}

fn cell(stratum: &Stratum) -> Cell {
    (stratum.plan.region.code, stratum.municipality_type)
}

const fn centres_per_town(municipality_type: MunicipalityType) -> usize {
    match municipality_type {
        MunicipalityType::VerySparseRural => 1,
        MunicipalityType::SparseRural => 2,
        MunicipalityType::NearUrbanRural => 3,
        MunicipalityType::SparseMixed => 5,
        MunicipalityType::DenseMixed => 10,
        MunicipalityType::Metropolitan => 20,
    }
}

/// As Swedes write their names in addresses of mail.
fn ascii(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'å' | 'ä' => Some('a'),
            'ö' => Some('o'),
            ' ' => Some('-'),
            'a'..='z' | '0'..='9' => Some(letter),
            _ => None,
        })
        .collect()
}

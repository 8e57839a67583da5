//! The register against the published figures, and against itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AreaType, DemoUnit, MunicipalityType, Ownership, ordinary, register, register_from, rural,
    rural_and_socioeconomic, socioeconomic,
    words::{line, words},
};

/// Tabell 7 and 10: response rate 2022, private among those that answered, private among all; percent.
#[rustfmt::skip] // a table
const PER_REGION: [(&str, usize, usize, usize); 21] = [
    ("Region Kronoberg", 34, 30, 34),
    ("Region Dalarna", 43, 36, 18),
    ("Region Västmanland", 46, 77, 57),
    ("Region Kalmar", 49, 17, 30),
    ("Region Västerbotten", 58, 9, 13),
    ("Västra Götalandsregionen", 60, 51, 50),
    ("Region Jönköping", 60, 45, 30),
    ("Region Norrbotten", 62, 28, 15),
    ("Region Sörmland", 62, 32, 39),
    ("Region Jämtland Härjedalen", 64, 29, 25),
    ("Region Västernorrland", 65, 45, 39),
    ("Region Gävleborg", 65, 39, 40),
    ("Region Örebro", 66, 11, 14),
    ("Region Blekinge", 67, 25, 33),
    ("Region Gotland", 67, 50, 33),
    ("Region Stockholm", 68, 67, 69),
    ("Region Östergötland", 69, 28, 27),
    ("Region Uppsala", 69, 47, 54),
    ("Region Halland", 71, 45, 49),
    ("Region Skåne", 73, 58, 50),
    ("Region Värmland", 86, 27, 28),
];

/// Tabell 8: answered and not.
const PER_MUNICIPALITY_TYPE: [(&str, usize, usize); 6] = [
    ("very_sparse_rural", 11, 9),
    ("sparse_rural", 88, 35),
    ("near_urban_rural", 104, 49),
    ("sparse_mixed", 60, 30),
    ("dense_mixed", 272, 174),
    ("metropolitan", 223, 128),
];

/// Tabell 9: answered and not.
const PER_AREA_TYPE: [(&str, usize, usize); 5] = [
    ("1", 41, 34),
    ("2", 94, 47),
    ("3", 228, 134),
    ("4", 348, 186),
    ("5", 47, 24),
];

const SEEDS: std::ops::Range<u64> = 0..5;

fn percent(part: usize, whole: usize) -> usize {
    (200 * part + whole) / (2 * whole)
}

fn count(units: &[DemoUnit], is_counted: impl Fn(&DemoUnit) -> bool) -> usize {
    units.iter().filter(|unit| is_counted(unit)).count()
}

fn of_region(units: &[DemoUnit], region: &str) -> Vec<DemoUnit> {
    let of_region = |unit: &&DemoUnit| unit.region.name == region;
    units.iter().filter(of_region).cloned().collect()
}

fn is_private(unit: &DemoUnit) -> bool {
    unit.ownership == Ownership::Private
}

#[test]
fn there_are_1183_centres_of_which_758_answered() {
    for seed in SEEDS {
        let units = register_from(seed);
        assert_eq!(units.len(), 1183);
        assert_eq!(count(&units, |unit| unit.answered), 758);
    }
}

#[test]
fn the_regions_are_the_21_with_their_published_response_rates() {
    let units = register();
    let names: BTreeSet<_> = units.iter().map(|unit| unit.region.name).collect();
    let codes: BTreeSet<_> = units.iter().map(|unit| unit.region.code).collect();
    assert_eq!((names.len(), codes.len()), (21, 21));
    for (region, rate, ..) in PER_REGION {
        let centres = of_region(&units, region);
        let answered = count(&centres, |unit| unit.answered);
        assert_eq!(percent(answered, centres.len()), rate, "{region}");
    }
}

#[test]
fn the_municipality_types_have_their_published_counts() {
    for seed in SEEDS {
        let units = register_from(seed);
        for (key, answered, not) in PER_MUNICIPALITY_TYPE {
            let found = [true, false].map(|answered| {
                count(&units, |unit| {
                    unit.municipality_type.key() == key && unit.answered == answered
                })
            });
            assert_eq!(found, [answered, not], "{key}, seed {seed}");
        }
    }
}

#[test]
fn the_area_types_have_their_published_counts() {
    for seed in SEEDS {
        let units = register_from(seed);
        for (key, answered, not) in PER_AREA_TYPE {
            let found = [true, false].map(|answered| {
                count(&units, |unit| {
                    unit.area_type.key() == key && unit.answered == answered
                })
            });
            assert_eq!(found, [answered, not], "{key}, seed {seed}");
        }
    }
}

#[test]
fn the_private_share_of_those_that_answered_is_the_published_one() {
    let mut answered = register();
    answered.retain(|unit| unit.answered);
    assert_eq!(percent(count(&answered, is_private), answered.len()), 47);
    for (region, _, private, _) in PER_REGION {
        let centres = of_region(&answered, region);
        let share = percent(count(&centres, is_private), centres.len());
        assert_eq!(share, private, "{region}");
    }
}

#[test]
fn the_private_share_of_all_is_as_near_the_published_one_as_whole_centres_allow() {
    let units = register();
    assert_eq!(percent(count(&units, is_private), units.len()), 45);
    for (region, _, _, published) in PER_REGION {
        let centres = of_region(&units, region);
        let found = count(&centres, is_private);
        // At least those that answered, at most those and all that did not.
        let least = count(&centres, |unit| unit.answered && is_private(unit));
        let most = least + count(&centres, |unit| !unit.answered);
        let distance = |private: usize| (100 * private).abs_diff(published * centres.len());
        let nearest = (least..=most).map(distance).min();
        assert_eq!(Some(distance(found)), nearest, "{region}");
    }
}

#[test]
fn the_same_seed_gives_the_same_register_and_another_seed_another() {
    assert_eq!(register(), register());
    assert_ne!(register_from(1), register_from(2));
}

#[test]
fn the_types_of_municipality_lie_where_they_do_in_sweden() {
    for unit in register() {
        let region = unit.region.name;
        match unit.municipality_type {
            MunicipalityType::Metropolitan => {
                assert!(["01", "12", "14"].contains(&unit.region.code), "{region}");
            }
            MunicipalityType::VerySparseRural => {
                let sparse = ["17", "20", "23", "24", "25"];
                assert!(sparse.contains(&unit.region.code), "{region}");
            }
            _ => {}
        }
    }
}

#[test]
fn most_centres_in_stockholm_are_metropolitan() {
    let stockholm = of_region(&register(), "Region Stockholm");
    let metropolitan = count(&stockholm, |unit| {
        unit.municipality_type == MunicipalityType::Metropolitan
    });
    assert!(percent(metropolitan, stockholm.len()) >= 85);
}

#[test]
fn lists_are_of_plausible_length_and_shorter_in_the_country() {
    let units = register();
    let median = |is_meant: &dyn Fn(&DemoUnit) -> bool| {
        let meant = units.iter().filter(|unit| is_meant(unit));
        let mut listed: Vec<u32> = meant.map(|unit| unit.listed).collect();
        listed.sort_unstable();
        listed[listed.len() / 2]
    };
    assert!(
        units
            .iter()
            .all(|unit| (500..=40_000).contains(&unit.listed))
    );
    assert!((7_000..=8_000).contains(&median(&|_| true)));
    let medians = MunicipalityType::ALL.map(|kind| median(&|unit| unit.municipality_type == kind));
    assert!(medians[0] < medians[1] && medians[1] < medians[2] && medians[2] < medians[5]);
    let residents: u32 = units.iter().map(|unit| unit.listed).sum();
    assert!((9_500_000..=11_000_000).contains(&residents));
}

#[test]
fn keys_count_from_one_and_names_and_addresses_are_nobody_elses() {
    for seed in SEEDS {
        let units = register_from(seed);
        for (unit, number) in units.iter().zip(1..) {
            assert_eq!(unit.key, format!("vc-{number:04}"));
        }
        let names: BTreeSet<_> = units.iter().map(|unit| &unit.name).collect();
        assert_eq!(names.len(), units.len());
        let chiefs: BTreeSet<_> = units.iter().map(|unit| &unit.chief_email).collect();
        assert_eq!(chiefs.len(), units.len() - 4, "one chief has five centres");
    }
}

#[test]
fn addresses_can_be_written_to() {
    for unit in register() {
        let (person, domain) = unit.chief_email.split_once('@').unwrap();
        assert!(domain.ends_with(".example.se"), "{domain}");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        assert!(person.chars().chain(domain.chars()).all(plain), "{domain}");
        assert!(person.split('.').filter(|part| !part.is_empty()).count() == 2);

        let (start, end) = unit.postal_code.split_once(' ').unwrap();
        assert_eq!((start.len(), end.len()), (3, 2));
        assert!(start.parse::<u32>().is_ok() && end.parse::<u32>().is_ok());
        assert!(!unit.city.is_empty());
        let (street, number) = unit.street.rsplit_once(' ').unwrap();
        assert!(street.chars().count() > 5 && number.parse::<u32>().is_ok());
    }
}

#[test]
fn a_city_is_in_one_region_and_bears_no_real_municipalitys_name() {
    let real = words("real place");
    assert!(real.contains(&"Stockholm") && real.contains(&"Kil"));
    let mut regions: BTreeMap<String, &str> = BTreeMap::new();
    for unit in register() {
        assert!(!real.contains(&unit.city.as_str()), "{}", unit.city);
        let region = regions.entry(unit.city.clone()).or_insert(unit.region.code);
        assert_eq!(*region, unit.region.code, "{}", unit.city);
    }
}

#[test]
fn centres_are_called_as_in_their_part_of_the_country() {
    let invented = [line("long name"), line("letters name")];
    for unit in register() {
        if invented.contains(&unit.name.as_str()) {
            continue;
        }
        let is_north = unit.region.code >= "21";
        let expected = match unit.ownership {
            Ownership::Private => unit.name.contains("kliniken "),
            Ownership::Public if is_north => unit.name.starts_with("Hälsocentralen "),
            Ownership::Public => unit.name.ends_with(" vårdcentral"),
        };
        assert!(expected, "{}", unit.name);
    }
}

#[test]
fn one_name_is_very_long_and_one_begins_with_the_three_last_letters() {
    let units = register();
    let long = count(&units, |unit| unit.name.chars().count() > 150);
    let letters = count(&units, |unit| {
        ['Å', 'Ä', 'Ö']
            .iter()
            .all(|letter| unit.name.to_uppercase().contains(*letter))
            && unit.name.starts_with('Å')
    });
    assert_eq!((long, letters), (1, 1));
}

#[test]
fn one_chief_has_five_centres_in_one_region() {
    let units = register();
    let mut centres: BTreeMap<&str, Vec<&DemoUnit>> = BTreeMap::new();
    for unit in &units {
        centres.entry(&unit.chief_email).or_default().push(unit);
    }
    let shared: Vec<_> = centres.into_values().filter(|of| of.len() > 1).collect();
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0].len(), 5);
    let first = shared[0][0];
    for unit in &shared[0] {
        assert_eq!(unit.chief_name, first.chief_name);
        assert_eq!(unit.region, first.region);
    }
}

#[test]
fn the_demos_links_lead_to_centres_of_the_kinds_they_promise_that_have_not_answered() {
    let units = register();
    let picks =
        [ordinary, rural, socioeconomic, rural_and_socioeconomic].map(|pick| pick(&units).unwrap());
    let traits = picks.map(|unit| {
        let is_rural = unit.municipality_type.is_rural();
        (is_rural, unit.area_type.is_challenged())
    });
    assert_eq!(
        traits,
        [(false, false), (true, false), (false, true), (true, true)]
    );
    assert_eq!(picks[2].area_type, AreaType::LargeChallenges);
    let keys: BTreeSet<_> = picks.iter().map(|unit| &unit.key).collect();
    assert_eq!(keys.len(), 4);
    for unit in picks {
        assert!(!unit.answered);
        let centres = count(&units, |other| other.chief_email == unit.chief_email);
        assert_eq!(centres, 1, "a link of its own");
    }
}

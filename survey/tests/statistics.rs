//! Tables of response rates, from cases to what is published.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use survey::{
    instrument::{self, Instrument},
    statistics::{
        Definition, Dimension, FollowUp, Grouping, Measure, Names, Ratio, Status, Tally,
        cross_table, dimensions, rate_table,
    },
    text::{Language, Text},
};

fn load(source: &str) -> Instrument {
    instrument::load(source).unwrap()
}

fn centres() -> Instrument {
    load(include_str!(
        "../../instruments/vardcentralschefer-2022.toml"
    ))
}

fn municipalities() -> Instrument {
    load(include_str!("../../instruments/kommuner-2019.toml"))
}

fn names() -> Names {
    Names {
        region: Text::swedish("Region"),
        ownership: Text::swedish("Driftsform"),
        ownerships: BTreeMap::from([
            ("public".to_owned(), Text::swedish("Offentlig")),
            ("private".to_owned(), Text::swedish("Privat")),
        ]),
        missing: Text::swedish("Uppgift saknas"),
    }
}

#[derive(Clone, Debug)]
struct Unit {
    region: &'static str,
    ownership: Option<&'static str>,
    area: &'static str,
    status: Status,
}

fn unit(region: &'static str, ownership: &'static str, area: &'static str, status: Status) -> Unit {
    Unit {
        region,
        ownership: Some(ownership),
        area,
        status,
    }
}

fn follow_up(instrument: &Instrument, units: &[Unit]) -> FollowUp {
    let grouping = Grouping::of(instrument);
    let tallies = units.iter().flat_map(|unit| {
        let class = |field: &str| (field == "area_type").then_some(unit.area);
        grouping
            .groups(unit.region, unit.ownership, class)
            .into_iter()
            .chain([(Dimension::ALL.to_owned(), String::new())])
            .map(|(dimension, category)| Tally {
                dimension,
                category,
                measure: Measure::Status,
                value: unit.status.as_str().to_owned(),
                n: 1,
            })
    });
    FollowUp::of(tallies)
}

fn dimension(instrument: &Instrument, key: &str) -> Dimension {
    dimensions(instrument, &names())
        .into_iter()
        .find(|dimension| dimension.key == key)
        .unwrap()
}

fn published(units: &[Unit], key: &str) -> Vec<(String, u64, u64, u64)> {
    let instrument = centres();
    let table = rate_table(
        &follow_up(&instrument, units),
        &dimension(&instrument, key),
        Definition::Report,
        true,
    );
    table
        .rows
        .iter()
        .map(|row| {
            let name = row.category.as_ref().unwrap().published(Language::Swedish);
            (name.to_owned(), row.answered, row.not_answered, row.total)
        })
        .collect()
}

#[test]
fn the_instrument_tells_what_to_divide_by() {
    let keys = |instrument: &Instrument| -> Vec<String> {
        dimensions(instrument, &names())
            .into_iter()
            .map(|dimension| dimension.key)
            .collect()
    };
    assert_eq!(
        keys(&centres()),
        ["region", "municipality_type", "area_type", "ownership"]
    );
    assert_eq!(keys(&municipalities()), ["region", "ownership"]);
}

#[test]
fn classes_stand_in_the_order_of_the_instrument_and_those_with_numbers_are_named_by_them() {
    let units = [unit("Norr", "public", "4", Status::Complete)];
    let rows = published(&units, "area_type");
    let names: Vec<&str> = rows.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["1", "2", "3", "4", "5"]);
    assert_eq!(rows[3], ("4".to_owned(), 1, 0, 1));
    assert_eq!(rows[0], ("1".to_owned(), 0, 0, 0));
}

#[test]
fn regions_stand_from_the_lowest_rate_to_the_highest() {
    let units = [
        unit("Norr", "public", "1", Status::Complete),
        unit("Söder", "public", "1", Status::Invited),
        unit("Väster", "public", "1", Status::Complete),
        unit("Väster", "public", "1", Status::Refused),
    ];
    let rows = published(&units, "region");
    let names: Vec<&str> = rows.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["Söder", "Väster", "Norr"]);
}

#[test]
fn a_class_that_the_register_does_not_know_is_told_last() {
    let units = [
        unit("Norr", "public", "9", Status::Complete),
        Unit {
            ownership: None,
            ..unit("Norr", "", "1", Status::Invited)
        },
    ];
    assert_eq!(
        published(&units, "area_type").last().unwrap(),
        &("Uppgift saknas".to_owned(), 1, 0, 1)
    );
    assert_eq!(
        published(&units, "ownership"),
        [
            ("Offentlig".to_owned(), 1, 0, 1),
            ("Privat".to_owned(), 0, 0, 0),
            ("Uppgift saknas".to_owned(), 0, 1, 1),
        ]
    );
}

#[test]
fn what_the_survey_was_never_for_is_in_no_column() {
    let units = [
        unit("Norr", "public", "1", Status::Complete),
        unit("Norr", "public", "1", Status::BranchOffice),
        unit("Söder", "public", "1", Status::ClosedBeforeStart),
    ];
    assert_eq!(published(&units, "region"), [("Norr".to_owned(), 1, 0, 1)]);
}

#[test]
fn each_region_tells_how_many_are_private_among_those_that_answered_and_among_all() {
    let instrument = centres();
    let units = [
        unit("Norr", "private", "1", Status::Complete),
        unit("Norr", "public", "1", Status::Complete),
        unit("Norr", "public", "1", Status::Invited),
        unit("Söder", "private", "1", Status::Invited),
    ];
    let table = cross_table(
        &follow_up(&instrument, &units),
        &dimension(&instrument, "region"),
        &dimension(&instrument, "ownership"),
        Dimension::REGION_AND_OWNERSHIP,
        true,
    );
    let private = |row: usize| {
        let inner = &table.rows[row].inner[1];
        assert_eq!(inner.category.key, "private");
        (inner.among_answered, inner.among_all)
    };
    assert_eq!(private(0), (Ratio::new(0, 0), Ratio::new(1, 1)));
    assert_eq!(private(1), (Ratio::new(1, 2), Ratio::new(1, 3)));
    assert_eq!(table.total.inner[1].among_answered, Ratio::new(1, 2));
    assert_eq!(table.total.inner[1].among_all, Ratio::new(2, 4));
}

fn units() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (
        prop::sample::select(vec!["Norr", "Söder", "Öster", ""]),
        prop::sample::select(vec![Some("public"), Some("private"), Some("other"), None]),
        prop::sample::select(vec!["1", "2", "5", "9", ""]),
        prop::sample::select(Status::ALL.to_vec()),
    )
        .prop_map(|(region, ownership, area, status)| Unit {
            region,
            ownership,
            area,
            status,
        });
    prop::collection::vec(unit, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_groups_of_every_table_add_up_to_its_total(units in units()) {
        let instrument = centres();
        let follow_up = follow_up(&instrument, &units);
        for dimension in dimensions(&instrument, &names()) {
            let table = rate_table(&follow_up, &dimension, Definition::Rr2, true);
            let sum = |column: fn(&survey::statistics::RateRow) -> u64| -> u64 {
                table.rows.iter().map(column).sum()
            };
            prop_assert_eq!(sum(|row| row.answered), table.total.answered);
            prop_assert_eq!(sum(|row| row.not_answered), table.total.not_answered);
            prop_assert_eq!(sum(|row| row.total), table.total.total);
            for row in table.rows.iter().chain([&table.total]) {
                prop_assert_eq!(row.answered + row.not_answered, row.total);
                prop_assert!(row.rate.share.percent().is_none_or(|percent| percent <= 100));
            }
        }
    }

    #[test]
    fn the_parts_of_a_crossed_row_are_the_whole_row(units in units()) {
        let instrument = centres();
        let table = cross_table(
            &follow_up(&instrument, &units),
            &dimension(&instrument, Dimension::REGION),
            &dimension(&instrument, Dimension::OWNERSHIP),
            Dimension::REGION_AND_OWNERSHIP,
            true,
        );
        for row in table.rows.iter().chain([&table.total]) {
            let answered: u64 = row.inner.iter().map(|inner| inner.among_answered.numerator).sum();
            let all: u64 = row.inner.iter().map(|inner| inner.among_all.numerator).sum();
            prop_assert_eq!((answered, all), (row.row.answered, row.row.total));
        }
    }
}

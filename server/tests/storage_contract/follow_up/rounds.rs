//! Rounds apart from each other, and the whole country.

use std::collections::BTreeMap;

use app::{Translations, staff::rates::group_names};
use server::demo::register::{self, DemoUnit};
use server::instruments;
use server::storage::{Location, NewUnit, Round};
use server::tables::Tables;
use survey::{statistics::Status, text::Language};

use super::{four_units, open, questionnaire, round_asking, source, submits, types, unit_in};
use crate::support::world::{DURING, World, new_id};

on_both_databases!(
    a_pilot_counts_its_own_cases_and_no_others,
    a_survey_without_classes_is_counted_by_region_and_ownership,
    a_case_that_joins_later_is_counted_from_then_on,
    however_many_cases_there_are_a_dashboard_reads_as_many_counts,
    the_published_numbers_come_out_of_the_whole_country,
);

async fn a_pilot_counts_its_own_cases_and_no_others(world: World) {
    let (round, cases) = four_units(&world).await;
    let mut pilot = round_asking("pilot", source());
    pilot.round.pilot = true;
    world.database.create_round(&pilot).await.unwrap();
    let rehearsing = open(&world, &pilot.round).await;

    types(&world, rehearsing["vc-1"].link, "listed", "1").await;
    submits(&world, rehearsing["vc-1"].link, 1).await;
    types(&world, cases["vc-2"].link, "listed", "8500").await;

    let real = world.database.follow_up(round.id).await.unwrap();
    let pilot = world.database.follow_up(pilot.round.id).await.unwrap();
    assert_eq!(real.all().statuses.answered(), 0);
    assert_eq!(real.all().statuses.get(Status::Started), 1);
    assert_eq!(pilot.all().statuses.answered(), 1);
    assert_eq!(pilot.all().statuses.get(Status::Started), 0);
}

async fn a_survey_without_classes_is_counted_by_region_and_ownership(world: World) {
    let units = [unit_in("k-1", "Norr", None, "1")];
    world.database.insert_register(&units).await.unwrap();
    let new = round_asking("kommuner", instruments::source("kommuner-2019").unwrap());
    world.database.create_round(&new).await.unwrap();
    open(&world, &new.round).await;

    let follow_up = world.database.follow_up(new.round.id).await.unwrap();

    assert_eq!(follow_up.group("region", "Norr").statuses.all(), 1);
    assert_eq!(follow_up.group("ownership", "").statuses.all(), 1);
    assert_eq!(follow_up.categories("area_type").count(), 0);
}

async fn a_case_that_joins_later_is_counted_from_then_on(world: World) {
    let (round, cases) = four_units(&world).await;
    types(&world, cases["vc-1"].link, "listed", "8500").await;
    let late = [unit_in("vc-5", "Väster", Some("public"), "3")];
    world.database.insert_register(&late).await.unwrap();

    open(&world, &round).await;

    let follow_up = world.database.follow_up(round.id).await.unwrap();
    assert_eq!(follow_up.all().statuses.all(), 5);
    assert_eq!(follow_up.all().statuses.get(Status::Started), 1);
    assert_eq!(follow_up.group("region", "Väster").statuses.all(), 1);
}

/// Opens cases in three regions, and lets some of every region answer.
async fn country_of(world: &World, round: &Round, units: std::ops::Range<usize>) -> i64 {
    let new: Vec<NewUnit> = units
        .map(|n| {
            let area = ["1", "2", "3", "4", "5"][n % 5];
            let owner = Some(["public", "private"][n % 2]);
            unit_in(
                &format!("vc-{n:05}"),
                ["Norr", "Söder", "Väster"][n % 3],
                owner,
                area,
            )
        })
        .collect();
    world.database.insert_register(&new).await.unwrap();
    let cases = open(world, round).await;
    for (number, unit) in (0_u8..).zip(new.iter().take(30)) {
        world
            .database
            .opened(cases[&unit.unit.key].case, DURING)
            .await
            .unwrap();
        if number % 2 == 0 {
            let receipt = number + if new.len() > 60 { 100 } else { 0 };
            submits(world, cases[&unit.unit.key].link, receipt).await;
        }
    }
    let read = "SELECT count(*) FROM tally WHERE n > 0";
    world.number(read).await
}

async fn however_many_cases_there_are_a_dashboard_reads_as_many_counts(world: World) {
    let new = round_asking("2022", source());
    world.database.create_round(&new).await.unwrap();

    let of_sixty = country_of(&world, &new.round, 0..60).await;
    let of_six_hundred = country_of(&world, &new.round, 60..600).await;

    let follow_up = world.database.follow_up(new.round.id).await.unwrap();
    assert_eq!(follow_up.all().statuses.all(), 600);
    assert_eq!(of_six_hundred, of_sixty);
}

fn new_unit(unit: &DemoUnit) -> NewUnit {
    let ownership = Some(unit.ownership.key());
    let mut new = unit_in(&unit.key, unit.region.name, ownership, unit.area_type.key());
    let kind = unit.municipality_type.key().to_owned();
    new.unit
        .classes
        .insert("municipality_type".to_owned(), kind);
    new
}

async fn the_published_numbers_come_out_of_the_whole_country(world: World) {
    let country = register::register();
    let units: Vec<NewUnit> = country.iter().map(new_unit).collect();
    world.database.insert_register(&units).await.unwrap();
    let new = round_asking("2022", source());
    world.database.create_round(&new).await.unwrap();
    let round = new.round;
    world
        .database
        .open_cases(round.id, DURING, &mut new_id)
        .await
        .unwrap();
    // Submissions are made past the storage's back, as a database from before there was any follow-up has them.
    let answered: Vec<String> = country
        .iter()
        .filter(|unit| unit.answered)
        .map(|unit| format!("'{}'", unit.key))
        .collect();
    let identity = match &world.location {
        Location::Directory(_) => "randomblob(16)",
        Location::Postgres(_) => "gen_random_uuid()",
    };
    world
        .execute(&format!(
            "INSERT INTO submission (id, case_id, number, receipt, submitted_at, as_of, instrument_key, \
                instrument_version, snapshot) \
            SELECT {identity}, c.id, 1, unit.key, {at}, 0, 'x', '1', '{{}}' \
            FROM respondent_case c JOIN unit ON unit.id = c.unit_id WHERE unit.key IN ({keys})",
            at = DURING.millis(),
            keys = answered.join(", ")
        ))
        .await
        .unwrap();

    assert_eq!(world.database.recount(round.id).await.unwrap(), 1183);

    let files = published(&world, round.clone()).await;
    assert_eq!(
        files["response_rate_by_municipality_type.csv"],
        BY_MUNICIPALITY_TYPE
    );
    assert_eq!(files["response_rate_by_area_type.csv"], BY_AREA_TYPE);
    let regions = &files["response_rate_by_region.csv"];
    let mut rates: Vec<(&str, &str)> = regions
        .lines()
        .skip(1)
        .map(|line| {
            (
                line.split(',').next().unwrap(),
                line.rsplit(',').next().unwrap(),
            )
        })
        .collect();
    assert!(rates[..21].is_sorted_by_key(|(_, rate)| rate.parse::<u32>().unwrap()));
    assert_eq!(rates.pop(), Some(("Totalsumma", "64")));
    rates.sort_unstable();
    assert_eq!(rates, BY_REGION);
    let crossed = &files["response_rate_by_ownership_and_region.csv"];
    let private = |region: &str| {
        let line = crossed
            .lines()
            .find(|line| line.starts_with(region))
            .unwrap();
        let cells: Vec<&str> = line.split(',').collect();
        (
            cells[4].to_owned(),
            cells[7].to_owned(),
            cells[8].to_owned(),
        )
    };
    let told = |cells: [&str; 3]| {
        let [rate, answered, all] = cells.map(str::to_owned);
        (rate, answered, all)
    };
    assert_eq!(private("Region Skåne"), told(["73", "58", "50"]));
    assert_eq!(private("Region Kronoberg"), told(["34", "30", "34"]));
    assert_eq!(private("Totalsumma"), told(["64", "47", "45"]));
}

/// The CSV files by name.
async fn published(world: &World, round: Round) -> BTreeMap<String, String> {
    let translations = Translations::load().unwrap();
    let names = group_names(translations);
    let tables = Tables::of(&world.database, round, &questionnaire(), &names, DURING)
        .await
        .unwrap();
    let words = &translations.staff(Language::Swedish).rates;
    tables
        .csv_files(words)
        .into_iter()
        .map(|file| (file.name, String::from_utf8(file.content).unwrap()))
        .collect()
}

/// Tabell 8 of the report on 2022.
const BY_MUNICIPALITY_TYPE: &str = "\
group,answered,not_answered,total,response_rate_pct
Mycket glesa landsbygdskommuner,11,9,20,55
Glesa landsbygdskommuner,88,35,123,72
Tätortsnära landsbygdskommuner,104,49,153,68
Glesa blandade kommuner,60,30,90,67
Täta blandade kommuner,272,174,446,61
Storstadskommuner,223,128,351,64
Totalsumma,758,425,1183,64
";

/// Tabell 9.
const BY_AREA_TYPE: &str = "\
group,answered,not_answered,total,response_rate_pct
1,41,34,75,55
2,94,47,141,67
3,228,134,362,63
4,348,186,534,65
5,47,24,71,66
Totalsumma,758,425,1183,64
";

/// Tabell 7.
const BY_REGION: [(&str, &str); 21] = [
    ("Region Blekinge", "67"),
    ("Region Dalarna", "43"),
    ("Region Gotland", "67"),
    ("Region Gävleborg", "65"),
    ("Region Halland", "71"),
    ("Region Jämtland Härjedalen", "64"),
    ("Region Jönköping", "60"),
    ("Region Kalmar", "49"),
    ("Region Kronoberg", "34"),
    ("Region Norrbotten", "62"),
    ("Region Skåne", "73"),
    ("Region Stockholm", "68"),
    ("Region Sörmland", "62"),
    ("Region Uppsala", "69"),
    ("Region Värmland", "86"),
    ("Region Västerbotten", "58"),
    ("Region Västernorrland", "65"),
    ("Region Västmanland", "46"),
    ("Region Örebro", "66"),
    ("Region Östergötland", "69"),
    ("Västra Götalandsregionen", "60"),
];

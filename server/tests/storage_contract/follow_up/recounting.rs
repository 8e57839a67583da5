//! The counts are what counting everything again gives, whatever happened and however much at once.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use server::storage::register::{Column, Field};
use server::storage::{Actor, Database, DispositionCode, Refusal, Round, Standing, Timestamp};
use survey::statistics::{Measure, Slice};

use super::{Asked, behind, everything, four_units, mails, refused, rules, submits, taken, types};
use crate::support::world::{DURING, OPENS, World, new_id, text};

on_both_databases!(
    after_any_history_the_counts_are_what_counting_again_gives,
    every_count_has_as_many_cases_behind_it,
    many_who_write_at_once_never_wait_for_each_other_in_a_circle,
    a_database_from_before_the_counts_is_counted_when_it_is_opened,
);

const HISTORIES: usize = 12;

#[derive(Clone, Debug)]
enum Act {
    Open(usize),
    /// So many seconds after the opening.
    Mail(usize, i64),
    Bounce(usize, i64),
    Type(usize, &'static str, &'static str),
    Submit(usize),
    Reopen(usize),
    Rule(usize, DispositionCode),
    Move(usize, &'static str),
    Classify(usize, &'static str),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let unit = 1..=4_usize;
    let typed = prop::sample::select(vec![
        ("listed", "8500"),
        ("listed", "900"),
        ("ownership", "public"),
        ("gp_specialist_persons", "4"),
        ("need", "yes"),
        ("need", "no"),
        ("initiative_funding", "very"),
        ("prevention", "good"),
        ("municipal_physician", "good"),
    ]);
    let act = prop_oneof![
        1 => unit.clone().prop_map(Act::Open),
        1 => (unit.clone(), 0..400_i64).prop_map(|(unit, at)| Act::Mail(unit, at)),
        1 => (unit.clone(), 0..400_i64).prop_map(|(unit, at)| Act::Bounce(unit, at)),
        6 => (unit.clone(), typed).prop_map(|(unit, (variable, raw))| Act::Type(unit, variable, raw)),
        2 => unit.clone().prop_map(Act::Submit),
        1 => unit.clone().prop_map(Act::Reopen),
        2 => (unit.clone(), prop::sample::select(DispositionCode::ALL.to_vec()))
            .prop_map(|(unit, code)| Act::Rule(unit, code)),
        1 => (unit.clone(), prop::sample::select(vec!["Norr", "Söder", "Väster"]))
            .prop_map(|(unit, region)| Act::Move(unit, region)),
        // Area types 3 to 5 ask the same questions, so that what is enough stays enough.
        1 => (unit, prop::sample::select(vec!["3", "4", "5"]))
            .prop_map(|(unit, area)| Act::Classify(unit, area)),
    ];
    prop::collection::vec(act, 0..30)
}

async fn happens(world: &World, cases: &BTreeMap<String, Asked>, act: &Act, receipt: u8) {
    let key = |unit: usize| format!("vc-{unit}");
    let asked = |unit: usize| cases[&key(unit)];
    let edit = |unit: usize, field: Field, value: &'static str| async move {
        let fields = [(field, text(value))];
        world
            .database
            .edit_unit(
                &key(unit),
                &fields,
                &Actor::CommandLine,
                DURING,
                &mut new_id,
            )
            .await
            .unwrap();
    };
    match act {
        Act::Open(unit) => world
            .database
            .opened(asked(*unit).case, DURING)
            .await
            .unwrap(),
        Act::Mail(unit, at) => mails(world, asked(*unit).case, after_opening(*at), taken()).await,
        Act::Bounce(unit, at) => {
            mails(world, asked(*unit).case, after_opening(*at), refused()).await;
        }
        Act::Type(unit, variable, raw) => {
            if is_open(world, asked(*unit)).await {
                types(world, asked(*unit).link, variable, raw).await;
            }
        }
        Act::Submit(unit) => {
            if is_open(world, asked(*unit)).await {
                submits(world, asked(*unit).link, receipt).await;
            }
        }
        Act::Reopen(unit) => {
            let standing = world.view(asked(*unit).link).await.standing(DURING);
            if standing == Standing::Refused(Refusal::Submitted) {
                world
                    .database
                    .reopen(asked(*unit).link, DURING)
                    .await
                    .unwrap();
            }
        }
        Act::Rule(unit, code) => rules(world, asked(*unit).case, *code).await,
        Act::Move(unit, region) => edit(*unit, Field::Column(Column::Region), region).await,
        Act::Classify(unit, area) => {
            edit(*unit, Field::Class("area_type".to_owned()), area).await;
        }
    }
}

fn after_opening(seconds: i64) -> Timestamp {
    Timestamp::from_millis(OPENS.millis() + seconds * 1000)
}

async fn is_open(world: &World, asked: Asked) -> bool {
    world.view(asked.link).await.standing(DURING) == Standing::Open
}

async fn live(world: &World, runner: &mut TestRunner) -> (Round, BTreeMap<String, Asked>) {
    let (round, cases) = four_units(world).await;
    for unit in 1..=4 {
        happens(world, &cases, &Act::Classify(unit, "3"), 0).await;
    }
    let mut receipt = 0;
    for _ in 0..HISTORIES {
        for act in acts().new_tree(runner).unwrap().current() {
            receipt = (receipt + 1) % 250;
            happens(world, &cases, &act, receipt).await;
        }
        let kept = everything(world).await;
        world.database.recount(round.id).await.unwrap();
        assert_eq!(kept, everything(world).await);
    }
    (round, cases)
}

async fn after_any_history_the_counts_are_what_counting_again_gives(world: World) {
    live(&world, &mut TestRunner::default()).await;
}

async fn every_count_has_as_many_cases_behind_it(world: World) {
    let (round, cases) = live(&world, &mut TestRunner::deterministic()).await;
    // Whatever has become of them, something of every kind is there to count.
    for act in [
        Act::Rule(1, DispositionCode::Eligible),
        Act::Rule(2, DispositionCode::Eligible),
        Act::Open(1),
        Act::Mail(2, 1),
        Act::Type(2, "listed", "8501"),
        Act::Submit(2),
    ] {
        happens(&world, &cases, &act, 251).await;
    }

    let counts = world
        .texts(
            "SELECT dimension || '|' || category || '|' || measure || '|' || value || '|' || n \
            FROM tally WHERE n <> 0",
        )
        .await;
    assert!(counts.len() > 30);
    for count in counts {
        let [dimension, category, measure, value, n] =
            <[&str; 5]>::try_from(count.split('|').collect::<Vec<_>>()).unwrap();
        let measure: Measure = measure.parse().unwrap();
        let group = (!dimension.is_empty()).then_some((dimension, category));
        let slice = Slice::of(measure, value).unwrap();
        let found = behind(&world, &round, group, slice).await;
        assert_eq!(found.len().to_string(), n, "{count}");
    }
}

async fn many_who_write_at_once_never_wait_for_each_other_in_a_circle(world: World) {
    const WRITERS: usize = 16;
    let (round, _) = four_units(&world).await;
    let late: Vec<_> = (5..5 + WRITERS)
        .map(|n| {
            super::unit_in(
                &format!("vc-{n}"),
                ["Norr", "Söder"][n % 2],
                None,
                ["3", "4"][n % 2],
            )
        })
        .collect();
    world.database.insert_register(&late).await.unwrap();
    let cases = super::open(&world, &round).await;
    let world = std::sync::Arc::new(world);

    let mut writers = Vec::new();
    for (number, asked) in (0_u8..).zip(cases.values().copied()) {
        let world = std::sync::Arc::clone(&world);
        writers.push(tokio::spawn(async move {
            world.database.opened(asked.case, DURING).await.unwrap();
            types(&world, asked.link, "listed", "8500").await;
            types(&world, asked.link, "need", "no").await;
            submits(&world, asked.link, number).await;
            rules(&world, asked.case, DispositionCode::Refused).await;
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }

    let kept = everything(&world).await;
    world.database.recount(round.id).await.unwrap();
    assert_eq!(kept, everything(&world).await);
    let follow_up = world.database.follow_up(round.id).await.unwrap();
    assert_eq!(follow_up.all().statuses.answered(), 4 + WRITERS as u64);
}

async fn a_database_from_before_the_counts_is_counted_when_it_is_opened(world: World) {
    let (_, cases) = four_units(&world).await;
    types(&world, cases["vc-1"].link, "listed", "8500").await;
    submits(&world, cases["vc-2"].link, 1).await;
    let kept = everything(&world).await;
    for table in ["tally", "case_group", "case_progress"] {
        world
            .execute(&format!("DELETE FROM {table}"))
            .await
            .unwrap();
    }

    let again = Database::connect(&world.location).await.unwrap();

    assert_eq!(everything(&world).await, kept);
    again.close().await;
}

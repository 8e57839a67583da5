//! How long the follow-up takes with 1 183 cases and with 100 000: `cargo xtask bench --only follow-up`.
//!
//! Pages are asked of the program's own routes by somebody who is signed in, without a network between: session, readings and
//! rendering are counted. The dashboard must cost the same with both; lists of cases and recounting may cost more.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here must stop the measurement"
)]

#[path = "load/figures.rs"]
#[allow(dead_code, reason = "another measurement uses the rest")]
mod figures;
#[path = "../tests/support/postgres.rs"]
mod postgres;

use std::collections::BTreeMap;
use std::sync::{Arc, atomic::AtomicI64};
use std::time::{Duration, Instant};

use app::{
    Translations,
    staff::{Role, rates::group_names},
};
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use data_encoding::BASE32_NOPAD;
use server::assets::Shelf;
use server::clock::Clock;
use server::instruments;
use server::links::Secret;
use server::storage::{
    Actor, CasesBehind, Database, ListPage, Location, NewRound, NewSession, NewStaff, NewUnit,
    Round, Timestamp, Unit,
};
use server::tables::Tables;
use server::web::{self, World};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use survey::instrument;
use survey::statistics::Slice;
use tower::ServiceExt;
use uuid::Uuid;

const SIZES: [usize; 2] = [1_183, 100_000];
const TIMES: usize = 200;
const KEY: &str = "vardcentralschefer-2022";
const OPENS: Timestamp = Timestamp::from_millis(1_649_109_600_000);
const NOW: Timestamp = Timestamp::from_millis(1_655_000_000_000);
const CLOSES: Timestamp = Timestamp::from_millis(1_655_330_400_000);

#[tokio::main]
async fn main() {
    println!("{}\n", figures::machine());
    println!("| database | cases | what | median ms | p99 ms |");
    println!("|---|---:|---|---:|---:|");
    for size in SIZES {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().to_owned());
        measure("SQLite", &location, size).await;
        let location = Location::Postgres(postgres::fresh_database().await);
        measure("PostgreSQL", &location, size).await;
    }
}

async fn measure(name: &str, location: &Location, size: usize) {
    let database = Database::connect(location).await.unwrap();
    let line = |what: &str, mut took: Vec<Duration>| {
        took.sort_unstable();
        let at = |hundredths: usize| {
            let place = (took.len() * hundredths).div_ceil(100).saturating_sub(1);
            took[place].as_secs_f64() * 1000.0
        };
        println!(
            "| {name} | {size} | {what} | {:.2} | {:.2} |",
            at(50),
            at(99)
        );
    };
    let (round, opening) = open(&database, size).await;
    line("opening a case for every unit", vec![opening]);
    live(location).await;
    let started = Instant::now();
    assert_eq!(database.recount(round.id).await.unwrap(), size);
    line("counting every case again", vec![started.elapsed()]);

    let mut took = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        let follow_up = database.follow_up(round.id).await.unwrap();
        took.push(started.elapsed());
        assert!(follow_up.all().statuses.answered() > 0);
    }
    line("reading every group's counts", took);

    let pages = Site::of(&database).await;
    for (what, path) in [
        ("the dashboard's whole page", ""),
        (
            "a region's whole page",
            "/grupp?dimension=region&grupp=Region%2007",
        ),
    ] {
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let started = Instant::now();
            let page = pages.get(&format!("/admin/uppfoljning/{KEY}{path}")).await;
            took.push(started.elapsed());
            assert!(page.contains("class=\"path\""));
        }
        line(what, took);
    }

    let instrument = instrument::load(&source()).unwrap();
    let names = group_names(Translations::load().unwrap());
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        let tables = Tables::of(&database, round.clone(), &instrument, &names, NOW).await;
        took.push(started.elapsed());
        assert_eq!(tables.unwrap().by.len(), 4);
    }
    line("Tabell 7 to 10", took);

    for (what, group) in [
        ("first page of a region's unanswered", Some("Region 07")),
        ("first page of everybody's unanswered", None),
    ] {
        let behind = CasesBehind {
            group: group.map(|region| ("region".to_owned(), region.to_owned())),
            slice: Slice::NotAnswered,
        };
        let page = ListPage {
            number: 1,
            size: 50,
        };
        let mut took = Vec::new();
        for _ in 0..TIMES / 10 {
            let started = Instant::now();
            let found = database.cases_behind(round.id, &behind, page, NOW).await;
            took.push(started.elapsed());
            assert!(!found.unwrap().cases.is_empty());
        }
        line(what, took);
    }
    database.close().await;
}

/// The program's routes, with a reader who is signed in.
struct Site {
    routes: axum::Router,
    cookie: String,
}

impl Site {
    async fn of(database: &Database) -> Self {
        let (email, token) = ("reader@example.se", [5; 32]);
        let new = NewStaff {
            id: id(4, 0),
            email: email.to_owned(),
            name: "Kim Ek".to_owned(),
            role: Role::Reader,
            password: None,
        };
        database
            .add_staff(&new, &Actor::CommandLine, NOW, id(5, 0))
            .await
            .unwrap();
        let session = NewSession {
            id: id(6, 0),
            staff: new.id,
            token_hash: Sha256::digest(token).into(),
        };
        database
            .begin_session(&session, email, "measurement", NOW, id(5, 1))
            .await
            .unwrap();
        let clock = Clock::Set(Arc::new(AtomicI64::new(NOW.millis())));
        let world = World::new(
            database.clone(),
            Secret::from_bytes([7; Secret::BYTES]),
            Translations::load().unwrap(),
            Shelf::stock().unwrap(),
            clock,
            Vec::new(),
        );
        let token = BASE32_NOPAD.encode(&token).to_ascii_lowercase();
        Self {
            routes: web::router(world),
            cookie: format!("vardenkat={token}"),
        }
    }

    async fn get(&self, path: &str) -> String {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        let request = request.body(Body::empty()).unwrap();
        let answered = self.routes.clone().oneshot(request).await.unwrap();
        assert_eq!(answered.status(), 200, "{path}");
        let body = to_bytes(answered.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }
}

fn source() -> String {
    instruments::source(KEY).unwrap()
}

fn id(kind: u64, number: usize) -> Uuid {
    Uuid::from_u64_pair(kind, (1 << 63) | u64::try_from(number).unwrap())
}

fn unit(number: usize) -> NewUnit {
    let class = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    let types = [
        "very_sparse_rural",
        "sparse_rural",
        "near_urban_rural",
        "sparse_mixed",
        "dense_mixed",
        "metropolitan",
    ];
    NewUnit {
        unit: Unit {
            id: id(1, number),
            key: format!("vc-{number:06}"),
            name: format!("Vårdcentral {number}"),
            address: "Storgatan 1".to_owned(),
            postal_code: "123 45".to_owned(),
            city: "Exempelstad".to_owned(),
            region: format!("Region {:02}", number % 21),
            ownership: Some(["public", "private"][number / 21 % 2].to_owned()),
            classes: BTreeMap::from([
                class("municipality_type", types[number / 42 % 6]),
                class("area_type", ["1", "2", "3", "4", "5"][number / 252 % 5]),
            ]),
        },
        contacts: Vec::new(),
    }
}

async fn open(database: &Database, size: usize) -> (Round, Duration) {
    let units: Vec<NewUnit> = (0..size).map(unit).collect();
    database.insert_register(&units).await.unwrap();
    let round = Round {
        id: id(2, 0),
        key: KEY.to_owned(),
        instrument_key: "vardcentralschefer-2022".to_owned(),
        instrument_version: "1".to_owned(),
        opens_at: OPENS,
        closes_at: CLOSES,
        pilot: false,
    };
    let new = NewRound {
        round: round.clone(),
        instrument_source: source(),
    };
    database.create_round(&new).await.unwrap();
    let mut next = 0;
    let mut new_id = || {
        next += 1;
        id(3, next)
    };
    let started = Instant::now();
    let opened = database.open_cases(round.id, OPENS, &mut new_id).await;
    assert_eq!(opened.unwrap(), size);
    (round, started.elapsed())
}

/// Seven in ten have written and six have submitted, over ten weeks.
async fn live(location: &Location) {
    const WRITTEN: &str = "\
        INSERT INTO revision (case_id, number, variable, raw, typed_at, received_at, page, change, base, contested) \
        SELECT c.id, 1, 'listed', '8500', 0, {at}, c.id, c.id, 0, {no} \
        FROM respondent_case c JOIN unit ON unit.id = c.unit_id WHERE {n} % 10 < 7";
    const SUBMITTED: &str = "\
        INSERT INTO submission (id, case_id, number, receipt, submitted_at, as_of, instrument_key, \
            instrument_version, snapshot) \
        SELECT c.id, c.id, 1, unit.key, {at} + 1200000, 1, 'x', '1', '{}' \
        FROM respondent_case c JOIN unit ON unit.id = c.unit_id WHERE {n} % 10 < 6";
    let number = "CAST(substr(unit.key, 4) AS INTEGER)";
    let at = format!(
        "({} + ({number} * 7919 % 72) * 86400000 * 1)",
        OPENS.millis()
    );
    match location {
        Location::Directory(directory) => {
            let url = format!("sqlite://{}/vardenkat.db", directory.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            for sql in [WRITTEN, SUBMITTED] {
                let sql = sql
                    .replace("{at}", &at)
                    .replace("{n}", number)
                    .replace("{no}", "0");
                sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
        }
        Location::Postgres(url) => {
            let at = at.replace("86400000", "86400000::bigint");
            let mut connection = PgConnection::connect(url).await.unwrap();
            for sql in [WRITTEN, SUBMITTED] {
                let sql = sql
                    .replace("{at}", &at)
                    .replace("{n}", number)
                    .replace("{no}", "FALSE");
                sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
            // As it does by itself within a minute of such changes.
            sqlx::query("ANALYZE")
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }
}

//! A register of 100 000 rows, from the file to the database: `cargo bench -p server --bench imports`.
//!
//! Previewed and accepted into an empty register, then sent again with every third chief replaced and every fifth name changed, and that
//! taken back; on SQLite and on a PostgreSQL of its own. `ROWS` gives another number of rows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here must stop the measurement"
)]

#[path = "../tests/support/postgres.rs"]
mod postgres;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use register::{quiet, values::Region};
use server::clock::{Chance, Clock, Ids};
use server::intake::{self, Options};
use server::storage::register::Acceptance;
use server::storage::{Actor, Database, Location};

#[tokio::main]
async fn main() {
    let rows = env::var("ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(100_000);
    println!("| database | file | rows | read and preview s | accept s | undo s |");
    println!("|---|---|---:|---:|---:|---:|");
    let directory = tempfile::tempdir().unwrap();
    let sqlite = Location::Directory(directory.path().join("data"));
    on("SQLite", &sqlite, rows).await;
    let postgres = Location::Postgres(postgres::fresh_database().await);
    on("PostgreSQL", &postgres, rows).await;
}

async fn on(name: &str, location: &Location, rows: usize) {
    let database = Database::connect(location).await.unwrap();
    for (what, again) in [("new units", false), ("changes", true)] {
        let content = file(rows, again);
        let begun = Instant::now();
        let acceptance = previewed(&database, content).await;
        let preview = begun.elapsed();
        let now = Clock::System.now();
        let mut ids = Ids::new(Chance, now).unwrap();
        let begun = Instant::now();
        let import = database
            .accept_import(&acceptance, &Actor::CommandLine, now, &mut || ids.next_id())
            .await
            .unwrap();
        let accept = begun.elapsed();
        let undo = if again {
            let begun = Instant::now();
            database
                .undo_import(import.id, &Actor::CommandLine, now, &mut || ids.next_id())
                .await
                .unwrap();
            format!("{:.2}", begun.elapsed().as_secs_f64())
        } else {
            String::new()
        };
        println!(
            "| {name} | {what} | {rows} | {:.2} | {:.2} | {undo} |",
            preview.as_secs_f64(),
            accept.as_secs_f64()
        );
    }
    database.close().await;
}

async fn previewed(database: &Database, content: Vec<u8>) -> Acceptance {
    let lists = intake::class_lists(database).await.unwrap();
    let known = database.known_units().await.unwrap();
    let classes = database.classes_by_code().await.unwrap();
    let sender = "Hela landet";
    let file_hash = intake::file_hash(&content);
    let preview = tokio::task::spawn_blocking(move || {
        let table = intake::table(&content, None, &mut quiet).unwrap();
        let options = Options::default();
        let headings = intake::headings(&table, &options, &BTreeMap::new(), &lists).unwrap();
        let columns = headings
            .columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)));
        let mapping = intake::mapping(&table, &headings, columns, sender).unwrap();
        let scope = intake::scope(sender, false);
        intake::preview(
            &table,
            &mapping,
            &lists,
            scope,
            (known, &classes),
            &mut quiet,
        )
    })
    .await
    .unwrap();
    assert_eq!(preview.plan.summary.faulty, 0);
    Acceptance {
        upload: None,
        sender: sender.to_owned(),
        file_name: "register.csv".to_owned(),
        file_hash,
        checked: Arc::clone(&preview.checked),
        scope: preview.scope,
        relieved: BTreeSet::new(),
        previewed: Some(preview.plan.fingerprint),
    }
}

fn file(rows: usize, again: bool) -> Vec<u8> {
    let regions: Vec<Region> = Region::all().collect();
    let mut csv = String::from(
        "HSA-id;Vårdcentral;Gatuadress;Postnr;Postort;Region;Driftsform;Antal listade;Verksamhetschef;E-post verksamhetschef\n",
    );
    for row in 0..rows {
        let region = regions[row % regions.len()];
        let name = if again && row % 5 == 0 {
            "Bäckens hälsocentral"
        } else {
            "Bäckens vårdcentral"
        };
        let chief = if again && row % 3 == 0 { "ny" } else { "chef" };
        writeln!(
            csv,
            "SE-{row:06};{name} {row};Storgatan {};{:03} {:02};Orten;{};Offentlig;{};Kim Ek {row};{chief}.{row}@exempel.se",
            row % 200 + 1,
            100 + row % 880,
            row % 90 + 10,
            region.name(),
            2_000 + row % 9_000,
        )
        .unwrap();
    }
    csv.into_bytes()
}

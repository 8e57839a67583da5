//! How long the server takes, with one chief and with all of them at once: `cargo xtask bench --only server`.
//!
//! The program itself is started, once on SQLite and once on a PostgreSQL of its own, with the demo's register. Chiefs
//! come over loopback on connections that are kept open, from this process, so they share the machine with the server.
//! Afterwards the database is opened and every answer that was acknowledged is looked up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here must stop the measurement"
)]

mod chiefs;
mod commits;
mod figures;
#[path = "../../tests/support/postgres.rs"]
mod postgres;
#[path = "../../tests/support/serving.rs"]
mod serving;
#[path = "../../tests/support/wire.rs"]
mod wire;

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use chiefs::{Acknowledged, Load, Pace, Task};
use figures::{Line, Memory};
use server::storage::Database;
use serving::{Chief, Survey};

/// A connection takes one file here and one in the server.
const FILES: u64 = 8192;
const RAISED: &str = "VARDENKAT_BENCH_FILES_RAISED";

fn main() -> ExitCode {
    if figures::open_files() < FILES && std::env::var_os(RAISED).is_none() {
        return again_with_more_files();
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(measure())
}

fn again_with_more_files() -> ExitCode {
    let error = Command::new("sh")
        .args(["-c", &format!("ulimit -n {FILES} && exec \"$0\" \"$@\"")])
        .args(std::env::args_os())
        .env(RAISED, "1")
        .exec();
    eprintln!("cannot start again with more open files: {error}");
    ExitCode::FAILURE
}

async fn measure() -> ExitCode {
    println!("{}\n", figures::machine());
    println!("{}", Line::HEAD);
    let mut sound = true;
    let mut memories = Vec::new();
    for (name, survey) in [
        ("SQLite", Survey::on_sqlite().await),
        ("PostgreSQL", Survey::on_postgres().await),
    ] {
        let (fine, memory) = on(name, &survey).await;
        sound &= fine;
        memories.push((name, memory));
    }
    println!("\n{}", Memory::HEAD);
    for (name, memory) in memories {
        println!("| {name} {memory}");
    }
    if sound {
        ExitCode::SUCCESS
    } else {
        eprintln!("there were errors, or answers were lost");
        ExitCode::FAILURE
    }
}

/// Every load on one database. Tells whether all went well.
async fn on(name: &str, survey: &Survey) -> (bool, Memory) {
    let bare = commits::bare(&survey.location, Duration::from_secs(3)).await;
    println!("| {name} | bare commit of one row {}", Line::of(&bare));

    let serving = survey.serve("error", Stdio::inherit());
    let mut acknowledged = Vec::new();
    let mut errors = 0;
    let all = survey.chiefs.len();
    // A staffing page as it looks when it has been filled in.
    let filling = Load::new(Task::Fill, 64, all.div_ceil(64));
    let filled = filling.run(serving.address, &survey.chiefs).await;
    errors += filled.errors;
    acknowledged.extend(filled.acknowledged);

    for (what, task) in [
        ("staffing page", Task::Render),
        ("autosave of one field", Task::Autosave),
    ] {
        for (at_once, each) in [(1, 400), (64, 40), (all, 5)] {
            let run = Load::new(task, at_once, each)
                .run(serving.address, &survey.chiefs)
                .await;
            println!("| {name} | {what} {}", Line::of(&run.timings));
            errors += run.errors;
            acknowledged.extend(run.acknowledged);
        }
        let every = Duration::from_secs(5);
        let run = Load::new(task, all, 3)
            .paced(Pace::Every(every))
            .run(serving.address, &survey.chiefs)
            .await;
        let what = format!("{what}, each chief every {} s", every.as_secs());
        println!("| {name} | {what} {}", Line::of(&run.timings));
        errors += run.errors;
        acknowledged.extend(run.acknowledged);
    }
    let memory = Memory::of(serving.process());
    serving.kill();

    let count = acknowledged.len();
    let lost = lost(survey, &acknowledged).await;
    let memory = memory.after(count, errors, lost);
    (errors == 0 && lost == 0, memory)
}

/// How many acknowledged changes are not stored just so.
async fn lost(survey: &Survey, acknowledged: &[Acknowledged]) -> usize {
    let database = Database::connect(&survey.location).await.unwrap();
    let mut lost = 0;
    for (number, Chief { link, .. }) in survey.chiefs.iter().enumerate() {
        let view = database.load_case(*link).await.unwrap().unwrap();
        lost += acknowledged
            .iter()
            .filter(|one| one.chief == number)
            .filter(|one| {
                !view
                    .answers
                    .history(&one.variable)
                    .iter()
                    .any(|kept| kept.change == one.change && kept.raw == one.value)
            })
            .count();
    }
    database.close().await;
    lost
}

//! The program itself is killed while a mailing runs, again and again. Nobody is left out, and nobody gets two letters
//! except where the server had taken one and the program died before it was written down.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use server::clock::Chance;
use server::storage::{Database, Location, MessageFilter, MessageState};

use super::fieldwork::Fieldwork;
use crate::post_office::{Mood, PostOffice, Said};
use crate::support::world::World;

const KILLS: usize = 50;
const CHIEFS: usize = 450;
/// Letters that a life of the program may bring off, at most.
const LETTERS: u8 = 6;
/// Seconds. Long enough for a busy machine to hand a letter over in half of it.
const LEASE: &str = "4";
const PATIENCE: Duration = Duration::from_mins(2);

#[tokio::test(flavor = "multi_thread")]
async fn killed_fifty_times_during_a_mailing_everybody_has_the_letter() {
    let work = Fieldwork::with(World::on_sqlite().await, CHIEFS).await;
    // The program tells the time by itself.
    work.world
        .execute("UPDATE round SET opens_at = 0, closes_at = 9000000000000")
        .await
        .unwrap();
    work.queue().await;
    work.database().close().await;
    let office = &work.office;
    office.when(Said::Letter, Mood::Slow(Duration::from_millis(4)));
    let Location::Directory(directory) = &work.world.location else {
        panic!("not SQLite")
    };

    // What the outbox said was sent, after one of the kills.
    let mut settled: BTreeSet<String> = BTreeSet::new();
    // How often a letter had been taken without the outbox knowing.
    let mut unlearnt: BTreeMap<String, usize> = BTreeMap::new();
    for kill in 1..=KILLS {
        let before = office.count();
        let mut program = serve(directory, office);
        let [letters, pause] = Chance.bytes().unwrap();
        let enough = before + usize::from(letters % LETTERS) + 1;
        wait_until(|| office.count() >= enough).await;
        tokio::time::sleep(Duration::from_micros(u64::from(pause) * 60)).await;
        program.kill().unwrap();
        program.wait().unwrap();
        // What was on the wire arrives.
        tokio::time::sleep(Duration::from_millis(10)).await;

        let taken = office.taken();
        for letter in &taken[before..] {
            let twice = settled.contains(&letter.recipient);
            assert!(
                !twice,
                "{} was sent, and again after kill {kill}",
                letter.recipient
            );
        }
        let sent = sent(&work).await;
        for letter in &taken[before..] {
            if !sent.contains(&letter.recipient) {
                *unlearnt.entry(letter.recipient.clone()).or_default() += 1;
            }
        }
        settled = sent;
    }
    assert!(
        settled.len() < CHIEFS,
        "the mailing was over before the last kill"
    );

    let mut program = serve(directory, office);
    let started = Instant::now();
    while sent(&work).await.len() < CHIEFS {
        assert!(started.elapsed() < PATIENCE, "somebody is left out");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    program.kill().unwrap();
    program.wait().unwrap();

    let mut letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for taken in office.taken() {
        letters
            .entry(taken.recipient)
            .or_default()
            .push(taken.message_id);
    }
    for chief in &work.chiefs {
        let ids = letters.remove(&chief.email).unwrap_or_default();
        let unlearnt = unlearnt.get(&chief.email).copied().unwrap_or_default();
        assert_eq!(ids.len(), 1 + unlearnt, "letters to {}", chief.email);
        assert!(
            ids.iter().all(|id| *id == ids[0] && !id.is_empty()),
            "{ids:?}"
        );
    }
    assert!(letters.is_empty(), "letters to strangers: {letters:?}");
    let twice: usize = unlearnt.values().sum();
    println!("{KILLS} kills, {CHIEFS} letters, {twice} of them sent again");
}

fn serve(directory: &std::path::Path, office: &PostOffice) -> Child {
    Command::new(env!("CARGO_BIN_EXE_vardenkat"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(directory)
        .args(["--origin", "https://enkat.example.com"])
        .args(["--mail-from", "enkat@example.com"])
        .args([
            "--mail-lease",
            LEASE,
            "--mail-at-once",
            "3",
            "--mail-pace",
            "1000000/s",
        ])
        .env("VARDENKAT_SMTP_URL", office.url())
        .env("VARDENKAT_LOG", "error")
        .env_remove("VARDENKAT_SECRET")
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

async fn wait_until(done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < PATIENCE, "nothing is sent any more");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Whose message the outbox says was sent.
async fn sent(work: &Fieldwork) -> BTreeSet<String> {
    let database = Database::connect(&work.world.location).await.unwrap();
    let filter = MessageFilter {
        state: Some(MessageState::Sent),
        ..MessageFilter::default()
    };
    let page = database.messages(&filter, 0, 10_000).await.unwrap();
    database.close().await;
    page.messages.into_iter().map(|one| one.recipient).collect()
}

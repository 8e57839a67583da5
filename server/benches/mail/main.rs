//! How fast mail goes: `cargo xtask bench --only mail`.
//!
//! A mail server on loopback, in a process of its own, takes everything. Turn by turn it gets the same letters from a
//! bare lettre pool, and from the outbox: leased, asked about, composed, sent and settled. Both build each letter and
//! have equally many connections. Queueing is timed beside: reading whom the mailing may go to, deciding, and writing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here must stop the measurement"
)]

#[path = "../../tests/mailing/fieldwork.rs"]
#[allow(dead_code, reason = "the tests ask for the rest")]
mod fieldwork;
mod figures;
mod lettre_pool;
#[path = "../../../mail/tests/support/post_office.rs"]
#[allow(dead_code, reason = "the tests ask for the rest")]
mod post_office;
#[path = "../../tests/support/mod.rs"]
#[allow(dead_code, reason = "the tests ask for the rest")]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use fieldwork::Fieldwork;
use post_office::PostOffice;
use support::world::World;

/// As many letters as there are health centres.
const LETTERS: usize = 1183;
const AT_ONCE: usize = 16;
const TURNS: usize = 7;
/// How much of the bare pool's speed the outbox must have.
const LEAST: f64 = 0.9;
const OFFICE: &str = "VARDENKAT_BENCH_POST_OFFICE";

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    if std::env::var_os(OFFICE).is_some() {
        runtime.block_on(be_the_office());
        return ExitCode::SUCCESS;
    }
    runtime.block_on(measure())
}

/// Says where it is, and takes letters until its input ends.
async fn be_the_office() {
    let office = PostOffice::open().await;
    office.forget_letters();
    println!("{}", office.address);
    std::io::stdout().flush().unwrap();
    let gone = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    gone.await.unwrap();
}

struct Office {
    url: String,
    child: Child,
}

impl Office {
    fn open() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(OFFICE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.next().unwrap().unwrap();
        Self {
            url: format!("smtp://{address}"),
            child,
        }
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

async fn measure() -> ExitCode {
    println!("{}\n", figures::machine());
    println!("| database | what | letters | per second, median | from | to |");
    println!("|---|---|---:|---:|---:|---:|");
    let office = Office::open();
    let mut fine = true;
    for (name, sqlite) in [("SQLite", true), ("PostgreSQL", false)] {
        let (mut bare, mut ours, mut queued) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..TURNS {
            let world = if sqlite {
                World::on_sqlite().await
            } else {
                World::on_postgres().await
            };
            let mut work = Fieldwork::with(world, LETTERS).await;
            work.sending.at_once = AT_ONCE;
            let invitation = work.invitation().await;
            let started = Instant::now();
            assert_eq!(work.start(&invitation).await, LETTERS as u64);
            queued.push(started.elapsed());
            // Whoever goes first has a colder machine.
            if turn % 2 == 0 {
                bare.push(lettre_pool::send(&office.url, &work.chiefs, AT_ONCE).await);
                ours.push(drain(&work, &office.url).await);
            } else {
                ours.push(drain(&work, &office.url).await);
                bare.push(lettre_pool::send(&office.url, &work.chiefs, AT_ONCE).await);
            }
        }
        let shares: Vec<f64> = bare
            .iter()
            .zip(&ours)
            .map(|(bare, ours)| bare.as_secs_f64() / ours.as_secs_f64())
            .collect();
        println!(
            "| {name} | bare lettre pool {}",
            figures::rates(LETTERS, &bare)
        );
        println!("| {name} | outbox {}", figures::rates(LETTERS, &ours));
        println!("| {name} | queueing {}", figures::rates(LETTERS, &queued));
        let share = figures::median(shares);
        println!(
            "| {name} | outbox, share of the bare pool (at least {LEAST}) | | {share:.2} | | |"
        );
        let queued = figures::median(queued.iter().map(Duration::as_secs_f64).collect());
        println!(
            "| {name} | queueing all of them, ms (at most 1000) | | {:.0} | | |",
            queued * 1000.0
        );
        fine &= share >= LEAST && queued < 1.0;
    }
    if fine {
        ExitCode::SUCCESS
    } else {
        eprintln!("mail goes more slowly than it must");
        ExitCode::FAILURE
    }
}

async fn drain(work: &Fieldwork, url: &str) -> Duration {
    let worker = work.worker_on(work.database().clone(), Fieldwork::post_to(url));
    let started = Instant::now();
    worker.drain().await.unwrap();
    let took = started.elapsed();
    let sent = "SELECT count(*) FROM message WHERE state = 'sent'";
    assert_eq!(
        work.world.number(sent).await,
        i64::try_from(LETTERS).unwrap()
    );
    took
}

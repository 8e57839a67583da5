//! A server that is killed at any moment keeps what it said it kept.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use server::storage::{Database, Location};
use uuid::Uuid;

use crate::support::world::{DURING, Page, World};

const DATA: &str = "VARDENKAT_TEST_KILLED_DATA";
const DEVICES: usize = 4;
const ROUNDS: u64 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_after_kill_9() {
    let world = World::on_sqlite().await;
    let links = world.open_round(DEVICES).await;
    let Location::Directory(directory) = &world.location else {
        panic!("not SQLite")
    };
    world.database.close().await;

    let mut acknowledged: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for round in 1..=ROUNDS {
        let after = Duration::from_millis(120 * round);
        let said = type_until_killed(directory, after);
        assert!(!said.is_empty(), "nothing was acknowledged in time");
        for (link, raw) in said {
            acknowledged.entry(link).or_default().push(raw);
        }

        let database = Database::connect(&world.location).await.unwrap();
        for link in &links {
            let view = database.load_case(link.link_id).await.unwrap().unwrap();
            let kept: Vec<_> = view
                .answers
                .history("v")
                .iter()
                .map(|revision| revision.raw.as_str())
                .collect();
            for raw in acknowledged.get(&link.link_id).into_iter().flatten() {
                assert!(kept.contains(&raw.as_str()), "{raw} was acknowledged");
            }
        }
        database.close().await;
    }
}

/// Starts a process that types, kills it, and tells what it said was kept.
fn type_until_killed(directory: &Path, after: Duration) -> Vec<(Uuid, String)> {
    let mut typing = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killing::types_until_killed", "--ignored"])
        .arg("--nocapture")
        .env(DATA, directory)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(typing.stdout.take().unwrap()).lines();
    let first = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| acknowledgement(&line));
    std::thread::sleep(after);
    typing.kill().unwrap();
    typing.wait().unwrap();
    first
        .into_iter()
        .chain(
            lines
                .map_while(Result::ok)
                .filter_map(|line| acknowledgement(&line)),
        )
        .collect()
}

/// A line that was cut off in the middle acknowledges nothing.
fn acknowledgement(line: &str) -> Option<(Uuid, String)> {
    let (unit, raw) = line
        .strip_prefix("kept ")?
        .strip_suffix('.')?
        .split_once(' ')?;
    Some((unit.parse().ok()?, raw.to_owned()))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the test above kills"]
async fn types_until_killed() {
    let Some(directory) = env::var_os(DATA) else {
        return;
    };
    let database = Database::connect(&Location::Directory(directory.into()))
        .await
        .unwrap();
    let round = database.rounds().await.unwrap().remove(0);
    let devices = database.links_of_round(round.id).await.unwrap();
    let typing = devices.into_iter().map(|link| {
        let database = database.clone();
        tokio::spawn(async move {
            let view = database.load_case(link.link_id).await.unwrap().unwrap();
            let page = Page::of(&view);
            let already = view.answers.history("v").len();
            for n in already.. {
                let mut typed = page.types("v", &n.to_string());
                typed.change = Uuid::from_u64_pair(already as u64, n as u64);
                database
                    .append_revisions(link.link_id, vec![typed], DURING)
                    .await
                    .unwrap();
                writeln!(stdout().lock(), "kept {} {n}.", link.link_id).unwrap();
            }
        })
    });
    for each in typing.collect::<Vec<_>>() {
        each.await.unwrap();
    }
}

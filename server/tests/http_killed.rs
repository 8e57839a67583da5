//! The program itself is killed at any moment, and keeps what it said it kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/serving.rs"]
mod serving;
#[path = "support/wire.rs"]
mod wire;

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use server::clock::Chance;
use server::storage::Database;
use serving::{Chief, Serving, Survey};
use uuid::Uuid;
use wire::Wire;

const CHIEFS: usize = 6;
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// How many times as often the server may be killed, until enough was acknowledged.
const PATIENCE: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn every_change_acknowledged_is_there_after_kill_9_on_sqlite() {
    kill_again_and_again(Survey::on_sqlite().await, 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_acknowledged_is_there_after_kill_9_on_postgres() {
    kill_again_and_again(Survey::on_postgres().await, 4).await;
}

/// One chief at the keyboard, over all the server's lives.
struct Typist {
    link: Uuid,
    path: String,
    page: Uuid,
    acknowledged: Vec<(Uuid, String)>,
    /// Sent, but no answer came.
    pending: Option<(Uuid, String)>,
    typed: u32,
    /// Each "Spara och fortsätt" that was answered.
    pages_saved: Vec<String>,
}

impl Typist {
    fn new(chief: &Chief) -> Self {
        Self {
            link: chief.link,
            path: chief.path.clone(),
            page: Uuid::now_v7(),
            acknowledged: Vec::new(),
            pending: None,
            typed: 0,
            pages_saved: Vec::new(),
        }
    }

    async fn types_until_nobody_answers(&mut self, address: SocketAddr) -> std::io::Result<()> {
        let mut wire = Wire::connect(address).await?;
        loop {
            self.typed += 1;
            let next = (Uuid::now_v7(), self.typed.to_string());
            let (change, value) = self.pending.get_or_insert(next).clone();
            let body = serde_json::json!([{
                "change": change, "name": "listed", "value": value, "base": 0, "page": self.page, "at": 0,
            }]);
            let path = format!("{}/spara", self.path);
            let received = wire.post(&path, JSON, &body.to_string()).await?;
            assert_eq!(received.status, 200);
            self.acknowledged.extend(self.pending.take());

            let role = format!("befattning {}", self.typed);
            let form = format!("page={}&base=0&role=other&role_other={role}", self.page);
            let path = format!("{}/avsnitt/avslutning/1", self.path);
            let received = wire.post(&path, FORM, &form.replace(' ', "+")).await?;
            assert_eq!(received.status, 303);
            self.pages_saved.push(role);
        }
    }
}

async fn kill_again_and_again(survey: Survey, times: usize) {
    let mut typists: Vec<_> = survey.chiefs[..CHIEFS].iter().map(Typist::new).collect();
    let kept =
        |typists: &[Typist]| -> usize { typists.iter().map(|one| one.acknowledged.len()).sum() };
    // On a busy machine little is acknowledged within a moment: then it is killed more often, and later.
    for time in 1..=times * PATIENCE {
        if time > times && kept(&typists) > times {
            break;
        }
        let serving = survey.serve("warn", Stdio::inherit());
        let address = serving.address;
        let typing: Vec<_> = typists
            .drain(..)
            .map(|mut typist| {
                tokio::spawn(async move {
                    typist
                        .types_until_nobody_answers(address)
                        .await
                        .unwrap_err();
                    typist
                })
            })
            .collect();
        let [random] = Chance.bytes().unwrap();
        let later = u32::try_from(1 + time / times).unwrap();
        let after = Duration::from_millis(30 + u64::from(random)) * later;
        tokio::time::sleep(after).await;
        serving.kill();
        for typing in typing {
            typists.push(typing.await.unwrap());
        }
        let database = Database::connect(&survey.location).await.unwrap();
        for typist in &typists {
            let found = is_all_there(&database, typist).await;
            assert_eq!(
                found,
                Ok(()),
                "killed for the {time}. time, after {after:?}"
            );
        }
        database.close().await;
    }
    let kept = kept(&typists);
    assert!(kept > times, "hardly anything was acknowledged: {kept}");
}

async fn is_all_there(database: &Database, typist: &Typist) -> Result<(), String> {
    let view = database.load_case(typist.link).await.unwrap().unwrap();
    let listed = view.answers.history("listed");
    for (change, value) in &typist.acknowledged {
        let kept = listed.iter().filter(|one| one.change == *change);
        let kept: Vec<_> = kept.map(|one| one.raw.as_str()).collect();
        if kept != [value] {
            return Err(format!("{value} was acknowledged, but there is {kept:?}"));
        }
    }
    let roles = view.answers.history("role_other");
    for role in &typist.pages_saved {
        if !roles.iter().any(|one| one.raw == *role) {
            return Err(format!("{role} was acknowledged, but is not there"));
        }
    }
    Ok(())
}

async fn says_something_to_everything(serving: &Serving, chief: &Chief) {
    let mut wire = Wire::connect(serving.address).await.unwrap();
    for (path, status) in [
        ("", 200),
        ("/avsnitt/bemanning/1", 200),
        ("/avsnitt/bemanning", 303),
        ("/finns-inte", 404),
        ("/spara", 405),
    ] {
        let path = format!("{}{path}", chief.path);
        assert_eq!(wire.get(&path).await.unwrap().status, status, "{path}");
    }
    let cut_off = &chief.path[..chief.path.len() - 1];
    assert_eq!(wire.get(cut_off).await.unwrap().status, 404);
    for (path, kind, body, status) in [
        ("/spara", JSON, "[]", 200),
        ("/spara", JSON, "[{\"name\":", 400),
        ("/avsnitt/bemanning/1", FORM, "x=%E5", 400),
        ("/skicka", FORM, "", 303),
    ] {
        let path = format!("{}{path}", chief.path);
        let received = wire.post(&path, kind, body).await.unwrap();
        assert_eq!(received.status, status, "{path}");
    }
    assert!(!wire.get("/").await.unwrap().body.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_logs_all_it_can_never_logs_a_link() {
    let survey = Survey::on_sqlite().await;
    let mut log = tempfile::NamedTempFile::new().unwrap();
    let serving = survey.serve("trace", log.reopen().unwrap().into());
    let chief = &survey.chiefs[0];
    says_something_to_everything(&serving, chief).await;
    serving.kill();

    let mut written = String::new();
    std::io::Read::read_to_string(log.as_file_mut(), &mut written).unwrap();
    let token = chief.path.rsplit('/').next().unwrap();
    assert!(written.contains("an autosave was refused"), "{written}");
    assert!(written.contains("/svara/{token}"), "{written}");
    // Nor so much of one that the rest could be guessed.
    let half = token.len() / 2;
    for part in [&token[..half], &token[half..]] {
        assert!(!written.contains(part), "a part of a token was logged");
    }
}

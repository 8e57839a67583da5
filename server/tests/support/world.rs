//! A database with a register and a round in it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use server::storage::{
    Appended, CaseView, Database, Location, NewContact, NewRevision, NewRound, NewSubmission,
    NewUnit, Outcome, Receipt, Revision, RevisionNumber, Round, RoundLink, StoredText, Timestamp,
    Unit,
};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use super::postgres;

pub const OPENS: Timestamp = Timestamp::from_millis(1_000_000);
pub const DURING: Timestamp = Timestamp::from_millis(1_500_000);
pub const CLOSES: Timestamp = Timestamp::from_millis(2_000_000);

pub struct World {
    pub location: Location,
    pub database: Database,
    _directory: Option<TempDir>,
}

/// Identities that tests can tell apart; they mean nothing else.
pub fn new_id() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Uuid::from_u64_pair(0x7000, NEXT.fetch_add(1, Ordering::Relaxed) | 1 << 63)
}

pub fn text(text: &str) -> StoredText {
    StoredText::new(text).unwrap()
}

pub fn unit(key: &str) -> NewUnit {
    let class = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    NewUnit {
        unit: Unit {
            id: new_id(),
            key: key.to_owned(),
            name: format!("Vårdcentral {key}"),
            address: "Storgatan 1".to_owned(),
            postal_code: "123 45".to_owned(),
            city: "Exempelstad".to_owned(),
            region: "Region Exempel".to_owned(),
            ownership: Some("public".to_owned()),
            classes: BTreeMap::from([class("municipality_type", "rural"), class("area_type", "1")]),
        },
        contacts: vec![NewContact {
            id: new_id(),
            name: "Ada Exempel".to_owned(),
            email: "ada@example.com".to_owned(),
            valid_from: OPENS,
            valid_to: None,
        }],
    }
}

pub fn round(key: &str) -> NewRound {
    NewRound {
        round: Round {
            id: new_id(),
            key: key.to_owned(),
            instrument_key: "example".to_owned(),
            instrument_version: "1".to_owned(),
            opens_at: OPENS,
            closes_at: CLOSES,
            pilot: false,
        },
        instrument_source: "key = \"example\"".to_owned(),
    }
}

/// A page that someone has open.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub id: Uuid,
    pub base: RevisionNumber,
}

impl Page {
    /// Opened before anything was typed.
    pub fn blank() -> Self {
        Self {
            id: new_id(),
            base: RevisionNumber::BLANK,
        }
    }

    pub fn of(view: &CaseView) -> Self {
        Self {
            id: new_id(),
            base: view.latest(),
        }
    }

    pub fn types(&self, variable: &str, raw: &str) -> NewRevision {
        NewRevision {
            variable: variable.to_owned(),
            raw: text(raw),
            typed_at: DURING,
            page: self.id,
            change: new_id(),
            base: self.base,
            personal: false,
        }
    }
}

pub fn submission(view: &CaseView, receipt: u8) -> NewSubmission {
    NewSubmission {
        id: new_id(),
        receipt: Receipt::from_random([receipt; 5]),
        as_of: view.latest(),
        snapshot: r#"{"listed":"8500"}"#.to_owned(),
        personal: r#"{"name":"Ada"}"#.to_owned(),
    }
}

pub fn stored(appended: &Appended) -> &Revision {
    match &appended.outcome {
        Outcome::Stored(revision) => revision,
        other => panic!("expected the answer to be stored, got {other:?}"),
    }
}

impl World {
    pub async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().join("data"));
        Self::at(location, Some(directory)).await
    }

    pub async fn on_postgres() -> Self {
        Self::at(Location::Postgres(postgres::fresh_database().await), None).await
    }

    async fn at(location: Location, directory: Option<TempDir>) -> Self {
        let database = Database::connect(&location).await.unwrap();
        Self {
            location,
            database,
            _directory: directory,
        }
    }

    /// A round that is open at [`DURING`], with this many units, and their links.
    pub async fn open_round(&self, units: usize) -> Vec<RoundLink> {
        let units: Vec<_> = (1..=units).map(|n| unit(&format!("vc-{n:04}"))).collect();
        self.database.insert_register(&units).await.unwrap();
        let round = round("2022");
        self.database.create_round(&round).await.unwrap();
        self.database
            .open_cases(round.round.id, OPENS, &mut new_id)
            .await
            .unwrap();
        self.database.links_of_round(round.round.id).await.unwrap()
    }

    /// The link of the only unit in an open round.
    pub async fn a_link(&self) -> Uuid {
        self.open_round(1).await[0].link_id
    }

    pub async fn view(&self, link: Uuid) -> CaseView {
        self.database.load_case(link).await.unwrap().unwrap()
    }

    pub async fn save(&self, link: Uuid, revision: NewRevision) -> Appended {
        self.save_all(link, vec![revision]).await.remove(0)
    }

    pub async fn save_all(&self, link: Uuid, revisions: Vec<NewRevision>) -> Vec<Appended> {
        self.database
            .append_revisions(link, revisions, DURING)
            .await
            .unwrap()
    }

    /// Runs a statement past the storage's back, and tells how many rows it touched.
    pub async fn execute(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = sqlx::query(AssertSqlSafe(sql.to_owned()));
        match &self.location {
            Location::Directory(_) => {
                let done = sql.execute(&mut self.sqlite().await).await?;
                Ok(done.rows_affected())
            }
            Location::Postgres(url) => {
                let sql = sqlx::query(sqlx::Execute::sql(sql));
                let done = sql.execute(&mut PgConnection::connect(url).await?).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// A number, asked past the storage's back.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.location {
            Location::Directory(_) => sqlx::query_scalar(sql)
                .fetch_one(&mut self.sqlite().await)
                .await
                .unwrap(),
            Location::Postgres(url) => sqlx::query_scalar(sql)
                .fetch_one(&mut PgConnection::connect(url).await.unwrap())
                .await
                .unwrap(),
        }
    }

    /// Texts, asked past the storage's back.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let mut texts: Vec<String> = match &self.location {
            Location::Directory(_) => sqlx::query_scalar(sql)
                .fetch_all(&mut self.sqlite().await)
                .await
                .unwrap(),
            Location::Postgres(url) => sqlx::query_scalar(sql)
                .fetch_all(&mut PgConnection::connect(url).await.unwrap())
                .await
                .unwrap(),
        };
        texts.sort();
        texts
    }

    async fn sqlite(&self) -> SqliteConnection {
        let Location::Directory(directory) = &self.location else {
            panic!("not SQLite")
        };
        let url = format!("sqlite://{}/vardenkat.db", directory.display());
        SqliteConnection::connect(&url).await.unwrap()
    }
}

//! The program itself, started as an administrator starts it, with the demo's register in its database.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use server::clock::{Chance, Clock};
use server::demo;
use server::links::{Secret, Token};
use server::storage::{Database, Location};
use tempfile::TempDir;
use uuid::Uuid;

use super::postgres;

/// A round that is open now.
pub struct Survey {
    pub location: Location,
    pub chiefs: Vec<Chief>,
    directory: TempDir,
}

pub struct Chief {
    pub link: Uuid,
    /// The personal path, `/svara/…`.
    pub path: String,
}

pub struct Serving {
    pub address: SocketAddr,
    child: Child,
}

impl Survey {
    pub async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().to_owned());
        Self::filled(location, directory).await
    }

    pub async fn on_postgres() -> Self {
        let location = Location::Postgres(postgres::fresh_database().await);
        Self::filled(location, tempfile::tempdir().unwrap()).await
    }

    async fn filled(location: Location, directory: TempDir) -> Self {
        let database = Database::connect(&location).await.unwrap();
        let fresh = Chance.bytes().unwrap();
        let secret = Secret::read_or_make(&directory.path().join(Secret::FILE), fresh).unwrap();
        demo::fill(
            &database,
            &secret,
            Chance,
            demo::Stage::JustOpened,
            Clock::System.now(),
        )
        .await
        .unwrap();
        let round = database.rounds().await.unwrap().remove(0);
        let links = database.links_of_round(round.id).await.unwrap();
        database.close().await;
        let chief = |link: Uuid| Chief {
            link,
            path: format!("/svara/{}", Token::issue(&secret, link).as_str()),
        };
        Self {
            location,
            chiefs: links.iter().map(|link| chief(link.link_id)).collect(),
            directory,
        }
    }

    /// Starts the server; what it logs at `level` goes to `log`.
    pub fn serve(&self, level: &str, log: Stdio) -> Serving {
        let mut command = Command::new(binary());
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.directory.path())
            .env("VARDENKAT_LOG", level)
            .env_remove("VARDENKAT_SECRET")
            .stdout(Stdio::piped())
            .stderr(log);
        if let Location::Postgres(url) = &self.location {
            command.args(["--database", url]);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .next()
            .and_then(Result::ok)
            .and_then(|line| line.rsplit('/').next()?.parse().ok())
            .expect("the server says where it listens");
        Serving { address, child }
    }
}

/// The release program where `cargo xtask bench` names one, else the one that was built along.
fn binary() -> PathBuf {
    std::env::var_os("VARDENKAT_BIN")
        .filter(|_| cfg!(not(debug_assertions)))
        .map_or_else(|| env!("CARGO_BIN_EXE_vardenkat").into(), PathBuf::from)
}

impl Serving {
    #[allow(dead_code, reason = "asked by the load bench only")]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// As a power cut does it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

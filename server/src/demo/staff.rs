//! The demo's own accounts: one of each role. Their passwords stand in a file beside the database, so that whoever may
//! read that can try everything; only these accounts' one-time codes can be printed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use app::staff::Role;

use crate::{
    clock::{Chance, NoChance},
    staff::{HashError, Hasher, InitialPassword},
    storage::{Actor, Database, NewStaff, StaffError, Timestamp},
};

const FILE: &str = "demo-accounts.csv";
const ACCOUNTS: [(&str, &str, Role); 3] = [
    (
        "administrator@demo.example",
        "Alva Demosson",
        Role::Administrator,
    ),
    ("analyst@demo.example", "Bo Demosson", Role::Analyst),
    ("reader@demo.example", "Cim Demosson", Role::Reader),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    pub email: String,
    pub role: Role,
    pub password: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoAccounts(Vec<DemoAccount>);

#[derive(Debug, thiserror::Error)]
pub enum DemoAccountsError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl DemoAccounts {
    pub fn has(&self, email: &str) -> bool {
        self.0.iter().any(|account| account.email == email)
    }

    pub fn all(&self) -> &[DemoAccount] {
        &self.0
    }

    /// The accounts that the demo in this directory has; none where there is no demo.
    pub fn read(directory: &Path) -> Result<Self, DemoAccountsError> {
        let path = directory.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(DemoAccountsError::File { path, source }),
        };
        let account = |line: &str| {
            let mut cells = line.split(',');
            Some(DemoAccount {
                email: cells.next()?.to_owned(),
                role: cells.next()?.parse().ok()?,
                password: cells.next()?.to_owned(),
            })
        };
        Ok(Self(text.lines().skip(1).filter_map(account).collect()))
    }

    /// Reads the accounts, or makes them. Nobody has to choose a password or set up codes: that is for real accounts.
    pub async fn read_or_make(
        directory: &Path,
        database: &Database,
        chance: Chance,
        now: Timestamp,
    ) -> Result<Self, DemoAccountsError> {
        let known = Self::read(directory)?;
        if !known.0.is_empty() {
            return Ok(known);
        }
        let mut made = Vec::new();
        for (email, name, role) in ACCOUNTS {
            let password = make(database, chance, now, (email, name, role)).await?;
            made.push(DemoAccount {
                email: email.to_owned(),
                role,
                password: password.as_str().to_owned(),
            });
        }
        let made = Self(made);
        made.write(directory)?;
        Ok(made)
    }

    fn write(&self, directory: &Path) -> Result<(), DemoAccountsError> {
        let path = directory.join(FILE);
        let mut text = "email,role,password\n".to_owned();
        for DemoAccount {
            email,
            role,
            password,
        } in &self.0
        {
            text.extend([email, ",", role.name(), ",", password, "\n"]);
        }
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|source| DemoAccountsError::File { path, source })
    }
}

async fn make(
    database: &Database,
    chance: Chance,
    now: Timestamp,
    (email, name, role): (&str, &str, Role),
) -> Result<InitialPassword, DemoAccountsError> {
    let password = InitialPassword::from_chance(chance.bytes()?);
    let kept = Hasher::default()
        .hash(password.typed(), chance.bytes()?)
        .await?;
    let new = NewStaff {
        id: chance.id(now)?,
        email: email.to_owned(),
        name: name.to_owned(),
        role,
        password: Some(kept.clone()),
    };
    let actor = Actor::CommandLine;
    match database.add_staff(&new, &actor, now, chance.id(now)?).await {
        Ok(()) => {}
        // The file was lost, or an earlier run ended before it was written.
        Err(StaffError::Exists) => {
            let known = database.credentials(email).await?;
            let id = known.ok_or(StaffError::Unknown)?.staff.id;
            let entry = chance.id(now)?;
            database.reset_staff(id, &kept, &actor, now, entry).await?;
        }
        Err(error) => return Err(error.into()),
    }
    let account = database
        .credentials(email)
        .await?
        .ok_or(StaffError::Unknown)?;
    let (id, generation) = (account.staff.id, account.code_generation);
    let entry = chance.id(now)?;
    database.choose_password(id, &kept, now, entry).await?;
    database
        .use_code(id, generation, account.code_step + 1)
        .await?;
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Location;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_demo_has_an_account_of_each_role_and_keeps_its_passwords() {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().to_owned());
        let database = Database::connect(&location).await.unwrap();
        let now = Timestamp::from_millis(1_700_000_000_000);
        let again = async || {
            DemoAccounts::read_or_make(directory.path(), &database, Chance, now)
                .await
                .unwrap()
        };
        let made = again().await;
        assert_eq!(made.all().len(), Role::ALL.len());
        assert_eq!(again().await, made);

        let first = &made.all()[0];
        let kept = database.credentials(&first.email).await.unwrap().unwrap();
        assert!(kept.staff.code_set_up && !kept.staff.initial);
        let typed = crate::staff::Password::typed(&first.password);
        let right = Hasher::default().verify(typed, kept.password).await;
        assert!(right.unwrap());
        assert!(made.has("reader@demo.example") && !made.has("somebody@example.se"));
    }
}

//! `vardenkat user`: who may sign in to the staff's pages.

use app::staff::Role;
use clap::{Args, Subcommand};
use validator::ValidateEmail;

use super::{CommandError, location::Where};
use crate::{
    clock::{Chance, Clock, NoChance},
    demo::DemoAccounts,
    staff::{CodeSecret, HashError, Hasher, InitialPassword},
    storage::{Actor, Credentials, Database, NewStaff, StaffError},
};

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add an account, and print a password for its first sign-in.
    Add {
        #[command(flatten)]
        whose: Whose,
        #[arg(long)]
        name: String,
        /// reader sees, analyst also downloads data, administrator also changes things.
        #[arg(long)]
        role: Role,
    },
    /// List every account.
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Give an account a new password for one sign-in, and have it set up its one-time codes anew.
    Reset(Whose),
    /// End an account, and all its sessions.
    End(Whose),
    /// Print a one-time code that works now; for the demo's own accounts only.
    Code(Whose),
}

#[derive(Debug, Args)]
pub(super) struct Whose {
    /// The address that the account signs in with.
    #[arg(long)]
    email: String,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum UserError {
    #[error("{0} is not an e-mail address")]
    Email(String),
    #[error("a name is a line with something on it")]
    Name,
    #[error("one-time codes are printed for the demo's own accounts only; {0} is none of them")]
    NotDemo(String),
    #[error("three codes were used within a minute; wait half a minute for the next")]
    NoCode,
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Demo(#[from] crate::demo::DemoAccountsError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl UserCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Add { whose, name, role } => add(&whose, &name, role).await,
            Self::List { place } => list(&place).await,
            Self::Reset(whose) => reset(&whose).await,
            Self::End(whose) => end(&whose).await,
            Self::Code(whose) => code(&whose).await,
        }
    }
}

impl Whose {
    /// As accounts are kept: in small letters.
    fn email(&self) -> String {
        self.email.trim().to_lowercase()
    }

    async fn account(&self, database: &Database) -> Result<Credentials, UserError> {
        let found = database.credentials(&self.email()).await?;
        Ok(found.ok_or(StaffError::Unknown)?)
    }
}

async fn initial_password() -> Result<(InitialPassword, String), UserError> {
    let password = InitialPassword::from_chance(Chance.bytes()?);
    let kept = Hasher::default()
        .hash(password.typed(), Chance.bytes()?)
        .await?;
    Ok((password, kept))
}

fn tell(password: &InitialPassword) {
    println!("Password for the first sign-in: {}", password.as_str());
    println!(
        "It is shown now only. At the first sign-in it is changed, and an app for one-time codes is connected."
    );
}

async fn add(whose: &Whose, name: &str, role: Role) -> Result<(), CommandError> {
    let (email, name) = (whose.email(), name.trim());
    if !email.validate_email() {
        return Err(UserError::Email(email).into());
    }
    if name.is_empty() || name.contains(char::is_control) {
        return Err(UserError::Name.into());
    }
    let (database, _) = whose.place.open().await?;
    let (password, kept) = initial_password().await?;
    let now = Clock::of_machine().now();
    let new = NewStaff {
        id: Chance.id(now)?,
        email: email.clone(),
        name: name.to_owned(),
        role,
        password: Some(kept),
    };
    database
        .add_staff(&new, &Actor::CommandLine, now, Chance.id(now)?)
        .await
        .map_err(UserError::Staff)?;
    database.close().await;
    println!("Added {email} as {}.", role.name());
    tell(&password);
    Ok(())
}

async fn list(place: &Where) -> Result<(), CommandError> {
    let (database, _) = place.open().await?;
    let staff = database.staff().await?;
    database.close().await;
    for one in staff {
        let state = match (one.ended_at, one.initial || !one.code_set_up) {
            (Some(_), _) => "ended",
            (None, true) => "has not signed in",
            (None, false) => "active",
        };
        println!("{}\t{}\t{}\t{state}", one.email, one.role.name(), one.name);
    }
    Ok(())
}

async fn reset(whose: &Whose) -> Result<(), CommandError> {
    let (database, _) = whose.place.open().await?;
    let account = whose.account(&database).await?;
    let (password, kept) = initial_password().await?;
    let now = Clock::of_machine().now();
    let (id, entry) = (account.staff.id, Chance.id(now)?);
    database
        .reset_staff(id, &kept, &Actor::CommandLine, now, entry)
        .await
        .map_err(UserError::Staff)?;
    database.close().await;
    tell(&password);
    Ok(())
}

async fn end(whose: &Whose) -> Result<(), CommandError> {
    let (database, _) = whose.place.open().await?;
    let account = whose.account(&database).await?;
    let now = Clock::of_machine().now();
    let (id, entry) = (account.staff.id, Chance.id(now)?);
    database
        .end_staff(id, &Actor::CommandLine, now, entry)
        .await
        .map_err(UserError::Staff)?;
    database.close().await;
    println!("Ended {}.", account.staff.email);
    Ok(())
}

async fn code(whose: &Whose) -> Result<(), CommandError> {
    let email = whose.email();
    let accounts = DemoAccounts::read(whose.place.directory()).map_err(UserError::Demo)?;
    if !accounts.has(&email) {
        return Err(UserError::NotDemo(email).into());
    }
    let (database, secret) = whose.place.open().await?;
    let account = whose.account(&database).await?;
    database.close().await;
    let step = CodeSecret::usable(Clock::of_machine().now(), account.code_step)
        .ok_or(UserError::NoCode)?;
    let codes = CodeSecret::of(&secret, account.staff.id, account.code_generation);
    println!("{}", codes.code(step));
    Ok(())
}

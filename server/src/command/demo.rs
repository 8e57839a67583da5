//! `vardenkat demo`.

use std::{net::SocketAddr, path::PathBuf};

use app::Translations;
use clap::{Args, ValueEnum};

use super::{
    CommandError,
    location::Where,
    mail::MailArgs,
    serve::{listen, serve, world},
};
use crate::{
    clock::{Chance, Clock},
    demo,
    mail::Origin,
    web::ShownKind,
};

#[derive(Debug, Args)]
pub(super) struct DemoCommand {
    /// Directory to fill; what an earlier demo left there is used again.
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    data: PathBuf,
    /// Stop after filling.
    #[arg(long)]
    fill_only: bool,
    /// What a round that is made anew is like.
    #[arg(long, value_enum, default_value_t)]
    round: Stage,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Opens in a week.
    NotOpen,
    /// Opened yesterday; nobody has answered.
    JustOpened,
    /// Open for seven weeks; 758 have answered.
    #[default]
    Open,
    /// Closed some days ago; 758 have answered.
    Closed,
}

impl From<Stage> for demo::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::NotOpen => Self::NotOpen,
            Stage::JustOpened => Self::JustOpened,
            Stage::Open => Self::Open,
            Stage::Closed => Self::Closed,
        }
    }
}

impl DemoCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, secret) = Where::of(self.data.clone()).open().await?;
        println!(
            "Filling {} with 1 183 made-up health centres …",
            self.data.display()
        );
        let showcase = demo::fill(
            &database,
            &secret,
            Chance,
            self.round.into(),
            Clock::of_machine().now(),
        )
        .await?;
        let accounts = demo::DemoAccounts::read_or_make(
            &self.data,
            &database,
            Chance,
            Clock::of_machine().now(),
        )
        .await?;
        if self.fill_only {
            database.close().await;
            println!("Done.");
            return Ok(());
        }
        let listener = listen(self.listen).await?;
        let address = listener.local_addr().unwrap_or(self.listen);
        println!("\nThe demo is open on http://{address}\n");
        for shown in &showcase {
            let what = match shown.kind {
                ShownKind::Ordinary => "An ordinary chief:      ",
                ShownKind::Rural => "A rural chief:          ",
                ShownKind::Socioeconomic => "A chief in områdestyp 1:",
            };
            println!("{what}  http://{address}{}", shown.path);
        }
        println!("\nStaff sign in on http://{address}/admin");
        for account in accounts.all() {
            println!("  {:<28}  {}", account.email, account.password);
        }
        println!("A one-time code is printed by:");
        println!(
            "  vardenkat user code --data {} --email {}",
            self.data.display(),
            accounts.all().first().map_or("", |first| &first.email)
        );
        println!("\nStop with Ctrl-C.");
        let mail = MailArgs::to_mailbox(Origin::of(address));
        let mail = mail.open(&database, &secret, Translations::load()?)?;
        serve(world(database, secret, showcase)?, listener, mail).await
    }
}

//! `vardenkat serve`.

use std::net::{IpAddr, SocketAddr};

use app::Translations;
use clap::Args;
use tokio::net::TcpListener;

use super::{CommandError, location::Where, mail::MailArgs, provider};
use crate::{
    assets::Shelf,
    clock::Clock,
    links::Secret,
    mail::{Desk, Worker},
    storage::Database,
    web::{self, Settings, Shown, World},
};

#[derive(Debug, Args)]
pub(super) struct ServeCommand {
    #[command(flatten)]
    place: Where,
    /// Address to listen on. TLS is the business of a proxy in front.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Address of a proxy in front that tells in X-Forwarded-For whom it speaks for; may be said several times.
    #[arg(long, value_name = "ADDRESS")]
    proxy: Vec<IpAddr>,
    #[command(flatten)]
    mail: MailArgs,
}

impl ServeCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, secret) = self.place.open().await?;
        let listener = listen(self.listen).await?;
        println!(
            "Serving on http://{}",
            listener.local_addr().unwrap_or(self.listen)
        );
        let settings = Settings {
            proxies: self.proxy.iter().map(IpAddr::to_canonical).collect(),
        };
        let provider = provider::of_environment(self.mail.has_origin())?;
        let mail = self.mail.open(&database, &secret, Translations::load()?)?;
        let world = world(database, secret, Vec::new())?.with_settings(settings);
        let world = match provider {
            Some(provider) => world.with_provider(provider),
            None => world,
        };
        serve(world, listener, mail).await
    }
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| CommandError::Listen { address, source })
}

pub(super) fn world(
    database: Database,
    secret: Secret,
    showcase: Vec<Shown>,
) -> Result<World, CommandError> {
    Ok(World::new(
        database,
        secret,
        Translations::load()?,
        Shelf::stock()?,
        Clock::of_machine(),
        showcase,
    ))
}

pub(super) async fn serve(
    world: World,
    listener: TcpListener,
    (desk, worker): (Desk, Option<Worker>),
) -> Result<(), CommandError> {
    web::serve(world.with_mail(desk), listener, worker)
        .await
        .map_err(CommandError::Serve)
}

//! `vardenkat serve`.

use std::net::SocketAddr;

use app::Translations;
use clap::Args;
use tokio::net::TcpListener;

use super::{CommandError, location::Where};
use crate::{
    assets::Shelf,
    clock::Clock,
    links::Secret,
    storage::Database,
    web::{self, Shown, World},
};

#[derive(Debug, Args)]
pub(super) struct ServeCommand {
    #[command(flatten)]
    place: Where,
    /// Address to listen on. TLS is the business of a proxy in front.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
}

impl ServeCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, secret) = self.place.open().await?;
        let listener = listen(self.listen).await?;
        println!(
            "Serving on http://{}",
            listener.local_addr().unwrap_or(self.listen)
        );
        serve(database, secret, listener, Vec::new()).await
    }
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| CommandError::Listen { address, source })
}

pub(super) async fn serve(
    database: Database,
    secret: Secret,
    listener: TcpListener,
    showcase: Vec<Shown>,
) -> Result<(), CommandError> {
    let world = World::new(
        database,
        secret,
        Translations::load()?,
        Shelf::stock()?,
        Clock::System,
        showcase,
    );
    web::serve(world, listener)
        .await
        .map_err(CommandError::Serve)
}

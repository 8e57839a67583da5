//! HTTP: routes, the state they share, and what surrounds every answer.

mod delivery;
mod language;
mod neighbour;
mod notices;
mod respondent;
mod staff;
mod surroundings;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use app::Translations;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::HeaderMap,
    middleware,
    response::Response,
    routing::{any, get, post},
};
use survey::instrument::Instrument;
use tokio::{net::TcpListener, sync::watch};
use tower_http::compression::CompressionLayer;
use uuid::Uuid;

use crate::{
    assets::Shelf,
    cleaning::{self, RuleBook},
    clock::{Chance, Clock},
    instruments,
    links::{GuessLimiter, Secret},
    mail::{Desk, Worker, schedule},
    provider::Provider,
    storage::Database,
};

/// Larger bodies are refused unread. A whole section filled to the brim is a tenth of it.
const LARGEST_BODY: usize = 256 * 1024;
/// Unknown links from one address before it has to wait.
const GUESSES: u32 = 30;
const GUESS_WINDOW: Duration = Duration::from_mins(10);
/// Addresses remembered.
const GUESSERS: usize = 10_000;

/// What every handler may use.
#[derive(Clone)]
pub struct World {
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    secret: Secret,
    translations: Translations,
    shelf: Arc<Shelf>,
    clock: Clock,
    chance: Chance,
    guesses: Mutex<GuessLimiter>,
    /// Each round's instrument, read once.
    instruments: RwLock<HashMap<Uuid, Arc<Instrument>>>,
    /// Links that the front page shows; only the demo has any.
    showcase: Vec<Shown>,
    door: staff::Door,
    intake: staff::Intake,
    mail: Desk,
    rules: RuleBook,
    provider: Option<Provider>,
    settings: Settings,
}

/// What the operator decides about the server's surroundings.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Proxies that are believed when they tell whom they speak for.
    pub proxies: Vec<IpAddr>,
}

/// A link to click on the demo's front page.
#[derive(Clone, Debug)]
pub struct Shown {
    pub kind: ShownKind,
    pub unit: String,
    pub path: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownKind {
    Ordinary,
    Rural,
    Socioeconomic,
}

/// A round whose stored instrument cannot be used any more.
#[derive(Debug, thiserror::Error)]
pub enum InstrumentError {
    #[error("the round has no instrument")]
    Missing,
    #[error("the round's instrument has {0} faults in this version of the program")]
    Faulty(usize),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl World {
    pub fn new(
        database: Database,
        secret: Secret,
        translations: Translations,
        shelf: Arc<Shelf>,
        clock: Clock,
        showcase: Vec<Shown>,
    ) -> Self {
        let guesses = Mutex::new(GuessLimiter::new(GUESSES, GUESS_WINDOW, GUESSERS));
        let mail = Desk::idle(secret.clone(), translations);
        Self {
            shared: Arc::new(Shared {
                database,
                secret,
                translations,
                shelf,
                clock,
                chance: Chance,
                guesses,
                instruments: RwLock::default(),
                showcase,
                door: staff::Door::default(),
                intake: staff::Intake::default(),
                mail,
                rules: RuleBook::default(),
                provider: None,
                settings: Settings::default(),
            }),
        }
    }

    /// The world in other surroundings. To be said before it is shared.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.settings = settings;
        }
        self
    }

    /// The world with mail that leaves. To be said before it is shared.
    #[must_use]
    pub fn with_mail(mut self, mail: Desk) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.mail = mail;
        }
        self
    }

    /// The world with other rules for cleaning. To be said before it is shared.
    #[must_use]
    pub fn with_rules(mut self, rules: RuleBook) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.rules = rules;
        }
        self
    }

    /// The world with a provider where staff may sign in. To be said before it is shared.
    #[must_use]
    pub fn with_provider(mut self, provider: Provider) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.provider = Some(provider);
        }
        self
    }

    /// The instrument that a round asks.
    async fn instrument(&self, round: Uuid) -> Result<Arc<Instrument>, InstrumentError> {
        if let Some(known) = self
            .shared
            .instruments
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&round)
        {
            return Ok(Arc::clone(known));
        }
        let source = self
            .shared
            .database
            .instrument_source(round)
            .await?
            .ok_or(InstrumentError::Missing)?;
        let instrument = Arc::new(
            instruments::asking(&source).map_err(|faults| InstrumentError::Faulty(faults.len()))?,
        );
        self.shared
            .instruments
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(round, Arc::clone(&instrument));
        Ok(instrument)
    }
}

pub fn router(world: World) -> Router {
    Router::new()
        .route("/", get(notices::front))
        .route("/halsa", get(|| async { "ok" }))
        .route(
            "/robots.txt",
            get(|| async { "User-agent: *\nDisallow: /\n" }),
        )
        .route("/assets/{name}", get(asset))
        .route("/svara/{token}", get(respondent::start::show))
        .route(
            "/svara/{token}/avsnitt/{section}",
            get(respondent::section::first),
        )
        .route(
            "/svara/{token}/avsnitt/{section}/{page}",
            get(respondent::section::show).post(respondent::section::save),
        )
        .route("/svara/{token}/borja", post(respondent::start::begin))
        .route("/svara/{token}/spara", post(respondent::autosave::keep))
        .route("/svara/{token}/granska", get(respondent::check::show))
        .route("/svara/{token}/skicka", post(respondent::submit::submit))
        .route("/svara/{token}/oppna", post(respondent::submit::reopen))
        .route("/svara/{token}/kvitto", get(respondent::receipt::show))
        .route(
            "/svara/{token}/fel-mottagare",
            get(respondent::wrong::show).post(respondent::wrong::report),
        )
        .route(
            "/svara/{token}/dela",
            get(respondent::share::show).post(respondent::share::give),
        )
        .route(
            "/svara/{token}/dela/{link}/ta-tillbaka",
            post(respondent::share::take_back),
        )
        .route("/svara/{token}/utskrift", get(respondent::texts::print))
        .route("/svara/{token}/om/{topic}", get(respondent::texts::show))
        .route("/svara/{token}/{*rest}", any(respondent::missing))
        .route(
            "/post/leveransrapport",
            post(delivery::report).layer(DefaultBodyLimit::max(delivery::LARGEST)),
        )
        .merge(staff::router(&world))
        .fallback(notices::missing)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(
            world.clone(),
            surroundings::surround,
        ))
        .with_state(world)
}

async fn asset(
    State(world): State<World>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    world.shared.shelf.serve(&name, &headers)
}

/// Serves, and cleans answers and sends mail beside it, until asked to stop; then finishes what is under way.
pub async fn serve(
    world: World,
    listener: TcpListener,
    worker: Option<Worker>,
) -> std::io::Result<()> {
    let shelf = Arc::clone(&world.shared.shelf);
    tokio::task::spawn_blocking(move || shelf.compress());
    let database = world.shared.database.clone();
    let timetable = worker.as_ref().map(|_| {
        tokio::spawn(schedule::run(
            database.clone(),
            world.shared.clock.clone(),
            world.shared.chance,
            world.shared.mail.wake.clone(),
        ))
    });
    let cleaning = tokio::spawn(cleaning::run(
        database.clone(),
        world.shared.rules.clone(),
        world.shared.clock.clone(),
        world.shared.chance,
    ));
    let service = router(world).into_make_service_with_connect_info::<SocketAddr>();
    let (stop, stopping) = watch::channel(());
    tokio::spawn(async move {
        asked_to_stop().await;
        drop(stop);
    });
    let sending = worker.map(|worker| {
        let stopping = stopped(stopping.clone());
        tokio::spawn(async move { worker.run(stopping).await })
    });
    axum::serve(listener, service)
        .with_graceful_shutdown(stopped(stopping))
        .await?;
    cleaning.abort();
    if let Some(timetable) = timetable {
        timetable.abort();
    }
    if let Some(sending) = sending
        && let Err(error) = sending.await
    {
        tracing::error!(%error, "sending mail ended by itself");
    }
    database.close().await;
    Ok(())
}

/// Until whoever may say so is gone.
async fn stopped(mut stopping: watch::Receiver<()>) {
    while stopping.changed().await.is_ok() {}
}

async fn asked_to_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

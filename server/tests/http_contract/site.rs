//! The real routes over a database with three chiefs in it, at 14:32 on 10 March 2022.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::Translations;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::response::Parts;
use axum::http::{Method, Request, header};
use server::assets::Shelf;
use server::clock::{Chance, Clock};
use server::links::{Secret, Token};
use server::mail::{Composer, Desk, Origin, Post, Sender, Sending, Wake, Worker, schedule};
use server::storage::{
    CaseView, Database, Location, NewRound, NewUnit, Round, Snapshot, Timestamp, Unit,
};
use server::web::{self, World};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use crate::page::{Answered, encode};
use crate::postgres;

/// Midnight in Sweden before 1 March 2022.
pub const OPENS: i64 = 1_646_089_200_000;
pub const NOW: i64 = 1_646_919_120_000;
/// Midnight in Sweden after 15 April 2022.
pub const CLOSES: i64 = 1_650_060_000_000;
pub const MINUTE: i64 = 60_000;

const INSTRUMENT: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");
pub const HOME: SocketAddr = SocketAddr::new(
    std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)),
    40_000,
);

pub struct Site {
    pub location: Location,
    pub database: Database,
    clock: Arc<AtomicI64>,
    secret: Secret,
    router: axum::Router,
    links: BTreeMap<String, Uuid>,
    _directory: Option<TempDir>,
}

/// Somebody with a personal link.
pub struct Chief<'s> {
    pub site: &'s Site,
    pub link: Uuid,
    pub token: String,
}

fn composer(secret: &Secret) -> Composer {
    let translations = Translations::load().unwrap();
    Composer::new(
        secret.clone(),
        Origin::local(),
        Sender::default(),
        translations,
    )
}

fn post(database: &Database, clock: &Arc<AtomicI64>) -> Post {
    Post::Mailbox(database.clone(), Clock::Set(Arc::clone(clock)))
}

fn world(database: &Database, secret: &Secret, clock: &Arc<AtomicI64>) -> World {
    World::new(
        database.clone(),
        secret.clone(),
        Translations::load().unwrap(),
        Shelf::stock().unwrap(),
        Clock::Set(Arc::clone(clock)),
        Vec::new(),
    )
    .with_mail(Desk::to(composer(secret), Some(&post(database, clock))))
}

fn unit(key: &str, classes: [&str; 3]) -> NewUnit {
    let [municipality, area, listed] = classes.map(str::to_owned);
    NewUnit {
        unit: Unit {
            id: Uuid::now_v7(),
            key: key.to_owned(),
            name: format!("Vårdcentralen {key}"),
            address: "Storgatan 1".to_owned(),
            postal_code: "123 45".to_owned(),
            city: "Exempelstad".to_owned(),
            region: "Region Exempel".to_owned(),
            ownership: Some("public".to_owned()),
            classes: BTreeMap::from([
                ("municipality_type".to_owned(), municipality),
                ("area_type".to_owned(), area),
                ("listed".to_owned(), listed),
            ]),
        },
        contacts: Vec::new(),
    }
}

impl Site {
    pub async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().join("data"));
        Self::at(location, Some(directory), INSTRUMENT).await
    }

    /// A site that asks another questionnaire.
    pub async fn asking(instrument: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().join("data"));
        Self::at(location, Some(directory), instrument).await
    }

    pub async fn on_postgres() -> Self {
        let location = Location::Postgres(postgres::fresh_database().await);
        Self::at(location, None, INSTRUMENT).await
    }

    async fn at(location: Location, directory: Option<TempDir>, instrument: &str) -> Self {
        let database = Database::connect(&location).await.unwrap();
        let secret = Secret::from_bytes([7; Secret::BYTES]);
        let clock = Arc::new(AtomicI64::new(NOW));
        let units = [
            unit("ordinary", ["dense_mixed", "4", "8500"]),
            unit("rural", ["sparse_rural", "3", "3100"]),
            unit("neighbour", ["dense_mixed", "4", "9000"]),
        ];
        database.insert_register(&units).await.unwrap();
        let opens_at = Timestamp::from_millis(OPENS);
        let mut id = || Chance.id(opens_at).unwrap();
        let round = Round {
            id: id(),
            key: "2022".to_owned(),
            instrument_key: "vardcentralschefer-2022".to_owned(),
            instrument_version: "1".to_owned(),
            opens_at,
            closes_at: Timestamp::from_millis(CLOSES),
            pilot: false,
        };
        let new = NewRound {
            round: round.clone(),
            instrument_source: instrument.to_owned(),
        };
        database.create_round(&new).await.unwrap();
        database
            .open_cases(round.id, opens_at, &mut id)
            .await
            .unwrap();
        let links = database.links_of_round(round.id).await.unwrap();
        let world = world(&database, &secret, &clock);
        Self {
            location,
            database,
            clock,
            secret,
            router: web::router(world),
            links: links
                .into_iter()
                .map(|link| (link.unit_key, link.link_id))
                .collect(),
            _directory: directory,
        }
    }

    /// Queues what is due and hands all of it over to the mailbox inside the product.
    pub async fn mail_goes_out(&self) {
        let now = Timestamp::from_millis(self.now());
        schedule::queue_due(&self.database, now, Chance)
            .await
            .unwrap();
        let sending = Sending {
            at_once: 2,
            pace: "100000/s".parse().unwrap(),
            lease: Duration::from_mins(10),
            look: Duration::from_millis(20),
        };
        let worker = Worker::new(
            self.database.clone(),
            post(&self.database, &self.clock),
            composer(&self.secret),
            Clock::Set(Arc::clone(&self.clock)),
            Chance,
            sending,
            Wake::default(),
        );
        worker.drain().await.unwrap();
    }

    /// Recipients and subjects in the mailbox, in alphabetical order.
    pub async fn letters(&self) -> Vec<(String, String)> {
        let (letters, _) = self.database.mailbox("", 0, 1000).await.unwrap();
        let mut letters: Vec<_> = letters
            .into_iter()
            .map(|letter| (letter.recipient, letter.subject))
            .collect();
        letters.sort();
        letters
    }

    /// The same site, served otherwise.
    pub fn remade(mut self, change: impl FnOnce(World) -> World) -> Self {
        let world = world(&self.database, &self.secret, &self.clock);
        self.router = web::router(change(world));
        self
    }

    pub fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub fn set_clock(&self, millis: i64) {
        self.clock.store(millis, Ordering::SeqCst);
    }

    /// A minute passes.
    pub fn wait(&self) {
        self.clock.fetch_add(MINUTE, Ordering::SeqCst);
    }

    /// A chief whose centre gets 18 questions.
    pub fn chief(&self) -> Chief<'_> {
        self.chief_of("ordinary")
    }

    /// A chief whose centre gets 21 questions.
    pub fn rural_chief(&self) -> Chief<'_> {
        self.chief_of("rural")
    }

    pub fn neighbour(&self) -> Chief<'_> {
        self.chief_of("neighbour")
    }

    fn chief_of(&self, unit: &str) -> Chief<'_> {
        self.holder_of(self.links[unit])
    }

    /// Whoever has the token of `link`.
    pub fn holder_of(&self, link: Uuid) -> Chief<'_> {
        Chief {
            site: self,
            link,
            token: Token::issue(&self.secret, link).as_str().to_owned(),
        }
    }

    pub async fn send(&self, request: Request<Body>, from: SocketAddr) -> Answered {
        let (parts, body) = self.send_for_bytes(request, from).await;
        Answered {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body).unwrap(),
        }
    }

    /// For what is no text.
    pub async fn send_for_bytes(
        &self,
        mut request: Request<Body>,
        from: SocketAddr,
    ) -> (Parts, Vec<u8>) {
        request.extensions_mut().insert(ConnectInfo(from));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts, body.to_vec())
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.get_from(path, HOME).await
    }

    pub async fn get_from(&self, path: &str, from: SocketAddr) -> Answered {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(request, from).await
    }

    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Answered {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap(), HOME).await
    }

    pub async fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answered {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .unwrap();
        self.send(request, HOME).await
    }
}

/// One change, as the page's script sends it.
#[derive(Clone, Debug)]
pub struct Typed {
    pub change: Uuid,
    pub page: Uuid,
    pub name: String,
    pub value: String,
    pub base: u32,
}

impl Typed {
    pub fn new(name: &str, value: &str) -> Self {
        Self {
            change: Uuid::now_v7(),
            page: Uuid::from_u128(1),
            name: name.to_owned(),
            value: value.to_owned(),
            base: 0,
        }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "change": self.change,
            "name": self.name,
            "value": self.value,
            "base": self.base,
            "page": self.page,
            "at": NOW,
        })
    }
}

impl Chief<'_> {
    pub fn path(&self, rest: &str) -> String {
        format!("/svara/{}{rest}", self.token)
    }

    pub async fn get(&self, rest: &str) -> Answered {
        self.site.get(&self.path(rest)).await
    }

    /// Posts `name=value&…` as it stands.
    pub async fn post_raw(&self, rest: &str, body: impl Into<Body>) -> Answered {
        let kind = "application/x-www-form-urlencoded";
        self.site.post(&self.path(rest), kind, body).await
    }

    pub async fn post(&self, rest: &str, fields: &[(&str, &str)]) -> Answered {
        self.post_raw(rest, encode(fields)).await
    }

    /// Opens a page of questions, types into it, and presses a button.
    pub async fn fill_in(&self, rest: &str, typed: &[(&str, &str)], button: &str) -> Answered {
        let page = self.get(rest).await;
        assert_eq!(page.status, 200, "{rest}");
        self.press(rest, &page, typed, button).await
    }

    /// Types into a page that is open, and presses a button.
    pub async fn press(
        &self,
        rest: &str,
        page: &Answered,
        typed: &[(&str, &str)],
        button: &str,
    ) -> Answered {
        let mut form = page.form();
        for (name, value) in typed {
            form.insert((*name).to_owned(), (*value).to_owned());
        }
        form.insert("do".to_owned(), button.to_owned());
        let fields: Vec<_> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.post(rest, &fields).await
    }

    pub async fn autosave_raw(&self, body: impl Into<Body>) -> Answered {
        let path = self.path("/spara");
        self.site.post(&path, "application/json", body).await
    }

    pub async fn autosave(&self, typed: &[Typed]) -> Answered {
        let changes: Vec<_> = typed.iter().map(Typed::json).collect();
        self.autosave_raw(serde_json::to_string(&changes).unwrap())
            .await
    }

    /// Autosaves one text from a page of its own that has seen everything.
    pub async fn types(&self, name: &str, value: &str) {
        let seen = self.view().await.latest().to_string();
        let typed = Typed {
            page: Uuid::now_v7(),
            base: seen.parse().unwrap(),
            ..Typed::new(name, value)
        };
        assert_eq!(self.autosave(&[typed]).await.status, 200, "{name}");
    }

    pub async fn view(&self) -> CaseView {
        self.site
            .database
            .load_case(self.link)
            .await
            .unwrap()
            .unwrap()
    }

    /// The text that holds, of an answer or a personal one.
    pub async fn raw(&self, variable: &str) -> String {
        let view = self.view().await;
        let personal = view.personal.raw(variable);
        if personal.is_empty() {
            view.answers.raw(variable).to_owned()
        } else {
            personal.to_owned()
        }
    }

    /// What was submitted last.
    pub async fn submitted(&self) -> Snapshot {
        let submission = self.view().await.submission.unwrap();
        let snapshot = self.site.database.snapshot(submission.id).await;
        snapshot.unwrap().unwrap()
    }
}

//! Signing in at the organisation's own provider, which here is one of the test's own that says what it is told to say.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use app::staff::Role;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use server::clock::Chance;
use server::provider::{Provider, Registration};
use server::storage::{Actor, Timestamp};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use crate::page::Answered;
use crate::site::{MINUTE, NOW, Site};
use crate::staff_sign_in::Browser;

on_both_databases!(
    who_has_an_account_is_let_in_and_is_known_again_by_the_provider_s_name_for_them,
    an_account_that_has_ended_or_is_somebody_else_s_lets_nobody_in,
    a_reset_lets_go_of_who_it_was_to_the_provider,
);
on_sqlite!(
    a_token_that_is_not_as_it_must_be_lets_nobody_in,
    an_address_that_the_provider_has_not_verified_lets_nobody_in,
    who_has_no_account_is_told_so,
    what_comes_back_is_taken_once_from_the_browser_that_left_and_within_ten_minutes,
    who_changes_their_mind_at_the_provider_is_back_at_signing_in,
    a_provider_that_changes_its_keys_is_asked_for_them_again,
    a_provider_that_cannot_be_reached_leaves_the_password,
    without_a_provider_nothing_is_offered,
);

const LOG: &str = "/admin/logg";
const BEGIN: &str = "/admin/logga-in/oidc/borja?till=%2Fadmin%2Flogg";
const CLIENT: &str = "vardenkat";
const SECRET: &str = "hemligt lösenord";
const CODE: &str = "en+kod";

/// What the provider does next.
#[derive(Clone)]
struct Says {
    /// Laid over what a good token says.
    claims: Value,
    header: Value,
    /// Signs with a key that is not published.
    forged: bool,
    /// The last one published.
    kid: u32,
    /// Asked for by the browser that left last.
    asked: BTreeMap<String, String>,
    keys_fetched: u32,
}

struct Fake {
    issuer: String,
    key: EcdsaKeyPair,
    forger: EcdsaKeyPair,
    says: Mutex<Says>,
}

fn key() -> EcdsaKeyPair {
    let chance = SystemRandom::new();
    let way = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let made = EcdsaKeyPair::generate_pkcs8(way, &chance).unwrap();
    EcdsaKeyPair::from_pkcs8(way, made.as_ref(), &chance).unwrap()
}

fn overlaid(mut under: Value, over: &Value) -> Value {
    for (name, value) in over.as_object().unwrap() {
        under[name] = value.clone();
    }
    under
}

impl Fake {
    async fn open() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Arc::new(Self {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            key: key(),
            forger: key(),
            says: Mutex::new(Says {
                claims: json!({}),
                header: json!({}),
                forged: false,
                kid: 1,
                asked: BTreeMap::new(),
                keys_fetched: 0,
            }),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&fake));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        fake
    }

    /// The site, with this provider set up.
    fn of(self: &Arc<Self>, site: Site) -> Site {
        site.with_provider(&self.issuer, CLIENT, SECRET)
    }

    fn says(&self, claims: Value) {
        self.says.lock().unwrap().claims = claims;
    }

    fn change(&self, change: impl Fn(&mut Says)) {
        change(&mut self.says.lock().unwrap());
    }

    fn id_token(&self, says: &Says) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": says.kid.to_string() });
        let claims = json!({
            "iss": self.issuer,
            "sub": "248289761001",
            "aud": CLIENT,
            "exp": NOW / 1000 + 300,
            "iat": NOW / 1000,
            "nonce": says.asked["nonce"],
            "email_verified": true,
        });
        let part = |value: Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let said = format!(
            "{}.{}",
            part(overlaid(header, &says.header)),
            part(overlaid(claims, &says.claims))
        );
        let key = if says.forged { &self.forger } else { &self.key };
        let signature = key.sign(&SystemRandom::new(), said.as_bytes()).unwrap();
        format!("{said}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

async fn document(State(fake): State<Arc<Fake>>) -> Json<Value> {
    let issuer = &fake.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize?tenant=1"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
    }))
}

async fn keys(State(fake): State<Arc<Fake>>) -> Json<Value> {
    let mut says = fake.says.lock().unwrap();
    says.keys_fetched += 1;
    let (x, y) = fake.key.public_key().as_ref()[1..].split_at(32);
    Json(json!({ "keys": [
        { "kty": "something new", "kid": "0" },
        {
            "kty": "EC",
            "crv": "P-256",
            "use": "sig",
            "kid": says.kid.to_string(),
            "x": BASE64URL_NOPAD.encode(x),
            "y": BASE64URL_NOPAD.encode(y),
        },
    ] }))
}

async fn token(
    State(fake): State<Arc<Fake>>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    let says = fake.says.lock().unwrap().clone();
    let form: BTreeMap<_, _> = form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let credentials = BASE64.encode(b"vardenkat:hemligt+l%C3%B6senord");
    let proof = BASE64URL_NOPAD.encode(&Sha256::digest(&form["code_verifier"]));
    let right = headers["authorization"].to_str().unwrap() == format!("Basic {credentials}")
        && form["grant_type"] == "authorization_code"
        && form["code"] == CODE
        && form["redirect_uri"] == says.asked["redirect_uri"]
        && proof == says.asked["code_challenge"];
    if right {
        let said = json!({ "id_token": fake.id_token(&says), "token_type": "Bearer" });
        (StatusCode::OK, Json(said))
    } else {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": "invalid_grant" })),
        )
    }
}

impl Browser<'_> {
    /// Goes to the provider. Gives the address to come back to.
    async fn leaves_for(&mut self, fake: &Fake) -> String {
        let left = self.get(BEGIN).await;
        assert_eq!(left.status, 303, "{}", left.body);
        let there = Url::parse(left.header("location")).unwrap();
        assert!(there.as_str().starts_with(&fake.issuer));
        let asked: BTreeMap<_, _> = there.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["tenant"], "1", "what the address holds already stays");
        let back = Url::parse(&asked["redirect_uri"]).unwrap();
        assert_eq!(back.path(), "/admin/logga-in/oidc");
        let back = format!("{}?code=en%2Bkod&state={}", back.path(), asked["state"]);
        fake.change(|says| says.asked.clone_from(&asked));
        back
    }

    async fn signs_in_at(&mut self, fake: &Fake) -> Answered {
        let back = self.leaves_for(fake).await;
        self.get(&back).await
    }

    /// Is told why not, and is offered to try again.
    async fn is_turned_back_at(&mut self, fake: &Fake, status: u16, why: &str) {
        let answered = self.signs_in_at(fake).await;
        assert_eq!(answered.status, status, "{}", answered.text());
        assert!(answered.says(why), "{}", answered.text());
        assert!(answered.body.contains("/admin/logga-in/oidc/borja?till="));
        assert!(!self.is_signed_in().await);
    }
}

async fn who_has_an_account_is_let_in_and_is_known_again_by_the_provider_s_name_for_them(
    site: Site,
) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    let (id, email) = (kim.id, kim.email.clone());
    fake.says(json!({ "email": email.to_uppercase() }));

    let mut browser = Browser::on(&site);
    let page = browser.get("/admin/logga-in?till=/admin/logg").await;
    assert!(page.says("Logga in med 127.0.0.1"));
    assert!(page.body.contains(BEGIN));
    let done = browser.signs_in_at(&fake).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, LOG),
        "{}",
        done.text()
    );
    assert!(browser.is_signed_in().await);
    let subject = format!("{}|248289761001", fake.issuer);
    let known = site.database.credentials_of(id).await.unwrap().unwrap();
    assert_eq!(known.subject.as_deref(), Some(subject.as_str()));

    fake.says(json!({ "email": "annat.namn@example.se", "email_verified": false }));
    let mut elsewhere = Browser::on(&site);
    assert_eq!(elsewhere.signs_in_at(&fake).await.status, 303);
    assert!(elsewhere.is_signed_in().await);
}

async fn an_account_that_has_ended_or_is_somebody_else_s_lets_nobody_in(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let boss = site.colleague(Role::Administrator).await;
    let kim = site.colleague(Role::Reader).await;
    fake.says(json!({ "email": kim.email }));
    assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);

    fake.says(json!({ "email": kim.email, "sub": "somebody else with that address" }));
    Browser::on(&site)
        .is_turned_back_at(&fake, 403, "har inget konto här")
        .await;

    fake.says(json!({ "email": kim.email }));
    let ended = boss
        .post(&format!("/admin/konton/{}/avsluta", kim.id), &[])
        .await;
    assert_eq!(ended.status, 303);
    Browser::on(&site)
        .is_turned_back_at(&fake, 403, "har inget konto här")
        .await;

    let again = site.colleague(Role::Reader).await;
    fake.says(json!({ "email": again.email }));
    assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);
}

async fn a_reset_lets_go_of_who_it_was_to_the_provider(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    fake.says(json!({ "email": kim.email }));
    Browser::on(&site).signs_in_at(&fake).await;
    let now = Timestamp::from_millis(NOW);
    let entry = Chance.id(now).unwrap();
    site.database
        .reset_staff(kim.id, "-", &Actor::CommandLine, now, entry)
        .await
        .unwrap();
    fake.says(json!({ "email": kim.email, "sub": "a new name" }));
    assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);
}

async fn a_token_that_is_not_as_it_must_be_lets_nobody_in(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    let good = json!({ "email": kim.email });
    let failed = "gick inte igenom";
    for wrong in [
        json!({ "nonce": "of another attempt" }),
        json!({ "nonce": null }),
        json!({ "iss": "https://id.example.se" }),
        json!({ "aud": "somebody else" }),
        json!({ "aud": [CLIENT, "somebody else"] }),
        json!({ "azp": "somebody else" }),
        json!({ "exp": NOW / 1000 - 61 }),
        json!({ "exp": null }),
        json!({ "exp": "9999999999" }),
        json!({ "iat": NOW / 1000 + 61 }),
        json!({ "sub": "" }),
    ] {
        fake.says(overlaid(good.clone(), &wrong));
        Browser::on(&site)
            .is_turned_back_at(&fake, 502, failed)
            .await;
    }
    fake.says(good);
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "RS256" }),
    ] {
        fake.change(|says| says.header = header.clone());
        Browser::on(&site)
            .is_turned_back_at(&fake, 502, failed)
            .await;
    }
    fake.change(|says| says.header = json!({}));
    fake.change(|says| says.forged = true);
    Browser::on(&site)
        .is_turned_back_at(&fake, 502, failed)
        .await;
    fake.change(|says| says.forged = false);
    assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);
}

async fn an_address_that_the_provider_has_not_verified_lets_nobody_in(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    for unverified in [json!(false), json!(null), json!("false")] {
        fake.says(json!({ "email": kim.email, "email_verified": unverified }));
        Browser::on(&site)
            .is_turned_back_at(&fake, 403, "har inget konto här")
            .await;
    }
}

async fn who_has_no_account_is_told_so(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    fake.says(json!({ "email": "ingen@example.se" }));
    Browser::on(&site)
        .is_turned_back_at(&fake, 403, "Be en administratör lägga till dig")
        .await;
    fake.says(json!({}));
    Browser::on(&site)
        .is_turned_back_at(&fake, 403, "har inget konto här")
        .await;
}

async fn what_comes_back_is_taken_once_from_the_browser_that_left_and_within_ten_minutes(
    site: Site,
) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    fake.says(json!({ "email": kim.email }));

    let mut browser = Browser::on(&site);
    let back = browser.leaves_for(&fake).await;
    let stolen = browser.cookies.clone();
    let mut other = Browser::on(&site);
    assert_eq!(other.get(&back).await.status, 400, "no cookie");
    let theirs = other.leaves_for(&fake).await;
    assert_eq!(
        other.get(&back).await.status,
        400,
        "another attempt's cookie"
    );
    assert_ne!(theirs, back);

    let mut browser = Browser::on(&site);
    let back_again = browser.leaves_for(&fake).await;
    let kept = browser.cookies.clone();
    assert_eq!(browser.get(&back_again).await.status, 303);
    let mut replaying = Browser::on(&site);
    replaying.cookies = kept;
    assert_eq!(replaying.get(&back_again).await.status, 400, "replayed");
    assert!(!replaying.is_signed_in().await);

    site.set_clock(NOW + 10 * MINUTE);
    let mut late = Browser::on(&site);
    late.cookies = stolen;
    assert_eq!(late.get(&back).await.status, 400, "late");
}

async fn who_changes_their_mind_at_the_provider_is_back_at_signing_in(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let mut browser = Browser::on(&site);
    let back = browser.leaves_for(&fake).await;
    let refused = browser
        .get(&back.replace("code=en%2Bkod", "error=access_denied"))
        .await;
    assert_eq!(refused.status, 502);
    assert!(refused.says("gick inte igenom"));

    let back = browser.leaves_for(&fake).await;
    let mixed_up = format!("{back}&iss=https%3A%2F%2Fid.example.se");
    assert_eq!(browser.get(&mixed_up).await.status, 400);
}

async fn a_provider_that_changes_its_keys_is_asked_for_them_again(site: Site) {
    let fake = Fake::open().await;
    let site = fake.of(site);
    let kim = site.colleague(Role::Reader).await;
    fake.says(json!({ "email": kim.email }));
    for _ in 0..2 {
        assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);
    }
    assert_eq!(fake.says.lock().unwrap().keys_fetched, 1);
    fake.change(|says| says.kid = 2);
    assert_eq!(
        Browser::on(&site).signs_in_at(&fake).await.status,
        502,
        "within the minute"
    );
    site.wait();
    assert_eq!(Browser::on(&site).signs_in_at(&fake).await.status, 303);
    assert_eq!(fake.says.lock().unwrap().keys_fetched, 2);
}

async fn a_provider_that_cannot_be_reached_leaves_the_password(site: Site) {
    let site = site.with_provider("http://127.0.0.1:9", CLIENT, SECRET);
    let page = Browser::on(&site).get(BEGIN).await;
    assert_eq!(page.status, 502);
    assert!(page.says("logga in med lösenord"));
}

async fn without_a_provider_nothing_is_offered(site: Site) {
    let mut browser = Browser::on(&site);
    let page = browser.get("/admin/logga-in").await;
    assert!(!page.body.contains("oidc"));
    assert_eq!(
        browser.get(BEGIN).await.header("location"),
        "/admin/logga-in"
    );
    let back = browser.get("/admin/logga-in/oidc?code=a&state=b").await;
    assert_eq!(back.header("location"), "/admin/logga-in");
}

impl Site {
    fn with_provider(self, issuer: &str, client_id: &str, client_secret: &str) -> Self {
        let provider = Provider::new(Registration {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            name: None,
        });
        self.remade(|world| world.with_provider(provider.unwrap()))
    }
}

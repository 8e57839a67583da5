//! Signing in as staff: what must be shown, in which order, and what slows down guessing.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;

use app::staff::Role;
use axum::body::Body;
use axum::http::{Request, header};
use server::clock::Chance;
use server::links::Secret;
use server::staff::{CodeSecret, Hasher, Password};
use server::storage::{Actor, AuditFilter, NewStaff, Timestamp};
use uuid::Uuid;

use crate::page::{Answered, between, encode};
use crate::site::{HOME, MINUTE, NOW, Site};

on_both_databases!(
    the_first_sign_in_takes_a_new_password_and_an_app_and_then_a_code,
    later_sign_ins_take_password_and_code,
    a_code_works_once,
    ending_an_account_shuts_it_out_and_a_reset_asks_for_everything_anew,
    what_staff_do_stands_in_the_log,
);
on_sqlite!(
    whether_an_account_exists_is_not_told,
    an_attack_locks_out_neither_a_known_device_nor_other_accounts,
    a_flood_of_guesses_keeps_no_known_device_waiting,
    what_was_shown_holds_for_twenty_minutes,
    no_step_can_be_skipped,
    cookies_are_kept_to_tls_where_there_is_tls,
    signing_out_ends_the_session_and_signing_in_gives_another,
    the_only_administrator_stays,
    a_proxy_is_believed_only_where_it_is_trusted,
);

const EMAIL: &str = "kim.ek@example.se";
const FIRST: &str = "abcd-efgh-ijkl-mnop";
const OWN: &str = "en häst på taket i regn";
const FORM: &str = "application/x-www-form-urlencoded";
const LOG: &str = "/admin/logg";

/// A browser with its cookies.
pub struct Browser<'s> {
    site: &'s Site,
    from: SocketAddr,
    pub cookies: BTreeMap<String, String>,
    headers: Vec<(&'static str, String)>,
}

impl<'s> Browser<'s> {
    pub fn on(site: &'s Site) -> Self {
        Self::from(site, 1)
    }

    fn from(site: &'s Site, host: u8) -> Self {
        Self {
            site,
            from: SocketAddr::from(([192, 0, 2, host], 40_000)),
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    async fn send(&mut self, method: &str, path: &str, body: Body) -> Answered {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, FORM)
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answered = self.site.send(request.body(body).unwrap(), self.from).await;
        for set in answered.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if set.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answered
    }

    pub async fn get(&mut self, path: &str) -> Answered {
        self.send("GET", path, Body::empty()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send("POST", path, encode(fields).into()).await
    }

    async fn shows_password(&mut self, email: &str, password: &str) -> Answered {
        let fields = [("email", email), ("password", password), ("till", LOG)];
        self.post("/admin/logga-in", &fields).await
    }

    async fn signs_in(&mut self, kim: &Kim) -> Answered {
        let next = self.shows_password(EMAIL, OWN).await;
        assert_eq!(next.status, 303, "{}", next.body);
        let code = kim.code(self.site);
        self.post("/admin/logga-in/kod", &[("code", &code), ("till", LOG)])
            .await
    }

    pub async fn is_signed_in(&mut self) -> bool {
        self.get("/admin/finns-inte").await.status == 404
    }
}

/// An administrator, whose codes this test can reckon as an app would.
struct Kim {
    id: Uuid,
    generation: i64,
}

impl Kim {
    fn code_at(&self, now: i64) -> String {
        let secret = Secret::from_bytes([7; Secret::BYTES]);
        let now = Timestamp::from_millis(now);
        CodeSecret::of(&secret, self.id, self.generation).code(CodeSecret::step(now))
    }

    fn code(&self, site: &Site) -> String {
        self.code_at(site.now())
    }

    /// An account that has not signed in yet.
    async fn added(site: &Site) -> Self {
        let now = Timestamp::from_millis(NOW);
        let id = Chance.id(now).unwrap();
        let kept = Hasher::default()
            .hash(Password::typed(FIRST), [3; 16])
            .await;
        let new = NewStaff {
            id,
            email: EMAIL.to_owned(),
            name: "Kim Ek".to_owned(),
            role: Role::Administrator,
            password: Some(kept.unwrap()),
        };
        let entry = Chance.id(now).unwrap();
        site.database
            .add_staff(&new, &Actor::CommandLine, now, entry)
            .await
            .unwrap();
        Self { id, generation: 1 }
    }

    /// An account that has signed in some time ago.
    async fn settled(site: &Site) -> Self {
        let kim = Self::added(site).await;
        let now = Timestamp::from_millis(NOW);
        let kept = Hasher::default().hash(Password::typed(OWN), [3; 16]).await;
        let entry = Chance.id(now).unwrap();
        let database = &site.database;
        database
            .choose_password(kim.id, &kept.unwrap(), now, entry)
            .await
            .unwrap();
        assert!(database.use_code(kim.id, 1, 1).await.unwrap());
        kim
    }
}

async fn the_first_sign_in_takes_a_new_password_and_an_app_and_then_a_code(site: Site) {
    let kim = Kim::added(&site).await;
    let mut browser = Browser::on(&site);

    let next = browser.shows_password("Kim.Ek@example.se ", FIRST).await;
    assert_eq!(next.status, 303);
    let place = next.header("location").to_owned();
    assert_eq!(place, "/admin/logga-in/losenord?till=%2Fadmin%2Flogg");
    assert!(!browser.is_signed_in().await);

    let own = |password, again| [("password", password), ("again", again), ("till", LOG)];
    let path = "/admin/logga-in/losenord";
    for (fields, why) in [
        (own("kort", "kort"), "minst 12 tecken"),
        (
            own("kim.ek@example.se", "kim.ek@example.se"),
            "för lätt att gissa",
        ),
        (own(OWN, "något annat"), "inte likadana"),
        (own(FIRST, FIRST), "ett annat lösenord"),
    ] {
        let again = browser.post(path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains(why), "{why}");
    }
    let next = browser.post(path, &own(OWN, OWN)).await;
    assert_eq!(next.status, 303, "{}", next.body);

    let set_up = browser.get(next.header("location")).await;
    assert!(set_up.body.contains("class=\"qr\""));
    let key = between(&set_up.body, "<span class=\"secret\">", "</span>").replace(' ', "");
    let secret = Secret::from_bytes([7; Secret::BYTES]);
    assert_eq!(key, CodeSecret::of(&secret, kim.id, 1).letters());

    let wrong = browser
        .post("/admin/logga-in/ny-kod", &[("code", "000000")])
        .await;
    assert_eq!(wrong.status, 422);
    let code = kim.code(&site);
    let done = browser
        .post("/admin/logga-in/ny-kod", &[("code", &code), ("till", LOG)])
        .await;
    assert_eq!((done.status, done.header("location")), (303, LOG));
    assert!(browser.is_signed_in().await);
}

async fn later_sign_ins_take_password_and_code(site: Site) {
    let kim = Kim::settled(&site).await;
    let mut browser = Browser::on(&site);

    let wrong = browser.shows_password(EMAIL, FIRST).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("stämmer inte"));
    assert!(wrong.body.contains(EMAIL), "what was typed stays");
    assert!(!wrong.body.contains(FIRST), "but not the password");

    let done = browser.signs_in(&kim).await;
    assert_eq!((done.status, done.header("location")), (303, LOG));
    assert!(browser.is_signed_in().await);
    let shown_again = browser.get("/admin/logga-in?till=/admin/konton").await;
    assert_eq!(shown_again.header("location"), "/admin/konton");
}

async fn a_code_works_once(site: Site) {
    let kim = Kim::settled(&site).await;
    let code = kim.code(&site);
    assert_eq!(Browser::on(&site).signs_in(&kim).await.status, 303);

    let mut second = Browser::on(&site);
    second.shows_password(EMAIL, OWN).await;
    let used = second.post("/admin/logga-in/kod", &[("code", &code)]).await;
    assert_eq!(used.status, 422);
    assert!(!second.is_signed_in().await);

    site.wait();
    let fresh = kim.code(&site);
    let done = second
        .post("/admin/logga-in/kod", &[("code", &fresh)])
        .await;
    assert_eq!(done.status, 303);
}

async fn ending_an_account_shuts_it_out_and_a_reset_asks_for_everything_anew(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let mut kim = Kim::settled(&site).await;
    let mut browser = Browser::on(&site);
    browser.signs_in(&kim).await;

    let reset = boss
        .post(&format!("/admin/konton/{}/aterstall", kim.id), &[])
        .await;
    assert_eq!(reset.status, 200);
    assert!(!browser.is_signed_in().await);
    assert_eq!(browser.shows_password(EMAIL, OWN).await.status, 422);
    let given = between(&reset.body, "<dd class=\"secret\">", "</dd>").to_owned();
    let next = browser.shows_password(EMAIL, &given).await;
    assert!(next.header("location").contains("/losenord"));
    let own = [("password", OWN), ("again", OWN)];
    browser.post("/admin/logga-in/losenord", &own).await;

    let old = kim.code(&site);
    let refused = browser
        .post("/admin/logga-in/ny-kod", &[("code", &old)])
        .await;
    assert_eq!(refused.status, 422, "the old app is good for nothing");
    kim.generation = 2;
    let code = kim.code(&site);
    browser
        .post("/admin/logga-in/ny-kod", &[("code", &code)])
        .await;
    site.wait();
    assert!(browser.is_signed_in().await);

    let ended = boss
        .post(&format!("/admin/konton/{}/avsluta", kim.id), &[])
        .await;
    assert_eq!(ended.status, 303);
    assert!(!browser.is_signed_in().await);
    assert_eq!(browser.shows_password(EMAIL, OWN).await.status, 422);
}

async fn what_staff_do_stands_in_the_log(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let fields = [
        ("name", "Ada Ås"),
        ("email", "ada@example.se"),
        ("role", "reader"),
    ];
    let added = boss.post("/admin/konton", &fields).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let again = boss.post("/admin/konton", &fields).await;
    assert_eq!(again.status, 422);

    let all = site.database.staff().await.unwrap();
    let ada = all
        .iter()
        .find(|one| one.email == "ada@example.se")
        .unwrap();
    let path = format!("/admin/konton/{}/roll", ada.id);
    boss.post(&path, &[("role", "analyst")]).await;

    let of_boss = AuditFilter {
        actor: Some(boss.email.clone()),
        ..AuditFilter::default()
    };
    let log = site.database.audit_log(&of_boss, 0, 10).await.unwrap();
    let mut lines: Vec<_> = log
        .entries
        .iter()
        .map(|line| {
            (
                line.action.as_str(),
                line.subject.as_str(),
                line.detail.as_str(),
            )
        })
        .filter(|line| line.0.starts_with("staff."))
        .collect();
    lines.sort_unstable();
    let added = r#"{"name":"Ada Ås","role":"reader"}"#;
    let changed = r#"{"after":"analyst","before":"reader"}"#;
    let expected = [
        ("staff.added", "ada@example.se", added),
        ("staff.role_changed", "ada@example.se", changed),
    ];
    assert_eq!(lines, expected);

    let page = boss.get("/admin/logg?vad=staff.role_changed").await;
    assert!(page.body.contains("Ändrade roll</td>"));
    assert!(!page.body.contains("Lade till konto</td>"));
    let none = boss
        .get("/admin/logg?fran=2022-03-11&till=2022-03-12")
        .await;
    assert!(none.body.contains("Inga händelser passar"));
    let that_day = boss
        .get("/admin/logg?fran=2022-03-10&till=2022-03-10")
        .await;
    assert!(that_day.body.contains("Lade till konto</td>"));
}

async fn whether_an_account_exists_is_not_told(site: Site) {
    Kim::settled(&site).await;
    let mut pages = Vec::new();
    for email in [EMAIL, "nobody@example.se"] {
        let mut browser = Browser::on(&site);
        let answered = browser.shows_password(email, "fel lösenord här").await;
        assert!(browser.cookies.is_empty());
        pages.push((answered.status, answered.body.replace(email, "…")));
    }
    assert_eq!(pages[0], pages[1]);
}

async fn an_attack_locks_out_neither_a_known_device_nor_other_accounts(site: Site) {
    let kim = Kim::settled(&site).await;
    let mut own = Browser::on(&site);
    own.signs_in(&kim).await;
    own.post("/admin/logga-ut", &[]).await;
    site.wait();

    // From Kim's own address, as from the same office, until nothing is looked at any more.
    let mut attacker = Browser::on(&site);
    let mut last = 0;
    for _ in 0..20 {
        last = attacker.shows_password(EMAIL, "fel lösenord").await.status;
    }
    assert_eq!(last, 429);
    let refused = attacker.shows_password(EMAIL, OWN).await;
    assert_eq!(
        refused.status, 429,
        "not even the true password is looked at"
    );

    assert_eq!(own.signs_in(&kim).await.status, 303);
    let elsewhere = Browser::from(&site, 99).shows_password(EMAIL, OWN).await;
    assert_eq!(elsewhere.status, 303, "nor is another address shut out");

    site.set_clock(NOW + 20 * MINUTE);
    assert_eq!(attacker.shows_password(EMAIL, OWN).await.status, 303);
}

async fn a_flood_of_guesses_keeps_no_known_device_waiting(site: Site) {
    const GUESSES: u8 = 120;
    let kim = Kim::settled(&site).await;
    let site = Arc::new(site);
    let mut own = Browser::on(&site);
    own.signs_in(&kim).await;
    own.post("/admin/logga-ut", &[]).await;
    site.wait();

    let looked_at = Arc::new(AtomicUsize::new(0));
    let guesses: Vec<_> = (0..GUESSES)
        .map(|host| {
            let (site, looked_at) = (Arc::clone(&site), Arc::clone(&looked_at));
            tokio::spawn(async move {
                let email = format!("kim{host}@example.se");
                let mut guesser = Browser::from(&site, host + 2);
                guesser.shows_password(&email, "fel lösenord").await;
                looked_at.fetch_add(1, Ordering::SeqCst);
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;

    assert_eq!(own.signs_in(&kim).await.status, 303);
    let before = looked_at.load(Ordering::SeqCst);
    assert!(before < usize::from(GUESSES) / 2, "{before} came before");
    for guess in guesses {
        guess.await.unwrap();
    }
}

async fn what_was_shown_holds_for_twenty_minutes(site: Site) {
    let kim = Kim::settled(&site).await;
    let mut browser = Browser::on(&site);
    browser.shows_password(EMAIL, OWN).await;
    site.set_clock(NOW + 20 * MINUTE);
    let code = kim.code(&site);
    let late = browser
        .post("/admin/logga-in/kod", &[("code", &code)])
        .await;
    assert_eq!(late.header("location"), "/admin/logga-in?laget=for-sent");
    assert!(!browser.is_signed_in().await);
}

async fn no_step_can_be_skipped(site: Site) {
    let kim = Kim::added(&site).await;
    let mut browser = Browser::on(&site);
    for step in ["losenord", "ny-kod", "kod"] {
        let path = format!("/admin/logga-in/{step}");
        assert_eq!(browser.get(&path).await.status, 303, "{step}");
        let fields = [("code", "123456"), ("password", OWN), ("again", OWN)];
        assert_eq!(browser.post(&path, &fields).await.status, 303, "{step}");
    }
    browser.shows_password(EMAIL, FIRST).await;
    let code = kim.code(&site);
    for step in ["ny-kod", "kod"] {
        let path = format!("/admin/logga-in/{step}");
        let sent_back = browser.post(&path, &[("code", &code)]).await;
        assert!(sent_back.header("location").contains("/losenord"), "{step}");
    }
    assert!(!browser.is_signed_in().await);
}

async fn cookies_are_kept_to_tls_where_there_is_tls(site: Site) {
    let kim = Kim::settled(&site).await;
    let mut browser = Browser::on(&site);
    browser
        .headers
        .push(("x-forwarded-proto", "https".to_owned()));
    let done = browser.signs_in(&kim).await;
    let set: Vec<_> = done.headers.get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(set.len(), 3);
    for cookie in set {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-vardenkat"), "{cookie}");
        assert!(
            cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"),
            "{cookie}"
        );
    }
    assert!(browser.is_signed_in().await);
}

async fn signing_out_ends_the_session_and_signing_in_gives_another(site: Site) {
    let kim = Kim::settled(&site).await;
    let mut browser = Browser::on(&site);
    browser.signs_in(&kim).await;
    let before = browser.cookies["vardenkat"].clone();

    let out = browser.post("/admin/logga-ut", &[]).await;
    assert_eq!(out.header("location"), "/admin/logga-in?laget=utloggad");
    let stolen = format!("vardenkat={before}");
    let answered = site.get_with_cookie("/admin/finns-inte", &stolen).await;
    assert_eq!(answered.status, 303);

    site.wait();
    browser.signs_in(&kim).await;
    assert_ne!(browser.cookies["vardenkat"], before);
}

async fn the_only_administrator_stays(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    for (path, fields) in [("avsluta", vec![]), ("roll", vec![("role", "reader")])] {
        let path = format!("/admin/konton/{}/{path}", boss.id);
        let refused = boss.post(&path, &fields).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("det enda som är administratör"));
    }
    assert_eq!(boss.get("/admin/konton").await.status, 200);
}

async fn a_proxy_is_believed_only_where_it_is_trusted(site: Site) {
    Kim::settled(&site).await;
    for host in 0..30 {
        let mut attacker = Browser::on(&site);
        let told = format!("198.51.100.{host}");
        attacker.headers.push(("x-forwarded-for", told));
        attacker.shows_password(EMAIL, "fel lösenord").await;
    }
    let refused = Browser::on(&site).shows_password(EMAIL, OWN).await;
    assert_eq!(refused.status, 429);
    assert_eq!(HOME.ip().to_string(), "192.0.2.1");
}

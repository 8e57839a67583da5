//! Links that are good, not yet, no longer, or never were.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::Request;
use server::storage::Timestamp;
use server::web::Settings;
use uuid::Uuid;

use crate::page::Answered;
use crate::site::{CLOSES, Chief, MINUTE, NOW, OPENS, Site, Typed};

on_both_databases!(
    before_the_round_opens_nothing_is_shown_or_taken,
    after_the_round_has_closed_nothing_more_is_taken_and_what_was_saved_is_there,
    a_revoked_link_is_gone_and_its_replacement_goes_on_where_it_stopped,
);
on_sqlite!(
    a_link_works_many_times,
    a_link_in_capitals_works,
    after_the_round_has_closed_the_receipt_can_still_be_read,
    what_has_been_handed_in_is_read_from_the_receipt,
    a_link_that_was_cut_off_is_unknown_and_says_what_to_do,
    a_link_that_was_never_issued_is_unknown,
    who_guesses_is_slowed_down_but_a_true_link_from_the_same_place_works,
    a_guess_elsewhere_is_not_counted_here,
    after_a_while_the_guesser_may_try_again,
    who_guesses_behind_a_proxy_is_counted_alone_where_the_proxy_is_trusted,
);

const SECTION: &str = "/avsnitt/om-vardcentralen/1";
const PAGES: [&str; 3] = ["", SECTION, "/granska"];

impl Answered {
    /// Where the page leads below the personal link, but for what stands around every page.
    fn links_within(&self, chief: &Chief<'_>) -> Vec<String> {
        self.links()
            .iter()
            .filter_map(|link| link.strip_prefix(&chief.path("")))
            .filter(|rest| !rest.is_empty() && !rest.starts_with("/om/"))
            .map(str::to_owned)
            .collect()
    }
}

/// Every way of writing is refused with `status`, and leaves nothing behind.
async fn takes_nothing(chief: &Chief<'_>, status: u16) {
    let before = chief.site.picture().await;
    let page = Uuid::nil().to_string();
    let form = [("page", page.as_str()), ("base", "0"), ("listed", "1")];
    let saved = chief.post(SECTION, &form).await;
    assert_eq!(saved.status, status);
    assert!(saved.is_swedish_page());
    let submitted = chief.post("/skicka", &[]).await;
    assert_eq!(submitted.status, status);
    assert!(submitted.is_swedish_page());
    let autosaved = chief.autosave(&[Typed::new("listed", "1")]).await;
    assert_eq!(autosaved.status, status);
    assert_eq!(chief.site.picture().await, before);
}

async fn before_the_round_opens_nothing_is_shown_or_taken(site: Site) {
    let chief = site.chief();
    site.set_clock(OPENS - 1);
    for path in PAGES {
        let page = chief.get(path).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(page.is_swedish_page());
        assert!(page.says("Enkäten öppnar 1 mars 2022."), "{}", page.text());
    }
    takes_nothing(&chief, 403).await;

    site.set_clock(OPENS);
    assert_eq!(chief.get("").await.status, 200);
}

async fn after_the_round_has_closed_nothing_more_is_taken_and_what_was_saved_is_there(site: Site) {
    let chief = site.chief();
    site.set_clock(CLOSES - 1);
    chief.types("listed", "8500").await;

    site.set_clock(CLOSES);
    for path in PAGES {
        let page = chief.get(path).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(page.is_swedish_page());
        let last_day = "Sista dag att svara var 15 april 2022.";
        assert!(page.says(last_day), "{}", page.text());
    }
    takes_nothing(&chief, 403).await;
    assert_eq!(chief.raw("listed").await, "8500");
}

async fn after_the_round_has_closed_the_receipt_can_still_be_read(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    site.set_clock(CLOSES);
    assert_eq!(
        chief.get("").await.links_within(&chief),
        Vec::<String>::new()
    );

    site.set_clock(CLOSES - 1);
    chief.post("/skicka", &[]).await;
    site.set_clock(CLOSES);
    assert_eq!(chief.get("").await.links_within(&chief), ["/kvitto"]);
    assert!(chief.get("/kvitto").await.says("8500"));
}

async fn what_has_been_handed_in_is_read_from_the_receipt(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    let before = chief.get("").await.links_within(&chief);
    assert!(before.contains(&"/granska".to_owned()), "{before:?}");

    chief.post("/skicka", &[]).await;
    assert_eq!(
        chief.get("").await.links_within(&chief),
        ["/kvitto", "/fel-mottagare"]
    );
}

async fn a_revoked_link_is_gone_and_its_replacement_goes_on_where_it_stopped(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    let replacement = Uuid::now_v7();
    let now = Timestamp::from_millis(NOW);
    let replaced = site.database.replace_link(chief.link, replacement, now);
    replaced.await.unwrap();

    for path in ["", SECTION, "/granska", "/kvitto", "/utskrift"] {
        let page = chief.get(path).await;
        assert_eq!(page.status, 410, "{path}");
        assert!(page.is_swedish_page());
        assert!(page.says("Länken gäller inte längre"));
    }
    takes_nothing(&chief, 410).await;

    let successor = site.holder_of(replacement);
    let page = successor.get(SECTION).await;
    assert_eq!(page.form()["listed"], "8500");
}

async fn a_link_works_many_times(site: Site) {
    let chief = site.chief();
    for _ in 0..5 {
        assert_eq!(chief.get("").await.status, 200);
        site.wait();
    }
}

async fn a_link_in_capitals_works(site: Site) {
    let chief = site.chief();
    let path = format!("/svara/{}", chief.token.to_ascii_uppercase());
    assert_eq!(site.get(&path).await.status, 200);
}

async fn a_link_that_was_cut_off_is_unknown_and_says_what_to_do(site: Site) {
    let chief = site.chief();
    let page = site.get(&format!("/svara/{}", &chief.token[..40])).await;
    assert_eq!(page.status, 404);
    assert!(page.is_swedish_page());
    assert!(page.says("Kontrollera att hela länken kom med"));
}

async fn a_link_that_was_never_issued_is_unknown(site: Site) {
    // Sealed with the true secret, as by a backup that was not restored.
    let lost = site.holder_of(Uuid::now_v7());
    assert_eq!(lost.get("").await.status, 404);
    assert_eq!(lost.autosave(&[]).await.status, 404);
    assert_eq!(lost.post("/skicka", &[]).await.status, 404);
    assert_eq!(lost.post("/oppna", &[]).await.status, 404);
}

async fn exhaust_guesses(site: &Site, from: SocketAddr) {
    for guess in 0..100 {
        let path = format!("/svara/gissning{guess}");
        if site.get_from(&path, from).await.status == 429 {
            return;
        }
    }
    panic!("a hundred guesses were all answered");
}

fn here() -> SocketAddr {
    SocketAddr::from(([198, 51, 100, 7], 50_000))
}

async fn who_guesses_is_slowed_down_but_a_true_link_from_the_same_place_works(site: Site) {
    exhaust_guesses(&site, here()).await;
    let page = site.get_from("/svara/igen", here()).await;
    assert_eq!(page.status, 429);
    assert!(page.is_swedish_page());
    assert!(page.says("För många försök"));
    let wait: i64 = page.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&wait), "{wait}");

    let chief = site.chief();
    let path = chief.path("");
    assert_eq!(site.get_from(&path, here()).await.status, 200);
}

async fn a_guess_elsewhere_is_not_counted_here(site: Site) {
    exhaust_guesses(&site, here()).await;
    let there = SocketAddr::from(([198, 51, 100, 8], 50_000));
    assert_eq!(site.get_from("/svara/igen", there).await.status, 404);
}

async fn after_a_while_the_guesser_may_try_again(site: Site) {
    exhaust_guesses(&site, here()).await;
    site.set_clock(NOW + 11 * MINUTE);
    assert_eq!(site.get_from("/svara/igen", here()).await.status, 404);
}

async fn who_guesses_behind_a_proxy_is_counted_alone_where_the_proxy_is_trusted(site: Site) {
    let proxy = SocketAddr::from(([198, 51, 100, 9], 50_000));
    let site = site.remade(|world| {
        world.with_settings(Settings {
            proxies: vec![proxy.ip()],
        })
    });
    let guess = async |from: SocketAddr, told: &str| {
        let request = Request::get("/svara/gissning").header("x-forwarded-for", told);
        let request = request.body(Body::empty()).unwrap();
        site.send(request, from).await.status
    };
    while guess(proxy, "203.0.113.1").await != 429 {}
    assert_eq!(guess(proxy, "203.0.113.2").await, 404);
    // What the guesser made up stands before what the proxy added.
    assert_eq!(guess(proxy, "203.0.113.3, 203.0.113.1").await, 429);

    let mut made_up = 0..100;
    let refused = loop {
        let told = format!("203.0.113.{}", made_up.next().unwrap() + 100);
        if guess(here(), &told).await == 429 {
            break told;
        }
    };
    assert_eq!(
        guess(proxy, &refused).await,
        404,
        "it was counted by whom it came from"
    );
}

//! Whatever is only asked for changes nothing: mail scanners open every link there is.

use std::collections::BTreeSet;

use crate::page::Answered;
use crate::site::{Chief, Site};

on_both_databases!(looking_at_every_page_changes_nothing);
on_sqlite!(
    what_is_posted_cannot_be_asked_for,
    a_page_that_is_not_there_says_so_in_swedish,
    a_section_of_others_is_not_there,
    the_language_is_chosen_in_the_address_and_remembered,
    a_language_nobody_speaks_is_swedish,
    the_front_page_tells_nothing,
);

/// Follows every link within the case, as a mail scanner does.
async fn crawl(chief: &Chief<'_>) -> BTreeSet<String> {
    let own = chief.path("");
    let mut seen = BTreeSet::new();
    let mut ahead = vec![
        own.clone(),
        chief.path("/granska"),
        chief.path("/kvitto"),
        chief.path("/fel-mottagare"),
        chief.path("/utskrift"),
    ];
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page: Answered = chief.site.get(&path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        ahead.extend(
            page.links()
                .into_iter()
                .chain([page.leads_to().to_owned()])
                .filter_map(|link| {
                    let link = match link.strip_prefix('?') {
                        Some(query) => format!("{}?{query}", path.split('?').next()?),
                        None => link,
                    };
                    link.split('#').next().map(str::to_owned)
                })
                .filter(|link| link.starts_with(&own)),
        );
    }
    seen
}

async fn looking_at_every_page_changes_nothing(site: Site) {
    let chief = site.rural_chief();
    chief.types("listed", "31000").await;
    chief.types("gp_specialist_fte", "150").await;
    chief.types("need", "yes").await;
    let before = site.picture().await;
    let seen = crawl(&chief).await;
    assert!(seen.len() > 20, "{seen:#?}");
    for must in ["/avsnitt/bemanning/1", "/avsnitt/bemanning/2", "/granska"] {
        assert!(seen.contains(&chief.path(must)), "{must} was not reached");
    }
    assert_eq!(site.picture().await, before);

    chief.types("gp_specialist_fte", "1,5").await;
    assert_eq!(chief.post("/skicka", &[]).await.status, 303);
    let before = site.picture().await;
    crawl(&chief).await;
    assert_eq!(site.picture().await, before);
}

async fn what_is_posted_cannot_be_asked_for(site: Site) {
    let chief = site.chief();
    for path in ["/spara", "/skicka", "/oppna"] {
        assert_eq!(chief.get(path).await.status, 405, "{path}");
    }
}

async fn a_page_that_is_not_there_says_so_in_swedish(site: Site) {
    let chief = site.chief();
    for path in [
        "/avsnitt/finns-inte",
        "/avsnitt/finns-inte/1",
        "/avsnitt/bemanning/0",
        "/avsnitt/bemanning/3",
        "/avsnitt/bemanning/99999999999999999999",
        "/avsnitt/bemanning/x",
        "/om/finns-inte",
        "/finns-inte",
    ] {
        let page = chief.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.is_swedish_page(), "{path}");
        assert!(page.says("Till startsidan"), "{path}");
    }
    for path in ["/svara/%FF", "/svara/%FF/granska"] {
        let page = site.get(path).await;
        assert!((400..500).contains(&page.status), "{path}");
        assert!(page.is_swedish_page(), "{path}: {}", page.body);
    }
    for path in [
        "/avsnitt/%FF",
        "/avsnitt/%FF/1",
        "/avsnitt/bemanning/%FF",
        "/om/%FF",
    ] {
        let page = chief.get(path).await;
        assert!((400..500).contains(&page.status), "{path}");
        assert!(page.is_swedish_page(), "{path}: {}", page.body);
    }
}

async fn a_section_of_others_is_not_there(site: Site) {
    const RURAL: &str = "/avsnitt/sarskilda-forutsattningar/1";
    assert_eq!(site.chief().get(RURAL).await.status, 404);
    assert_eq!(site.rural_chief().get(RURAL).await.status, 200);
}

async fn the_language_is_chosen_in_the_address_and_remembered(site: Site) {
    let chief = site.chief();
    let asked = chief.get("?sprak=en").await;
    assert!(asked.body.contains("<html lang=\"en\">"));
    let cookie = asked.header("set-cookie");
    assert!(cookie.starts_with("sprak=en;"), "{cookie}");
    for guard in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(guard), "{cookie}");
    }
    assert!(!cookie.contains(&chief.token));

    let path = chief.path("/granska");
    let remembered = site.get_with_cookie(&path, "a=b; sprak=en").await;
    assert!(remembered.body.contains("<html lang=\"en\">"));
    assert_eq!(remembered.header("set-cookie"), "");
    assert!(site.get(&path).await.is_swedish_page());

    let back = chief.path("/granska?sprak=sv");
    let back = site.get_with_cookie(&back, "sprak=en").await;
    assert!(back.is_swedish_page());
    assert!(back.header("set-cookie").starts_with("sprak=sv;"));
}

async fn a_language_nobody_speaks_is_swedish(site: Site) {
    let page = site.chief().get("?sprak=%00xx").await;
    assert_eq!(page.status, 200);
    assert!(page.is_swedish_page());
    assert_eq!(page.header("set-cookie"), "");
}

async fn the_front_page_tells_nothing(site: Site) {
    let page = site.get("/").await;
    assert_eq!(page.status, 404);
    assert!(!page.body.contains("/svara/"));
}

//! Headers that protect the link.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::page::{Answered, between};
use crate::site::{Site, Typed};

on_sqlite!(
    every_answer_protects_the_link_it_came_by,
    the_policy_lets_the_pages_own_style_and_scripts_run_and_nothing_else,
);

async fn all_kinds_of_answers(site: &Site) -> Vec<Answered> {
    let chief = site.chief();
    vec![
        chief.get("").await,
        chief.get("/avsnitt/bemanning/1").await,
        chief.get("/avsnitt/bemanning").await,
        chief.get("/avsnitt/finns-inte/1").await,
        chief.get("/spara").await,
        site.get("/finns-inte").await,
        site.get("/svara/okand").await,
        chief.autosave_raw("{").await,
        chief.autosave(&[Typed::new("listed", "8500")]).await,
        chief.post("/avsnitt/bemanning/1", &[("x", "y")]).await,
        chief.post("/skicka", &[]).await,
        chief.get("/kvitto").await,
    ]
}

async fn every_answer_protects_the_link_it_came_by(site: Site) {
    for answered in all_kinds_of_answers(&site).await {
        assert_eq!(answered.header("referrer-policy"), "no-referrer");
        assert_eq!(answered.header("cache-control"), "no-store");
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        let policy = answered.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    }
}

async fn the_policy_lets_the_pages_own_style_and_scripts_run_and_nothing_else(site: Site) {
    let page = site.chief().get("/avsnitt/bemanning/1").await;
    let policy = page.header("content-security-policy");
    let directive = |name: &str| {
        policy
            .split(';')
            .find_map(|one| one.trim().strip_prefix(name))
            .unwrap_or_else(|| panic!("no {name} in {policy}"))
    };
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));

    let style = between(&page.body, "<style>", "</style>");
    assert!(!style.is_empty());
    assert_eq!(directive("style-src ").trim(), hash(style));

    let scripts: Vec<&str> = page
        .body
        .split("<script")
        .skip(1)
        .map(|rest| between(rest, ">", "</script>"))
        .collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        assert!(!script.is_empty());
        assert!(directive("script-src ").contains(&hash(script)));
    }

    assert!(!policy.contains("unsafe-inline"));
    assert!(!page.body.contains(" style=\""));
    assert_eq!(page.body.matches("<style").count(), 1);
    assert!(!page.body.contains(" onclick="));
}

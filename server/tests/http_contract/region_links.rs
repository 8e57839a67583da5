//! What a region's coordinator sees by a link, and who may make and revoke it.

use app::staff::Role;
use server::storage::{Actor, DispositionCode, StoredText, Timestamp};
use uuid::Uuid;

use crate::colleague::Colleague;
use crate::page::{Answered, between};
use crate::site::{CLOSES, NOW, Site, Typed};

on_both_databases!(
    a_link_lists_the_regions_unanswered_units_and_nothing_they_answered,
    a_revoked_link_shows_nothing,
);
on_sqlite!(
    only_administrators_make_links,
    who_declined_or_answered_is_not_in_the_list,
    there_is_nobody_to_encourage_once_the_round_is_closed,
    a_personal_token_opens_no_region_and_a_regions_no_questionnaire,
    guessing_is_slowed_down_and_a_true_link_is_not,
    the_page_is_kept_out_of_search_engines_and_tells_no_other_site_its_address,
);

const LINKS: &str = "/admin/uppfoljning/2022/regionlankar";

/// Makes a link to the site's only region; its path.
async fn make(boss: &Colleague<'_>) -> String {
    let made = boss.post(LINKS, &[("region", "Region Exempel")]).await;
    let page = boss.get(made.leads_to()).await;
    assert!(page.says("Länken till Region Exempel är skapad."));
    path(&page)
}

fn path(page: &Answered) -> String {
    let token = between(&page.body, "/region/", "\"");
    assert_eq!(token.len(), 52);
    format!("/region/{token}")
}

async fn a_link_lists_the_regions_unanswered_units_and_nothing_they_answered(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    let chief = site.chief();
    chief.autosave(&[Typed::new("listed", "8517")]).await;

    let page = site.get(&link).await;

    assert_eq!(page.status, 200);
    assert!(page.says("Enheter som inte har svarat: Region Exempel"));
    assert!(page.says("3 enheter som inte har svarat"));
    for unit in ["ordinary", "rural", "neighbour"] {
        assert!(page.says(&format!("Vårdcentralen {unit}")), "{unit}");
    }
    assert_eq!(page.body.matches(">ja</td>").count(), 1);
    assert!(!page.body.contains("8517"));
    assert!(!page.body.contains(&chief.token));
    assert!(!page.body.contains("/admin/"));
}

async fn a_revoked_link_shows_nothing(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    let page = boss.get(LINKS).await;
    let revoke = between(&page.body, "/regionlankar/", "/aterkalla");

    let revoked = boss.post(&format!("{LINKS}/{revoke}/aterkalla"), &[]).await;
    let told = boss.get(revoked.leads_to()).await;
    assert!(told.says("Länken till Region Exempel är återkallad"));
    let page = site.get(&link).await;
    assert_eq!(page.status, 410);
    assert!(!page.says("Vårdcentralen"));

    let again = make(&boss).await;
    assert_ne!(again, link);
    assert_eq!(site.get(&again).await.status, 200);
    assert_eq!(site.get(&link).await.status, 410);
}

async fn only_administrators_make_links(site: Site) {
    let analyst = site.colleague(Role::Analyst).await;
    assert_eq!(analyst.get(LINKS).await.status, 403);
    assert_eq!(analyst.post(LINKS, &[]).await.status, 403);
    let boss = site.colleague(Role::Administrator).await;
    assert!(boss.get(LINKS).await.says("Ingen länk"));
}

async fn who_declined_or_answered_is_not_in_the_list(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    let case = site.rural_chief().view().await.case.id;
    site.database
        .set_disposition(
            case,
            DispositionCode::Refused,
            &StoredText::new("").unwrap(),
            &Actor::CommandLine,
            Timestamp::from_millis(NOW),
            &mut Uuid::now_v7,
        )
        .await
        .unwrap();

    let page = site.get(&link).await;

    assert!(page.says("2 enheter som inte har svarat"));
    assert!(!page.says("Vårdcentralen rural"));
}

async fn there_is_nobody_to_encourage_once_the_round_is_closed(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    site.set_clock(CLOSES);
    let page = site.get(&link).await;
    assert!(page.says("Undersökningen är stängd"));
    assert!(!page.says("Vårdcentralen"));
}

async fn a_personal_token_opens_no_region_and_a_regions_no_questionnaire(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    let chief = site.chief();
    let other = site.get(&format!("/region/{}", chief.token)).await;
    assert_eq!(other.status, 404);
    let token = link.strip_prefix("/region/").unwrap();
    assert_eq!(site.get(&format!("/svara/{token}")).await.status, 404);
}

async fn guessing_is_slowed_down_and_a_true_link_is_not(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    for guess in 0..30 {
        let answered = site.get(&format!("/region/{guess}")).await;
        assert_eq!(answered.status, 404, "{guess}");
    }
    assert_eq!(site.get("/region/more").await.status, 429);
    assert_eq!(site.get(&link).await.status, 200);
}

async fn the_page_is_kept_out_of_search_engines_and_tells_no_other_site_its_address(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let link = make(&boss).await;
    for path in [link.as_str(), "/region/unknown"] {
        let page = site.get(path).await;
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(
            page.body
                .contains("<meta name=\"robots\" content=\"noindex\"")
        );
        let policy = page.header("content-security-policy");
        assert!(policy.contains("style-src 'self'"), "{policy}");
    }
}

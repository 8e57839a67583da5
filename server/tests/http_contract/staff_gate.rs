//! Who gets past the staff's door.

use app::staff::Role;
use axum::body::Body;
use axum::http::Request;

use crate::site::{HOME, MINUTE, NOW, Site};

on_both_databases!(
    whoever_is_not_signed_in_is_asked_to_and_led_back,
    a_session_ends_after_eight_idle_hours,
    a_session_ends_after_a_day_however_busy,
    ending_an_account_ends_its_sessions,
);
on_sqlite!(
    a_role_that_does_not_suffice_is_told_so,
    nobody_but_administrators_changes_anything,
    a_form_from_another_site_changes_nothing,
    staff_pages_run_no_script_and_are_never_kept,
);

const HOUR: i64 = 60 * MINUTE;

async fn whoever_is_not_signed_in_is_asked_to_and_led_back(site: Site) {
    for cookie in ["", "vardenkat=", "vardenkat=nonsense", "vardenkat=aaaaaaaa"] {
        let answered = site.get_with_cookie("/admin/logg?sida=2", cookie).await;
        assert_eq!(answered.status, 303, "{cookie}");
        let place = answered.header("location");
        assert_eq!(place, "/admin/logga-in?till=%2Fadmin%2Flogg%3Fsida%3D2");
    }
}

async fn a_session_ends_after_eight_idle_hours(site: Site) {
    let reader = site.colleague(Role::Reader).await;
    site.set_clock(NOW + 8 * HOUR - 1);
    assert_eq!(reader.get("/admin/finns-inte").await.status, 404);
    site.set_clock(NOW + 16 * HOUR - 2);
    assert_eq!(reader.get("/admin/finns-inte").await.status, 404);
    site.set_clock(NOW + 24 * HOUR - 2);
    assert_eq!(reader.get("/admin/finns-inte").await.status, 303);
}

async fn a_session_ends_after_a_day_however_busy(site: Site) {
    let reader = site.colleague(Role::Reader).await;
    for hour in 0..24 {
        site.set_clock(NOW + hour * HOUR);
        assert_eq!(reader.get("/admin/finns-inte").await.status, 404, "{hour}");
    }
    site.set_clock(NOW + 24 * HOUR);
    assert_eq!(reader.get("/admin/finns-inte").await.status, 303);
}

async fn ending_an_account_ends_its_sessions(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    let reader = site.colleague(Role::Reader).await;
    assert_eq!(reader.get("/admin/finns-inte").await.status, 404);
    boss.post(&format!("/admin/konton/{}/avsluta", reader.id), &[])
        .await;
    assert_eq!(reader.get("/admin/finns-inte").await.status, 303);
    assert_eq!(boss.get("/admin/finns-inte").await.status, 404);
}

async fn a_role_that_does_not_suffice_is_told_so(site: Site) {
    for role in [Role::Reader, Role::Analyst] {
        let answered = site.colleague(role).await.get("/admin/konton").await;
        assert_eq!(answered.status, 403);
        assert!(answered.body.contains("Du har inte tillgång"));
    }
    let boss = site.colleague(Role::Administrator).await;
    assert_eq!(boss.get("/admin/konton").await.status, 200);
}

async fn nobody_but_administrators_changes_anything(site: Site) {
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    for role in [Role::Reader, Role::Analyst] {
        let colleague = site.colleague(role).await;
        for path in [
            "konton".to_owned(),
            format!("konton/{id}/roll"),
            format!("konton/{id}/aterstall"),
            format!("konton/{id}/avsluta"),
            "uppfoljning/2022/regionlankar".to_owned(),
            format!("uppfoljning/2022/regionlankar/{id}/aterkalla"),
            "register/import".to_owned(),
            format!("register/import/{id}"),
            format!("register/import/{id}/importera"),
            format!("register/import/{id}/slang"),
            format!("register/import/{id}/angra"),
            "register/klasser".to_owned(),
            "register/enheter/ordinary/redigera".to_owned(),
            "register/enheter/ordinary/person/chief".to_owned(),
            "register/enheter/ordinary/utfall".to_owned(),
            format!("rapporter/{id}/ny-chef"),
            format!("rapporter/{id}/stangd"),
            format!("rapporter/{id}/avsluta"),
            "omgangar".to_owned(),
            "omgangar/2022".to_owned(),
            "omgangar/2022/oppna".to_owned(),
            "omgangar/2022/stang".to_owned(),
            "omgangar/2022/utskick".to_owned(),
            "omgangar/2022/utskick/paus".to_owned(),
            "omgangar/2022/utskick/0/prov".to_owned(),
            "omgangar/2022/utskick/0/skicka".to_owned(),
        ] {
            let answered = colleague.post(&format!("/admin/{path}"), &[]).await;
            assert_eq!(answered.status, 403, "{role:?}: {path}");
        }
        for path in ["konton", "konton/ny", "logg", "brevlada"] {
            let answered = colleague.get(&format!("/admin/{path}")).await;
            assert_eq!(answered.status, 403, "{role:?}: {path}");
        }
    }
}

async fn a_form_from_another_site_changes_nothing(site: Site) {
    for path in ["/admin/logga-in", "/admin/logga-ut", "/admin/konton"] {
        let request = Request::post(path)
            .header("sec-fetch-site", "cross-site")
            .body(Body::empty())
            .unwrap();
        let answered = site.send(request, HOME).await;
        assert_eq!(answered.status, 403, "{path}");
        assert!(answered.body.contains("Formuläret kom inte härifrån"));
    }
}

async fn staff_pages_run_no_script_and_are_never_kept(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    for answered in [
        boss.get("/admin/konton").await,
        site.get("/admin/logga-in").await,
        boss.get("/admin/finns-inte").await,
    ] {
        let policy = answered.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
        assert_eq!(answered.header("cache-control"), "no-store");
        assert!(!answered.body.contains("<script"), "{}", answered.body);
    }
}

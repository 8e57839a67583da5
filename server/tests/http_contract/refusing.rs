//! What cannot be taken is refused clearly, and leaves everything as it was.

use crate::page::encode;
use crate::site::{Chief, Site, Typed};

on_both_databases!(
    a_text_with_a_nul_character_is_refused_whole,
    a_megabyte_is_refused,
    a_change_under_the_name_of_another_is_refused,
);
on_sqlite!(
    a_form_that_no_page_of_ours_sends_is_refused,
    a_form_in_another_encoding_is_refused_rather_than_mangled,
    an_autosave_that_is_not_what_the_script_sends_is_refused,
    one_bad_change_takes_none_of_its_company_along,
    a_report_that_is_not_from_our_form_is_refused,
    a_report_that_says_nothing_is_asked_about,
    reports_do_not_fill_the_disk,
);

const SECTION: &str = "/avsnitt/om-vardcentralen/1";
const PAGE: &str = "0190f3a2-0000-7000-8000-000000000001";

/// Asks for a Swedish page with a 4xx, and for the database as it was.
async fn refused(chief: &Chief<'_>, rest: &str, body: impl Into<axum::body::Body>, status: u16) {
    let before = chief.site.picture().await;
    let answered = chief.post_raw(rest, body).await;
    assert_eq!(answered.status, status, "{}", answered.text());
    assert!(answered.is_swedish_page(), "{}", answered.body);
    assert_eq!(chief.site.picture().await, before);
}

async fn a_form_that_no_page_of_ours_sends_is_refused(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    for body in [
        String::new(),
        "listed=1".to_owned(),
        "page=x&base=1&listed=1".to_owned(),
        format!("page={PAGE}&listed=1"),
        format!("page={PAGE}&base=-1&listed=1"),
        format!("page={PAGE}&base=99999999999999999999&listed=1"),
        format!("page={PAGE}&base=1&listed=1&stranger=1"),
        format!("page={PAGE}&base=1&listed=1&gp_specialist_fte=1"),
        format!("page={PAGE}&base=1&listed=1&listed=2"),
        format!("page={PAGE}&base=1&page={PAGE}&listed=1"),
        format!("page={PAGE}&base=1&listed=1&do=sudo"),
        format!("page={PAGE}&base=1&listed=1&do=mend:a:b:c"),
        format!("page={PAGE}&base=1&listed=1&do=clear:stranger"),
        format!("page={PAGE}&base=1&listed=1&reason:stranger:x=1"),
    ] {
        refused(&chief, SECTION, body, 400).await;
    }
}

async fn a_form_in_another_encoding_is_refused_rather_than_mangled(site: Site) {
    let chief = site.chief();
    let latin_1 = format!("page={PAGE}&base=0&role=other&role_other=L%E4kare&comment=");
    refused(&chief, "/avsnitt/avslutning/1", latin_1, 400).await;
    let mut bare = format!("page={PAGE}&base=0&role_other=L").into_bytes();
    bare.extend([0xe4, b'k', b'a', b'r', b'e']);
    refused(&chief, "/avsnitt/avslutning/1", bare, 400).await;
    let utf_16: Vec<u8> = "page=1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&chief, "/avsnitt/avslutning/1", utf_16, 400).await;
}

async fn a_text_with_a_nul_character_is_refused_whole(site: Site) {
    let chief = site.chief();
    chief.types("gp_specialist_fte", "150").await;
    let form = encode(&[
        ("page", PAGE),
        ("base", "1"),
        ("role_other", "Chef"),
        ("comment", "a\0b"),
    ]);
    refused(&chief, "/avsnitt/avslutning/1", form, 400).await;

    let before = site.picture().await;
    let typed = [Typed::new("listed", "1"), Typed::new("comment", "a\0b")];
    assert_eq!(chief.autosave(&typed).await.status, 400);
    assert_eq!(site.picture().await, before);

    let reason = [
        Typed::new("listed", "1"),
        Typed::new("confirm:posts_in_percent:gp_specialist_fte", "150\na\0b"),
    ];
    assert_eq!(chief.autosave(&reason).await.status, 400);
    assert_eq!(site.picture().await, before);

    let page = chief.get("/avsnitt/bemanning/1").await;
    let reason = [
        ("gp_specialist_persons", "7"),
        ("reason:posts_in_percent:gp_specialist_fte", "a\0b"),
    ];
    let keep = "keep:posts_in_percent:gp_specialist_fte";
    assert!(page.buttons().iter().any(|button| button == keep));
    let kept = chief.press("/avsnitt/bemanning/1", &page, &reason, keep);
    assert_eq!(kept.await.status, 400);
    assert_eq!(site.picture().await, before);

    let report = encode(&[("kind", "other"), ("note", "a\0b")]);
    refused(&chief, "/fel-mottagare", report, 400).await;
}

async fn a_megabyte_is_refused(site: Site) {
    let chief = site.chief();
    chief.types("comment", "kvar").await;
    let megabyte = "a".repeat(1024 * 1024);
    let form = format!("page={PAGE}&base=1&comment={megabyte}");
    refused(&chief, "/avsnitt/avslutning/1", form, 413).await;
    let report = format!("kind=other&note={megabyte}");
    refused(&chief, "/fel-mottagare", report, 413).await;

    let before = site.picture().await;
    let typed = [Typed::new("comment", &megabyte)];
    assert_eq!(chief.autosave(&typed).await.status, 413);
    // Small enough to be read, too long to be an answer.
    let typed = [
        Typed::new("listed", "1"),
        Typed::new("comment", &megabyte[..70_000]),
    ];
    assert_eq!(chief.autosave(&typed).await.status, 400);
    assert_eq!(site.picture().await, before);
    assert_eq!(chief.raw("comment").await, "kvar");
}

async fn an_autosave_that_is_not_what_the_script_sends_is_refused(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    let before = site.picture().await;
    let good = Typed::new("listed", "1").json();
    let with = |key: &str, value: serde_json::Value| {
        let mut change = good.clone();
        change[key] = value;
        serde_json::json!([change]).to_string()
    };
    let without = |key: &str| {
        let mut change = good.clone();
        change.as_object_mut().unwrap().remove(key);
        serde_json::json!([change]).to_string()
    };
    let many: Vec<_> = (0..600).map(|_| Typed::new("listed", "1").json()).collect();
    for body in [
        String::new(),
        "null".to_owned(),
        "{}".to_owned(),
        "[1]".to_owned(),
        "[[]]".to_owned(),
        format!("[{good}"),
        good.to_string(),
        "[".repeat(100_000),
        with("stranger", 1.into()),
        with("name", "stranger".into()),
        with("name", "".into()),
        with("name", "confirm:".into()),
        with("name", "confirm:swapped:stranger".into()),
        with("name", "confirm:stranger:listed".into()),
        with("value", 1.into()),
        with("base", (-1).into()),
        with("base", 5_000_000_000_u64.into()),
        with("page", "x".into()),
        with("change", "x".into()),
        with("at", "igår".into()),
        without("change"),
        without("page"),
        without("base"),
        serde_json::to_string(&many).unwrap(),
    ] {
        let shown = &body[..body.len().min(200)];
        assert_eq!(
            chief.autosave_raw(body.clone()).await.status,
            400,
            "{shown}"
        );
    }
    let latin_1 = [b"[\"L".as_slice(), &[0xe4], b"kare\"]"].concat();
    assert_eq!(chief.autosave_raw(latin_1).await.status, 400);
    assert_eq!(site.picture().await, before);
}

async fn one_bad_change_takes_none_of_its_company_along(site: Site) {
    let chief = site.chief();
    let before = site.picture().await;
    let typed = [Typed::new("listed", "8500"), Typed::new("stranger", "1")];
    assert_eq!(chief.autosave(&typed).await.status, 400);
    assert_eq!(site.picture().await, before);
}

async fn a_change_under_the_name_of_another_is_refused(site: Site) {
    let chief = site.chief();
    let first = Typed::new("listed", "8500");
    assert_eq!(
        chief.autosave(std::slice::from_ref(&first)).await.status,
        200
    );
    let before = site.picture().await;
    let stolen = Typed {
        change: first.change,
        ..Typed::new("ownership", "public")
    };
    let typed = [Typed::new("need", "yes"), stolen];
    assert_eq!(chief.autosave(&typed).await.status, 400);
    assert_eq!(site.picture().await, before);
}

async fn a_report_that_is_not_from_our_form_is_refused(site: Site) {
    let chief = site.chief();
    for body in [
        "kind=other&stranger=1",
        "kind=other&kind=closed",
        "kind=other&note=%E4",
    ] {
        refused(&chief, "/fel-mottagare", body, 400).await;
    }
}

async fn a_report_that_says_nothing_is_asked_about(site: Site) {
    let chief = site.chief();
    let before = site.picture().await;
    let note = "Hon slutade \"i går\" <nu>";
    for (fields, complaint) in [
        (vec![("note", note)], "Välj vad det gäller"),
        (
            vec![("kind", "new_chief"), ("note", note)],
            "Skriv namn eller e-postadress till den",
        ),
        (
            vec![("kind", "other"), ("email", "kim.ek"), ("note", note)],
            "Skriv e-postadressen som",
        ),
    ] {
        let page = chief.post("/fel-mottagare", &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.title().starts_with("Fel: "));
        assert!(page.says(complaint), "{}", page.text());
        assert_eq!(page.form()["note"], note);
    }
    assert_eq!(site.picture().await, before);

    let fields = [("kind", "new_chief"), ("name", "Kim Ek"), ("note", note)];
    let page = chief.post("/fel-mottagare", &fields).await;
    assert_eq!(page.status, 200);
    assert!(page.says("Tack, det är noterat"));
    let reports = site.rows("report").await;
    assert_eq!(reports.len(), 1);
    assert!(reports[0].contains("Kim Ek") && reports[0].contains("new_chief"));
}

async fn reports_do_not_fill_the_disk(site: Site) {
    let chief = site.chief();
    let mut last = 200;
    for number in 0..60 {
        let note = format!("Meddelande {number}");
        let fields = [("kind", "other"), ("note", note.as_str())];
        last = chief.post("/fel-mottagare", &fields).await.status;
    }
    assert_eq!(last, 429);
    assert!(site.rows("report").await.len() < 60);
}

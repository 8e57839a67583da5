//! What was typed is kept as typed, once, whatever the network does.

use uuid::Uuid;

use crate::site::{CLOSES, Site, Typed};

on_both_databases!(
    a_change_sent_again_is_kept_once,
    every_text_arrives_as_typed,
    personal_details_stand_in_the_personal_tables_only,
    what_was_kept_before_the_round_closed_is_acknowledged_after,
);
on_sqlite!(
    an_empty_autosave_is_fine,
    a_page_without_changes_adds_nothing_when_saved_again,
    a_box_that_is_unticked_is_emptied,
    a_choice_can_be_taken_back,
    a_section_saved_by_form_and_by_script_says_the_same,
    many_changes_at_once_are_all_kept,
    answers_off_the_route_are_kept,
    a_form_sent_twice_is_kept_once,
    what_looks_like_markup_stays_a_text,
);

const SECTION: &str = "/avsnitt/om-vardcentralen/1";

async fn a_change_sent_again_is_kept_once(site: Site) {
    let chief = site.chief();
    let typed = [Typed::new("listed", "8500"), Typed::new("comment", "Hej")];
    let first = chief.autosave(&typed).await;
    assert_eq!(first.status, 200);
    let once = site.picture().await;
    for _ in 0..3 {
        site.wait();
        let again = chief.autosave(&typed).await;
        assert_eq!((again.status, &again.body), (200, &first.body));
    }
    assert_eq!(site.picture().await, once);

    // A later text is not undone by an earlier one that was under way for long.
    let later = Typed {
        base: 1,
        ..Typed::new("listed", "8600")
    };
    assert_eq!(chief.autosave(&[later]).await.status, 200);
    assert_eq!(chief.autosave(&typed).await.status, 200);
    assert_eq!(chief.raw("listed").await, "8600");
}

const TEXTS: [&str; 6] = [
    "1 ½\u{a0}000\u{202f}%",
    "rad ett\nrad två\n\n  indragen  ",
    "\"citat\" '; DROP TABLE revision; --",
    "åäö ÅÄÖ é 中文 👩🏽‍⚕️ \u{202e}baklänges",
    "a=b&c=d+e%20f",
    "{token} $1 \\n \\u0041",
];

async fn every_text_arrives_as_typed(site: Site) {
    let chief = site.chief();
    for (number, text) in TEXTS.iter().enumerate() {
        let page = "/avsnitt/avslutning/1";
        let saved = chief.fill_in(page, &[("comment", text)], "next").await;
        assert_eq!(saved.status, 303, "{text}");
        assert_eq!(chief.raw("comment").await, *text, "by form");
        assert_eq!(chief.get(page).await.form()["comment"], *text);

        let other = format!("{text}{number}");
        chief.types("comment", &other).await;
        assert_eq!(chief.raw("comment").await, other, "by script");
    }
}

/// What a browser would read as markup, or leave out, were it to stand in a page as it is.
const MARKUP: [&str; 4] = [
    "</textarea><script>alert('x')</script>",
    "\"><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; <b>",
    "\nbörjar på ny rad",
];

async fn what_looks_like_markup_stays_a_text(site: Site) {
    const LONG: &str = "/avsnitt/avslutning/1";
    let chief = site.chief();
    for text in MARKUP {
        for (page, field) in [(LONG, "comment"), (LONG, "role_other"), (SECTION, "listed")] {
            chief.fill_in(page, &[(field, text)], "next").await;
            let shown = chief.get(page).await;
            assert_eq!(shown.form()[field], text);
            assert!(!shown.body.contains("<script>alert"), "{field}");
            assert!(!shown.body.contains("<img"), "{field}");
        }
        for page in ["/granska", LONG, SECTION] {
            let shown = chief.get(page).await;
            assert!(!shown.body.contains("<script>alert"), "{page}");
            assert!(!shown.body.contains("<img"), "{page}");
        }
        let report = [("kind", "new_chief"), ("note", text)];
        let asked = chief.post("/fel-mottagare", &report).await;
        assert_eq!(asked.form()["note"], text.trim());
        assert!(!asked.body.contains("<script>alert"));
    }
}

async fn personal_details_stand_in_the_personal_tables_only(site: Site) {
    const PAGE: &str = "/avsnitt/sarskilda-forutsattningar/1";
    let chief = site.rural_chief();
    chief.types("interview", "yes").await;
    let typed = [
        ("interview_name", "Personliga Namnet"),
        ("interview_email", "personlig@example.se"),
    ];
    assert_eq!(chief.fill_in(PAGE, &typed, "next").await.status, 303);
    chief.types("interview_phone", "070-personlig").await;
    assert_eq!(
        chief.post("/skicka", &[]).await.leads_to(),
        chief.path("/kvitto")
    );

    let personal = ["Personliga Namnet", "personlig@example.se", "070-personlig"];
    for (table, rows) in site.picture().await {
        for detail in personal {
            let there = rows.iter().any(|row| row.contains(detail));
            assert_eq!(there, table.starts_with("personal_"), "{detail} in {table}");
        }
    }
    let receipt = chief.get("/kvitto").await;
    assert!(receipt.says("Personliga Namnet"));
}

async fn what_was_kept_before_the_round_closed_is_acknowledged_after(site: Site) {
    let chief = site.chief();
    let typed = [Typed::new("listed", "8500")];
    site.set_clock(CLOSES - 1);
    assert_eq!(chief.autosave(&typed).await.status, 200);
    let before = site.picture().await;
    site.set_clock(CLOSES);
    // The answer was lost on the way; the page asks again.
    assert_eq!(chief.autosave(&typed).await.status, 200);
    assert_eq!(site.picture().await, before);
}

async fn an_empty_autosave_is_fine(site: Site) {
    let chief = site.chief();
    let before = site.picture().await;
    let answered = chief.autosave(&[]).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.body, r#"{"clashes":[]}"#);
    assert_eq!(site.picture().await, before);
}

async fn a_page_without_changes_adds_nothing_when_saved_again(site: Site) {
    let chief = site.chief();
    let typed = [("listed", "8500"), ("ownership", "public")];
    chief.fill_in(SECTION, &typed, "next").await;
    let before = site.picture().await;
    for _ in 0..2 {
        site.wait();
        assert_eq!(chief.fill_in(SECTION, &[], "next").await.status, 303);
    }
    assert_eq!(site.picture().await, before);
}

async fn a_form_sent_twice_is_kept_once(site: Site) {
    let chief = site.chief();
    let page = chief.get(SECTION).await;
    let typed = [("listed", "8500"), ("ownership", "public")];
    let first = chief.press(SECTION, &page, &typed, "next").await;
    let before = site.picture().await;
    site.wait();
    let again = chief.press(SECTION, &page, &typed, "next").await;
    assert_eq!(again.leads_to(), first.leads_to());
    assert_eq!(site.picture().await, before);
}

async fn a_box_that_is_unticked_is_emptied(site: Site) {
    const PAGE: &str = "/avsnitt/bemanning/1";
    let chief = site.chief();
    chief
        .fill_in(PAGE, &[("dietitian_none", "1")], "next")
        .await;
    assert_eq!(chief.raw("dietitian_none").await, "1");
    let page = chief.get(PAGE).await;
    let mut form = page.form();
    assert_eq!(form.remove("dietitian_none").as_deref(), Some("1"));
    form.insert("do".to_owned(), "next".to_owned());
    let fields: Vec<_> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(chief.post(PAGE, &fields).await.status, 303);
    assert_eq!(chief.raw("dietitian_none").await, "");
}

async fn a_choice_can_be_taken_back(site: Site) {
    let chief = site.chief();
    chief
        .fill_in(SECTION, &[("ownership", "private")], "next")
        .await;
    let page = chief.get(SECTION).await;
    let clear = "clear:ownership";
    assert!(page.buttons().iter().any(|button| button == clear));
    let cleared = chief.press(SECTION, &page, &[], clear).await;
    assert_eq!(
        cleared.leads_to(),
        chief.path(&format!("{SECTION}#ownership"))
    );
    assert_eq!(chief.raw("ownership").await, "");
}

async fn a_section_saved_by_form_and_by_script_says_the_same(site: Site) {
    let (by_form, by_script) = (site.chief(), site.neighbour());
    let typed = [("listed", "9\u{a0}100"), ("ownership", "private")];
    by_form.fill_in(SECTION, &typed, "next").await;
    for (name, value) in typed {
        by_script.types(name, value).await;
    }
    let (mine, yours) = (by_form.view().await, by_script.view().await);
    let texts = |view: &server::storage::CaseView| -> Vec<(String, String)> {
        let own = |(name, raw): (&str, &str)| (name.to_owned(), raw.to_owned());
        view.answers.iter().map(own).collect()
    };
    assert_eq!(texts(&mine), texts(&yours));
}

async fn many_changes_at_once_are_all_kept(site: Site) {
    let chief = site.chief();
    let page = Uuid::now_v7();
    let typed: Vec<_> = (0..400)
        .map(|number| Typed {
            page,
            ..Typed::new(
                ["listed", "comment", "need"][number % 3],
                &number.to_string(),
            )
        })
        .collect();
    assert_eq!(chief.autosave(&typed).await.status, 200);
    assert_eq!(site.rows("revision").await.len(), 400);
    assert_eq!(chief.raw("listed").await, "399");
}

async fn answers_off_the_route_are_kept(site: Site) {
    const PAGE: &str = "/avsnitt/bemanning/2";
    let chief = site.chief();
    let typed = [("need", "yes"), ("district_nurse_need_fte", "2,5")];
    chief.fill_in(PAGE, &typed, "next").await;
    chief.fill_in(PAGE, &[("need", "no")], "next").await;
    assert_eq!(chief.raw("district_nurse_need_fte").await, "2,5");
    chief.fill_in(PAGE, &[("need", "yes")], "next").await;
    assert_eq!(
        chief.get(PAGE).await.form()["district_nurse_need_fte"],
        "2,5"
    );
}

//! Two devices at once: a field changed on both is shown with both texts, and no other field suffers.

use uuid::Uuid;

use crate::site::{Chief, Site, Typed};

on_both_databases!(
    a_field_changed_on_both_is_shown_with_both_texts_and_mine_can_be_kept,
    a_field_changed_on_both_can_be_left_as_the_other_device_had_it,
    the_script_is_told_of_a_field_changed_elsewhere,
);
on_sqlite!(
    fields_changed_on_one_device_only_keep_their_text,
    both_coming_to_the_same_text_is_no_conflict,
);

const SECTION: &str = "/avsnitt/om-vardcentralen/1";

/// The phone says 8500, then the desk, opened before that, says 9000.
async fn quarrel(chief: &Chief<'_>) {
    let (phone, desk) = (chief.get(SECTION).await, chief.get(SECTION).await);
    let on = chief.press(SECTION, &phone, &[("listed", "8500")], "next");
    assert_eq!(on.await.leads_to(), chief.path("/avsnitt/bemanning/1"));
    chief.site.wait();
    let typed = [("listed", "9000"), ("ownership", "private")];
    let stays = chief.press(SECTION, &desk, &typed, "next").await;
    assert_eq!(stays.leads_to(), chief.path(SECTION));
    assert_eq!(chief.raw("listed").await, "8500");
    assert_eq!(chief.raw("ownership").await, "private");
}

async fn settled(chief: &Chief<'_>, verb: &str, text: &str) {
    let page = chief.get(SECTION).await;
    assert!(page.says("Svar har ändrats på en annan enhet"));
    assert!(
        page.says("Här står ”9000”, där står ”8500”."),
        "{}",
        page.text()
    );
    let button = format!("{verb}:listed");
    assert!(page.buttons().contains(&button), "{:?}", page.buttons());
    let chosen = chief.press(SECTION, &page, &[], &button).await;
    assert_eq!(chosen.leads_to(), chief.path(&format!("{SECTION}#listed")));
    assert_eq!(chief.raw("listed").await, text);
    let page = chief.get(SECTION).await;
    assert!(!page.says("Svar har ändrats på en annan enhet"));
    assert_eq!(page.form()["listed"], text);
    assert_eq!(chief.view().await.answers.all_conflicts().count(), 0);
}

async fn a_field_changed_on_both_is_shown_with_both_texts_and_mine_can_be_kept(site: Site) {
    let chief = site.chief();
    quarrel(&chief).await;
    settled(&chief, "mine", "9000").await;
}

async fn a_field_changed_on_both_can_be_left_as_the_other_device_had_it(site: Site) {
    let chief = site.chief();
    quarrel(&chief).await;
    settled(&chief, "theirs", "8500").await;
}

async fn the_script_is_told_of_a_field_changed_elsewhere(site: Site) {
    let chief = site.chief();
    let on = |page: u128, base: u32, text: &str| Typed {
        page: Uuid::from_u128(page),
        base,
        ..Typed::new("listed", text)
    };
    assert_eq!(chief.autosave(&[on(1, 0, "8500")]).await.status, 200);
    let told = chief.autosave(&[on(2, 0, "9000")]).await;
    let told: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    let clash = &told["clashes"][0];
    assert_eq!(clash["name"], "listed");
    assert_eq!(
        (&clash["mine"], &clash["theirs"]),
        (&"9000".into(), &"8500".into())
    );

    let base = u32::try_from(clash["base"].as_u64().unwrap()).unwrap();
    let chosen = chief.autosave(&[on(2, base, "9000")]).await;
    assert_eq!(chosen.body, r#"{"clashes":[]}"#);
    assert_eq!(chief.raw("listed").await, "9000");
}

async fn fields_changed_on_one_device_only_keep_their_text(site: Site) {
    let chief = site.chief();
    let desk = chief.get(SECTION).await;
    chief.types("listed", "8500").await;
    let saved = chief.press(SECTION, &desk, &[("ownership", "public")], "next");
    assert_eq!(saved.await.status, 303);
    assert_eq!(chief.raw("listed").await, "8500");
    assert_eq!(chief.raw("ownership").await, "public");
    assert_eq!(chief.view().await.answers.all_conflicts().count(), 0);
}

async fn both_coming_to_the_same_text_is_no_conflict(site: Site) {
    let chief = site.chief();
    let desk = chief.get(SECTION).await;
    chief.types("listed", "8500").await;
    let saved = chief
        .press(SECTION, &desk, &[("listed", "8500")], "next")
        .await;
    assert_eq!(saved.leads_to(), chief.path("/avsnitt/bemanning/1"));
}

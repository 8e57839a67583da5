//! Saving what is typed.

use server::storage::{AppendError, NewRevision, Outcome, Refusal, RevisionNumber, Timestamp};

use crate::support::world::{CLOSES, DURING, OPENS, Page, World, new_id, stored, submission};

on_both_databases!(
    what_is_typed_is_there_for_the_next_page,
    everything_typed_is_remembered_as_typed,
    a_change_sent_again_is_kept_once,
    a_section_is_kept_at_once_and_only_what_changed,
    a_field_changed_on_two_devices_shows_both_texts_and_a_choice_settles_it,
    a_device_that_lags_behind_harms_no_field_it_did_not_touch,
    contact_details_are_kept_apart,
    nothing_is_taken_before_opening_after_closing_or_from_a_revoked_link,
    nothing_is_taken_after_submission_but_what_was_kept_is_told_again,
    a_change_that_poses_as_another_takes_nothing_with_it,
    a_page_that_claims_to_have_seen_the_future_has_seen_the_present,
    many_who_type_at_once_lose_nothing,
    two_who_type_in_one_case_at_once_get_numbers_without_gaps,
);

async fn what_is_typed_is_there_for_the_next_page(world: World) {
    let link = world.a_link().await;
    let typed = Page::blank().types("listed", "8 500");

    let appended = world.save(link, typed.clone()).await;

    let view = world.view(link).await;
    let revision = view.answers.get("listed").unwrap();
    assert_eq!(revision, stored(&appended));
    assert_eq!(appended.change, typed.change);
    assert_eq!(revision.raw, "8 500");
    assert_eq!(revision.page, typed.page);
    assert_eq!(revision.received_at, DURING);
    assert_eq!(view.latest(), revision.number);
}

async fn everything_typed_is_remembered_as_typed(world: World) {
    let link = world.a_link().await;
    let page = Page::blank();
    let texts = [
        "8",
        "85",
        "åtta tusen ½ \u{a0}\u{2212}\u{1f600}",
        "",
        " 8500 ",
    ];

    for text in texts {
        world.save(link, page.types("listed", text)).await;
    }

    let view = world.view(link).await;
    let history = view.answers.history("listed");
    let raws: Vec<_> = history
        .iter()
        .map(|revision| revision.raw.as_str())
        .collect();
    assert_eq!(raws, texts);
    assert_eq!(view.answers.raw("listed"), " 8500 ");
    assert_eq!(view.answers.at("listed", history[1].number), "85");
}

async fn a_change_sent_again_is_kept_once(world: World) {
    let link = world.a_link().await;
    let typed = Page::blank().types("listed", "8500");
    let first = world.save(link, typed.clone()).await;
    world.save(link, Page::blank().types("other", "1")).await;

    let again = world.save(link, typed.clone()).await;
    let twice_at_once = world.save_all(link, vec![typed.clone(), typed]).await;

    assert_eq!(again, first);
    assert_eq!(twice_at_once, [first.clone(), first]);
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 2);
}

async fn a_section_is_kept_at_once_and_only_what_changed(world: World) {
    let link = world.a_link().await;
    let page = Page::blank();
    world
        .save_all(
            link,
            vec![
                page.types("a", "1"),
                page.types("b", "2"),
                page.types("c", ""),
            ],
        )
        .await;

    let page = Page::of(&world.view(link).await);
    let outcomes: Vec<_> = world
        .save_all(
            link,
            vec![
                page.types("a", "1"),
                page.types("b", "3"),
                page.types("c", ""),
            ],
        )
        .await
        .into_iter()
        .map(|appended| matches!(appended.outcome, Outcome::Unchanged))
        .collect();

    assert_eq!(outcomes, [true, false, true]);
    let view = world.view(link).await;
    let answers: Vec<_> = view.answers.iter().collect();
    assert_eq!(answers, [("a", "1"), ("b", "3"), ("c", "")]);
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 4);
}

async fn a_field_changed_on_two_devices_shows_both_texts_and_a_choice_settles_it(world: World) {
    let link = world.a_link().await;
    let (phone, desk) = (Page::blank(), Page::blank());
    let on_phone = world.save(link, phone.types("listed", "8500")).await;

    let on_desk = desk.types("listed", "9000");
    let conflict = world.save(link, on_desk.clone()).await;

    let Outcome::Conflict { mine, other } = &conflict.outcome else {
        panic!("expected a conflict, got {conflict:?}")
    };
    assert_eq!(mine.raw, "9000");
    assert_eq!(other, stored(&on_phone));
    let view = world.view(link).await;
    assert_eq!(view.answers.raw("listed"), "8500");
    assert_eq!(view.answers.conflicts("listed").collect::<Vec<_>>(), [mine]);
    assert_eq!(world.save(link, on_desk).await, conflict, "sent again");

    let chosen = NewRevision {
        base: mine.number,
        ..desk.types("listed", "9000")
    };
    stored(&world.save(link, chosen).await);
    let view = world.view(link).await;
    assert_eq!(view.answers.raw("listed"), "9000");
    assert_eq!(view.answers.all_conflicts().count(), 0);
}

async fn a_device_that_lags_behind_harms_no_field_it_did_not_touch(world: World) {
    let link = world.a_link().await;
    let first = Page::blank();
    world
        .save_all(link, vec![first.types("a", "1"), first.types("b", "2")])
        .await;
    let lagging = Page::of(&world.view(link).await);
    world.save(link, first.types("a", "10")).await;

    let appended = world
        .save_all(
            link,
            vec![lagging.types("a", "1"), lagging.types("b", "20")],
        )
        .await;

    assert!(matches!(
        &appended[0].outcome,
        Outcome::ChangedElsewhere { current } if current.raw == "10"
    ));
    stored(&appended[1]);
    let view = world.view(link).await;
    assert_eq!(view.answers.raw("a"), "10");
    assert_eq!(view.answers.raw("b"), "20");
    assert_eq!(view.answers.all_conflicts().count(), 0);
}

async fn contact_details_are_kept_apart(world: World) {
    let link = world.a_link().await;
    let page = Page::blank();
    let personal = NewRevision {
        personal: true,
        ..page.types("contact_name", "Ada")
    };

    let appended = world
        .save_all(
            link,
            vec![
                page.types("listed", "8500"),
                personal,
                page.types("listed", "8501"),
            ],
        )
        .await;

    let numbers: Vec<_> = appended.iter().map(|each| stored(each).number).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "one series");
    let view = world.view(link).await;
    assert_eq!(view.personal.raw("contact_name"), "Ada");
    assert_eq!(view.answers.get("contact_name"), None);
    assert_eq!(view.personal.get("listed"), None);
    let leaked = "SELECT count(*) FROM revision WHERE raw = 'Ada'";
    assert_eq!(world.number(leaked).await, 0);
}

async fn nothing_is_taken_before_opening_after_closing_or_from_a_revoked_link(world: World) {
    let link = world.a_link().await;
    let typed = Page::blank().types("listed", "8500");
    let refusal = async |link, now| {
        let typed = vec![typed.clone()];
        match world.database.append_revisions(link, typed, now).await {
            Err(AppendError::Refused(refusal)) => refusal,
            other => panic!("expected a refusal, got {other:?}"),
        }
    };

    let early = Timestamp::from_millis(OPENS.millis() - 1);
    assert_eq!(refusal(link, early).await, Refusal::NotYetOpen);
    assert_eq!(refusal(link, CLOSES).await, Refusal::Closed);
    world.database.revoke_link(link, DURING).await.unwrap();
    assert_eq!(refusal(link, DURING).await, Refusal::Revoked);
    let unknown = world
        .database
        .append_revisions(new_id(), vec![typed.clone()], DURING)
        .await;
    assert!(matches!(unknown, Err(AppendError::UnknownLink)));
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 0);
}

async fn nothing_is_taken_after_submission_but_what_was_kept_is_told_again(world: World) {
    let link = world.a_link().await;
    let page = Page::blank();
    let kept = page.types("listed", "8500");
    let first = world.save(link, kept.clone()).await;
    let view = world.view(link).await;
    world
        .database
        .submit(link, submission(&view, 1), DURING)
        .await
        .unwrap();

    let late = world
        .database
        .append_revisions(link, vec![kept.clone(), page.types("listed", "9")], DURING)
        .await;

    assert!(matches!(
        late,
        Err(AppendError::Refused(Refusal::Submitted))
    ));
    assert_eq!(world.save(link, kept).await, first);
    assert_eq!(world.view(link).await.answers, view.answers);
}

async fn a_change_that_poses_as_another_takes_nothing_with_it(world: World) {
    let link = world.a_link().await;
    let page = Page::blank();
    let first = page.types("a", "1");
    world.save(link, first.clone()).await;

    let posing = NewRevision {
        change: first.change,
        ..page.types("b", "2")
    };
    let refused = world
        .database
        .append_revisions(link, vec![page.types("c", "3"), posing], DURING)
        .await;

    assert!(matches!(refused, Err(AppendError::ChangeReused)));
    let view = world.view(link).await;
    assert_eq!(view.answers.iter().collect::<Vec<_>>(), [("a", "1")]);
    stored(&world.save(link, page.types("c", "3")).await);
}

async fn a_page_that_claims_to_have_seen_the_future_has_seen_the_present(world: World) {
    let link = world.a_link().await;
    let honest = world.save(link, Page::blank().types("a", "1")).await;
    let bold = Page {
        id: new_id(),
        base: "4000000000".parse::<RevisionNumber>().unwrap(),
    };

    let appended = world.save(link, bold.types("a", "2")).await;

    assert_eq!(stored(&appended).base, stored(&honest).number);
}

async fn many_who_type_at_once_lose_nothing(world: World) {
    let links = world.open_round(40).await;
    let typing: Vec<_> = links
        .iter()
        .map(|link| {
            let (database, link) = (world.database.clone(), link.link_id);
            tokio::spawn(async move {
                let page = Page::blank();
                for n in 0..10 {
                    let typed = page.types(&format!("v{}", n % 3), &n.to_string());
                    database
                        .append_revisions(link, vec![typed], DURING)
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for each in typing {
        each.await.unwrap();
    }

    for link in links {
        let view = world.view(link.link_id).await;
        let answers: Vec<_> = view.answers.iter().collect();
        assert_eq!(answers, [("v0", "9"), ("v1", "7"), ("v2", "8")]);
    }
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 400);
}

async fn two_who_type_in_one_case_at_once_get_numbers_without_gaps(world: World) {
    let link = world.a_link().await;
    let typing: Vec<_> = (0..8)
        .map(|device| {
            let database = world.database.clone();
            tokio::spawn(async move {
                let page = Page::blank();
                for n in 0..5 {
                    let typed = page.types(&format!("v{device}"), &n.to_string());
                    database
                        .append_revisions(link, vec![typed], DURING)
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for each in typing {
        each.await.unwrap();
    }

    let all = "SELECT count(*) FROM revision";
    let last = "SELECT max(number) FROM revision";
    assert_eq!(world.number(all).await, 40);
    assert_eq!(world.number(last).await, 40);
}

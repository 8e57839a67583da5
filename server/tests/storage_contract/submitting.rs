//! Submitting, and changing one's mind.

use server::storage::{
    MessageKind, NewMessage, NewSubmission, Refusal, ReopenError, Standing, SubmitError, Submitted,
    Timestamp,
};

use crate::support::world::{CLOSES, DURING, Page, World, new_id, stored, submission};

on_both_databases!(
    submitting_gives_a_receipt_and_closes_the_case,
    submitting_twice_gives_the_first_receipt,
    submitting_what_was_changed_meanwhile_is_refused,
    a_receipt_is_given_once_only,
    a_letter_of_thanks_is_queued_with_what_was_submitted_or_not_at_all,
    reopening_lets_answers_change_and_a_new_submission_be_made,
    only_what_was_submitted_can_be_reopened_and_only_while_the_round_is_open,
    personal_details_are_no_part_of_the_snapshot,
    a_closed_round_takes_no_submission,
);

const LATER: Timestamp = Timestamp::from_millis(1_600_000);

async fn answered(world: &World) -> uuid::Uuid {
    let link = world.a_link().await;
    world
        .save(link, Page::blank().types("listed", "8500"))
        .await;
    link
}

async fn submitted(world: &World) -> (uuid::Uuid, NewSubmission) {
    let link = answered(world).await;
    let new = submission(&world.view(link).await, 1);
    let done = world.database.submit(link, new.clone(), DURING).await;
    assert!(matches!(done, Ok(Submitted::Now(_))));
    (link, new)
}

async fn submitting_gives_a_receipt_and_closes_the_case(world: World) {
    let link = answered(&world).await;
    let new = submission(&world.view(link).await, 1);

    let done = world.database.submit(link, new.clone(), DURING).await;

    let Ok(Submitted::Now(told)) = done else {
        panic!("expected a submission, got {done:?}")
    };
    let view = world.view(link).await;
    assert_eq!(view.submission.as_ref(), Some(&told));
    assert_eq!((told.id, told.receipt), (new.id, new.receipt));
    assert_eq!(told.submitted_at, DURING);
    assert_eq!(told.as_of, view.latest());
    assert_eq!(view.standing(LATER), Standing::Refused(Refusal::Submitted));
}

async fn submitting_twice_gives_the_first_receipt(world: World) {
    let (link, first) = submitted(&world).await;

    let again = submission(&world.view(link).await, 2);
    let done = world.database.submit(link, again, LATER).await;

    let Ok(Submitted::Already(told)) = done else {
        panic!("expected the first submission, got {done:?}")
    };
    assert_eq!(told.receipt, first.receipt);
    assert_eq!(told.submitted_at, DURING);
    assert_eq!(world.number("SELECT count(*) FROM submission").await, 1);
}

async fn submitting_what_was_changed_meanwhile_is_refused(world: World) {
    let link = answered(&world).await;
    let stale = submission(&world.view(link).await, 1);
    world.save(link, Page::blank().types("other", "1")).await;

    let done = world.database.submit(link, stale, DURING).await;

    assert!(matches!(done, Err(SubmitError::ChangedMeanwhile)));
    assert_eq!(world.view(link).await.standing(LATER), Standing::Open);
}

async fn a_receipt_is_given_once_only(world: World) {
    let links = world.open_round(2).await;
    let first = submission(&world.view(links[0].link_id).await, 1);
    let second = submission(&world.view(links[1].link_id).await, 1);
    world
        .database
        .submit(links[0].link_id, first, DURING)
        .await
        .unwrap();

    let done = world
        .database
        .submit(links[1].link_id, second, DURING)
        .await;

    assert!(matches!(done, Err(SubmitError::ReceiptTaken)));
    assert_eq!(world.view(links[1].link_id).await.submission, None);
}

async fn reopening_lets_answers_change_and_a_new_submission_be_made(world: World) {
    let (link, first) = submitted(&world).await;

    world.database.reopen(link, LATER).await.unwrap();
    world.database.reopen(link, LATER).await.unwrap();

    let view = world.view(link).await;
    assert!(view.is_reopened());
    assert_eq!(view.standing(LATER), Standing::Open);
    stored(
        &world
            .save(link, Page::of(&view).types("listed", "9000"))
            .await,
    );

    let second = submission(&world.view(link).await, 2);
    let done = world.database.submit(link, second.clone(), LATER).await;
    assert!(matches!(done, Ok(Submitted::Now(_))));
    let view = world.view(link).await;
    assert_eq!(
        view.submission.as_ref().map(|last| last.id),
        Some(second.id)
    );
    assert!(!view.is_reopened());
    assert_eq!(view.standing(LATER), Standing::Refused(Refusal::Submitted));
    let kept = world.database.snapshot(first.id).await.unwrap().unwrap();
    assert_eq!(kept.snapshot, first.snapshot);
}

async fn only_what_was_submitted_can_be_reopened_and_only_while_the_round_is_open(world: World) {
    let links = world.open_round(2).await;
    let (link, blank) = (links[0].link_id, links[1].link_id);
    let new = submission(&world.view(link).await, 1);
    world.database.submit(link, new, DURING).await.unwrap();

    assert!(matches!(
        world.database.reopen(blank, DURING).await,
        Err(ReopenError::NotSubmitted)
    ));
    assert!(matches!(
        world.database.reopen(new_id(), DURING).await,
        Err(ReopenError::UnknownLink)
    ));
    assert!(matches!(
        world.database.reopen(link, CLOSES).await,
        Err(ReopenError::Refused(Refusal::Closed))
    ));
}

async fn personal_details_are_no_part_of_the_snapshot(world: World) {
    let (_, new) = submitted(&world).await;

    let kept = world.database.snapshot(new.id).await.unwrap().unwrap();

    assert_eq!(kept.snapshot, new.snapshot);
    assert_eq!(kept.personal, new.personal);
    assert_eq!(kept.instrument_key, "example");
    assert_eq!(kept.instrument_version, "1");
    let leaked = "SELECT count(*) FROM submission WHERE snapshot LIKE '%Ada%'";
    assert_eq!(world.number(leaked).await, 0);
    assert_eq!(world.database.snapshot(new_id()).await.unwrap(), None);
}

async fn a_closed_round_takes_no_submission(world: World) {
    let link = answered(&world).await;
    let new = submission(&world.view(link).await, 1);

    let done = world.database.submit(link, new, CLOSES).await;

    assert!(matches!(done, Err(SubmitError::Refused(Refusal::Closed))));
}

async fn a_letter_of_thanks_is_queued_with_what_was_submitted_or_not_at_all(world: World) {
    let links = world.open_round(2).await;
    let hands_in = async |place: usize, receipt| {
        let link = links[place].link_id;
        let new = submission(&world.view(link).await, receipt);
        let letter = |contact, email: &str| {
            Some(NewMessage {
                id: new.id,
                kind: MessageKind::Receipt,
                round_id: None,
                mailing_id: None,
                case_id: None,
                contact_id: Some(contact),
                link_id: Some(link),
                language: "sv".to_owned(),
                recipient: email.parse().unwrap(),
                text: Some(("Tack".to_owned(), "Tack!".to_owned())),
                due_at: DURING,
            })
        };
        let database = &world.database;
        database
            .submit_with_thanks(link, new.clone(), letter, DURING)
            .await
    };
    let queued = "SELECT count(*) FROM message WHERE recipient = 'ada@example.com'";

    assert!(matches!(hands_in(0, 1).await, Ok(Submitted::Now(_))));
    assert_eq!(world.number(queued).await, 1);

    assert!(matches!(hands_in(0, 2).await, Ok(Submitted::Already(_))));
    assert!(matches!(
        hands_in(1, 1).await,
        Err(SubmitError::ReceiptTaken)
    ));
    assert_eq!(world.number(queued).await, 1);
}

//! From the outbox to a mail server that does what it likes.

use std::time::Duration;

use server::links::Token;
use server::mail::{DrainError, Post};
use server::storage::{Actor, Database, MessageState, TemplateText};

use super::fieldwork::{Chief, Fieldwork};
use crate::post_office::{Mood, Said};
use crate::support::world::{World, new_id};

on_both_databases!(
    everybody_gets_one_letter_with_a_link_of_their_own,
    a_letter_is_in_swedish_with_the_english_text_below_where_there_is_one,
    whoever_submits_while_the_mailing_runs_gets_no_reminder_after_that,
    whoever_submits_while_the_server_is_slow_to_answer_gets_no_reminder,
    a_revoked_link_and_a_contact_that_has_ended_are_passed_over,
    a_paused_mailing_stops_and_goes_on,
    what_the_server_does_not_take_now_is_tried_again_later,
    what_the_server_never_takes_comes_back_and_a_wrong_address_is_not_tried_again,
    a_letter_whose_fate_is_unknown_is_sent_again_with_the_same_message_id,
    after_days_of_trying_a_letter_counts_as_come_back,
    a_server_that_cannot_be_reached_costs_no_letter_anything,
    no_domain_gets_more_than_its_pace,
    two_servers_at_once_send_nobody_two,
    a_stop_finishes_what_is_under_way_and_gives_back_the_rest,
    the_mailbox_holds_what_would_have_been_sent,
);

async fn everybody_gets_one_letter_with_a_link_of_their_own(world: World) {
    let work = Fieldwork::with(world, 25).await;
    work.queue().await;

    work.worker().drain().await.unwrap();

    work.everybody_has_one();
    for taken in work.office.taken() {
        let chief = work
            .chiefs
            .iter()
            .find(|chief| chief.email == taken.recipient);
        let chief = chief.unwrap();
        let read = mail_parser::MessageParser::default();
        let read = read.parse(taken.content.as_bytes()).unwrap();
        assert_eq!(
            read.subject(),
            Some(format!("Påminnelse till {}", chief.unit).as_str())
        );
        let link = Token::issue(&work.secret, chief.link);
        let link = format!("https://enkat.example.com/svara/{}", link.as_str());
        assert!(read.body_text(0).unwrap().contains(&link));
        assert!(
            read.body_html(0)
                .unwrap()
                .contains(&format!("href=\"{link}\""))
        );
        assert_eq!(work.state(chief).await.0, MessageState::Sent);
        assert_eq!(work.events(chief).await, ["sent"]);
    }
    // Nothing is left to send.
    work.worker().drain().await.unwrap();
    assert_eq!(work.office.count(), 25);
}

async fn a_letter_is_in_swedish_with_the_english_text_below_where_there_is_one(world: World) {
    let work = Fieldwork::with(world, 1).await;
    let english = TemplateText {
        language: "en".to_owned(),
        subject: "Reminder to {health_centre}".to_owned(),
        body: "Hello!\n\n{link}\n\nAnswer by {last_day}.".to_owned(),
        edited_at: work.now(),
    };
    let (actor, mailing) = (Actor::Server, work.mailing.id);
    work.database()
        .save_templates(mailing, &[english], &actor, work.now(), new_id())
        .await
        .unwrap();
    work.queue().await;

    work.worker().drain().await.unwrap();

    let taken = work.office.taken();
    assert_eq!(taken.len(), 1);
    let read = mail_parser::MessageParser::default();
    let read = read.parse(taken[0].content.as_bytes()).unwrap();
    assert_eq!(read.subject(), Some("Påminnelse till Vårdcentral vc-0001"));
    let text = read.body_text(0).unwrap();
    let place = |part: &str| {
        let found = text.find(part);
        found.unwrap_or_else(|| panic!("{part} is not in {text}"))
    };
    let link = Token::issue(&work.secret, work.chiefs[0].link);
    let english_link = format!("/svara/{}?sprak=en", link.as_str());
    let order = [
        "In English below.",
        "Hej Ada Exempel!",
        "Svara senast 1 januari 1970.",
        "Reminder to Vårdcentral vc-0001",
        "Hello!",
        &english_link,
        "Answer by 1 January 1970.",
    ];
    assert!(order.map(place).is_sorted(), "{text}");
}

async fn whoever_submits_while_the_mailing_runs_gets_no_reminder_after_that(world: World) {
    let mut work = Fieldwork::with(world, 12).await;
    work.sending.at_once = 1;
    work.queue().await;
    let order = order(&work).await;
    let under_way = order[4].email.clone();
    work.office.feel(move |said, client| {
        if said == Said::Letter && client.recipient == under_way {
            Mood::Slow(Duration::from_millis(700))
        } else {
            Mood::Well
        }
    });

    let worker = work.worker();
    let sending = tokio::spawn(async move { worker.drain().await });
    while work.office.count() < 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(150)).await;
    for chief in &order[5..] {
        work.submits(chief).await;
    }
    let taken_by_then = work.office.count();
    sending.await.unwrap().unwrap();

    assert_eq!(taken_by_then, 4, "the fifth letter is still under way");
    assert_eq!(work.office.count(), 5);
    for chief in &order[5..] {
        let skipped = (MessageState::Skipped, "submitted".to_owned());
        assert_eq!(work.state(chief).await, skipped);
        assert_eq!(work.events(chief).await, ["skipped"]);
    }
}

async fn whoever_submits_while_the_server_is_slow_to_answer_gets_no_reminder(world: World) {
    let work = Fieldwork::with(world, 1).await;
    work.queue().await;
    let slow = Duration::from_millis(700);
    work.office.when(Said::Hello, Mood::Slow(slow));

    let worker = work.worker();
    let sending = tokio::spawn(async move { worker.drain().await });
    while work.office.connections() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    work.submits(&work.chiefs[0]).await;
    sending.await.unwrap().unwrap();

    assert_eq!(work.office.count(), 0);
    assert_eq!(work.state(&work.chiefs[0]).await.1, "submitted");
}

async fn a_revoked_link_and_a_contact_that_has_ended_are_passed_over(world: World) {
    let work = Fieldwork::with(world, 3).await;
    work.queue().await;
    let (revoked, ended) = (&work.chiefs[0], &work.chiefs[1]);
    work.database()
        .revoke_link(revoked.link, work.now())
        .await
        .unwrap();
    let end = format!(
        "UPDATE contact SET valid_to = {} WHERE email = '{}'",
        work.now().millis(),
        ended.email
    );
    work.world.execute(&end).await.unwrap();

    work.worker().drain().await.unwrap();

    assert_eq!(work.state(revoked).await.1, "link_revoked");
    assert_eq!(work.state(ended).await.1, "contact_ended");
    assert_eq!(work.office.count(), 1);
}

async fn a_paused_mailing_stops_and_goes_on(world: World) {
    let work = Fieldwork::with(world, 20).await;
    work.queue().await;
    let pause = |at: &str| format!("UPDATE round SET mail_paused_at = {at}");

    work.world.execute(&pause("1")).await.unwrap();
    work.worker().drain().await.unwrap();
    assert_eq!(work.office.count(), 0);

    work.world.execute(&pause("NULL")).await.unwrap();
    work.worker().drain().await.unwrap();
    work.everybody_has_one();
}

async fn what_the_server_does_not_take_now_is_tried_again_later(world: World) {
    let work = Fieldwork::with(world, 6).await;
    work.queue().await;
    let say = Mood::Say("451 4.7.1 greylisted".to_owned());
    work.office.when(Said::Recipient, say);

    work.worker().drain().await.unwrap();
    let (state, note) = work.state(&work.chiefs[0]).await;
    assert_eq!(
        (state, note.as_str()),
        (MessageState::Queued, "451 4.7.1 greylisted")
    );

    work.office.feel(|_, _| Mood::Well);
    work.passes(Duration::from_secs(59));
    work.worker().drain().await.unwrap();
    assert_eq!(work.office.count(), 0, "a minute has not passed");

    work.passes(Duration::from_secs(20));
    work.worker().drain().await.unwrap();
    work.everybody_has_one();
    assert_eq!(work.events(&work.chiefs[0]).await, ["deferred", "sent"]);
}

async fn what_the_server_never_takes_comes_back_and_a_wrong_address_is_not_tried_again(
    world: World,
) {
    let work = Fieldwork::with(world, 2).await;
    work.queue().await;
    let wrong = work.chiefs[0].email.clone();
    work.office.feel(move |said, client| {
        let reply = match (said, client.recipient == wrong) {
            (Said::Recipient, true) => "550 5.1.1 no such user",
            (Said::Letter, false) => "554 5.7.1 looks like spam",
            _ => return Mood::Well,
        };
        Mood::Say(reply.to_owned())
    });

    work.worker().drain().await.unwrap();

    for chief in &work.chiefs {
        assert_eq!(work.state(chief).await.0, MessageState::Bounced);
        assert_eq!(work.events(chief).await, ["bounced"]);
    }
    let candidates = work
        .database()
        .candidates(&work.mailing, work.now())
        .await
        .unwrap();
    let undeliverable = |chief: &Chief| {
        let candidate = candidates.iter().find(|one| one.case_id == chief.case);
        candidate.unwrap().addressees[0].is_undeliverable
    };
    assert!(undeliverable(&work.chiefs[0]));
    assert!(!undeliverable(&work.chiefs[1]));
}

async fn a_letter_whose_fate_is_unknown_is_sent_again_with_the_same_message_id(world: World) {
    let work = Fieldwork::with(world, 3).await;
    work.queue().await;
    work.office.when(Said::Letter, Mood::TakeAndHangUp);
    work.worker().drain().await.unwrap();
    assert_eq!(work.office.count(), 3);
    assert_eq!(work.events(&work.chiefs[0]).await, ["unanswered"]);

    work.office.feel(|_, _| Mood::Well);
    work.passes(Duration::from_mins(2));
    work.worker().drain().await.unwrap();

    for chief in &work.chiefs {
        let taken = work.office.taken();
        let ids: Vec<_> = taken
            .iter()
            .filter(|taken| taken.recipient == chief.email)
            .map(|taken| taken.message_id.clone())
            .collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[0], ids[1]);
        assert_eq!(work.state(chief).await.0, MessageState::Sent);
    }
}

async fn after_days_of_trying_a_letter_counts_as_come_back(world: World) {
    let work = Fieldwork::with(world, 1).await;
    // The round closes soon in these tests' time; here it does not.
    work.world
        .execute("UPDATE round SET closes_at = 9000000000000")
        .await
        .unwrap();
    work.queue().await;
    work.office.when(
        Said::Recipient,
        Mood::Say("452 4.2.2 mailbox full".to_owned()),
    );
    let chief = &work.chiefs[0];
    let mut tries = 0;
    while work.state(chief).await.0 == MessageState::Queued {
        work.worker().drain().await.unwrap();
        work.passes(Duration::from_hours(1));
        tries += 1;
        assert!(tries < 200, "it is tried for ever");
    }

    assert_eq!(work.state(chief).await.0, MessageState::Bounced);
    let events = work.events(chief).await;
    assert!((10..20).contains(&events.len()), "{events:?}");
    assert!(tries >= 80, "given up after {tries} hours");
}

async fn a_server_that_cannot_be_reached_costs_no_letter_anything(world: World) {
    let work = Fieldwork::with(world, 10).await;
    work.queue().await;
    work.office
        .when(Said::Nothing, Mood::Say("421 busy".to_owned()));

    let stopped = work.worker().drain().await;

    assert!(matches!(stopped, Err(DrainError::Unavailable(_))));
    let outbox = work.outbox().await;
    assert!(
        outbox
            .values()
            .all(|one| one.state == MessageState::Queued && one.attempts == 0)
    );
    work.office.feel(|_, _| Mood::Well);
    work.worker().drain().await.unwrap();
    work.everybody_has_one();
}

async fn no_domain_gets_more_than_its_pace(world: World) {
    let mut work = Fieldwork::with(world, 15).await;
    work.sending.pace = "2/s".parse().unwrap();
    work.queue().await;

    let worker = work.worker();
    let sending = tokio::spawn(async move { worker.drain().await });
    // Three domains of five letters each; the clock stands still.
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(work.office.count(), 6);
    work.passes(Duration::from_secs(1));
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(work.office.count(), 12);
    work.passes(Duration::from_secs(1));
    sending.await.unwrap().unwrap();
    work.everybody_has_one();
}

async fn two_servers_at_once_send_nobody_two(world: World) {
    let work = Fieldwork::with(world, 200).await;
    work.queue().await;
    work.office
        .when(Said::Letter, Mood::Slow(Duration::from_millis(2)));
    let other = Database::connect(&work.world.location).await.unwrap();
    let (one, two) = (work.worker(), work.worker_on(other, work.post()));

    let (first, second) = tokio::join!(
        tokio::spawn(async move { one.drain().await }),
        tokio::spawn(async move { two.drain().await }),
    );
    first.unwrap().unwrap();
    second.unwrap().unwrap();
    // One may have found nothing due while the other still had some in hand.
    work.worker().drain().await.unwrap();

    work.everybody_has_one();
}

async fn a_stop_finishes_what_is_under_way_and_gives_back_the_rest(world: World) {
    let work = Fieldwork::with(world, 60).await;
    work.queue().await;
    work.office
        .when(Said::Letter, Mood::Slow(Duration::from_millis(30)));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = work.worker();
    let sending = tokio::spawn(async move {
        worker
            .run(async {
                drop(stopped.await);
            })
            .await;
    });
    while work.office.count() < 5 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(stop);
    sending.await.unwrap();

    let sent = work.outbox().await;
    let sent = sent.values().filter(|one| one.state == MessageState::Sent);
    assert_eq!(sent.count(), work.office.count());
    // Nothing waits for a lease to run out.
    work.worker().drain().await.unwrap();
    work.everybody_has_one();
}

async fn the_mailbox_holds_what_would_have_been_sent(world: World) {
    let work = Fieldwork::with(world, 4).await;
    work.queue().await;
    let clock = server::clock::Clock::Set(std::sync::Arc::clone(&work.clock));
    let post = Post::Mailbox(work.database().clone(), clock);

    let worker = work.worker_on(work.database().clone(), post);
    worker.drain().await.unwrap();

    let (letters, total) = work.database().mailbox("chef-0002@", 0, 10).await.unwrap();
    assert_eq!((letters.len(), total), (1, 1));
    let letter = work
        .database()
        .boxed_letter(letters[0].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(letter.subject, "Påminnelse till Vårdcentral vc-0002");
    let content = String::from_utf8(letter.content).unwrap();
    assert!(
        content.contains("To: \"Ada Exempel\" <chef-0002@"),
        "{content}"
    );
    assert_eq!(work.database().mailbox("", 0, 10).await.unwrap().1, 4);
    assert_eq!(work.office.connections(), 0);
}

/// The chiefs in the order in which their letters go.
async fn order(work: &Fieldwork) -> Vec<Chief> {
    let mut chiefs = work.chiefs.clone();
    let outbox = work.outbox().await;
    chiefs.sort_by_key(|chief| outbox[&chief.email].id);
    chiefs
}

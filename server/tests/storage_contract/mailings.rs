//! A round's mailings, from its opening to the last reminder.

use std::time::Duration;

use app::Translations;
use server::clock::Chance;
use server::instruments;
use server::mail::schedule;
use server::rounds::{self, Created, Proposal};
use server::storage::register::{ContactKind, Successor};
use server::storage::{
    Actor, Database, DispositionCode, Lease, Mailing, MailingNumber, MessageFilter, MessageKind,
    MessageState, Planned, ScheduleError, Settled, Settlement, Timestamp,
};

use crate::support::world::{World, new_id, submission, text, unit};

on_both_databases!(
    a_round_has_its_mailings_and_texts_from_the_start,
    a_mailing_before_the_one_it_follows_is_refused,
    a_mailing_that_has_started_cannot_be_moved,
    two_servers_start_the_same_mailing_and_nobody_gets_two,
    from_the_invitation_to_the_fourth_reminder_each_goes_to_who_has_not_answered,
    a_unit_that_comes_late_gets_the_invitation_and_the_reminders_that_remain,
    a_new_chief_gets_the_invitation,
    whoever_submits_meanwhile_is_passed_over_when_the_letter_is_sent,
    whoever_was_passed_over_by_mistake_gets_the_invitation_after_all,
    only_the_units_that_are_selected_are_asked_also_late_ones,
    a_round_that_has_opened_is_not_moved_and_a_closed_one_not_opened,
);

const OPENS: Timestamp = Timestamp::from_millis(1_000_000_000);

fn day(day: u64) -> Timestamp {
    OPENS.after(Duration::from_hours(24 * day))
}

/// A round with mailings two weeks apart, of units with chiefs named after them.
async fn a_round(world: &World, units: &[&str], selection: &str) -> Created {
    register(world, units).await;
    let proposal = Proposal {
        key: "var".to_owned(),
        instrument: instruments::source("vardcentralschefer-2022").unwrap(),
        opens_at: OPENS,
        closes_at: day(71),
        pilot: false,
        selection: selection.to_owned(),
        sender_name: String::new(),
        sender_address: "enkat@example.se".to_owned(),
        mailings: [0, 14, 28, 42, 56].map(day).to_vec(),
    };
    let translations = Translations::load().unwrap();
    let database = &world.database;
    rounds::create(
        database,
        translations,
        &proposal,
        &Actor::CommandLine,
        OPENS,
        Chance,
    )
    .await
    .unwrap()
}

async fn register(world: &World, units: &[&str]) {
    let units: Vec<_> = units
        .iter()
        .map(|key| {
            let mut unit = unit(key);
            unit.contacts[0].email = format!("{key}@example.se");
            unit.contacts[0].valid_from = Timestamp::from_millis(0);
            unit
        })
        .collect();
    world.database.insert_register(&units).await.unwrap();
}

async fn mailings(world: &World, created: &Created) -> Vec<Mailing> {
    world.database.mailings(created.round.id).await.unwrap()
}

/// Who gets letters now, as the outbox hands them over.
async fn sent_at(database: &Database, now: Timestamp) -> Vec<String> {
    schedule::queue_due(database, now, Chance).await.unwrap();
    let lease = Lease {
        id: new_id(),
        until: now.after(Duration::from_mins(5)),
    };
    let leased = database.lease_messages(100, lease, &[], now).await.unwrap();
    let mut recipients = Vec::new();
    let mut settlements = Vec::new();
    for one in leased {
        let dispatch = database.dispatch(one.id, lease.id).await.unwrap().unwrap();
        let settled = match server::mail::decide(&dispatch.facts(), now) {
            server::mail::Decision::Send => {
                recipients.push(dispatch.recipient);
                Settled::Sent {
                    response: "250".to_owned(),
                }
            }
            server::mail::Decision::Skip(skip) => Settled::Skipped {
                reason: skip.code().to_owned(),
            },
            server::mail::Decision::Hold(hold) => panic!("held: {hold:?}"),
        };
        settlements.push(Settlement {
            message: one.id,
            lease: lease.id,
            at: now,
            settled,
        });
    }
    database
        .settle_messages(&settlements, &mut new_id)
        .await
        .unwrap();
    recipients.sort();
    recipients
}

async fn submits(world: &World, created: &Created, unit: &str, receipt: u8) {
    let links = world.database.links_of_round(created.round.id).await;
    let links = links.unwrap();
    let link = links.iter().find(|link| link.unit_key == unit).unwrap();
    let view = world.view(link.link_id).await;
    world
        .database
        .submit(link.link_id, submission(&view, receipt), day(1))
        .await
        .unwrap();
}

fn address(unit: &str) -> String {
    format!("{unit}@example.se")
}

async fn a_round_has_its_mailings_and_texts_from_the_start(world: World) {
    let created = a_round(&world, &["a", "b"], "").await;
    assert_eq!(created.cases, 2);
    let mailings = mailings(&world, &created).await;
    let numbers: Vec<_> = mailings.iter().map(|mailing| mailing.number).collect();
    assert_eq!(numbers, MailingNumber::ALL);
    for mailing in &mailings {
        let texts = world.database.templates(mailing.id).await.unwrap();
        let languages: Vec<_> = texts.iter().map(|text| text.language.as_str()).collect();
        assert_eq!(languages, ["sv", "en"]);
    }
    let logged = world
        .texts("SELECT action FROM audit WHERE action = 'round.created'")
        .await;
    assert_eq!(logged.len(), 1);
}

async fn moves(world: &World, mailing: &Mailing, to: Timestamp) -> Result<(), ScheduleError> {
    let planned = Planned {
        id: new_id(),
        number: mailing.number,
        planned_at: to,
    };
    let (actor, now) = (Actor::CommandLine, OPENS);
    world
        .database
        .schedule_mailings(mailing.round_id, &[planned], &actor, now, new_id())
        .await
}

async fn a_mailing_before_the_one_it_follows_is_refused(world: World) {
    let created = a_round(&world, &["a"], "").await;
    let before = mailings(&world, &created).await;
    for moment in [day(13), day(14)] {
        let refused = moves(&world, &before[2], moment).await;
        let told =
            matches!(refused, Err(ScheduleError::OutOfOrder(number)) if number == before[2].number);
        assert!(told, "{refused:?}");
    }
    assert_eq!(mailings(&world, &created).await, before);
    moves(&world, &before[2], day(20)).await.unwrap();
    assert_eq!(mailings(&world, &created).await[2].planned_at, day(20));
}

async fn a_mailing_that_has_started_cannot_be_moved(world: World) {
    let created = a_round(&world, &["a"], "").await;
    sent_at(&world.database, day(0)).await;
    let started = mailings(&world, &created).await;
    let refused = moves(&world, &started[0], day(3)).await;
    assert!(
        matches!(refused, Err(ScheduleError::Started(number)) if number.is_invitation()),
        "{refused:?}"
    );
    assert_eq!(mailings(&world, &created).await, started);
}

async fn two_servers_start_the_same_mailing_and_nobody_gets_two(world: World) {
    let units: Vec<String> = (0..20).map(|n| format!("vc-{n}")).collect();
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let created = a_round(&world, &units, "").await;
    let other = Database::connect(&world.location).await.unwrap();
    let mailing = mailings(&world, &created).await.remove(0);
    let start = async |database: &Database| {
        let actor = Actor::Server;
        schedule::start(database, &created.round, &mailing, &actor, day(0), new_id())
            .await
            .unwrap()
    };
    let (one, two) = tokio::join!(start(&world.database), start(&other));
    assert_eq!(one.queued + two.queued, 20);
    assert!(one.before != two.before);
    assert_eq!(sent_at(&world.database, day(0)).await.len(), 20);
    assert_eq!(sent_at(&other, day(1)).await, Vec::<String>::new());
}

async fn from_the_invitation_to_the_fourth_reminder_each_goes_to_who_has_not_answered(
    world: World,
) {
    let created = a_round(&world, &["a", "b", "c"], "").await;
    let before = OPENS.before(Duration::from_mins(1));
    assert!(sent_at(&world.database, before).await.is_empty());
    let all = ["a", "b", "c"].map(address);
    assert_eq!(sent_at(&world.database, day(0)).await, all);
    submits(&world, &created, "b", 1).await;
    let rest = ["a", "c"].map(address);
    for (reminder, at) in (1..).zip([14, 28, 42, 56]) {
        let early = sent_at(&world.database, day(at - 1)).await;
        assert!(early.is_empty(), "{reminder}: {early:?}");
        assert_eq!(sent_at(&world.database, day(at)).await, rest, "{reminder}");
    }
    assert!(sent_at(&world.database, day(72)).await.is_empty());
}

async fn a_unit_that_comes_late_gets_the_invitation_and_the_reminders_that_remain(world: World) {
    let created = a_round(&world, &["a"], "").await;
    sent_at(&world.database, day(0)).await;
    sent_at(&world.database, day(14)).await;
    register(&world, &["late"]).await;
    let opened = world
        .database
        .open_cases(created.round.id, day(20), &mut new_id)
        .await;
    assert_eq!(opened.unwrap(), 1);
    let late = [address("late")];
    assert_eq!(sent_at(&world.database, day(20)).await, late);
    assert!(sent_at(&world.database, day(21)).await.is_empty());
    let both = ["a", "late"].map(address);
    for reminder in [28, 42, 56] {
        assert_eq!(sent_at(&world.database, day(reminder)).await, both);
    }
}

async fn a_new_chief_gets_the_invitation(world: World) {
    a_round(&world, &["a", "b"], "").await;
    sent_at(&world.database, day(0)).await;
    let successor = Successor {
        name: text("Bo Ek"),
        email: text("ny@example.se"),
    };
    let actor = Actor::CommandLine;
    world
        .database
        .succeed(
            "a",
            ContactKind::Chief,
            Some(&successor),
            &actor,
            day(3),
            &mut new_id,
        )
        .await
        .unwrap();
    assert_eq!(sent_at(&world.database, day(4)).await, [address("ny")]);
    let both = ["b", "ny"].map(address);
    assert_eq!(sent_at(&world.database, day(14)).await, both);
}

async fn whoever_submits_meanwhile_is_passed_over_when_the_letter_is_sent(world: World) {
    let created = a_round(&world, &["a", "b"], "").await;
    sent_at(&world.database, day(0)).await;
    let queued = schedule::queue_due(&world.database, day(14), Chance).await;
    assert_eq!(queued.unwrap(), 2);
    submits(&world, &created, "a", 1).await;
    assert_eq!(sent_at(&world.database, day(14)).await, [address("b")]);
    let filter = MessageFilter {
        round: Some(created.round.id),
        state: Some(MessageState::Skipped),
        ..MessageFilter::default()
    };
    let skipped = world.database.messages(&filter, 0, 10).await.unwrap();
    assert_eq!(skipped.total, 1);
    let letter = &skipped.messages[0];
    assert_eq!(letter.kind, MessageKind::Reminder);
    assert_eq!(
        (letter.recipient.as_str(), letter.note.as_str()),
        ("a@example.se", "submitted")
    );
}

async fn decides(world: &World, created: &Created, code: DispositionCode, now: Timestamp) {
    let links = world.database.links_of_round(created.round.id).await;
    let case = world.view(links.unwrap()[0].link_id).await.case.id;
    let (note, actor) = (text("Ringde"), Actor::CommandLine);
    world
        .database
        .set_disposition(case, code, &note, &actor, now, &mut new_id)
        .await
        .unwrap();
}

async fn whoever_was_passed_over_by_mistake_gets_the_invitation_after_all(world: World) {
    let created = a_round(&world, &["a", "b"], "").await;
    let queued = schedule::queue_due(&world.database, day(0), Chance).await;
    assert_eq!(queued.unwrap(), 2);
    decides(&world, &created, DispositionCode::Unreachable, day(0)).await;
    assert_eq!(sent_at(&world.database, day(0)).await, [address("b")]);

    decides(&world, &created, DispositionCode::Eligible, day(1)).await;

    assert_eq!(sent_at(&world.database, day(1)).await, [address("a")]);
    assert!(sent_at(&world.database, day(2)).await.is_empty());
    let both = ["a", "b"].map(address);
    assert_eq!(sent_at(&world.database, day(14)).await, both);
}

async fn only_the_units_that_are_selected_are_asked_also_late_ones(world: World) {
    let mut private = unit("private");
    private.unit.ownership = Some("private".to_owned());
    world.database.insert_register(&[private]).await.unwrap();
    let created = a_round(&world, &["a"], "register.ownership == public").await;
    assert_eq!(created.cases, 1);
    let mut other = unit("late-private");
    other.unit.ownership = Some("private".to_owned());
    let late = [unit("late-public"), other];
    world.database.insert_register(&late).await.unwrap();
    let round = created.round.id;
    let opened = world.database.open_cases(round, day(1), &mut new_id).await;
    assert_eq!(opened.unwrap(), 1);
    let links = world.database.links_of_round(round).await.unwrap();
    let units: Vec<_> = links.iter().map(|link| link.unit_key.as_str()).collect();
    assert_eq!(units, ["a", "late-public"]);
}

async fn a_round_that_has_opened_is_not_moved_and_a_closed_one_not_opened(world: World) {
    use server::storage::{ChangeRoundError, RoundChange, TurnRoundError};
    let created = a_round(&world, &["a"], "").await;
    let (id, actor) = (created.round.id, Actor::CommandLine);
    let database = &world.database;
    let change = |opens_at, closes_at| RoundChange {
        opens_at,
        closes_at,
        sender_name: String::new(),
        sender_address: String::new(),
    };
    let moved = change(day(2), day(71));
    let refused = database
        .change_round(id, &moved, &actor, day(1), new_id())
        .await;
    assert!(matches!(refused, Err(ChangeRoundError::Opened)));
    let backwards = change(OPENS, OPENS);
    let refused = database
        .change_round(id, &backwards, &actor, day(1), new_id())
        .await;
    assert!(matches!(
        refused,
        Err(ChangeRoundError::ClosesBeforeItOpens)
    ));
    let refused = database.open_round(id, &actor, day(1), new_id()).await;
    assert!(matches!(refused, Err(TurnRoundError::Open)));

    database
        .close_round(id, &actor, day(5), new_id())
        .await
        .unwrap();
    assert!(sent_at(database, day(6)).await.is_empty());
    let refused = database.open_round(id, &actor, day(6), new_id()).await;
    assert!(matches!(refused, Err(TurnRoundError::Closed)));
    let later = change(OPENS, day(30));
    database
        .change_round(id, &later, &actor, day(6), new_id())
        .await
        .unwrap();
    assert_eq!(sent_at(database, day(6)).await, [address("a")]);
}

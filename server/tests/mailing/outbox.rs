//! Queueing, leasing and settling.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use server::storage::{Lease, Leased, MessageFilter, MessageState, Settled, Settlement};
use uuid::Uuid;

use super::fieldwork::Fieldwork;
use crate::support::world::{World, new_id};

on_both_databases!(
    a_mailing_to_the_whole_country_is_queued_in_under_a_second,
    nobody_is_queued_twice_for_one_mailing,
    a_message_is_leased_by_one_at_a_time,
    a_lease_that_ran_out_can_be_taken_over,
    a_paused_round_and_a_busy_domain_are_left_alone,
    whoever_lost_the_lease_settles_nothing_but_that_a_letter_was_sent,
    what_is_deferred_is_not_due_before_its_time,
    an_address_that_is_wrong_is_noted_with_the_contact_and_in_the_register,
    messages_are_counted_and_found,
);

async fn lease(work: &Fieldwork, count: usize, lasting: Duration) -> (Lease, Vec<Leased>) {
    let lease = Lease {
        id: new_id(),
        until: work.now().after(lasting),
    };
    let leased = work
        .database()
        .lease_messages(count, lease, &[], work.now());
    (lease, leased.await.unwrap())
}

async fn settle(work: &Fieldwork, lease: Uuid, message: Uuid, settled: Settled) -> bool {
    let settlement = Settlement {
        message,
        lease,
        at: work.now(),
        settled,
    };
    let written = work
        .database()
        .settle_messages(&[settlement], &mut new_id)
        .await;
    written.unwrap()[0]
}

const LONG: Duration = Duration::from_mins(10);

fn sent() -> Settled {
    Settled::Sent {
        response: "250 ok".to_owned(),
    }
}

async fn a_mailing_to_the_whole_country_is_queued_in_under_a_second(world: World) {
    let work = Fieldwork::with(world, 1183).await;
    let invitation = work.invitation().await;

    // Reading whom it may go to, deciding, and writing. Other work on the machine only slows it: the best time counts.
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        let queued = work.start(&invitation).await;
        best = best.min(started.elapsed());
        assert_eq!(queued, 1183);
        if best < Duration::from_secs(1) {
            return;
        }
        for again in [
            "DELETE FROM message",
            "UPDATE mailing SET started_at = NULL",
        ] {
            work.world.execute(again).await.unwrap();
        }
    }
    panic!("{best:?}");
}

async fn nobody_is_queued_twice_for_one_mailing(world: World) {
    let work = Fieldwork::with(world, 3).await;
    assert_eq!(work.queue().await, 3);

    // The identities differ; mailing, case and contact do not.
    assert_eq!(work.queue().await, 0);
    assert_eq!(work.outbox().await.len(), 3);
}

async fn a_message_is_leased_by_one_at_a_time(world: World) {
    let work = Fieldwork::with(world, 10).await;
    work.queue().await;

    let (_, first) = lease(&work, 4, LONG).await;
    let (_, second) = lease(&work, 100, LONG).await;
    let (_, third) = lease(&work, 100, LONG).await;

    assert_eq!((first.len(), second.len(), third.len()), (4, 6, 0));
    let all: BTreeSet<Uuid> = first
        .iter()
        .chain(&second)
        .map(|leased| leased.id)
        .collect();
    assert_eq!(all.len(), 10);
}

async fn a_lease_that_ran_out_can_be_taken_over(world: World) {
    let work = Fieldwork::with(world, 2).await;
    work.queue().await;
    let (old, _) = lease(&work, 2, Duration::from_secs(5)).await;

    work.passes(Duration::from_secs(4));
    assert_eq!(lease(&work, 2, LONG).await.1, []);
    work.passes(Duration::from_secs(1));
    let (new, taken_over) = lease(&work, 2, LONG).await;

    assert_eq!(taken_over.len(), 2);
    let message = taken_over[0].id;
    assert_eq!(
        work.database().dispatch(message, old.id).await.unwrap(),
        None
    );
    let dispatch = work.database().dispatch(message, new.id).await.unwrap();
    assert_eq!(dispatch.unwrap().id, message);
}

async fn a_paused_round_and_a_busy_domain_are_left_alone(world: World) {
    let work = Fieldwork::with(world, 6).await;
    work.queue().await;

    let lease_of = || Lease {
        id: new_id(),
        until: work.now().after(LONG),
    };
    let busy = ["region1.example.com", "region2.example.com"];
    let leased = work
        .database()
        .lease_messages(100, lease_of(), &busy, work.now());
    let leased = leased.await.unwrap();
    assert_eq!(leased.len(), 2);
    assert!(leased.iter().all(|one| one.domain == "region0.example.com"));

    work.world
        .execute("UPDATE round SET mail_paused_at = 1")
        .await
        .unwrap();
    assert_eq!(lease(&work, 100, LONG).await.1, []);
    assert_eq!(work.database().next_message_due().await.unwrap(), None);
    work.world
        .execute("UPDATE round SET mail_paused_at = NULL")
        .await
        .unwrap();
    assert_eq!(lease(&work, 100, LONG).await.1.len(), 4);
}

async fn whoever_lost_the_lease_settles_nothing_but_that_a_letter_was_sent(world: World) {
    let work = Fieldwork::with(world, 1).await;
    work.queue().await;
    let (old, leased) = lease(&work, 1, Duration::from_secs(5)).await;
    work.passes(Duration::from_secs(5));
    let (new, _) = lease(&work, 1, LONG).await;
    let (chief, message) = (&work.chiefs[0], leased[0].id);

    let reason = || "no".to_owned();
    let bounced = Settled::Bounced {
        reason: reason(),
        undeliverable: true,
    };
    assert!(!settle(&work, old.id, message, bounced).await);
    assert!(
        !settle(
            &work,
            old.id,
            message,
            Settled::Skipped { reason: reason() }
        )
        .await
    );
    assert_eq!(work.state(chief).await.0, MessageState::Queued);
    assert_eq!(work.events(chief).await, Vec::<String>::new());

    // The letter is on its way, whoever has the message now.
    assert!(settle(&work, old.id, message, sent()).await);
    assert_eq!(work.state(chief).await.0, MessageState::Sent);
    assert!(
        !settle(
            &work,
            new.id,
            message,
            Settled::Skipped { reason: reason() }
        )
        .await
    );
    // And if it was sent twice after all, that is written down.
    assert!(!settle(&work, new.id, message, sent()).await);
    assert_eq!(work.events(chief).await, ["sent", "sent"]);
}

async fn what_is_deferred_is_not_due_before_its_time(world: World) {
    let work = Fieldwork::with(world, 1).await;
    work.queue().await;
    let (held, leased) = lease(&work, 1, LONG).await;

    let until = work.now().after(Duration::from_mins(1));
    let reason = "450 later".to_owned();
    let deferred = Settled::Deferred { until, reason };
    assert!(settle(&work, held.id, leased[0].id, deferred).await);

    assert_eq!(
        work.database().next_message_due().await.unwrap(),
        Some(until)
    );
    work.passes(Duration::from_secs(59));
    assert_eq!(lease(&work, 1, LONG).await.1, []);
    work.passes(Duration::from_secs(1));
    let (_, again) = lease(&work, 1, LONG).await;
    assert_eq!(again[0].attempts, 1);
    assert_eq!(work.events(&work.chiefs[0]).await, ["deferred"]);
}

async fn an_address_that_is_wrong_is_noted_with_the_contact_and_in_the_register(world: World) {
    let work = Fieldwork::with(world, 2).await;
    work.queue().await;
    let (held, leased) = lease(&work, 2, LONG).await;
    for (one, undeliverable) in leased.iter().zip([true, false]) {
        let reason = "550 5.1.1 no such user".to_owned();
        let bounced = Settled::Bounced {
            reason,
            undeliverable,
        };
        assert!(settle(&work, held.id, one.id, bounced).await);
    }

    let marked = "SELECT count(*) FROM contact WHERE undeliverable_at IS NOT NULL";
    assert_eq!(work.world.number(marked).await, 1);
    let mut lines = Vec::new();
    for chief in &work.chiefs {
        assert_eq!(work.state(chief).await.0, MessageState::Bounced);
        let unit = work.world.view(chief.link).await.case.unit_id;
        lines.extend(work.database().history_of_unit(unit).await.unwrap());
    }
    assert_eq!(lines.len(), 1);
    assert_eq!(
        lines[0].change.field.to_string(),
        "contact.undeliverable_at"
    );
    assert_eq!(lines[0].actor, "server");
}

async fn messages_are_counted_and_found(world: World) {
    let work = Fieldwork::with(world, 5).await;
    work.queue().await;
    let (held, leased) = lease(&work, 2, LONG).await;
    assert!(settle(&work, held.id, leased[0].id, sent()).await);
    let until = work.now();
    let reason = String::new();
    let deferred = Settled::Deferred { until, reason };
    assert!(settle(&work, held.id, leased[1].id, deferred).await);

    let counts = work.database().message_counts(work.round.id).await.unwrap();
    let told: Vec<_> = counts
        .iter()
        .map(|one| (one.state, one.count, one.tried))
        .collect();
    assert_eq!(
        told,
        [(MessageState::Queued, 4, 1), (MessageState::Sent, 1, 0)]
    );

    let found = |filter: MessageFilter| {
        let database = work.database().clone();
        async move { database.messages(&filter, 0, 2).await.unwrap() }
    };
    let all = found(MessageFilter::default()).await;
    assert_eq!((all.messages.len(), all.total), (2, 5));
    let sent = MessageFilter {
        state: Some(MessageState::Sent),
        round: Some(work.round.id),
        ..MessageFilter::default()
    };
    assert_eq!(found(sent).await.total, 1);
    for (search, total) in [
        ("CHEF-0003", 1),
        ("vc-000", 5),
        ("%", 0),
        ("_", 0),
        ("region1.", 2),
    ] {
        let filter = MessageFilter {
            search: Some(search.to_owned()),
            ..MessageFilter::default()
        };
        assert_eq!(found(filter).await.total, total, "{search}");
    }
}

//! Accounts, their sessions, and the log that nobody can change.

use app::staff::Role;
use serde_json::json;
use server::storage::{
    Actor, AuditFilter, Location, NewSession, NewStaff, SESSION_IDLE, SESSION_MOST, StaffError,
    Timestamp,
};
use uuid::Uuid;

use crate::support::world::{DURING, World, new_id};

on_both_databases!(
    the_log_can_neither_be_changed_nor_deleted_from,
    the_log_is_read_newest_first_a_page_at_a_time,
    an_address_has_one_account_and_may_have_another_when_that_has_ended,
    two_administrators_who_end_each_other_at_once_leave_one,
    a_code_that_is_used_twice_at_once_works_once,
    a_session_lasts_as_long_as_promised,
);

fn person(email: &str, role: Role) -> NewStaff {
    NewStaff {
        id: new_id(),
        email: email.to_owned(),
        name: "Kim Ek".to_owned(),
        role,
        password: Some("hash".to_owned()),
    }
}

async fn add(world: &World, email: &str, role: Role) -> Uuid {
    let new = person(email, role);
    let (id, actor) = (new.id, Actor::CommandLine);
    world
        .database
        .add_staff(&new, &actor, DURING, new_id())
        .await
        .unwrap();
    id
}

async fn the_log_can_neither_be_changed_nor_deleted_from(world: World) {
    let database = &world.database;
    add(&world, "kim@example.se", Role::Reader).await;
    let everything = AuditFilter::default();
    let before = database.audit_log(&everything, 0, 10).await.unwrap();
    assert_eq!(before.total, 1);

    let mut statements = vec!["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"];
    if matches!(world.location, Location::Postgres(_)) {
        statements.push("TRUNCATE audit");
    }
    for statement in statements {
        let refused = world.execute(statement).await.unwrap_err().to_string();
        assert!(
            refused.contains("audit is append-only"),
            "{statement}: {refused}"
        );
    }

    let after = database.audit_log(&everything, 0, 10).await.unwrap();
    assert_eq!(after, before);
}

async fn the_log_is_read_newest_first_a_page_at_a_time(world: World) {
    let database = &world.database;
    let (ada, server) = (Actor::Staff("ada@example.se".to_owned()), Actor::Server);
    for minute in 0..25_i64 {
        let actor = if minute % 5 == 0 { &ada } else { &server };
        let action = if minute % 2 == 0 { "a.even" } else { "a.odd" };
        let at = Timestamp::from_millis(minute * 60_000);
        let detail = json!({ "minute": minute });
        database
            .note(actor, action, "x", &detail, at, new_id())
            .await
            .unwrap();
    }
    let minutes = async |filter: &AuditFilter, page| {
        let found = database.audit_log(filter, page, 10).await.unwrap();
        let minutes: Vec<_> = found
            .entries
            .iter()
            .map(|line| line.at.millis() / 60_000)
            .collect();
        (found.total, minutes)
    };

    let all = AuditFilter::default();
    assert_eq!(minutes(&all, 0).await, (25, (15..25).rev().collect()));
    assert_eq!(minutes(&all, 2).await, (25, (0..5).rev().collect()));
    assert_eq!(minutes(&all, 3).await, (25, vec![]));
    let of_ada = AuditFilter {
        actor: Some("ada@example.se".to_owned()),
        action: Some("a.even".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(minutes(&of_ada, 0).await, (3, vec![20, 10, 0]));
    let between = AuditFilter {
        from: Some(Timestamp::from_millis(3 * 60_000)),
        to: Some(Timestamp::from_millis(6 * 60_000)),
        ..AuditFilter::default()
    };
    assert_eq!(minutes(&between, 0).await, (3, vec![5, 4, 3]));
    let choices = database.audit_choices().await.unwrap();
    assert_eq!(choices.actors, ["ada@example.se", "server"]);
    assert_eq!(choices.actions, ["a.even", "a.odd"]);
}

async fn an_address_has_one_account_and_may_have_another_when_that_has_ended(world: World) {
    let database = &world.database;
    add(&world, "boss@example.se", Role::Administrator).await;
    let first = add(&world, "kim@example.se", Role::Administrator).await;
    assert!(database.use_code(first, 1, 5).await.unwrap());
    let second = person("kim@example.se", Role::Reader);
    let actor = Actor::CommandLine;
    let again = database.add_staff(&second, &actor, DURING, new_id()).await;
    assert!(matches!(again, Err(StaffError::Exists)));

    database
        .end_staff(first, &actor, DURING, new_id())
        .await
        .unwrap();
    assert!(
        database
            .credentials("kim@example.se")
            .await
            .unwrap()
            .is_none()
    );
    database
        .add_staff(&second, &actor, DURING, new_id())
        .await
        .unwrap();
    let kept = database
        .credentials("kim@example.se")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.staff.role, Role::Reader);
    assert!(kept.staff.initial && !kept.staff.code_set_up);
    assert_eq!(
        kept.code_generation, 2,
        "the old codes are good for nothing"
    );
}

async fn two_administrators_who_end_each_other_at_once_leave_one(world: World) {
    let one = add(&world, "one@example.se", Role::Administrator).await;
    let two = add(&world, "two@example.se", Role::Administrator).await;
    let end = |id| {
        let database = world.database.clone();
        tokio::spawn(async move {
            let actor = Actor::CommandLine;
            database.end_staff(id, &actor, DURING, new_id()).await
        })
    };
    let (first, second) = tokio::join!(end(one), end(two));
    let ended = [first.unwrap(), second.unwrap()];
    assert_eq!(ended.iter().filter(|done| done.is_ok()).count(), 1);
    let last = ended.iter().find_map(|done| done.as_ref().err());
    assert!(matches!(last, Some(StaffError::LastAdministrator)));
}

async fn a_code_that_is_used_twice_at_once_works_once(world: World) {
    let kim = add(&world, "kim@example.se", Role::Reader).await;
    let using: Vec<_> = (0..8)
        .map(|_| {
            let database = world.database.clone();
            tokio::spawn(async move { database.use_code(kim, 1, 100).await.unwrap() })
        })
        .collect();
    let mut worked = 0;
    for each in using {
        worked += u32::from(each.await.unwrap());
    }
    assert_eq!(worked, 1);
    assert!(!world.database.use_code(kim, 1, 99).await.unwrap());
    assert!(!world.database.use_code(kim, 2, 101).await.unwrap());
    assert!(world.database.use_code(kim, 1, 101).await.unwrap());
}

async fn a_session_lasts_as_long_as_promised(world: World) {
    let database = &world.database;
    let kim = add(&world, "kim@example.se", Role::Reader).await;
    let new = NewSession {
        id: new_id(),
        staff: kim,
        token_hash: [1; 32],
    };
    database
        .begin_session(&new, "kim@example.se", "test", DURING, new_id())
        .await
        .unwrap();
    let goes_on = async |at| database.session(&[1; 32], at).await.unwrap().is_some();

    assert!(goes_on(DURING).await);
    assert!(!goes_on(DURING.after(SESSION_IDLE)).await);
    assert!(database.session(&[2; 32], DURING).await.unwrap().is_none());
    let mut at = DURING;
    while at.after(SESSION_IDLE / 2) < DURING.after(SESSION_MOST) {
        at = at.after(SESSION_IDLE / 2);
        assert!(goes_on(at).await);
    }
    assert!(!goes_on(DURING.after(SESSION_MOST)).await);
}

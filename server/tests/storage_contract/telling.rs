//! "Stämmer", and "Fel mottagare?".

use server::storage::{ConfirmError, NewConfirmation, NewReport, Refusal, ReportError, ReportKind};

use crate::support::world::{CLOSES, DURING, World, new_id, submission, text};

on_both_databases!(
    a_confirmation_is_kept_with_what_it_was_about,
    a_confirmation_sent_again_is_kept_once_and_a_new_one_beside_it,
    a_submitted_case_takes_no_confirmation,
    a_report_is_kept_for_the_administrator_even_when_the_round_is_closed,
    a_report_sent_again_is_kept_once_and_a_flood_is_stopped,
    a_revoked_link_tells_nothing,
);

fn confirmation(about: &str) -> NewConfirmation {
    NewConfirmation {
        id: new_id(),
        rule: "posts_in_percent".to_owned(),
        scope: "gp_posts".to_owned(),
        about: text(about),
        reason: text("Vi är många"),
    }
}

fn report(note: &str) -> NewReport {
    NewReport {
        id: new_id(),
        kind: ReportKind::NewChief,
        name: text("Bo Exempel"),
        email: text("bo@example.com"),
        note: text(note),
    }
}

async fn a_confirmation_is_kept_with_what_it_was_about(world: World) {
    let link = world.a_link().await;

    let kept = world
        .database
        .confirm(link, confirmation("150"), DURING)
        .await
        .unwrap();

    assert_eq!(kept.about, "150");
    assert_eq!(kept.at, DURING);
    assert_eq!(world.view(link).await.confirmations, [kept]);
}

async fn a_confirmation_sent_again_is_kept_once_and_a_new_one_beside_it(world: World) {
    let link = world.a_link().await;
    let confirm = async |about| {
        let new = confirmation(about);
        world.database.confirm(link, new, DURING).await.unwrap()
    };

    let first = confirm("150").await;
    let again = confirm("150").await;
    let second = confirm("160").await;

    assert_eq!(again, first);
    assert_eq!(world.view(link).await.confirmations, [first, second]);
}

async fn a_submitted_case_takes_no_confirmation(world: World) {
    let link = world.a_link().await;
    let new = submission(&world.view(link).await, 1);
    world.database.submit(link, new, DURING).await.unwrap();

    let refused = world
        .database
        .confirm(link, confirmation("150"), DURING)
        .await;

    assert!(matches!(
        refused,
        Err(ConfirmError::Refused(Refusal::Submitted))
    ));
}

async fn a_report_is_kept_for_the_administrator_even_when_the_round_is_closed(world: World) {
    let link = world.a_link().await;
    let new = report("Jag har slutat");

    world
        .database
        .report(link, new.clone(), CLOSES)
        .await
        .unwrap();

    let case = world.view(link).await.case.id;
    let kept = world.database.reports_of_case(case).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].id, kept[0].link_id), (new.id, link));
    assert_eq!(kept[0].kind, ReportKind::NewChief);
    assert_eq!(kept[0].name, "Bo Exempel");
    assert_eq!(kept[0].email, "bo@example.com");
    assert_eq!(kept[0].note, "Jag har slutat");
    assert_eq!(kept[0].at, CLOSES);
}

async fn a_report_sent_again_is_kept_once_and_a_flood_is_stopped(world: World) {
    let link = world.a_link().await;
    for n in 0..20 {
        let note = n.to_string();
        world
            .database
            .report(link, report(&note), DURING)
            .await
            .unwrap();
    }

    world
        .database
        .report(link, report("0"), DURING)
        .await
        .unwrap();
    let flood = world.database.report(link, report("20"), DURING).await;

    assert!(matches!(flood, Err(ReportError::TooMany)));
    assert_eq!(world.number("SELECT count(*) FROM report").await, 20);
}

async fn a_revoked_link_tells_nothing(world: World) {
    let link = world.a_link().await;
    world.database.revoke_link(link, DURING).await.unwrap();

    let refused = world.database.report(link, report(""), DURING).await;

    assert!(matches!(
        refused,
        Err(ReportError::Refused(Refusal::Revoked))
    ));
    let unknown = world.database.report(new_id(), report(""), DURING).await;
    assert!(matches!(unknown, Err(ReportError::UnknownLink)));
}

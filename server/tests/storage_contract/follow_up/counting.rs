//! Each thing that happens to a case is counted where the case belongs, at once.

use server::storage::register::{Column, Field};
use server::storage::{Actor, DispositionCode, Timestamp};
use survey::statistics::{FollowUp, Reached, Slice, Status};

use super::{CENTRE, STAFFING, behind, four_units, mails, refused, rules, submits, taken, types};
use crate::support::world::{DURING, OPENS, World, new_id, text};

on_both_databases!(
    a_round_that_opens_has_everybody_left_to_invite,
    mail_that_is_taken_invites_and_mail_that_comes_back_is_told,
    looking_at_a_page_of_questions_is_opening_and_counts_once,
    the_first_keystroke_starts_a_case_and_the_last_section_is_where_it_stopped,
    enough_answers_make_a_case_partial,
    handing_in_is_answering_and_opening_again_takes_nothing_back,
    what_is_not_asked_leaves_the_count_of_its_groups,
    a_unit_that_changes_region_takes_its_case_along,
    each_number_leads_to_the_cases_behind_it,
);

async fn a_round_that_opens_has_everybody_left_to_invite(world: World) {
    let (round, _) = four_units(&world).await;

    let follow_up = world.database.follow_up(round.id).await.unwrap();

    assert_eq!(follow_up.all().statuses.get(Status::NotInvited), 4);
    assert_eq!(follow_up.all().statuses.all(), 4);
    let regions: Vec<&str> = follow_up.categories("region").collect();
    assert_eq!(regions, ["Norr", "Söder"]);
    let area = |key| follow_up.group("area_type", key).statuses.eligible();
    // Area type 9 is none of the instrument's.
    assert_eq!([area("1"), area("2"), area("9"), area("")], [1, 2, 0, 1]);
    let ownership = |key| follow_up.group("ownership", key).statuses.eligible();
    assert_eq!(
        [ownership("public"), ownership("private"), ownership("")],
        [2, 1, 1]
    );
    assert_eq!(follow_up.categories("listed").count(), 0);
}

async fn mail_that_is_taken_invites_and_mail_that_comes_back_is_told(world: World) {
    let (round, cases) = four_units(&world).await;
    let at = |minutes: i64| Timestamp::from_millis(OPENS.millis() + minutes * 1000);

    mails(&world, cases["vc-1"].case, at(1), taken()).await;
    mails(&world, cases["vc-2"].case, at(1), taken()).await;
    mails(&world, cases["vc-2"].case, at(2), refused()).await;
    mails(&world, cases["vc-3"].case, at(1), refused()).await;
    let first = world.database.follow_up(round.id).await.unwrap();
    mails(&world, cases["vc-3"].case, at(3), taken()).await;
    let second = world.database.follow_up(round.id).await.unwrap();

    let count = |follow_up: &FollowUp, status| follow_up.all().statuses.get(status);
    assert_eq!(count(&first, Status::Invited), 1);
    assert_eq!(count(&first, Status::Bounced), 2);
    assert_eq!(first.all().reached(Reached::Invited), 2);
    assert_eq!(count(&second, Status::Invited), 2);
    assert_eq!(second.group("region", "Söder").reached(Reached::Invited), 1);
}

async fn looking_at_a_page_of_questions_is_opening_and_counts_once(world: World) {
    let (round, cases) = four_units(&world).await;
    assert!(!world.view(cases["vc-1"].link).await.opened);

    world
        .database
        .opened(cases["vc-1"].case, DURING)
        .await
        .unwrap();
    world
        .database
        .opened(cases["vc-1"].case, DURING)
        .await
        .unwrap();

    assert!(world.view(cases["vc-1"].link).await.opened);
    let follow_up = world.database.follow_up(round.id).await.unwrap();
    assert_eq!(follow_up.all().statuses.get(Status::Opened), 1);
    assert_eq!(follow_up.all().reached(Reached::Opened), 1);
    let norr = follow_up.group("region", "Norr");
    assert_eq!(norr.statuses.get(Status::Opened), 1);
}

async fn the_first_keystroke_starts_a_case_and_the_last_section_is_where_it_stopped(world: World) {
    let (round, cases) = four_units(&world).await;
    let link = cases["vc-3"].link;

    types(&world, link, "listed", "8500").await;
    let begun = world.database.follow_up(round.id).await.unwrap();
    types(&world, link, "need", "yes").await;
    let later = world.database.follow_up(round.id).await.unwrap();

    assert_eq!(begun.all().statuses.get(Status::Started), 1);
    assert_eq!(begun.all().stopped_at.get(CENTRE), Some(&1));
    assert_eq!(later.all().statuses.get(Status::Started), 1);
    assert_eq!(later.all().stopped_at.get(STAFFING), Some(&1));
    assert_eq!(later.all().stopped_at.get(CENTRE), None);
    let soder = world
        .database
        .follow_up_group(round.id, "region", "Söder")
        .await
        .unwrap();
    assert_eq!(soder.stopped_at[STAFFING], 1);
}

async fn enough_answers_make_a_case_partial(world: World) {
    let (round, cases) = four_units(&world).await;
    let link = cases["vc-3"].link;
    // One for each question, in order; need leads to no further ones.
    let answers = [
        ("listed", "8500"),
        ("ownership", "public"),
        ("gp_specialist_persons", "4"),
        ("st_persons", "1"),
        ("need", "no"),
        ("initiative_funding", "very"),
        ("collab_specialised", "good"),
        ("barrier_roles", "1"),
        ("municipal_physician", "good"),
        ("prevention", "good"),
        ("research_studies", "1"),
    ];
    let mut partial_after = Vec::new();
    for (number, (variable, raw)) in (1_usize..).zip(answers) {
        types(&world, link, variable, raw).await;
        let follow_up = world.database.follow_up(round.id).await.unwrap();
        if follow_up.all().statuses.get(Status::Partial) == 1 {
            partial_after.push(number);
        }
    }
    // A centre in area type 2 has 16 questions to answer then, those side by side being one.
    assert_eq!(partial_after, [8, 9, 10, 11]);

    let after = world.database.follow_up(round.id).await.unwrap();
    assert_eq!(after.all().outcomes(false).partial, 0);
    assert_eq!(after.all().outcomes(true).partial, 1);
}

async fn handing_in_is_answering_and_opening_again_takes_nothing_back(world: World) {
    let (round, cases) = four_units(&world).await;
    let link = cases["vc-2"].link;
    types(&world, link, "listed", "8500").await;

    submits(&world, link, 1).await;
    let done = world.database.follow_up(round.id).await.unwrap();
    world.database.reopen(link, DURING).await.unwrap();
    let again = world.database.follow_up(round.id).await.unwrap();

    assert_eq!(done.all().statuses.get(Status::Complete), 1);
    assert!(done.all().stopped_at.is_empty());
    assert_eq!(done.all().answered_on["1970-01-01"], 1);
    assert_eq!(done.all().worked()[0], 1);
    assert_eq!(done.group("ownership", "private").statuses.answered(), 1);
    assert_eq!(again.all().statuses.get(Status::Reopened), 1);
    assert_eq!(again.all().statuses.answered(), 1);
    assert_eq!(again.all().answered_on["1970-01-01"], 1);
}

async fn what_is_not_asked_leaves_the_count_of_its_groups(world: World) {
    let (round, cases) = four_units(&world).await;

    rules(&world, cases["vc-1"].case, DispositionCode::BranchOffice).await;
    rules(&world, cases["vc-2"].case, DispositionCode::Refused).await;
    let ruled = world.database.follow_up(round.id).await.unwrap();
    rules(&world, cases["vc-1"].case, DispositionCode::Eligible).await;
    let back = world.database.follow_up(round.id).await.unwrap();

    let norr = ruled.group("region", "Norr");
    assert_eq!((norr.statuses.eligible(), norr.statuses.all()), (1, 2));
    assert_eq!(norr.outcomes(false).refused, 1);
    assert_eq!(back.group("region", "Norr").statuses.eligible(), 2);
}

async fn a_unit_that_changes_region_takes_its_case_along(world: World) {
    let (round, cases) = four_units(&world).await;
    types(&world, cases["vc-1"].link, "listed", "8500").await;

    let fields = [
        (Field::Column(Column::Region), text("Söder")),
        (Field::Class("area_type".to_owned()), text("5")),
    ];
    world
        .database
        .edit_unit("vc-1", &fields, &Actor::CommandLine, DURING, &mut new_id)
        .await
        .unwrap();

    let follow_up = world.database.follow_up(round.id).await.unwrap();
    let started = |dimension, category| {
        let group = follow_up.group(dimension, category);
        (group.statuses.get(Status::Started), group.statuses.all())
    };
    assert_eq!(started("region", "Norr"), (0, 1));
    assert_eq!(started("region", "Söder"), (1, 3));
    assert_eq!(started("area_type", "1"), (0, 0));
    assert_eq!(started("area_type", "5"), (1, 1));
    assert_eq!(started("", ""), (1, 4));
}

async fn each_number_leads_to_the_cases_behind_it(world: World) {
    let (round, cases) = four_units(&world).await;
    types(&world, cases["vc-1"].link, "listed", "8500").await;
    types(&world, cases["vc-2"].link, "listed", "8500").await;
    submits(&world, cases["vc-2"].link, 1).await;
    rules(&world, cases["vc-3"].case, DispositionCode::BranchOffice).await;

    let norr = Some(("region", "Norr"));
    assert_eq!(
        behind(&world, &round, norr, Slice::Answered).await,
        ["vc-2"]
    );
    assert_eq!(
        behind(&world, &round, norr, Slice::NotAnswered).await,
        ["vc-1"]
    );
    assert_eq!(
        behind(&world, &round, None, Slice::NotAnswered).await,
        ["vc-1", "vc-4"]
    );
    assert_eq!(
        behind(&world, &round, None, Slice::StoppedAt(CENTRE.to_owned())).await,
        ["vc-1"]
    );
    let day = "1970-01-01".to_owned();
    assert_eq!(
        behind(&world, &round, None, Slice::AnsweredOn(day)).await,
        ["vc-2"]
    );
    for (day, expected) in [("1969-12-31", vec![]), ("1970-01-02", vec!["vc-2"])] {
        let slice = Slice::AnsweredBy(day.to_owned());
        assert_eq!(behind(&world, &round, None, slice).await, expected, "{day}");
    }
    assert_eq!(
        behind(&world, &round, Some(("area_type", "")), Slice::All).await,
        ["vc-4"]
    );
    let line = world
        .database
        .cases_behind(
            round.id,
            &server::storage::CasesBehind::default(),
            server::storage::ListPage { number: 2, size: 3 },
            DURING,
        )
        .await
        .unwrap();
    assert_eq!(line.count, 4);
    assert_eq!(line.cases.len(), 1);
    assert_eq!(line.cases[0].unit_key, "vc-4");
    assert_eq!(line.cases[0].chief_name.as_deref(), Some("Ada Exempel"));
    assert_eq!(line.cases[0].status, Status::NotInvited);
}

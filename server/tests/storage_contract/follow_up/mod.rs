//! Where cases stand, and what is counted of them.

mod counting;
mod recounting;
mod rounds;

use std::collections::BTreeMap;

use server::instruments;
use server::storage::{
    Actor, CasesBehind, Database, DispositionCode, Lease, ListPage, MessageKind, NewMessage,
    NewRevision, NewRound, NewUnit, Round, Settled, Settlement, Timestamp, Written,
};
use survey::{
    answers::Answers,
    instrument::{self, Instrument},
    register::Register,
    route::route,
    statistics::{AT_LEAST_HALF, Slice, share_answered},
};
use uuid::Uuid;

use crate::support::world::{CLOSES, DURING, Page, World, new_id, round, submission, text, unit};

const INSTRUMENT: &str = "vardcentralschefer-2022";
/// Its sections.
const CENTRE: &str = "om-vardcentralen";
const STAFFING: &str = "bemanning";

fn source() -> String {
    instruments::source(INSTRUMENT).unwrap()
}

fn questionnaire() -> Instrument {
    instrument::load(&source()).unwrap()
}

fn round_asking(key: &str, source: String) -> NewRound {
    NewRound {
        instrument_source: source,
        ..round(key)
    }
}

fn unit_in(key: &str, region: &str, ownership: Option<&str>, area: &str) -> NewUnit {
    let mut new = unit(key);
    region.clone_into(&mut new.unit.region);
    new.unit.ownership = ownership.map(str::to_owned);
    new.unit.classes = BTreeMap::from([
        ("area_type".to_owned(), area.to_owned()),
        ("municipality_type".to_owned(), "metropolitan".to_owned()),
        ("listed".to_owned(), "8500".to_owned()),
    ]);
    new
}

/// A case with the link that leads to it.
#[derive(Clone, Copy, Debug)]
struct Asked {
    case: Uuid,
    link: Uuid,
}

/// Opens cases for every unit of the register and finds them, by the unit's key.
async fn open(world: &World, round: &Round) -> BTreeMap<String, Asked> {
    world
        .database
        .open_cases(round.id, DURING, &mut new_id)
        .await
        .unwrap();
    let mut cases = BTreeMap::new();
    for link in world.database.links_of_round(round.id).await.unwrap() {
        let case = world.view(link.link_id).await.case.id;
        let link_id = link.link_id;
        cases.insert(
            link.unit_key,
            Asked {
                case,
                link: link_id,
            },
        );
    }
    cases
}

/// Two regions with a private and a public unit each, all of them asked in a round.
async fn four_units(world: &World) -> (Round, BTreeMap<String, Asked>) {
    let units = [
        unit_in("vc-1", "Norr", Some("public"), "1"),
        unit_in("vc-2", "Norr", Some("private"), "2"),
        unit_in("vc-3", "Söder", Some("public"), "2"),
        unit_in("vc-4", "Söder", None, "9"),
    ];
    world.database.insert_register(&units).await.unwrap();
    let new = round_asking("2022", source());
    world.database.create_round(&new).await.unwrap();
    let cases = open(world, &new.round).await;
    (new.round, cases)
}

/// Types as the page's script does, telling where.
async fn types(world: &World, link: Uuid, variable: &str, raw: &str) {
    let view = world.view(link).await;
    let typed = Page::of(&view).types(variable, raw);
    let questionnaire = questionnaire();
    let mut answers: Answers = view.answers.iter().collect();
    answers.set(variable, raw);
    let classes = view.unit.classes.iter();
    let register = Register::read(
        &questionnaire,
        classes.map(|(field, value)| (field.as_str(), value.as_str())),
    );
    let route = route(&questionnaire, &register, &answers);
    let place = questionnaire.variable(variable).unwrap().section;
    let written = Written {
        section: questionnaire.sections[place].key.clone(),
        enough: AT_LEAST_HALF.is_met(share_answered(&questionnaire, &route, &answers)),
    };
    save(&world.database, link, typed, written).await;
}

async fn save(database: &Database, link: Uuid, typed: NewRevision, written: Written) {
    database
        .append_written(link, vec![typed], Some(written), DURING)
        .await
        .unwrap();
}

async fn submits(world: &World, link: Uuid, receipt: u8) {
    let new = submission(&world.view(link).await, receipt);
    world.database.submit(link, new, DURING).await.unwrap();
}

async fn rules(world: &World, case: Uuid, code: DispositionCode) {
    world
        .database
        .set_disposition(
            case,
            code,
            &text(""),
            &Actor::CommandLine,
            DURING,
            &mut new_id,
        )
        .await
        .unwrap();
}

/// A server takes an invitation, or refuses it for good.
async fn mails(world: &World, case: Uuid, at: Timestamp, settled: Settled) {
    let message = new_id();
    let new = NewMessage {
        id: message,
        kind: MessageKind::Invitation,
        round_id: None,
        mailing_id: None,
        case_id: Some(case),
        contact_id: None,
        link_id: None,
        language: "sv".to_owned(),
        recipient: "ada@example.com".parse().unwrap(),
        text: Some(("Enkäten".to_owned(), "Svara gärna.".to_owned())),
        due_at: at,
    };
    world.database.enqueue(&[new], at).await.unwrap();
    let lease = Lease {
        id: new_id(),
        until: CLOSES,
    };
    world
        .database
        .lease_messages(1, lease, &[], at)
        .await
        .unwrap();
    let settlement = Settlement {
        message,
        lease: lease.id,
        at,
        settled,
    };
    let written = world
        .database
        .settle_messages(&[settlement], &mut new_id)
        .await
        .unwrap();
    assert_eq!(written, [true]);
}

fn taken() -> Settled {
    Settled::Sent {
        response: "250 ok".to_owned(),
    }
}

fn refused() -> Settled {
    Settled::Bounced {
        reason: "550 no such mailbox".to_owned(),
        undeliverable: false,
    }
}

async fn behind(
    world: &World,
    round: &Round,
    group: Option<(&str, &str)>,
    slice: Slice,
) -> Vec<String> {
    let behind = CasesBehind {
        group: group.map(|(dimension, category)| (dimension.to_owned(), category.to_owned())),
        slice,
    };
    let page = ListPage {
        number: 1,
        size: 1000,
    };
    let found = world
        .database
        .cases_behind(round.id, &behind, page, DURING)
        .await
        .unwrap();
    assert_eq!(found.count, u64::try_from(found.cases.len()).unwrap());
    found.cases.into_iter().map(|case| case.unit_key).collect()
}

/// Every count and every case's progress, as text.
async fn everything(world: &World) -> (Vec<String>, Vec<String>) {
    let tallies = world
        .texts(
            "SELECT round.key || '|' || t.dimension || '|' || t.category || '|' || t.measure || '|' || t.value \
                || '|' || t.n FROM tally t JOIN round ON round.id = t.round_id WHERE t.n <> 0",
        )
        .await;
    let cases = world
        .texts(
            "SELECT round.key || '|' || unit.key || '|' || p.status || '|' || coalesce(p.place, '') \
                || '|' || CASE WHEN p.enough THEN 'enough' ELSE '' END \
                || '|' || CASE WHEN p.reopened THEN 'reopened' ELSE '' END \
                || '|' || p.ruling || '|' || coalesce(p.invited_at, 0) || '|' || coalesce(p.bounced_at, 0) \
                || '|' || coalesce(p.opened_at, 0) || '|' || coalesce(p.started_at, 0) \
                || '|' || coalesce(p.answered_at, 0) || '|' || coalesce(p.submitted_at, 0) \
                || '|' || g.dimension || '|' || g.category \
            FROM case_progress p JOIN case_group g ON g.case_id = p.case_id \
            JOIN respondent_case c ON c.id = p.case_id JOIN unit ON unit.id = c.unit_id \
            JOIN round ON round.id = p.round_id",
        )
        .await;
    (tallies, cases)
}

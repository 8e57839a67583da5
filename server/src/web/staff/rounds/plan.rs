//! A dry run, and sending now.

use app::{
    fill,
    staff::{
        Role,
        rounds::{ConfirmPage, PlanGroup, PlanLine, PlanPage, mailing_path, mailings_path},
    },
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{or_broken, or_response, said};
use crate::{
    mail::{
        plan::{self, Line, Outcome},
        schedule,
    },
    web::staff::{Administrator, Analyst, Asked, Reader},
};

const ON_A_PAGE: usize = 100;
/// As the address names those who get the letter.
const GETS: &str = "far";

pub(super) async fn show(
    reader: Reader,
    Path(address): Path<(String, String)>,
    asked: Asked,
) -> Response {
    let (round, mailing) = or_response!(reader.mailing_named(&address).await);
    let database = &reader.world.shared.database;
    let candidates = or_broken!(reader, database.candidates(&mailing, reader.now).await);
    let lines = plan::plan(&mailing, &round, &candidates, reader.now);
    let words = reader.round_words();
    let (gets, without) = plan::summary(&lines);
    let mut groups = vec![PlanGroup {
        code: GETS,
        said: words.plan_gets.clone(),
        count: gets,
    }];
    groups.extend(without.into_iter().map(|(reason, count)| PlanGroup {
        code: reason.code(),
        said: said(&words.reasons, reason.code()).to_owned(),
        count,
    }));
    let wanted = asked.text("utfall");
    let chosen = groups
        .iter()
        .map(|group| group.code)
        .find(|code| *code == wanted);
    let matching: Vec<&Line<'_>> = lines
        .iter()
        .filter(|line| chosen.is_none_or(|code| code == code_of(line)))
        .collect();
    let page = usize::try_from(asked.page()).unwrap_or(1);
    let shown = matching
        .iter()
        .skip((page - 1).saturating_mul(ON_A_PAGE))
        .take(ON_A_PAGE)
        .map(|line| PlanLine {
            unit_key: line.candidate.unit_key.clone(),
            unit_name: line.candidate.unit_name.clone(),
            region: line.candidate.region.clone(),
            recipient: match line.outcome {
                Outcome::Gets(addressee) => addressee.email.clone(),
                Outcome::Without(_) => String::new(),
            },
            said: match line.outcome {
                Outcome::Gets(_) => words.plan_gets.clone(),
                Outcome::Without(reason) => said(&words.reasons, reason.code()).to_owned(),
            },
        })
        .collect();
    let frame = reader.frame();
    let view = PlanPage {
        frame: &frame,
        key: &round.key,
        number: mailing.number.get(),
        pilot: round.pilot,
        groups,
        total: lines.len(),
        chosen: chosen.map(str::to_owned),
        lines: shown,
        page: asked.page(),
        pages: u32::try_from(matching.len().div_ceil(ON_A_PAGE)).unwrap_or(u32::MAX),
        may_send: reader.staff.role >= Role::Administrator,
        may_download: reader.staff.role >= Role::Analyst,
    };
    reader.page(view.html())
}

fn code_of(line: &Line<'_>) -> &'static str {
    match line.outcome {
        Outcome::Gets(_) => GETS,
        Outcome::Without(reason) => reason.code(),
    }
}

/// Names and addresses leave the program here, so it is written down.
pub(super) async fn csv(analyst: Analyst, Path(address): Path<(String, String)>) -> Response {
    let (round, mailing) = or_response!(analyst.mailing_named(&address).await);
    let database = &analyst.world.shared.database;
    let candidates = or_broken!(analyst, database.candidates(&mailing, analyst.now).await);
    let lines = plan::plan(&mailing, &round, &candidates, analyst.now);
    let id = or_broken!(analyst, analyst.new_id());
    let detail = serde_json::json!({ "number": mailing.number.get(), "rows": lines.len() });
    let actor = analyst.actor();
    let noted = database.note(
        &actor,
        "mailing.plan_downloaded",
        &round.key,
        &detail,
        analyst.now,
        id,
    );
    or_broken!(analyst, noted.await);
    let mut response = plan::csv(&lines).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    let name = format!(
        "attachment; filename=\"{}-{}.csv\"",
        round.key,
        mailing.number.get()
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

pub(super) async fn ask_send(
    boss: Administrator,
    Path(address): Path<(String, String)>,
) -> Response {
    let (round, mailing) = or_response!(boss.mailing_named(&address).await);
    let database = &boss.world.shared.database;
    let candidates = or_broken!(boss, database.candidates(&mailing, boss.now).await);
    let lines = plan::plan(&mailing, &round, &candidates, boss.now);
    let (count, _) = plan::summary(&lines);
    let words = boss.round_words();
    let number = mailing.number.get();
    // A reminder goes out once.
    let may = count > 0 && (mailing.started_at.is_none() || mailing.number.is_invitation());
    let title = if count == 1 {
        &words.send_title_one
    } else {
        &words.send_title
    };
    let letter = words.letter(number).to_lowercase();
    let frame = boss.frame();
    let page = ConfirmPage {
        frame: &frame,
        title: fill(title, &[("letter", &letter), ("count", &count.to_string())]),
        lead: if may {
            words.send_lead.clone()
        } else if mailing.started_at.is_some() {
            words.send_before.clone()
        } else {
            words.send_none.clone()
        },
        pilot: round.pilot,
        button: may.then(|| words.send_do.clone()),
        action: format!("{}/skicka", mailing_path(&round.key, number)),
        back: format!("{}/plan", mailing_path(&round.key, number)),
    };
    boss.page(page.html())
}

pub(super) async fn send(boss: Administrator, Path(address): Path<(String, String)>) -> Response {
    let (round, mailing) = or_response!(boss.mailing_named(&address).await);
    let shared = &boss.world.shared;
    let line = or_broken!(boss, boss.new_id());
    let actor = boss.actor();
    let started = schedule::start(&shared.database, &round, &mailing, &actor, boss.now, line);
    let started = or_broken!(boss, started.await);
    let back = mailings_path(&round.key);
    if started.before && started.queued == 0 {
        return boss.go(&format!("{back}?gjort=fore"));
    }
    shared.mail.wake.wake();
    boss.go(&format!("{back}?gjort=skickat&antal={}", started.queued))
}

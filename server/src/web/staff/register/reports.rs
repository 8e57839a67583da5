//! "Fel mottagare?": the list, and the ways to handle a report.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        register::{HandledReport, OpenReport, ReportPage, ReportsPage, keyed},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use uuid::Uuid;

use super::{or_broken, people::person_faults, stored};
use crate::{
    storage::{
        DispositionCode, HandleError, ListedReport, ReportHandling, ReportKind, ReportOutcome,
        register::Successor,
    },
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

pub(super) async fn list(reader: Reader, asked: Asked) -> Response {
    let reports = or_broken!(reader, reader.world.shared.database.reports().await);
    let words = reader.words();
    let (open, handled): (Vec<_>, Vec<_>) = reports
        .into_iter()
        .partition(|report| report.handling.is_none());
    let about = handled
        .iter()
        .find(|report| report.report.id.to_string() == asked.text("gjort"));
    let told = about.and_then(|report| {
        let text = match report.handling.as_ref()?.outcome {
            ReportOutcome::ContactChanged => &words.report_done_changed,
            ReportOutcome::Closed { .. } => &words.report_done_closed,
            ReportOutcome::Dismissed { .. } => &words.report_done_dismissed,
        };
        Some(fill(text, &[("unit", &report.unit_name)]))
    });
    let frame = reader.frame();
    let page = ReportsPage {
        frame: &frame,
        open: open.iter().map(|report| drawn(&reader, report)).collect(),
        handled: handled
            .iter()
            .filter_map(|report| {
                let (what, at, by) = handling(&reader, report.handling.as_ref()?);
                Some(HandledReport {
                    report: drawn(&reader, report),
                    what,
                    at,
                    by,
                })
            })
            .collect(),
        told,
        may_change: reader.staff.role >= Role::Administrator,
    };
    reader.page(page.html())
}

fn drawn(visit: &StaffVisit, listed: &ListedReport) -> OpenReport {
    OpenReport {
        id: listed.report.id.to_string(),
        unit_key: listed.unit_key.clone(),
        unit: listed.unit_name.clone(),
        region: listed.region.clone(),
        round: listed.round_key.clone(),
        kind: listed.report.kind.as_str(),
        name: listed.report.name.clone(),
        email: listed.report.email.clone(),
        note: listed.report.note.clone(),
        at: visit.moment(listed.report.at),
        recipient: listed.recipient.clone(),
        is_whole: listed.report.kind == ReportKind::NewChief
            && person_faults(visit, &listed.report.name, &listed.report.email, false).is_empty(),
    }
}

/// What was done, when and by whom.
fn handling(visit: &StaffVisit, handling: &ReportHandling) -> (String, String, String) {
    let words = visit.words();
    let (what, note) = match &handling.outcome {
        ReportOutcome::ContactChanged => (keyed(&words.reports, "contact_changed"), ""),
        ReportOutcome::Closed { disposition, note } => {
            (keyed(&words.dispositions, disposition), note.as_str())
        }
        ReportOutcome::Dismissed { note } => (keyed(&words.reports, "dismissed"), note.as_str()),
    };
    let what = [what, note]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(": ");
    (what, visit.moment(handling.at), handling.actor.clone())
}

async fn report(visit: &StaffVisit, id: &str) -> Result<ListedReport, Response> {
    let Ok(id) = id.parse::<Uuid>() else {
        return Err(visit.missing());
    };
    match visit.world.shared.database.listed_report(id).await {
        Ok(Some(report)) => Ok(report),
        Ok(None) => Err(visit.missing()),
        Err(error) => Err(visit.broken(&error)),
    }
}

/// What was typed into the forms of a report.
#[derive(Default)]
struct Typed<'a> {
    name: &'a str,
    email: &'a str,
    note: &'a str,
}

fn page(
    visit: &StaffVisit,
    status: StatusCode,
    listed: &ListedReport,
    typed: &Typed<'_>,
    faults: Vec<Fault>,
) -> Response {
    let report = drawn(visit, listed);
    let frame = visit.frame();
    let page = ReportPage {
        frame: &frame,
        report: &report,
        name: typed.name,
        email: typed.email,
        note: typed.note,
        disposition: DispositionCode::ClosedBeforeStart.name(),
        faults,
        may_change: visit.staff.role >= Role::Administrator,
        handled: listed.handling.as_ref().map(|done| handling(visit, done)),
    };
    visit.page_with(status, page.html())
}

pub(super) async fn show(reader: Reader, Path(id): Path<String>) -> Response {
    let listed = match report(&reader, &id).await {
        Ok(listed) => listed,
        Err(response) => return response,
    };
    let typed = Typed {
        name: &listed.report.name,
        email: &listed.report.email,
        note: "",
    };
    page(&reader, StatusCode::OK, &listed, &typed, Vec::new())
}

/// Back to the list; a report that somebody else handled meanwhile shows what was done.
fn told(visit: &StaffVisit, id: Uuid, handled: Result<(), HandleError>) -> Response {
    match handled {
        Ok(()) => visit.go(&format!("/admin/rapporter?gjort={id}")),
        Err(HandleError::Handled) => visit.go(&format!("/admin/rapporter/{id}")),
        Err(HandleError::UnknownReport) => visit.missing(),
        Err(error @ HandleError::Database(_)) => visit.broken(&error),
    }
}

pub(super) async fn change_contact(
    administrator: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let listed = match report(&administrator, &id).await {
        Ok(listed) => listed,
        Err(response) => return response,
    };
    let (name, email) = (posted.text("name"), posted.text("email"));
    let faults = person_faults(&administrator, name, email, false);
    if !faults.is_empty() {
        let typed = Typed {
            name,
            email,
            note: "",
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&administrator, status, &listed, &typed, faults);
    }
    let successor = Successor {
        name: stored!(administrator, name),
        email: stored!(administrator, email),
    };
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let handled = administrator
        .world
        .shared
        .database
        .handle_report_by_successor(listed.report.id, &successor, &actor, now, &mut || {
            ids.next_id()
        })
        .await;
    told(&administrator, listed.report.id, handled)
}

pub(super) async fn close(
    administrator: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let listed = match report(&administrator, &id).await {
        Ok(listed) => listed,
        Err(response) => return response,
    };
    let Ok(code @ (DispositionCode::ClosedBeforeStart | DispositionCode::Unreachable)) =
        posted.text("disposition").parse()
    else {
        return administrator.bad();
    };
    let note = stored!(administrator, posted.text("closed-note"));
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let handled = administrator
        .world
        .shared
        .database
        .handle_report_by_disposition(listed.report.id, code, &note, &actor, now, &mut || {
            ids.next_id()
        })
        .await;
    told(&administrator, listed.report.id, handled)
}

pub(super) async fn dismiss(
    administrator: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let listed = match report(&administrator, &id).await {
        Ok(listed) => listed,
        Err(response) => return response,
    };
    let note = posted.text("note");
    if note.is_empty() {
        let faults = vec![Fault::new("note", &administrator.words().note_missing)];
        let typed = Typed {
            name: &listed.report.name,
            email: &listed.report.email,
            note,
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&administrator, status, &listed, &typed, faults);
    }
    let note = stored!(administrator, note);
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let handled = administrator
        .world
        .shared
        .database
        .dismiss_report(listed.report.id, &note, &actor, now, &mut || ids.next_id())
        .await;
    told(&administrator, listed.report.id, handled)
}

//! Where the link leads.

use app::respondent::{HelperPage, Notice, SectionStatus, StartPage, Status};
use axum::{http::StatusCode, response::Response};
use survey::{
    instrument::{Body, Question},
    route::{Presence, RoutedSection, variables_of},
};

use super::visit::Visit;
use crate::storage::{Refusal, Standing};

pub(crate) async fn show(visit: Visit) -> Response {
    if let Standing::Refused(refusal @ (Refusal::NotYetOpen | Refusal::Closed | Refusal::Revoked)) =
        visit.case.standing(visit.now)
    {
        return visit.refused(refusal);
    }
    let frame = visit.frame();
    let route = visit.route();
    let mut sections: Vec<SectionStatus> = route
        .sections
        .iter()
        .map(|section| SectionStatus {
            title: section.section.title.get(visit.language).to_owned(),
            path: format!("{}/avsnitt/{}", visit.base, section.section.key),
            status: status(&visit, section),
        })
        .collect();
    if visit.only_section().is_some() {
        if let Some(refused) = visit.barred() {
            return refused;
        }
        // The chief's answers may have taken the section off the way.
        let Some(section) = sections.pop() else {
            return visit.notice(StatusCode::NOT_FOUND, &Notice::Unknown);
        };
        let page = HelperPage {
            frame: &frame,
            holder: visit.case.link.holder.as_deref().unwrap_or_default(),
            section,
            closes: visit.closes(),
        };
        return visit.page(page.html());
    }
    let submitted = visit
        .case
        .submission
        .as_ref()
        .filter(|submission| submission.reopened_at.is_none())
        .map(|submission| {
            (
                visit.moment(submission.submitted_at),
                submission.receipt.as_str().to_owned(),
            )
        });
    let page = StartPage {
        frame: &frame,
        instrument: &visit.instrument,
        sections,
        closes: visit.closes(),
        submitted,
    };
    visit.page(page.html())
}

fn status(visit: &Visit, section: &RoutedSection<'_>) -> Status {
    let asked = || {
        section
            .pages
            .iter()
            .flat_map(|page| &page.questions)
            .filter(|routed| routed.presence == Presence::Asked)
            .map(|routed| routed.question)
    };
    let wanted =
        |question: &&Question| !matches!(question.body, Body::Text(_) | Body::Contact { .. });
    if asked()
        .filter(wanted)
        .all(|question| answered(visit, question))
        && asked().any(|question| answered(visit, question))
    {
        Status::Done
    } else if asked().any(|question| answered(visit, question)) {
        Status::Started
    } else {
        Status::NotStarted
    }
}

fn answered(visit: &Visit, question: &Question) -> bool {
    let place = visit
        .instrument
        .questions()
        .find(|(_, _, other)| std::ptr::eq(*other, question));
    place.is_some_and(|(section, index, _)| {
        variables_of(&visit.instrument, section, index)
            .any(|variable| !visit.answers.raw(&variable.key).trim().is_empty())
    })
}

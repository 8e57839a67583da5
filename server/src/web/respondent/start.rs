//! Where the link leads.

use app::respondent::{HelperPage, Notice, SectionStatus, StartPage, Status};
use axum::{http::StatusCode, response::Response};
use survey::{
    instrument::{Body, Question},
    route::{Page, Presence, Route, variables_of},
};

use super::visit::Visit;
use crate::storage::{CurrentAnswers, Refusal, Standing};

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
            status: status(&visit, &section.pages),
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
        next: format!("{}{}", visit.base, next(&visit, &route)),
        closes: visit.closes(),
        submitted,
    };
    visit.page(page.html())
}

/// "Börja svara". Pressing it opens the questionnaire for the follow-up; looking does not, for mail scanners look too.
pub(crate) async fn begin(visit: Visit) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    visit.remember_opened().await;
    visit.go(&next(&visit, &visit.route()))
}

/// Where the chief left off: the page that was last written on, or the next that is not done.
fn next(visit: &Visit, route: &Route<'_>) -> String {
    let last = [&visit.case.answers, &visit.case.personal]
        .into_iter()
        .filter_map(CurrentAnswers::last)
        .max_by_key(|revision| revision.number)
        .and_then(|revision| visit.instrument.variable(&revision.variable))
        .map(|variable| visit.instrument.question_of(variable));
    let pages: Vec<(String, &Page<'_>)> = route
        .sections
        .iter()
        .flat_map(|routed| {
            let key = &routed.section.key;
            (1..)
                .zip(&routed.pages)
                .map(move |(number, page)| (format!("/avsnitt/{key}/{number}"), page))
        })
        .collect();
    let written = pages.iter().position(|(_, page)| {
        page.questions
            .iter()
            .any(|routed| last.is_some_and(|last| std::ptr::eq(last, routed.question)))
    });
    let (before, from) = pages.split_at(written.unwrap_or_default());
    from.iter()
        .chain(before)
        .find(|(_, page)| status(visit, std::slice::from_ref(*page)) != Status::Done)
        .or(pages.first())
        .map(|(path, _)| path.clone())
        .unwrap_or_default()
}

fn status(visit: &Visit, pages: &[Page<'_>]) -> Status {
    let asked = || {
        pages
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

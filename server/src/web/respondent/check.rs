//! "Granska svaren".

use app::respondent::{CheckPage, FROM_CHECK};
use axum::{http::StatusCode, response::Response};
use survey::{checks::Finding, route::Route};

use super::visit::Visit;

pub(crate) async fn show(visit: Visit) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    render(&visit, false)
}

pub(super) fn render(visit: &Visit, refused: bool) -> Response {
    let route = visit.route();
    let examined = visit.examine(route.questions());
    let open = examined
        .open
        .into_iter()
        .map(|finding| (finding.clone(), where_to_mend(visit, &route, &finding)))
        .collect();
    let frame = visit.frame();
    let unchanged = visit
        .case
        .submission
        .as_ref()
        .is_some_and(|submission| submission.as_of == visit.case.latest());
    let html = CheckPage {
        frame: &frame,
        instrument: &visit.instrument,
        answers: &visit.answers,
        route: &route,
        open,
        noted: examined.noted,
        closes: visit.closes(),
        unchanged,
        refused,
    }
    .html();
    visit.page_with(
        if refused {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        },
        html,
    )
}

/// The address of the field that a finding stands at.
fn where_to_mend(visit: &Visit, route: &Route<'_>, finding: &Finding) -> String {
    let Some(variable) = visit.instrument.variable(finding.anchor()) else {
        return visit.base.clone();
    };
    let question = visit.instrument.question_of(variable);
    route
        .sections
        .iter()
        .find_map(|section| {
            let page = section.pages.iter().position(|page| {
                page.questions
                    .iter()
                    .any(|routed| std::ptr::eq(routed.question, question))
            })?;
            Some(format!(
                "{}/avsnitt/{}/{}?{FROM_CHECK}#{}",
                visit.base,
                section.section.key,
                page + 1,
                finding.anchor()
            ))
        })
        .unwrap_or_else(|| visit.base.clone())
}

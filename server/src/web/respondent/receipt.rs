//! The receipt, with the answers as they were handed in.

use app::respondent::ReceiptPage;
use axum::{http::Uri, response::Response};
use survey::{answers::Answers, route::route, submission::Entry};

use super::visit::Visit;

pub(crate) async fn show(visit: Visit, uri: Uri) -> Response {
    let Some(submission) = &visit.case.submission else {
        return visit.go("");
    };
    let snapshot = match visit.world.shared.database.snapshot(submission.id).await {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return visit.missing(),
        Err(error) => return visit.broken(&error),
    };
    let entries = serde_json::from_str::<Vec<Entry>>(&snapshot.snapshot).and_then(|answers| {
        Ok((
            answers,
            serde_json::from_str::<Vec<Entry>>(&snapshot.personal)?,
        ))
    });
    let (entries, personal) = match entries {
        Ok(entries) => entries,
        Err(error) => return visit.broken(&error),
    };
    let answers: Answers = entries
        .into_iter()
        .chain(personal)
        .map(|entry| (entry.variable, entry.typed))
        .collect();
    let route = route(&visit.instrument, &visit.register, &answers);
    let frame = visit.frame();
    let html = ReceiptPage {
        frame: &frame,
        instrument: &visit.instrument,
        answers: &answers,
        route: &route,
        receipt: submission.receipt.as_str().to_owned(),
        submitted: visit.moment(submission.submitted_at),
        closes: visit.closes(),
        already: uri.query() == Some("redan"),
        may_reopen: submission.reopened_at.is_none() && visit.now < visit.case.round.closes_at,
    }
    .html();
    visit.page(html)
}

//! Texts about the survey, and the questions on paper.

use app::respondent::{PrintPage, TextPage, TextTopic};
use axum::{extract::Path, response::Response};

use super::visit::Visit;

pub(crate) async fn show(visit: Visit, Path((_, topic)): Path<(String, String)>) -> Response {
    let Some(topic) = TextTopic::from_path(&topic) else {
        return visit.missing();
    };
    let frame = visit.frame();
    visit.page(
        TextPage {
            frame: &frame,
            instrument: &visit.instrument,
            topic,
        }
        .html(),
    )
}

pub(crate) async fn print(visit: Visit) -> Response {
    let frame = visit.frame();
    visit.page(
        PrintPage {
            frame: &frame,
            instrument: &visit.instrument,
            register: &visit.register,
        }
        .html(),
    )
}

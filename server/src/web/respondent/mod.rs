//! The chief's pages. Each handler reads, decides, writes and answers.

pub(super) mod autosave;
mod button;
pub(super) mod check;
mod examine;
pub(super) mod form;
mod helping;
pub(super) mod receipt;
pub(super) mod section;
pub(super) mod share;
pub(super) mod start;
pub(super) mod submit;
pub(super) mod texts;
mod visit;
mod written;
pub(super) mod wrong;

use axum::response::Response;

use visit::Visit;

/// A page that there is not, to somebody with a link.
pub(super) async fn missing(visit: Visit) -> Response {
    visit.missing()
}

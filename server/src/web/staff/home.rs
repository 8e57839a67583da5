//! Where staff come in, and what is shown where nothing is.

use axum::response::{IntoResponse, Redirect, Response};

use super::Reader;

pub(super) async fn show(_: Reader) -> Response {
    Redirect::to("/admin/register").into_response()
}

pub(super) async fn missing(reader: Reader) -> Response {
    reader.missing()
}

//! What is shown where nothing is.

use axum::response::Response;

use super::Reader;

pub(super) async fn missing(reader: Reader) -> Response {
    reader.missing()
}

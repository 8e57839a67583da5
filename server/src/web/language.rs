//! Which language a page is shown in: asked for in the address, else remembered, else Swedish.

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use survey::text::Language;

pub(super) const COOKIE: &str = "sprak";

pub(super) struct Choice {
    pub language: Language,
    /// Asked for in this very address, so to be remembered.
    pub asked: bool,
}

pub(super) fn choose(uri: &Uri, headers: &HeaderMap) -> Choice {
    let in_query = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, code)| Language::from_code(code));
    if let Some(language) = in_query {
        return Choice {
            language,
            asked: true,
        };
    }
    let remembered = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, code)| Language::from_code(code));
    Choice {
        language: remembered.unwrap_or_default(),
        asked: false,
    }
}

/// Remembers a language until the browser is closed.
pub(super) fn remember(language: Language) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict",
        language.code()
    ))
    .ok()
}

//! Forms are taken from our own pages only. Together with `SameSite` cookies this needs no secret in the forms.

use app::staff::StaffNotice;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::web::{World, language};

pub(super) async fn from_here(
    State(world): State<World>,
    request: Request,
    next: Next,
) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !is_ours(request.headers()) {
        let language = language::choose(request.uri(), request.headers()).language;
        return world.staff_notice(StatusCode::FORBIDDEN, StaffNotice::CrossSite, language);
    }
    next.run(request).await
}

/// Browsers of today tell in `Sec-Fetch-Site`; older ones in `Origin` or `Referer`, to be compared with `Host`.
fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(host) = text(header::HOST.as_str()) else {
        return false;
    };
    text(header::ORIGIN.as_str())
        .or_else(|| text(header::REFERER.as_str()))
        .and_then(host_of)
        .is_some_and(|from| from.eq_ignore_ascii_case(host))
}

/// Host and port of an address: `example.se:3000` of `https://example.se:3000/admin`.
fn host_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    matches!(scheme, "http" | "https").then_some(())?;
    rest.split(['/', '?', '#']).next()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("enkat.example.se"));
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_form_on_our_own_page_is_taken() {
        for pairs in [
            [("sec-fetch-site", "same-origin")],
            [("origin", "https://enkat.example.se")],
            [("referer", "https://enkat.example.se/admin/konton?x=1")],
        ] {
            assert!(is_ours(&headers(&pairs)), "{pairs:?}");
        }
    }

    #[test]
    fn a_form_from_elsewhere_is_not() {
        for pairs in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "https://enkat.example.se.evil.example")],
            &[("origin", "https://enkat.example.se:8443")],
            &[("referer", "https://evil.example/enkat.example.se")],
            &[("referer", "https://enkat.example.se@evil.example/")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://enkat.example.se"),
            ],
            &[],
        ] {
            assert!(!is_ours(&headers(pairs)), "{pairs:?}");
        }
    }
}

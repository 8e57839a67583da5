//! Pages for when there is no questionnaire to show.

use app::{
    Frame, Translations,
    respondent::{DemoLink, DemoPage, Notice},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{Html, IntoResponse, Response},
};
use survey::text::Language;

use super::{ShownKind, World, language};

impl World {
    /// The frame of a page that belongs to nobody.
    pub(super) fn bare_frame(&self, language: Language) -> Frame<'_> {
        Frame {
            words: self.words().of(language),
            language,
            assets: &self.shared.shelf.page,
            sender: None,
            email: None,
            unit: None,
            base: None,
        }
    }

    pub(super) fn words(&self) -> Translations {
        self.shared.translations
    }

    /// A notice to somebody unknown.
    pub(super) fn notice(
        &self,
        status: StatusCode,
        notice: &Notice,
        language: Language,
    ) -> Response {
        (status, Html(notice.html(&self.bare_frame(language)))).into_response()
    }
}

pub(super) async fn missing(State(world): State<World>, uri: Uri, headers: HeaderMap) -> Response {
    world.notice(
        StatusCode::NOT_FOUND,
        &Notice::Missing,
        language::choose(&uri, &headers).language,
    )
}

/// The front page: in the demo links to click, elsewhere nothing to see.
pub(super) async fn front(State(world): State<World>, uri: Uri, headers: HeaderMap) -> Response {
    let language = language::choose(&uri, &headers).language;
    if world.shared.showcase.is_empty() {
        return world.notice(StatusCode::NOT_FOUND, &Notice::Missing, language);
    }
    let frame = world.bare_frame(language);
    let words = &frame.words.demo;
    let links = world
        .shared
        .showcase
        .iter()
        .map(|shown| {
            let label = match shown.kind {
                ShownKind::Ordinary => &words.ordinary,
                ShownKind::Rural => &words.rural,
                ShownKind::Socioeconomic => &words.socioeconomic,
            };
            DemoLink {
                label: label.clone(),
                unit: shown.unit.clone(),
                path: shown.path.clone(),
            }
        })
        .collect();
    Html(
        DemoPage {
            frame: &frame,
            links,
        }
        .html(),
    )
    .into_response()
}

//! What a form sent, and what an address asks for.

use std::{collections::BTreeMap, convert::Infallible};

use app::staff::StaffNotice;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::Response,
};

use crate::web::{World, language, respondent::form::fields};

/// A form's fields, each once; without the spaces around what was typed.
#[derive(Debug, Default)]
pub(crate) struct Posted(BTreeMap<String, String>);

impl Posted {
    /// What was typed into a field; empty where there was none.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// What was typed into a field with the spaces around it, as passwords are.
    pub fn verbatim(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl FromRequest<World> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, world: &World) -> Result<Self, Response> {
        let language = language::choose(request.uri(), request.headers()).language;
        let body = match Bytes::from_request(request, world).await {
            Ok(body) => body,
            Err(rejection) => {
                return Err(world.staff_notice(rejection.status(), StaffNotice::Bad, language));
            }
        };
        fields(&body).map(Self).map_err(|error| {
            tracing::debug!(%error, "a staff form could not be read");
            world.staff_notice(
                axum::http::StatusCode::BAD_REQUEST,
                StaffNotice::Bad,
                language,
            )
        })
    }
}

/// What stands after `?` in the address. What cannot be read asks for nothing.
#[derive(Debug, Default)]
pub(crate) struct Asked(BTreeMap<String, String>);

impl Asked {
    /// What is asked for; empty where nothing is.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// The page of a long list, from 1.
    pub fn page(&self) -> u32 {
        self.text("sida").parse().unwrap_or(1).max(1)
    }
}

impl FromRequestParts<World> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &World) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(fields(query.as_bytes()).unwrap_or_default()))
    }
}

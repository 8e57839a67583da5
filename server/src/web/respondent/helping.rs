//! What a colleague with a link to one section may open. Everything else is as if it were not there.

use axum::{extract::MatchedPath, http::request::Parts};
use survey::route::Route;

use super::visit::Visit;

/// Below `/svara/{token}`, what a link to a section leads to besides that section.
const OPEN: [&str; 3] = ["", "/spara", "/om/{topic}"];
const PAGES: &str = "/avsnitt/";

impl Visit {
    /// The section of a colleague's link; none for the chief's own.
    pub fn only_section(&self) -> Option<&str> {
        self.case.link.section.as_deref()
    }

    /// Whether the request is one that this link may make. `section` is the one in the address.
    pub(super) fn may_ask(&self, parts: &Parts, section: Option<&str>) -> bool {
        let Some(only) = self.only_section() else {
            return true;
        };
        let rest = parts
            .extensions
            .get::<MatchedPath>()
            .and_then(|path| path.as_str().strip_prefix("/svara/{token}"));
        match rest {
            Some(rest) if rest.starts_with(PAGES) => section == Some(only),
            Some(rest) => OPEN.contains(&rest),
            None => false,
        }
    }

    /// Leaves of the way through the questionnaire what this link leads to.
    pub(super) fn narrowed<'i>(&self, mut route: Route<'i>) -> Route<'i> {
        if let Some(only) = self.only_section() {
            route.sections.retain(|routed| routed.section.key == only);
        }
        route
    }

    /// Whether this link may write to the variable.
    pub(super) fn may_write(&self, variable: &str) -> bool {
        let Some(only) = self.only_section() else {
            return true;
        };
        self.instrument
            .variable(variable)
            .and_then(|variable| self.instrument.sections.get(variable.section))
            .is_some_and(|section| section.key == only)
    }
}

//! The one island: live branching, sums, soft checks, keyboard travel and paste. It renders nothing of its own; it reads the
//! fields that the server wrote, so nothing typed before it woke is touched.

#[cfg(feature = "hydrate")]
mod branching;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod carried;
#[cfg(feature = "hydrate")]
mod count;
#[cfg(feature = "hydrate")]
mod dom;
#[cfg(feature = "hydrate")]
mod matrix;
#[cfg(feature = "hydrate")]
mod questions;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use survey::checks::{Confirmed, Rules};

use crate::SoftWords;

/// What the page tells the island, in the form's `data-live`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LivePage {
    pub rules: Vec<Rules>,
    pub words: SoftWords,
    /// Soft checks that were answered with "Stämmer" before.
    pub confirmed: Vec<Confirmed>,
    /// "{left} tecken kvar" and "{over} tecken för mycket".
    pub left: String,
    pub over: String,
}

/// Ids that the server writes and the island reads.
pub mod ids {
    pub fn sum(question: &str, column: &str) -> String {
        format!("sum-{question}-{column}")
    }

    pub fn quotient(question: &str) -> String {
        format!("quot-{question}")
    }
}

/// Wakes the page. Without it, or before it, the server does all of this at each saving.
#[island]
pub fn Live() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    dom::wake();
}

/// Called by the page's script once the module has loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

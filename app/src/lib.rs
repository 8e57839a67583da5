//! The screens. Rendered whole on the server as plain HTML that works without scripts; in the browser only
//! the island in [`live`] wakes, running the same rules as the server.

mod fill;
pub mod live;
mod soft;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod respondent;
#[cfg(feature = "ssr")]
pub mod staff;
#[cfg(feature = "ssr")]
mod words;

pub use fill::fill;
pub use soft::{SoftWords, Wish, reason_field, seen};

#[cfg(feature = "ssr")]
pub use document::{Assets, Frame, WasmAssets};
#[cfg(feature = "ssr")]
pub use words::{TranslationError, Translations, Words};

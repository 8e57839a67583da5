//! The chief's pages. Each handler reads, decides, writes and answers.

pub(super) mod autosave;
mod button;
pub(super) mod check;
mod examine;
pub(super) mod form;
pub(super) mod receipt;
pub(super) mod section;
pub(super) mod start;
pub(super) mod submit;
pub(super) mod texts;
mod visit;
mod written;
pub(super) mod wrong;

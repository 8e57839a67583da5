//! The questionnaire as data. A file in `instruments/` is loaded into an [`Instrument`]; what is wrong with
//! it comes back as [`Fault`]s with line and column. The format is described in `docs/instruments.md`.

mod fault;
pub(crate) mod load;
mod model;
mod needs;
mod strata;

pub use fault::{Fault, Place};
pub use load::load;
pub use model::*;
pub use strata::{Asked, Met, Stratum, strata};

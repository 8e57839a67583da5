//! A made-up survey to try the product on.

mod answers;
mod fill;
mod history;
pub mod register;

pub use fill::{FillError, Stage, fill};

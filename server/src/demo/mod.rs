//! A made-up survey to try the product on.

mod fill;
pub mod register;

pub use fill::{FillError, OPEN_DAYS, fill};

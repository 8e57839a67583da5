//! A made-up survey to try the product on.

mod answers;
mod fill;
mod history;
mod letters;
pub mod register;
mod staff;

pub use fill::{FillError, Stage, fill};
pub use staff::{DemoAccount, DemoAccounts, DemoAccountsError};

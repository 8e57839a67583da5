//! What the checks ask chiefs of health centres about, and what they leave alone.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where what it builds on is not there"
)]

mod cells;
mod entry;
mod number;
mod ordinary;
mod percent;
mod promises;
mod settling;
mod support;
mod swap;
mod total;

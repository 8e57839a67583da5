//! What cleaning makes of answers, told as chiefs give them.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where what it builds on is not there"
)]

mod blanks;
mod cells;
mod columns;
mod decisions;
mod faults;
mod habits;
mod listed;
mod odds;
mod patterns;
mod promises;
mod rounding;
mod support;
mod texts;
mod totals;
mod units;
mod unknown_units;
mod ward;

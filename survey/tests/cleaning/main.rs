//! What cleaning makes of answers, told as chiefs give them.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where what it builds on is not there"
)]

mod blanks;
mod cells;
mod columns;
mod decisions;
mod doubts;
mod faults;
mod given;
mod habits;
mod implausible;
mod listed;
mod odds;
mod ordinary;
mod own_units;
mod patterns;
mod promises;
mod readings;
mod rounding;
mod sense;
mod sentences;
mod shifted;
mod support;
mod texts;
mod totals;
mod turned;
mod units;
mod unknown_units;
mod ward;

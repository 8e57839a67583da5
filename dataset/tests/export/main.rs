//! What a file of answers holds, whoever typed what.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod books;
mod columns;
mod hostile;
mod made;
mod read;
mod repeated;

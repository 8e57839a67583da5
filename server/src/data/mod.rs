//! The answers of a round as files, at a data cut: the same for the screens and the command line.

mod files;
mod lines;
mod moment;

pub use files::{DataError, DataFiles};
pub use lines::Lines;
pub use moment::{MomentError, moment, now, written};

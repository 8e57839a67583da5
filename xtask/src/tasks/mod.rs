//! The tasks, each a list of steps.

mod bench;
mod fuzz;
mod run;
mod test;

pub use bench::bench;
pub use fuzz::fuzz;
pub use run::{build, run};
pub use test::test;

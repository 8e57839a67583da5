//! Cleaning what was handed in: which rules a round has, what they are given, and what is kept of what they give.

mod decide;
mod edition;
mod raw;
mod rule_book;
mod run;

pub use decide::{Unknown, Wish, decided, undone};
pub use edition::next;
pub use raw::{RawError, raw};
pub use rule_book::{Clean, Ready, RuleBook, RulesError};
pub use run::{CleanError, clean_case, clean_round, run};

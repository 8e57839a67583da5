//! Cleaning what was handed in: which rules a round has, what they are given, and what is kept of what they give.

mod decide;
mod edition;
mod figures;
mod raw;
mod rule_book;
mod run;
mod verdicts;

pub use decide::{Unknown, Wish, decided, undone};
pub use edition::next;
pub use figures::figures_csv;
pub use raw::{RawError, raw};
pub use rule_book::{Clean, Ready, RuleBook, RulesError};
pub use run::{CleanError, clean_case, clean_round, run};
pub use verdicts::verdicts;

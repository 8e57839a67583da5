//! The science of a survey: the instrument as data, the branching language, what was answered, which
//! questions a respondent meets and what to ask about an answer. No I/O, no clock, no randomness:
//! the browser, the server and the command line run these very rules.

pub mod answers;
pub mod checks;
pub mod cleaning;
pub mod condition;
pub mod dictionary;
pub mod instrument;
pub mod register;
pub mod route;
pub mod statistics;
pub mod submission;
pub mod text;

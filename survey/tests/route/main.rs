//! Which questions a respondent meets.

mod branches;
mod chiefs;
mod pages;
mod support;

//! Which questions this respondent meets.

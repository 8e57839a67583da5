//! Tables of answers as files. No database, no clock, no randomness: the same input gives the same bytes.

pub mod export;

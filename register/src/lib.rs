//! The files that regions send: read, mapped, checked, and compared with what the register knows.
//!
//! No database, no clock, no randomness: what a file says is decided from the file and what it is compared with.

//! Letters: templates with named fields, messages, how they are sent, and what comes back.
//!
//! No database and no clock: when to send, and to whom, is decided by whoever calls.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test fails by panicking"
    )
)]
//! Letters: templates with named fields, messages, how they are sent, and what comes back.
//!
//! No database and no clock: when to send, and to whom, is decided by whoever calls.

mod address;
mod dkim;
mod header_text;
mod letter;
mod message_id;
pub mod read;
pub mod report;
pub mod smtp;
pub mod template;

pub use address::{Address, AddressError};
pub use dkim::{Dkim, DkimError};
pub use header_text::{HeaderText, HeaderTextError};
pub use letter::{Correspondent, Letter, LetterError, Sealed};
pub use message_id::MessageId;
pub use report::{Report, ReportError};
pub use smtp::{Delivery, Fault, Smtp, SmtpSettings, SmtpUrlError};
pub use template::{Field, Rendered, Template, Values};

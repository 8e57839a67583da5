//! Sending over SMTP, with an answer that tells what is known of the letter and what is not.

mod connection;
mod delivery;
mod settings;

pub use connection::{Ready, Smtp, SmtpSetupError};
pub(crate) use delivery::plain;
pub use delivery::{Delivery, Fault};
pub use settings::{SmtpSettings, SmtpUrlError, Tls};

//! Signing in: passwords, one-time codes, sealed cookies, and what slows down guessing. No database, no HTTP.

mod code;
mod password;
mod qr;
mod seal;
mod throttle;

pub use code::{CodeSecret, STEP};
pub use password::{HashError, Hasher, InitialPassword, Password, PasswordFault};
pub use qr::{Qr, QrError};
pub use seal::{Purpose, open, seal};
pub use throttle::{Attempt, Shown, Throttle, Verdict};

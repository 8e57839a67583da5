//! Personal links: the token that stands in an address, the secret it is keyed with, and what slows down guessing.

mod guess;
mod secret;
mod token;

pub use guess::{GuessLimiter, Verdict};
pub use secret::{Secret, SecretError};
pub use token::Token;

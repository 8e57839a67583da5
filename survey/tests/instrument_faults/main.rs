//! What the loader says about files that are wrong: each fault at its place, with what would be right.

mod checks;
mod conditions;
mod head;
mod properties;
mod questions;
mod support;
mod syntax;

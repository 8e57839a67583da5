//! From a file's text to an [`Instrument`], or to everything that is wrong with it.

use super::{Fault, Instrument};

/// Loads an instrument from the text of its file.
///
/// # Errors
/// Every fault that could be found, in the order of the file.
pub fn load(_source: &str) -> Result<Instrument, Vec<Fault>> {
    Err(Vec::new())
}

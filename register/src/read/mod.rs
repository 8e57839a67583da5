//! Bytes to a grid of texts. What kind of file it is, is told from its content; its name may lie.

mod encoding;
mod excel;
mod kind;
mod separated;
mod suspicion;
mod table;
mod unreadable;

use crate::{limits::Limits, progress::Progress};

use kind::Kind;
pub use table::{CellFault, Encoding, Format, Table, TableRow};
pub use unreadable::{Damage, Unreadable};

/// Reads a file. `sheet` chooses a sheet of an Excel file by name; without it, the first visible one that holds anything.
pub fn read(
    bytes: &[u8],
    sheet: Option<&str>,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Table, Unreadable> {
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge {
            bytes: bytes.len(),
            limit: limits.bytes,
        });
    }
    match kind::of(bytes)? {
        Kind::Text => separated::read(bytes, limits, progress),
        Kind::Zip => excel::read(bytes, sheet, limits, progress),
    }
}

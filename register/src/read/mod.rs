//! Bytes to a grid of texts. What kind of file it is, is told from its content; its name may lie.

mod table;
mod unreadable;

use crate::{limits::Limits, progress::Progress};

pub use table::{CellFault, Encoding, Format, Table, TableRow};
pub use unreadable::{Damage, Unreadable};

/// Reads a file. `sheet` chooses a sheet of an Excel file by name; without it, the first visible one that holds anything.
pub fn read(
    _bytes: &[u8],
    _sheet: Option<&str>,
    _limits: &Limits,
    _progress: &mut dyn FnMut(Progress),
) -> Result<Table, Unreadable> {
    Err(Unreadable::Empty)
}

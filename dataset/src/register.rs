//! What the register says of each unit.

use std::{collections::HashMap, path::Path};

use csv::StringRecord;
use survey::{instrument::Instrument, register::Register};

use crate::{FileFault, header::ID, table::Table};

pub(crate) type Registers = HashMap<String, Register>;

/// Reads a table of the register: `id`, and a column for each field that the instrument knows.
pub(crate) fn read(file: &Path, instrument: &Instrument) -> Result<Registers, FileFault> {
    let mut table = Table::open(file)?;
    let id = table.column(ID)?;
    let mut registers = Registers::new();
    let mut record = StringRecord::new();
    while table.next(&mut record)? {
        let fields = table.columns.iter().map(String::as_str).zip(&record);
        let register = Register::read(instrument, fields);
        let unit = record.get(id).unwrap_or_default().trim().to_owned();
        if unit.is_empty() {
            return Err(table.fault(&record, id, "The unit has no identity."));
        }
        if registers.insert(unit, register).is_some() {
            return Err(table.fault(&record, id, "The unit stands twice."));
        }
    }
    Ok(registers)
}

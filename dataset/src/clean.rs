//! The whole way: read, clean on every core, write in the order of the rows.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use csv::{StringRecord, Writer};
use survey::{cleaning::RuleSet, instrument::Instrument};

use crate::{
    CleanError, FileFault,
    header::Header,
    output::{Whole, directory},
    register::{self, Registers},
    row::{Cleaner, Counts, FLAGS, LEDGER, Written},
    table::Table,
};

/// What to read, and where to write.
#[derive(Clone, Debug)]
pub struct Files {
    /// One row per unit: `id`, and the instrument's variables as columns, as typed.
    pub input: PathBuf,
    /// Gets `cleaned.csv`, `flags.csv` and `ledger.csv`.
    pub output: PathBuf,
    /// `id`, and the instrument's register fields.
    pub register: Option<PathBuf>,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub rows: u64,
    /// Lines in the ledger.
    pub changes: u64,
    /// Cells for review, and the rows they stand in.
    pub flags: u64,
    pub flagged_rows: u64,
}

const ROWS_IN_BATCH: usize = 256;
/// Batches that wait at each worker's door.
const WAITING: usize = 2;

type Batch = Vec<StringRecord>;
type Done = Result<Written, csv::Error>;

/// Cleans a table. `progress` hears often how many rows have been cleaned.
///
/// The output is the same bytes whatever the number of `workers`. Nothing is written when anything is wrong with the
/// input: files appear under their names when all of them are whole.
pub fn clean(
    rules: &RuleSet,
    instrument: &Instrument,
    files: &Files,
    workers: usize,
    mut progress: impl FnMut(u64),
) -> Result<Summary, CleanError> {
    let registers = match &files.register {
        Some(file) => register::read(file, instrument)?,
        None => Registers::new(),
    };
    let table = Table::open(&files.input)?;
    let header = Header::of(&table, rules, instrument)?;
    let columns = table.columns.clone();
    let cleaner = Cleaner {
        rules,
        instrument,
        header: &header,
        columns: &columns,
        registers: &registers,
    };
    directory(&files.output)?;
    let mut outputs = Outputs::create(files, &columns)?;
    let counts = thread::scope(|scope| {
        let mut doors: Vec<SyncSender<Batch>> = Vec::new();
        let mut exits: Vec<Receiver<Done>> = Vec::new();
        for _ in 0..workers.max(1) {
            let (door, work) = sync_channel::<Batch>(WAITING);
            let (ready, exit) = sync_channel::<Done>(WAITING);
            let cleaner = &cleaner;
            scope.spawn(move || {
                let mut raw = cleaner.template();
                for batch in work {
                    if ready.send(cleaner.batch(&mut raw, &batch)).is_err() {
                        break;
                    }
                }
            });
            doors.push(door);
            exits.push(exit);
        }
        let id = header.id;
        // The doors close when the reader is done, and the workers then end.
        let reader = scope.spawn(move || read(table, id, &doors));
        let mut counts = Counts::default();
        let mut turn = exits.iter().cycle();
        // Each worker gets every so-manieth batch: what comes next comes from whose turn it is.
        while let Some(Ok(done)) = turn.next().map(Receiver::recv) {
            let written = done.map_err(|_| CleanError::BrokenOff)?;
            outputs.write(&written)?;
            counts.rows += written.counts.rows;
            counts.changes += written.counts.changes;
            counts.flags += written.counts.flags;
            counts.flagged_rows += written.counts.flagged_rows;
            progress(counts.rows);
        }
        drop(exits);
        reader.join().map_err(|_| CleanError::BrokenOff)??;
        Ok::<_, CleanError>(counts)
    })?;
    outputs.keep()?;
    Ok(Summary {
        rows: counts.rows,
        changes: counts.changes,
        flags: counts.flags,
        flagged_rows: counts.flagged_rows,
    })
}

/// Hands out the rows in batches, one worker after the other.
fn read(mut table: Table, id: usize, doors: &[SyncSender<Batch>]) -> Result<(), FileFault> {
    let mut seen: HashSet<u64> = HashSet::new();
    let mut batch = Batch::with_capacity(ROWS_IN_BATCH);
    let mut record = StringRecord::new();
    let mut turn = doors.iter().cycle();
    let mut hand_out = |batch: Batch| match turn.next() {
        Some(door) => door.send(batch).is_ok(),
        None => false,
    };
    while table.next(&mut record)? {
        let unit = record.get(id).unwrap_or_default().trim();
        if unit.is_empty() {
            return Err(table.fault(&record, id, "The unit has no identity."));
        }
        let mut hasher = DefaultHasher::new();
        unit.hash(&mut hasher);
        if !seen.insert(hasher.finish()) {
            return Err(table.fault(&record, id, "The unit stands twice."));
        }
        batch.push(record.clone());
        if batch.len() == ROWS_IN_BATCH {
            let full = std::mem::replace(&mut batch, Batch::with_capacity(ROWS_IN_BATCH));
            if !hand_out(full) {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        hand_out(batch);
    }
    Ok(())
}

struct Outputs {
    cleaned: Whole,
    flags: Whole,
    ledger: Whole,
}

impl Outputs {
    fn create(files: &Files, columns: &[String]) -> Result<Self, CleanError> {
        let mut outputs = Self {
            cleaned: Whole::create(files.output.join("cleaned.csv"))?,
            flags: Whole::create(files.output.join("flags.csv"))?,
            ledger: Whole::create(files.output.join("ledger.csv"))?,
        };
        outputs.cleaned.write(&line(columns)?)?;
        outputs.flags.write(&line(&FLAGS)?)?;
        outputs.ledger.write(&line(&LEDGER)?)?;
        Ok(outputs)
    }

    fn write(&mut self, written: &Written) -> Result<(), CleanError> {
        self.cleaned.write(&written.cleaned)?;
        self.flags.write(&written.flags)?;
        self.ledger.write(&written.ledger)
    }

    fn keep(mut self) -> Result<(), CleanError> {
        self.cleaned.finish()?;
        self.flags.finish()?;
        self.ledger.finish()?;
        self.cleaned.keep()?;
        self.flags.keep()?;
        self.ledger.keep()
    }
}

fn line(fields: &[impl AsRef<[u8]>]) -> Result<Vec<u8>, CleanError> {
    let mut writer = Writer::from_writer(Vec::new());
    writer
        .write_record(fields)
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .ok_or(CleanError::BrokenOff)
}

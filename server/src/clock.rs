//! Time and chance come from here, so that tests and simulations can set them.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

use jiff::{Zoned, tz::TimeZone};
use uuid::Uuid;

use crate::storage::Timestamp;

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Shows what a file says, in milliseconds since 1970, and runs on from when it was written: for rehearsals.
    Told(Arc<Path>),
    /// Stands still until it is moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The file that the environment names, or else the machine's own.
    pub fn of_machine() -> Self {
        std::env::var_os(CLOCK).map_or(Self::System, Self::told)
    }

    fn told(file: OsString) -> Self {
        Self::Told(PathBuf::from(file).into())
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system(),
            Self::Told(file) => read(file).unwrap_or_else(system),
            Self::Set(millis) => Timestamp::from_millis(millis.load(Ordering::SeqCst)),
        }
    }
}

/// Names the file of [`Clock::Told`].
const CLOCK: &str = "VARDENKAT_CLOCK";

fn system() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

fn read(file: &Path) -> Option<Timestamp> {
    let told = fs::read_to_string(file).ok()?.trim().parse().ok()?;
    let written = fs::metadata(file).ok()?.modified().ok()?;
    let since = SystemTime::now().duration_since(written).ok()?;
    Some(Timestamp::from_millis(told).after(since))
}

/// Where random bytes come from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chance;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoChance(#[from] getrandom::Error);

impl Chance {
    pub fn bytes<const N: usize>(self) -> Result<[u8; N], NoChance> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes)?;
        Ok(bytes)
    }

    /// An identity that sorts by the time it was made.
    pub fn id(self, now: Timestamp) -> Result<Uuid, NoChance> {
        let millis = u64::try_from(now.millis()).unwrap_or_default();
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()?).into_uuid())
    }
}

/// Identities that sort in the order in which they were asked for, for writing many rows at once.
#[derive(Debug)]
pub struct Ids {
    millis: u64,
    random: [u8; 5],
    next: u32,
}

impl Ids {
    pub fn new(chance: Chance, now: Timestamp) -> Result<Self, NoChance> {
        Ok(Self {
            millis: u64::try_from(now.millis()).unwrap_or_default(),
            random: chance.bytes()?,
            next: 0,
        })
    }

    pub fn next_id(&mut self) -> Uuid {
        let [a, b, c, d] = self.next.to_be_bytes();
        self.next = self.next.wrapping_add(1);
        let [r0, r1, r2, r3, r4] = self.random;
        // The version takes four bits of the first byte, the variant two of the third.
        let bytes = [
            a >> 4,
            (a << 4) | (b >> 4),
            ((b & 0x0f) << 2) | (c >> 6),
            (c << 2) | (d >> 6),
            (d << 2) | (r0 & 0x03),
            r0,
            r1,
            r2,
            r3,
            r4,
        ];
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }
}

/// Where the survey's dates hold.
pub const ZONE: &str = "Europe/Stockholm";

/// The moment on the wall clock in Sweden; in UTC where the machine knows no time zones.
pub fn in_sweden(moment: Timestamp) -> Zoned {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    jiff::Timestamp::from_millisecond(moment.millis())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_a_file_shows_what_was_written_and_runs_on() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("clock");
        fs::write(&file, "1646919120000").unwrap();
        let clock = Clock::told(file.into());
        let shown = clock.now().millis() - 1_646_919_120_000;
        assert!((0..60_000).contains(&shown), "{shown}");
    }

    #[test]
    fn identities_of_one_moment_differ_and_sort_as_they_were_made() {
        let mut ids = Ids::new(Chance, Timestamp::from_millis(1_646_919_120_000)).unwrap();
        let made: Vec<Uuid> = (0..70_000).map(|_| ids.next_id()).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }
}

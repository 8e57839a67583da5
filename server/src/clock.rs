//! Time and chance come from here, so that tests and simulations can set them.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{Zoned, tz::TimeZone};
use uuid::Uuid;

use crate::storage::Timestamp;

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Stands still until it is moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::from_millis(jiff::Timestamp::now().as_millisecond()),
            Self::Set(millis) => Timestamp::from_millis(millis.load(Ordering::SeqCst)),
        }
    }
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

/// Where the survey's dates hold.
pub const ZONE: &str = "Europe/Stockholm";

/// The moment on the wall clock in Sweden; in UTC where the machine knows no time zones.
pub fn in_sweden(moment: Timestamp) -> Zoned {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    jiff::Timestamp::from_millisecond(moment.millis())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(zone)
}

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
    fn identities_of_one_moment_differ_and_sort_as_they_were_made() {
        let mut ids = Ids::new(Chance, Timestamp::from_millis(1_646_919_120_000)).unwrap();
        let made: Vec<Uuid> = (0..70_000).map(|_| ids.next_id()).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }
}

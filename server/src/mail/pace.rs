//! How fast mail goes to each domain: many mail servers take a region's sixty letters in one second for an attack.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use crate::storage::Timestamp;

/// At most so many letters to one domain within any such stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub letters: NonZeroU32,
    pub within: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pace looks like 20/s, 100/min or 1000/h")]
pub struct PaceError;

impl FromStr for Pace {
    type Err = PaceError;

    fn from_str(text: &str) -> Result<Self, PaceError> {
        let (letters, unit) = text.split_once('/').ok_or(PaceError)?;
        let within = match unit.trim() {
            "s" => Duration::from_secs(1),
            "min" => Duration::from_mins(1),
            "h" => Duration::from_hours(1),
            _ => return Err(PaceError),
        };
        let letters = letters.trim().parse().map_err(|_| PaceError)?;
        Ok(Self { letters, within })
    }
}

/// Remembers what was sent lately. Each server has its own.
#[derive(Debug)]
pub struct Pacer {
    pace: Pace,
    sent: HashMap<String, VecDeque<Timestamp>>,
}

impl Pacer {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            sent: HashMap::new(),
        }
    }

    /// Counts a letter to the domain, where there is room for one now.
    pub fn admit(&mut self, domain: &str, now: Timestamp) -> bool {
        let (letters, since) = (self.letters(), self.since(now));
        let sent = match self.sent.get_mut(domain) {
            Some(sent) => sent,
            None => self.sent.entry(domain.to_owned()).or_default(),
        };
        while sent.front().is_some_and(|at| *at <= since) {
            sent.pop_front();
        }
        let is_room = sent.len() < letters;
        if is_room {
            sent.push_back(now);
        }
        is_room
    }

    /// The domains that have no room now. Forgets what no longer counts.
    pub fn busy(&mut self, now: Timestamp) -> Vec<&str> {
        let (letters, since) = (self.letters(), self.since(now));
        self.sent.retain(|_, sent| {
            while sent.front().is_some_and(|at| *at <= since) {
                sent.pop_front();
            }
            !sent.is_empty()
        });
        let full = self.sent.iter().filter(|(_, sent)| sent.len() >= letters);
        full.map(|(domain, _)| domain.as_str()).collect()
    }

    /// When the first busy domain has room again; nothing where none is busy.
    pub fn room_at(&self) -> Option<Timestamp> {
        let letters = self.letters();
        self.sent
            .values()
            .filter(|sent| sent.len() >= letters)
            .filter_map(|sent| sent.front().map(|at| at.after(self.pace.within)))
            .min()
    }

    fn letters(&self) -> usize {
        usize::try_from(self.pace.letters.get()).unwrap_or(usize::MAX)
    }

    fn since(&self, now: Timestamp) -> Timestamp {
        now.before(self.pace.within)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_domain_that_has_had_its_share_waits_and_others_do_not() {
        let mut pacer = Pacer::new("2/s".parse().unwrap());

        assert!(pacer.admit("a.se", at(0)));
        assert!(pacer.admit("a.se", at(400)));
        assert!(!pacer.admit("a.se", at(999)));
        assert!(pacer.admit("b.se", at(999)));
        assert_eq!(pacer.busy(at(999)), ["a.se"]);
        assert_eq!(pacer.room_at(), Some(at(1000)));

        assert!(pacer.admit("a.se", at(1000)));
        assert!(!pacer.admit("a.se", at(1399)));
        assert!(pacer.admit("a.se", at(1400)));
        assert!(pacer.busy(at(5000)).is_empty());
        assert_eq!(pacer.room_at(), None);
    }

    #[test]
    fn a_pace_is_read_and_nothing_else_is() {
        let pace: Pace = "100/min".parse().unwrap();
        assert_eq!(
            (pace.letters.get(), pace.within),
            (100, Duration::from_mins(1))
        );
        for odd in ["", "0/s", "-1/s", "10", "10/day", "/s"] {
            assert_eq!(odd.parse::<Pace>(), Err(PaceError), "{odd:?}");
        }
    }

    proptest! {
        #[test]
        fn within_no_second_are_there_more_than_the_pace(
            letters in 1_u32..6,
            steps in proptest::collection::vec(0_i64..400, 1..200),
        ) {
            let pace = Pace { letters: letters.try_into().unwrap(), within: Duration::from_secs(1) };
            let mut pacer = Pacer::new(pace);
            let mut now = 0;
            let mut admitted: Vec<i64> = Vec::new();
            for step in steps {
                now += step;
                if pacer.admit("a.se", at(now)) {
                    admitted.push(now);
                }
            }
            for start in &admitted {
                let within = admitted.iter().filter(|at| (*start..start + 1000).contains(*at));
                prop_assert!(within.count() <= letters as usize);
            }
        }
    }
}

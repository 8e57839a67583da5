use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use crate::storage::Timestamp;

/// Counts tokens that opened nothing, by the address they came from. Ask it only about those: whoever
/// has a true token is never turned away, whatever the neighbours behind the same address do.
#[derive(Debug)]
pub struct GuessLimiter {
    limit: u32,
    window: Duration,
    capacity: usize,
    guesses: HashMap<IpAddr, Guesses>,
}

/// What to answer a token that opened nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// That there is no such link.
    Answer,
    /// Nothing more until then.
    TooMany { until: Timestamp },
}

#[derive(Clone, Copy, Debug)]
struct Guesses {
    failed: u32,
    until: Timestamp,
}

impl GuessLimiter {
    /// Lets `limit` failed guesses through in each `window`, and remembers `capacity` addresses at most.
    pub fn new(limit: u32, window: Duration, capacity: usize) -> Self {
        Self {
            limit,
            window,
            capacity,
            guesses: HashMap::new(),
        }
    }

    /// Counts a token that opened nothing.
    pub fn failed(&mut self, from: IpAddr, now: Timestamp) -> Verdict {
        let from = household(from);
        let until = now.after(self.window);
        if !self.guesses.contains_key(&from) {
            self.make_room(now);
        }
        let guesses = self
            .guesses
            .entry(from)
            .and_modify(|guesses| {
                if guesses.until <= now {
                    *guesses = Guesses { failed: 0, until };
                }
            })
            .or_insert(Guesses { failed: 0, until });
        guesses.failed = guesses.failed.saturating_add(1);
        if guesses.failed > self.limit {
            Verdict::TooMany {
                until: guesses.until,
            }
        } else {
            Verdict::Answer
        }
    }

    /// Forgets what is over; where nothing is, the one that is over first.
    fn make_room(&mut self, now: Timestamp) {
        if self.guesses.len() < self.capacity {
            return;
        }
        self.guesses.retain(|_, guesses| now < guesses.until);
        while self.guesses.len() >= self.capacity.max(1) {
            let first = self
                .guesses
                .iter()
                .min_by_key(|(_, guesses)| guesses.until)
                .map(|(from, _)| *from);
            let Some(first) = first else { return };
            self.guesses.remove(&first);
        }
    }
}

/// Whoever has one IPv6 address has the 64 bits after the network's for the taking.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => IpAddr::V4(mapped),
            None => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;

    const WINDOW: Duration = Duration::from_mins(1);
    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn after_so_many_guesses_an_address_gets_no_answer_until_the_window_is_over() {
        let mut limiter = GuessLimiter::new(2, WINDOW, 10);
        assert_eq!(limiter.failed(HERE, at(0)), Verdict::Answer);
        assert_eq!(limiter.failed(HERE, at(1)), Verdict::Answer);
        let until = at(60);
        assert_eq!(limiter.failed(HERE, at(2)), Verdict::TooMany { until });
        assert_eq!(limiter.failed(HERE, at(59)), Verdict::TooMany { until });
        assert_eq!(limiter.failed(HERE, at(60)), Verdict::Answer);
    }

    #[test]
    fn one_guesser_does_not_count_against_another() {
        let mut limiter = GuessLimiter::new(1, WINDOW, 10);
        limiter.failed(HERE, at(0));
        limiter.failed(HERE, at(0));
        assert_eq!(limiter.failed(THERE, at(0)), Verdict::Answer);
    }

    #[test]
    fn changing_the_low_half_of_an_ipv6_address_does_not_help() {
        let mut limiter = GuessLimiter::new(1, WINDOW, 10);
        limiter.failed("2001:db8::1".parse().unwrap(), at(0));
        let neighbour = limiter.failed("2001:db8::ffff:2".parse().unwrap(), at(0));
        assert!(matches!(neighbour, Verdict::TooMany { .. }));
        let elsewhere = limiter.failed("2001:db8:0:1::1".parse().unwrap(), at(0));
        assert_eq!(elsewhere, Verdict::Answer);
    }

    #[test]
    fn an_ipv4_address_is_the_same_in_either_dress() {
        let mut limiter = GuessLimiter::new(1, WINDOW, 10);
        limiter.failed(HERE, at(0));
        let mapped = limiter.failed("::ffff:192.0.2.1".parse().unwrap(), at(0));
        assert!(matches!(mapped, Verdict::TooMany { .. }));
    }

    proptest! {
        #[test]
        fn memory_is_bounded_and_the_newest_guesser_is_always_counted(
            capacity in 1..8_usize,
            guesses in prop::collection::vec((0..32_u32, 0..50_i64), 0..200),
        ) {
            let mut limiter = GuessLimiter::new(3, WINDOW, capacity);
            let mut now = 0;
            for (from, later) in guesses {
                now += later;
                let from = IpAddr::V4(Ipv4Addr::from_bits(from));
                limiter.failed(from, at(now));
                prop_assert!(limiter.guesses.len() <= capacity);
                prop_assert!(limiter.guesses.contains_key(&from));
            }
        }
    }
}

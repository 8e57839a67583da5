//! Slows down guessing of passwords and codes without letting anyone lock others out.
//!
//! An attempt is counted before it is looked at, so that many at once gain nothing, and taken back when it succeeds. From a
//! device where the account signed in before, only that device's own attempts count: whatever others do, its owner gets in.
//! From elsewhere three things count: the address, the address with the account, and the account. Past the limit of the
//! account alone, passwords are answered later, not refused; codes are, since whoever gets that far knows the password.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use crate::storage::Timestamp;

/// What is being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    Password,
    Code,
}

/// One try at signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub shown: Shown,
    pub address: IpAddr,
    /// A hash of the e-mail address that was typed, whether or not there is such an account.
    pub account: [u8; 16],
    /// A device where this very account signed in before.
    pub device: Option<[u8; 16]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Now,
    /// Look at it after so long.
    Later(Duration),
    /// Not looked at; to be tried again then.
    Refused {
        until: Timestamp,
    },
}

const WINDOW: Duration = Duration::from_mins(15);
const OF_DEVICE: u32 = 10;
const OF_ADDRESS: u32 = 50;
const OF_ACCOUNT_AT_ADDRESS: u32 = 8;
const OF_ACCOUNT: u32 = 20;
const LONGEST: Duration = Duration::from_secs(4);

/// Counts of failed attempts, in bounded memory.
#[derive(Debug)]
pub struct Throttle {
    devices: Counts<(Shown, [u8; 16])>,
    addresses: Counts<(Shown, IpAddr)>,
    pairs: Counts<(Shown, [u8; 16], IpAddr)>,
    accounts: Counts<(Shown, [u8; 16])>,
}

impl Throttle {
    /// Remembers at most `capacity` of each kind.
    pub fn new(capacity: usize) -> Self {
        Self {
            devices: Counts::new(capacity),
            addresses: Counts::new(capacity),
            pairs: Counts::new(capacity),
            accounts: Counts::new(capacity),
        }
    }

    /// Counts an attempt, and says whether to look at it.
    pub fn begin(&mut self, attempt: &Attempt, now: Timestamp) -> Verdict {
        let Attempt {
            shown,
            account,
            device,
            ..
        } = *attempt;
        if let Some(device) = device {
            let refused = self.devices.full((shown, device), OF_DEVICE, now);
            if refused.is_none() {
                self.devices.add((shown, device), now);
                return Verdict::Now;
            }
            // A stolen device cookie is worth no more than none.
        }
        let address = household(attempt.address);
        let refused = [
            self.addresses.full((shown, address), OF_ADDRESS, now),
            self.pairs
                .full((shown, account, address), OF_ACCOUNT_AT_ADDRESS, now),
            match shown {
                Shown::Password => None,
                Shown::Code => self.accounts.full((shown, account), OF_ACCOUNT, now),
            },
        ];
        if let Some(until) = refused.into_iter().flatten().max() {
            return Verdict::Refused { until };
        }
        self.addresses.add((shown, address), now);
        self.pairs.add((shown, account, address), now);
        let of_account = self.accounts.add((shown, account), now);
        match of_account.checked_sub(OF_ACCOUNT) {
            None | Some(0) => Verdict::Now,
            Some(over) => Verdict::Later(LONGEST.min(Duration::from_millis(250) * over)),
        }
    }

    /// Takes back the count of an attempt that succeeded.
    pub fn succeeded(&mut self, attempt: &Attempt) {
        let Attempt {
            shown,
            account,
            device,
            ..
        } = *attempt;
        let address = household(attempt.address);
        if let Some(device) = device {
            self.devices.forget(&(shown, device));
        }
        self.pairs.forget(&(shown, account, address));
        // Others' failures stay: a guesser who has an account of his own must not wipe his slate with it.
        if device.is_none() {
            self.addresses.take_back(&(shown, address));
            self.accounts.take_back(&(shown, account));
        }
    }
}

#[derive(Debug)]
struct Counts<K> {
    capacity: usize,
    counts: HashMap<K, Count>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    failed: u32,
    until: Timestamp,
}

impl<K: Eq + Hash + Copy> Counts<K> {
    fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            counts: HashMap::new(),
        }
    }

    /// Until when no more is taken, where the limit is reached.
    fn full(&self, key: K, limit: u32, now: Timestamp) -> Option<Timestamp> {
        let count = self.counts.get(&key)?;
        (count.failed >= limit && now < count.until).then_some(count.until)
    }

    /// Counts one more, and tells how many there are.
    fn add(&mut self, key: K, now: Timestamp) -> u32 {
        if !self.counts.contains_key(&key) {
            self.make_room(now);
        }
        let fresh = Count {
            failed: 0,
            until: now.after(WINDOW),
        };
        let count = self.counts.entry(key).or_insert(fresh);
        if count.until <= now {
            *count = fresh;
        }
        count.failed = count.failed.saturating_add(1);
        count.failed
    }

    fn take_back(&mut self, key: &K) {
        if let Some(count) = self.counts.get_mut(key) {
            count.failed = count.failed.saturating_sub(1);
        }
    }

    fn forget(&mut self, key: &K) {
        self.counts.remove(key);
    }

    /// Forgets what is over; where nothing is, the one that is over first.
    fn make_room(&mut self, now: Timestamp) {
        if self.counts.len() < self.capacity {
            return;
        }
        self.counts.retain(|_, count| now < count.until);
        while self.counts.len() >= self.capacity {
            let first = self.counts.iter().min_by_key(|(_, count)| count.until);
            let Some(first) = first.map(|(key, _)| *key) else {
                return;
            };
            self.counts.remove(&first);
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

    const KIM: [u8; 16] = [1; 16];
    const ADA: [u8; 16] = [2; 16];
    const KIMS_OWN: [u8; 16] = [9; 16];

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn from(host: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from_bits(0xc000_0200 + host))
    }

    fn password(account: [u8; 16], host: u32) -> Attempt {
        Attempt {
            shown: Shown::Password,
            address: from(host),
            account,
            device: None,
        }
    }

    fn code(account: [u8; 16], host: u32) -> Attempt {
        Attempt {
            shown: Shown::Code,
            ..password(account, host)
        }
    }

    fn known(attempt: Attempt) -> Attempt {
        Attempt {
            device: Some(KIMS_OWN),
            ..attempt
        }
    }

    fn is_refused(verdict: Verdict) -> bool {
        matches!(verdict, Verdict::Refused { .. })
    }

    #[test]
    fn one_address_may_try_an_account_some_times_and_then_waits_for_the_window_to_end() {
        let mut throttle = Throttle::new(100);
        for _ in 0..OF_ACCOUNT_AT_ADDRESS {
            assert_eq!(throttle.begin(&password(KIM, 1), at(0)), Verdict::Now);
        }
        let until = at(15 * 60);
        let refused = throttle.begin(&password(KIM, 1), at(1));
        assert_eq!(refused, Verdict::Refused { until });
        assert_eq!(throttle.begin(&password(KIM, 1), until), Verdict::Now);
    }

    #[test]
    fn neither_another_account_nor_another_address_waits_along() {
        let mut throttle = Throttle::new(100);
        for _ in 0..=OF_ACCOUNT_AT_ADDRESS {
            throttle.begin(&password(KIM, 1), at(0));
        }
        assert_eq!(throttle.begin(&password(ADA, 1), at(1)), Verdict::Now);
        assert_eq!(throttle.begin(&password(KIM, 2), at(1)), Verdict::Now);
    }

    #[test]
    fn one_address_that_tries_many_accounts_waits_for_all_of_them() {
        let mut throttle = Throttle::new(1000);
        for each in 0..u8::try_from(OF_ADDRESS).unwrap() {
            assert!(!is_refused(
                throttle.begin(&password([each + 10; 16], 1), at(0))
            ));
        }
        assert!(is_refused(throttle.begin(&password(ADA, 1), at(1))));
    }

    #[test]
    fn a_known_device_gets_in_while_its_account_is_attacked_from_everywhere() {
        let mut throttle = Throttle::new(10_000);
        for host in 0..200 {
            for _ in 0..20 {
                throttle.begin(&password(KIM, host), at(0));
                throttle.begin(&code(KIM, host), at(0));
            }
        }
        assert_eq!(
            throttle.begin(&known(password(KIM, 7)), at(1)),
            Verdict::Now
        );
        assert_eq!(throttle.begin(&known(code(KIM, 7)), at(1)), Verdict::Now);
    }

    #[test]
    fn under_attack_an_unknown_device_is_answered_later_but_answered() {
        let mut throttle = Throttle::new(10_000);
        for host in 0..200 {
            throttle.begin(&password(KIM, host), at(0));
        }
        let verdict = throttle.begin(&password(KIM, 999), at(1));
        assert_eq!(verdict, Verdict::Later(LONGEST));
        assert_eq!(throttle.begin(&password(ADA, 998), at(1)), Verdict::Now);
    }

    #[test]
    fn codes_cannot_be_guessed_from_many_addresses() {
        let mut throttle = Throttle::new(10_000);
        let looked_at = (0..1000)
            .filter(|host| !is_refused(throttle.begin(&code(KIM, *host), at(0))))
            .count();
        assert_eq!(looked_at, usize::try_from(OF_ACCOUNT).unwrap());
    }

    #[test]
    fn a_stolen_device_cookie_soon_counts_as_none() {
        let mut throttle = Throttle::new(100);
        let verdicts = (0..100).map(|_| throttle.begin(&known(password(KIM, 1)), at(0)));
        let looked_at = verdicts.filter(|verdict| !is_refused(*verdict)).count();
        let most = OF_DEVICE + OF_ACCOUNT_AT_ADDRESS;
        assert_eq!(looked_at, usize::try_from(most).unwrap());
    }

    #[test]
    fn whoever_signs_in_all_day_from_one_office_never_waits() {
        let mut throttle = Throttle::new(100);
        for each in 0..500 {
            let attempt = password([u8::try_from(each % 20).unwrap(); 16], 1);
            assert_eq!(throttle.begin(&attempt, at(each)), Verdict::Now);
            throttle.succeeded(&attempt);
        }
    }

    #[test]
    fn signing_in_to_an_account_of_ones_own_does_not_wipe_the_slate() {
        let mut throttle = Throttle::new(1000);
        let mut refused = false;
        for each in 0..=OF_ADDRESS {
            refused |= is_refused(
                throttle.begin(&password([u8::try_from(each + 10).unwrap(); 16], 1), at(0)),
            );
            let own = password(ADA, 1);
            if !is_refused(throttle.begin(&own, at(0))) {
                throttle.succeeded(&own);
            }
        }
        assert!(refused);
    }

    proptest! {
        #[test]
        fn memory_is_bounded_and_a_known_device_that_has_not_failed_is_always_let_through(
            capacity in 1..20_usize,
            attempts in prop::collection::vec((0..30_u32, 0..8_u8, any::<bool>(), 0..100_i64), 0..300),
        ) {
            let mut throttle = Throttle::new(capacity);
            let mut now = 0;
            for (host, account, with_code, later) in attempts {
                now += later;
                let account = [account; 16];
                let attempt = if with_code { code(account, host) } else { password(account, host) };
                throttle.begin(&attempt, at(now));
                let kims = known(Attempt { account: KIM, ..attempt });
                prop_assert_eq!(throttle.begin(&kims, at(now)), Verdict::Now);
                throttle.succeeded(&kims);
                for size in [
                    throttle.devices.counts.len(),
                    throttle.addresses.counts.len(),
                    throttle.pairs.counts.len(),
                    throttle.accounts.counts.len(),
                ] {
                    prop_assert!(size <= capacity);
                }
            }
        }
    }
}

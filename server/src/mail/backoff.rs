//! When to try again what was not taken.

use std::time::Duration;

use crate::storage::Timestamp;

/// A share of a wait, by chance, so that what failed together does not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(pub u8);

const WAITS: [Duration; 6] = [
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(4),
    Duration::from_hours(8),
];
/// As long as mail servers commonly try.
const PATIENCE: Duration = Duration::from_hours(4 * 24);

/// How long to wait after `attempts` tries, from 1: from a minute to eight hours, and up to a quarter more.
pub fn next_try(attempts: i64, jitter: Jitter) -> Duration {
    let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or_default();
    let wait = WAITS
        .get(place)
        .or(WAITS.last())
        .copied()
        .unwrap_or_default();
    wait + wait * u32::from(jitter.0) / (4 * 256)
}

/// Whether a message that is due again at `due_at` has been tried for long enough.
pub fn gives_up(queued_at: Timestamp, due_at: Timestamp) -> bool {
    due_at > queued_at.after(PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_longer_than_the_one_before_until_the_longest() {
        let waits: Vec<_> = (1..=8)
            .map(|attempts| next_try(attempts, Jitter(0)))
            .collect();
        assert_eq!(waits[0], Duration::from_mins(1));
        assert!(waits[..6].is_sorted_by(|one, next| one < next));
        assert_eq!(waits[7], Duration::from_hours(8));
    }

    #[test]
    fn chance_adds_at_most_a_quarter() {
        for attempts in [-1, 0, 1, 3, i64::MAX] {
            let (least, most) = (
                next_try(attempts, Jitter(0)),
                next_try(attempts, Jitter(255)),
            );
            assert!(least < most && most < least + least / 4);
        }
    }

    #[test]
    fn after_four_days_nothing_is_tried_any_more() {
        let queued_at = Timestamp::from_millis(1_000);
        assert!(!gives_up(queued_at, queued_at.after(PATIENCE)));
        assert!(gives_up(
            queued_at,
            queued_at.after(PATIENCE + Duration::from_millis(1))
        ));
    }
}

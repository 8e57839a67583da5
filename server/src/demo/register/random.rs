//! Repeatable chance.

/// `SplitMix64`: small, and the same on every machine. Not for secrets.
pub(in crate::demo) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 to `end - 1`; 0 where `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        let high_half = self.next() >> 32;
        let scaled = (high_half * u64::from(end)) >> 32;
        u32::try_from(scaled).unwrap_or_default()
    }

    /// A place in a list of `length`; 0 where it is empty.
    pub fn index(&mut self, length: usize) -> usize {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.below(length) as usize
    }

    /// One of `words`, or nothing where there are none.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words
            .get(self.index(words.len()))
            .copied()
            .unwrap_or_default()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

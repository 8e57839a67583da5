/// A share of whole cases, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    pub numerator: u64,
    pub denominator: u64,
}

impl Ratio {
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// Whole percent, halves upward; none where there is nothing to have a share of.
    pub fn percent(self) -> Option<u64> {
        self.rounded(100)
    }

    /// Tenths of a percent, halves upward: 641 is 64.1 %.
    pub fn tenths_of_percent(self) -> Option<u64> {
        self.rounded(1000)
    }

    /// Whole parts of `scale`, halves upward.
    fn rounded(self, scale: u64) -> Option<u64> {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        let doubled = (2 * n * u128::from(scale) + d).checked_div(2 * d)?;
        Some(u64::try_from(doubled).unwrap_or(u64::MAX))
    }

    /// Compares exactly. A share of nothing comes last.
    pub fn compare(self, other: Self) -> std::cmp::Ordering {
        match (self.denominator, other.denominator) {
            (0, 0) => std::cmp::Ordering::Equal,
            (0, _) => std::cmp::Ordering::Greater,
            (_, 0) => std::cmp::Ordering::Less,
            _ => {
                let cross = |a: Self, b: Self| u128::from(a.numerator) * u128::from(b.denominator);
                cross(self, other).cmp(&cross(other, self))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_are_rounded_upward() {
        assert_eq!(Ratio::new(1, 8).percent(), Some(13));
        assert_eq!(Ratio::new(1, 200).percent(), Some(1));
        assert_eq!(Ratio::new(1, 201).percent(), Some(0));
        assert_eq!(Ratio::new(1, 16).tenths_of_percent(), Some(63));
    }

    #[test]
    fn the_published_rate_of_the_whole_country_comes_out() {
        assert_eq!(Ratio::new(758, 1183).percent(), Some(64));
        assert_eq!(Ratio::new(758, 1183).tenths_of_percent(), Some(641));
    }

    #[test]
    fn there_is_no_share_of_nothing() {
        assert_eq!(Ratio::new(0, 0).percent(), None);
        assert!(Ratio::new(0, 0).compare(Ratio::new(1, 1)).is_gt());
    }

    proptest! {
        #[test]
        fn a_percentage_is_never_more_than_half_a_percent_off(n in 0..2_000_000_u64, d in 1..2_000_000_u64) {
            let percent = Ratio::new(n, d).percent().unwrap();
            let (exact, shown) = (i128::from(n) * 200, i128::from(percent) * 2 * i128::from(d));
            let above = shown - exact;
            prop_assert!(above <= i128::from(d) && above > -i128::from(d));
        }

        #[test]
        fn a_larger_share_never_shows_as_less(n in 0..10_000_u64, more in 0..10_000_u64, d in 1..10_000_u64) {
            let (less, larger) = (Ratio::new(n, d), Ratio::new(n + more, d));
            prop_assert!(less.compare(larger).is_le());
            prop_assert!(less.percent() <= larger.percent());
        }
    }
}

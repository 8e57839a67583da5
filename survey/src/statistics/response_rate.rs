use super::{Outcomes, Ratio};

/// A response rate by name. AAPOR, *Standard Definitions*; O (other) is empty here, and UH and UO are one U.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Definition {
    /// As the report publishes it: answered of those that the survey is for. The same figure as [`Definition::Rr1`],
    /// said in the report's words.
    #[default]
    Report,
    Rr1,
    Rr2,
    Rr3,
    Rr4,
    Rr5,
    Rr6,
    Coop1,
    Coop2,
}

/// A rate with what it is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub definition: Definition,
    /// For RR3 and RR4 both sides are multiplied by what makes the estimate of eligibility a whole number.
    pub share: Ratio,
}

impl Definition {
    pub const ALL: [Self; 9] = [
        Self::Report,
        Self::Rr1,
        Self::Rr2,
        Self::Rr3,
        Self::Rr4,
        Self::Rr5,
        Self::Rr6,
        Self::Coop1,
        Self::Coop2,
    ];

    /// As it stands in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Rr1 => "rr1",
            Self::Rr2 => "rr2",
            Self::Rr3 => "rr3",
            Self::Rr4 => "rr4",
            Self::Rr5 => "rr5",
            Self::Rr6 => "rr6",
            Self::Coop1 => "coop1",
            Self::Coop2 => "coop2",
        }
    }

    /// The name that AAPOR gave it; none for the report's own.
    pub const fn aapor(self) -> Option<&'static str> {
        match self {
            Self::Report => None,
            Self::Rr1 => Some("RR1"),
            Self::Rr2 => Some("RR2"),
            Self::Rr3 => Some("RR3"),
            Self::Rr4 => Some("RR4"),
            Self::Rr5 => Some("RR5"),
            Self::Rr6 => Some("RR6"),
            Self::Coop1 => Some("COOP1"),
            Self::Coop2 => Some("COOP2"),
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|definition| definition.key() == key)
    }

    /// In AAPOR's letters, the same in every language.
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Report => "I / (I + P + R + NC + U)",
            Self::Rr1 => "I / ((I + P) + (R + NC + O) + (UH + UO))",
            Self::Rr2 => "(I + P) / ((I + P) + (R + NC + O) + (UH + UO))",
            Self::Rr3 => "I / ((I + P) + (R + NC + O) + e(UH + UO))",
            Self::Rr4 => "(I + P) / ((I + P) + (R + NC + O) + e(UH + UO))",
            Self::Rr5 => "I / ((I + P) + (R + NC + O))",
            Self::Rr6 => "(I + P) / ((I + P) + (R + NC + O))",
            Self::Coop1 => "I / ((I + P) + R + O)",
            Self::Coop2 => "(I + P) / ((I + P) + R + O)",
        }
    }

    /// The rate of these outcomes.
    pub fn rate(self, outcomes: &Outcomes) -> Rate {
        let complete = outcomes.complete;
        let with_partial = complete + outcomes.partial;
        let contacted = with_partial + outcomes.refused;
        let share = match self {
            Self::Report | Self::Rr1 => Ratio::new(complete, outcomes.register()),
            Self::Rr2 => Ratio::new(with_partial, outcomes.register()),
            Self::Rr3 => estimated(complete, outcomes),
            Self::Rr4 => estimated(with_partial, outcomes),
            Self::Rr5 => Ratio::new(complete, outcomes.eligible()),
            Self::Rr6 => Ratio::new(with_partial, outcomes.eligible()),
            Self::Coop1 => Ratio::new(complete, contacted),
            Self::Coop2 => Ratio::new(with_partial, contacted),
        };
        Rate {
            definition: self,
            share,
        }
    }
}

/// A share of the eligible ones and, of the unknown ones, as many as would be eligible if they were like those that are known.
fn estimated(numerator: u64, outcomes: &Outcomes) -> Ratio {
    let eligible = outcomes.eligible();
    if outcomes.unknown == 0 {
        return Ratio::new(numerator, eligible);
    }
    let known = eligible + outcomes.not_eligible;
    Ratio::new(
        numerator * known,
        eligible * known + eligible * outcomes.unknown,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outcomes() -> impl Strategy<Value = Outcomes> {
        prop::array::uniform6(0..2000_u64).prop_map(
            |[
                complete,
                partial,
                refused,
                not_reached,
                unknown,
                not_eligible,
            ]| Outcomes {
                complete,
                partial,
                refused,
                not_reached,
                unknown,
                not_eligible,
            },
        )
    }

    fn of(definition: Definition, outcomes: &Outcomes) -> Ratio {
        definition.rate(outcomes).share
    }

    #[test]
    fn each_denominator_is_its_own() {
        let outcomes = Outcomes {
            complete: 60,
            partial: 10,
            refused: 10,
            not_reached: 10,
            unknown: 10,
            not_eligible: 10,
        };
        let rate = |definition| of(definition, &outcomes);
        assert_eq!(rate(Definition::Report), Ratio::new(60, 100));
        assert_eq!(rate(Definition::Rr1), Ratio::new(60, 100));
        assert_eq!(rate(Definition::Rr2), Ratio::new(70, 100));
        // e = 90 / 100, so 60 / (90 + 9).
        assert_eq!(rate(Definition::Rr3).tenths_of_percent(), Some(606));
        assert_eq!(rate(Definition::Rr4).tenths_of_percent(), Some(707));
        assert_eq!(rate(Definition::Rr5), Ratio::new(60, 90));
        assert_eq!(rate(Definition::Rr6), Ratio::new(70, 90));
        assert_eq!(rate(Definition::Coop1), Ratio::new(60, 80));
        assert_eq!(rate(Definition::Coop2), Ratio::new(70, 80));
    }

    #[test]
    fn every_definition_is_found_by_its_key() {
        for definition in Definition::ALL {
            assert_eq!(Definition::from_key(definition.key()), Some(definition));
        }
    }

    proptest! {
        #[test]
        fn no_rate_is_below_nought_or_above_one(outcomes in outcomes()) {
            for definition in Definition::ALL {
                let share = of(definition, &outcomes);
                prop_assert!(share.numerator <= share.denominator, "{definition:?} {share:?}");
                prop_assert!(share.percent().is_none_or(|percent| percent <= 100));
            }
        }

        #[test]
        fn whoever_counts_partial_answers_never_gets_less(outcomes in outcomes()) {
            for (without, with) in [
                (Definition::Rr1, Definition::Rr2),
                (Definition::Rr3, Definition::Rr4),
                (Definition::Rr5, Definition::Rr6),
                (Definition::Coop1, Definition::Coop2),
            ] {
                prop_assert!(of(without, &outcomes).compare(of(with, &outcomes)).is_le());
            }
        }

        #[test]
        fn the_fewer_unknown_ones_count_the_higher_the_rate(outcomes in outcomes()) {
            prop_assume!(outcomes.eligible() > 0);
            let [one, three, five] = [Definition::Rr1, Definition::Rr3, Definition::Rr5]
                .map(|definition| of(definition, &outcomes));
            prop_assert!(one.compare(three).is_le());
            prop_assert!(three.compare(five).is_le());
            let [two, four, six] = [Definition::Rr2, Definition::Rr4, Definition::Rr6]
                .map(|definition| of(definition, &outcomes));
            prop_assert!(two.compare(four).is_le());
            prop_assert!(four.compare(six).is_le());
        }

        #[test]
        fn what_is_not_eligible_changes_no_rate_but_the_estimated_ones(outcomes in outcomes(), more in 0..500_u64) {
            let with_more = Outcomes { not_eligible: outcomes.not_eligible + more, ..outcomes };
            let estimated = [Definition::Rr3, Definition::Rr4];
            for definition in Definition::ALL.into_iter().filter(|one| !estimated.contains(one)) {
                prop_assert_eq!(of(definition, &outcomes), of(definition, &with_more));
            }
        }
    }
}

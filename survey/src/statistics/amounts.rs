//! What totals read of a unit.

use serde::{Deserialize, Serialize};

use crate::{answers::Number, cleaning::Value};

/// The numbers of one unit that are not nought, in the order of the instrument's variables. Small, so that a whole round
/// is read at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amounts(Vec<Amount>);

/// As JSON `[place, millionths, held]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Amount(usize, Number, bool);

impl Amounts {
    /// `values` are one per variable.
    pub fn of(values: &[Value]) -> Self {
        let amount = |(place, value): (usize, &Value)| {
            let number = value.number.filter(|number| *number != Number::ZERO)?;
            Some(Amount(place, number, value.held))
        };
        Self(values.iter().enumerate().filter_map(amount).collect())
    }

    /// What the variable at this place comes to, also where it is kept out of totals.
    pub fn number(&self, place: usize) -> Number {
        self.amount(place)
            .map_or(Number::ZERO, |Amount(_, number, _)| number)
    }

    /// What it adds to totals.
    pub fn counted(&self, place: usize) -> Number {
        match self.amount(place) {
            Some(Amount(_, number, false)) => number,
            _ => Number::ZERO,
        }
    }

    /// Every variable that adds to totals, with what it adds.
    pub fn all_counted(&self) -> impl Iterator<Item = (usize, Number)> {
        self.0
            .iter()
            .filter(|Amount(_, _, held)| !held)
            .map(|Amount(place, number, _)| (*place, *number))
    }

    fn amount(&self, place: usize) -> Option<Amount> {
        self.0
            .binary_search_by_key(&place, |Amount(place, _, _)| *place)
            .ok()
            .and_then(|found| self.0.get(found))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaning::Status;

    fn value(number: Option<i32>, held: bool) -> Value {
        Value {
            number: number.map(Number::whole),
            text: None,
            status: Status::AsAnswered,
            reason: None,
            held,
            rule: None,
        }
    }

    #[test]
    fn what_is_kept_out_is_known_and_not_counted() {
        let amounts = Amounts::of(&[
            value(None, false),
            value(Some(0), false),
            value(Some(4), false),
            value(Some(150), true),
        ]);
        assert_eq!(amounts.number(3), Number::whole(150));
        assert_eq!(amounts.counted(3), Number::ZERO);
        assert_eq!(
            (amounts.number(0), amounts.number(9)),
            (Number::ZERO, Number::ZERO)
        );
        let counted: Vec<_> = amounts.all_counted().collect();
        assert_eq!(counted, [(2, Number::whole(4))]);
    }

    #[test]
    fn it_is_kept_as_few_signs() {
        let amounts = Amounts::of(&[value(Some(0), false), value(Some(2), true)]);
        let kept = serde_json::to_string(&amounts).unwrap();
        assert_eq!(kept, "[[1,2000000,true]]");
        assert_eq!(serde_json::from_str::<Amounts>(&kept).unwrap(), amounts);
    }
}

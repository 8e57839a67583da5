//! The sums under a matrix, and what they imply.

use super::matrix::{ColumnRule, MatrixRules};
use crate::answers::{Answers, Number};

/// The sums under the columns, and what they imply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// One per column; `None` where nothing in it can be read yet.
    pub columns: Vec<Option<Number>>,
    /// In percent, over the rows where both are answered; `None` where there are none.
    pub quotient: Option<Number>,
}

impl MatrixRules {
    pub fn sums(&self, answers: &Answers) -> Sums {
        let columns = self
            .columns
            .iter()
            .map(|column| self.sum(column, answers))
            .collect();
        Sums {
            columns,
            quotient: self.quotient(answers),
        }
    }

    fn sum(&self, column: &ColumnRule, answers: &Answers) -> Option<Number> {
        self.rows
            .iter()
            .filter_map(|row| self.number(row, &column.key, answers))
            .try_fold(None, |sum: Option<Number>, number| {
                sum.unwrap_or(Number::ZERO).checked_add(number).map(Some)
            })
            .flatten()
    }

    /// In whole percent, half up: more digits would promise more than the answers hold.
    fn quotient(&self, answers: &Answers) -> Option<Number> {
        let (numerator, denominator) = self.quotient.as_ref()?;
        let mut top = Number::ZERO;
        let mut bottom = Number::ZERO;
        for row in &self.rows {
            if let (Some(over), Some(under)) = (
                self.number(row, numerator, answers),
                self.number(row, denominator, answers),
            ) {
                top = top.checked_add(over)?;
                bottom = bottom.checked_add(under)?;
            }
        }
        top.checked_mul(Number::whole(100))?
            .checked_div(bottom)?
            .checked_add(Number::from_millionths(Number::SCALE / 2))?
            .checked_floor()
    }
}

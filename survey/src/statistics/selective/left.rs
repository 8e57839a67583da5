//! What questions that are still open may do to what is published.

use std::collections::BTreeMap;

use super::{
    Scope,
    reach::Reach,
    share::{Share, narrow, relative},
};
use crate::statistics::total::{Figure, Sums, Totals};

/// What questions that are still open may do to the figure of the scope that they may move most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many they are.
    pub queries: usize,
    pub figure: Figure,
    /// If the alternative that moves it most were true everywhere, and all moved it the same way.
    pub most: Share,
    /// With each alternative weighted by its plausibility.
    pub expected: Share,
}

/// What the questions below a place on the list add up to.
pub struct Rest<'s> {
    scope: Scope<'s>,
    queries: usize,
    /// In the order of the questionnaire: expected and most.
    figures: BTreeMap<Figure, (u128, u128)>,
}

impl<'s> Rest<'s> {
    pub fn new(totals: &Totals, scope: Scope<'s>) -> Self {
        let none = |figure| (figure, (0, 0));
        Self {
            scope,
            queries: 0,
            figures: scope.figures(totals).into_iter().map(none).collect(),
        }
    }

    pub fn add(&mut self, reach: &Reach) {
        self.queries += 1;
        for (figure, (expected, most)) in &reach.0 {
            if let Some(sum) = self.figures.get_mut(figure) {
                sum.0 += expected;
                sum.1 += most;
            }
        }
    }

    pub fn left(&self, sums: &Sums) -> Left {
        self.figures
            .iter()
            .map(|(figure, (expected, most))| {
                let size = sums.of(self.scope.region, *figure);
                Left {
                    queries: self.queries,
                    figure: *figure,
                    most: narrow(relative(*most, size)),
                    expected: narrow(relative(*expected, size)),
                }
            })
            // Of figures that may move as much the first.
            .rev()
            .max_by_key(|left| left.most)
            .unwrap_or(Left {
                queries: self.queries,
                ..Left::default()
            })
    }
}

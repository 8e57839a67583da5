//! A page of rows.

use app::{
    fill,
    staff::cleaning::{
        DecidedRow, ListFilter, ListRows, ListState, MissingRow, MovementShown, OpenRow, about,
    },
};
use survey::{
    cleaning::Urgency,
    dictionary::Dictionary,
    statistics::{Figure, Movement},
};

use super::{
    super::{
        Asked,
        ranking::{Listed, OpenQuestions},
        shown,
    },
    ON_A_PAGE,
    decided::Decided,
};
use crate::web::staff::StaffVisit;

impl StaffVisit {
    /// A page of rows.
    pub(super) fn rows(
        &self,
        asked: &Asked,
        open: &OpenQuestions,
        decided: &[Decided<'_>],
        filter: &ListFilter,
    ) -> ListRows {
        let dictionary = Dictionary::of(&asked.ready.instrument);
        let before = usize::try_from(filter.page.saturating_sub(1)).unwrap_or(usize::MAX);
        let skip = before.saturating_mul(ON_A_PAGE);
        let lines = |returned: bool| {
            decided
                .iter()
                .filter(|one| one.unfit.is_some() == returned)
                .skip(skip)
                .take(ON_A_PAGE)
                .map(|one| self.decided_row(asked, &dictionary, one))
                .collect()
        };
        let listed = open.listed(filter);
        let listed = (1..).zip(&listed).skip(skip).take(ON_A_PAGE);
        match filter.state {
            ListState::Open => ListRows::Open(
                listed
                    .map(|(at, one)| OpenRow {
                        at,
                        ..self.open_row(asked, open, filter, one)
                    })
                    .collect(),
            ),
            ListState::Missing => ListRows::Missing(
                listed
                    .map(|(at, one)| MissingRow {
                        at,
                        ..self.missing_row(asked, &dictionary, one)
                    })
                    .collect(),
            ),
            ListState::Decided => ListRows::Decided(lines(false)),
            ListState::Returned => ListRows::Returned(lines(true)),
        }
    }

    fn missing_row(
        &self,
        asked: &Asked,
        dictionary: &Dictionary,
        listed: &Listed<'_>,
    ) -> MissingRow {
        let Listed { edition, query, .. } = *listed;
        let named = |variable: &String| {
            dictionary.item(variable).map_or_else(
                || variable.clone(),
                |item| item.label.get(self.language).to_owned(),
            )
        };
        MissingRow {
            at: 1,
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            query: query.id.clone(),
            values: query.variables.iter().map(named).collect(),
            why: asked
                .ready
                .rules
                .sentence(&query.rule, &query.evidence, self.language),
        }
    }

    fn open_row(
        &self,
        asked: &Asked,
        open: &OpenQuestions,
        filter: &ListFilter,
        listed: &Listed<'_>,
    ) -> OpenRow {
        let Listed {
            place,
            row,
            edition,
            query,
        } = *listed;
        let moved = |at: String, movement: Movement| MovementShown {
            at,
            total: self.total_named(open, movement.figure),
            share: movement.share,
        };
        let words = &self.frame().words.cleaning;
        let of_row =
            |text: &str, figure: Figure| fill(text, &[("row", &self.row_named(open, figure))]);
        let within = |text: &str, whole: &str, figure: Figure| {
            if filter.row.is_empty() {
                whole.to_owned()
            } else {
                of_row(text, figure)
            }
        };
        let row_within = if filter.region.is_empty() {
            &words.in_country_row
        } else {
            &words.in_region_row
        };
        let country = within(&words.in_country_row, &words.in_country, row.country.figure);
        let region = within(&words.in_region_row, &words.in_region, row.region.figure);
        let dictionary = Dictionary::of(&asked.ready.instrument);
        OpenRow {
            place,
            at: place,
            what: about(words, query, |variable| {
                shown::label(self, &dictionary, variable)
            }),
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            query: query.id.clone(),
            rule: self.rule_named(&asked.ready, &query.rule),
            is_hard: query.urgency == Urgency::Hard,
            is_confirmed: query.confirmed,
            weighed: row.score,
            movements: vec![
                moved(country, row.country),
                moved(region, row.region),
                moved(of_row(row_within, row.row.figure), row.row),
            ],
            left: (self.total_named(open, row.left.figure), row.left.most),
        }
    }

    fn decided_row(
        &self,
        asked: &Asked,
        dictionary: &Dictionary,
        decided: &Decided<'_>,
    ) -> DecidedRow {
        let Decided {
            edition,
            decision,
            unfit,
        } = *decided;
        let what = match unfit {
            Some(unfit) => shown::unfit(self, dictionary, unfit),
            None => shown::choice(self, &asked.ready, dictionary, decision),
        };
        let rule = self.rule_named(&asked.ready, &decision.body.rule);
        let about = decision.body.basis.first();
        let about = about.map_or("", |basis| basis.variable.as_str());
        DecidedRow {
            unit_key: edition.unit_key.clone(),
            unit_name: edition.unit_name.clone(),
            region: edition.region.clone(),
            rule: format!("{rule}: {}", shown::label(self, dictionary, about)),
            what,
            who: decision.actor.clone(),
            when: self.moment(decision.at),
        }
    }
}

//! Which questions which units may meet, judged by the register alone: what `instrument show` prints, and
//! what a printed questionnaire is made for.

mod label;
mod meetings;
mod points;

use std::collections::BTreeMap;

use self::meetings::{Meeting, Meetings};
use super::Instrument;
use crate::{condition::Fact, text::Text};

/// Units whose register classes let them meet the same questions.
#[derive(Clone, Debug)]
pub struct Stratum {
    /// Which units, as a condition would say it: `municipality_type in [rural] or area_type in [1, 2]`;
    /// `everyone` where the register decides nothing.
    pub label: String,
    /// Every combination of register facts that belongs here, by field key. Numbers are representative ones.
    pub combinations: Vec<BTreeMap<String, Fact>>,
    /// In the order of the questionnaire.
    pub questions: Vec<Met>,
    /// The numbers of those questions; a matrix with a number per column counts each.
    pub question_numbers: Vec<String>,
}

impl Stratum {
    pub fn count(&self) -> usize {
        self.question_numbers.len()
    }
}

/// A question that the units of a stratum may meet.
#[derive(Clone, Debug)]
pub struct Met {
    /// Its section and its place there, both from 0.
    pub section: usize,
    pub question: usize,
    pub numbers: Vec<String>,
    pub asked: Asked,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whatever is answered.
    OfAll,
    /// Where an earlier answer, or a fact outside the combinations, says so; the question's own words for it,
    /// where it has some.
    OnlyWhere(Option<Text>),
}

/// More combinations than this are not told apart: the last fields of the register are then left unknown.
const MOST_COMBINATIONS: usize = 20_000;

/// The strata of an instrument, those with the fewest questions first.
pub fn strata(instrument: &Instrument) -> Vec<Stratum> {
    let dimensions = points::dimensions(instrument, MOST_COMBINATIONS);
    let mut meetings = Meetings::of(instrument, &dimensions);

    let mut found: Vec<(Vec<Meeting>, Vec<Vec<usize>>)> = Vec::new();
    let mut by_meetings: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    for combination in points::combinations(&dimensions) {
        let meetings = meetings.at(&combination);
        let met: Vec<bool> = meetings
            .iter()
            .map(|meeting| *meeting != Meeting::Never)
            .collect();
        if let Some((known, combinations)) = by_meetings.get(&met).and_then(|at| found.get_mut(*at))
        {
            for (known, new) in known.iter_mut().zip(meetings) {
                *known = (*known).min(new);
            }
            combinations.push(combination);
        } else {
            by_meetings.insert(met, found.len());
            found.push((meetings, vec![combination]));
        }
    }

    let mut strata: Vec<Stratum> = found
        .into_iter()
        .map(|(meetings, combinations)| {
            let met: Vec<Met> = instrument
                .questions()
                .zip(&meetings)
                .filter_map(|((section, place, question), meeting)| {
                    let asked = match meeting {
                        Meeting::Never => return None,
                        Meeting::Perhaps => Asked::OnlyWhere(question.when_text.clone()),
                        Meeting::Always => Asked::OfAll,
                    };
                    Some(Met {
                        section,
                        question: place,
                        numbers: question.numbers.clone(),
                        asked,
                    })
                })
                .collect();
            Stratum {
                label: label::label(&dimensions, &combinations),
                combinations: combinations
                    .iter()
                    .map(|combination| points::facts(&dimensions, combination))
                    .collect(),
                question_numbers: met.iter().flat_map(|met| met.numbers.clone()).collect(),
                questions: met,
            }
        })
        .collect();
    strata.sort_by_key(Stratum::count);
    strata
}

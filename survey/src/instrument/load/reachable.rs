//! Questions that nobody can reach, whatever the register says and whatever is answered.

use super::{questions::SectionDraft, reader::Reader};
use crate::{
    condition::{Condition, Reach, satisfiable},
    instrument::{Instrument, needs::Needs},
};

/// Where the conditions stand in the file: each section's, and each of its questions'.
pub(super) struct Places(Vec<(usize, Vec<usize>)>);

impl Places {
    pub fn of(sections: &[SectionDraft<'_>]) -> Self {
        let start = |when: &Option<super::questions::ConditionText<'_>>| {
            when.as_ref().map_or(0, |when| when.span.start)
        };
        Self(
            sections
                .iter()
                .map(|section| {
                    let own = section.questions.iter();
                    (
                        start(&section.when),
                        own.map(|draft| start(&draft.when)).collect(),
                    )
                })
                .collect(),
        )
    }
}

pub(super) fn check(reader: &Reader<'_>, instrument: &Instrument, places: &Places) {
    let needs = Needs::of(instrument);
    let nobody = |conditions: &[&Condition]| {
        !conditions.is_empty() && satisfiable(conditions, instrument) == Reach::Unreachable
    };
    for (s, (section, (section_at, question_places))) in
        instrument.sections.iter().zip(&places.0).enumerate()
    {
        if section.when.as_ref().is_some_and(|when| nobody(&[when])) {
            reader.fault(
                *section_at,
                format!(
                    "Nobody can reach the section `{}`: its condition never holds.",
                    section.key
                ),
                "Change the condition so that some answers make it true.",
            );
            continue;
        }
        for (q, (question, question_at)) in
            section.questions.iter().zip(question_places).enumerate()
        {
            let own: Vec<&Condition> = section.when.iter().chain(&question.when).collect();
            let all = needs.question(s, q);
            let earlier: Vec<&Condition> = all
                .iter()
                .copied()
                .filter(|when| !own.contains(when))
                .collect();
            // What is unreachable only because an earlier question is would repeat that question's fault.
            if !nobody(all) || nobody(&earlier) {
                continue;
            }
            let (at, why) = match &question.when {
                Some(when) if nobody(&[when]) => (question_at, "its condition never holds"),
                Some(_) => (question_at, TOGETHER),
                None => (section_at, TOGETHER),
            };
            reader.fault(
                *at,
                format!("Nobody can reach the question `{}`: {why}.", question.key),
                "Change the conditions so that some answers make all of them true.",
            );
        }
    }
}

const TOGETHER: &str =
    "its conditions never hold together with those of the questions that they ask about";

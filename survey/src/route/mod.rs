//! Which questions this respondent meets, recomputed from the register and the stored answers each time.

mod facts;

use std::collections::BTreeSet;

pub use facts::known;
pub(crate) use facts::{Silence, silence};

use crate::{
    answers::Answers,
    condition::{Condition, Fact, Truth},
    instrument::{Body, Instrument, Question, Section, Variable},
    register::Register,
};
use facts::fact;

/// The way through the questionnaire for one respondent, as things stand.
#[derive(Debug)]
pub struct Route<'i> {
    pub sections: Vec<RoutedSection<'i>>,
    asked: BTreeSet<&'i str>,
}

#[derive(Debug)]
pub struct RoutedSection<'i> {
    /// The section's place in the instrument, from 0.
    pub index: usize,
    pub section: &'i Section,
    /// Never empty, and no page is.
    pub pages: Vec<Page<'i>>,
}

/// Questions that stand on one screen.
#[derive(Debug)]
pub struct Page<'i> {
    pub questions: Vec<RoutedQuestion<'i>>,
}

#[derive(Clone, Copy, Debug)]
pub struct RoutedQuestion<'i> {
    pub question: &'i Question,
    pub presence: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Asked.
    Asked,
    /// Not asked as things stand, but another answer on the same page would bring it: it stands there
    /// with its condition in words, and a browser that can hides it.
    Dormant,
}

/// Finds the way through `instrument` for a unit that the register knows so much about and that has answered so far.
///
/// A question is asked where its own condition and its section's are true; an answer off the route counts as missing.
pub fn route<'i>(instrument: &'i Instrument, register: &Register, answers: &Answers) -> Route<'i> {
    let mut asked: BTreeSet<&'i str> = BTreeSet::new();
    let mut sections = Vec::new();
    for (index, section) in instrument.sections.iter().enumerate() {
        if !holds(section.when.as_ref(), instrument, register, answers, &asked) {
            continue;
        }
        let mut pages: Vec<Page<'i>> = Vec::new();
        let mut on_page: BTreeSet<&'i str> = BTreeSet::new();
        let mut break_before = true;
        for (place, question) in section.questions.iter().enumerate() {
            if question.new_page {
                break_before = true;
            }
            if break_before {
                on_page.clear();
            }
            let presence =
                if holds(
                    question.when.as_ref(),
                    instrument,
                    register,
                    answers,
                    &asked,
                ) {
                    Presence::Asked
                } else if question.when.as_ref().is_some_and(|when| {
                    may_wake(when, instrument, register, answers, &asked, &on_page)
                }) {
                    Presence::Dormant
                } else {
                    continue;
                };
            for variable in variables_of(instrument, index, place) {
                on_page.insert(&variable.key);
                if presence == Presence::Asked && belongs(question, variable, answers) {
                    asked.insert(&variable.key);
                }
            }
            let routed = RoutedQuestion { question, presence };
            match pages.last_mut() {
                Some(page) if !break_before => page.questions.push(routed),
                _ => pages.push(Page {
                    questions: vec![routed],
                }),
            }
            break_before = false;
        }
        if !pages.is_empty() {
            sections.push(RoutedSection {
                index,
                section,
                pages,
            });
        }
    }
    Route { sections, asked }
}

impl<'i> Route<'i> {
    /// Whether the variable's answer is part of a submission.
    pub fn asks(&self, variable: &str) -> bool {
        self.asked.contains(variable)
    }

    /// The section of that key, with its place among those on the route, from 0.
    pub fn section(&self, key: &str) -> Option<(usize, &RoutedSection<'i>)> {
        self.sections
            .iter()
            .enumerate()
            .find(|(_, routed)| routed.section.key == key)
    }

    /// Every question that is asked, in order.
    pub fn questions(&self) -> impl Iterator<Item = &'i Question> {
        self.sections
            .iter()
            .flat_map(|section| &section.pages)
            .flat_map(|page| &page.questions)
            .filter(|routed| routed.presence == Presence::Asked)
            .map(|routed| routed.question)
    }
}

/// The variables of the question at these places.
pub fn variables_of(
    instrument: &Instrument,
    section: usize,
    question: usize,
) -> impl Iterator<Item = &Variable> {
    let place = |variable: &Variable| (variable.section, variable.question);
    let rest = instrument.variables();
    let rest = &rest[rest.partition_point(|variable| place(variable) < (section, question))..];
    rest.iter()
        .take_while(move |variable| place(variable) == (section, question))
}

fn holds(
    when: Option<&Condition>,
    instrument: &Instrument,
    register: &Register,
    answers: &Answers,
    asked: &BTreeSet<&str>,
) -> bool {
    when.is_none_or(|when| {
        when.holds(&|name: &str| fact(name, instrument, register, answers, asked)) == Truth::True
    })
}

/// More names of the page than this in one condition are not tried out one by one.
const MOST_TRIED: usize = 8;

/// Whether an answer on the same page could make the condition true.
fn may_wake(
    when: &Condition,
    instrument: &Instrument,
    register: &Register,
    answers: &Answers,
    asked: &BTreeSet<&str>,
    on_page: &BTreeSet<&str>,
) -> bool {
    let open: Vec<&str> = when
        .names()
        .into_iter()
        .filter(|name| on_page.contains(name))
        .collect();
    if open.is_empty() || open.len() > MOST_TRIED {
        return !open.is_empty();
    }
    // Each of them unanswered, or answered with anything: a text leaves every comparison unknown.
    (0..1_u32 << open.len()).any(|answered| {
        when.holds(
            &|name: &str| match open.iter().position(|one| *one == name) {
                Some(at) if answered >> at & 1 == 1 => Fact::Text(String::new()),
                Some(_) => Fact::Missing,
                None => fact(name, instrument, register, answers, asked),
            },
        ) != Truth::False
    })
}

/// Whether a variable of an asked question is asked itself: the text of "Annan (ange)" only when that option is chosen.
fn belongs(question: &Question, variable: &Variable, answers: &Answers) -> bool {
    let Body::Choice { options } = &question.body else {
        return true;
    };
    options
        .iter()
        .find(|option| {
            option
                .specify
                .as_ref()
                .is_some_and(|specify| specify.variable == variable.key)
        })
        .is_none_or(|option| answers.raw(&question.key).trim() == option.key)
}

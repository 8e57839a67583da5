//! Answers that are none of the options, as after an option was taken out of the questionnaire. A page cannot make
//! them, so this is no part of the rules that travel.

use super::{Finding, Matter};
use crate::{
    answers::Answers,
    instrument::{Body, Choice, Question},
};

pub(super) fn examine(question: &Question, answers: &Answers) -> Vec<Finding> {
    let found = |variable: &str, options: &[Choice]| {
        let typed = answers.raw(variable).trim();
        (!typed.is_empty() && options.iter().all(|option| option.key != typed))
            .then(|| Finding::on_field(Matter::NotAnOption, variable))
    };
    match &question.body {
        Body::Choice { options } => found(&question.key, options).into_iter().collect(),
        Body::ChoiceMatrix { rows, options, .. } => rows
            .iter()
            .filter_map(|row| found(&row.variable, options))
            .collect(),
        Body::Number(_)
        | Body::Choices { .. }
        | Body::NumberMatrix(_)
        | Body::Text(_)
        | Body::Contact { .. } => Vec::new(),
    }
}

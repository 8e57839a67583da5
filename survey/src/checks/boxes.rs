//! Boxes to tick: not too many, and "none" alone.

use serde::{Deserialize, Serialize};

use super::{Finding, Matter, Scope, ticked};
use crate::{answers::Answers, instrument::ChoicesOption};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxRules {
    pub question: String,
    pub options: Vec<BoxOption>,
    pub most: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxOption {
    pub variable: String,
    pub exclusive: bool,
}

impl BoxRules {
    pub fn new(question: &str, options: &[ChoicesOption], most: Option<usize>) -> Self {
        let options = options
            .iter()
            .map(|option| BoxOption {
                variable: option.variable.clone(),
                exclusive: option.exclusive,
            })
            .collect();
        Self {
            question: question.to_owned(),
            options,
            most,
        }
    }

    pub fn examine(&self, answers: &Answers) -> Vec<Finding> {
        let ticked: Vec<&BoxOption> = self
            .options
            .iter()
            .filter(|option| ticked(answers, &option.variable))
            .collect();
        let variables = || {
            ticked
                .iter()
                .map(|option| option.variable.clone())
                .collect()
        };
        let finding = |matter| Finding {
            matter,
            scope: Scope::Question,
            variables: variables(),
            mends: Vec::new(),
        };
        if ticked.len() > 1
            && let Some(alone) = ticked.iter().find(|option| option.exclusive)
        {
            return vec![finding(Matter::ExclusiveBox {
                option: alone.variable.clone(),
            })];
        }
        match self.most {
            Some(most) if ticked.len() > most => vec![finding(Matter::TooManyBoxes {
                most,
                ticked: ticked.len(),
            })],
            _ => Vec::new(),
        }
    }
}

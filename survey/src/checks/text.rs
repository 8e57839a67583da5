//! Texts: not too long, and e-mail addresses that could be one.

use serde::{Deserialize, Serialize};

use super::{Finding, Matter};
use crate::{
    answers::Answers,
    instrument::{Body, ContactKind, Question},
};

/// Longest contact detail, in characters: the longest address that mail allows.
const LONGEST_CONTACT: usize = 254;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRules {
    pub variable: String,
    /// In characters.
    pub most: usize,
    pub email: bool,
}

impl TextRules {
    /// Every text field of a question: its own, its comments, and "Annan (ange)".
    pub fn of(question: &Question) -> Vec<Self> {
        let plain = |variable: &str, most| Self {
            variable: variable.to_owned(),
            most,
            email: false,
        };
        let mut rules = Vec::new();
        match &question.body {
            Body::Text(field) => rules.push(plain(&field.variable, field.most)),
            Body::Choice { options } => rules.extend(
                options
                    .iter()
                    .filter_map(|option| option.specify.as_ref())
                    .map(|field| plain(&field.variable, field.most)),
            ),
            Body::ChoiceMatrix {
                rows,
                row_comment: Some(comment),
                ..
            } => {
                rules.extend(
                    rows.iter()
                        .filter_map(|row| row.comment.as_ref())
                        .map(|variable| plain(variable, comment.most)),
                );
            }
            Body::Contact { fields } => {
                rules.extend(fields.iter().map(|field| Self {
                    email: field.kind == ContactKind::Email,
                    ..plain(&field.variable, LONGEST_CONTACT)
                }));
            }
            Body::ChoiceMatrix { .. }
            | Body::Number(_)
            | Body::Choices { .. }
            | Body::NumberMatrix(_) => {}
        }
        rules.extend(
            question
                .comment
                .iter()
                .map(|field| plain(&field.variable, field.most)),
        );
        rules
    }

    pub fn examine(&self, answers: &Answers) -> Option<Finding> {
        let typed = answers.raw(&self.variable);
        // A form posts every new line as two characters; the respondent typed one.
        let length = typed.chars().filter(|c| *c != '\r').count();
        let matter = if length > self.most {
            Matter::TooLong {
                most: self.most,
                length,
            }
        } else if self.email && !typed.trim().is_empty() && !could_be_email(typed.trim()) {
            Matter::NotAnEmail
        } else {
            return None;
        };
        Some(Finding::on_field(matter, &self.variable))
    }
}

/// Only what catches slips of the pen: something, one `@`, and a domain with a point in it.
fn could_be_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && !domain.contains('@')
            && !text.contains(char::is_whitespace)
            && domain.split('.').count() > 1
            && domain.split('.').all(|label| !label.is_empty())
    })
}

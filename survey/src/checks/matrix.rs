//! A matrix of numbers: each cell by itself, then persons and posts beside each other.

use serde::{Deserialize, Serialize};

use super::{
    Check, Finding, Matter, Scope,
    number::{hard, to_mend},
    percent, swap, ticked, total,
};
use crate::{
    answers::{Answers, Number, Unreadable, read_number},
    instrument::NumberMatrix,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixRules {
    pub question: String,
    /// Keys of the rows, in order.
    pub rows: Vec<String>,
    pub columns: Vec<ColumnRule>,
    /// Key of the flag that says a row does not exist.
    pub absent: Option<String>,
    pub checks: Vec<Check>,
    /// Columns whose quotient is shown.
    pub quotient: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRule {
    pub key: String,
    pub whole: bool,
    pub min: Number,
    pub max: Number,
}

impl MatrixRules {
    pub fn new(question: &str, matrix: &NumberMatrix, checks: &[Check]) -> Self {
        Self {
            question: question.to_owned(),
            rows: matrix.rows.iter().map(|row| row.key.clone()).collect(),
            columns: matrix
                .columns
                .iter()
                .map(|column| ColumnRule {
                    key: column.key.clone(),
                    whole: column.field.whole,
                    min: column.field.min,
                    max: column.field.max,
                })
                .collect(),
            absent: matrix.absent.as_ref().map(|absent| absent.key.clone()),
            checks: checks.to_vec(),
            quotient: matrix
                .quotient
                .as_ref()
                .map(|quotient| (quotient.numerator.clone(), quotient.denominator.clone())),
        }
    }

    pub fn cell(row: &str, column: &str) -> String {
        format!("{row}_{column}")
    }

    /// Whether the respondent says that the row does not exist.
    pub fn is_absent(&self, row: &str, answers: &Answers) -> bool {
        self.absent
            .as_ref()
            .is_some_and(|absent| ticked(answers, &Self::cell(row, absent)))
    }

    /// Every finding, hard ones first. Doing what one of its mends says silences that finding's rule on the
    /// cells it changes, and makes no hard error.
    pub fn examine(&self, answers: &Answers) -> Vec<Finding> {
        let mut findings = self.hard(answers);
        for check in &self.checks {
            let mut found = match check {
                Check::PostsInPercent {
                    posts,
                    persons,
                    limits,
                } => percent::examine(
                    self,
                    posts,
                    persons.as_deref(),
                    limits,
                    answers,
                    &mut findings,
                ),
                Check::Swapped {
                    persons,
                    posts,
                    limits,
                } => swap::swapped(self, [persons, posts], limits, answers, &mut findings),
                Check::PostsExceedPersons { posts, persons } => {
                    swap::exceeding(self, persons, posts, answers)
                }
                Check::TotalInFirstRow { columns, limits } => {
                    total::examine(self, columns, limits, answers)
                }
                Check::Unusual { .. } | Check::FarFromRegister { .. } => Vec::new(),
            };
            // One question at a time about a cell: what was found first explains the rest. Beside a hard error
            // there is nothing to ask, unless the question knows a way out of it.
            found.retain(|new| {
                !findings.iter().any(|old| {
                    (!old.is_hard() || new.mends.is_empty())
                        && new
                            .variables
                            .iter()
                            .any(|variable| old.variables.contains(variable))
                })
            });
            findings.append(&mut found);
        }
        findings
    }

    fn hard(&self, answers: &Answers) -> Vec<Finding> {
        let mut findings = Vec::new();
        for row in &self.rows {
            if self.is_absent(row, answers) {
                findings.extend(self.absent_but_answered(row, answers));
                continue;
            }
            for column in &self.columns {
                let variable = Self::cell(row, &column.key);
                let typed = answers.raw(&variable).trim();
                if typed.is_empty() {
                    continue;
                }
                if let Err((matter, read)) = hard(typed, column.whole, column.min, column.max) {
                    let mends = match (&matter, read) {
                        (Matter::PercentSign { .. }, Some(number)) => {
                            let posts = number.divide_by_100();
                            self.accepts(&column.key, &posts.to_swedish())
                                .map(|_| to_mend(&variable, posts))
                                .into_iter()
                                .collect()
                        }
                        _ => Vec::new(),
                    };
                    findings.push(Finding {
                        mends,
                        ..Finding::on_field(matter, &variable)
                    });
                }
            }
        }
        findings
    }

    /// A zero agrees with there being none.
    fn absent_but_answered(&self, row: &str, answers: &Answers) -> Option<Finding> {
        let variables: Vec<String> = self
            .columns
            .iter()
            .map(|column| Self::cell(row, &column.key))
            .filter(|variable| {
                let typed = answers.raw(variable).trim();
                !typed.is_empty() && read_number(typed, false) != Ok(Number::ZERO)
            })
            .collect();
        (!variables.is_empty()).then_some(Finding {
            matter: Matter::AbsentButAnswered,
            scope: Scope::Row,
            variables,
            mends: Vec::new(),
        })
    }

    fn column(&self, key: &str) -> Option<&ColumnRule> {
        self.columns.iter().find(|rule| rule.key == key)
    }

    /// What `raw` would be in `column`, where no hard error comes of it.
    pub(super) fn accepts(&self, column: &str, raw: &str) -> Option<Number> {
        let rule = self.column(column)?;
        hard(raw, rule.whole, rule.min, rule.max).ok()
    }

    fn read(
        &self,
        row: &str,
        column: &str,
        answers: &Answers,
    ) -> Option<Result<Number, Unreadable>> {
        if self.is_absent(row, answers) {
            return None;
        }
        let whole = self.column(column)?.whole;
        Some(read_number(
            answers.raw(&Self::cell(row, column)).trim(),
            whole,
        ))
    }

    /// The number in a cell. A whole column that got decimals still has a number: that is what a swap looks like.
    pub(super) fn number(&self, row: &str, column: &str, answers: &Answers) -> Option<Number> {
        match self.read(row, column, answers)? {
            Ok(number) | Err(Unreadable::NotWhole(number)) if !number.is_negative() => Some(number),
            _ => None,
        }
    }

    /// The number before a percent sign.
    pub(super) fn percent(&self, row: &str, column: &str, answers: &Answers) -> Option<Number> {
        match self.read(row, column, answers)? {
            Err(Unreadable::Percent(number)) if !number.is_negative() => Some(number),
            _ => None,
        }
    }
}

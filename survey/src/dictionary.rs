//! What each column of a file of answers means. Made from the instrument alone, it stands behind every export,
//! codebook and table, so that they cannot tell different stories.

use crate::{
    answers::Number,
    instrument::{
        Body, Choice, Column, ContactKind, Instrument, NumberMatrix, Question, TextField, Variable,
        VariableKind, Wording,
    },
    text::{Language, Text},
};

/// Every variable of an instrument, in its order, with what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Dictionary {
    pub instrument: String,
    pub version: String,
    pub languages: Vec<Language>,
    pub title: Text,
    pub items: Vec<Item>,
}

/// One variable: one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The column's name in every file.
    pub key: String,
    pub section: Text,
    /// The numbers that the respondent saw: one, or none for a text that belongs to an option.
    pub numbers: Vec<String>,
    /// The question as asked. Of a matrix whose columns ask questions of their own, that of the column.
    pub question: Text,
    /// What tells this variable from the others of its question: row and column, option, or comment. Else the question itself.
    pub label: Text,
    pub measure: Measure,
    /// Whom it is asked of, in words, where not of all.
    pub asked: Option<Text>,
    pub wording: Wording,
    /// Kept apart from the answers, and in none of their files.
    pub personal: bool,
}

/// What a variable's values are.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// Bounds are inclusive.
    Number {
        whole: bool,
        least: Number,
        most: Number,
        unit: Option<Text>,
    },
    /// One of these keys.
    Coded(Vec<Code>),
    /// 1 where the box was ticked.
    Flag,
    Text {
        most: usize,
    },
    Contact(ContactKind),
}

impl Item {
    /// An option's label, where the variable has options and this is the key of one.
    pub fn option(&self, key: &str) -> Option<&Text> {
        let Measure::Coded(codes) = &self.measure else {
            return None;
        };
        let code = codes.iter().find(|code| code.key == key);
        code.map(|code| &code.label)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub key: String,
    pub label: Text,
}

impl Dictionary {
    pub fn of(instrument: &Instrument) -> Self {
        Self {
            instrument: instrument.key.clone(),
            version: instrument.version.clone(),
            languages: instrument.languages.clone(),
            title: instrument.title.clone(),
            items: instrument
                .variables()
                .iter()
                .map(|variable| item(instrument, variable))
                .collect(),
        }
    }

    /// The variables that files of answers hold: all but personal data.
    pub fn shared(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.personal)
    }

    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }
}

fn item(instrument: &Instrument, variable: &Variable) -> Item {
    let question = instrument.question_of(variable);
    let place = Place::of(question, &variable.key);
    Item {
        key: variable.key.clone(),
        section: instrument.sections[variable.section].title.clone(),
        measure: measure(variable, place.options),
        numbers: place.numbers,
        question: place.question,
        label: place.label,
        asked: question.when_text.clone(),
        wording: question.wording,
        personal: variable.personal,
    }
}

fn measure(variable: &Variable, options: &[Choice]) -> Measure {
    match &variable.kind {
        VariableKind::Number(field) => Measure::Number {
            whole: field.whole,
            least: field.min,
            most: field.max,
            unit: field.unit.clone(),
        },
        VariableKind::Choice(_) => Measure::Coded(options.iter().map(Code::of).collect()),
        VariableKind::Flag | VariableKind::Absent => Measure::Flag,
        VariableKind::Text { most } => Measure::Text { most: *most },
        VariableKind::Contact(kind) => Measure::Contact(*kind),
    }
}

impl Code {
    fn of(option: &Choice) -> Self {
        Self {
            key: option.key.clone(),
            label: option.label.clone(),
        }
    }
}

/// Where a variable stands within its question.
struct Place<'a> {
    numbers: Vec<String>,
    question: Text,
    label: Text,
    /// Of a scale.
    options: &'a [Choice],
}

impl<'a> Place<'a> {
    fn of(question: &'a Question, key: &str) -> Self {
        let whole = Self {
            numbers: question.numbers.clone(),
            question: question.text.clone(),
            label: question.text.clone(),
            options: &[],
        };
        let labelled = |label: &Text| Self {
            label: label.clone(),
            ..whole.plain()
        };
        if let Some(comment) = &question.comment
            && comment.variable == key
        {
            return whole.beside(comment);
        }
        match &question.body {
            Body::Number(_) | Body::Text(_) => whole,
            Body::Choice { options } => {
                let specified = options
                    .iter()
                    .filter_map(|option| Some((option, option.specify.as_ref()?)))
                    .find(|(_, field)| field.variable == key);
                match specified {
                    Some((option, field)) => whole.beside(field).under(&option.label),
                    None => Self { options, ..whole },
                }
            }
            Body::Choices { options, .. } => options
                .iter()
                .find(|option| option.variable == key)
                .map_or_else(|| whole.plain(), |option| labelled(&option.label)),
            Body::ChoiceMatrix {
                rows,
                options,
                row_comment,
            } => {
                let scored = rows.iter().find(|row| row.variable == key);
                let commented = rows.iter().find(|row| row.comment.as_deref() == Some(key));
                match (scored, commented.zip(row_comment.as_ref())) {
                    (Some(row), _) => Self {
                        options,
                        ..labelled(&row.label)
                    },
                    (None, Some((row, comment))) => labelled(&comment.label).under(&row.label),
                    (None, None) => whole,
                }
            }
            Body::NumberMatrix(matrix) => cell(matrix, key, &whole),
            Body::Contact { fields } => fields
                .iter()
                .find(|field| field.variable == key)
                .map_or_else(|| whole.plain(), |field| labelled(&field.label)),
        }
    }

    fn plain(&self) -> Self {
        Self {
            numbers: self.numbers.clone(),
            question: self.question.clone(),
            label: self.label.clone(),
            options: &[],
        }
    }

    /// A text that belongs to the question.
    fn beside(self, field: &TextField) -> Self {
        match &field.label {
            Some(label) => Self {
                label: label.clone(),
                ..self
            },
            None => self,
        }
    }

    /// Names the row or option that the label is about.
    fn under(self, row: &Text) -> Self {
        Self {
            label: joined(&self.label, row),
            ..self
        }
    }
}

fn cell<'a>(matrix: &'a NumberMatrix, key: &str, whole: &Place<'a>) -> Place<'a> {
    for row in &matrix.rows {
        if matrix.absent_variable(row).as_deref() == Some(key)
            && let Some(absent) = &matrix.absent
        {
            return Place {
                label: joined(&absent.label, &row.label),
                ..whole.plain()
            };
        }
        let column = matrix
            .columns
            .iter()
            .find(|column| NumberMatrix::cell(row, column) == key);
        if let Some(column) = column {
            return Place {
                numbers: asked_as(column, &whole.numbers),
                question: column.text.as_ref().unwrap_or(&whole.question).clone(),
                label: joined(&column.label, &row.label),
                options: &[],
            };
        }
    }
    whole.plain()
}

/// A column may ask a question of its own.
fn asked_as(column: &Column, numbers: &[String]) -> Vec<String> {
    column
        .number
        .as_ref()
        .map_or_else(|| numbers.to_vec(), |number| vec![number.clone()])
}

/// `Antal personer: Dietister`
fn joined(first: &Text, second: &Text) -> Text {
    let join = |language| format!("{}: {}", first.get(language), second.get(language));
    Text {
        sv: join(Language::Swedish),
        en: (first.en.is_some() || second.en.is_some()).then(|| join(Language::English)),
    }
}

//! What a questionnaire is made of, after loading: every reference resolved, every text translated,
//! every condition typed. Nothing here needs checking again.

use std::collections::BTreeMap;

use crate::{
    answers::Number,
    checks::Check,
    condition::{Condition, Kind},
    text::{Language, Text},
};

/// A whole questionnaire.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// ASCII identity, the same as the file's name without its ending: `vardcentralschefer-2022`.
    pub key: String,
    /// Raised whenever a text, scale or rule changes; stored with each submission.
    pub version: String,
    /// Languages in which every text exists. Swedish is always first.
    pub languages: Vec<Language>,
    pub title: Text,
    /// The organisation that asks, and whom to write to with questions.
    pub sender: Sender,
    /// What the pages around the questions say.
    pub texts: Texts,
    /// Facts about the unit that the register knows and the branching may ask about.
    pub register: Vec<RegisterField>,
    pub sections: Vec<Section>,
    /// Every column of the answers, in the order of the questionnaire.
    pub(crate) variables: Vec<Variable>,
    /// Where each variable stands in `variables`.
    pub(super) index: BTreeMap<String, usize>,
    /// The file's own note on where the wordings come from.
    pub note: String,
}

#[derive(Clone, Debug, Default)]
pub struct Sender {
    pub name: Text,
    pub contact: Text,
    pub email: String,
    pub phone: Option<String>,
}

/// Texts that the product's pages need from the instrument. Paragraphs are separated by blank lines.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// What the survey is for, in a few sentences.
    pub purpose: Text,
    /// Why just this organisation is asked.
    pub why_you: Text,
    /// How long it takes, what to have at hand.
    pub time: Text,
    /// What happens with the answers.
    pub use_of_answers: Text,
    /// Voluntary or a duty; consultation according to förordning 1982:668.
    pub consultation: Text,
    /// GDPR articles 13 and 14.
    pub privacy: Text,
    /// Secrecy of what is answered.
    pub secrecy: Text,
    /// Accessibility statement according to lag 2018:1937.
    pub accessibility: Text,
    /// What the page says after submission.
    pub thanks: Text,
    /// Warning beside every free-text field.
    pub free_text_warning: Text,
}

/// A fact that the register holds on each unit. Named `register.<key>` in conditions.
#[derive(Clone, Debug)]
pub struct RegisterField {
    pub key: String,
    pub label: Text,
    pub kind: RegisterKind,
}

#[derive(Clone, Debug)]
pub enum RegisterKind {
    Class(Vec<Choice>),
    Number,
}

#[derive(Clone, Debug)]
pub struct Section {
    /// Appears in addresses: ASCII, lower case.
    pub key: String,
    pub title: Text,
    pub lead: Option<Text>,
    pub when: Option<Condition>,
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub key: String,
    /// The numbers the respondent sees. One, but for a numeric matrix with a number per column.
    pub numbers: Vec<String>,
    pub text: Text,
    pub hint: Option<Text>,
    /// Paragraphs before the question, each perhaps only for some.
    pub leads: Vec<Lead>,
    pub wording: Wording,
    pub when: Option<Condition>,
    /// The condition in words, for paper and for browsers without scripts: "Om ja på fråga 7".
    pub when_text: Option<Text>,
    /// This question begins a new page within its section.
    pub new_page: bool,
    pub body: Body,
    pub comment: Option<TextField>,
    /// Soft checks, in the order they are asked.
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug)]
pub struct Lead {
    pub when: Option<Condition>,
    pub text: Text,
}

/// How sure we are of the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The report quotes it.
    Quoted,
    /// The report gives content, items or scale; the wording is ours.
    Rebuilt,
    /// Not recoverable from the report; placed so that the instrument is whole.
    Assumed,
}

#[derive(Clone, Debug)]
pub enum Body {
    /// One number. Variable: the question's key.
    Number(NumberField),
    /// One of several. Variable: the question's key, answered by an option's key.
    Choice { options: Vec<Choice> },
    /// Any of several, perhaps at most so many. Variables: `<prefix>_<option>`.
    Choices {
        options: Vec<ChoicesOption>,
        most: Option<usize>,
    },
    /// The same scale for several rows. Variables: `<prefix>_<row>` and, with a row comment, `<prefix>_<row>_<comment>`.
    ChoiceMatrix {
        rows: Vec<Row>,
        options: Vec<Choice>,
        row_comment: Option<RowComment>,
    },
    /// Numbers in rows and columns. Variables: `<row>_<column>` and, with `absent`, `<row>_<absent>`.
    NumberMatrix(NumberMatrix),
    /// Free text. Variable: the question's key.
    Text(TextField),
    /// Personal data, stored apart from the answers. Variables: `<prefix>_<field>`.
    Contact { fields: Vec<ContactField> },
}

/// What a number may be. Bounds are inclusive and hard.
#[derive(Clone, Debug)]
pub struct NumberField {
    pub whole: bool,
    pub min: Number,
    pub max: Number,
    pub unit: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub key: String,
    pub label: Text,
    /// "Annan (ange)": a short text that belongs to this option.
    pub specify: Option<TextField>,
}

#[derive(Clone, Debug)]
pub struct ChoicesOption {
    /// The variable: `<prefix>_<option key>`.
    pub variable: String,
    pub key: String,
    pub label: Text,
    /// Excludes every other option.
    pub exclusive: bool,
}

/// A row of a matrix of choices.
#[derive(Clone, Debug)]
pub struct Row {
    pub variable: String,
    pub key: String,
    pub label: Text,
    /// The variable of the row's comment, where the matrix has one.
    pub comment: Option<String>,
}

#[derive(Clone, Debug)]
pub struct RowComment {
    pub key: String,
    pub label: Text,
    pub most: usize,
}

#[derive(Clone, Debug)]
pub struct NumberMatrix {
    pub row_heading: Text,
    pub rows: Vec<MatrixRow>,
    pub columns: Vec<Column>,
    /// "Vi har ingen av denna yrkesgrupp".
    pub absent: Option<Absent>,
    pub sums: bool,
    /// Two columns whose quotient is shown: posts per person, as a percentage.
    pub quotient: Option<Quotient>,
}

#[derive(Clone, Debug)]
pub struct MatrixRow {
    pub key: String,
    pub label: Text,
    pub hint: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub key: String,
    /// The question number this column carries, where each column has its own.
    pub number: Option<String>,
    /// Short, for the head of the table.
    pub label: Text,
    /// The whole question that the column asks.
    pub text: Option<Text>,
    pub field: NumberField,
}

#[derive(Clone, Debug)]
pub struct Absent {
    pub key: String,
    pub label: Text,
}

/// `numerator / denominator`, both column keys, shown as a percentage under `label`.
#[derive(Clone, Debug)]
pub struct Quotient {
    pub numerator: String,
    pub denominator: String,
    pub label: Text,
}

impl NumberMatrix {
    /// The variable in a cell.
    pub fn cell(row: &MatrixRow, column: &Column) -> String {
        format!("{}_{}", row.key, column.key)
    }

    /// The variable that says a row does not exist at this unit.
    pub fn absent_variable(&self, row: &MatrixRow) -> Option<String> {
        self.absent
            .as_ref()
            .map(|absent| format!("{}_{}", row.key, absent.key))
    }
}

#[derive(Clone, Debug)]
pub struct TextField {
    pub variable: String,
    /// Absent where the question's own text is the label.
    pub label: Option<Text>,
    pub long: bool,
    /// Longest text, in characters.
    pub most: usize,
}

#[derive(Clone, Debug)]
pub struct ContactField {
    pub variable: String,
    pub key: String,
    pub label: Text,
    pub kind: ContactKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactKind {
    Name,
    Email,
    Phone,
}

/// One column of the answers.
#[derive(Clone, Debug)]
pub struct Variable {
    pub key: String,
    /// Where its question stands: section and question, both from 0.
    pub section: usize,
    pub question: usize,
    pub kind: VariableKind,
    /// Stored and exported apart from the answers.
    pub personal: bool,
}

#[derive(Clone, Debug)]
pub enum VariableKind {
    Number(NumberField),
    /// The keys of the options.
    Choice(Vec<String>),
    /// Ticked or not.
    Flag,
    /// Ticked where a whole row does not exist at the unit.
    Absent,
    /// Longest text, in characters.
    Text {
        most: usize,
    },
    Contact(ContactKind),
}

impl Instrument {
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    pub fn variable(&self, key: &str) -> Option<&Variable> {
        self.place_of(key)
            .and_then(|place| self.variables.get(place))
    }

    /// Where the variable stands in [`Self::variables`].
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }

    /// Puts a variable last. The loader has seen to it that no other has its key.
    pub(super) fn add_variable(&mut self, variable: Variable) {
        self.index
            .insert(variable.key.clone(), self.variables.len());
        self.variables.push(variable);
    }

    pub fn section(&self, key: &str) -> Option<(usize, &Section)> {
        self.sections
            .iter()
            .enumerate()
            .find(|(_, section)| section.key == key)
    }

    pub fn question_of(&self, variable: &Variable) -> &Question {
        &self.sections[variable.section].questions[variable.question]
    }

    /// Every question with the place of its section and its own place there.
    pub fn questions(&self) -> impl Iterator<Item = (usize, usize, &Question)> {
        self.sections.iter().enumerate().flat_map(|(s, section)| {
            section
                .questions
                .iter()
                .enumerate()
                .map(move |(q, question)| (s, q, question))
        })
    }
}

/// Register figures have no bounds of their own; these are wider than any figure on a unit.
const REGISTER_BOUND: i64 = 1_000_000_000_000 * Number::SCALE;

impl RegisterField {
    /// What conditions may ask about the field, named `register.<key>`.
    pub fn condition_kind(&self) -> Kind {
        match &self.kind {
            RegisterKind::Class(values) => {
                Kind::Choice(values.iter().map(|value| value.key.clone()).collect())
            }
            RegisterKind::Number => Kind::Number {
                whole: false,
                min: Number::from_millionths(-REGISTER_BOUND),
                max: Number::from_millionths(REGISTER_BOUND),
            },
        }
    }
}

impl VariableKind {
    /// What conditions may ask about a variable of this kind.
    pub fn condition_kind(&self) -> Kind {
        match self {
            Self::Number(field) => Kind::Number {
                whole: field.whole,
                min: field.min,
                max: field.max,
            },
            Self::Choice(options) => Kind::Choice(options.clone()),
            Self::Flag | Self::Absent => Kind::Flag,
            Self::Text { .. } | Self::Contact(_) => Kind::Text,
        }
    }
}

//! Sections and questions. Conditions are kept as texts until every variable is known.

use std::ops::Range;

use toml::{Spanned, de::DeValue};

use super::{
    bodies, checks,
    head::Scales,
    reader::{At, Reader, Table},
    values::{Syntax, Unique},
};
use crate::instrument::{
    Body, Lead, Question, RegisterField, Section, TextField, VariableKind, Wording,
};

/// The longest free text that a question may allow, in characters.
pub(super) const LONGEST_TEXT: usize = 100_000;

/// More would make it slow to find out who can reach which.
const MOST_QUESTIONS: usize = 500;

/// A condition that has not been parsed yet, and the bytes of the file it stands in, quotes and all.
#[derive(Clone, Debug)]
pub(super) struct ConditionText<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
}

/// A variable with the place of the key that makes it.
pub(super) struct VariableDraft {
    pub key: String,
    pub at: usize,
    pub kind: VariableKind,
    pub personal: bool,
}

impl VariableDraft {
    pub fn new(key: impl Into<String>, at: usize, kind: VariableKind) -> Self {
        Self {
            key: key.into(),
            at,
            kind,
            personal: false,
        }
    }
}

pub(super) struct QuestionDraft<'a> {
    pub question: Question,
    pub when: Option<ConditionText<'a>>,
    pub when_text_at: Option<usize>,
    /// One for each lead of the question.
    pub lead_whens: Vec<Option<ConditionText<'a>>>,
    pub variables: Vec<VariableDraft>,
}

pub(super) struct SectionDraft<'a> {
    pub section: Section,
    pub when: Option<ConditionText<'a>>,
    pub questions: Vec<QuestionDraft<'a>>,
}

/// What reading a question needs to know of the rest of the file.
pub(super) struct Context<'a> {
    pub reader: &'a Reader<'a>,
    pub scales: Scales<'a>,
    pub register: Vec<RegisterField>,
    questions: usize,
    sections: Unique,
    keys: Unique,
    numbers: Unique,
    variables: Unique,
}

impl<'a> Context<'a> {
    pub fn new(reader: &'a Reader<'a>, scales: Scales<'a>, register: Vec<RegisterField>) -> Self {
        Self {
            reader,
            scales,
            register,
            questions: 0,
            sections: Unique::new("section key"),
            keys: Unique::new("question key"),
            numbers: Unique::new("question number"),
            variables: Unique::new("variable"),
        }
    }
}

pub(super) fn sections<'a>(
    root: &mut Table<'a>,
    context: &mut Context<'a>,
) -> Vec<SectionDraft<'a>> {
    root.some_tables("section", "The section", "[[section]]")
        .into_iter()
        .map(|table| section(table, context))
        .collect()
}

fn section<'a>(mut table: Table<'a>, context: &mut Context<'a>) -> SectionDraft<'a> {
    let key = table.key("key", Syntax::Address, "key = \"staffing\"");
    context.sections.claim(context.reader, key);
    let title = table.text("title");
    let lead = table.text_if_any("lead");
    let when = condition(&mut table);
    let questions = table
        .some_tables("question", "The question", "[[section.question]]")
        .into_iter()
        .filter(|table| context.has_room(table))
        .collect::<Vec<_>>();
    let questions = questions
        .into_iter()
        .map(|table| question(table, context))
        .collect();
    table.finish();
    SectionDraft {
        section: Section {
            key: key.value.to_owned(),
            title,
            lead,
            when: None,
            questions: Vec::new(),
        },
        when,
        questions,
    }
}

fn condition<'a>(table: &mut Table<'a>) -> Option<ConditionText<'a>> {
    let example = "when = \"need == yes\"";
    let span = table.get("when").map(Spanned::span)?;
    table
        .string_if_any("when", example)
        .map(|text| ConditionText {
            text: text.value,
            span,
        })
}

fn question<'a>(mut table: Table<'a>, context: &mut Context<'a>) -> QuestionDraft<'a> {
    let key = table.key("key", Syntax::Name, "key = \"listed\"");
    let new_key = context.keys.claim(context.reader, key);
    let text = table.text("text");
    let hint = table.text_if_any("hint");
    let wording = table.one_of(
        "wording",
        "wording = \"quoted\"`, `\"rebuilt\"` or `\"assumed\"",
        &[
            ("quoted", Wording::Quoted),
            ("rebuilt", Wording::Rebuilt),
            ("assumed", Wording::Assumed),
        ],
    );
    let when = condition(&mut table);
    let when_text_at = table.get("when_text").map(|value| value.span().start);
    let when_text = table.text_if_any("when_text");
    let new_page = table.flag("new_page");
    let (leads, lead_whens) = leads(&mut table);

    let (body, mut variables) = bodies::read(&mut table, key, context);
    let numbers = numbers(&mut table, body.as_ref(), context);
    let comment = comment(&mut table, &mut variables);
    let checks = checks::read(&mut table, body.as_ref(), context);
    if body.is_none() {
        // The keys of an unknown type cannot be judged: the fault at `type` is enough.
        table.forgive();
    }
    table.finish();

    // A question that repeats another's key would only repeat that fault for each of its variables.
    variables.retain(|variable| {
        let claimed = At {
            value: variable.key.as_str(),
            at: variable.at,
        };
        new_key && context.variables.claim(context.reader, claimed)
    });
    QuestionDraft {
        question: Question {
            key: key.value.to_owned(),
            numbers,
            text,
            hint,
            leads,
            wording: wording.map_or(Wording::Assumed, |wording| wording.value),
            when: None,
            when_text,
            new_page,
            body: body.unwrap_or(Body::Contact { fields: Vec::new() }),
            comment,
            checks,
        },
        when,
        when_text_at,
        lead_whens,
        variables,
    }
}

/// One text, or a list of texts that may each have a condition.
fn leads<'a>(table: &mut Table<'a>) -> (Vec<Lead>, Vec<Option<ConditionText<'a>>>) {
    let mut leads = Vec::new();
    let mut whens = Vec::new();
    let is_list = table
        .get("lead")
        .is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)));
    if is_list {
        for mut lead in table.tables("lead", "The lead") {
            whens.push(condition(&mut lead));
            leads.push(Lead {
                when: None,
                text: lead.text("text"),
            });
            lead.finish();
        }
    } else if let Some(text) = table.text_if_any("lead") {
        leads.push(Lead { when: None, text });
        whens.push(None);
    }
    (leads, whens)
}

const NUMBER: &str = "number = \"1\"";

/// The question's own number, or those of its columns.
fn numbers(table: &mut Table<'_>, body: Option<&Body>, context: &mut Context<'_>) -> Vec<String> {
    let columns: &[_] = match body {
        Some(Body::NumberMatrix(matrix)) => &matrix.columns,
        _ => &[],
    };
    let carried: Vec<String> = columns
        .iter()
        .filter_map(|column| column.number.clone())
        .collect();
    if body.is_none() && table.string_if_any("number", NUMBER).is_none() {
        // Its columns may carry the numbers.
        return Vec::new();
    }
    if carried.is_empty() {
        let number = table.string("number", NUMBER);
        context.numbers.claim(context.reader, number);
        return vec![number.value.to_owned()];
    }
    if let Some(number) = table.string_if_any("number", NUMBER) {
        context.reader.fault(
            number.at,
            "The question has a number, and its columns have numbers too.",
            "Take away `number` from the question or from every column.",
        );
    }
    if carried.len() < columns.len() {
        context.reader.fault(
            table.at,
            "Some columns of the question have a number and some have none.",
            "Write `number` in every column, or in none of them.",
        );
    }
    carried
}

impl Context<'_> {
    /// Whether one more question may be read.
    fn has_room(&mut self, table: &Table<'_>) -> bool {
        self.questions += 1;
        if self.questions == MOST_QUESTIONS + 1 {
            self.reader.fault(
                table.at,
                "The file has too many questions.",
                format!("An instrument has at most {MOST_QUESTIONS}."),
            );
        }
        self.questions <= MOST_QUESTIONS
    }

    /// A column's number, where it has one.
    pub fn column_number(&mut self, table: &mut Table<'_>) -> Option<String> {
        let number = table.string_if_any("number", NUMBER)?;
        self.numbers.claim(self.reader, number);
        Some(number.value.to_owned())
    }
}

fn comment(table: &mut Table<'_>, variables: &mut Vec<VariableDraft>) -> Option<TextField> {
    let mut comment = table.table("comment", "The comment")?;
    let (field, at) = text_field(&mut comment, true);
    comment.finish();
    variables.push(VariableDraft::new(
        field.variable.clone(),
        at,
        VariableKind::Text { most: field.most },
    ));
    Some(field)
}

/// A labelled text with a variable of its own, and the place of its key.
pub(super) fn text_field(table: &mut Table<'_>, long: bool) -> (TextField, usize) {
    let key = table.key("key", Syntax::Name, "key = \"listed_comment\"");
    let field = TextField {
        variable: key.value.to_owned(),
        label: Some(table.text("label")),
        long,
        most: table.count("max", "max = 1000", LONGEST_TEXT).value,
    };
    (field, key.at)
}

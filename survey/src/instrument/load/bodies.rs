//! What is asked: the keys of each `type`, and the variables that it makes.

use super::{
    head::choices,
    matrices,
    questions::{Context, LONGEST_TEXT, VariableDraft, text_field},
    reader::{At, Table},
    values::{Syntax, Unique},
};
use crate::{
    answers::Number,
    instrument::{
        Body, Choice, ChoicesOption, ContactField, ContactKind, NumberField, TextField,
        VariableKind,
    },
};

#[derive(Clone, Copy)]
enum Type {
    Number,
    Choice,
    Choices,
    ChoiceMatrix,
    NumberMatrix,
    Text,
    Contact,
}

/// The body of a question, or `None` where its type is not known.
pub(super) fn read<'a>(
    table: &mut Table<'a>,
    key: At<&'a str>,
    context: &mut Context<'a>,
) -> (Option<Body>, Vec<VariableDraft>) {
    let read = table.one_of(
        "type",
        "type = \"number\"",
        &[
            ("number", Type::Number),
            ("choice", Type::Choice),
            ("choices", Type::Choices),
            ("choice_matrix", Type::ChoiceMatrix),
            ("number_matrix", Type::NumberMatrix),
            ("text", Type::Text),
            ("contact", Type::Contact),
        ],
    );
    let Some(read) = read else {
        return (None, Vec::new());
    };
    let (body, variables) = match read.value {
        Type::Number => number(table, key),
        Type::Choice => choice(table, key, context),
        Type::Choices => multiple(table, key, context),
        Type::ChoiceMatrix => matrices::choices(table, key, context),
        Type::NumberMatrix => matrices::numbers(table, context),
        Type::Text => text(table, key),
        Type::Contact => contact(table, key),
    };
    (Some(body), variables)
}

/// `whole`, `min`, `max` and `unit`.
pub(super) fn number_field(table: &mut Table<'_>) -> NumberField {
    let whole = table.required_flag("whole");
    let min = table.number_if_any("min", "min = 0");
    let max = table.number("max", "max = 1000");
    let unit = table.text_if_any("unit");
    for bound in [min, max].into_iter().flatten() {
        if whole && !bound.value.is_whole() {
            table.reader.fault(
                bound.at,
                "The bound of a whole number has decimals.",
                "Write a whole number, or `whole = false`.",
            );
        }
    }
    let least = min.map_or(Number::ZERO, |min| min.value);
    if let Some(max) = max.filter(|max| max.value < least) {
        let (at, wrong) = match min {
            Some(min) => (min.at, "`min` is larger than `max`."),
            None => (
                max.at,
                "`max` is less than 0, and `min` is 0 where it is not given.",
            ),
        };
        table.reader.fault(at, wrong, "Let `min` be at most `max`.");
    }
    NumberField {
        whole,
        min: least,
        max: max.map_or(least, |max| max.value.max(least)),
        unit,
    }
}

fn number(table: &mut Table<'_>, key: At<&str>) -> (Body, Vec<VariableDraft>) {
    let field = number_field(table);
    let variable = VariableDraft::new(key.value, key.at, VariableKind::Number(field.clone()));
    (Body::Number(field), vec![variable])
}

/// The options from the scale that is named, or `None` where the question has options of its own.
pub(super) fn scale(table: &mut Table<'_>, context: &Context<'_>) -> Option<Vec<Choice>> {
    let name = table.string_if_any("scale", "scale = \"importance\"")?;
    if let Some(options) = table.get("options") {
        context.reader.fault(
            options.span().start,
            "The question has both `options` and `scale`.",
            "Take away one of them.",
        );
    }
    Some(context.scales.options(name))
}

const OPTIONS_OR_SCALE: &str =
    "options = [ { key = \"yes\", label = { … } }, … ]` or `scale = \"…\"";

pub(super) fn plain_options(table: &mut Table<'_>, context: &Context<'_>) -> Vec<Choice> {
    scale(table, context).unwrap_or_else(|| {
        choices(
            table.some_tables("options", "The option", OPTIONS_OR_SCALE),
            "option",
        )
    })
}

pub(super) fn keys_of(options: &[Choice]) -> Vec<String> {
    options.iter().map(|option| option.key.clone()).collect()
}

fn choice<'a>(
    table: &mut Table<'a>,
    key: At<&'a str>,
    context: &Context<'a>,
) -> (Body, Vec<VariableDraft>) {
    let mut specified = Vec::new();
    let options = match scale(table, context) {
        Some(options) => options,
        None => options_with_specify(table, &mut specified),
    };
    let mut variables = vec![VariableDraft::new(
        key.value,
        key.at,
        VariableKind::Choice(keys_of(&options)),
    )];
    variables.append(&mut specified);
    (Body::Choice { options }, variables)
}

fn options_with_specify(table: &mut Table<'_>, variables: &mut Vec<VariableDraft>) -> Vec<Choice> {
    let mut unique = Unique::new("option key");
    let mut options = Vec::new();
    for mut option in table.some_tables("options", "The option", OPTIONS_OR_SCALE) {
        let reader = option.reader;
        let key = option.key("key", Syntax::Word, "key = \"yes\"");
        let label = option.text("label");
        let specify = option.table("specify", "`specify`").map(|mut specify| {
            let (field, at) = text_field(&mut specify, false);
            specify.finish();
            variables.push(VariableDraft::new(
                field.variable.clone(),
                at,
                VariableKind::Text { most: field.most },
            ));
            field
        });
        option.finish();
        if unique.claim(reader, key) {
            options.push(Choice {
                key: key.value.to_owned(),
                label,
                specify,
            });
        }
    }
    options
}

/// What the variables of a question begin with: the question's key, where the file does not say.
pub(super) fn prefix<'a>(table: &mut Table<'a>, key: At<&'a str>) -> &'a str {
    match table.string_if_any("prefix", "prefix = \"barrier\"") {
        Some(prefix) => {
            table.reader.check_key(prefix, Syntax::Name);
            prefix.value
        }
        None => key.value,
    }
}

fn multiple<'a>(
    table: &mut Table<'a>,
    key: At<&'a str>,
    context: &Context<'a>,
) -> (Body, Vec<VariableDraft>) {
    let prefix = prefix(table, key);
    let options: Vec<(usize, ChoicesOption)> = if let Some(options) = scale(table, context) {
        let scaled = options.into_iter().map(|option| ChoicesOption {
            variable: format!("{prefix}_{}", option.key),
            key: option.key,
            label: option.label,
            exclusive: false,
        });
        scaled.map(|option| (key.at, option)).collect()
    } else {
        options_with_exclusive(table, prefix)
    };
    let (variables, options): (Vec<VariableDraft>, Vec<ChoicesOption>) = options
        .into_iter()
        .map(|(at, option)| {
            let variable = option.variable.clone();
            (VariableDraft::new(variable, at, VariableKind::Flag), option)
        })
        .unzip();
    let most = table.count_if_any("max", "max = 3", usize::MAX);
    let together = options.iter().filter(|option| !option.exclusive).count();
    if let Some(most) = most.filter(|most| !options.is_empty() && most.value > together) {
        table.reader.fault(
            most.at,
            format!(
                "`max` is {}, and only {together} options can be ticked together.",
                most.value
            ),
            format!("Write at most {together}, or leave `max` out."),
        );
    }
    let body = Body::Choices {
        options,
        most: most.map(|most| most.value),
    };
    (body, variables)
}

fn options_with_exclusive(table: &mut Table<'_>, prefix: &str) -> Vec<(usize, ChoicesOption)> {
    let mut unique = Unique::new("option key");
    let mut options = Vec::new();
    for mut option in table.some_tables("options", "The option", OPTIONS_OR_SCALE) {
        let reader = option.reader;
        let key = option.key("key", Syntax::Word, "key = \"it\"");
        let read = ChoicesOption {
            variable: format!("{prefix}_{}", key.value),
            key: key.value.to_owned(),
            label: option.text("label"),
            exclusive: option.flag("exclusive"),
        };
        option.finish();
        if unique.claim(reader, key) {
            options.push((key.at, read));
        }
    }
    options
}

fn text(table: &mut Table<'_>, key: At<&str>) -> (Body, Vec<VariableDraft>) {
    let field = TextField {
        variable: key.value.to_owned(),
        label: None,
        long: table.required_flag("long"),
        most: table.count("max", "max = 1000", LONGEST_TEXT).value,
    };
    let variable = VariableDraft::new(key.value, key.at, VariableKind::Text { most: field.most });
    (Body::Text(field), vec![variable])
}

fn contact<'a>(table: &mut Table<'a>, key: At<&'a str>) -> (Body, Vec<VariableDraft>) {
    let prefix = prefix(table, key);
    let mut unique = Unique::new("field key");
    let mut fields = Vec::new();
    let mut variables = Vec::new();
    let example = "fields = [ { key = \"email\", label = { … }, kind = \"email\" }, … ]";
    for mut field in table.some_tables("fields", "The field", example) {
        let reader = field.reader;
        let key = field.key("key", Syntax::Word, "key = \"email\"");
        let label = field.text("label");
        let kind = field.one_of(
            "kind",
            "kind = \"name\"`, `\"email\"` or `\"phone\"",
            &[
                ("name", ContactKind::Name),
                ("email", ContactKind::Email),
                ("phone", ContactKind::Phone),
            ],
        );
        field.finish();
        if unique.claim(reader, key) {
            let kind = kind.map_or(ContactKind::Name, |kind| kind.value);
            let variable = format!("{prefix}_{}", key.value);
            variables.push(VariableDraft {
                key: variable.clone(),
                at: key.at,
                kind: VariableKind::Contact(kind),
                personal: true,
            });
            fields.push(ContactField {
                variable,
                key: key.value.to_owned(),
                label,
                kind,
            });
        }
    }
    (Body::Contact { fields }, variables)
}

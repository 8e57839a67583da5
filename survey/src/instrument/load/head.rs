//! The top of the file: who asks, what the pages say, what the register knows, and the scales.

use std::{cell::Cell, collections::BTreeMap};

use toml::{Spanned, de::DeValue};

use super::{
    reader::{At, Reader, Table},
    values::{Syntax, Unique},
    words::{did_you_mean, shown},
};
use crate::{
    instrument::{Choice, RegisterField, RegisterKind, Sender, Texts},
    text::Language,
};

pub(super) const OPTIONS: &str = "options = [ { key = \"yes\", label = { … } }, … ]";

pub(super) fn languages(root: &mut Table<'_>) -> Vec<Language> {
    let example = "languages = [\"sv\", \"en\"]";
    let mut languages = Vec::new();
    let mut unique = Unique::new("language");
    let codes = root.strings("languages", example);
    for code in &codes {
        match Language::from_code(code.value) {
            Some(language) => {
                if unique.claim(root.reader, *code) {
                    languages.push(language);
                }
            }
            None => root.reader.fault(
                code.at,
                format!("The language `{}` is not known.", shown(code.value)),
                did_you_mean(code.value, Language::ALL.iter().map(|known| known.code())),
            ),
        }
    }
    if let (Some(first), false) = (codes.first(), languages.first() == Some(&Language::Swedish)) {
        root.reader.fault(
            first.at,
            "Swedish is not the first language.",
            format!("Write `{example}`."),
        );
        languages.retain(|language| *language != Language::Swedish);
        languages.insert(0, Language::Swedish);
    }
    if languages.is_empty() {
        languages.push(Language::Swedish);
    }
    languages
}

pub(super) fn sender(root: &mut Table<'_>) -> Sender {
    let Some(mut table) = root.required_table("sender", "[sender]") else {
        return Sender::default();
    };
    let name = table.text("name");
    let contact = table.text("contact");
    let email = table.string("email", "email = \"…@…\"");
    if !email.value.is_empty() && !plausible_email(email.value) {
        table.reader.fault(
            email.at,
            format!("`{}` is no e-mail address.", shown(email.value)),
            "Write `email = \"…@…\"`.",
        );
    }
    let phone = table.string_if_any("phone", "phone = \"…\"");
    table.finish();
    Sender {
        name,
        contact,
        email: email.value.to_owned(),
        phone: phone.map(|phone| phone.value.to_owned()),
    }
}

fn plausible_email(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    parts.len() == 2
        && parts.iter().all(|part| !part.is_empty())
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

pub(super) fn texts(root: &mut Table<'_>) -> Texts {
    let Some(mut table) = root.required_table("texts", "[texts]") else {
        return Texts::default();
    };
    let texts = Texts {
        purpose: table.text("purpose"),
        why_you: table.text("why_you"),
        time: table.text("time"),
        use_of_answers: table.text("use_of_answers"),
        consultation: table.text("consultation"),
        privacy: table.text("privacy"),
        secrecy: table.text("secrecy"),
        accessibility: table.text("accessibility"),
        thanks: table.text("thanks"),
        free_text_warning: table.text("free_text_warning"),
    };
    table.finish();
    texts
}

pub(super) fn register(root: &mut Table<'_>) -> Vec<RegisterField> {
    let mut unique = Unique::new("register field");
    let mut fields = Vec::new();
    for mut table in root.tables("register", "The register field") {
        let key = table.key("key", Syntax::Name, "key = \"area_type\"");
        let label = table.text("label");
        let kind = table.one_of(
            "kind",
            "kind = \"class\"` or `kind = \"number\"",
            &[("class", true), ("number", false)],
        );
        let values = "values = [ { key = \"rural\", label = { … } }, … ]";
        let kind = match kind.map(|kind| kind.value) {
            Some(true) => {
                let tables = table.some_tables("values", "The value", values);
                RegisterKind::Class(choices(tables, "value"))
            }
            Some(false) => RegisterKind::Number,
            None => {
                let tables = table.tables("values", "The value");
                RegisterKind::Class(choices(tables, "value"))
            }
        };
        table.finish();
        if unique.claim(root.reader, key) {
            fields.push(RegisterField {
                key: key.value.to_owned(),
                label,
                kind,
            });
        }
    }
    fields
}

/// Options that are a key and a label and nothing more.
pub(super) fn choices(tables: Vec<Table<'_>>, what: &'static str) -> Vec<Choice> {
    let mut unique = Unique::new(if what == "value" {
        "value key"
    } else {
        "option key"
    });
    let mut choices = Vec::new();
    for mut table in tables {
        let reader = table.reader;
        let key = table.key("key", Syntax::Word, "key = \"yes\"");
        let label = table.text("label");
        table.finish();
        if unique.claim(reader, key) {
            choices.push(Choice {
                key: key.value.to_owned(),
                label,
                specify: None,
            });
        }
    }
    choices
}

/// The scales by name, and whether a question has used them.
pub(super) struct Scales<'a> {
    reader: &'a Reader<'a>,
    by_name: BTreeMap<&'a str, Scale>,
}

struct Scale {
    at: usize,
    options: Vec<Choice>,
    used: Cell<bool>,
}

impl<'a> Scales<'a> {
    pub fn read(root: &mut Table<'a>) -> Self {
        let reader = root.reader;
        let mut by_name = BTreeMap::new();
        let scales = root.table("scale", "[scale]");
        for (name, value) in scales.iter().flat_map(Table::named) {
            reader.check_key(name, Syntax::Name);
            let options = Self::options_of(reader, name, value);
            let scale = Scale {
                at: name.at,
                options,
                used: Cell::new(false),
            };
            by_name.insert(name.value, scale);
        }
        Self { reader, by_name }
    }

    fn options_of(
        reader: &'a Reader<'a>,
        name: At<&str>,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Vec<Choice> {
        let DeValue::Table(entries) = value.get_ref() else {
            reader.fault(
                value.span().start,
                format!("The scale `{}` should be a table.", shown(name.value)),
                format!("Write `[scale.name]` and below it `{OPTIONS}`."),
            );
            return Vec::new();
        };
        let mut table = Table::new(reader, entries, value.span().start, "The scale");
        let options = choices(
            table.some_tables("options", "The option", OPTIONS),
            "option",
        );
        table.finish();
        options
    }

    /// The options of a scale; none after a fault.
    pub fn options(&self, name: At<&str>) -> Vec<Choice> {
        if let Some(scale) = self.by_name.get(name.value) {
            scale.used.set(true);
            return scale.options.clone();
        }
        self.reader.fault(
            name.at,
            format!("There is no scale `{}`.", shown(name.value)),
            did_you_mean(name.value, self.by_name.keys().copied()),
        );
        Vec::new()
    }

    pub fn report_unused(&self) {
        for (name, scale) in &self.by_name {
            if !scale.used.get() {
                self.reader.fault(
                    scale.at,
                    format!("No question uses the scale `{}`.", shown(name)),
                    "Use it or take it away.",
                );
            }
        }
    }
}

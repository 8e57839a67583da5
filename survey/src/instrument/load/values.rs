//! Texts, numbers and keys, as the tables of the file hold them.

use std::collections::BTreeMap;

use toml::{Spanned, de::DeValue};

use super::{
    reader::{At, Reader, Table, kind_of},
    words::shown,
};
use crate::{
    answers::Number,
    condition::is_reserved,
    text::{Language, Text},
};

/// What a key may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// Stands in addresses and file names: `a-z`, `0-9` and `-`.
    Address,
    /// Names or begins a variable: `a-z`, `0-9` and `_`, beginning with a letter.
    Name,
    /// An option, or what a variable ends with: `a-z`, `0-9` and `_`.
    Word,
}

/// The longest key: it becomes a column name in every export.
const LONGEST_KEY: usize = 60;

impl Syntax {
    fn allows(self, key: &str) -> bool {
        let letter = |byte: u8| byte.is_ascii_lowercase();
        let sign = if self == Self::Address { b'-' } else { b'_' };
        let begins = key
            .bytes()
            .next()
            .is_some_and(|first| letter(first) || (self != Self::Name && first.is_ascii_digit()));
        begins
            && key.len() <= LONGEST_KEY
            && key
                .bytes()
                .all(|byte| letter(byte) || byte.is_ascii_digit() || byte == sign)
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Address => {
                "Use a-z, 0-9 and -, beginning with a letter or a digit, at most 60 characters."
            }
            Self::Name => "Use a-z, 0-9 and _, beginning with a letter, at most 60 characters.",
            Self::Word => {
                "Use a-z, 0-9 and _, beginning with a letter or a digit, at most 60 characters."
            }
        }
    }
}

impl<'a> Reader<'a> {
    pub fn check_key(&self, key: At<&str>, syntax: Syntax) {
        if !syntax.allows(key.value) {
            self.fault(
                key.at,
                format!("`{}` cannot be a key.", shown(key.value)),
                syntax.rule(),
            );
        } else if syntax == Syntax::Name && is_reserved(key.value) {
            self.fault(
                key.at,
                format!("`{}` is a word of the condition language.", key.value),
                "Choose another key.",
            );
        }
    }

    /// How a text is written in this file's languages.
    pub fn text_example(&self, key: &str) -> String {
        let parts: Vec<String> = self
            .languages()
            .iter()
            .map(|language| format!("{} = \"…\"", language.code()))
            .collect();
        format!("{key} = {{ {} }}", parts.join(", "))
    }

    pub fn text(&'a self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Text {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(plain) => {
                if self.languages().len() > 1 {
                    self.fault(
                        at,
                        format!("`{key}` has one language only."),
                        format!("Write `{}`.", self.text_example(key)),
                    );
                } else if plain.trim().is_empty() {
                    self.fault(
                        at,
                        format!("`{key}` is empty."),
                        format!("Write `{}`.", self.text_example(key)),
                    );
                }
                Text::swedish(paragraphs(plain))
            }
            DeValue::Table(entries) => {
                let mut text = Text::default();
                let mut table = Table::new(self, entries, at, "The text");
                for language in self.languages() {
                    let (code, example) = match language {
                        Language::Swedish => ("sv", "sv = \"…\""),
                        Language::English => ("en", "en = \"…\""),
                    };
                    let read = paragraphs(table.string(code, example).value);
                    match language {
                        Language::Swedish => text.sv = read,
                        Language::English => text.en = Some(read),
                    }
                }
                table.finish();
                text
            }
            other => {
                self.fault(
                    at,
                    format!("`{key}` should be a text, and is {}.", kind_of(other)),
                    format!("Write `{}`.", self.text_example(key)),
                );
                Text::default()
            }
        }
    }
}

/// The same text whatever ends the lines of its file, so that blank lines part paragraphs everywhere.
fn paragraphs(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

impl<'a> Table<'a> {
    pub fn text(&mut self, key: &'static str) -> Text {
        let reader = self.reader;
        self.require(key, reader.text_example(key))
            .map(|value| reader.text(key, value))
            .unwrap_or_default()
    }

    pub fn text_if_any(&mut self, key: &'static str) -> Option<Text> {
        let reader = self.reader;
        self.get(key).map(|value| reader.text(key, value))
    }

    /// A required key of some syntax; empty after a fault that leaves nothing to go on with.
    pub fn key(&mut self, key: &'static str, syntax: Syntax, example: &'static str) -> At<&'a str> {
        let read = self.string(key, example);
        if !read.value.is_empty() {
            self.reader.check_key(read, syntax);
        }
        read
    }

    pub fn number(&mut self, key: &'static str, example: &'static str) -> Option<At<Number>> {
        self.require(key, example)
            .and_then(|value| self.as_number(key, value, example))
    }

    pub fn number_if_any(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<At<Number>> {
        self.get(key)
            .and_then(|value| self.as_number(key, value, example))
    }

    pub fn as_number(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        example: &str,
    ) -> Option<At<Number>> {
        let at = value.span().start;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .ok()
                .and_then(|whole| whole.checked_mul(Number::SCALE))
                .map(Number::from_millionths),
            DeValue::Float(float) => Number::parse_plain(float.as_str()),
            _ => {
                self.wrong_type(key, value, "a number", example);
                return None;
            }
        };
        if number.is_none() {
            self.reader.fault(
                at,
                format!("`{key}` is a number that cannot be held exactly."),
                "Write at most 9 000 000 000 000 and at most six decimals, without an exponent.",
            );
        }
        number.map(|value| At { value, at })
    }

    /// A count within `1..=most`.
    pub fn count(&mut self, key: &'static str, example: &'static str, most: usize) -> At<usize> {
        self.require(key, example)
            .and_then(|value| self.as_count(key, value, example, most))
            .unwrap_or(At {
                value: most,
                at: self.at,
            })
    }

    pub fn count_if_any(
        &mut self,
        key: &'static str,
        example: &'static str,
        most: usize,
    ) -> Option<At<usize>> {
        self.get(key)
            .and_then(|value| self.as_count(key, value, example, most))
    }

    fn as_count(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        example: &str,
        most: usize,
    ) -> Option<At<usize>> {
        let at = value.span().start;
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_type(key, value, "a whole number", example);
            return None;
        };
        let count = usize::from_str_radix(integer.as_str(), integer.radix()).ok();
        if let Some(count) = count.filter(|count| (1..=most).contains(count)) {
            return Some(At { value: count, at });
        }
        self.reader.fault(
            at,
            format!("`{key}` should be between 1 and {most}."),
            format!("Write `{example}`."),
        );
        None
    }
}

/// Keys that may stand once only, with the place of each.
pub(crate) struct Unique {
    /// What the key belongs to: "question key".
    what: &'static str,
    seen: BTreeMap<String, usize>,
}

impl Unique {
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            seen: BTreeMap::new(),
        }
    }

    /// Whether `key` is new; otherwise a fault that names both places. An empty key has had its fault.
    pub fn claim(&mut self, reader: &Reader<'_>, key: At<&str>) -> bool {
        if key.value.is_empty() {
            return false;
        }
        if let Some(first) = self.seen.get(key.value) {
            reader.fault(
                key.at,
                format!(
                    "The {} `{}` is already used at {}.",
                    self.what,
                    shown(key.value),
                    reader.findings.place(*first)
                ),
                "Let each stand once.",
            );
            return false;
        }
        self.seen.insert(key.value.to_owned(), key.at);
        true
    }
}

//! Typed access to a table of the file. Whatever is missing, misspelt or of the wrong type becomes a fault,
//! and reading goes on with an empty value, so that one fault never hides another.

use std::{cell::OnceCell, collections::BTreeSet};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    findings::Findings,
    words::{did_you_mean, shown},
};
use crate::{condition::nearest, text::Language};

/// The most options, rows, questions of a section and the like: a list of Sweden's 290 municipalities fits.
/// Rows times columns and questions times options stay within what memory holds.
const LONGEST_LIST: usize = 300;

/// A value with the byte offset where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At<T> {
    pub value: T,
    pub at: usize,
}

pub(crate) struct Reader<'a> {
    pub findings: Findings<'a>,
    languages: OnceCell<Vec<Language>>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            findings: Findings::new(source),
            languages: OnceCell::new(),
        }
    }

    pub fn fault(&self, at: usize, wrong: impl Into<String>, right: impl Into<String>) {
        self.findings.add(at, wrong, right);
    }

    /// The languages of the file; Swedish until they have been read.
    pub fn languages(&self) -> &[Language] {
        self.languages.get().map_or(&[Language::Swedish], |l| l)
    }

    /// Only the first call counts.
    pub fn speak(&self, languages: Vec<Language>) {
        self.languages.get_or_init(|| languages);
    }
}

/// What a value is, with its article.
pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A table being read. [`Table::finish`] reports the keys that nobody asked for.
#[must_use]
pub(crate) struct Table<'a> {
    pub reader: &'a Reader<'a>,
    pub at: usize,
    /// What the table is, for faults: "The question".
    what: &'static str,
    entries: &'a DeTable<'a>,
    known: BTreeSet<&'static str>,
    missing: Vec<(&'static str, String)>,
    forgiven: bool,
}

impl<'a> Table<'a> {
    pub fn new(
        reader: &'a Reader<'a>,
        entries: &'a DeTable<'a>,
        at: usize,
        what: &'static str,
    ) -> Self {
        Self {
            reader,
            at,
            what,
            entries,
            known: BTreeSet::new(),
            missing: Vec::new(),
            forgiven: false,
        }
    }

    /// Every entry, for tables whose keys are names that the file chooses. All of them count as known.
    pub fn named(&self) -> impl Iterator<Item = (At<&'a str>, &'a Spanned<DeValue<'a>>)> + use<'a> {
        self.entries.iter().map(|(key, value)| {
            let name = At {
                value: key.get_ref().as_ref(),
                at: key.span().start,
            };
            (name, value)
        })
    }

    /// The value of an optional key.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.insert(key);
        self.entries.get(key)
    }

    /// The value of a required key; `example` shows how to write it.
    pub fn require(
        &mut self,
        key: &'static str,
        example: impl Into<String>,
    ) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            self.missing.push((key, example.into()));
        }
        value
    }

    pub fn wrong_type(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        example: impl std::fmt::Display,
    ) {
        self.reader.fault(
            value.span().start,
            format!(
                "`{key}` should be {wanted}, and is {}.",
                kind_of(value.get_ref())
            ),
            format!("Write `{example}`."),
        );
    }

    /// A required string with something in it; empty after a fault.
    pub fn string(&mut self, key: &'static str, example: &'static str) -> At<&'a str> {
        self.require(key, example)
            .and_then(|value| self.as_string(key, value, example))
            .unwrap_or(At {
                value: "",
                at: self.at,
            })
    }

    pub fn string_if_any(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<At<&'a str>> {
        self.get(key)
            .and_then(|value| self.as_string(key, value, example))
    }

    fn as_string(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        example: &str,
    ) -> Option<At<&'a str>> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.reader.fault(
                    at,
                    format!("`{key}` is empty."),
                    format!("Write `{example}`."),
                );
                None
            }
            DeValue::String(text) => Some(At { value: text, at }),
            _ => {
                self.wrong_type(key, value, "a string", example);
                None
            }
        }
    }

    /// A list of strings; elements that are none are left out after a fault.
    pub fn strings(&mut self, key: &'static str, example: &'static str) -> Vec<At<&'a str>> {
        let Some(value) = self.require(key, example) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "a list of strings", example);
            return Vec::new();
        };
        if items.is_empty() {
            self.reader.fault(
                value.span().start,
                format!("`{key}` is empty."),
                format!("Write `{example}`."),
            );
        }
        items
            .iter()
            .filter_map(|item| {
                if let DeValue::String(text) = item.get_ref() {
                    Some(At {
                        value: text.as_ref(),
                        at: item.span().start,
                    })
                } else {
                    self.wrong_type(key, item, "a list of strings", example);
                    None
                }
            })
            .collect()
    }

    /// True or false; false where it is not given.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.get(key).is_some_and(|value| self.as_flag(key, value))
    }

    pub fn required_flag(&mut self, key: &'static str) -> bool {
        self.require(key, format!("{key} = true` or `{key} = false"))
            .is_some_and(|value| self.as_flag(key, value))
    }

    fn as_flag(&self, key: &str, value: &Spanned<DeValue<'_>>) -> bool {
        if let DeValue::Boolean(flag) = value.get_ref() {
            *flag
        } else {
            let example = format!("{key} = true` or `{key} = false");
            self.wrong_type(key, value, "true or false", example);
            false
        }
    }

    /// One word of a few.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        example: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<At<T>> {
        let word = self
            .require(key, example)
            .and_then(|value| self.as_string(key, value, example))?;
        if let Some((_, meant)) = words.iter().find(|(known, _)| *known == word.value) {
            return Some(At {
                value: *meant,
                at: word.at,
            });
        }
        let known = || words.iter().map(|(known, _)| *known);
        self.reader.fault(
            word.at,
            format!("`{key}` cannot be `{}`.", shown(word.value)),
            did_you_mean(word.value, known()),
        );
        None
    }

    /// The table under a key, where there is one.
    pub fn table(&mut self, key: &'static str, what: &'static str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        self.as_table(key, value, what)
    }

    pub fn required_table(&mut self, key: &'static str, what: &'static str) -> Option<Table<'a>> {
        let value = self.require(key, format!("[{key}]"))?;
        self.as_table(key, value, what)
    }

    pub fn as_table(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        what: &'static str,
    ) -> Option<Table<'a>> {
        let at = value.span().start;
        if let DeValue::Table(entries) = value.get_ref() {
            Some(Table::new(self.reader, entries, at, what))
        } else {
            self.wrong_type(key, value, "a table", format!("{key} = {{ … }}"));
            None
        }
    }

    /// A list of tables that may be left out.
    pub fn tables(&mut self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        self.get(key)
            .map(|value| self.as_tables(key, value, what))
            .unwrap_or_default()
    }

    /// A list of at least one table.
    pub fn some_tables(
        &mut self,
        key: &'static str,
        what: &'static str,
        example: &'static str,
    ) -> Vec<Table<'a>> {
        let Some(value) = self.require(key, example) else {
            return Vec::new();
        };
        if matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()) {
            self.reader.fault(
                value.span().start,
                format!("`{key}` is empty."),
                format!("Write `{example}`."),
            );
        }
        self.as_tables(key, value, what)
    }

    fn as_tables(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        what: &'static str,
    ) -> Vec<Table<'a>> {
        let DeValue::Array(items) = value.get_ref() else {
            let example = format!("{key} = [ {{ … }}, … ]");
            self.wrong_type(key, value, "a list of tables", example);
            return Vec::new();
        };
        if let Some(first_too_many) = items.get(LONGEST_LIST) {
            self.reader.fault(
                first_too_many.span().start,
                format!("`{key}` has {} entries.", items.len()),
                format!("Write at most {LONGEST_LIST}."),
            );
        }
        items
            .iter()
            .take(LONGEST_LIST)
            .filter_map(|item| self.as_table(key, item, what))
            .collect()
    }

    /// Lets every other key stand, where what the table is cannot be told and another fault says so.
    pub fn forgive(&mut self) {
        self.forgiven = true;
    }

    /// Reports what nobody asked for and what was asked for in vain. A key that looks like a missing one is
    /// one fault, not two.
    pub fn finish(mut self) {
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if self.forgiven || self.known.contains(name) {
                continue;
            }
            let missing = nearest(name, self.missing.iter().map(|(key, _)| *key));
            self.missing.retain(|(key, _)| missing != Some(*key));
            let right = match missing {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => did_you_mean(name, self.known.iter().copied()),
            };
            self.reader.fault(
                key.span().start,
                format!("{} has no key `{}`.", self.what, shown(name)),
                right,
            );
        }
        for (key, example) in self.missing {
            self.reader.fault(
                self.at,
                format!("{} lacks `{key}`.", self.what),
                format!("Write `{example}`."),
            );
        }
    }
}

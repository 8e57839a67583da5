use std::collections::BTreeMap;

use serde::Deserialize;
use survey::{
    dictionary::Code,
    text::{Language, Text},
};

/// What stands in files besides answers, in both languages.
#[derive(Debug)]
pub struct Words {
    swedish: Texts,
    english: Texts,
}

#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct WordsError {
    file: &'static str,
    why: toml::de::Error,
}

/// A table of texts by key.
pub(super) type Keyed = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub file: FileTexts,
    pub sheets: Sheets,
    pub codebook: CodebookTexts,
    pub columns: Keyed,
    pub dispositions: Keyed,
    pub parts: Keyed,
    pub states: Keyed,
    pub statuses: Keyed,
    pub reasons: Keyed,
    pub holds: Keyed,
    pub wordings: Keyed,
    pub kinds: Keyed,
    pub about: AboutTexts,
}

macro_rules! texts {
    ($($(#[$note:meta])* $name:ident { $($field:ident),* $(,)? })*) => {
        $(
            $(#[$note])*
            #[derive(Debug, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name { $(pub $field: String,)* }
        )*
    };
}

texts! {
    Sheets { data, codebook, about }
    CodebookTexts {
        variable, number, section, question, label, holds, unit, least, most, values, asked, wording, missing, all,
        register, about_unit,
    }
    AboutTexts {
        instrument, version, round, pilot, pilot_note, kind, rules, no_rules, cut, cut_note, units, cells,
        corrected_units, held, heading_counts, heading_state_counts, heading_columns, heading_states, heading_statuses, heading_reasons,
        personal, personal_note, texts, texts_note,
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTexts {
    pub rules: String,
    pub no_rules: String,
    pub pilot: String,
    pub codebook: String,
    pub figures: String,
    pub excel: String,
    pub kinds: Keyed,
}

impl Words {
    pub fn load() -> Result<Self, WordsError> {
        let read = |file, text| toml::from_str(text).map_err(|why| WordsError { file, why });
        Ok(Self {
            swedish: read(
                "export.sv.toml",
                include_str!("../../locales/export.sv.toml"),
            )?,
            english: read(
                "export.en.toml",
                include_str!("../../locales/export.en.toml"),
            )?,
        })
    }

    pub(super) fn of(&self, language: Language) -> &Texts {
        match language {
            Language::Swedish => &self.swedish,
            Language::English => &self.english,
        }
    }

    /// One text in both languages.
    pub(super) fn text<'a>(&'a self, of: impl Fn(&'a Texts) -> &'a str) -> Text {
        Text {
            sv: of(&self.swedish).to_owned(),
            en: Some(of(&self.english).to_owned()),
        }
    }

    /// Each status with what it means, in the order of [`survey::cleaning::Status::ALL`].
    pub fn statuses(&self, language: Language) -> Vec<(&'static str, &str)> {
        let texts = &self.of(language).statuses;
        let all = survey::cleaning::Status::ALL.into_iter();
        all.map(|status| (status.name(), keyed(texts, status.name())))
            .collect()
    }

    /// Each reason for there being no value, with what it means.
    pub fn reasons(&self, language: Language) -> Vec<(&'static str, &str)> {
        let texts = &self.of(language).reasons;
        let all = super::cell::REASONS.into_iter().map(super::cell::reason);
        all.map(|name| (name, keyed(texts, name))).collect()
    }

    /// What may become of a question, with what it means.
    pub fn states(&self, language: Language) -> Vec<(&'static str, &str)> {
        let texts = &self.of(language).states;
        let all = super::cell::STATES.into_iter().map(super::cell::state);
        all.map(|name| (name, keyed(texts, name))).collect()
    }

    /// What a case may count as, with what it means.
    pub(super) fn dispositions(&self) -> Vec<Code> {
        let codes = self.swedish.dispositions.keys();
        codes
            .map(|key| Code {
                key: key.clone(),
                label: self.text(|texts| keyed(&texts.dispositions, key)),
            })
            .collect()
    }

    /// The columns that belong to a variable in a file of that kind: what their names end with, and what they hold.
    pub fn parts(&self, kind: super::Kind, language: Language) -> Vec<(&'static str, &str)> {
        let texts = &self.of(language).parts;
        let beside = kind.parts().iter().skip(1);
        beside
            .map(|part| (part.ending(), keyed(texts, part.ending())))
            .collect()
    }
}

/// A text by its key; empty where the file has none, which a test forbids.
pub(super) fn keyed<'a>(texts: &'a Keyed, key: &str) -> &'a str {
    texts.get(key).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Kind, Part},
        *,
    };

    #[test]
    fn everything_in_a_file_has_a_name_in_both_languages() {
        let words = Words::load().unwrap();
        for language in Language::ALL {
            let named = [
                words.statuses(language),
                words.reasons(language),
                words.states(language),
                words.parts(Kind::Both, language),
                words.parts(Kind::Raw, language),
                words.parts(Kind::Cleaned, language),
            ];
            for (key, text) in named.concat() {
                assert!(!text.is_empty(), "{key} in {language:?}");
            }
            let texts = words.of(language);
            assert!(texts.parts.contains_key(Part::Value.ending()));
            for kind in Kind::ALL {
                assert!(texts.kinds.contains_key(kind.name()), "{kind:?}");
                assert!(texts.file.kinds.contains_key(kind.name()), "{kind:?}");
            }
        }
    }
}

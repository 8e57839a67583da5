//! Texts in the languages an instrument is written in.

use serde::{Deserialize, Serialize};

/// A language a respondent can read the questionnaire in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Language {
    #[default]
    #[serde(rename = "sv")]
    Swedish,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Swedish, Self::English];

    /// The BCP 47 code, as in `lang` attributes and instrument files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// The language of a BCP 47 code, or `None` for one that the product does not speak.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}

/// One text in every language of its instrument. Swedish is always there; the loader has seen to it
/// that the others are where the instrument promises them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub sv: String,
    pub en: Option<String>,
}

impl Text {
    /// A text that has only Swedish so far.
    pub fn swedish(text: impl Into<String>) -> Self {
        Self {
            sv: text.into(),
            en: None,
        }
    }

    /// The text in `language`, or in Swedish where that is all there is.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.sv,
            Language::English => self.en.as_deref().unwrap_or(&self.sv),
        }
    }
}

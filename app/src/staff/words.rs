//! The texts of the staff's pages: a file for each area and language in `locales/staff/`.

use serde::de::DeserializeOwned;
use survey::text::Language;

use super::{
    accounts::AccountsWords, frame::FrameWords, letters::LettersWords, log::LogWords,
    sign_in::SignInWords,
};
use crate::words::TranslationError;

/// The texts of one area, as its two files hold them.
pub(crate) trait AreaWords: DeserializeOwned {
    const SWEDISH: &'static str;
    const ENGLISH: &'static str;

    /// The area's name in the names of its files.
    const AREA: &'static str;

    fn load(language: Language) -> Result<Self, TranslationError> {
        let source = match language {
            Language::Swedish => Self::SWEDISH,
            Language::English => Self::ENGLISH,
        };
        toml::from_str(source).map_err(|why| TranslationError {
            file: format!("staff/{}.{}.toml", Self::AREA, language.code()),
            why,
        })
    }
}

/// Declares the texts of an area: those that stand alone, then tables of texts by key.
///
/// `area_words! { RegisterWords from "register" { title, lead } tables { fields } }`
macro_rules! area_words {
    ($name:ident from $area:literal { $($text:ident),* $(,)? } $(tables { $($table:ident),* $(,)? })?) => {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(pub $text: String,)*
            $($(pub $table: std::collections::BTreeMap<String, String>,)*)?
        }

        impl $crate::staff::words::AreaWords for $name {
            const AREA: &'static str = $area;
            const SWEDISH: &'static str =
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/staff/", $area, ".sv.toml"));
            const ENGLISH: &'static str =
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/staff/", $area, ".en.toml"));
        }
    };
}
pub(crate) use area_words;

/// Every area's texts in one language. A new area is one more line.
macro_rules! areas {
    ($($area:ident: $words:ty),* $(,)?) => {
        #[derive(Debug)]
        pub struct StaffWords { $(pub $area: $words),* }

        impl StaffWords {
            pub(crate) fn load(language: Language) -> Result<Self, TranslationError> {
                Ok(Self { $($area: <$words>::load(language)?),* })
            }
        }
    };
}

areas! {
    frame: FrameWords,
    letters: LettersWords,
    sign_in: SignInWords,
    accounts: AccountsWords,
    log: LogWords,
    rates: super::rates::RatesWords,
    register: super::register::RegisterWords,
    follow_up: super::follow_up::FollowUpWords,
    rounds: super::rounds::RoundsWords,
    cleaning: super::cleaning::CleaningWords,
    data: super::data::DataWords,
}

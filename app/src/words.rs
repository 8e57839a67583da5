//! The product's own texts, by language: one file each in `locales/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use survey::text::Language;

use crate::staff::StaffWords;

/// Gives every table of a translation file a type, so that a text that is asked for exists.
macro_rules! tables {
    ($($table:ident: $name:ident { $($text:ident),* $(,)? })*) => {
        $(
            #[derive(Debug, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $(pub $text: String),* }
        )*

        /// Every text in one language.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Words {
            $(pub $table: $name,)*
            pub date: DateWords,
            /// What a check says, by rule.
            pub finding: BTreeMap<String, String>,
            /// What a mend's button says.
            pub mend: BTreeMap<String, String>,
        }
    };
}

tables! {
    common: CommonWords {
        skip, back, error_prefix, language_other, section_of, page_of, questions,
        question, not_answered, nothing_here, save_continue, to_overview,
        footer_accessibility, footer_privacy, footer_cookies, print, for_unit
    }
    start: StartWords {
        heading_why, heading_time, heading_use, heading_consultation, heading_contact,
        heading_sections, begin, resume, review, submitted, see_receipt, saved_along,
        closes, print_blank, print_blank_why, wrong_recipient, status_not_started,
        status_started, status_done, privacy_more, contact_mail, contact_phone
    }
    section: SectionWords {
        error_summary, error_kept, soft_summary_one, soft_summary, soft_explain,
        clash_summary, free_text_left, free_text_over, free_text_most, choose_most, choose_any, clear, saved, saved_all,
        unsaved, offline, refused, two_tabs, clash, clash_mine, clash_theirs, empty,
        cards_hint, sum, comment, row_comment
    }
    check: CheckWords {
        title, lead, change, change_what, open_soft, open_soft_lead, open_hard, submit,
        submit_lead, nothing_changed, blank_count, blank_count_one, confirmed,
        confirmed_bare
    }
    receipt: ReceiptWords {
        title, already, number, when, next, may_change, reopen, copy, print
    }
    wrong: WrongWords {
        title, lead, kind, kind_new_chief, kind_closed, kind_other, name, email, note,
        send, kind_missing, email_invalid, who_missing, too_long, thanks_title, thanks
    }
    share: ShareWords {
        title, lead, to_share, section, holder, email, email_hint, give, section_missing,
        holder_missing, email_invalid, too_long, too_many, given, nobody, who_what, copy, mailed, made,
        taken_back, take_back, take_back_what, helper_title, helper_lead, helper_begin, helper_done
    }
    notice: NoticeWords {
        closed_title, closed, not_open_title, not_open, revoked_title, revoked,
        unknown_title, unknown, too_many_title, too_many, missing_title, missing,
        error_title, error, bad_title, bad, submitted_title, submitted, to_start
    }
    print: PrintWords {
        title, lead
    }
    texts: TextsWords {
        accessibility, privacy, cookies, cookies_body
    }
    demo: DemoWords {
        title, lead, ordinary, rural, socioeconomic
    }
    soft: SoftBoxWords {
        keep, confirm, reason, noted
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    pub months: [String; 12],
    /// `{day} {month} {year}`
    pub day: String,
    /// `{date} kl. {time}`
    pub moment: String,
}

/// The translations, read once when the program starts.
#[derive(Clone, Copy, Debug)]
pub struct Translations {
    swedish: &'static Words,
    english: &'static Words,
    staff_swedish: &'static StaffWords,
    staff_english: &'static StaffWords,
}

/// A translation file that cannot be read. Only a mistake in this repository can cause it.
#[derive(Debug)]
pub struct TranslationError {
    /// Within `locales/`.
    pub file: String,
    pub why: toml::de::Error,
}

impl std::fmt::Display for TranslationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "locales/{}: {}", self.file, self.why)
    }
}

impl std::error::Error for TranslationError {}

impl Translations {
    pub fn load() -> Result<Self, TranslationError> {
        let read = |language: Language, source: &str| -> Result<&'static Words, TranslationError> {
            let words = toml::from_str(source).map_err(|why| TranslationError {
                file: format!("{}.toml", language.code()),
                why,
            })?;
            // They are needed for as long as the program runs.
            Ok(Box::leak(Box::new(words)))
        };
        let staff = |language| -> Result<&'static StaffWords, TranslationError> {
            Ok(Box::leak(Box::new(StaffWords::load(language)?)))
        };
        Ok(Self {
            staff_swedish: staff(Language::Swedish)?,
            staff_english: staff(Language::English)?,
            swedish: read(Language::Swedish, include_str!("../locales/sv.toml"))?,
            english: read(Language::English, include_str!("../locales/en.toml"))?,
        })
    }

    pub fn of(self, language: Language) -> &'static Words {
        match language {
            Language::Swedish => self.swedish,
            Language::English => self.english,
        }
    }

    /// The texts of the staff's pages.
    pub fn staff(self, language: Language) -> &'static StaffWords {
        match language {
            Language::Swedish => self.staff_swedish,
            Language::English => self.staff_english,
        }
    }
}

impl Words {
    /// A calendar date: `15 juni 2022`. Months from 1.
    pub fn date(&self, year: i16, month: i8, day: i8) -> String {
        let name = usize::try_from(month - 1)
            .ok()
            .and_then(|month| self.date.months.get(month))
            .map_or("", String::as_str);
        crate::fill(
            &self.date.day,
            &[
                ("day", &day.to_string()),
                ("month", name),
                ("year", &year.to_string()),
            ],
        )
    }

    /// A date with a time of day: `15 juni 2022 kl. 14:32`.
    pub fn moment(&self, date: &str, time: &str) -> String {
        crate::fill(&self.date.moment, &[("date", date), ("time", time)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_text() {
        let translations = Translations::load().unwrap();
        let (sv, en) = (
            translations.of(Language::Swedish),
            translations.of(Language::English),
        );
        assert_eq!(
            sv.finding.keys().collect::<Vec<_>>(),
            en.finding.keys().collect::<Vec<_>>()
        );
        assert_eq!(
            sv.mend.keys().collect::<Vec<_>>(),
            en.mend.keys().collect::<Vec<_>>()
        );
    }

    #[test]
    fn dates_are_written_out() {
        let words = Translations::load().unwrap().of(Language::Swedish);
        assert_eq!(words.date(2022, 6, 15), "15 juni 2022");
        assert_eq!(
            words.moment("15 juni 2022", "14:32"),
            "15 juni 2022 kl. 14:32"
        );
    }
}

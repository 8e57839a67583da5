//! What letters say before an administrator has changed them, and what no administrator writes.

use app::Translations;
use survey::text::Language;

use crate::storage::MailingNumber;

/// Subject and body, with fields in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub subject: &'static str,
    pub body: &'static str,
}

const RECEIPT: &str = "receipt";
const COLLEAGUE: &str = "colleague";

/// What a mailing says until somebody changes it.
pub fn of_mailing(
    translations: Translations,
    number: MailingNumber,
    language: Language,
) -> Option<Text> {
    let key = if number.is_invitation() {
        "invitation".to_owned()
    } else {
        format!("reminder_{}", number.get())
    };
    text(translations, &key, language)
}

/// The thanks to whoever has submitted.
pub fn of_receipt(translations: Translations, language: Language) -> Option<Text> {
    text(translations, RECEIPT, language)
}

/// The chief's request to a colleague to fill in a section.
pub fn to_colleague(translations: Translations, language: Language) -> Option<Text> {
    text(translations, COLLEAGUE, language)
}

fn text(translations: Translations, key: &str, language: Language) -> Option<Text> {
    let letters = &translations.staff(language).letters;
    Some(Text {
        subject: letters.subjects.get(key)?,
        body: letters.bodies.get(key)?,
    })
}

#[cfg(test)]
mod tests {
    use mail::{Template, template::Purpose};

    use super::*;

    const LANGUAGES: [Language; 2] = [Language::Swedish, Language::English];

    #[test]
    fn every_mailing_has_a_text_that_can_be_sent() {
        let translations = Translations::load().unwrap();
        for language in LANGUAGES {
            for number in MailingNumber::ALL {
                let text = of_mailing(translations, number, language).unwrap();
                let checked = Template::check(text.subject, text.body, Purpose::Mailing);
                assert!(checked.is_ok(), "{number:?} {language:?}: {checked:?}");
            }
        }
    }

    #[test]
    fn a_colleague_is_told_which_section_and_where() {
        let translations = Translations::load().unwrap();
        for language in LANGUAGES {
            let text = to_colleague(translations, language).unwrap();
            let checked = Template::check(text.subject, text.body, Purpose::Mailing).unwrap();
            assert!(checked.fields().contains(&mail::Field::Section));
        }
    }

    #[test]
    fn the_receipt_has_its_number() {
        let translations = Translations::load().unwrap();
        for language in LANGUAGES {
            let text = of_receipt(translations, language).unwrap();
            let checked = Template::check(text.subject, text.body, Purpose::Letter).unwrap();
            assert!(checked.fields().contains(&mail::Field::Receipt));
        }
    }
}

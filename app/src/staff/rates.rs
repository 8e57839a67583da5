//! What response rates and their tables are called.

use survey::{
    statistics::{Definition, Names},
    text::{Language, Text},
};

use super::words::area_words;
use crate::words::Translations;

area_words! {
    RatesWords from "rates" {
        total, missing, region, ownership, answered, not_answered, row_total, percent, by, crossed,
        among_answered, among_all, notes, notes_round, notes_taken, notes_pilot, notes_definition,
    } tables { ownerships, definitions }
}

impl RatesWords {
    /// What a response rate is a share of, in words.
    pub fn definition(&self, definition: Definition) -> &str {
        self.definitions
            .get(definition.key())
            .map_or(definition.formula(), String::as_str)
    }
}

/// The groups that are no class of an instrument, in every language.
pub fn group_names(translations: Translations) -> Names {
    let of = |language| &translations.staff(language).rates;
    let (sv, en) = (of(Language::Swedish), of(Language::English));
    let text = |sv: &str, en: &str| Text {
        sv: sv.to_owned(),
        en: Some(en.to_owned()),
    };
    let ownerships = sv.ownerships.iter().map(|(key, swedish)| {
        let english = en.ownerships.get(key).unwrap_or(swedish);
        (key.clone(), text(swedish, english))
    });
    Names {
        region: text(&sv.region, &en.region),
        ownership: text(&sv.ownership, &en.ownership),
        ownerships: ownerships.collect(),
        missing: text(&sv.missing, &en.missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_response_rate_has_a_name_in_both_languages() {
        let translations = Translations::load().unwrap();
        for language in Language::ALL {
            let words = &translations.staff(language).rates;
            for definition in Definition::ALL {
                assert_ne!(words.definition(definition), definition.formula());
            }
        }
    }
}

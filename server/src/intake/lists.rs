use std::collections::BTreeMap;

use register::{ClassList, ClassValue};
use survey::instrument::{self, RegisterKind};
use survey::text::{Language, Text};

use crate::{instruments, storage::Database};

/// The classes that any questionnaire asks the register about: those that the program carries, and those of the rounds.
pub async fn class_lists(database: &Database) -> Result<Vec<ClassList>, sqlx::Error> {
    let mut sources: Vec<String> = instruments::keys()
        .iter()
        .filter_map(|key| instruments::source(key))
        .collect();
    for round in database.rounds().await? {
        sources.extend(database.instrument_source(round.id).await?);
    }
    let mut lists: BTreeMap<String, ClassList> = BTreeMap::new();
    for instrument in sources
        .iter()
        .filter_map(|source| instrument::load(source).ok())
    {
        for field in instrument.register {
            let RegisterKind::Class(values) = field.kind else {
                continue;
            };
            let labels = labels(&field.label);
            let list = lists.entry(field.key.clone()).or_insert_with(|| ClassList {
                key: field.key,
                labels,
                values: Vec::new(),
            });
            for value in values {
                if list.values.iter().all(|known| known.key != value.key) {
                    list.values.push(ClassValue {
                        labels: self::labels(&value.label),
                        key: value.key,
                    });
                }
            }
        }
    }
    Ok(lists.into_values().collect())
}

fn labels(text: &Text) -> Vec<String> {
    let mut labels: Vec<String> = [Language::Swedish, Language::English]
        .map(|language| text.get(language).to_owned())
        .into();
    labels.dedup();
    labels
}

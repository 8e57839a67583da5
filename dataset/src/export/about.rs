use survey::{
    cleaning::Status,
    instrument::Instrument,
    text::{Language, Text},
};

use super::{Kind, Part, Tally, Words, cell, words::keyed};

/// What a file is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub title: Text,
    pub instrument: String,
    pub instrument_version: String,
    pub round: String,
    /// A rehearsal, whose answers are no part of the results.
    pub pilot: bool,
    /// Versions of the rules that cleaned what the file holds, in order.
    pub rule_sets: Vec<String>,
    pub cut: Cut,
}

/// The moment that a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Seconds since 1970 in UTC.
    pub seconds: i64,
    /// As people read it: `2022-06-16 09:00`.
    pub written: String,
    /// As it stands in names of files: `20220616T0900`.
    pub compact: String,
}

/// A line of the sheet about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Heading(String),
    Text(String, String),
    Count(String, u64),
}

impl About {
    pub fn of(
        instrument: &Instrument,
        round: &str,
        pilot: bool,
        rule_sets: Vec<String>,
        cut: Cut,
    ) -> Self {
        Self {
            title: instrument.title.clone(),
            instrument: instrument.key.clone(),
            instrument_version: instrument.version.clone(),
            round: round.to_owned(),
            pilot,
            rule_sets,
            cut,
        }
    }

    /// Everything about the file, as it stands on a sheet of its own.
    pub(super) fn lines(
        &self,
        words: &Words,
        kind: Kind,
        tally: &Tally,
        language: Language,
    ) -> Vec<Line> {
        let texts = words.of(language);
        let about = &texts.about;
        let text = |name: &str, text: &str| Line::Text(name.to_owned(), text.to_owned());
        let count = |name: &str, count| Line::Count(name.to_owned(), count);
        let rules = if self.rule_sets.is_empty() {
            about.no_rules.clone()
        } else {
            self.rule_sets.join(", ")
        };
        let mut lines = vec![
            text(&about.instrument, self.title.get(language)),
            text(
                &about.version,
                &format!("{} {}", self.instrument, self.instrument_version),
            ),
            text(&about.round, &self.round),
        ];
        if self.pilot {
            lines.push(text(&about.pilot, &about.pilot_note));
        }
        lines.extend([
            text(&about.kind, keyed(&texts.kinds, kind.name())),
            text(&about.rules, &rules),
            text(&about.cut, &self.cut.written),
            text("", &about.cut_note),
            count(&about.units, tally.units),
        ]);
        if kind != Kind::Raw {
            lines.push(count(&about.corrected_units, tally.corrected_units));
            lines.push(count(&about.held, tally.held));
        }
        lines.push(text(&about.personal, &about.personal_note));
        lines.push(text(&about.texts, &about.texts_note));
        if kind == Kind::Raw {
            lines.push(Line::Heading(about.heading_state_counts.clone()));
            let states = cell::STATES.into_iter();
            lines.extend(states.map(|state| count(cell::state(state), tally.of_state(state))));
        } else {
            lines.push(Line::Heading(about.heading_counts.clone()));
            let statuses = Status::ALL.into_iter();
            lines.extend(statuses.map(|status| count(status.name(), tally.of(status))));
            lines.push(count(&about.cells, tally.values()));
        }
        let parts = kind.parts();
        let legends = [
            (true, &about.heading_columns, words.parts(kind, language)),
            (
                parts.contains(&Part::State),
                &about.heading_states,
                words.states(language),
            ),
            (
                parts.contains(&Part::Status),
                &about.heading_statuses,
                words.statuses(language),
            ),
            (
                parts.contains(&Part::Reason),
                &about.heading_reasons,
                words.reasons(language),
            ),
        ];
        for (_, heading, legend) in legends.into_iter().filter(|(there, ..)| *there) {
            lines.push(Line::Heading(heading.clone()));
            lines.extend(
                legend
                    .into_iter()
                    .map(|(code, meaning)| text(code, meaning)),
            );
        }
        lines
    }
}

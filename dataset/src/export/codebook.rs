use survey::{
    answers::Number,
    dictionary::{Code, Dictionary, Item, Measure},
    instrument::{Instrument, RegisterField, RegisterKind, Wording},
    text::{Language, Text},
};

use super::{
    Cell, Dialect, Words, cell,
    words::{Texts, keyed},
};

/// What each column holds, made from the instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Codebook {
    /// The columns about the unit, then the variables, in the order of the files.
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The column's name.
    pub name: String,
    /// The numbers that the respondent saw, apart by commas.
    pub number: String,
    pub section: Text,
    /// As asked; empty of what is no question.
    pub question: Text,
    pub label: Text,
    pub holds: Holds,
    pub unit: Option<Text>,
    pub least: Option<Number>,
    pub most: Option<Number>,
    /// Each code with its meaning.
    pub values: Vec<Code>,
    /// Whom it is asked of, where not of all.
    pub asked: Option<Text>,
    pub wording: Option<Wording>,
}

/// What kind of cells a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Id,
    Number,
    Whole,
    Code,
    Flag,
    Text,
    Moment,
}

impl Holds {
    const fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Number => "number",
            Self::Whole => "whole",
            Self::Code => "code",
            Self::Flag => "flag",
            Self::Text => "text",
            Self::Moment => "moment",
        }
    }
}

impl Codebook {
    pub fn of(instrument: &Instrument, words: &Words) -> Self {
        let about = |name: &str, holds| Entry {
            section: words.text(|texts| &texts.codebook.about_unit),
            ..Entry::plain(name, words.text(|texts| keyed(&texts.columns, name)), holds)
        };
        let registered = |name: &str| Entry {
            section: words.text(|texts| &texts.codebook.register),
            ..about(name, Holds::Text)
        };
        let mut entries = vec![
            about("id", Holds::Id),
            registered("register_region"),
            registered("register_ownership"),
        ];
        let fields = instrument.register.iter();
        entries.extend(fields.map(|field| Entry::of_register(field, words)));
        entries.extend([
            Entry {
                values: words.dispositions(),
                ..about("disposition", Holds::Code)
            },
            about("submitted_at", Holds::Moment),
            about("rule_set", Holds::Text),
            about("open_queries", Holds::Whole),
        ]);
        let dictionary = Dictionary::of(instrument);
        entries.extend(dictionary.shared().map(Entry::of_item));
        Self { entries }
    }

    /// As a CSV with every text in each of the instrument's languages.
    pub fn csv(&self, words: &Words, languages: &[Language], dialect: Dialect) -> String {
        let mut csv = String::new();
        dialect.begin(&mut csv);
        let head = Self::csv_columns(languages);
        dialect.line(head.iter().map(|name| Cell::text(name)), &mut csv);
        for entry in &self.entries {
            let fields = entry.csv_fields(words, languages);
            dialect.line(fields.iter().map(Field::cell), &mut csv);
        }
        csv
    }

    fn csv_columns(languages: &[Language]) -> Vec<String> {
        let of = |name: &str| {
            let names = languages.iter();
            names
                .map(|language| format!("{name}_{}", language.code()))
                .collect::<Vec<_>>()
        };
        let alone = |name: &str| vec![name.to_owned()];
        [
            alone("variable"),
            alone("question_number"),
            of("section"),
            of("question"),
            of("label"),
            alone("type"),
            of("unit"),
            alone("least"),
            alone("most"),
            of("values"),
            of("asked_of"),
            alone("wording"),
            alone("missing_reasons"),
        ]
        .concat()
    }
}

/// What stands in one column of the codebook.
pub(super) enum Field {
    Text(String),
    Number(Option<Number>),
}

impl Field {
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::text(text),
            Self::Number(number) => number.map_or(Cell::Empty, Cell::Number),
        }
    }
}

impl Entry {
    fn plain(name: &str, label: Text, holds: Holds) -> Self {
        Self {
            name: name.to_owned(),
            number: String::new(),
            section: Text::default(),
            question: Text::default(),
            label,
            holds,
            unit: None,
            least: None,
            most: None,
            values: Vec::new(),
            asked: None,
            wording: None,
        }
    }

    fn of_register(field: &RegisterField, words: &Words) -> Self {
        let said = |language| {
            keyed(&words.of(language).columns, "register")
                .replace("{label}", field.label.get(language))
        };
        let label = Text {
            sv: said(Language::Swedish),
            en: Some(said(Language::English)),
        };
        let (holds, values) = match &field.kind {
            RegisterKind::Number => (Holds::Number, Vec::new()),
            RegisterKind::Class(values) => {
                let code = |value: &survey::instrument::Choice| Code {
                    key: value.key.clone(),
                    label: value.label.clone(),
                };
                (Holds::Code, values.iter().map(code).collect())
            }
        };
        Self {
            section: words.text(|texts| &texts.codebook.register),
            values,
            ..Self::plain(&format!("register_{}", field.key), label, holds)
        }
    }

    fn of_item(item: &Item) -> Self {
        let plain = |holds| Self {
            number: item.numbers.join(", "),
            section: item.section.clone(),
            question: item.question.clone(),
            asked: item.asked.clone(),
            wording: Some(item.wording),
            ..Self::plain(&item.key, item.label.clone(), holds)
        };
        match &item.measure {
            Measure::Number {
                whole,
                least,
                most,
                unit,
            } => Self {
                unit: unit.clone(),
                least: Some(*least),
                most: Some(*most),
                ..plain(if *whole { Holds::Whole } else { Holds::Number })
            },
            Measure::Coded(codes) => Self {
                values: codes.clone(),
                ..plain(Holds::Code)
            },
            Measure::Flag => plain(Holds::Flag),
            Measure::Text { .. } | Measure::Contact(_) => plain(Holds::Text),
        }
    }

    /// Whether the column is a variable of the questionnaire.
    pub fn is_variable(&self) -> bool {
        self.wording.is_some()
    }

    /// What kind of cells the column has, in words.
    pub fn holds_in_words<'a>(&self, words: &'a Words, language: Language) -> &'a str {
        keyed(&words.of(language).holds, self.holds.key())
    }

    /// Whom it is asked of; nobody where it is no question.
    pub fn asked_in_words<'a>(&'a self, words: &'a Words, language: Language) -> &'a str {
        match &self.asked {
            Some(asked) => asked.get(language),
            None if self.is_variable() => &words.of(language).codebook.all,
            None => "",
        }
    }

    /// How sure the wording is, in words.
    pub fn wording_in_words<'a>(&self, words: &'a Words, language: Language) -> &'a str {
        self.wording.map_or("", |wording| {
            keyed(&words.of(language).wordings, wording_key(wording))
        })
    }

    /// What a sheet of the codebook shows, in the order of [`headings`].
    pub(super) fn fields(&self, words: &Words, language: Language) -> Vec<Field> {
        let text = |text: &str| Field::Text(text.to_owned());
        let said = |said: Option<&Text>| text(said.map_or("", |said| said.get(language)));
        vec![
            text(&self.name),
            text(&self.number),
            text(self.section.get(language)),
            text(self.question.get(language)),
            text(self.label.get(language)),
            text(self.holds_in_words(words, language)),
            said(self.unit.as_ref()),
            Field::Number(self.least),
            Field::Number(self.most),
            Field::Text(self.values_in_words(language)),
            text(self.asked_in_words(words, language)),
            text(self.wording_in_words(words, language)),
            Field::Text(self.missing()),
        ]
    }

    fn csv_fields(&self, words: &Words, languages: &[Language]) -> Vec<Field> {
        let text = |text: &str| Field::Text(text.to_owned());
        let of = |of: &dyn Fn(Language) -> String| -> Vec<Field> {
            languages
                .iter()
                .map(|language| Field::Text(of(*language)))
                .collect()
        };
        let said = |said: &Text| of(&|language| said.get(language).to_owned());
        let perhaps = |said: Option<&Text>| {
            of(&|language| said.map_or("", |said| said.get(language)).to_owned())
        };
        let mut fields = vec![text(&self.name), text(&self.number)];
        fields.extend(said(&self.section));
        fields.extend(said(&self.question));
        fields.extend(said(&self.label));
        fields.push(text(self.holds.key()));
        fields.extend(perhaps(self.unit.as_ref()));
        fields.push(Field::Number(self.least));
        fields.push(Field::Number(self.most));
        fields.extend(of(&|language| self.values_in_words(language)));
        fields.extend(of(&|language| {
            self.asked_in_words(words, language).to_owned()
        }));
        fields.push(text(self.wording.map_or("", wording_key)));
        fields.push(Field::Text(self.missing()));
        fields
    }

    /// `yes = Ja; no = Nej`
    pub fn values_in_words(&self, language: Language) -> String {
        let said = |code: &Code| format!("{} = {}", code.key, code.label.get(language));
        self.values.iter().map(said).collect::<Vec<_>>().join("; ")
    }

    /// The reasons that may stand where there is no value.
    fn missing(&self) -> String {
        if self.is_variable() {
            cell::REASONS.map(cell::reason).join("; ")
        } else {
            String::new()
        }
    }
}

/// Of the columns of a sheet of the codebook.
pub(super) fn headings(texts: &Texts) -> [&str; 13] {
    let texts = &texts.codebook;
    [
        &texts.variable,
        &texts.number,
        &texts.section,
        &texts.question,
        &texts.label,
        &texts.holds,
        &texts.unit,
        &texts.least,
        &texts.most,
        &texts.values,
        &texts.asked,
        &texts.wording,
        &texts.missing,
    ]
}

const fn wording_key(wording: Wording) -> &'static str {
    match wording {
        Wording::Quoted => "quoted",
        Wording::Rebuilt => "rebuilt",
        Wording::Assumed => "assumed",
    }
}

use std::collections::BTreeSet;

use survey::{
    answers::Number,
    dictionary::{Dictionary, Item},
    instrument::{Instrument, RegisterField},
};

use super::{
    Record,
    cell::{self, Cell},
};

/// Which of a unit's answers a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// As typed, with what became of the question.
    Raw,
    /// As cleaned, with a status.
    Cleaned,
    /// The clean value, what was typed, status and rule beside each other.
    Both,
}

/// What a column holds of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Typed,
    /// Answered, blank, nothing here, not asked or unreadable.
    State,
    Value,
    Status,
    Reason,
    Rule,
}

/// Where a column's cells come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Id,
    Region,
    Ownership,
    /// A field of the instrument's register, by its place there.
    Register(usize),
    Disposition,
    Submitted,
    RuleSet,
    OpenQueries,
    /// By the item's place in the dictionary.
    Variable {
        item: usize,
        part: Part,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// No two columns of a table have the same.
    pub name: String,
    pub source: Source,
}

/// The columns of a file, and how a unit's row is made.
#[derive(Clone, Debug)]
pub struct Table {
    pub kind: Kind,
    pub dictionary: Dictionary,
    pub register: Vec<RegisterField>,
    pub columns: Vec<Column>,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Raw, Self::Cleaned, Self::Both];

    /// On the command line, in addresses and in translation files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Cleaned => "cleaned",
            Self::Both => "both",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The columns of a variable. The first has the variable's own name.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Raw => &[Part::Typed, Part::State],
            Self::Cleaned => &[Part::Value, Part::Status, Part::Reason],
            Self::Both => &[
                Part::Value,
                Part::Typed,
                Part::State,
                Part::Status,
                Part::Reason,
                Part::Rule,
            ],
        }
    }

    const fn is_cleaned(self) -> bool {
        matches!(self, Self::Cleaned | Self::Both)
    }
}

impl Part {
    /// What the column's name ends with where it stands beside another.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Typed => "__typed",
            Self::State => "__state",
            Self::Value => "__value",
            Self::Status => "__status",
            Self::Reason => "__reason",
            Self::Rule => "__rule",
        }
    }
}

impl Table {
    /// The columns of the answers to `instrument`: the unit, what the register says of it, then each variable that is no
    /// personal data, in the order of the questionnaire.
    pub fn of(instrument: &Instrument, kind: Kind) -> Self {
        let dictionary = Dictionary::of(instrument);
        let columns = Columns::of(instrument, &dictionary, kind);
        Self {
            kind,
            register: instrument.register.clone(),
            columns,
            dictionary,
        }
    }

    /// The unit's row, a cell for each column.
    pub fn row<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = Cell<'a>> {
        self.columns
            .iter()
            .map(move |column| self.cell(column.source, record))
    }

    fn cell<'a>(&'a self, source: Source, record: &'a Record) -> Cell<'a> {
        match source {
            Source::Id => Cell::text(&record.id),
            Source::Region => Cell::text(&record.region),
            Source::Ownership => record.ownership.as_deref().map_or(Cell::Empty, Cell::text),
            Source::Register(place) => record.register.get(place).map_or(Cell::Empty, Cell::fact),
            Source::Disposition => Cell::text(&record.disposition),
            Source::Submitted => Cell::text(&record.submitted),
            Source::RuleSet => Cell::text(&record.rule_set),
            Source::OpenQueries => {
                let queries = i32::try_from(record.open_queries).unwrap_or(i32::MAX);
                Cell::Number(Number::whole(queries))
            }
            Source::Variable { item, part } => {
                let measured = self.dictionary.items.get(item);
                measured.map_or(Cell::Empty, |measured| {
                    variable_cell(measured, item, part, record)
                })
            }
        }
    }
}

fn variable_cell<'a>(item: &Item, place: usize, part: Part, record: &'a Record) -> Cell<'a> {
    let given = record.given.get(place);
    let value = record.values.get(place);
    match part {
        Part::Typed => given.map_or(Cell::Empty, |given| Cell::text(&given.typed)),
        Part::State => given.map_or(Cell::Empty, |given| Cell::Text(cell::state(given.state))),
        Part::Value => value.map_or(Cell::Empty, |value| Cell::value(value, &item.measure)),
        Part::Status => value.map_or(Cell::Empty, |value| Cell::Text(value.status.name())),
        Part::Reason => value
            .and_then(|value| value.reason)
            .map_or(Cell::Empty, |reason| Cell::Text(cell::reason(reason))),
        Part::Rule => value
            .and_then(|value| value.rule.as_deref())
            .map_or(Cell::Empty, Cell::text),
    }
}

/// Gives each column a name that no other has. A variable's own name is never changed.
struct Columns {
    taken: BTreeSet<String>,
    columns: Vec<Column>,
}

impl Columns {
    fn of(instrument: &Instrument, dictionary: &Dictionary, kind: Kind) -> Vec<Column> {
        let mut columns = Self {
            taken: dictionary.shared().map(|item| item.key.clone()).collect(),
            columns: Vec::new(),
        };
        columns.add("id".to_owned(), Source::Id);
        columns.add("register_region".to_owned(), Source::Region);
        columns.add("register_ownership".to_owned(), Source::Ownership);
        for (place, field) in instrument.register.iter().enumerate() {
            columns.add(format!("register_{}", field.key), Source::Register(place));
        }
        columns.add("disposition".to_owned(), Source::Disposition);
        columns.add("submitted_at".to_owned(), Source::Submitted);
        if kind.is_cleaned() {
            columns.add("rule_set".to_owned(), Source::RuleSet);
            columns.add("open_queries".to_owned(), Source::OpenQueries);
        }
        let shared = dictionary.items.iter().enumerate();
        for (place, item) in shared.filter(|(_, item)| !item.personal) {
            for (number, part) in kind.parts().iter().copied().enumerate() {
                let source = Source::Variable { item: place, part };
                if number == 0 {
                    let name = item.key.clone();
                    columns.columns.push(Column { name, source });
                } else {
                    columns.add(format!("{}{}", item.key, part.ending()), source);
                }
            }
        }
        columns.columns
    }

    fn add(&mut self, mut name: String, source: Source) {
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        self.columns.push(Column { name, source });
    }
}

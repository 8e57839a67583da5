//! A small questionnaire with rules whose weights can be added up by hand: an ordinary row weighs nothing, and what a rule
//! finds weighs what the rule says.

use survey::{
    answers::Number,
    cleaning::{Cleaned, Query, Raw, RuleSet, Value, clean},
    instrument::{Fault, Instrument, load},
};

const INSTRUMENT: &str = r#"key = "ward"
version = "1"
languages = ["sv"]
title = "Avdelningen"
note = "Egna ord."
sender = { name = "Myndigheten", contact = "Fråga oss", email = "fraga@example.se" }
register = [ { key = "beds", label = "Vårdplatser", kind = "number" } ]

[texts]
purpose = "a"
why_you = "b"
time = "c"
use_of_answers = "d"
consultation = "e"
privacy = "f"
secrecy = "g"
accessibility = "h"
thanks = "i"
free_text_warning = "j"

[[section]]
key = "first"
title = "Ett"

[[section.question]]
key = "staff"
number = "1"
type = "number_matrix"
text = "Hur många?"
wording = "assumed"
row_heading = "Yrke"
rows = [
  { key = "a", label = "A" },
  { key = "b", label = "B" },
  { key = "c", label = "C" },
  { key = "d", label = "D" },
  { key = "e", label = "E" },
]
columns = [
  { key = "persons", label = "Personer", whole = true, min = 0, max = 2000 },
  { key = "fte", label = "Tjänster", whole = false, min = 0, max = 100000 },
]

[[section.question]]
key = "interns"
number = "2"
type = "number_matrix"
text = "Hur många?"
wording = "assumed"
row_heading = "Yrke"
rows = [ { key = "x", label = "X" }, { key = "y", label = "Y" } ]
columns = [
  { key = "persons", label = "Personer", whole = true, min = 0, max = 2000 },
  { key = "fte", label = "Tjänster", whole = false, min = 0, max = 100000 },
]

[[section.question]]
key = "need"
number = "3"
type = "choice"
text = "Behöver ni fler?"
wording = "assumed"
options = [ { key = "yes", label = "Ja" }, { key = "no", label = "Nej" } ]

[[section.question]]
key = "needed"
number = "4"
type = "number_matrix"
text = "Hur många fler?"
wording = "assumed"
row_heading = "Yrke"
rows = [ { key = "a", label = "A" }, { key = "b", label = "B" }, { key = "c", label = "C" } ]
columns = [ { key = "more", label = "Fler", whole = false, min = 0, max = 100000 } ]

[[section.question]]
key = "beds"
number = "5"
type = "number"
text = "Hur många platser?"
wording = "assumed"
whole = true
min = 0
max = 1000
"#;

/// Persons weigh nothing however many. A tenth of a post each weighs −30, up to one nothing, up to two −10, up to ten −40,
/// and more −60; round or not makes no difference.
pub const RULES: &str = r#"instrument = "ward"
version = "7"

[words]
zero = ["inga"]
unknown = ["vet ej"]
about = ["ca"]
units = ["st"]
times = ["x"]
each = ["à"]
between = ["-"]
thousands = ["'"]
months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]

[words.numbers]
"två" = 2

[[block]]
key = "staff"
name = { sv = "Personal", en = "Staff" }
kind = "pairs"
parts = [
  { question = "staff", persons = "persons", posts = "fte" },
  { question = "interns", persons = "persons", posts = "fte" },
]
mend = 15
ask = 3
offer = 12
exception = -20
apart = -3
hint = -20
none = 0
alone = -30

[block.persons]
upto = [1000]
weight = [0, -90]

[[block.rates]]
persons = 1000
upto = [0.1, 1, 2, 10]
weight = [-30, 0, -10, -40, -60]
full = 0

[block.posts]
upto = [0.1, 1, 2, 10]
weight = [-30, 0, -10, -40, -60]

[[block.rounding]]
weight = 0
grid = [0, 0, 0, 0, 0, 0, 0]
"#;

pub struct Ward {
    pub instrument: Instrument,
    pub rules: RuleSet,
}

/// A rule with texts that do not matter here; `what` is its kind, its numbers and where it stands.
pub fn rule(id: &str, what: &str) -> String {
    format!(
        "\n[[rule]]\nid = \"{id}\"\nseverity = \"hard\"\nname = {{ sv = \"N\", en = \"N\" }}\n\
         reason = {{ sv = \"S\", en = \"S\" }}\nsays = {{ sv = \"S\", en = \"S\" }}\n{what}\n"
    )
}

fn told(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}

impl Ward {
    pub fn with(rules: &[String]) -> Self {
        Self::of(&format!("{RULES}{}", rules.concat()))
    }

    /// The ward's rules with one text in the place of another, and a rule more.
    pub fn changed(from: &str, to: &str, rules: &[String]) -> Self {
        assert!(RULES.contains(from), "`{from}` does not stand in the rules");
        Self::of(&format!(
            "{}{}",
            RULES.replacen(from, to, 1),
            rules.concat()
        ))
    }

    #[expect(clippy::panic, reason = "a test ends where its rules do not load")]
    pub fn of(source: &str) -> Self {
        let instrument = load(INSTRUMENT).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        let rules =
            RuleSet::load(source, &instrument).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        Self { instrument, rules }
    }

    pub fn raw(&self, given: &[(&str, &str)]) -> Raw {
        let mut raw = Raw::blank(&self.instrument);
        for (variable, typed) in given {
            raw.set(self.instrument.place_of(variable).unwrap(), typed);
        }
        raw
    }

    pub fn clean(&self, given: &[(&str, &str)]) -> Cleaned {
        clean(&self.rules, &self.instrument, &self.raw(given), &[])
    }

    /// One person in each row, who works as much as `posts` says; the rows are `a`, `b` and so on.
    pub fn each(&self, posts: &[&str]) -> Cleaned {
        let pairs: Vec<(&str, &str)> = posts.iter().map(|posts| ("1", *posts)).collect();
        self.rows(&pairs)
    }

    /// Persons and posts of the rows `a`, `b` and so on.
    pub fn rows(&self, pairs: &[(&str, &str)]) -> Cleaned {
        let mut raw = Raw::blank(&self.instrument);
        for (row, (persons, posts)) in ["a", "b", "c", "d", "e"].iter().zip(pairs) {
            for (column, typed) in [("persons", persons), ("fte", posts)] {
                let place = self.instrument.place_of(&format!("{row}_{column}"));
                raw.set(place.unwrap(), typed);
            }
        }
        clean(&self.rules, &self.instrument, &raw, &[])
    }

    pub fn value<'c>(&self, cleaned: &'c Cleaned, variable: &str) -> &'c Value {
        cleaned.value(&self.instrument, variable).unwrap()
    }

    /// As files write it; empty where it is missing.
    pub fn number(&self, cleaned: &Cleaned, variable: &str) -> String {
        self.value(cleaned, variable)
            .number
            .map(Number::to_plain)
            .unwrap_or_default()
    }
}

/// What is wrong with a rule set for the ward.
pub fn ward_faults(source: &str) -> Vec<String> {
    let instrument = load(INSTRUMENT).unwrap();
    let faults = RuleSet::load(source, &instrument).err().unwrap_or_default();
    faults.iter().map(Fault::to_string).collect()
}

/// The variables of each query.
pub fn asked(cleaned: &Cleaned) -> Vec<Vec<&str>> {
    cleaned
        .queries
        .iter()
        .map(|query| query.variables.iter().map(String::as_str).collect())
        .collect()
}

/// The alternatives of a query, the likeliest first: rule, plausibility and what they change.
pub fn offered(query: &Query) -> Vec<String> {
    query
        .alternatives
        .iter()
        .map(|alternative| {
            let changes = alternative.changes.iter().map(|change| {
                let to = change.to.map_or("?".to_owned(), Number::to_plain);
                format!(", {} = {to}", change.variable)
            });
            let plausibility = format!("{} {} %", alternative.id, alternative.plausibility);
            std::iter::once(plausibility).chain(changes).collect()
        })
        .collect()
}

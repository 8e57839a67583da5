//! Whether a condition makes sense where it stands.

use std::ops::Range;

use super::{
    ConditionFault, Kind, Scope,
    expression::Comparison,
    nearest::nearest,
    parse::{Atom, Word},
};
use crate::answers::Number;

/// More options than this are not worth listing in a fault.
const LISTED: usize = 12;

pub(super) struct Typing<'a> {
    source: &'a str,
    scope: &'a dyn Scope,
    faults: Vec<ConditionFault>,
}

/// A number variable, with the bounds that its answers can reach.
struct Field<'n> {
    name: &'n str,
    whole: bool,
    least: Number,
    most: Number,
}

impl<'a> Typing<'a> {
    pub fn new(source: &'a str, scope: &'a dyn Scope) -> Self {
        Self {
            source,
            scope,
            faults: Vec::new(),
        }
    }

    pub fn into_faults(self) -> Vec<ConditionFault> {
        self.faults
    }

    pub fn check(&mut self, atom: &Atom<'_>) {
        match atom {
            Atom::Answered(name) => {
                self.kind(name);
            }
            Atom::Flag(name) => self.check_flag(name),
            Atom::Compare {
                name,
                how,
                how_at,
                with,
            } => self.check_comparison(name, *how, how_at, with),
            Atom::Member {
                name,
                negated,
                of,
                list_at,
            } => self.check_list(name, *negated, of, list_at),
        }
    }

    fn check_flag(&mut self, name: &Word<'_>) {
        let right = match self.kind(name) {
            None | Some(Kind::Flag) => return,
            Some(Kind::Number { .. }) => format!("Compare it: `{} > 0`.", name.text),
            Some(Kind::Choice(options)) => match options.first() {
                Some(option) => format!("Compare it: `{} == {option}`.", name.text),
                None => format!("Write `answered({})`.", name.text),
            },
            Some(Kind::Text) => format!("Write `answered({})`.", name.text),
        };
        let wrong = format!("`{}` alone is neither true nor false.", name.text);
        self.fault(&name.at, wrong, right);
    }

    fn check_comparison(
        &mut self,
        name: &Word<'_>,
        how: Comparison,
        how_at: &Range<usize>,
        with: &Word<'_>,
    ) {
        let at = name.at.start..with.at.end;
        match self.kind(name) {
            None => {}
            Some(Kind::Number { whole, min, max }) => {
                let field = Field::new(name.text, whole, min, max);
                let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
                let value = self.number(&field, with, equality);
                if value.is_some_and(|value| !equality && field.never(how, value)) {
                    self.never_holds(&at, field.describe());
                }
            }
            Some(Kind::Choice(options)) => match how {
                Comparison::Equal => self.option(name, &options, with),
                Comparison::NotEqual => {
                    self.option(name, &options, with);
                    if options == [with.text] {
                        let right = format!("`{}` has no other option.", name.text);
                        self.never_holds(&at, right);
                    }
                }
                _ => {
                    let wrong = format!("The options of `{}` have no order.", name.text);
                    let right = format!(
                        "Name the options: `{} in [{}]`.",
                        name.text,
                        sample(&options)
                    );
                    self.fault(how_at, wrong, right);
                }
            },
            Some(Kind::Flag) => self.compared_flag(name, &at),
            Some(Kind::Text) => self.compared_text(name, &at),
        }
    }

    fn check_list(
        &mut self,
        name: &Word<'_>,
        negated: bool,
        of: &[Word<'_>],
        list_at: &Range<usize>,
    ) {
        let at = name.at.start..list_at.end;
        match self.kind(name) {
            None => {}
            Some(Kind::Number { whole, min, max }) => {
                let field = Field::new(name.text, whole, min, max);
                let mut seen = Vec::new();
                for word in of {
                    let Some(value) = self.number(&field, word, true) else {
                        continue;
                    };
                    if seen.contains(&value) {
                        self.twice(word);
                    }
                    seen.push(value);
                }
            }
            Some(Kind::Choice(options)) => {
                let mut seen = Vec::new();
                for word in of {
                    self.option(name, &options, word);
                    if seen.contains(&word.text) {
                        self.twice(word);
                    }
                    seen.push(word.text);
                }
                if negated && options.iter().all(|option| seen.contains(&option.as_str())) {
                    let right = format!("`{}` has no other option.", name.text);
                    self.never_holds(&at, right);
                }
            }
            Some(Kind::Flag) => self.compared_flag(name, &at),
            Some(Kind::Text) => self.compared_text(name, &at),
        }
    }

    fn kind(&mut self, name: &Word<'_>) -> Option<Kind> {
        let kind = self.scope.kind(name.text);
        if kind.is_none() {
            self.unknown_name(name);
        }
        kind
    }

    fn unknown_name(&mut self, name: &Word<'_>) {
        if Number::parse_plain(name.text).is_some() {
            let wrong = format!("`{}` is a number, not a name.", name.text);
            let right =
                "Begin the comparison with a name: `listed > 5`, not `5 < listed`.".to_owned();
            return self.fault(&name.at, wrong, right);
        }
        let names = self.scope.names();
        let in_register = names
            .iter()
            .map(String::as_str)
            .find(|known| known.strip_prefix("register.") == Some(name.text));
        let wrong = format!("Nothing named `{}` is known here.", name.text);
        let right = match in_register.or_else(|| nearest(name.text, names.iter().map(String::as_str))) {
            Some(known) => format!("Did you mean `{known}`?"),
            None => {
                "Use a variable of an earlier question, or a field of the register: `register.<field>`."
                    .to_owned()
            }
        };
        self.fault(&name.at, wrong, right);
    }

    /// The number in `word`, with a fault where there is none, or where `name` could never be it and `exactly` that
    /// is asked.
    fn number(&mut self, field: &Field<'_>, word: &Word<'_>, exactly: bool) -> Option<Number> {
        let Some(value) = Number::parse_plain(word.text) else {
            let (wrong, right) = if self.scope.kind(word.text).is_some() {
                (
                    format!(
                        "`{}` is a name, and two names cannot be compared.",
                        word.text
                    ),
                    format!("Compare `{}` with a number.", field.name),
                )
            } else {
                (
                    format!("`{}` is not a number, but `{}` is.", word.text, field.name),
                    "Write digits, with a decimal point where there are decimals: `1.5`."
                        .to_owned(),
                )
            };
            self.fault(&word.at, wrong, right);
            return None;
        };
        if exactly && !field.can_be(value) {
            let wrong = format!("`{}` is never {}.", field.name, word.text);
            self.fault(&word.at, wrong, field.describe());
            return None;
        }
        Some(value)
    }

    fn option(&mut self, name: &Word<'_>, options: &[String], word: &Word<'_>) {
        if options.iter().any(|option| option == word.text) {
            return;
        }
        let wrong = format!("`{}` is not an option of `{}`.", word.text, name.text);
        let right = match nearest(word.text, options.iter().map(String::as_str)) {
            Some(option) => format!("Did you mean `{option}`?"),
            None => format!("The options are {}.", listing(options)),
        };
        self.fault(&word.at, wrong, right);
    }

    fn compared_flag(&mut self, name: &Word<'_>, at: &Range<usize>) {
        let wrong = format!(
            "`{}` is ticked or not, and has nothing to compare with.",
            name.text
        );
        let right = format!("Write `{0}` or `not {0}`.", name.text);
        self.fault(at, wrong, right);
    }

    fn compared_text(&mut self, name: &Word<'_>, at: &Range<usize>) {
        let wrong = format!("`{}` is a free text, which cannot be compared.", name.text);
        let right = format!("Write `answered({0})` or `not answered({0})`.", name.text);
        self.fault(at, wrong, right);
    }

    fn never_holds(&mut self, at: &Range<usize>, right: String) {
        let text = self.source.get(at.clone()).unwrap_or_default();
        self.fault(at, format!("`{text}` can never hold."), right);
    }

    fn twice(&mut self, word: &Word<'_>) {
        let wrong = format!("`{}` stands twice in the list.", word.text);
        self.fault(&word.at, wrong, "Take one of them away.".to_owned());
    }

    fn fault(&mut self, at: &Range<usize>, wrong: String, right: String) {
        self.faults.push(ConditionFault {
            at: at.clone(),
            wrong,
            right,
        });
    }
}

impl<'n> Field<'n> {
    fn new(name: &'n str, whole: bool, min: Number, max: Number) -> Self {
        let inward = |bound: Option<Number>, from| if whole { bound.unwrap_or(from) } else { from };
        Self {
            name,
            whole,
            least: inward(min.checked_ceil(), min),
            most: inward(max.checked_floor(), max),
        }
    }

    fn can_be(&self, value: Number) -> bool {
        (self.least..=self.most).contains(&value) && (value.is_whole() || !self.whole)
    }

    fn never(&self, how: Comparison, value: Number) -> bool {
        let best = match how {
            Comparison::Less | Comparison::AtMost => self.least,
            Comparison::More | Comparison::AtLeast => self.most,
            Comparison::Equal => return !self.can_be(value),
            Comparison::NotEqual => return false,
        };
        !how.holds(best.cmp(&value))
    }

    fn describe(&self) -> String {
        let kind = if self.whole {
            "a whole number"
        } else {
            "a number"
        };
        format!(
            "`{}` is {kind} from {} to {}.",
            self.name,
            self.least.to_plain(),
            self.most.to_plain()
        )
    }
}

fn sample(options: &[String]) -> String {
    options
        .iter()
        .take(2)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

fn listing(options: &[String]) -> String {
    let mut keys: Vec<String> = options
        .iter()
        .take(LISTED)
        .map(|option| format!("`{option}`"))
        .collect();
    if options.len() > LISTED {
        keys.push("…".to_owned());
    }
    keys.join(", ")
}

//! What an editor wants decided, or what must be mended in the form first.

use app::{
    fill,
    staff::{
        cleaning::{
            CaseForm, QueryForm, VALUE, field_of, reason_of, sure_field, sure_of, value_of,
        },
        form::Fault,
    },
};
use survey::{
    answers::{Number, Unreadable, read_number},
    cleaning::{Alternative, Change, Doubt, Query, Raw, Status, doubts},
    dictionary::Dictionary,
    instrument::{NumberField, VariableKind},
};

use super::{AskedCase, shown};
use crate::{cleaning::Wish, web::staff::Analyst};

/// Characters of a reason.
const LONGEST: usize = 2_000;

/// All that a form asks for.
#[derive(Default)]
pub(super) struct Intents {
    pub wanted: Vec<Intent>,
    /// Values of the editor's own, whether they can be taken or not.
    pub own: Vec<OwnValues>,
    pub faults: Vec<Fault>,
}

/// One decision that is wanted.
pub(super) struct Intent {
    pub wish: Wish,
    pub reason: String,
    /// What the rules hold against it.
    pub doubts: Vec<Doubt>,
}

pub(super) struct OwnValues {
    /// The query's identity; empty where it is an unasked value.
    pub query: String,
    /// What the query is about.
    pub variables: Vec<String>,
    pub changes: Vec<Change>,
    pub doubts: Vec<Doubt>,
}

impl Intents {
    fn doubts_of(&self, query: &str) -> Vec<Doubt> {
        let own = self.own.iter().find(|own| own.query == query);
        own.map_or_else(Vec::new, |own| own.doubts.clone())
    }
}

impl Analyst {
    /// Every question that is filled in, in the order of the page.
    pub(super) fn intents(&self, asked: &AskedCase, raw: &Raw, form: &CaseForm) -> Intents {
        let mut intents = Intents::default();
        let mut settled: Vec<(usize, Vec<String>)> = Vec::new();
        for (place, filled_in) in (1..).zip(&form.asked) {
            let mut queries = asked.edition.cleaned.queries.iter();
            let query = queries.find(|query| query.id == filled_in.query);
            if let Some(query) = query.filter(|_| filled_in.is_filled_in()) {
                self.about(asked, raw, query, (place, filled_in), &mut intents);
                self.not_twice(place, &query.variables, &mut settled, &mut intents);
            }
        }
        if form.own.is_filled_in() {
            self.unasked(asked, raw, &form.own, &mut intents);
            let variables: Vec<String> = form.own.values.keys().cloned().collect();
            self.not_twice(0, &variables, &mut settled, &mut intents);
        }
        intents
    }

    /// One form settles no value twice: the second would answer a question that the first has ended.
    fn not_twice(
        &self,
        place: usize,
        variables: &[String],
        settled: &mut Vec<(usize, Vec<String>)>,
        intents: &mut Intents,
    ) {
        let words = &self.frame().words.cleaning;
        let overlaps = |(_, others): &&(usize, Vec<String>)| {
            others.iter().any(|other| variables.contains(other))
        };
        if let Some((first, _)) = settled.iter().find(overlaps) {
            let (text, field) = if place == 0 {
                (&words.same_values_own, value_of(0, ""))
            } else {
                (&words.same_values, field_of(place))
            };
            let text = fill(text, &[("number", &first.to_string())]);
            intents.faults.push(self.fault(place, field, &text));
        }
        settled.push((place, variables.to_vec()));
    }

    /// A fault that says which question it is in.
    fn fault(&self, place: usize, field: String, text: &str) -> Fault {
        let words = &self.frame().words.cleaning;
        if place == 0 {
            return Fault::new(field, text);
        }
        let number = place.to_string();
        let text = fill(&words.of_query, &[("number", &number), ("text", text)]);
        Fault::new(field, text)
    }

    fn about(
        &self,
        asked: &AskedCase,
        raw: &Raw,
        query: &Query,
        (place, filled_in): (usize, &QueryForm),
        intents: &mut Intents,
    ) {
        let words = &self.frame().words.cleaning;
        let before = intents.faults.len();
        let mut changes = Vec::new();
        for (variable, typed) in filled_in.typed() {
            match self.value(asked, variable, typed) {
                Ok(change) => changes.push(change),
                Err(text) => {
                    let field = value_of(place, variable);
                    intents.faults.push(self.fault(place, field, &text));
                }
            }
        }
        let is_own = filled_in.is_own();
        if filled_in.choice.is_empty() && !is_own {
            let text = &words.choose_one;
            intents
                .faults
                .push(self.fault(place, field_of(place), text));
        } else if !is_own && filled_in.typed().next().is_some() {
            let text = &words.own_and_other;
            intents
                .faults
                .push(self.fault(place, field_of(place), text));
        } else if is_own && filled_in.typed().next().is_none() {
            let text = &words.own_missing;
            intents
                .faults
                .push(self.fault(place, field_of(place), text));
        }
        let proposed = query.alternatives.first().map(|first| first.id.as_str());
        let is_proposed = proposed == Some(filled_in.choice.as_str());
        if filled_in.reason.is_empty() && !is_proposed && (is_own || !filled_in.choice.is_empty()) {
            let text = &words.reason_missing;
            intents
                .faults
                .push(self.fault(place, reason_of(place), text));
        }
        self.not_too_long(place, filled_in, intents);
        if !changes.is_empty() {
            self.hold_against(
                asked,
                raw,
                &query.variables,
                (place, filled_in),
                &changes,
                intents,
            );
        }
        if intents.faults.len() > before {
            return;
        }
        let wish = if is_own {
            of_values(asked, query, changes)
        } else {
            Wish::Alternative {
                query: query.id.clone(),
                alternative: filled_in.choice.clone(),
            }
        };
        let doubts = intents.doubts_of(&query.id);
        intents.wanted.push(Intent {
            wish,
            reason: filled_in.reason.clone(),
            doubts,
        });
    }

    fn unasked(&self, asked: &AskedCase, raw: &Raw, own: &QueryForm, intents: &mut Intents) {
        let words = &self.frame().words.cleaning;
        let before = intents.faults.len();
        let Some((variable, typed)) = own.values.first_key_value() else {
            return;
        };
        if variable.is_empty() {
            intents
                .faults
                .push(Fault::new(VALUE, words.own_which_missing.clone()));
            return;
        }
        let field = value_of(0, "");
        let change = match self.value(asked, variable, typed) {
            Ok(change) => Some(change),
            Err(text) => {
                intents.faults.push(Fault::new(&field, text));
                None
            }
        };
        if let Some(change) = &change
            && stands(asked, change)
        {
            let what = self.named(asked, variable);
            let value = shown::value(self, asked, change);
            let text = fill(&words.own_same, &[("what", &what), ("value", &value)]);
            intents.faults.push(Fault::new(&field, text));
        }
        if own.reason.is_empty() {
            let text = words.reason_missing_own.clone();
            intents.faults.push(Fault::new(reason_of(0), text));
        }
        self.not_too_long(0, own, intents);
        if let Some(change) = &change {
            let variables = std::slice::from_ref(variable);
            let changes = std::slice::from_ref(change);
            self.hold_against(asked, raw, variables, (0, own), changes, intents);
        }
        if let Some(change) = change.filter(|_| intents.faults.len() == before) {
            let doubts = intents.doubts_of("");
            intents.wanted.push(Intent {
                wish: Wish::Unasked(change),
                reason: own.reason.clone(),
                doubts,
            });
        }
    }

    /// The rules look at an editor's values as at a chief's; the editor has the last word.
    fn hold_against(
        &self,
        asked: &AskedCase,
        raw: &Raw,
        variables: &[String],
        (place, filled_in): (usize, &QueryForm),
        changes: &[Change],
        intents: &mut Intents,
    ) {
        let words = &self.frame().words.cleaning;
        let ready = &asked.ready;
        let found = doubts(
            &ready.rules,
            &ready.instrument,
            raw,
            &asked.edition.cleaned,
            changes,
        );
        let is_wanted = place == 0 || filled_in.is_own();
        if is_wanted && !found.is_empty() && filled_in.sure != sure_of(changes) {
            let text = &words.doubts_unsure;
            intents
                .faults
                .push(self.fault(place, sure_field(place), text));
        }
        intents.own.push(OwnValues {
            query: filled_in.query.clone(),
            variables: variables.to_vec(),
            changes: changes.to_vec(),
            doubts: found,
        });
    }

    fn not_too_long(&self, place: usize, filled_in: &QueryForm, intents: &mut Intents) {
        let words = &self.frame().words.cleaning;
        if filled_in.reason.chars().count() > LONGEST {
            let text = fill(&words.too_long, &[("most", &LONGEST.to_string())]);
            intents
                .faults
                .push(self.fault(place, reason_of(place), &text));
        }
    }

    fn named(&self, asked: &AskedCase, variable: &str) -> String {
        shown::label(self, &Dictionary::of(&asked.ready.instrument), variable)
    }

    /// What a variable becomes; or what is wrong with what was typed for it.
    fn value(&self, asked: &AskedCase, variable: &str, typed: &str) -> Result<Change, String> {
        let words = &self.frame().words.cleaning;
        match asked
            .ready
            .instrument
            .variable(variable)
            .map(|one| &one.kind)
        {
            Some(VariableKind::Choice(options)) => match options.iter().find(|one| *one == typed) {
                Some(option) => Ok(Change {
                    variable: variable.to_owned(),
                    to: None,
                    text: Some(option.clone()),
                }),
                None => Err(words.own_option_missing.clone()),
            },
            _ => self
                .number(asked, variable, typed)
                .map(|to| Change::to(variable, Some(to))),
        }
    }

    /// A number that the questionnaire allows there; or what is wrong with it.
    fn number(&self, asked: &AskedCase, variable: &str, typed: &str) -> Result<Number, String> {
        let words = &self.frame().words.cleaning;
        let instrument = &asked.ready.instrument;
        let what = self.named(asked, variable);
        if typed.is_empty() {
            return Err(fill(&words.own_empty, &[("what", &what)]));
        }
        let said = |text| fill(text, &[("what", &what), ("typed", typed)]);
        let Some(VariableKind::Number(field)) = instrument.variable(variable).map(|one| &one.kind)
        else {
            return Err(said(&words.own_unreadable));
        };
        let number = read_number(typed, field.whole).map_err(|why| match why {
            Unreadable::NotWhole(_) => said(&words.own_whole),
            _ => said(&words.own_unreadable),
        })?;
        if within(field, number) {
            return Ok(number);
        }
        let (least, most) = (
            shown::number(self, field.min),
            shown::number(self, field.max),
        );
        Err(fill(
            &words.own_range,
            &[
                ("what", &what),
                ("typed", typed),
                ("least", &least),
                ("most", &most),
            ],
        ))
    }
}

/// Values that are what the chief typed are no values of the editor's own: where nothing else is left, the answer stands.
fn of_values(asked: &AskedCase, query: &Query, changes: Vec<Change>) -> Wish {
    let as_typed = |change: &Change| {
        let cleaned = &asked.edition.cleaned;
        let value = cleaned.value(&asked.ready.instrument, &change.variable);
        value.is_some_and(|value| {
            value.status == Status::AwaitingDecision
                && change.to.is_some()
                && value.number == change.to
        })
    };
    let stands = query
        .alternatives
        .iter()
        .any(|one| one.id == Alternative::AS_TYPED);
    if stands && changes.iter().all(as_typed) {
        return Wish::Alternative {
            query: query.id.clone(),
            alternative: Alternative::AS_TYPED.to_owned(),
        };
    }
    Wish::Values {
        query: query.id.clone(),
        changes,
    }
}

/// Whether the value is the one that stands, with nothing more to decide about it.
fn stands(asked: &AskedCase, change: &Change) -> bool {
    let cleaned = &asked.edition.cleaned;
    let value = cleaned.value(&asked.ready.instrument, &change.variable);
    value.is_some_and(|value| {
        value.status != Status::AwaitingDecision
            && value.number == change.to
            && (change.to.is_some() || value.text == change.text)
    })
}

fn within(field: &NumberField, number: Number) -> bool {
    number >= field.min && number <= field.max
}

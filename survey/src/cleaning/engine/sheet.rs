//! The unit at work: its values so far, with what has been done to them.

use crate::{
    answers::{Number, read_number},
    checks::Severity,
    cleaning::{
        Alternative, Author, Certainty, Change, Cleaned, Entry, Evidence, Query, Raw, Reason,
        RuleSet, Status, Urgency, Value,
        cleaned::{number_as_typed, one_as_typed, untick},
        reading::{Numeral, Read},
    },
    instrument::{Instrument, VariableKind},
    submission::State,
};

/// In most units no more than one variable of so many is changed.
const MOST_CHANGED: usize = 4;

pub(super) struct Sheet<'a> {
    pub rules: &'a RuleSet,
    pub instrument: &'a Instrument,
    pub raw: &'a Raw,
    /// One per variable, as the last mend left it.
    pub reads: Vec<Read>,
    pub cleaned: Cleaned,
    /// Variables that the chief said "Stämmer" to, as their texts stand.
    confirmed: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Reads every number with the words of the rule set.
    pub fn read(rules: &'a RuleSet, instrument: &'a Instrument, raw: &'a Raw) -> Self {
        let variables = instrument.variables();
        let mut sheet = Self {
            rules,
            instrument,
            raw,
            reads: vec![Read::Blank; variables.len()],
            cleaned: Cleaned {
                values: Vec::with_capacity(variables.len()),
                ledger: Vec::with_capacity(variables.len() / MOST_CHANGED),
                ..Cleaned::default()
            },
            confirmed: raw.confirmed(instrument),
        };
        for (place, (variable, given)) in variables.iter().zip(raw.given()).enumerate() {
            let number = match (&variable.kind, given.typed.trim()) {
                (VariableKind::Number(field), text) if !text.is_empty() => Some((field, text)),
                _ => None,
            };
            let asked = !matches!(given.state, State::NotAsked | State::NothingHere);
            let Some((field, text)) = number.filter(|_| asked) else {
                sheet.cleaned.values.push(one_as_typed(variable, given));
                continue;
            };
            let number = read_number(text, field.whole);
            sheet.cleaned.values.push(number_as_typed(&number));
            let read = rules.words.read_further(text, field.whole, &number);
            if let Some(slot) = sheet.reads.get_mut(place) {
                *slot = read;
            }
            sheet.take_reading(place, read);
        }
        untick(instrument, raw, &mut sheet.cleaned.values);
        sheet
    }

    fn take_reading(&mut self, place: usize, read: Read) {
        match read {
            Read::Blank => {}
            Read::Number(numeral) if numeral.percent => {}
            Read::Number(numeral) => {
                let plain = numeral.plain && self.value(place).number == Some(numeral.value);
                if plain {
                    return;
                }
                if let Some(rule) = self.rules.roles.reading {
                    self.set(
                        place,
                        Some(numeral.value),
                        Status::Read,
                        None,
                        rule,
                        Certainty::Certain,
                        Evidence::default().with("to", numeral.value),
                    );
                } else if let Some(value) = self.cleaned.values.get_mut(place) {
                    value.number = Some(numeral.value);
                    value.status = Status::AsAnswered;
                    value.reason = None;
                }
            }
            Read::Unknown => {
                if let Some(rule) = self.rules.roles.unknown {
                    self.set(
                        place,
                        None,
                        Status::Missing,
                        Some(Reason::Unknown),
                        rule,
                        Certainty::Certain,
                        Evidence::default(),
                    );
                }
            }
            Read::Range(low, high) => self.ask_about_range(place, low, high),
            Read::Date { day, month } => self.ask_about_date(place, day, month),
            Read::Unreadable => self.ask_about_text(place),
        }
    }

    fn ask_about_range(&mut self, place: usize, low: Number, high: Number) {
        let Some(rule) = self.rules.roles.range else {
            return;
        };
        let middle = low
            .checked_add(high)
            .and_then(|sum| sum.checked_div(Number::whole(2)));
        let whole = self.is_whole(place);
        let offers = [Some(low), middle, Some(high)];
        let offers = offers
            .into_iter()
            .flatten()
            .filter(|number| !whole || number.is_whole());
        self.ask_about_reading(
            place,
            rule,
            &offers.collect::<Vec<_>>(),
            Evidence::default().with("low", low).with("high", high),
        );
    }

    /// "01-maj" was 1,5 or 5,1 before a spreadsheet took it for a date.
    fn ask_about_date(&mut self, place: usize, day: u8, month: u8) {
        let Some(rule) = self.rules.roles.date else {
            return;
        };
        let joined = |whole: u8, part: u8| Number::parse_plain(&format!("{whole}.{part}"));
        let offers: Vec<Number> = [joined(day, month), joined(month, day)]
            .into_iter()
            .flatten()
            .filter(|number| !self.is_whole(place) || number.is_whole())
            .collect();
        self.ask_about_reading(place, rule, &offers, Evidence::default());
    }

    fn ask_about_text(&mut self, place: usize) {
        if let Some(rule) = self.rules.roles.unreadable {
            self.ask_about_reading(place, rule, &[], Evidence::default());
        }
    }

    /// Asks about a text that is no one number.
    fn ask_about_reading(
        &mut self,
        place: usize,
        rule: usize,
        offers: &[Number],
        evidence: Evidence,
    ) {
        let id = self.rule_id(rule).to_owned();
        let key = self.key(place).to_owned();
        let share = u8::try_from(100 / offers.len().max(1)).unwrap_or(0);
        let mut alternatives: Vec<Alternative> = offers
            .iter()
            .map(|number| Alternative {
                id: format!("{id}_{}", number.to_plain()),
                changes: vec![Change::to(&key, Some(*number))],
                plausibility: share,
            })
            .collect();
        alternatives.push(Alternative {
            id: Alternative::UNKNOWN.to_owned(),
            changes: vec![Change::to(&key, None)],
            plausibility: if offers.is_empty() { 100 } else { 0 },
        });
        let evidence = evidence.with("typed", self.raw.typed(place).trim());
        self.ask(Query {
            id: String::new(),
            block: self.block_of(place),
            rule: id,
            variables: vec![key],
            urgency: Urgency::Hard,
            evidence,
            alternatives,
            suspicion: 0,
            confirmed: false,
        });
    }

    pub fn confirmed(&self, place: usize) -> bool {
        self.confirmed.contains(&place)
    }

    pub fn value(&self, place: usize) -> &Value {
        static NONE: Value = Value {
            number: None,
            text: None,
            status: Status::Missing,
            reason: None,
            held: false,
            rule: None,
        };
        self.cleaned.values.get(place).unwrap_or(&NONE)
    }

    pub fn numeral(&self, place: usize) -> Option<Numeral> {
        match self.reads.get(place) {
            Some(Read::Number(numeral)) => Some(*numeral),
            _ => None,
        }
    }

    pub fn key(&self, place: usize) -> &'a str {
        self.instrument
            .variables()
            .get(place)
            .map_or("", |variable| variable.key.as_str())
    }

    pub fn rule_id(&self, rule: usize) -> &'a str {
        self.rules.rules.get(rule).map_or("", |rule| &rule.id)
    }

    fn is_number(&self, place: usize) -> bool {
        let variable = self.instrument.variables().get(place);
        variable.is_some_and(|variable| matches!(variable.kind, VariableKind::Number(_)))
    }

    pub fn is_whole(&self, place: usize) -> bool {
        matches!(
            self.instrument.variables().get(place).map(|variable| &variable.kind),
            Some(VariableKind::Number(field)) if field.whole
        )
    }

    /// Whether the instrument lets `number` stand there.
    pub fn allows(&self, place: usize, number: Number) -> bool {
        match self
            .instrument
            .variables()
            .get(place)
            .map(|variable| &variable.kind)
        {
            Some(VariableKind::Number(field)) => {
                (!field.whole || number.is_whole()) && number >= field.min && number <= field.max
            }
            _ => false,
        }
    }

    pub fn block_of(&self, place: usize) -> String {
        let key = self.key(place);
        self.rules
            .blocks
            .iter()
            .find(|block| block.variables.iter().any(|variable| variable == key))
            .map(|block| block.key.clone())
            .unwrap_or_default()
    }

    /// Gives a variable a new value, and writes it in the ledger.
    #[expect(
        clippy::too_many_arguments,
        reason = "a line of the ledger has so many columns"
    )]
    pub fn set(
        &mut self,
        place: usize,
        number: Option<Number>,
        status: Status,
        reason: Option<Reason>,
        rule: usize,
        certainty: Certainty,
        evidence: Evidence,
    ) {
        let id = self.rule_id(rule).to_owned();
        let change = Change::to(self.key(place), number);
        self.write(
            place,
            change,
            status,
            reason,
            id,
            certainty,
            evidence,
            Author::Rule,
        );
        if status == Status::Corrected
            && let (Some(number), Some(read)) = (number, self.reads.get_mut(place))
        {
            *read = Read::Number(Numeral::plain(number));
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a line of the ledger has so many columns"
    )]
    pub fn write(
        &mut self,
        place: usize,
        change: Change,
        status: Status,
        reason: Option<Reason>,
        rule: String,
        certainty: Certainty,
        evidence: Evidence,
        by: Author,
    ) {
        let typed = self.raw.typed(place).trim();
        let Some(value) = self.cleaned.values.get_mut(place) else {
            return;
        };
        let before = match (&value.rule, value.number) {
            (Some(_), Some(number)) if value.status != Status::AwaitingDecision => {
                number.to_plain()
            }
            _ => typed.to_owned(),
        };
        value.number = change.to;
        value.text.clone_from(&change.text);
        value.status = status;
        value.reason = reason;
        value.held = false;
        value.rule = Some(rule.clone());
        self.cleaned.ledger.push(Entry {
            variable: change.variable,
            before,
            after: change.to,
            text: change.text,
            status,
            reason,
            rule,
            version: self.rules.version.clone(),
            certainty,
            evidence,
            by,
        });
    }

    /// Puts a question to an editor; its variables await the answer as they stand.
    pub fn ask(&mut self, mut query: Query) {
        let rule = self.rules.rule(&query.rule);
        if rule.is_some_and(|rule| rule.severity == Severity::Soft) {
            query.urgency = Urgency::Soft;
        }
        let first = query.variables.first().map_or("", String::as_str);
        query.id = format!("{}/{}/{first}", query.block, query.rule);
        for variable in &query.variables {
            let Some(place) = self.instrument.place_of(variable) else {
                continue;
            };
            // Whatever is asked about it, a number that may not stand does not count.
            let number = self.value(place).number;
            let forbidden =
                self.is_number(place) && number.is_some_and(|number| !self.allows(place, number));
            if let Some(value) = self.cleaned.values.get_mut(place) {
                value.status = Status::AwaitingDecision;
                value.held |= query.urgency == Urgency::Hard || forbidden;
                value.rule = Some(query.rule.clone());
            }
        }
        self.cleaned.queries.push(query);
    }

    pub fn into_cleaned(self) -> Cleaned {
        self.cleaned
    }
}

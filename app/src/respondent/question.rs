//! One question on a page: its words, its field, and what is to be said about what stands in it.

use leptos::prelude::*;
use survey::{
    answers::Answers,
    checks::Finding,
    instrument::{
        Body, ContactKind, Instrument, NumberField, NumberMatrix, Question, TextField, VariableKind,
    },
    register::Register,
    route::{Presence, RoutedQuestion},
    text::Language,
};

use super::{Clash, Noted, SectionPage, choices, matrix};
use crate::{
    Frame, SoftWords, Words,
    document::{paragraphs, textarea_text},
    fill,
    soft::soft_box,
};

/// What every field on the page needs to know.
pub(super) struct Sheet<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub register: &'a Register,
    pub answers: &'a Answers,
    pub words: SoftWords,
    findings: &'a [Finding],
    noted: &'a [Noted],
    clashes: &'a [Clash],
}

impl Words {
    /// The words that boxes and errors need.
    pub fn soft_words(&self) -> SoftWords {
        SoftWords {
            finding: self.finding.clone(),
            mend: self.mend.clone(),
            keep: self.soft.keep.clone(),
            confirm: self.soft.confirm.clone(),
            reason: self.soft.reason.clone(),
            noted: self.soft.noted.clone(),
        }
    }
}

impl SoftWords {
    /// Only what the browser can find by itself while typing.
    pub(super) fn live(&self) -> Self {
        const LIVE: [&str; 7] = [
            "posts_in_percent",
            "posts_in_percent_one",
            "swapped",
            "posts_exceed_persons",
            "total_in_first_row",
            "unusual",
            "far_from_register",
        ];
        Self {
            finding: self
                .finding
                .iter()
                .filter(|(rule, _)| LIVE.contains(&rule.as_str()))
                .map(|(rule, text)| (rule.clone(), text.clone()))
                .collect(),
            ..self.clone()
        }
    }
}

impl<'a> Sheet<'a> {
    pub fn new(page: &'a SectionPage<'a>) -> Self {
        Self {
            frame: page.frame,
            instrument: page.instrument,
            register: page.register,
            answers: page.answers,
            words: page.frame.words.soft_words(),
            findings: &page.findings,
            noted: &page.noted,
            clashes: &page.clashes,
        }
    }

    pub fn language(&self) -> Language {
        self.frame.language
    }

    pub fn value(&self, variable: &str) -> String {
        self.answers.raw(variable).to_owned()
    }

    pub fn ticked(&self, variable: &str) -> bool {
        self.answers.raw(variable) == survey::answers::TICKED
    }

    fn at<'s>(&'s self, variable: &'s str) -> impl Iterator<Item = &'s Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.anchor() == variable)
    }

    pub fn is_wrong(&self, variable: &str) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.is_hard() && finding.variables.iter().any(|one| one == variable))
    }

    /// Ids of what is said about the field, for `aria-describedby`.
    pub fn described_by(&self, variable: &str, also: Option<String>) -> Option<String> {
        let mut ids: Vec<String> = also.into_iter().collect();
        if self.at(variable).any(Finding::is_hard) {
            ids.push(format!("{variable}-e"));
        }
        if self.at(variable).any(|finding| !finding.is_hard()) {
            ids.push(format!("{variable}-s"));
        }
        if self.clashes.iter().any(|clash| clash.variable == variable) {
            ids.push(format!("{variable}-c"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Errors, questions and clashes about one field.
    pub fn remarks(&self, variable: &str) -> Vec<AnyView> {
        let labels = |variable: &str| label(self.instrument, self.language(), variable);
        let mut views: Vec<AnyView> = Vec::new();
        for finding in self.at(variable).filter(|finding| finding.is_hard()) {
            let mends: Vec<_> = finding
                .mends
                .iter()
                .enumerate()
                .map(|(index, mend)| {
                    let wish = crate::soft::Wish::Mend { rule: finding.matter.rule().to_owned(), anchor: variable.to_owned(), mend: index };
                    view! { <button class="b2" name="do" value=wish.value()>{self.words.button(mend)}</button> }
                })
                .collect();
            views.push(view! { <p class="e" id=format!("{variable}-e")>{self.words.sentence(finding, labels)}</p>{mends} }.into_any());
        }
        for finding in self.at(variable).filter(|finding| !finding.is_hard()) {
            views.push(
                view! { <div class="w">{soft_box(&self.words, finding, labels)}</div> }.into_any(),
            );
        }
        for noted in self
            .noted
            .iter()
            .filter(|noted| noted.finding.anchor() == variable)
        {
            views.push(
                view! { <p class="ok">{self.words.noted.clone()}" "{noted.reason.clone()}</p> }
                    .into_any(),
            );
        }
        for clash in self
            .clashes
            .iter()
            .filter(|clash| clash.variable == variable)
        {
            views.push(self.clash(clash));
        }
        views
    }

    fn clash(&self, clash: &Clash) -> AnyView {
        let s = &self.frame.words.section;
        let shown = |value: &str| {
            let value = match self
                .instrument
                .variable(&clash.variable)
                .map(|variable| &variable.kind)
            {
                Some(VariableKind::Choice(_)) => {
                    option_label(self.instrument, self.language(), &clash.variable, value)
                        .unwrap_or_else(|| value.to_owned())
                }
                _ => value.to_owned(),
            };
            if value.is_empty() {
                s.empty.clone()
            } else {
                value
            }
        };
        let (mine, theirs) = (shown(&clash.mine), shown(&clash.theirs));
        let values = [("mine", mine.as_str()), ("theirs", theirs.as_str())];
        view! {
            <div class="w c" id=format!("{}-c", clash.variable)>
                <p>{fill(&s.clash, &values)}</p>
                <button class="b2" name="do" value=format!("mine:{}", clash.variable)>{fill(&s.clash_mine, &values)}</button>
                <button class="b2" name="do" value=format!("theirs:{}", clash.variable)>{fill(&s.clash_theirs, &values)}</button>
            </div>
        }
        .into_any()
    }
}

/// A question with everything around it.
pub(super) fn view(sheet: &Sheet<'_>, routed: &RoutedQuestion<'_>) -> AnyView {
    let question = routed.question;
    let frame = sheet.frame;
    let leads: Vec<AnyView> = leads(sheet, question);
    // The register has already decided its part; what is left can change on this page.
    let when = question.when.as_ref().map(|when| when.source().to_owned());
    let when_text = question
        .when_text
        .as_ref()
        .map(|text| view! { <p class="when">{frame.text(text)}</p> });
    let body = body(sheet, question);
    let comment = question
        .comment
        .as_ref()
        .map(|field| text_field(sheet, field, Asks::Comment(question)));
    let dormant = routed.presence == Presence::Dormant;
    view! {
        <div class="q" id=format!("q-{}", question.key) data-when=when data-dormant=dormant>
            {when_text}
            {leads}
            {body}
            {comment}
        </div>
    }
    .into_any()
}

pub(super) fn leads(sheet: &Sheet<'_>, question: &Question) -> Vec<AnyView> {
    let register = |name: &str| {
        name.strip_prefix("register.")
            .map_or(survey::condition::Fact::Missing, |field| {
                sheet.register.fact(field)
            })
    };
    question
        .leads
        .iter()
        .filter(|lead| {
            lead.when
                .as_ref()
                .is_none_or(|when| when.holds(&register) == survey::condition::Truth::True)
        })
        .flat_map(|lead| paragraphs(lead.text.get(sheet.language())))
        .collect()
}

/// The question's number and text, as label, legend or heading.
pub(super) fn heading(sheet: &Sheet<'_>, question: &Question) -> AnyView {
    let number = number(&question.numbers);
    view! { <span class="n">{number}</span>" "{sheet.frame.text(&question.text)} }.into_any()
}

/// "3–5." for a question whose columns carry the numbers.
pub(super) fn number(numbers: &[String]) -> String {
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}."),
        (Some(only), _) => format!("{only}."),
        _ => String::new(),
    }
}

pub(super) fn hint(sheet: &Sheet<'_>, question: &Question) -> Option<AnyView> {
    question.hint.as_ref().map(|hint| {
        view! { <p class="h" id=format!("{}-h", question.key)>{sheet.frame.text(hint)}</p> }
            .into_any()
    })
}

pub(super) fn hint_id(question: &Question) -> Option<String> {
    question
        .hint
        .as_ref()
        .map(|_| format!("{}-h", question.key))
}

fn body(sheet: &Sheet<'_>, question: &Question) -> AnyView {
    match &question.body {
        Body::Number(field) => number_question(sheet, question, field),
        Body::Choice { options } => choices::single(sheet, question, options),
        Body::Choices { options, most } => choices::several(sheet, question, options, *most),
        Body::ChoiceMatrix {
            rows,
            options,
            row_comment,
        } => choices::scale(sheet, question, rows, options, row_comment.as_ref()),
        Body::NumberMatrix(matrix) => matrix::view(sheet, question, matrix),
        Body::Text(field) => text_field(sheet, field, Asks::Question(question)),
        Body::Contact { fields } => {
            let inputs: Vec<_> = fields
                .iter()
                .map(|field| {
                    let (kind, token) = match field.kind {
                        ContactKind::Name => ("text", "name"),
                        ContactKind::Email => ("email", "email"),
                        ContactKind::Phone => ("tel", "tel"),
                    };
                    let id = field.variable.clone();
                    view! {
                        <div class="f">
                            <label class="l2" for=id.clone()>{sheet.frame.text(&field.label)}</label>
                            {sheet.remarks(&id)}
                            <input
                                id=id.clone()
                                name=id.clone()
                                type="text"
                                inputmode=kind
                                autocomplete=token
                                value=sheet.value(&id)
                                aria-invalid=sheet.is_wrong(&id).then_some("true")
                                aria-describedby=sheet.described_by(&id, None)
                            />
                        </div>
                    }
                })
                .collect();
            view! { <fieldset aria-describedby=hint_id(question)><legend class="l">{heading(sheet, question)}</legend>{hint(sheet, question)}{inputs}</fieldset> }.into_any()
        }
    }
}

fn number_question(sheet: &Sheet<'_>, question: &Question, field: &NumberField) -> AnyView {
    let id = question.key.clone();
    let hint_id = hint_id(question);
    let unit = field
        .unit
        .as_ref()
        .map(|unit| view! { <span>{sheet.frame.text(unit)}</span> });
    view! {
        <label class="l" for=id.clone()>{heading(sheet, question)}</label>
        {hint(sheet, question)}
        <div class="iu">
            <input
                id=id.clone()
                name=id.clone()
                type="text"
                class="w6"
                inputmode=if field.whole { "numeric" } else { "decimal" }
                autocomplete="off"
                value=sheet.value(&id)
                aria-invalid=sheet.is_wrong(&id).then_some("true")
                aria-describedby=sheet.described_by(&id, hint_id)
            />
            {unit}
        </div>
        <div class="r" data-at=id.clone()>{sheet.remarks(&id)}</div>
    }
    .into_any()
}

/// What a text field is there for.
#[derive(Clone, Copy)]
pub(super) enum Asks<'a> {
    Question(&'a Question),
    Comment(&'a Question),
    /// "Annan (ange)".
    Detail,
}

pub(super) fn text_field(sheet: &Sheet<'_>, field: &TextField, asks: Asks<'_>) -> AnyView {
    let id = field.variable.clone();
    let own = || match &field.label {
        Some(label) => sheet.frame.text(label),
        None => sheet.frame.words.section.comment.clone(),
    };
    let question = match asks {
        Asks::Question(question) => Some(question),
        Asks::Comment(_) | Asks::Detail => None,
    };
    let label = match asks {
        Asks::Question(question) => heading(sheet, question),
        // Several comments on one page are told apart by what is seen around them; who hears them is told.
        Asks::Comment(question) => {
            let numbers = question.numbers.join(", ");
            let of = fill(&sheet.frame.words.common.question, &[("number", &numbers)]);
            view! { {own()}<span class="vh">", "{of.to_lowercase()}</span> }.into_any()
        }
        Asks::Detail => own().into_any(),
    };
    let class = if question.is_some() { "l" } else { "l2" };
    let value = sheet.value(&id);
    let most = field.most.to_string();
    let count = fill(
        &sheet.frame.words.section.free_text_most,
        &[("most", &most)],
    );
    let hint_id = format!("{id}-h");
    let described = sheet.described_by(&id, Some(format!("{hint_id} {id}-n")));
    let invalid = sheet.is_wrong(&id).then_some("true");
    let own_hint = question
        .and_then(|question| question.hint.as_ref())
        .map(|hint| view! { <span>{sheet.frame.text(hint)}" "</span> });
    let input = if field.long {
        view! { <textarea id=id.clone() name=id.clone() rows="4" autocomplete="off" data-most=most aria-invalid=invalid aria-describedby=described inner_html=textarea_text(&value)></textarea> }.into_any()
    } else {
        view! { <input id=id.clone() name=id.clone() type="text" autocomplete="off" data-most=most value=value aria-invalid=invalid aria-describedby=described/> }.into_any()
    };
    let warning = if field.long {
        Some(sheet.frame.text(&sheet.instrument.texts.free_text_warning))
    } else {
        None
    };
    view! {
        <div class="f">
            <label class=class for=id.clone()>{label}</label>
            <p class="h" id=hint_id>{own_hint}{warning}</p>
            {sheet.remarks(&id)}
            {input}
            <p class="h" id=format!("{id}-n")>{count}</p>
        </div>
    }
    .into_any()
}

/// What a variable is called, for links and summaries.
pub(super) fn label(instrument: &Instrument, language: Language, variable: &str) -> String {
    let Some(found) = instrument.variable(variable) else {
        return variable.to_owned();
    };
    let question = instrument.question_of(found);
    let of_question = || question.text.get(language).to_owned();
    if question
        .comment
        .as_ref()
        .is_some_and(|comment| comment.variable == variable)
    {
        return question
            .comment
            .as_ref()
            .and_then(|comment| comment.label.as_ref())
            .map_or_else(of_question, |label| {
                format!("{} {}", number(&question.numbers), label.get(language))
            });
    }
    match &question.body {
        Body::NumberMatrix(matrix) => matrix
            .rows
            .iter()
            .find_map(|row| {
                let row_label = row.label.get(language);
                if matrix.absent_variable(row).as_deref() == Some(variable) {
                    return Some(row_label.to_owned());
                }
                let column = matrix
                    .columns
                    .iter()
                    .find(|column| NumberMatrix::cell(row, column) == variable)?;
                Some(format!(
                    "{row_label}, {}",
                    column.label.get(language).to_lowercase()
                ))
            })
            .unwrap_or_else(of_question),
        Body::ChoiceMatrix { rows, .. } => rows
            .iter()
            .find(|row| row.variable == variable || row.comment.as_deref() == Some(variable))
            .map_or_else(of_question, |row| row.label.get(language).to_owned()),
        Body::Choices { options, .. } => options
            .iter()
            .find(|option| option.variable == variable)
            .map_or_else(of_question, |option| option.label.get(language).to_owned()),
        Body::Contact { fields } => fields
            .iter()
            .find(|field| field.variable == variable)
            .map_or_else(of_question, |field| field.label.get(language).to_owned()),
        Body::Choice { options } => options
            .iter()
            .filter_map(|option| option.specify.as_ref())
            .find(|specify| specify.variable == variable)
            .and_then(|specify| specify.label.as_ref())
            .map_or_else(of_question, |label| label.get(language).to_owned()),
        Body::Number(_) | Body::Text(_) => of_question(),
    }
}

/// What parts a label from what is said about it: a question has its own sign.
pub(super) fn parting(label: &str) -> &'static str {
    if label.ends_with(['?', '.', '!']) {
        " "
    } else {
        ": "
    }
}

/// What an option of a single choice or of a scale is called.
pub(super) fn option_label(
    instrument: &Instrument,
    language: Language,
    variable: &str,
    option: &str,
) -> Option<String> {
    let question = instrument.question_of(instrument.variable(variable)?);
    match &question.body {
        Body::Choice { options } | Body::ChoiceMatrix { options, .. } => options
            .iter()
            .find(|one| one.key == option)
            .map(|one| one.label.get(language).to_owned()),
        _ => None,
    }
}

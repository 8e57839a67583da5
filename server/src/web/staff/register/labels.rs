//! What fields, problems and days are called.

use std::collections::BTreeMap;

use app::{
    fill,
    staff::register::{RegisterWords, keyed},
};
use register::{ClassList, ClassProblem, Problem, Unreadable};
use survey::text::Language;

use crate::{
    intake,
    storage::{
        Timestamp,
        register::{Arrived, Changed, Field, Source},
    },
    web::staff::StaffVisit,
};

/// What the values of classes are called, by class and value.
#[derive(Debug, Default)]
pub(super) struct ClassLabels(BTreeMap<String, BTreeMap<String, String>>);

impl ClassLabels {
    pub fn of(lists: &[ClassList], language: Language) -> Self {
        let labels = |list: &ClassList| {
            let values = list.values.iter().filter_map(|value| {
                let label = match language {
                    Language::Swedish => value.labels.first(),
                    Language::English => value.labels.last(),
                };
                Some((value.key.clone(), label?.clone()))
            });
            (list.key.clone(), values.collect())
        };
        Self(lists.iter().map(labels).collect())
    }

    /// The value itself where no questionnaire knows it.
    pub fn label<'t>(&'t self, class: &str, value: &'t str) -> &'t str {
        let label = self.0.get(class).and_then(|values| values.get(value));
        label.map_or(value, String::as_str)
    }
}

impl StaffVisit {
    /// In the language of the page.
    pub(super) async fn class_labels(&self) -> Result<ClassLabels, sqlx::Error> {
        let lists = intake::class_lists(&self.world.shared.database).await?;
        Ok(ClassLabels::of(&lists, self.language))
    }

    pub(super) fn words(&self) -> &'static RegisterWords {
        &self.frame().words.register
    }

    /// A moment that storage wrote as milliseconds.
    fn written_moment(&self, millis: &str) -> String {
        millis.parse().map_or_else(
            |_| millis.to_owned(),
            |millis| self.moment(Timestamp::from_millis(millis)),
        )
    }

    /// A field's text as it is shown.
    pub(super) fn shown(&self, labels: &ClassLabels, field: &Field, text: Option<&str>) -> String {
        let Some(text) = text else {
            return String::new();
        };
        let words = self.words();
        if let Field::Class(class) = field {
            return labels.label(class, text).to_owned();
        }
        match field.to_string().as_str() {
            "gone_at" | "contact.valid_to" | "contact.undeliverable_at" => {
                self.written_moment(text)
            }
            "branch" => words.yes.clone(),
            "ownership" => keyed(&words.ownerships, text).to_owned(),
            "contact" => serde_json::from_str::<Arrived>(text).map_or_else(
                |_| text.to_owned(),
                |who| {
                    let told: Vec<&str> = [who.name.as_str(), &who.email]
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .collect();
                    let kind = keyed(&words.kinds, who.kind.name());
                    format!("{} ({kind})", told.join(", "))
                },
            ),
            "unit" => serde_json::from_str::<BTreeMap<String, String>>(text).map_or_else(
                |_| text.to_owned(),
                |told| {
                    let told = told.iter().filter_map(|(name, text)| {
                        let field: Field = name.parse().ok()?;
                        Some(format!(
                            "{}: {}",
                            self.field(&field),
                            self.shown(labels, &field, Some(text))
                        ))
                    });
                    told.collect::<Vec<_>>().join("; ")
                },
            ),
            _ => text.to_owned(),
        }
    }

    /// What a field is called.
    pub(super) fn field(&self, field: &Field) -> String {
        match field {
            Field::Class(class) => self.class(class),
            field => keyed(&self.words().fields, &field.to_string()).to_owned(),
        }
    }

    /// What a class is called: by the product's words, else by its key.
    pub(super) fn class(&self, class: &str) -> String {
        let words = self.words();
        match words.class_kinds.get(class) {
            Some(label) => label.split(" (").next().unwrap_or(label).to_owned(),
            None => keyed(&words.fields, class).to_owned(),
        }
    }

    /// What a file's field is called.
    pub(super) fn file_field(&self, field: &register::Field) -> String {
        match field {
            register::Field::Class(class) => self.class(class),
            field => keyed(&self.words().fields, &field.key()).to_owned(),
        }
    }

    pub(super) fn source(&self, changed: &Changed) -> String {
        let words = self.words();
        let key = match changed.source {
            Source::Import(_) => "import",
            Source::Undo(_) => "undo",
            Source::Report(_) => "report",
            Source::Classes => "classes",
            Source::Staff => "staff",
            Source::Delivery => "delivery",
            Source::Command => "command",
            Source::Demo => "demo",
        };
        let file = changed.file_name.as_deref().unwrap_or_default();
        fill(keyed(&words.sources, key), &[("file", file)])
    }

    /// What is wrong with a row.
    pub(super) fn problem(&self, problem: &Problem) -> String {
        let text = keyed(&self.words().problems, problem.key());
        let one = |name: &'static str, value: &str| fill(text, &[(name, value)]);
        match problem {
            Problem::OutsideScope { region, scope } => {
                fill(text, &[("region", region), ("scope", scope)])
            }
            Problem::KeyTwice { first }
            | Problem::UnitTwice { first }
            | Problem::SameRowTwice { first } => one("first", &first.to_string()),
            Problem::NearlySameName { other } => one("other", &other.to_string()),
            Problem::EmailLetters { suggestion } => one("suggestion", suggestion),
            Problem::MunicipalityElsewhere { region } => one("region", region),
            Problem::ClassUnknown { allowed } => one("allowed", &allowed.join(", ")),
            Problem::EmailMended { email } => one("email", email),
            Problem::SeveralEmails { taken, .. } => one("taken", taken),
            _ => text.to_owned(),
        }
    }

    pub(super) fn class_problem(&self, problem: &ClassProblem) -> String {
        let problems = &self.words().problems;
        match problem {
            ClassProblem::CodeUnknown => keyed(problems, "code_unknown").to_owned(),
            ClassProblem::ValueUnknown { allowed } => fill(
                keyed(problems, "value_unknown"),
                &[("allowed", &allowed.join(", "))],
            ),
            ClassProblem::OtherValue { first, value } => fill(
                keyed(problems, "other_value"),
                &[("first", &first.to_string()), ("value", value)],
            ),
            ClassProblem::Incomplete => keyed(problems, "incomplete").to_owned(),
            ClassProblem::Cell => keyed(problems, "cell").to_owned(),
        }
    }

    /// Why a file cannot be read.
    pub(super) fn unreadable(&self, why: &Unreadable) -> String {
        let texts = &self.words().unreadable;
        let text = |key| keyed(texts, key).to_owned();
        match why {
            Unreadable::Empty => text("empty"),
            Unreadable::TooLarge { .. } => text("too_large"),
            Unreadable::TooManyRows { limit, .. } => {
                fill(&text("too_many_rows"), &[("limit", &limit.to_string())])
            }
            Unreadable::TooManyColumns { row, limit } => fill(
                &text("too_many_columns"),
                &[("row", &row.to_string()), ("limit", &limit.to_string())],
            ),
            Unreadable::CellTooLong { row, .. } => {
                fill(&text("cell_too_long"), &[("row", &row.to_string())])
            }
            Unreadable::TooMuchText { .. } => text("too_much_text"),
            Unreadable::OldExcel => text("old_excel"),
            Unreadable::BinaryExcel => text("binary_excel"),
            Unreadable::Protected => text("protected"),
            Unreadable::OpenDocument => text("open_document"),
            Unreadable::WebPage => text("web_page"),
            Unreadable::Pdf => text("pdf"),
            Unreadable::NotATable => text("not_a_table"),
            Unreadable::Damaged(_) => text("damaged"),
            Unreadable::UnpacksTooLarge { .. } => text("unpacks_too_large"),
            Unreadable::Entities { .. } => text("entities"),
            Unreadable::NoSheet => text("no_sheet"),
            Unreadable::NoSuchSheet { .. } => text("no_such_sheet"),
        }
    }
}

/// Whether a text is a day like `2022-04-05`, or nothing.
pub(super) fn is_day_or_nothing(text: &str) -> bool {
    text.is_empty() || register::values::Date::from_iso(text).is_some()
}

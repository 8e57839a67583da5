//! Process figures as a file.

use dataset::export::{About, Cell, Dialect};
use survey::{
    answers::Number,
    statistics::{Millionths, Place, Process, Total, Totals},
    text::Language,
};

/// What the columns are called, in every file.
const COLUMNS: [&str; 10] = [
    "round", "rules", "cut", "part", "region", "total", "rule", "measure", "unit", "value",
];
/// What is counted, where it is not what a total is measured in.
const ANSWERS: &str = "answers";
const VALUES: &str = "values";
const QUESTIONS: &str = "questions";

/// The figures as CSV: one line per number, so that any program can take it in, each with what it is measured in.
///
/// Columns: see [`COLUMNS`]. `part` is `rule` or `total`; an empty region is the whole country. `unit` is English, like the
/// names of the measures.
pub fn figures_csv(about: &About, totals: &Totals, process: &Process, dialect: Dialect) -> String {
    let mut file = File {
        round: &about.round,
        rules: about.rule_sets.join("+"),
        cut: &about.cut.written,
        dialect,
        text: String::new(),
    };
    dialect.begin(&mut file.text);
    dialect.line(COLUMNS.into_iter().map(Cell::Text), &mut file.text);
    for ((rule, region), count) in &process.rules {
        for (measure, unit, n) in [
            ("triggered", ANSWERS, count.triggered),
            ("mended", ANSWERS, count.mended),
            ("mended_values", VALUES, count.values),
            ("withdrawn", QUESTIONS, count.withdrawn),
            ("open", QUESTIONS, count.open),
            ("accepted", QUESTIONS, count.accepted),
            ("refused", QUESTIONS, count.refused),
        ] {
            file.line(["rule", region, "", rule, measure, unit], whole(n));
        }
    }
    for (region, place) in &process.places {
        file.place(region, totals, place);
    }
    file.text
}

struct File<'a> {
    round: &'a str,
    rules: String,
    cut: &'a str,
    dialect: Dialect,
    text: String,
}

impl File<'_> {
    fn place(&mut self, region: &str, totals: &Totals, place: &Place) {
        for (total, passage) in totals.list.iter().zip(&place.totals) {
            let unit = unit_of(total);
            let mut of = |rule: &str, measure: &str, unit: &str, value: Number| {
                self.line(["total", region, &total.key, rule, measure, unit], value);
            };
            of("", "typed", unit, sum(passage.typed));
            for step in &passage.steps {
                let values = whole(step.values);
                of(&step.rule, "change", unit, sum(step.change));
                of(&step.rule, "changed_values", VALUES, values);
                of(&step.rule, "changed_units", ANSWERS, whole(step.units));
            }
            of("", "held", unit, sum(passage.held));
            of("", "held_values", VALUES, whole(passage.held_values));
            of("", "cleaned", unit, sum(passage.cleaned));
            of("", "units", ANSWERS, whole(passage.units));
            of("", "without_corrected", unit, sum(passage.uncorrected));
            let units = whole(passage.uncorrected_units);
            of("", "units_without_corrected", ANSWERS, units);
        }
    }

    fn line(&mut self, texts: [&str; 6], value: Number) {
        let cells = [self.round, &self.rules, self.cut]
            .into_iter()
            .chain(texts)
            .map(|text| {
                if text.is_empty() {
                    Cell::Empty
                } else {
                    Cell::Text(text)
                }
            })
            .chain([Cell::Number(value)]);
        self.dialect.line(cells, &mut self.text);
    }
}

fn unit_of(total: &Total) -> &str {
    let unit = total.unit.as_ref();
    unit.map_or("", |unit| unit.get(Language::English))
}

fn sum(sum: Millionths) -> Number {
    let most = if sum < 0 { i64::MIN } else { i64::MAX };
    Number::from_millionths(i64::try_from(sum).unwrap_or(most))
}

fn whole(count: u64) -> Number {
    sum(Millionths::from(count) * Millionths::from(Number::SCALE))
}

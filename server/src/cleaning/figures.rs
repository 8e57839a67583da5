//! Process figures as a file.

use survey::{
    answers::Number,
    cleaning::RuleSet,
    statistics::{Millionths, Process, Totals},
};

/// The figures as CSV with commas and decimal points: one line per number, so that any program can take it in.
///
/// Columns: `round, rules, part, region, total, rule, measure, value`. `part` is `rule` or `total`; an empty region is the
/// whole country.
pub fn figures_csv(round: &str, rules: &RuleSet, totals: &Totals, process: &Process) -> String {
    let mut lines = vec!["round,rules,part,region,total,rule,measure,value".to_owned()];
    let mut line = |cells: [&str; 6]| {
        let cells: Vec<String> = [round, &rules.version]
            .into_iter()
            .chain(cells)
            .map(quoted)
            .collect();
        lines.push(cells.join(","));
    };
    for ((rule, region), count) in &process.rules {
        for (measure, n) in [
            ("triggered", count.triggered),
            ("mended", count.mended),
            ("mended_values", count.values),
            ("withdrawn", count.withdrawn),
            ("open", count.open),
            ("accepted", count.accepted),
            ("refused", count.refused),
        ] {
            line(["rule", region, "", rule, measure, &n.to_string()]);
        }
    }
    for (total, passage) in totals.list.iter().zip(&process.totals) {
        let mut of = |rule: &str, measure: &str, value: String| {
            line(["total", "", &total.key, rule, measure, &value]);
        };
        of("", "typed", plain(passage.typed));
        for step in &passage.steps {
            of(&step.rule, "change", plain(step.change));
            of(&step.rule, "changed_values", step.values.to_string());
            of(&step.rule, "changed_units", step.units.to_string());
        }
        of("", "held", plain(passage.held));
        of("", "held_values", passage.held_values.to_string());
        of("", "cleaned", plain(passage.cleaned));
        of("", "units", passage.units.to_string());
        of("", "without_corrected", plain(passage.uncorrected));
        let units = passage.uncorrected_units.to_string();
        of("", "units_without_corrected", units);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn plain(sum: Millionths) -> String {
    i64::try_from(sum).map_or_else(
        |_| (sum / Millionths::from(Number::SCALE)).to_string(),
        |sum| Number::from_millionths(sum).to_plain(),
    )
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

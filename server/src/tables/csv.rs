use std::fmt::Write as _;

use survey::{
    statistics::{CrossTable, RateRow, RateTable, Ratio},
    text::Language,
};

/// Published tables are in Swedish.
const LANGUAGE: Language = Language::Swedish;

/// UTF-8 with commas, for programs. Classes that have numbers are named by them, others by their labels.
pub fn rate_csv(table: &RateTable, total: &str) -> String {
    let mut csv = "group,answered,not_answered,total,response_rate_pct\n".to_owned();
    for row in table.rows.iter().chain([&table.total]) {
        csv.push_str(&rates(row, total));
        csv.push('\n');
    }
    csv
}

/// The same columns, then two for each inner group: its share of those that answered, and of all.
pub fn cross_csv(table: &CrossTable, total: &str) -> String {
    let mut csv = "group,answered,not_answered,total,response_rate_pct".to_owned();
    for inner in &table.total.inner {
        let name = match inner.category.key.as_str() {
            "" => "unknown",
            key => key,
        };
        let _ = write!(csv, ",{}", field(&format!("{name}_among_answered_pct")));
        let _ = write!(csv, ",{}", field(&format!("{name}_among_all_pct")));
    }
    csv.push('\n');
    for row in table.rows.iter().chain([&table.total]) {
        csv.push_str(&rates(&row.row, total));
        for inner in &row.inner {
            let _ = write!(
                csv,
                ",{},{}",
                percent(inner.among_answered),
                percent(inner.among_all)
            );
        }
        csv.push('\n');
    }
    csv
}

fn rates(row: &RateRow, total: &str) -> String {
    let name = row
        .category
        .as_ref()
        .map_or(total, |category| category.published(LANGUAGE));
    format!(
        "{},{},{},{},{}",
        field(name),
        row.answered,
        row.not_answered,
        row.total,
        percent(row.rate.share)
    )
}

fn percent(share: Ratio) -> String {
    share
        .percent()
        .map(|percent| percent.to_string())
        .unwrap_or_default()
}

/// Names come from files that others send. A spreadsheet would run one that begins like a formula: it gets an apostrophe.
pub(crate) fn field(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_break_the_line_is_quoted_and_one_that_would_run_is_not_run() {
        assert_eq!(field("Region Norr"), "Region Norr");
        assert_eq!(field("Norr, Söder"), "\"Norr, Söder\"");
        assert_eq!(field("\"Norr\""), "\"\"\"Norr\"\"\"");
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("@SUM(A1),2"), "\"'@SUM(A1),2\"");
    }
}

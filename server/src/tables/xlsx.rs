use app::{fill, staff::rates::RatesWords};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError as Refused,
};
use survey::{
    statistics::{Definition, RateRow, Ratio},
    text::Language,
};

use super::Tables;
use crate::clock::in_sweden;

/// The workbook's file.
pub const WORKBOOK: &str = "response_rates.xlsx";

/// The most characters that a sheet's name may have.
const SHEET_NAME: usize = 31;
const FIRST_COLUMN: f64 = 50.0;
const OTHER_COLUMNS: f64 = 18.0;

#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct XlsxError(#[from] Refused);

/// One Excel file with a sheet for each table, and one that tells what the numbers mean. Texts are written as texts: none is
/// run as a formula.
pub fn workbook(
    tables: &Tables,
    words: &RatesWords,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let taken = ExcelDateTime::from_timestamp(tables.taken_at.millis().div_euclid(1000))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&taken));
    let mut names = SheetNames::default();
    for table in &tables.by {
        let dimension = table.dimension.label.get(language);
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.unique(dimension))?;
        let title = fill(&words.by, &[("dimension", &lower(dimension))]);
        let mut lines = Lines::begin(sheet, &title)?;
        lines.headings(dimension, words, std::iter::empty())?;
        for row in table.rows.iter().chain([&table.total]) {
            lines.rates(row, words, language)?;
            lines.end();
        }
    }
    crossed(&mut workbook, &mut names, tables, words, language)?;
    notes(&mut workbook, &mut names, tables, words)?;
    Ok(workbook.save_to_buffer()?)
}

fn crossed(
    workbook: &mut Workbook,
    names: &mut SheetNames,
    tables: &Tables,
    words: &RatesWords,
    language: Language,
) -> Result<(), Refused> {
    let table = &tables.by_region_and_ownership;
    let (outer, inner) = (
        table.outer.label.get(language),
        table.inner.label.get(language),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(names.unique(&format!("{inner}, {}", lower(outer))))?;
    let title = fill(
        &words.crossed,
        &[("inner", &lower(inner)), ("outer", &lower(outer))],
    );
    let mut lines = Lines::begin(sheet, &title)?;
    let headings = table.total.inner.iter().flat_map(|inner| {
        let category = inner.category.label.get(language);
        [&words.among_answered, &words.among_all].map(|text| fill(text, &[("category", category)]))
    });
    lines.headings(outer, words, headings)?;
    for row in table.rows.iter().chain([&table.total]) {
        lines.rates(&row.row, words, language)?;
        for inner in &row.inner {
            lines.percent(inner.among_answered)?;
            lines.percent(inner.among_all)?;
        }
        lines.end();
    }
    Ok(())
}

fn notes(
    workbook: &mut Workbook,
    names: &mut SheetNames,
    tables: &Tables,
    words: &RatesWords,
) -> Result<(), Refused> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(names.unique(&words.notes))?;
    let wrapped = Format::new().set_text_wrap();
    sheet.set_column_width(0, 24.0)?.set_column_width(1, 90.0)?;
    let taken = in_sweden(tables.taken_at)
        .strftime("%Y-%m-%d %H:%M")
        .to_string();
    let mut lines = vec![
        (words.notes_round.clone(), tables.round.key.clone()),
        (words.notes_taken.clone(), taken),
        (words.percent.clone(), words.notes_definition.clone()),
    ];
    if tables.round.pilot {
        lines.push((String::new(), words.notes_pilot.clone()));
    }
    lines.extend(Definition::ALL.into_iter().filter_map(|definition| {
        let text = format!("{}: {}", definition.formula(), words.definition(definition));
        Some((definition.aapor()?.to_owned(), text))
    }));
    for (row, (name, text)) in (0..).zip(lines) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string_with_format(row, 1, text, &wrapped)?;
    }
    Ok(())
}

/// A sheet that is written from the top.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
}

impl<'a> Lines<'a> {
    fn begin(sheet: &'a mut Worksheet, title: &str) -> Result<Self, Refused> {
        sheet.write_string_with_format(0, 0, title, &Format::new().set_bold())?;
        sheet.set_column_width(0, FIRST_COLUMN)?;
        Ok(Self {
            sheet,
            row: 2,
            column: 0,
        })
    }

    fn headings(
        &mut self,
        first: &str,
        words: &RatesWords,
        more: impl Iterator<Item = String>,
    ) -> Result<(), Refused> {
        let heading = Format::new().set_bold().set_text_wrap();
        let own = [
            first,
            &words.answered,
            &words.not_answered,
            &words.row_total,
            &words.percent,
        ];
        for text in own.into_iter().map(str::to_owned).chain(more) {
            if self.column > 0 {
                self.sheet.set_column_width(self.column, OTHER_COLUMNS)?;
            }
            self.sheet
                .write_string_with_format(self.row, self.column, text, &heading)?;
            self.column += 1;
        }
        self.end();
        self.sheet.set_freeze_panes(self.row, 1)?;
        Ok(())
    }

    fn rates(
        &mut self,
        row: &RateRow,
        words: &RatesWords,
        language: Language,
    ) -> Result<(), Refused> {
        let name = row
            .category
            .as_ref()
            .map_or(words.total.as_str(), |category| {
                category.label.get(language)
            });
        self.sheet.write_string(self.row, self.column, name)?;
        self.column += 1;
        for count in [row.answered, row.not_answered, row.total] {
            self.number(Some(count))?;
        }
        self.percent(row.rate.share)
    }

    fn percent(&mut self, share: Ratio) -> Result<(), Refused> {
        self.number(share.percent())
    }

    /// Cases and percentages are far below what a cell can hold exactly.
    fn number(&mut self, number: Option<u64>) -> Result<(), Refused> {
        if let Some(number) = number {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.sheet.write_number(self.row, self.column, number)?;
        }
        self.column += 1;
        Ok(())
    }

    fn end(&mut self) {
        self.row += 1;
        self.column = 0;
    }
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Names that Excel takes, each given once.
#[derive(Default)]
struct SheetNames(Vec<String>);

impl SheetNames {
    fn unique(&mut self, label: &str) -> String {
        let allowed =
            |letter: &char| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
        let plain: String = label.chars().filter(allowed).collect();
        let mut name = cut(&plain, SHEET_NAME);
        let mut number = 1;
        while name.is_empty() || self.0.contains(&name.to_lowercase()) {
            number += 1;
            name = cut(
                &format!("{} {number}", cut(&plain, SHEET_NAME - 4)),
                SHEET_NAME,
            );
        }
        self.0.push(name.to_lowercase());
        name
    }
}

fn cut(text: &str, most: usize) -> String {
    text.chars()
        .take(most)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_a_name_that_excel_takes_and_no_other_has() {
        let mut names = SheetNames::default();
        assert_eq!(names.unique("Kommuntyp"), "Kommuntyp");
        assert_eq!(names.unique("kommuntyp"), "kommuntyp 2");
        assert_eq!(names.unique("a/b:[c]"), "abc");
        assert_eq!(names.unique("??"), "2");
        assert_eq!(names.unique(&"x".repeat(40)).chars().count(), SHEET_NAME);
    }
}

use std::borrow::Cow;

use super::{Cell, Record, Table, excel};

/// How a CSV file is written. Both are UTF-8, and quote a field with a separator, a quotation mark, a line break or white space
/// at either end, with quotation marks doubled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// For programs: comma, decimal point, lines that end with `\n`, no mark of the encoding. Texts stand exactly as typed, so
    /// that what is read is what was written; programs run no formulas.
    Program,
    /// For Excel in Swedish: semicolon, decimal comma, lines that end with `\r\n`, a byte order mark. A text that Excel would run or
    /// turn into something else gets an apostrophe in front.
    SwedishExcel,
}

/// A table as CSV, line by line.
#[derive(Clone, Copy, Debug)]
pub struct Csv<'a> {
    pub table: &'a Table,
    pub dialect: Dialect,
}

impl Csv<'_> {
    /// Adds what stands before the first unit: the names of the columns.
    pub fn head(&self, to: &mut String) {
        self.dialect.begin(to);
        let names = self.table.columns.iter();
        self.dialect
            .line(names.map(|column| Cell::Text(&column.name)), to);
    }

    /// Adds the unit's line.
    pub fn line(&self, record: &Record, to: &mut String) {
        self.dialect.line(self.table.row(record), to);
    }
}

impl Dialect {
    /// What a file begins with.
    pub fn begin(self, to: &mut String) {
        if self == Self::SwedishExcel {
            to.push('\u{feff}');
        }
    }

    /// Adds a line of cells.
    pub fn line<'a>(self, cells: impl Iterator<Item = Cell<'a>>, to: &mut String) {
        let (separator, end) = match self {
            Self::Program => (',', "\n"),
            Self::SwedishExcel => (';', "\r\n"),
        };
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                to.push(separator);
            }
            match cell {
                Cell::Empty => {}
                Cell::Number(number) if self == Self::Program => to.push_str(&number.to_plain()),
                Cell::Number(number) => to.push_str(&number.to_plain().replace('.', ",")),
                Cell::Text(text) => {
                    let text = match self {
                        Self::Program => Cow::Borrowed(text),
                        Self::SwedishExcel => excel::in_a_line(text),
                    };
                    field(&text, separator, to);
                }
            }
        }
        to.push_str(end);
    }
}

fn field(text: &str, separator: char, to: &mut String) {
    let at_the_end = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
    let quoted = text.contains([separator, '"', '\n', '\r'])
        || at_the_end(text.chars().next())
        || at_the_end(text.chars().next_back());
    if !quoted {
        to.push_str(text);
        return;
    }
    to.push('"');
    for (place, part) in text.split('"').enumerate() {
        if place > 0 {
            to.push_str("\"\"");
        }
        to.push_str(part);
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use survey::answers::Number;

    use super::*;

    fn written(dialect: Dialect, cells: &[Cell<'_>]) -> String {
        let mut text = String::new();
        dialect.line(cells.iter().copied(), &mut text);
        text
    }

    #[test]
    fn a_program_gets_commas_points_and_texts_as_typed() {
        let half = Number::parse_plain("-1234.5").unwrap();
        let cells = [
            Cell::Text("vc-1"),
            Cell::Empty,
            Cell::Number(half),
            Cell::Text("=1+1"),
            Cell::Text("a,\"b\"\r\nc"),
            Cell::Text(" 5 "),
        ];
        assert_eq!(
            written(Dialect::Program, &cells),
            "vc-1,,-1234.5,=1+1,\"a,\"\"b\"\"\r\nc\",\" 5 \"\n"
        );
    }

    #[test]
    fn swedish_excel_gets_semicolons_decimal_commas_and_guarded_texts() {
        let half = Number::parse_plain("-1234.5").unwrap();
        let cells = [
            Cell::Text("vc-1"),
            Cell::Empty,
            Cell::Number(half),
            Cell::Text("=1+1"),
            Cell::Text("1/2"),
            Cell::Text("a;b"),
        ];
        assert_eq!(
            written(Dialect::SwedishExcel, &cells),
            "vc-1;;-1234,5;'=1+1;'1/2;\"a;b\"\r\n"
        );
    }
}

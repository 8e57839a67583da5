//! Excel files as Excel writes them.

mod support;

use register::{CellFault, Format, Limits, Unreadable, quiet, read};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use support::{excel, grid, open, sheet};

#[test]
fn cells_read_as_a_person_sees_them() {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    let date = Style::new().set_num_format("yyyy\\-mm\\-dd");
    let money = Style::new().set_num_format("#,##0.00 [$kr-41D]");
    page.write(0, 0, "Vårdcentral").unwrap();
    page.write(0, 1, "  Åsen <södra> & norra  ").unwrap();
    page.write(1, 0, 8500).unwrap();
    page.write(1, 1, 0.1 + 0.2).unwrap();
    page.write_number_with_format(1, 2, 12.5, &money).unwrap();
    page.write_boolean(1, 3, true).unwrap();
    page.write_with_format(2, 0, ExcelDateTime::from_ymd(2022, 4, 5).unwrap(), &date)
        .unwrap();
    page.write_with_format(
        2,
        1,
        ExcelDateTime::from_ymd(1999, 12, 31)
            .unwrap()
            .and_hms(23, 59, 59)
            .unwrap(),
        &Style::new().set_num_format_index(22),
    )
    .unwrap();
    page.write(2, 2, -3).unwrap();
    let table = open(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        grid(&table),
        [
            vec!["Vårdcentral", "Åsen <södra> & norra"],
            vec!["8500", "0.3", "12.5", "true"],
            vec!["2022-04-05", "1999-12-31", "-3"],
        ]
    );
}

#[test]
fn empty_rows_and_columns_leave_rows_their_numbers() {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.write(3, 2, "Namn").unwrap();
    page.write_blank(4, 150, &Style::new().set_bold()).unwrap();
    page.merge_range(9, 0, 9, 3, "Åsen", &Style::new()).unwrap();
    let table = open(&workbook.save_to_buffer().unwrap()).unwrap();
    let numbers: Vec<u32> = table.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [4, 10]);
    assert_eq!(grid(&table), [vec!["", "", "Namn"], vec!["Åsen"]]);
}

#[test]
fn a_formula_counts_as_its_value_and_is_a_fault_without_one() {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.write_formula(0, 0, Formula::new("=2*21").set_result("42"))
        .unwrap();
    page.write_formula(
        0,
        1,
        Formula::new("=\"a\"&\"b\"").set_result("=HYPERLINK(\"x\")"),
    )
    .unwrap();
    let table = open(&workbook.save_to_buffer().unwrap()).unwrap();
    let row = table.row(0).unwrap();
    assert_eq!((row.cell(0), row.fault(0)), ("42", None));
    assert_eq!(row.fault(1), Some(CellFault::LooksLikeFormula));
    let bare = open(&sheet(
        r#"<row r="1"><c r="A1"><f>NOW()</f></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>"#,
    ))
    .unwrap();
    let row = bare.row(0).unwrap();
    assert_eq!(
        (row.cell(0), row.fault(0)),
        ("=NOW()", Some(CellFault::FormulaWithoutValue))
    );
    assert_eq!(row.fault(1), Some(CellFault::ExcelError));
    assert_eq!(row.fault(2), None);
}

#[test]
fn the_first_visible_sheet_that_holds_anything_is_read_unless_one_is_chosen() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Dold")
        .unwrap()
        .set_hidden(true)
        .write(0, 0, "dold")
        .unwrap();
    workbook.add_worksheet().set_name("Tom").unwrap();
    workbook
        .add_worksheet()
        .set_name("Enheter")
        .unwrap()
        .set_active(true)
        .write(0, 0, "Namn")
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let table = open(&bytes).unwrap();
    assert_eq!(
        table.format,
        Format::Excel {
            sheet: "Enheter".to_owned(),
            sheets: vec!["Dold".to_owned(), "Tom".to_owned(), "Enheter".to_owned()],
        }
    );
    let chosen = |name| read(&bytes, Some(name), &Limits::default(), &mut quiet);
    assert_eq!(grid(&chosen("Dold").unwrap()), [["dold"]]);
    assert_eq!(chosen("Tom").unwrap_err(), Unreadable::NoSheet);
    assert!(matches!(
        chosen("Borta").unwrap_err(),
        Unreadable::NoSuchSheet { name, .. } if name == "Borta"
    ));
}

#[test]
fn texts_in_pieces_come_together_without_their_pronunciation() {
    let strings = "<sst><si><r><t>Åsens </t></r><r><t>vård</t></r><rPh><t>uttal</t></rPh></si><si><t>a_x000D_b_x00z_</t></si></sst>";
    let rows = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>i</t><t>n</t></is></c></row></sheetData></worksheet>"#;
    let table = open(&excel(rows, strings)).unwrap();
    assert_eq!(grid(&table), [["Åsens vård", "a\rb_x00z_", "in"]]);
}

#[test]
fn names_with_a_prefix_are_the_same_names() {
    let rows = r#"<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    let table = open(&excel(rows, "<sst/>")).unwrap();
    assert_eq!(grid(&table), [["", "7"]]);
    assert_eq!(table.row(0).unwrap().number(), 2);
}

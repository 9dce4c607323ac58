//! The workbook's figures are the engine's: as it is written. `tests/programs/spreadsheet.rs` has
//! LibreOffice work it out again.

use rust_decimal::Decimal;
use wholelife::export::xlsx::xlsx;
use wholelife::report;
use wholelife::scenario::format::Takes;
use wholelife::scenario::{self, Unit};
use wholelife::workbook::{Content, Role, Taken, Value};

use crate::shared::cases::{case, parts, scenarios};

/// What two figures may differ by: a penny.
fn penny() -> Decimal {
    Decimal::new(1, 2)
}

/// Every formula knows its own value; where the engine has the figure, the two are the same.
#[test]
fn every_formula_gives_the_engines_figure() {
    for file in scenarios() {
        let book = report::workbook_alone(&case(&file, &[]));
        let mut count = 0;
        for sheet in &book.sheets {
            for cell in &sheet.cells {
                let Content::Formula(formula) = &cell.content else { continue };
                count += 1;
                let place = format!(
                    "{}: {} row {} column {}",
                    file.display(),
                    sheet.name,
                    cell.row + 1,
                    cell.column + 1
                );
                match (&formula.told, &formula.computed) {
                    (Value::Number(told), Value::Number(computed)) => {
                        assert!(
                            (told - computed).abs() < penny(),
                            "{place}: {computed} is not {told}: {}",
                            formula.text
                        );
                    }
                    (told, computed) => assert_eq!(told, computed, "{place}: {}", formula.text),
                }
            }
        }
        assert!(count > 500, "{}: only {count} formulas", file.display());
    }
}

/// Written twice, a workbook is the same; it hides nothing, runs nothing and reaches for nothing outside.
#[test]
fn a_workbook_is_plain() {
    let file = scenarios().pop().expect("a scenario");
    let written = || xlsx(&report::workbook_alone(&case(&file, &[]))).expect("a workbook");
    let bytes = written();
    assert_eq!(bytes, written());
    for (name, part) in parts(&bytes) {
        let text = String::from_utf8(part).expect("text");
        assert!(!name.contains("external") && !name.contains("vba"), "{name}");
        assert!(!text.contains("hidden"), "{name} hides something");
        if name.starts_with("xl/worksheets/sheet") {
            for wanted in [
                "orientation=\"landscape\"",
                "paperSize=\"9\"",
                "state=\"frozen\"",
                "fitToWidth",
                "oddFooter",
            ] {
                let by_default = wanted == "fitToWidth" && text.contains("fitToHeight=\"0\"");
                assert!(by_default || text.contains(wanted), "{name}: no {wanted}");
            }
        }
    }
}

/// A financial year stands in the same column on every sheet that has years across.
#[test]
fn there_is_one_time_line() {
    let file = scenarios().swap_remove(0);
    let case = case(&file, &[]);
    let book = report::workbook_alone(&case);
    let mut sheets = 0;
    for sheet in &book.sheets {
        let heads = sheet.cells.iter().filter(|cell| cell.style.role == Role::Head);
        let years: Vec<(u16, &str)> = heads
            .filter_map(|cell| match &cell.content {
                Content::Text(words) if words.len() == 7 && words.as_bytes()[4] == b'-' => {
                    Some((cell.column, words.as_str()))
                }
                _ => None,
            })
            .collect();
        sheets += usize::from(!years.is_empty());
        for (column, year) in years {
            let t = usize::from(column) - 4;
            assert_eq!(case.plan.horizon.year(t).to_string(), year, "{}", sheet.name);
        }
    }
    assert_eq!(sheets, 7, "costs, benefits, discounting, funding, accounts, categories, assets");
}

/// The cell of every live input takes the range that the format states for its key, and that of a frozen one its own
/// value alone; the master check has its red.
#[test]
fn a_cell_takes_what_its_key_takes() {
    let file = scenarios().pop().expect("a scenario");
    let book = report::workbook_alone(&case(&file, &[]));
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "Assumptions").expect("the sheet");
    let format = scenario::format::format();
    let (mut of_format, mut frozen) = (0, 0);
    for rule in &sheet.rules {
        let key =
            sheet.cells.iter().find(|cell| (cell.row, cell.column) == (rule.place.row, 0)).expect("a key");
        let Content::Text(key) = &key.content else { panic!("a key is text") };
        match rule.takes {
            Taken::Only(_) => frozen += 1,
            Taken::Between(low, high) => {
                let Some(Takes::Quantity(measure)) = format.key(key).map(|key| &key.takes) else { continue };
                let (least, most) = measure.bounds();
                let whole =
                    if measure.units()[0] == Unit::Rate { Decimal::ONE_HUNDRED } else { Decimal::ONE };
                assert_eq!((low * whole, high * whole), (least.into(), most.into()), "{key}");
                of_format += 1;
            }
            Taken::Above(..) | Taken::Either => {}
        }
    }
    assert!(of_format > 10, "only {of_format} keys of the format were found");
    assert!(frozen > 40, "only {frozen} frozen cells");
    let rule = |key: &str| {
        let named = |content: &Content| matches!(content, Content::Text(words) if words == key);
        let row =
            sheet.cells.iter().find(|cell| cell.column == 0 && named(&cell.content)).expect("a key").row;
        sheet.rules.iter().find(|rule| rule.place.row == row).expect("a rule").takes
    };
    // As docs/scenario.md has them: growth of an index -50% to 50%, a share 0% to 100%, a life 1 to 1,200 months.
    let half = Decimal::new(5, 1);
    assert_eq!(rule("index.special.growth.2027-28"), Taken::Between(-half, half));
    assert_eq!(rule("post.nurse.shares.partner"), Taken::Between(Decimal::ZERO, Decimal::ONE));
    assert_eq!(rule("service.one.life"), Taken::Between(Decimal::ONE, Decimal::from(1_200)));
    assert_eq!(rule("cost.engine.vat"), Taken::Either);
    assert_eq!(rule("service.one.effort.beta"), Taken::Only(Decimal::from(5)));
    let bytes = xlsx(&book).expect("a workbook");
    let red =
        |(_, part): &(String, Vec<u8>)| String::from_utf8_lossy(part).contains("<conditionalFormatting");
    assert_eq!(parts(&bytes).iter().filter(|part| red(part)).count(), 2, "Summary and Checks");
}

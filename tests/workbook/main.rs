//! The workbook's figures are the engine's: as it is written, and when LibreOffice works it out anew.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../shared/mod.rs"]
mod shared;

mod engine;
mod office;
mod proof;

use engine::{case, scenarios};
use rust_decimal::Decimal;
use wholelife::report;
use wholelife::workbook::{Content, Value};

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
                let place = format!("{}: {} row {} column {}", file.display(), sheet.name, cell.row + 1, cell.column + 1);
                match (&formula.told, &formula.computed) {
                    (Value::Number(told), Value::Number(computed)) => {
                        assert!((told - computed).abs() < penny(), "{place}: {computed} is not {told}: {}", formula.text);
                    }
                    (told, computed) => assert_eq!(told, computed, "{place}: {}", formula.text),
                }
            }
        }
        assert!(count > 500, "{}: only {count} formulas", file.display());
    }
}

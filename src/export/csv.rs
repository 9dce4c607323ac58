//! CSV for spreadsheets: UTF-8, one header row, one table a file, raw numbers without signs or separators.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, even out of a CSV file.
//! Text that begins so gets an apostrophe in front; numbers, which may begin with `-`, are left alone. No
//! text gets through without that, headings included.

use ::csv::{QuoteStyle, WriterBuilder};

use super::figure;
use crate::table::{Cell, ColumnKind, RowRole, Table};

/// What tells Excel that a file is UTF-8; without it `£` and `–` come out as two characters each.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table as CSV text, for other programs. Section headings become a first column, `section`, so that each
/// row stands alone; indentation, title and notes are left out.
pub fn text(table: &Table) -> String {
    let has_sections = table.rows.iter().any(|row| row.role == RowRole::Section);
    let mut out = WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    let mut write = |section: &str, fields: Vec<String>| {
        let section = has_sections.then(|| section.to_owned());
        // Into memory, every record as long as the first: it can't fail.
        let written = out.write_record(section.into_iter().chain(fields));
        debug_assert!(written.is_ok());
    };
    write("section", table.columns.iter().map(|column| safe(&figure::heading(column))).collect());
    let mut section = String::new();
    for row in &table.rows {
        if row.role == RowRole::Section {
            section = safe(row.cells.first().map_or("", Cell::words));
        } else {
            let fields = row.cells.iter().zip(&table.columns);
            write(&section, fields.map(|(cell, column)| field(cell, column.kind)).collect());
        }
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A table as a CSV file that Excel opens rightly with a double click.
pub fn file(table: &Table) -> Vec<u8> {
    [BYTE_ORDER_MARK, &text(table)].concat().into_bytes()
}

/// A column of one kind stays so, with empty cells where there is no figure; where figures of several kinds
/// stand together anyway, the reason is told.
fn field(cell: &Cell, kind: ColumnKind) -> String {
    match cell {
        Cell::Text(words) => safe(words),
        Cell::Nothing(Some(reason)) if kind == ColumnKind::Figures || kind == ColumnKind::Text => {
            safe(reason)
        }
        figure => figure::raw(figure).unwrap_or_default(),
    }
}

/// Text that turns no writing around, and that no spreadsheet takes for a formula. Leading white space doesn't hide one: some programs trim it.
fn safe(text: &str) -> String {
    let text: &str = &figure::directions_shown(text);
    let starts_formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let begins_with_control = text.starts_with(|c: char| c.is_control());
    if begins_with_control || text.trim_start().starts_with(starts_formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{FinancialYear, Month};
    use crate::table::ColumnKind::{Figures, Money, Text, Year};
    use rust_decimal::Decimal;

    #[test]
    fn numbers_are_raw_and_text_is_harmless() {
        let mut table = Table::new("Costs")
            .column("=Option", Text)
            .column("Cost", Money)
            .column("Year", Year)
            .column("Live", ColumnKind::Month);
        table.push(vec![
            Cell::text("-2+3+cmd|' /C calc'!A0"),
            Cell::Money(Decimal::from(-1_234_567)),
            Cell::Year(FinancialYear::new(2026)),
            Cell::Month(Month::parse("2026-04").expect("a month")),
        ]);
        assert_eq!(
            text(&table),
            "'=Option,Cost,Year,Live\n'-2+3+cmd|' /C calc'!A0,-1234567.00,2026-27,2026-04\n"
        );
    }

    #[test]
    fn every_way_to_begin_a_formula_is_stopped() {
        for text in ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u{a0}=1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        for text in ["Team-funded", "£1 = 100p", "", "– none", "'quoted'"] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn sections_become_a_column() {
        let mut table = Table::new("Costs").column("Item", Text).column("Cost", Money);
        table.push_section("Whole life");
        table.push_indented(1, vec![Cell::text("Run, hosting"), Cell::Money(Decimal::new(105, 1))]);
        table.push_section("=Year");
        table.push_total(vec![Cell::text("All"), Cell::Money(Decimal::ONE)]);
        assert_eq!(text(&table), "section,Item,Cost\nWhole life,\"Run, hosting\",10.50\n'=Year,All,1.00\n");
    }

    #[test]
    fn an_absent_figure_leaves_a_column_of_one_kind_pure() {
        let mut table = Table::new("Measures").column("Cost", Money).column("Team", Figures);
        table.push(vec![Cell::nothing("not within 11 years"), Cell::nothing("not within 11 years")]);
        table.push(vec![Cell::Nothing(None), Cell::Nothing(None)]);
        assert_eq!(text(&table), "Cost,Team\n,not within 11 years\n,\n");
    }

    #[test]
    fn a_name_that_turns_the_writing_around_is_shown_as_that() {
        assert_eq!(safe("a\u{202e}b"), "a[U+202E]b");
    }

    #[test]
    fn a_file_says_that_it_is_utf_8() {
        let table = Table::new("£").column("£", Text);
        assert_eq!(file(&table), "\u{feff}£\n".as_bytes());
    }
}

//! Sheets of values: tables as they stand elsewhere, and the sources of the parameters.

use crate::parameters::Edition;
use crate::report::Case;
use crate::table::{Cell, ColumnKind, RowRole, Table};
use crate::workbook::{Role, Sheet, Shown, serial};

/// Tables one below the other, as values.
pub(super) fn values(name: &'static str, title: &str, notes: &[&str], tables: &[&Table]) -> Sheet {
    let columns = tables.iter().map(|table| table.columns.len()).max().unwrap_or(1);
    let mut widths = vec![40.0];
    widths.extend((1..columns).map(|_| 16.0));
    let mut sheet = Sheet::new(name, widths, (notes.len() as u32 + 1, 1));
    sheet.text((0, 0), Role::Title, title);
    for (row, note) in notes.iter().enumerate() {
        sheet.text((row as u32 + 1, 0), Role::Note, *note);
    }
    let mut row = notes.len() as u32 + 2;
    for table in tables {
        sheet.text((row, 0), Role::Section, table.title.clone());
        for column in 1..columns as u16 {
            sheet.text((row, column), Role::Section, "");
        }
        row += 1;
        for (column, head) in table.columns.iter().enumerate() {
            sheet.text((row, column as u16), Role::Head, head.name.replace('_', " "));
        }
        row += 1;
        for line in &table.rows {
            for (column, (cell, head)) in line.cells.iter().zip(&table.columns).enumerate() {
                put(&mut sheet, (row, column as u16), cell, head.kind, line.role);
            }
            row += 1;
        }
        for note in &table.notes {
            sheet.text((row, 0), Role::Note, note.clone());
            row += 1;
        }
        row += 1;
    }
    sheet
}

fn put(sheet: &mut Sheet, at: (u32, u16), cell: &Cell, kind: ColumnKind, role: RowRole) {
    let role = if role == RowRole::Plain { Role::Frozen } else { Role::Total };
    let words = if matches!(kind, ColumnKind::Text) { Role::Plain } else { role };
    match cell {
        Cell::Text(text) => sheet.text(at, words, text.clone()),
        Cell::Nothing(reason) => sheet.text(at, words, reason.clone().unwrap_or_default()),
        Cell::Year(year) => sheet.text(at, words, year.to_string()),
        Cell::Month(month) => {
            sheet.number(at, Shown::Month.role(role), serial(*month));
        }
        Cell::Money(value) => {
            sheet.number(at, Shown::Pounds.role(role), *value);
        }
        Cell::Rate(value) => {
            sheet.number(at, Shown::Rate.role(role), *value);
        }
        Cell::Number(value, _) => {
            sheet.number(at, Shown::Number.role(role), *value);
        }
        Cell::Count(value) => {
            sheet.number(at, Shown::Count.role(role), (*value).into());
        }
    }
}

/// Where figures come from: this program, the scenario, and the series of the parameter edition.
pub(super) fn sources(case: &Case) -> Sheet {
    let programme = &case.scenario.programme;
    let mut sheet = Sheet::new("Sources", vec![34.0, 70.0, 60.0], (3, 1));
    sheet.text((0, 0), Role::Title, format!("Sources: {}", programme.name));
    for (column, words) in ["What", "Which", "Where"].into_iter().enumerate() {
        sheet.text((2, column as u16), Role::Head, words);
    }
    let mut row = 3;
    let mut line = |words: [&str; 3]| {
        for (column, words) in words.into_iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            sheet.text((row, column as u16), Role::Plain, words);
        }
        row += 1;
    };
    line(["Program", &format!("wholelife {}", env!("CARGO_PKG_VERSION")), ""]);
    line(["Scenario", &programme.name, &programme.organisation]);
    line(["Price base", &programme.prices.to_string(), ""]);
    line(["Discount schedule", &programme.discount, ""]);
    if let Some(edition) = Edition::named(&programme.edition) {
        line([
            "Parameter edition",
            &format!("{}: {}, {}", edition.name(), edition.title(), edition.dated()),
            "",
        ]);
        for series in edition.series() {
            line(["Parameter series", &series.title, &format!("{} ({})", series.publisher, series.path)]);
        }
    }
    line(["Each figure", "Its source, date and status stand beside it in Assumptions.", ""]);
    sheet
}

//! The two shapes of a table of figures: tidy, a row a figure, as tools read; and wide, years across, as
//! finance reads.

use crate::table::{Cell, Column, ColumnKind, RowRole, Table};

/// Several statements as one table with a row for each figure: the statement, the section, the line, the
/// column and the figure. Balances have no sum; empty cells are left out.
pub fn tidy(title: &str, what: &str, tables: &[Table]) -> Table {
    let mut tidy = Table::new(title)
        .column(what, ColumnKind::Text)
        .column("section", ColumnKind::Text)
        .column("line", ColumnKind::Text)
        .column("column", ColumnKind::Text)
        .column("amount", ColumnKind::Money);
    for (table, section, cells) in lines(tables) {
        let line = cells.first().map_or("", Cell::words);
        for (column, cell) in table.columns.iter().zip(cells).skip(1) {
            if let Cell::Money(amount) = cell {
                let words = [table.title.as_str(), section, line, column.name.as_str()];
                let mut cells: Vec<Cell> = words.into_iter().map(Cell::text).collect();
                cells.push(Cell::Money(*amount));
                tidy.push(cells);
            }
        }
    }
    tidy
}

/// Several statements with the same columns below one another, each line with its statement and section.
pub fn stacked(title: &str, what: &str, tables: &[Table]) -> Table {
    let mut stacked = Table::new(title).column(what, ColumnKind::Text).column("section", ColumnKind::Text);
    stacked.columns.extend(tables.first().into_iter().flat_map(|table| table.columns.iter().cloned()));
    let width = stacked.columns.len() - 2;
    for (table, section, cells) in lines(tables).filter(|(_, _, cells)| cells.len() == width) {
        let head = [table.title.as_str(), section].map(Cell::text);
        stacked.push(head.into_iter().chain(cells.iter().cloned()).collect());
    }
    stacked
}

/// The rows of tables that hold figures, each with its table and the heading it stands under.
fn lines(tables: &[Table]) -> impl Iterator<Item = (&Table, &str, &[Cell])> {
    tables.iter().flat_map(|table| {
        let mut section = "";
        table.rows.iter().filter_map(move |row| {
            if row.role == RowRole::Section {
                section = row.cells.first().map_or("", Cell::words);
                return None;
            }
            Some((table, section, row.cells.as_slice()))
        })
    })
}

/// Whether a column says what a row is about, and holds no figure.
fn is_key(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Text | ColumnKind::Year | ColumnKind::Month)
}

/// A table of several figures a row with a row for each of them, named `measure` and `value`. Empty cells are
/// left out.
pub fn a_row_a_figure(table: &Table) -> Table {
    let mut tidy = Table::new(table.title.clone());
    tidy.notes.clone_from(&table.notes);
    tidy.columns = table.columns.iter().filter(|column| is_key(column)).cloned().collect();
    tidy = tidy.column("measure", ColumnKind::Text).column("value", ColumnKind::Figures);
    for row in &table.rows {
        let cells = || row.cells.iter().zip(&table.columns);
        let keys: Vec<Cell> = cells().filter(|(_, c)| is_key(c)).map(|(cell, _)| cell.clone()).collect();
        for (figure, column) in cells().filter(|(cell, c)| !is_key(c) && !matches!(cell, Cell::Nothing(_))) {
            let figure = [Cell::text(&column.name), figure.clone()];
            tidy.push(keys.iter().cloned().chain(figure).collect());
        }
    }
    tidy
}

/// A table with a row for each financial year turned so that the years stand across: a row for each figure of
/// each thing, in the order in which they come.
pub fn wide(table: &Table) -> Table {
    let kind_of = |cell: &Cell| if let Cell::Year(year) = cell { Some(*year) } else { None };
    let mut years: Vec<_> = table.rows.iter().flat_map(|row| row.cells.iter().filter_map(kind_of)).collect();
    years.sort_unstable();
    years.dedup();
    let texts = || table.columns.iter().filter(|column| column.kind == ColumnKind::Text);
    let mut wide = Table::new(table.title.clone());
    wide.notes.clone_from(&table.notes);
    wide.columns = texts().cloned().collect();
    wide = wide.column("measure", ColumnKind::Text);
    for year in &years {
        wide = wide.column(year.to_string(), ColumnKind::Figures);
    }
    let keys = texts().count() + 1;
    for row in &table.rows {
        let Some(year) = row.cells.iter().find_map(kind_of) else { continue };
        let place = years.iter().position(|&y| y == year).map_or(keys, |place| keys + place);
        let cells = || row.cells.iter().zip(&table.columns);
        let texts = cells().filter(|(_, c)| c.kind == ColumnKind::Text).map(|(cell, _)| cell.clone());
        let texts: Vec<Cell> = texts.collect();
        for (figure, column) in cells().filter(|(_, column)| !is_key(column)) {
            let head: Vec<Cell> = texts.iter().cloned().chain([Cell::text(&column.name)]).collect();
            let known = wide.rows.iter().position(|row| row.cells[..keys] == head);
            let at = known.unwrap_or_else(|| {
                let empty = std::iter::repeat_n(Cell::Nothing(None), years.len());
                wide.push(head.into_iter().chain(empty).collect());
                wide.rows.len() - 1
            });
            wide.rows[at].cells[place] = figure.clone();
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::FinancialYear;
    use crate::export::csv;
    use rust_decimal::Decimal;

    fn by_year() -> Table {
        let mut table = Table::new("Cost")
            .column("option", ColumnKind::Text)
            .column("financial_year", ColumnKind::Year)
            .column("cash", ColumnKind::Money)
            .column("factor", ColumnKind::Number);
        for (option, year, cash) in [("-a", 2026, 1), ("-a", 2027, 2), ("b", 2027, 3)] {
            table.push(vec![
                Cell::text(option),
                Cell::Year(FinancialYear::new(year)),
                Cell::Money(Decimal::from(cash)),
                Cell::Number(Decimal::new(5, 1), 1),
            ]);
        }
        table
    }

    #[test]
    fn tidy_has_a_row_for_each_figure() {
        let expected = "option,financial_year,measure,value\n'-a,2026-27,cash,1.00\n'-a,2026-27,factor,0.5\n\
                        '-a,2027-28,cash,2.00\n'-a,2027-28,factor,0.5\nb,2027-28,cash,3.00\nb,2027-28,factor,0.5\n";
        assert_eq!(csv::text(&a_row_a_figure(&by_year())), expected);
    }

    #[test]
    fn wide_has_years_across_and_leaves_empty_what_is_not_there() {
        let expected = "option,measure,2026-27,2027-28\n'-a,cash,1.00,2.00\n'-a,factor,0.5,0.5\nb,cash,,3.00\n\
                        b,factor,,0.5\n";
        assert_eq!(csv::text(&wide(&by_year())), expected);
    }

    #[test]
    fn statements_are_stacked_with_their_names() {
        let mut table = Table::new("Accounts: A").column("Line", ColumnKind::Text);
        table = table.column("2026-27", ColumnKind::Money);
        table.push_section("Assets");
        table.push(vec![Cell::text("opening"), Cell::Money(Decimal::ONE)]);
        let all = stacked("Statements", "statement", &[table.clone(), table]);
        let row = "Accounts: A,Assets,opening,1.00\n";
        assert_eq!(csv::text(&all), format!("statement,section,Line,2026-27\n{row}{row}"));
    }
}

//! Several statements as one table with a row a number, for tools that read rather than people.

use crate::table::{Cell, ColumnKind, RowRole, Table};

/// A row for each figure of each table: the table, the section, the line, the column and the figure. Balances
/// have no sum; empty cells are left out.
pub fn tidy(title: &str, what: &str, tables: &[Table]) -> Table {
    let mut tidy = Table::new(title)
        .column(what, ColumnKind::Text)
        .column("section", ColumnKind::Text)
        .column("line", ColumnKind::Text)
        .column("column", ColumnKind::Text)
        .column("amount", ColumnKind::Money);
    for table in tables {
        let mut section = "";
        for row in &table.rows {
            if row.role == RowRole::Section {
                section = row.cells.first().map_or("", Cell::words);
                continue;
            }
            let line = row.cells.first().map_or("", Cell::words);
            for (column, cell) in table.columns.iter().zip(&row.cells).skip(1) {
                if let Cell::Money(amount) = cell {
                    let words = [table.title.as_str(), section, line, column.name.as_str()];
                    let mut cells: Vec<Cell> = words.into_iter().map(Cell::text).collect();
                    cells.push(Cell::Money(*amount));
                    tidy.push(cells);
                }
            }
        }
    }
    tidy
}

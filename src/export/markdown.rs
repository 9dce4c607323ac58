//! Tables in Markdown, for papers and issues: figures aligned on the right, in the units asked for.
//!
//! Marks of Markdown inside names are escaped, so that a name can't break the table or become a link.

use super::{Units, figure};
use crate::table::{Cell, Row, RowRole, Table};

/// A table in Markdown, with its title as a heading and its notes below.
pub fn text(table: &Table, units: Units) -> String {
    let mut out = format!("## {}\n\n", escaped(&figure::one_line(&table.title)));
    if figure::has_money(table) {
        out.extend(["Money in ", units.sign(), ".\n\n"]);
    }
    out += &line(table.columns.iter().map(|column| escaped(&figure::heading(column))));
    let rule = |right| if right { "---:" } else { "---" };
    out += &line(table.columns.iter().map(|column| rule(figure::is_right_aligned(column)).into()));
    for row in &table.rows {
        let empty = table.columns.len().saturating_sub(row.cells.len());
        let cells = row.cells.iter().enumerate().map(|(place, cell)| shown(row, place, cell, units));
        out += &line(cells.chain(std::iter::repeat_n(String::new(), empty)));
    }
    for note in &table.notes {
        out.extend(["\n", &escaped(&figure::one_line(note)), "\n"]);
    }
    out
}

fn shown(row: &Row, place: usize, cell: &Cell, units: Units) -> String {
    let words = match cell {
        Cell::Nothing(Some(reason)) => format!("– ({})", escaped(&figure::one_line(reason))),
        _ => escaped(&figure::shown(cell, units)),
    };
    let indent = if place == 0 { "&emsp;".repeat(row.indent) } else { String::new() };
    if row.role == RowRole::Plain || words.is_empty() {
        format!("{indent}{words}")
    } else {
        format!("{indent}**{words}**")
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ColumnKind::{Money, Text};
    use rust_decimal::Decimal;

    #[test]
    fn a_table_in_markdown() {
        let mut table =
            Table::new("Costs").note("2026-27 prices.").column("Item", Text).column("A | B", Money);
        table.push_section("Run");
        table.push_indented(1, vec![Cell::text("cloud_hosting"), Cell::Money(Decimal::from(1_234_000))]);
        table.push_total(vec![Cell::text("All"), Cell::nothing("never")]);
        let expected = "## Costs\n\nMoney in £000.\n\n| Item | A \\| B |\n| --- | ---: |\n| **Run** |  |\n\
                        | &emsp;cloud\\_hosting | 1,234 |\n| **All** | **– (never)** |\n\n2026-27 prices.\n";
        assert_eq!(text(&table, Units::Thousands), expected);
    }
}

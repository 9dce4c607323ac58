//! Tables as JSON, for other programs. Amounts are strings: a JSON number would pass through binary
//! floating point in most readers, and lose pennies.
//!
//! Every cell says what it is: `{ "money": "1234.50" }`, `{ "month": "2026-04" }`; no figure is `null`, or
//! `{ "nothing": "not within 11 years" }`.

use serde_json::{Value, json};

use super::figure;
use crate::table::{Cell, Row, Table};

/// The version of this layout; the first number changes when readers must.
pub const FORMAT_VERSION: &str = "1.0";

/// Tables as one JSON value.
pub fn tables(tables: &[Table]) -> Value {
    json!({ "format_version": FORMAT_VERSION, "tables": tables.iter().map(table).collect::<Vec<_>>() })
}

/// A JSON value as text to read: indented, with a final line break. Direction marks are escaped: the value is the same, and
/// the text is not turned around.
pub fn text(value: &Value) -> String {
    let text = format!("{value:#}\n");
    // They stand in strings only, and all of them have four digits.
    let escaped = |c: char| match figure::direction_shown(c) {
        Some(_) => format!("\\u{:04x}", u32::from(c)),
        None => c.to_string(),
    };
    if text.is_ascii() { text } else { text.chars().map(escaped).collect() }
}

fn table(table: &Table) -> Value {
    let columns = table.columns.iter();
    json!({
        "title": table.title,
        "notes": table.notes,
        "columns": columns.map(|c| json!({ "name": c.name, "kind": c.kind.word(), "unit": c.unit })).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn row(row: &Row) -> Value {
    let cells = row.cells.iter().map(cell).collect::<Vec<_>>();
    json!({ "role": row.role.word(), "indent": row.indent, "cells": cells })
}

fn cell(cell: &Cell) -> Value {
    let kind = match cell {
        Cell::Text(_) => "text",
        Cell::Money(_) => "money",
        Cell::Rate(_) => "rate",
        Cell::Number(..) => "number",
        Cell::Count(_) => "count",
        Cell::Month(_) => "month",
        Cell::Year(_) => "financial-year",
        Cell::Nothing(None) => return Value::Null,
        Cell::Nothing(Some(reason)) => return json!({ "nothing": reason }),
    };
    json!({ kind: figure::raw(cell) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ColumnKind;
    use rust_decimal::Decimal;

    #[test]
    fn a_direction_mark_is_escaped_and_stays_what_it_is() {
        let value = json!({ "name": "a\u{202e}b – ŵ" });
        let text = text(&value);
        assert!(text.contains(r"a\u202eb – ŵ"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }

    #[test]
    fn money_is_a_string_with_two_decimals() {
        let mut costs = Table::new("Costs").column("Team", ColumnKind::Figures);
        costs.push(vec![Cell::Money(Decimal::new(12_345, 1))]);
        costs.push_total(vec![Cell::nothing("not within 11 years")]);
        let value = tables(&[costs]);
        assert_eq!(value["format_version"], "1.0");
        let rows = &value["tables"][0]["rows"];
        assert_eq!(rows[0], json!({ "role": "plain", "indent": 0, "cells": [{ "money": "1234.50" }] }));
        assert_eq!(rows[1]["cells"][0]["nothing"], "not within 11 years");
    }
}

//! Financial years as keys: `2026/27`, `26/27` and `FY2026-27` are the key `2026-27`, so that an input has one key
//! path however its year is written. With `year_starts = "January"` a year is `2026`.
//!
//! Only the keys of tables by year are looked at: names of things stay as they are.

use super::document::{Node, Value};
use crate::calendar::FinancialYear;

/// Tables whose keys are years.
const BY_YEAR: [&str; 2] = ["by_year", "growth"];

/// Whether the years of a file are calendar years, as its own text says.
pub(super) fn are_calendar(root: &Node) -> bool {
    let starts = root.get("programme").and_then(|programme| programme.get("year_starts"));
    match starts.map(|node| &node.value) {
        Some(Value::Text(text)) => text == "January",
        Some(Value::Number(digits)) => digits == "1",
        _ => false,
    }
}

/// Reads a year: `2026-27` and its kin, or a calendar year.
pub(super) fn read(text: &str, are_calendar: bool) -> Option<FinancialYear> {
    if are_calendar { FinancialYear::parse_calendar(text) } else { FinancialYear::parse(text) }
}

/// Gives every year that is a key its one spelling.
pub(super) fn spell_alike(root: &mut Node) {
    let are_calendar = are_calendar(root);
    walk(root, &mut Vec::new(), are_calendar);
}

fn walk(node: &mut Node, path: &mut Vec<String>, are_calendar: bool) {
    let holds_years = holds_years(path);
    let Value::Table(entries) = &mut node.value else { return };
    for entry in entries {
        if holds_years && let Some(year) = read(&entry.key, are_calendar) {
            entry.key = year.to_string();
        }
        path.push(entry.key.clone());
        walk(&mut entry.node, path, are_calendar);
        path.pop();
    }
}

/// Whether the keys of the table at a path may be years: amounts by year, or the row of a CSV table.
fn holds_years(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path[..] {
        [.., last] if BY_YEAR.contains(&last) => true,
        ["cost" | "benefit", _, _] | ["option", _, "cost" | "benefit", _, _] => true,
        _ => false,
    }
}

/// Whether two keys are the same year, spelt differently.
pub(super) fn same(a: &str, b: &str) -> bool {
    FinancialYear::parse(a).is_some_and(|year| Some(year) == FinancialYear::parse(b))
}

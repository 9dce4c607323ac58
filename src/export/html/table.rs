//! A table of a page: caption, headings that say what they head, a body for each section, notes below.

use maud::{Markup, html};

use super::words;
use crate::export::{Units, figure};
use crate::table::{Row, RowRole, Table};

pub(super) fn markup(table: &Table, number: usize) -> Markup {
    let units = Units::default();
    let reasons = figure::reasons(table);
    let right: Vec<bool> = table.columns.iter().map(figure::is_right_aligned).collect();
    let class = |place: usize| right.get(place).copied().unwrap_or_default().then_some("figure");
    let id = format!("table-{number}");
    let cell = |row: &Row, place: usize| {
        let shown = words(&figure::marked(&row.cells[place], units, &reasons));
        let indent = format!("indent-{}", row.indent.min(3));
        html! {
            @if place == 0 {
                th scope="row" class=[(row.indent > 0).then_some(indent)] { (shown) }
            } @else {
                td class=[class(place)] { (shown) }
            }
        }
    };
    html! {
        div class={ @if figure::is_short(table) { "table short " } @else { "table " } (columns(table.columns.len())) } {
            div class="scroll" tabindex="0" role="region" aria-labelledby=(id) {
                table {
                    caption id=(id) {
                        span class="caption" {
                            span class="number" { "Table " (number) ". " } (words(&table.title))
                            @if figure::has_money(table) { span class="unit" { " Money in " (units.sign()) "." } }
                            span class="more" { " Move sideways to see all " (table.columns.len()) " columns." }
                        }
                    }
                    thead {
                        tr {
                            @for (place, column) in table.columns.iter().enumerate() {
                                th scope="col" class=[class(place)] { (words(&figure::heading(column))) }
                            }
                        }
                    }
                    @for rows in bodies(&table.rows) {
                        tbody {
                            @for row in rows {
                                @if row.role == RowRole::Section {
                                    tr class="section" {
                                        th scope="rowgroup" colspan=(table.columns.len()) {
                                            @if let Some(cell) = row.cells.first() {
                                                (words(&figure::shown(cell, units)))
                                            }
                                        }
                                    }
                                } @else {
                                    tr class=[(row.role == RowRole::Total).then_some("total")] {
                                        @for place in 0..row.cells.len() { (cell(row, place)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @for (place, reason) in reasons.iter().enumerate() {
                p class="note" { "[" (place + 1) "] " (words(reason)) }
            }
            @for note in &table.notes {
                p class="note" { (words(note)) }
            }
        }
    }
}

/// So many columns have room on any screen that the page fills.
const MOST_COLUMNS: usize = 13;

/// The class of a table by its columns.
fn columns(count: usize) -> String {
    format!("columns-{}", count.min(MOST_COLUMNS))
}

/// On which screens a table is wider than the page, and says so: those narrower than its columns at their least widths,
/// which the style sheet sets (9rem for the first, 4.6rem for others, a gap of 0.7rem each, the margins of the page).
pub(super) fn wider_than_the_screen() -> String {
    let least = |count: usize| 11.7 + 5.3 * (count - 1) as f64;
    let rule = |count: usize| {
        format!("@media (max-width:{:.1}rem){{.columns-{count} .more{{display:inline}}}}\n", least(count))
    };
    let rules: String = (3..MOST_COLUMNS).map(rule).collect();
    format!("{rules}.columns-{MOST_COLUMNS} .more{{display:inline}}\n")
}

/// The rows, cut before each heading of a section.
fn bodies(rows: &[Row]) -> Vec<&[Row]> {
    let mut bodies = Vec::new();
    let mut start = 0;
    for (place, _) in rows.iter().enumerate().filter(|(_, row)| row.role == RowRole::Section) {
        bodies.push(&rows[start..place]);
        start = place;
    }
    bodies.push(&rows[start..]);
    bodies.retain(|body: &&[Row]| !body.is_empty());
    bodies
}

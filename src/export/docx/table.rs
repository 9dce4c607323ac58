//! A table of the document: as wide as the text, its heading repeated on every page, its figures on the right.

use maud::{Markup, html};

use super::body::{WIDTH, clean, paragraph, runs};
use crate::export::{Units, figure};
use crate::table::{Row, RowRole, Table};

/// The widths of letters in the type of a table, and of what stands to the sides of a cell, in twentieths of a
/// point.
const LETTER: u32 = 104;
const SIDES: u32 = 130;

/// The table, its units above, its notes below. An empty paragraph keeps it from the next one.
pub(super) fn markup(table: &Table) -> Markup {
    let units = Units::default();
    let reasons = figure::reasons(table);
    let right: Vec<bool> = table.columns.iter().map(figure::is_right_aligned).collect();
    let cells = |row: &Row| row.cells.iter().map(|cell| figure::marked(cell, units, &reasons)).collect();
    let rows: Vec<(&Row, Vec<String>)> = table.rows.iter().map(|row| (row, cells(row))).collect();
    let headings: Vec<String> = table.columns.iter().map(figure::heading).collect();
    let widths = widths(&headings, &right, &rows);
    let short = figure::is_short(table);
    let last = rows.len().saturating_sub(1);
    html! {
        @if figure::has_money(table) { (kept(&format!("Money in {}.", units.sign()))) }
        w:tbl {
            w:tblPr {
                w:tblStyle w:val="BoardTable" {}
                w:tblW w:w=(WIDTH) w:type="dxa" {}
                w:tblLayout w:type="fixed" {}
                w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"
                    w:noHBand="0" w:noVBand="1" {}
                w:tblCaption w:val=(clean(&table.title)) {}
            }
            w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
            w:tr {
                w:trPr { w:cantSplit {} w:tblHeader {} }
                @for (place, heading) in headings.iter().enumerate() {
                    (cell(widths[place], 1, &Look { style: "TableText", right: right[place], indent: 0, kept: true }, heading))
                }
            }
            @for (nth, (row, cells)) in rows.iter().enumerate() {
                @let kept = row.role == RowRole::Section || short && nth < last;
                w:tr {
                    w:trPr { w:cantSplit {} }
                    @if row.role == RowRole::Section {
                        @let look = Look { style: "TableSection", right: false, indent: 0, kept };
                        (cell(WIDTH, widths.len(), &look, cells.first().map_or("", String::as_str)))
                    } @else {
                        @for (place, words) in cells.iter().enumerate() {
                            @let style = if row.role == RowRole::Total { "TableTotal" } else { "TableText" };
                            @let indent = if place == 0 { row.indent } else { 0 };
                            (cell(widths[place], 1, &Look { style, right: right[place], indent, kept }, words))
                        }
                    }
                }
            }
        }
        @for (place, reason) in reasons.iter().enumerate() {
            (paragraph("Note", &format!("[{}] {reason}", place + 1)))
        }
        @for note in &table.notes { (paragraph("Note", note)) }
        (paragraph("Note", ""))
    }
}

/// A note above a table, kept with it.
fn kept(words: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val="Note" {} w:keepNext {} } (runs(words)) } }
}

/// How a cell looks, beyond its width.
struct Look {
    style: &'static str,
    right: bool,
    indent: usize,
    /// Whether its row stays on the page of the next one.
    kept: bool,
}

fn cell(width: u32, span: usize, look: &Look, words: &str) -> Markup {
    html! {
        w:tc {
            w:tcPr {
                w:tcW w:w=(width) w:type="dxa" {}
                @if span > 1 { w:gridSpan w:val=(span) {} }
            }
            w:p {
                w:pPr {
                    w:pStyle w:val=(look.style) {}
                    @if look.kept { w:keepNext {} }
                    @if look.indent > 0 { w:ind w:left=(170 * look.indent) {} }
                    @if look.right { w:jc w:val="right" {} }
                }
                (runs(words))
            }
        }
    }
}

/// The widths of the columns, all of the text's width together. Every column has room for its figures, or its
/// longest word, and for the longest word of its heading; what is left goes to columns of words by the length of
/// what stands in them, and then evenly. Only where not even the least has room, all get less.
fn widths(headings: &[String], right: &[bool], rows: &[(&Row, Vec<String>)]) -> Vec<u32> {
    let letters = |words: &str| words.chars().count() as u32;
    // Of a word that is longer still, the others would have no room left: it is broken.
    let longest_word = |words: &str| words.split_whitespace().map(letters).max().unwrap_or(0).min(14);
    let plain = || rows.iter().filter(|(row, _)| row.role != RowRole::Section);
    let only_figures = right.iter().skip(1).all(|right| *right);
    let room = |count: u32| count * LETTER + SIDES;
    let columns = headings.iter().enumerate().map(|(place, heading)| {
        let cells = || plain().filter_map(move |(row, cells)| Some((row, cells.get(place)?)));
        let indented = |(row, words): (&&Row, &String)| letters(words) + 2 * row.indent as u32;
        let widest = cells().map(indented).max().unwrap_or(0);
        // Headings are bold.
        let heading = longest_word(heading) * 7 / 6;
        if right[place] {
            let least = room(widest.max(heading).max(5));
            return (least, least);
        }
        let word = cells().map(|(_, words)| longest_word(words)).max().unwrap_or(0);
        let mean = cells().map(indented).sum::<u32>() / (cells().count() as u32).max(1);
        let natural = if only_figures { widest } else { (widest + 2 * mean) / 3 };
        let least = word.max(heading).max(8);
        (room(least), room(natural.clamp(least, 60)))
    });
    let columns: Vec<(u32, u32)> = columns.collect();
    let share =
        |of: u32, part: u32, whole: u32| (u64::from(of) * u64::from(part) / u64::from(whole.max(1))) as u32;
    let sum = |of: &dyn Fn(&(u32, u32)) -> u32| columns.iter().map(of).sum::<u32>();
    let (least, asked) = (sum(&|c| c.0), sum(&|c| c.1 - c.0));
    let mut widths: Vec<u32> = match WIDTH.checked_sub(least) {
        None => columns.iter().map(|c| share(WIDTH, c.0, least)).collect(),
        Some(rest) if asked >= rest => columns.iter().map(|c| c.0 + share(rest, c.1 - c.0, asked)).collect(),
        Some(rest) => {
            let more = (rest - asked) / (columns.len() as u32).max(1);
            columns.iter().map(|c| c.1 + more).collect()
        }
    };
    // What rounding left over goes to the first.
    let left = WIDTH.saturating_sub(widths.iter().sum());
    if let Some(first) = widths.first_mut() {
        *first += left;
    }
    widths
}

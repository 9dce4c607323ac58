//! Tables as text for a terminal or a plain file: figures aligned on the right, headings wrapped, and no
//! wider than the screen.
//!
//! Every column has a least width (its figures never break; words may) and a natural one. Columns that do not
//! fit side by side even at their least are given in several blocks, each beginning with the first column.
//! Bold type only repeats what a rule or an indent says already.
//!
//! Written here rather than left to a table crate because wrapping headings and splitting into blocks both
//! need the widths: a crate would be left with nothing but the padding.

use unicode_width::UnicodeWidthStr;

use super::{Units, figure};
use crate::table::{Cell, ColumnKind, Row, RowRole, Table};

/// How to draw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The units of money.
    pub units: Units,
    /// The width of the screen in columns; without one, as wide as the table is.
    pub width: Option<usize>,
    /// Whether headings and sums may be bold.
    pub colour: bool,
}

/// What stands between two columns.
const GAP: usize = 2;
/// The narrowest that a column of words gets before other columns go to a further block.
const LEAST_WORDS: usize = 24;
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// A table as text, with its title above and its notes below.
pub fn text(table: &Table, style: &Style) -> String {
    let grid = Grid::new(table, style.units);
    let mut out = paragraph(&figure::one_line(&table.title), "", style, true);
    if figure::has_money(table) {
        out += &paragraph(&format!("Money in {}", style.units.sign()), "", style, false);
    }
    for block in grid.blocks(style.width) {
        out.push('\n');
        grid.draw(&block, style, &mut out);
    }
    let reasons = figure::reasons(table);
    if !(reasons.is_empty() && table.notes.is_empty()) {
        out.push('\n');
    }
    for (place, reason) in reasons.iter().enumerate() {
        out += &paragraph(&figure::one_line(reason), &format!("[{}] ", place + 1), style, false);
    }
    for note in &table.notes {
        out += &paragraph(&figure::one_line(note), "", style, false);
    }
    out
}

/// A table's cells as words, and how wide its columns are.
struct Grid<'a> {
    columns: Vec<GridColumn>,
    rows: Vec<(&'a Row, Vec<String>)>,
}

struct GridColumn {
    heading: String,
    right: bool,
    least: usize,
    natural: usize,
}

/// Columns that are drawn side by side, by place, with their widths.
type Block = Vec<(usize, usize)>;

impl<'a> Grid<'a> {
    fn new(table: &'a Table, units: Units) -> Self {
        let reasons = figure::reasons(table);
        let words = |(place, cell): (usize, &Cell), row: &Row| {
            let indent = if place == 0 { "  ".repeat(row.indent) } else { String::new() };
            format!("{indent}{}", figure::marked(cell, units, &reasons))
        };
        let drawn = |row: &'a Row| (row, row.cells.iter().enumerate().map(|c| words(c, row)).collect());
        let rows: Vec<(&Row, Vec<String>)> = table.rows.iter().map(drawn).collect();
        let columns = table.columns.iter().enumerate().map(|(place, column)| {
            let heading = figure::heading(column);
            // The heading of a section spans the table: it doesn't widen the first column.
            let cells = || {
                rows.iter().filter(|(r, _)| r.role != RowRole::Section).filter_map(move |(_, c)| c.get(place))
            };
            let body = cells().map(|cell| cell.width()).max().unwrap_or(0);
            let breakable = column.kind == ColumnKind::Text;
            let longest_in_body = cells().map(|cell| longest_word(cell)).max().unwrap_or(0);
            let least_body = if breakable { longest_in_body.max(LEAST_WORDS).min(body) } else { body };
            GridColumn {
                right: figure::is_right_aligned(column),
                least: least_body.max(longest_word(&heading)).max(1),
                natural: body.max(heading.width()).max(1),
                heading,
            }
        });
        let columns = columns.collect();
        Self { columns, rows }
    }

    /// The blocks that fit a width, their columns grown to their natural width where there is room.
    fn blocks(&self, width: Option<usize>) -> Vec<Block> {
        let width = width.unwrap_or(usize::MAX);
        let mut blocks: Vec<Block> = Vec::new();
        let mut taken = 0;
        for (place, column) in self.columns.iter().enumerate() {
            let more = column.least + GAP;
            match blocks.last_mut() {
                Some(block) if block.len() < 2 || taken + more <= width => {
                    block.push((place, column.least));
                    taken += more;
                }
                Some(_) => {
                    blocks.push(vec![(0, self.columns[0].least), (place, column.least)]);
                    taken = self.columns[0].least + more;
                }
                None => {
                    blocks.push(vec![(place, column.least)]);
                    taken = column.least;
                }
            }
        }
        for block in &mut blocks {
            self.grow(block, width);
        }
        blocks
    }

    /// Gives what room is left to columns of words, then, step by step, to whichever heading has least.
    fn grow(&self, block: &mut Block, width: usize) {
        let taken: usize = block.iter().map(|(_, w)| w + GAP).sum::<usize>() - GAP;
        let mut room = width.saturating_sub(taken);
        for (place, width) in block.iter_mut().filter(|(place, _)| !self.columns[*place].right) {
            let more = (self.columns[*place].natural - *width).min(room);
            *width += more;
            room -= more;
        }
        let cramped = |(place, width): &(usize, usize)| *width < self.columns[*place].natural;
        while room > 0
            && let Some((_, width)) = block.iter_mut().filter(|c| cramped(c)).min_by_key(|(_, width)| *width)
        {
            *width += 1;
            room -= 1;
        }
    }

    fn draw(&self, block: &Block, style: &Style, out: &mut String) {
        let headings = |place: usize| self.columns[place].heading.as_str();
        self.line(block, headings, true, style, out);
        self.rule(block, out);
        let mut before: Option<&Row> = None;
        for (row, cells) in &self.rows {
            match row.role {
                RowRole::Section => {
                    let heading = cells.first().map_or("", String::as_str);
                    out.push_str(&paragraph(heading, "", style, true));
                }
                RowRole::Plain | RowRole::Total => {
                    let total = row.role == RowRole::Total;
                    // A sum of rows that are indented below it, or one after another sum, is told by that.
                    let told = before.is_none_or(|b| b.role == RowRole::Total || b.indent > row.indent);
                    if total && !told {
                        self.rule(block, out);
                    }
                    self.line(block, |place| cells.get(place).map_or("", String::as_str), total, style, out);
                }
            }
            before = Some(row);
        }
    }

    /// One row of a block: as many lines as its tallest cell; headings and figures stand on the last of them.
    fn line<'b>(
        &self,
        block: &Block,
        cell: impl Fn(usize) -> &'b str,
        bold: bool,
        style: &Style,
        out: &mut String,
    ) {
        let wrapped: Vec<Vec<String>> = block.iter().map(|&(place, w)| wrap(cell(place), w)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::new();
            for (lines, &(place, width)) in wrapped.iter().zip(block) {
                let right = self.columns[place].right;
                let words = if right { (at + lines.len()).checked_sub(height) } else { Some(at) };
                let words = words.and_then(|n| lines.get(n)).map_or("", String::as_str);
                let padding = " ".repeat(width.saturating_sub(words.width()));
                line.extend(if right { [&padding, words] } else { [words, &padding] });
                line += &" ".repeat(GAP);
            }
            *out += &emphasised(line.trim_end(), bold && style.colour);
            out.push('\n');
        }
    }

    fn rule(&self, block: &Block, out: &mut String) {
        debug_assert!(block.iter().all(|(place, _)| *place < self.columns.len()));
        let rules: Vec<String> = block.iter().map(|(_, width)| "─".repeat(*width)).collect();
        *out += &rules.join(&" ".repeat(GAP));
        out.push('\n');
    }
}

/// Words in lines of at most the screen's width, after a lead such as a note's mark.
fn paragraph(words: &str, lead: &str, style: &Style, bold: bool) -> String {
    let width = style.width.unwrap_or(usize::MAX).saturating_sub(lead.width()).max(1);
    let hang = " ".repeat(lead.width());
    let mut out = String::new();
    for (at, line) in wrap(words, width).iter().enumerate() {
        let lead = if at == 0 { lead } else { &hang };
        out += &emphasised(&format!("{lead}{line}"), bold && style.colour);
        out.push('\n');
    }
    out
}

fn emphasised(line: &str, bold: bool) -> String {
    if bold && !line.is_empty() { format!("{BOLD}{line}{PLAIN}") } else { line.to_owned() }
}

/// Longer names, such as key paths, may be broken after a dot or hyphen where a column is narrow.
const LONG: usize = 40;

fn longest_word(text: &str) -> usize {
    let indent = text.len() - text.trim_start().len();
    let pieces = text.split_whitespace().flat_map(|word| pieces(word, LONG));
    indent + pieces.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// A word, in parts if it is wider than that and is no figure.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    let is_figure = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '£'));
    if is_figure || word.width() <= width {
        return vec![word];
    }
    word.split_inclusive(['.', '-', '/']).collect()
}

/// Text in lines of at most a width, broken between words; an indent is kept on every line. A word longer
/// than a line is broken after its dots and hyphens; what is still too long stands alone and sticks out.
fn wrap(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let indent = &text[..text.len() - text.trim_start().len()];
    let mut lines = vec![indent.to_owned()];
    for word in text.split_whitespace() {
        for (nth, piece) in pieces(word, width.saturating_sub(indent.len())).into_iter().enumerate() {
            let space = if nth == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if line.len() == indent.len() => line.push_str(piece),
                Some(line) if line.width() + space.len() + piece.width() <= width => {
                    line.push_str(space);
                    line.push_str(piece);
                }
                _ => lines.push(format!("{indent}{piece}")),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ColumnKind::{Figures, Money, Text};
    use rust_decimal::Decimal;

    fn pounds(amount: i64) -> Cell {
        Cell::Money(Decimal::from(amount))
    }

    fn costs() -> Table {
        let mut table = Table::new("Costs")
            .note("2026-27 prices.")
            .column("", Text)
            .column("Business as usual", Money)
            .column("Team-funded", Figures);
        table.push_section("Over the whole life");
        table.push_indented(1, vec![Cell::text("Run"), pounds(1_234_499), pounds(-2_500)]);
        table.push_indented(1, vec![Cell::text("Payback"), Cell::Nothing(None), Cell::nothing("never")]);
        table.push_total(vec![Cell::text("All"), pounds(1_234_499), pounds(-2_500)]);
        table
    }

    #[test]
    fn a_key_longer_than_the_line_is_broken_after_a_dot_and_a_figure_never() {
        let key = "service.booking.benefit.missed-appointments-everywhere.value";
        let parts = ["`service.booking.", "benefit.missed-", "appointments-", "everywhere.value`", "moves"];
        assert_eq!(wrap(&format!("`{key}` moves"), 17), parts);
        assert_eq!(wrap("1,234,567,890,123.45 more", 12), ["1,234,567,890,123.45", "more"]);
        assert_eq!(wrap(&format!("by {key}"), 61), ["by", key]);
    }

    #[test]
    fn a_table_with_room_enough() {
        let expected = "\
Costs
Money in £000

           Business as usual  Team-funded
─────────  ─────────────────  ───────────
Over the whole life
  Run                  1,234           -3
  Payback                  –        – [1]
All                    1,234           -3

[1] never
2026-27 prices.
";
        assert_eq!(text(&costs(), &Style::default()), expected);
    }

    #[test]
    fn headings_wrap_before_columns_move() {
        let style = Style { width: Some(32), ..Style::default() };
        let expected = "\
Costs
Money in £000

           Business
           as usual  Team-funded
─────────  ────────  ───────────
Over the whole life
";
        assert!(text(&costs(), &style).starts_with(expected), "{}", text(&costs(), &style));
    }

    #[test]
    fn columns_that_do_not_fit_repeat_the_first() {
        let style = Style { width: Some(26), ..Style::default() };
        let drawn = text(&costs(), &style);
        assert_eq!(drawn.matches("\nAll").count(), 2, "{drawn}");
        assert!(drawn.lines().all(|line| line.width() <= 26), "{drawn}");
    }

    #[test]
    fn no_line_is_wider_than_a_usual_screen_whatever_the_names() {
        let mut table = Table::new("A title of very many words ".repeat(6)).column("Option", Text);
        for n in 0..10 {
            table = table.column(format!("A long option name, number {n}"), Money);
        }
        let mut cells = vec![Cell::text("a label of many words that goes on and on ".repeat(3))];
        cells.extend((0..10).map(|_| pounds(123_456_789)));
        table.push(cells);
        for width in [60, 80, 120] {
            let drawn = text(&table, &Style { width: Some(width), ..Style::default() });
            assert!(drawn.lines().all(|line| line.width() <= width), "{width}:\n{drawn}");
            for n in 0..10 {
                assert!(drawn.contains(&format!("{n}\n")) || drawn.contains(&format!("{n} ")));
            }
        }
    }

    #[test]
    fn bold_says_nothing_that_plain_text_does_not() {
        let bold = text(&costs(), &Style { colour: true, ..Style::default() });
        assert!(bold.contains(BOLD));
        assert_eq!(bold.replace(BOLD, "").replace(PLAIN, ""), text(&costs(), &Style::default()));
    }

    #[test]
    fn a_table_without_rows_or_columns_is_no_accident() {
        let style = Style { width: Some(1), ..Style::default() };
        assert_eq!(text(&Table::new("Nothing"), &style), "Nothing\n");
        assert!(text(&Table::new("Empty").column("Cost", Money), &style).contains("Cost"));
    }
}

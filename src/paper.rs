//! A board paper as data: headings, paragraphs, tables and charts in their order.
//!
//! A report composes one of these; `export` makes a page of it, and a Word document with the same words. It holds
//! no looks. A table that is too wide for a sheet is taken apart here, so that every writer shows the same parts.
//! Words between two backticks are names as the scenario writes them.

use crate::chart::Chart;
use crate::table::{ColumnKind, Row, Table};

/// The most columns of figures that fit beside a column of words on a sheet of A4, upright.
const MOST_FIGURES: usize = 6;

/// One paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// What it is about, in one line.
    pub subtitle: String,
    /// The finding, in a sentence.
    pub headline: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The line at the foot of every page: what it was made from.
    pub foot: String,
}

/// One section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// What stands in a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Items of a list.
    List(Vec<String>),
    /// A table. Its title is its caption; its notes stand below it.
    Table(Table),
    /// A chart. Its title, the finding, is its caption.
    Figure {
        /// The file name of its picture, without ending.
        name: &'static str,
        /// The chart.
        chart: Chart,
    },
}

impl Section {
    /// A section with nothing in it yet.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), blocks: Vec::new() }
    }

    /// Adds a heading.
    pub fn heading(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Heading(words.into()));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Text(words.into()));
    }

    /// Adds a list, if there is anything in it.
    pub fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds a table: in parts, each with the first column, if it is too wide for a sheet.
    pub fn table(&mut self, table: Table) {
        self.blocks.extend(parts(table).into_iter().map(Block::Table));
    }
}

/// A table as it is, or as several of about the same width. Notes stand below the last.
fn parts(mut table: Table) -> Vec<Table> {
    let figures = table.columns.len().saturating_sub(1);
    let of_words = table.columns.iter().skip(1).any(|column| column.kind == ColumnKind::Text);
    if figures <= MOST_FIGURES || of_words {
        return vec![table];
    }
    let count = figures.div_ceil(MOST_FIGURES);
    let notes = std::mem::take(&mut table.notes);
    let mut parts: Vec<Table> = (0..count).map(|place| part(&table, place, count)).collect();
    if let Some(last) = parts.last_mut() {
        last.notes = notes;
    }
    parts
}

fn part(table: &Table, place: usize, count: usize) -> Table {
    let figures = table.columns.len() - 1;
    let columns = 1 + figures * place / count..1 + figures * (place + 1) / count;
    let row = |row: &Row| {
        let mut cells: Vec<_> = row.cells.first().cloned().into_iter().collect();
        cells.extend(row.cells.get(columns.clone()).unwrap_or_default().iter().cloned());
        Row { cells, ..*row }
    };
    let mut kept = vec![table.columns[0].clone()];
    kept.extend_from_slice(&table.columns[columns.clone()]);
    Table {
        title: format!("{} ({} of {count})", table.title, place + 1),
        notes: Vec::new(),
        columns: kept,
        rows: table.rows.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    #[test]
    fn a_wide_table_is_taken_apart_without_losing_a_figure() {
        let mut table = Table::new("Costs").note("Real.").column("Line", ColumnKind::Text);
        for n in 0..11 {
            table = table.column(format!("Option {n}"), ColumnKind::Count);
        }
        table.push_section("All");
        table.push([Cell::text("Pay")].into_iter().chain((0..11).map(Cell::Count)).collect());
        let parts = parts(table);
        let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
        assert_eq!(titles, ["Costs (1 of 2)", "Costs (2 of 2)"]);
        let figures = |part: &Table| {
            assert_eq!(part.rows[0].cells, [Cell::text("All")]);
            assert_eq!(part.rows[1].cells.len(), part.columns.len());
            assert_eq!(part.rows[1].cells[0], Cell::text("Pay"));
            part.rows[1].cells[1..].to_vec()
        };
        assert_eq!(
            parts.iter().flat_map(figures).collect::<Vec<_>>(),
            (0..11).map(Cell::Count).collect::<Vec<_>>()
        );
        assert_eq!((parts[0].notes.len(), parts[1].notes.len()), (0, 1));
    }

    #[test]
    fn a_table_that_fits_or_is_made_of_words_stays_whole() {
        let mut narrow = Table::new("Costs").column("Line", ColumnKind::Text);
        for n in 0..MOST_FIGURES {
            narrow = narrow.column(format!("Option {n}"), ColumnKind::Money);
        }
        assert_eq!(parts(narrow.clone()), [narrow.clone()]);
        let words = narrow.column("Why", ColumnKind::Text);
        assert_eq!(parts(words.clone()), [words]);
    }
}

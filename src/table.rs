//! Tables as data: what every report is before anyone sees it.
//!
//! One [`Table`] serves the terminal, CSV, Markdown, JSON, and later workbook, page and paper. It holds
//! values, not their looks: money is exact pounds, a rate is a fraction, and whether pounds are shown in
//! thousands is the exporter's affair. It refuses a row that has not one cell for each column.

use rust_decimal::Decimal;

use crate::calendar::{FinancialYear, Month};

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows, in one line, for people.
    pub title: String,
    /// What a reader must know beside the figures: the price basis, where a figure comes from.
    pub notes: Vec<String>,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
    /// Its rows, top to bottom.
    pub rows: Vec<Row>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// The unit of its figures where the kind does not say it: `team-months`, `heads`. Else empty.
    pub unit: String,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Pounds.
    Money,
    /// Shares and growth rates, as fractions.
    Rate,
    /// Numbers in the column's unit.
    Number,
    /// Whole things, counted.
    Count,
    /// Months.
    Month,
    /// Financial years.
    Year,
    /// Figures of several kinds: each row is a measure of its own.
    Figures,
}

impl ColumnKind {
    /// As it is written in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Money => "money",
            Self::Rate => "rate",
            Self::Number => "number",
            Self::Count => "count",
            Self::Month => "month",
            Self::Year => "financial-year",
            Self::Figures => "figures",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Pounds, exact.
    Money(Decimal),
    /// A share or growth rate, as a fraction: 0.035 is 3.5%.
    Rate(Decimal),
    /// A number, and how many decimal places of it are worth showing.
    Number(Decimal, u32),
    /// Whole things, counted.
    Count(i64),
    /// A month.
    Month(Month),
    /// A financial year.
    Year(FinancialYear),
    /// No figure; with the reason if there is something to say, such as `not within 11 years`.
    Nothing(Option<String>),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One for each column; a section heading has only the first.
    pub cells: Vec<Cell>,
    /// How many steps its first cell is indented.
    pub indent: usize,
    /// What it is to its neighbours.
    pub role: RowRole,
}

/// What a row is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRole {
    /// A row like any other.
    Plain,
    /// The heading of the rows that follow.
    Section,
    /// A sum, or another row to look at first.
    Total,
}

impl RowRole {
    /// As it is written in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Section => "section",
            Self::Total => "total",
        }
    }
}

impl Table {
    /// A table without columns or rows.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), notes: Vec::new(), columns: Vec::new(), rows: Vec::new() }
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds a column on the right.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>, kind: ColumnKind) -> Self {
        debug_assert!(self.rows.is_empty(), "columns come before rows");
        self.columns.push(Column { name: name.into(), kind, unit: String::new() });
        self
    }

    /// States the unit of the column added last.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.unit = unit.into();
        }
        self
    }

    /// Adds a row below.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.add(cells, 0, RowRole::Plain);
    }

    /// Adds a row below, its first cell indented.
    pub fn push_indented(&mut self, indent: usize, cells: Vec<Cell>) {
        self.add(cells, indent, RowRole::Plain);
    }

    /// Adds a sum below.
    pub fn push_total(&mut self, cells: Vec<Cell>) {
        self.add(cells, 0, RowRole::Total);
    }

    /// Adds the heading of the rows that follow.
    pub fn push_section(&mut self, heading: impl Into<String>) {
        let cells = vec![Cell::Text(heading.into())];
        self.rows.push(Row { cells, indent: 0, role: RowRole::Section });
    }

    fn add(&mut self, cells: Vec<Cell>, indent: usize, role: RowRole) {
        assert_eq!(cells.len(), self.columns.len(), "a cell for each column of `{}`", self.title);
        self.rows.push(Row { cells, indent, role });
    }
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// No figure, and why.
    pub fn nothing(reason: impl Into<String>) -> Self {
        Self::Nothing(Some(reason.into()))
    }

    /// The words of a text cell; empty for any other.
    pub fn words(&self) -> &str {
        if let Self::Text(words) = self { words } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "a cell for each column of `Costs`")]
    fn a_row_that_does_not_fit_is_refused() {
        let mut table =
            Table::new("Costs").column("Option", ColumnKind::Text).column("Cost", ColumnKind::Money);
        table.push(vec![Cell::text("Team-funded")]);
    }
}

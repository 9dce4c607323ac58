//! Workbooks as data: sheets of cells, each a value or a live formula with the result it is written with.
//!
//! A formula is built of [`Live`] parts, which refer to cells by handle and carry their own value: rows can
//! move, and what a cell shows before anything is recalculated is never typed twice. Nothing is written here,
//! and nothing hidden, external or run by macros can be said.

mod column;
mod live;

use rust_decimal::Decimal;

pub use column::{Column, Key, Keys};
pub use live::{Live, Test};

use crate::calendar::Month;

/// A workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// What it is about.
    pub title: String,
    /// Whose it is.
    pub organisation: String,
    /// What stands at the foot of every page.
    pub source: String,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// Names for areas.
    pub names: Vec<(String, Area)>,
}

/// A cell's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of its sheet.
    pub sheet: &'static str,
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u16,
}

/// Cells from one corner to the other, on one sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Top left.
    pub first: Place,
    /// Bottom right.
    pub last: Place,
}

/// A number in a cell: where it stands and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// What its formula gives, or what is written there.
    pub value: Decimal,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Words, whatever they begin with.
    Text(String),
    /// A number, as it stands.
    Number(Decimal),
    /// A live formula.
    Formula(Formula),
}

/// A formula and its results.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// As a spreadsheet reads it, without `=`.
    pub text: String,
    /// What it is written with: the engine's own figure, where there is one.
    pub told: Value,
    /// What it gives.
    pub computed: Value,
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// Words.
    Text(String),
}

/// How the content of a cell is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// Words, wrapped.
    Words,
    /// A word where other rows have figures.
    Answer,
    /// Two decimal places, or a word.
    Ratio,
    /// Whole pounds.
    Pounds,
    /// Pounds and pence.
    Pence,
    /// Percent.
    Rate,
    /// Six decimal places.
    Factor,
    /// As many decimal places as there are, at most four.
    Number,
    /// A whole number.
    Count,
    /// A month.
    Month,
}

/// What a cell is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A cell like any other.
    Plain,
    /// The title of a sheet.
    Title,
    /// A remark under it.
    Note,
    /// The head of a column.
    Head,
    /// The heading of the rows that follow.
    Section,
    /// A sum, or another figure to look at first.
    Total,
    /// A live input: to be changed.
    Input,
    /// A figure that stands as it was written.
    Frozen,
}

/// A style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style {
    /// How the content is shown.
    pub shown: Shown,
    /// What the cell is to its neighbours.
    pub role: Role,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u16,
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub style: Style,
}

/// What may be entered in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The cell.
    pub place: Place,
    /// The numbers that it takes.
    pub takes: Taken,
    /// What is said of any other.
    pub words: String,
}

/// Numbers that a cell takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Taken {
    /// From one to another.
    Between(Decimal, Decimal),
    /// Above one, up to another.
    Above(Decimal, Decimal),
    /// Zero or one.
    Either,
    /// This one alone.
    Only(Decimal),
}

/// A cell that is red unless it holds these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The cell.
    pub place: Place,
    /// The words.
    pub unless: &'static str,
}

/// What a native chart looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Columns side by side.
    Columns,
    /// Columns on top of one another.
    Stack,
    /// Lines.
    Lines,
}

/// A native chart, fed from cells.
#[derive(Clone, Debug, PartialEq)]
pub struct NativeChart {
    /// Its kind.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// The unit of its figures.
    pub unit: String,
    /// The labels along its foot.
    pub labels: Area,
    /// Its series: the cell of its name, and figures. A name is never given as words, since a spreadsheet takes
    /// words that begin with `=` for a place.
    pub series: Vec<(Place, Area)>,
    /// Where it stands.
    pub at: Place,
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Column widths, in characters, from the left.
    pub widths: Vec<f64>,
    /// The row and column that stay in sight, and the rows repeated on every page: all above and left of it.
    pub corner: (u32, u16),
    /// Rules for inputs.
    pub rules: Vec<Rule>,
    /// Cells that turn red.
    pub alarms: Vec<Alarm>,
    /// Charts.
    pub charts: Vec<NativeChart>,
}

impl Style {
    /// A style.
    pub const fn new(shown: Shown, role: Role) -> Self {
        Self { shown, role }
    }
}

impl Shown {
    /// In a cell like any other.
    pub const fn plain(self) -> Style {
        Style::new(self, Role::Plain)
    }

    /// In another role.
    pub const fn role(self, role: Role) -> Style {
        Style::new(self, role)
    }
}

impl Area {
    /// From one spot to another.
    pub fn of(first: Spot, last: Spot) -> Self {
        Self { first: first.place, last: last.place }
    }
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &'static str, widths: Vec<f64>, corner: (u32, u16)) -> Self {
        Self {
            name,
            cells: Vec::new(),
            widths,
            corner,
            rules: Vec::new(),
            alarms: Vec::new(),
            charts: Vec::new(),
        }
    }

    /// The place of a cell.
    pub fn place(&self, row: u32, column: u16) -> Place {
        Place { sheet: self.name, row, column }
    }

    /// Puts words.
    pub fn text(&mut self, (row, column): (u32, u16), role: Role, words: impl Into<String>) {
        let style = Shown::Words.role(role);
        self.cells.push(Cell { row, column, content: Content::Text(words.into()), style });
    }

    /// Puts a number as it stands.
    pub fn number(&mut self, (row, column): (u32, u16), style: Style, value: Decimal) -> Spot {
        self.cells.push(Cell { row, column, content: Content::Number(value), style });
        Spot { place: self.place(row, column), value }
    }

    /// Puts a formula; `told` is the engine's own figure for it, if it has one.
    pub fn formula(
        &mut self,
        (row, column): (u32, u16),
        style: Style,
        live: &Live,
        told: Option<Decimal>,
    ) -> Spot {
        let computed = Value::Number(live.value());
        let formula = Formula {
            text: live.text(self.name),
            told: told.map_or_else(|| computed.clone(), Value::Number),
            computed,
        };
        self.cells.push(Cell { row, column, content: Content::Formula(formula), style });
        Spot { place: self.place(row, column), value: live.value() }
    }

    /// Puts a formula that gives words where a test holds, and a number elsewhere.
    pub fn words_or(
        &mut self,
        (row, column): (u32, u16),
        style: Style,
        cases: &[(Test, &str)],
        other: &Live,
        told: Value,
    ) {
        let hit = cases.iter().find(|(test, _)| test.holds());
        let computed =
            hit.map_or_else(|| Value::Number(other.value()), |(_, words)| Value::Text((*words).to_owned()));
        let mut text = other.text(self.name);
        for (test, words) in cases.iter().rev() {
            text = format!("IF({},\"{}\",{text})", test.text(self.name), words.replace('"', "\"\""));
        }
        let content = Content::Formula(Formula { text, told, computed });
        self.cells.push(Cell { row, column, content, style });
    }
}

impl Sheet {
    /// Puts a formula that gives the words at a place, from 1, of an area.
    pub fn picked(
        &mut self,
        (row, column): (u32, u16),
        style: Style,
        place: &Live,
        (area, words): (Area, &[String]),
        told: String,
    ) {
        let at = usize::try_from(place.value().trunc().mantissa()).unwrap_or_default();
        let computed = at.checked_sub(1).and_then(|at| words.get(at)).cloned().unwrap_or_default();
        let text = format!("INDEX({},{})", Live::address(area, self.name), place.text(self.name));
        let formula = Formula { text, told: Value::Text(told), computed: Value::Text(computed) };
        self.cells.push(Cell { row, column, content: Content::Formula(formula), style });
    }
}

/// The day that a spreadsheet counts for the first of a month.
pub fn serial(month: Month) -> Decimal {
    let year = month.year() - i32::from(month.number() <= 2);
    let months = (month.number() as i32 + 9) % 12;
    // Days of a year that begins in March come in a fixed pattern; 1 January 1900 is day 1, and spreadsheets
    // take 1900 for a leap year.
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Decimal::from(days + (153 * months + 2) / 5 - 693_899)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_counted_as_spreadsheets_do() {
        for (text, day) in
            [("2026-04", 46_113), ("2000-03", 36_586), ("2028-02", 46_784), ("1990-01", 32_874)]
        {
            assert_eq!(serial(Month::parse(text).expect("a month")), Decimal::from(day), "{text}");
        }
    }
}

//! Sums of a long table's rows under conditions, which look only where such rows can stand.
//!
//! A spreadsheet goes through every row of the areas that a `SUMIFS` names, and there are as many such sums as the
//! table has lines times years. So the first key of a sum says in which rows to look: those from the first to the last
//! that bear it. What a sum takes, here and in the spreadsheet, grows with its own rows and not with the table.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::live::{Live, Piece, text};
use super::{Area, Place, Spot};

/// A column of a long table.
#[derive(Clone, Debug)]
pub struct Column<T> {
    /// Its name in the workbook.
    pub name: &'static str,
    /// The cell of its first row.
    first: Place,
    values: Vec<T>,
}

/// A column of whole numbers that rows are found by.
#[derive(Clone, Debug)]
pub struct Keys {
    column: Column<i32>,
    /// From the first row that bears a key to the last.
    blocks: BTreeMap<i32, Range<usize>>,
}

/// What a column of keys must hold for a row to count.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// The number in a cell.
    Is(Spot),
    /// A word; the number stands for it in the column.
    Word(&'static str, i32),
    /// At least the number in a cell.
    From(Spot),
    /// At most the number in a cell.
    UpTo(Spot),
    /// Less than the number in a cell.
    Before(Spot),
}

impl Key {
    fn matches(self, key: i32) -> bool {
        match self {
            Self::Is(spot) => spot.value == Decimal::from(key),
            Self::Word(_, wanted) => wanted == key,
            Self::From(spot) => Decimal::from(key) >= spot.value,
            Self::UpTo(spot) => Decimal::from(key) <= spot.value,
            Self::Before(spot) => Decimal::from(key) < spot.value,
        }
    }

    fn pieces(self) -> Vec<Piece> {
        match self {
            Self::Is(spot) => vec![Piece::Cell(spot.place)],
            Self::Word(word, _) => vec![text(format!("\"{word}\""))],
            Self::From(spot) => vec![text("\">=\"&"), Piece::Cell(spot.place)],
            Self::UpTo(spot) => vec![text("\"<=\"&"), Piece::Cell(spot.place)],
            Self::Before(spot) => vec![text("\"<\"&"), Piece::Cell(spot.place)],
        }
    }
}

impl<T> Column<T> {
    /// A column without rows, the first of which will stand in this cell.
    pub fn new(name: &'static str, first: Place) -> Self {
        Self { name, first, values: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, value: T) {
        self.values.push(value);
    }

    /// All of it; one cell where it has no row.
    pub fn area(&self) -> Area {
        self.rows(0..self.values.len().max(1))
    }

    fn rows(&self, rows: Range<usize>) -> Area {
        let row = |place: usize| Place { row: self.first.row + place as u32, ..self.first };
        Area { first: row(rows.start), last: row(rows.end - 1) }
    }
}

impl Keys {
    /// A column without rows, the first of which will stand in this cell.
    pub fn new(name: &'static str, first: Place) -> Self {
        Self { column: Column::new(name, first), blocks: BTreeMap::new() }
    }

    /// Its name in the workbook, and where it stands.
    pub fn named(&self) -> (&'static str, Area) {
        (self.column.name, self.column.area())
    }

    /// Adds a row.
    pub fn push(&mut self, key: i32) {
        let row = self.column.values.len();
        self.blocks.entry(key).or_insert(row..row).end = row + 1;
        self.column.push(key);
    }
}

impl Live {
    /// The sum of a column where all keys match. The first says which rows are looked through; where none bears it,
    /// the sum is zero for good, since rows don't change their keys.
    pub fn sum_where(sum: &Column<Decimal>, first: (&Keys, Spot), others: &[(&Keys, Key)]) -> Self {
        let (column, spot) = first;
        let wanted = i32::try_from(spot.value.trunc().mantissa()).unwrap_or_default();
        let Some(rows) = column.blocks.get(&wanted).cloned() else { return Self::nought() };
        let keys = || std::iter::once((column, Key::Is(spot))).chain(others.iter().copied());
        let holds = |row: usize| {
            column.column.values[row] == wanted
                && others.iter().all(|(column, key)| key.matches(column.column.values[row]))
        };
        let value = rows.clone().filter(|&row| holds(row)).map(|row| sum.values[row]).sum();
        let mut arguments = vec![vec![Piece::Fixed(sum.rows(rows.clone()))]];
        for (column, key) in keys() {
            arguments.push(vec![Piece::Fixed(column.column.rows(rows.clone()))]);
            arguments.push(key.pieces());
        }
        Self::call("SUMIFS", arguments, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(sheet: &'static str, row: u32, column: u16) -> Place {
        Place { sheet, row, column }
    }

    fn spot(column: u16, value: i64) -> Spot {
        Spot { place: cell("Costs", 0, column), value: Decimal::from(value) }
    }

    /// Rows 11 to 15 of Base: amounts 1, 2, 4, 8, 16 of lines 1, 2, 1, 1, 3 in months 10, 10, 20, 30, 20.
    /// Line 1 before month 30 has 1 + 4 = 5, and stands in rows 11 to 14; up to month 30 it has 13.
    #[test]
    fn sums_look_through_the_rows_of_their_first_key() {
        let mut amounts = Column::new("base_cash", cell("Base", 10, 2));
        let mut line = Keys::new("base_line", cell("Base", 10, 0));
        let mut month = Keys::new("base_month", cell("Base", 10, 1));
        for (amount, l, m) in [(1, 1, 10), (2, 2, 10), (4, 1, 20), (8, 1, 30), (16, 3, 20)] {
            amounts.push(Decimal::from(amount));
            line.push(l);
            month.push(m);
        }
        let first = (&line, spot(0, 1));
        let live = Live::sum_where(&amounts, first, &[(&month, Key::Before(spot(1, 30)))]);
        assert_eq!(live.value(), Decimal::from(5));
        let rows = "SUMIFS(Base!$C$11:$C$14,Base!$A$11:$A$14,A1,Base!$B$11:$B$14,\"<\"&B1)";
        assert_eq!(live.text("Costs"), rows);
        let live = Live::sum_where(&amounts, first, &[(&month, Key::UpTo(spot(1, 30)))]);
        assert_eq!(live.value(), Decimal::from(13));
        assert_eq!(
            Live::sum_where(&amounts, (&line, spot(0, 3)), &[]).text("Costs"),
            "SUMIFS(Base!$C$15:$C$15,Base!$A$15:$A$15,A1)"
        );
        assert_eq!(Live::sum_where(&amounts, (&line, spot(0, 9)), &[]), Live::nought());
    }
}

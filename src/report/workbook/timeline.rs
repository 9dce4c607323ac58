//! A sheet with financial years across: the same column for the same year on every one of them.

use rust_decimal::Decimal;

use crate::report::Case;
use crate::workbook::{Area, Live, Role, Sheet, Shown, Spot};

/// The column of the first year.
pub(super) const FIRST: u16 = 4;

/// The column of the figure for all years.
pub(super) const ALL: u16 = 3;

/// A sheet in the making.
pub(super) struct Yearly<'a> {
    pub(super) sheet: Sheet,
    pub(super) case: &'a Case,
    /// The row to come.
    pub(super) row: u32,
    /// The year indices at the head of the columns.
    pub(super) index: Vec<Spot>,
    labels: Area,
}

/// A row of figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) years: Vec<Spot>,
    pub(super) all: Option<Spot>,
}

impl Row {
    /// The figure for all years, nought where there is none.
    pub(super) fn all(&self) -> Live {
        self.all.map_or_else(Live::nought, Live::from)
    }
}

/// What stands under "All years".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum All {
    /// The sum.
    Sum,
    /// Nothing: a balance, a factor.
    Nothing,
}

/// What a row is.
pub(super) struct Line<'a> {
    pub(super) label: &'a str,
    pub(super) unit: &'a str,
    pub(super) shown: Shown,
    pub(super) role: Role,
    pub(super) all: All,
}

impl<'a> Line<'a> {
    /// Pounds that add up over the years.
    pub(super) fn flow(label: &'a str, unit: &'a str) -> Self {
        Self { label, unit, shown: Shown::Pounds, role: Role::Plain, all: All::Sum }
    }

    /// Likewise, a sum of rows above.
    pub(super) fn total(label: &'a str, unit: &'a str) -> Self {
        Self { role: Role::Total, ..Self::flow(label, unit) }
    }

    /// Pounds that don't add up over the years.
    pub(super) fn stock(label: &'a str, unit: &'a str) -> Self {
        Self { all: All::Nothing, ..Self::flow(label, unit) }
    }

    /// A factor.
    pub(super) fn factor(label: &'a str, unit: &'a str) -> Self {
        Self { shown: Shown::Factor, ..Self::stock(label, unit) }
    }
}

impl<'a> Yearly<'a> {
    /// A sheet with its head.
    pub(super) fn new(case: &'a Case, name: &'static str, title: &str, notes: &[&str]) -> Self {
        let years = case.plan.horizon.years();
        let head = notes.len() as u32 + 2;
        let mut widths = vec![6.0, 44.0, 11.0, 15.0];
        widths.extend((0..years).map(|_| 13.0));
        let mut sheet = Sheet::new(name, widths, (head + 2, FIRST));
        sheet.text((0, 0), Role::Title, format!("{title}: {}", case.scenario.programme.name));
        for (row, note) in notes.iter().enumerate() {
            sheet.text((row as u32 + 1, 0), Role::Note, *note);
        }
        for (column, words) in ["No.", "Line", "Unit", "All years"].into_iter().enumerate() {
            sheet.text((head, column as u16), Role::Head, words);
        }
        let mut index = Vec::with_capacity(years);
        sheet.text((head + 1, 1), Role::Note, "Year index");
        for t in 0..years {
            sheet.text((head, FIRST + t as u16), Role::Head, case.year_in_words(t));
            let at = (head + 1, FIRST + t as u16);
            index.push(sheet.number(at, Shown::Count.role(Role::Note), Decimal::from(t)));
        }
        let last = FIRST + years as u16 - 1;
        let labels = Area { first: sheet.place(head, FIRST), last: sheet.place(head, last) };
        Self { sheet, case, row: head + 2, index, labels }
    }

    /// The heads of the year columns, for charts.
    pub(super) fn labels(&self) -> Area {
        self.labels
    }

    /// How many years.
    pub(super) fn years(&self) -> usize {
        self.index.len()
    }

    /// The heading of the rows that follow, after an empty row.
    pub(super) fn section(&mut self, words: &str) {
        self.row += 1;
        self.sheet.text((self.row, 0), Role::Section, words);
        for column in 1..FIRST + self.years() as u16 {
            self.sheet.text((self.row, column), Role::Section, "");
        }
        self.row += 1;
    }

    /// Puts the number by which the row to come is known in the first column.
    pub(super) fn key(&mut self, number: usize) -> Spot {
        self.sheet.number((self.row, 0), Shown::Count.role(Role::Note), Decimal::from(number))
    }

    /// A row of formulas; `told` are the engine's own figures.
    pub(super) fn row(
        &mut self,
        line: &Line<'_>,
        told: Option<&dyn Fn(usize) -> Decimal>,
        cell: impl Fn(usize) -> Live,
    ) -> Row {
        self.row_after(line, told, |t, _| cell(t))
    }

    /// Likewise, where a year may need the years before it in the same row.
    pub(super) fn row_after(
        &mut self,
        line: &Line<'_>,
        told: Option<&dyn Fn(usize) -> Decimal>,
        cell: impl Fn(usize, &[Spot]) -> Live,
    ) -> Row {
        self.head(line);
        let style = line.shown.role(line.role);
        let mut years = Vec::with_capacity(self.years());
        for t in 0..self.years() {
            let live = cell(t, &years);
            let at = (self.row, FIRST + t as u16);
            years.push(self.sheet.formula(at, style, &live, told.map(|told| told(t))));
        }
        let all = (line.all == All::Sum).then(|| {
            let told = told.map(|told| (0..self.years()).map(told).sum());
            self.sheet.formula((self.row, ALL), style, &Live::sum(&years), told)
        });
        self.row += 1;
        Row { years, all }
    }

    /// A row of figures that stand as they are written.
    pub(super) fn frozen(&mut self, line: &Line<'_>, value: impl Fn(usize) -> Decimal) -> Row {
        self.head(line);
        let style = line.shown.role(Role::Frozen);
        let cell = |sheet: &mut Sheet, row, t: usize| sheet.number((row, FIRST + t as u16), style, value(t));
        let years = (0..self.years()).map(|t| cell(&mut self.sheet, self.row, t)).collect();
        self.row += 1;
        Row { years, all: None }
    }

    /// One figure under "All years" that stands as it is written.
    pub(super) fn frozen_single(&mut self, line: &Line<'_>, value: Decimal) -> Spot {
        self.head(line);
        let spot = self.sheet.number((self.row, ALL), line.shown.role(Role::Frozen), value);
        self.row += 1;
        spot
    }

    /// One figure under "All years".
    pub(super) fn single(&mut self, line: &Line<'_>, told: Option<Decimal>, live: &Live) -> Spot {
        self.head(line);
        let spot = self.sheet.formula((self.row, ALL), line.shown.role(line.role), live, told);
        self.row += 1;
        spot
    }

    fn head(&mut self, line: &Line<'_>) {
        let role = if line.role == Role::Total { Role::Total } else { Role::Plain };
        self.sheet.text((self.row, 1), role, line.label);
        self.sheet.text((self.row, 2), role, line.unit);
    }
}

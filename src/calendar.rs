//! Months and financial years: all the time that the model knows. Days do not occur in it.

mod written;

pub use written::{is_date, missing_day};

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

/// A calendar month, counted from January of year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

const NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Month {
    /// The month of a year and a month number from 1 to 12; `None` outside that, or outside the years 1900
    /// to 2999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let sensible = (1900..=2999).contains(&year) && (1..=12).contains(&month);
        sensible.then(|| Self(year * 12 + month as i32 - 1))
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month number, 1 to 12.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month so many months later (earlier, if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// How many months this one is after the other.
    pub fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }

    /// As people write it: `Apr 2026`.
    pub fn in_words(self) -> String {
        format!("{} {}", NAMES[self.number() as usize - 1], self.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// A financial year, by the calendar year in which it starts. Written `2026-27`, or `2026` if it is a calendar year.
///
/// How it is written is no part of which year it is: `2026` and `2026-27` are equal.
#[derive(Clone, Copy, Debug)]
pub struct FinancialYear {
    start: i32,
    /// Whether it starts in January.
    is_calendar: bool,
}

impl FinancialYear {
    /// The year that runs from within this calendar year into the next.
    pub const fn new(start: i32) -> Self {
        Self { start, is_calendar: false }
    }

    /// The year from January to December.
    pub const fn calendar(start: i32) -> Self {
        Self { start, is_calendar: true }
    }

    /// The calendar year in which it starts.
    pub fn start(self) -> i32 {
        self.start
    }

    /// The year so many years later (earlier, if negative).
    #[must_use]
    pub fn plus(self, years: i32) -> Self {
        Self { start: self.start + years, ..self }
    }

    /// How many years this one is after the other.
    pub fn since(self, other: Self) -> i32 {
        self.start - other.start
    }

    /// The years from this one to the other, both among them.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        (0..=last.since(self)).map(move |years| self.plus(years))
    }
}

impl PartialEq for FinancialYear {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start
    }
}

impl Eq for FinancialYear {}

impl PartialOrd for FinancialYear {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FinancialYear {
    fn cmp(&self, other: &Self) -> Ordering {
        self.start.cmp(&other.start)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_calendar {
            return write!(f, "{:04}", self.start);
        }
        write!(f, "{:04}-{:02}", self.start, (self.start + 1).rem_euclid(100))
    }
}

/// The months that an appraisal covers, and how they fall into financial years.
///
/// Inside the model a month is its offset from `start` (0, 1, ...) and a year its index t: the month's
/// financial year less that of `start`. A horizon that starts inside a financial year touches one year more
/// than its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    start: Month,
    months: usize,
    /// The month number in which a financial year starts: 4 for April.
    year_starts: u32,
}

impl Horizon {
    /// A horizon of whole years from `start`, with financial years that start in month `year_starts`.
    pub fn new(start: Month, years: u32, year_starts: u32) -> Self {
        debug_assert!((1..=12).contains(&year_starts));
        Self { start, months: years as usize * 12, year_starts }
    }

    /// The first month.
    pub fn start(self) -> Month {
        self.start
    }

    /// How many months.
    pub fn months(self) -> usize {
        self.months
    }

    /// The last month.
    pub fn last(self) -> Month {
        self.start.plus(self.months as i32 - 1)
    }

    /// The month number in which a financial year starts.
    pub fn year_starts(self) -> u32 {
        self.year_starts
    }

    /// The month at an offset.
    pub fn month(self, offset: usize) -> Month {
        self.start.plus(offset as i32)
    }

    /// The offset of a month, if it lies inside.
    pub fn offset(self, month: Month) -> Option<usize> {
        usize::try_from(month.since(self.start)).ok().filter(|&m| m < self.months)
    }

    /// The financial year of any month.
    pub fn financial_year(self, month: Month) -> FinancialYear {
        let before = month.number() < self.year_starts;
        FinancialYear { start: month.year() - i32::from(before), is_calendar: self.year_starts == 1 }
    }

    /// The financial year of year index 0.
    pub fn first_year(self) -> FinancialYear {
        self.financial_year(self.start)
    }

    /// How many financial years the horizon touches.
    pub fn years(self) -> usize {
        self.year_of(self.months - 1) + 1
    }

    /// The year index t of the month at an offset.
    pub fn year_of(self, offset: usize) -> usize {
        (offset + self.before()) / 12
    }

    /// How many months of the first financial year lie before the horizon.
    fn before(self) -> usize {
        (self.start.number() as usize + 12 - self.year_starts as usize) % 12
    }

    /// The financial year at index t.
    pub fn year(self, t: usize) -> FinancialYear {
        self.first_year().plus(t as i32)
    }

    /// The month offsets inside the horizon from one month to another, both among them.
    pub fn months_between(self, first: Month, last: Month) -> Range<usize> {
        let clamp = |m: i32| m.clamp(0, self.months as i32) as usize;
        let start = clamp(first.since(self.start));
        start..clamp(last.since(self.start) + 1).max(start)
    }

    /// The month offsets inside the horizon that belong to a financial year; empty if there are none.
    pub fn months_of(self, year: FinancialYear) -> Range<usize> {
        let first = Month(year.start * 12 + self.year_starts as i32 - 1).since(self.start);
        let clamp = |m: i32| m.clamp(0, self.months as i32) as usize;
        clamp(first)..clamp(first + 12)
    }

    /// How many months of the year at index t lie inside the horizon: fewer than twelve in its first and last year, if
    /// it doesn't start with a financial year.
    pub fn months_in(self, t: usize) -> usize {
        self.months_of(self.year(t)).len()
    }

    /// How many months inside the horizon come after this one in its financial year.
    pub fn left_of_year(self, month: usize) -> usize {
        self.to_year_end(month).min(self.months - 1 - month)
    }

    fn to_year_end(self, month: usize) -> usize {
        11 - (month + self.before()) % 12
    }

    /// Cuts a run of month offsets at the ends of financial years.
    pub fn by_year(self, months: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (mut start, end) = (months.start, months.end.min(self.months));
        std::iter::from_fn(move || {
            let year = start..end.min(start + 1 + self.to_year_end(start));
            start = year.end;
            (!year.is_empty()).then_some(year)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_the_same_however_it_is_written() {
        assert_eq!(FinancialYear::new(1999).to_string(), "1999-00");
        assert_eq!(FinancialYear::calendar(2026).plus(1).to_string(), "2027");
        assert_eq!(FinancialYear::calendar(2026), FinancialYear::new(2026));
        assert!(
            FinancialYear::new(2026).to(FinancialYear::new(2028)).map(FinancialYear::start).eq(2026..=2028)
        );
        assert_eq!(FinancialYear::new(2026).to(FinancialYear::new(2025)).count(), 0);
    }

    /// January to December: October 2026 lies in 2026, and two years from there touch three.
    #[test]
    fn a_year_from_january_bears_one_number() {
        let horizon = Horizon::new(Month::new(2026, 10).expect("a month"), 2, 1);
        let years: Vec<String> = (0..horizon.years()).map(|t| horizon.year(t).to_string()).collect();
        assert_eq!(years, ["2026", "2027", "2028"]);
        assert_eq!(horizon.months_of(FinancialYear::calendar(2026)), 0..3);
    }

    #[test]
    fn a_financial_year_runs_from_april_to_march() {
        let horizon = Horizon::new(Month::new(2026, 4).expect("a month"), 11, 4);
        assert_eq!(horizon.months(), 132);
        assert_eq!(horizon.years(), 11);
        assert_eq!(horizon.year_of(11), 0); // March 2027
        assert_eq!(horizon.year_of(12), 1); // April 2027
        assert_eq!(horizon.months_of(FinancialYear::new(2027)), 12..24);
        assert_eq!(horizon.last().in_words(), "Mar 2037");
        // From before the start into June 2026; from March 2037 on; from after the end.
        let month = |year, month| Month::new(year, month).expect("a month");
        assert_eq!(horizon.months_between(month(2025, 10), month(2026, 6)), 0..3);
        assert_eq!(horizon.months_between(month(2037, 3), month(2040, 3)), 131..132);
        assert!(horizon.months_between(month(2037, 4), month(2040, 3)).is_empty());
    }

    #[test]
    fn a_start_inside_a_financial_year_touches_one_year_more() {
        let horizon = Horizon::new(Month::new(2026, 10).expect("a month"), 2, 4);
        assert_eq!(horizon.years(), 3);
        assert_eq!(horizon.months_of(FinancialYear::new(2026)), 0..6);
        assert_eq!(horizon.months_of(FinancialYear::new(2028)), 18..24);
        assert_eq!(horizon.months_of(FinancialYear::new(2029)), 24..24);
        assert_eq!([0, 5, 6, 17, 18, 23].map(|month| horizon.year_of(month)), [0, 0, 1, 1, 2, 2]);
        assert!(horizon.by_year(3..99).eq([3..6, 6..18, 18..24]));
        assert!(horizon.by_year(7..7).eq([]));
    }
}

//! Months and years that a scenario states: read, moved with its start, and held against its horizon.
//!
//! A run may have another start or length than the file (`--start`, `--years`). Months that the file states then
//! move with the start. Money by year moves by as many years as lie between the years of the two starts: it is
//! stated for whole years. Price bases, price indices and dates of sources stay where they are, and so do months
//! that are given with the run. What then falls outside the horizon is left out and named in one warning.
//!
//! As the file has it, a date outside the horizon is a fault. What goes on may have begun before the start: it
//! counts from the start.

use super::document::Value;
use super::keys::{Field, Table};
use super::quantity::short;
use super::reader::Reader;
use super::{overrides, years};
use crate::calendar::{FinancialYear, Horizon, Month};
use crate::diagnostic::{Code, Diagnostic, Span};

/// The most dates that are named as left out; the others are counted.
const MOST_NAMED: usize = 12;

/// How the horizon of a run differs from that of the file, and what it leaves out.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// The first month in the file, if the run may have another.
    written_start: Option<Month>,
    /// Whether start or length is another.
    is_changed: bool,
    months: i32,
    years: i32,
    /// Key paths and what of them is left out, in the order of reading.
    left_out: Vec<(String, String)>,
}

impl Moved {
    /// What is known before the horizon is: the first month in the file, if the run may have another.
    pub(super) fn from(written_start: Option<Month>) -> Self {
        Self { written_start, ..Self::default() }
    }
}

/// A stated month, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    Before(Month),
    Inside(Month),
    After(Month),
}

impl Reader<'_> {
    /// Takes in whether start and length of the run are those of the file.
    pub(super) fn note_move(
        &mut self,
        horizon: Horizon,
        start: Option<&Field<'_>>,
        years: Option<&Field<'_>>,
    ) {
        let given = |field: Option<&Field<'_>>| {
            field.is_some_and(|field| overrides::is_override(&self.sources, field.node.span))
        };
        self.moved.is_changed = given(start) || given(years);
        if let Some(written) = self.moved.written_start {
            self.moved.months = horizon.start().since(written);
            self.moved.years = horizon.first_year().since(horizon.financial_year(written));
        }
    }

    /// The financial year in which the file's own start lies.
    pub(super) fn written_first_year(&self) -> FinancialYear {
        let horizon = self.horizon_or_any();
        horizon.first_year().plus(-self.moved.years)
    }

    /// A month, as it is written.
    pub(super) fn month(&mut self, field: &Field<'_>) -> Option<Month> {
        let Some(text) = field.text() else {
            self.wrong_sort(field, "a month in quotes, like \"2026-04\"");
            return None;
        };
        let month = Month::parse(text);
        if month.is_none() {
            let message = format!("`{}` is not a month", short(text));
            let fault = Diagnostic::error(Code::WrongUnit, &field.path, Some(field.node.span), message);
            self.report(fault.expected("a month, like \"2026-04\"").meant_text(Month::of_day(text)));
        }
        month
    }

    /// Where a stated month lies. `None` if it can't be read, or nothing is known of the horizon.
    pub(super) fn placed(&mut self, field: &Field<'_>) -> Option<Placed> {
        let month = self.month(field)?;
        let horizon = self.horizon?;
        let is_given = overrides::is_override(&self.sources, field.node.span);
        let month = month.plus(if is_given { 0 } else { self.moved.months });
        Some(if month < horizon.start() {
            Placed::Before(month)
        } else if month > horizon.last() {
            Placed::After(month)
        } else {
            Placed::Inside(month)
        })
    }

    /// Says that a month lies outside the horizon: left out where the horizon is not the file's, a fault otherwise.
    /// True if it is left out.
    pub(super) fn outside(&mut self, field: &Field<'_>, month: Month) -> bool {
        if self.moved.is_changed {
            self.moved.left_out.push((field.path.clone(), month.to_string()));
            return true;
        }
        let horizon = self.horizon_or_any();
        let message = format!("{month} lies outside the programme's horizon");
        let expected = format!("a month from {} to {}", horizon.start(), horizon.last());
        self.fault(Code::OutsideHorizon, field, message, &expected);
        false
    }

    /// The month of something that happens once; after the horizon only if it is left out there.
    pub(super) fn month_of_event(&mut self, field: &Field<'_>) -> Option<Month> {
        match self.placed(field)? {
            Placed::Inside(month) => Some(month),
            Placed::After(month) => self.outside(field, month).then_some(month),
            Placed::Before(month) => {
                self.outside(field, month);
                None
            }
        }
    }

    /// The months from `from` to `to`, of something that goes on or happens once. Where `from` is not said it is
    /// the start. `None` if it lies outside the horizon and is left out.
    pub(super) fn span(&mut self, table: &mut Table<'_>, goes_on: bool) -> Option<(Month, Option<Month>)> {
        let start = self.horizon_or_any().start();
        let mut is_left_out = false;
        let from = table.take("from").and_then(|field| match self.placed(&field)? {
            Placed::Inside(month) => Some(month),
            Placed::Before(month) if goes_on => Some(month),
            Placed::Before(month) | Placed::After(month) => {
                is_left_out |= self.outside(&field, month);
                None
            }
        });
        let to = table.take("to").and_then(|field| match self.placed(&field)? {
            Placed::Inside(month) => Some(month),
            Placed::After(month) if self.moved.is_changed => Some(month),
            Placed::Before(month) | Placed::After(month) => {
                is_left_out |= !is_left_out && self.outside(&field, month);
                None
            }
        });
        if is_left_out {
            return None;
        }
        self.in_time_order(table, Some(from.unwrap_or(start)), to);
        Some((from.unwrap_or(start), to))
    }

    /// Whether the programme's years are calendar years.
    fn are_calendar(&self) -> bool {
        self.horizon.is_some_and(|horizon| horizon.year_starts() == 1)
    }

    /// Reads a year as this programme writes them.
    pub(super) fn year_in(&self, text: &str) -> Option<FinancialYear> {
        years::read(text, self.are_calendar())
    }

    /// What a year of this programme looks like.
    pub(super) fn a_year(&self) -> &'static str {
        if self.are_calendar() { "a year, like \"2026\"" } else { "a financial year, like \"2026-27\"" }
    }

    /// A financial year, as it is written.
    pub(super) fn year(&mut self, field: &Field<'_>) -> Option<FinancialYear> {
        let text = match &field.node.value {
            Value::Text(text) => text,
            // A calendar year needs no quotes.
            Value::Number(digits) if self.are_calendar() => digits,
            _ => {
                let expected = self.a_year().replace(", like", " in quotes, like");
                self.wrong_sort(field, &expected);
                return None;
            }
        };
        let year = self.year_in(text);
        if year.is_none() {
            let fault = self.no_year(Code::WrongUnit, &field.path, field.node.span, text);
            self.report(fault);
        }
        year
    }

    /// A key that is a financial year.
    pub(super) fn year_key(&mut self, field: &Field<'_>) -> Option<FinancialYear> {
        let year = self.year_in(field.key());
        if year.is_none() {
            let fault = self.no_year(Code::UnknownKey, &field.path, field.key_span, field.key());
            self.report(fault);
        }
        year
    }

    fn no_year(&self, code: Code, path: &str, span: Span, text: &str) -> Diagnostic {
        let either = FinancialYear::either(text).filter(|_| !self.are_calendar());
        let message = match either {
            Some([ending, starting]) => format!("`{}` may be {ending} or {starting}", short(text)),
            None if self.are_calendar() && FinancialYear::parse(text).is_some() => {
                format!("`{}` is not a year of this programme, whose years start in January", short(text))
            }
            None => format!("`{}` is not a financial year", short(text)),
        };
        let fault = Diagnostic::error(code, path, Some(span), message).expected(self.a_year());
        fault.meant_text(either.into_iter().flatten())
    }

    /// Reports a year that a table states twice in two spellings.
    pub(super) fn year_twice(&mut self, field: &Field<'_>, year: FinancialYear) {
        let message = format!("the year {year} is stated twice in the same table");
        let fault = Diagnostic::error(Code::DuplicateKey, &field.path, Some(field.key_span), message);
        self.report(fault.expected("each year once, however it is written").help("keep one of the two"));
    }

    /// Where the money of a stated year falls.
    pub(super) fn moved_year(&self, year: FinancialYear) -> FinancialYear {
        year.plus(self.moved.years)
    }

    /// Whether the money of a stated year falls inside the horizon. If not it is left out, or a fault: money of
    /// before the start is never a fault, since what goes on counts from the start.
    pub(super) fn year_inside(&mut self, year: FinancialYear, key: &str, span: Span) -> bool {
        let Some(horizon) = self.horizon else { return true };
        let (first, last) = (horizon.first_year(), horizon.year(horizon.years() - 1));
        let falls = self.moved_year(year);
        if (first..=last).contains(&falls) {
            return true;
        }
        if self.moved.is_changed || falls < first {
            self.moved.left_out.push((key.to_owned(), falls.to_string()));
        } else {
            let message = format!("the year {year} lies outside the programme's horizon");
            let fault = Diagnostic::error(Code::OutsideHorizon, key, Some(span), message);
            self.report(fault.expected(format!("a year from {first} to {last}")));
        }
        false
    }

    /// The years from one to another whose money falls inside the horizon, as the years in which it falls.
    pub(super) fn years_inside(
        &mut self,
        (from, first): (FinancialYear, &Field<'_>),
        (to, last): (FinancialYear, &Field<'_>),
    ) -> Vec<FinancialYear> {
        let mut inside = Vec::new();
        for year in from.to(to) {
            let place = if year == from { first } else { last };
            if self.year_inside(year, &place.path, place.node.span) {
                inside.push(self.moved_year(year));
            } else if !self.moved.is_changed
                && self.horizon.is_some_and(|horizon| year > horizon.first_year())
            {
                // Of the years after the end one fault is enough.
                break;
            }
        }
        inside
    }

    /// Says in one warning what was left out.
    pub(super) fn tell_left_out(&mut self) {
        let horizon = self.horizon_or_any();
        let mut places: Vec<(String, Vec<String>)> = Vec::new();
        for (path, date) in std::mem::take(&mut self.moved.left_out) {
            // The years of a table are told together.
            let path = path.strip_suffix(&format!(".{date}")).unwrap_or(&path).to_owned();
            let path = path.rsplit_once(".by_year").map_or(path.as_str(), |(line, _)| line);
            let path = path.strip_suffix(".table").unwrap_or(path).to_owned();
            match places.iter_mut().find(|(place, _)| *place == path) {
                Some((_, dates)) if dates.contains(&date) => {}
                Some((_, dates)) => dates.push(date),
                None => places.push((path, vec![date])),
            }
        }
        if places.is_empty() {
            return;
        }
        let mut named: Vec<String> = places
            .iter()
            .take(MOST_NAMED)
            .map(|(path, dates)| match &dates[..] {
                [first, .., last] => format!("`{path}` ({first} to {last})"),
                _ => format!("`{path}` ({})", dates.concat()),
            })
            .collect();
        if let more @ 1.. = places.len().saturating_sub(MOST_NAMED) {
            named.push(format!("{more} more"));
        }
        let message = format!(
            "left out, since it falls outside {} to {}: {}",
            horizon.start().in_words(),
            horizon.last().in_words(),
            named.join(", ")
        );
        self.report(Diagnostic::warning(Code::LeftOut, "programme", None, message));
    }
}

//! `[programme]`: what a scenario says about itself, and the months that it covers.

use super::document::{Node, Value};
use super::keys::{Field, Table};
use super::names::{Sort, nearest};
use super::quantity::short;
use super::reader::Reader;
use super::{Annuity, Programme, Residual};
use crate::calendar::{FinancialYear, Horizon, Month};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::OptionId;
use crate::parameters::Edition;

/// The longest horizon.
pub(super) const MOST_YEARS: u32 = 60;

pub(super) const MONTHS: [(&str, u32); 12] = [
    ("January", 1),
    ("February", 2),
    ("March", 3),
    ("April", 4),
    ("May", 5),
    ("June", 6),
    ("July", 7),
    ("August", 8),
    ("September", 9),
    ("October", 10),
    ("November", 11),
    ("December", 12),
];

/// What assets may be worth at the horizon.
pub(super) const RESIDUALS: [(&str, Residual); 2] =
    [("none", Residual::None), ("straight-line", Residual::StraightLine)];

/// The years in which the instalments of the equivalent annual cost fall.
pub(super) const ANNUITIES: [(&str, Annuity); 2] =
    [("from year 0", Annuity::FromYear0), ("from year 1", Annuity::FromYear1)];

/// When in a year its amounts fall, for discounting.
pub(super) const TIMINGS: [(&str, bool); 1] = [("mid-year", true)];

/// A month to go on with where none could be read.
pub(super) fn any_month() -> Month {
    Month::parse("2026-04").unwrap_or_else(|| unreachable!("a month"))
}

/// The first month that a file states.
pub(super) fn start_of(root: &Node) -> Option<Month> {
    match &root.get("programme")?.get("start")?.value {
        Value::Text(text) => Month::parse(text),
        _ => None,
    }
}

impl Reader<'_> {
    /// Reads `[programme]`. Horizon and price base are known afterwards.
    pub(super) fn read_programme(&mut self, root: &mut Table<'_>) -> Programme {
        let present = root.has("programme");
        if !present {
            self.missing(root, "programme", "[programme]");
        }
        let mut table = root.table_or_absent("programme", self);
        if present {
            self.required(&mut table, "name", "name = \"Patient access\"");
            self.required(&mut table, "start", "start = \"2026-04\"");
        }
        let name = self.text_of(&mut table, "name");
        let organisation = self.text_of(&mut table, "organisation").unwrap_or_default();
        let (start_at, years_at) = (table.take("start"), table.take("years"));
        let start = start_at.as_ref().and_then(|field| self.month(field));
        let years = years_at.as_ref().map_or(Some(11), |field| self.whole_years(field));
        let year_starts = table.take("year_starts").map_or(Some(4), |field| self.year_start(&field));
        if let (Some(start), Some(years), Some(year_starts)) = (start, years, year_starts) {
            let horizon = Horizon::new(start, years, year_starts);
            self.horizon = Some(horizon);
            self.note_move(horizon, start_at.as_ref(), years_at.as_ref());
        }
        let horizon = self.horizon_or_any();
        // Amounts stay in the prices they were stated in, whenever the run starts.
        self.prices = self.price_base(&mut table, self.written_first_year());
        self.check_edition(&mut table);
        let programme = Programme {
            name: name.unwrap_or_default(),
            organisation,
            horizon,
            prices: self.prices,
            edition: self.edition.name().to_owned(),
            discount: self.discount_schedule(&mut table),
            baseline: self.baseline(&mut table),
            mid_year: self.choice_of(&mut table, "timing", &TIMINGS, false),
            residual: self.choice_of(&mut table, "residual", &RESIDUALS, Residual::None),
            annuity: self.choice_of(&mut table, "annuity", &ANNUITIES, Annuity::FromYear0),
        };
        table.finish(self);
        programme
    }

    fn whole_years(&mut self, field: &Field<'_>) -> Option<u32> {
        let Value::Number(digits) = &field.node.value else {
            self.wrong_sort(field, "a whole number of years, without quotes, like `11`");
            return None;
        };
        let range = format!("a whole number from 1 to {MOST_YEARS}");
        match digits.parse::<u32>() {
            Ok(years @ 1..=MOST_YEARS) => return Some(years),
            Ok(0) | Err(_) => {
                let message = format!("`{}` is no length for a programme", short(digits));
                self.fault(Code::OutOfRange, field, message, &range);
            }
            Ok(years) => {
                let message = format!("a horizon of {years} years is too long");
                self.fault(Code::TooLarge, field, message, &range);
            }
        }
        None
    }

    fn year_start(&mut self, field: &Field<'_>) -> Option<u32> {
        match &field.node.value {
            Value::Number(digits) => {
                let number = digits.parse().ok().filter(|number| (1..=12).contains(number));
                if number.is_none() {
                    let message = format!("`{}` is not the number of a month", short(digits));
                    self.fault(Code::OutOfRange, field, message, "1 to 12, or the name of a month");
                }
                number
            }
            _ => self.choice(field, &MONTHS),
        }
    }

    fn price_base(&mut self, table: &mut Table<'_>, first: FinancialYear) -> FinancialYear {
        let Some(field) = table.take("prices") else { return first };
        self.year_near(&field).unwrap_or(first)
    }

    /// A price base year: no further from the start than a horizon may be long, since price levels are
    /// products over the years between.
    pub(super) fn year_near(&mut self, field: &Field<'_>) -> Option<FinancialYear> {
        let year = self.year(field)?;
        let first = self.horizon?.first_year();
        let (from, to) = (first.plus(-(MOST_YEARS as i32)), first.plus(MOST_YEARS as i32));
        if !(from..=to).contains(&year) {
            let message = format!("{year} is too far from the start of the programme to be a price base");
            self.fault(Code::OutOfRange, field, message, &format!("a year from {from} to {to}"));
            return None;
        }
        Some(year)
    }

    fn check_edition(&mut self, table: &mut Table<'_>) {
        let Some(field) = table.take("parameters") else { return };
        let Some(name) = self.text(&field) else { return };
        let known = Edition::names();
        if known.iter().all(|known| *known != name) {
            let message = format!("there is no parameter edition `{}`", short(&name));
            let fault =
                Diagnostic::error(Code::UnknownParameter, &field.path, Some(field.node.span), message)
                    .expected(format!("one of {}", known.join(", ")));
            self.report(fault.meant_text(nearest(&name, known)));
        }
    }

    fn discount_schedule(&mut self, table: &mut Table<'_>) -> String {
        let default = self.edition.default_discount().to_owned();
        let Some(field) = table.take("discount") else { return default };
        let schedules: Vec<String> =
            self.edition.discount_schedules().into_iter().map(str::to_owned).collect();
        let choices: Vec<(&str, usize)> =
            schedules.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        self.choice(&field, &choices).map_or(default, |place| schedules[place].clone())
    }

    fn baseline(&mut self, table: &mut Table<'_>) -> Option<OptionId> {
        match table.take("baseline") {
            Some(field) => self.refer(&field, Sort::Option),
            None => self.names.place(Sort::Option, "baseline"),
        }
        .map(OptionId::new)
    }
}

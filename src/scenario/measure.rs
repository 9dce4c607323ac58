//! Which quantities each key takes: units and the range that makes sense. What many values come to together has
//! its own range (`reach`).

use rust_decimal::Decimal;

use super::{Unit, quantity};

/// Units and range of a quantity. Bounds are in pounds, months, team-months or units; for rates in per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub(super) units: &'static [Unit],
    pub(super) low: i64,
    pub(super) high: i64,
    /// Whether the low bound itself is left out.
    pub(super) above: bool,
}

const fn measure(units: &'static [Unit], low: i64, high: i64) -> Measure {
    Measure { units, low, high, above: false }
}

const BILLIONS: i64 = 100_000_000_000;
const LONGEST: i64 = 1_200;

/// Money that is spent: never negative.
pub(super) const COST: Measure = measure(&[Unit::Pounds], 0, BILLIONS);
/// Money of a line, once or by year: a credit is negative.
pub(super) const SUM: Measure = measure(&[Unit::Pounds], -BILLIONS, BILLIONS);
/// What a line may be: once, a year or a month.
pub(super) const AMOUNT: Measure =
    measure(&[Unit::Pounds, Unit::PoundsAYear, Unit::PoundsAMonth], -BILLIONS, BILLIONS);
/// The cost of running something.
pub(super) const RUN: Measure = measure(&[Unit::PoundsAYear, Unit::PoundsAMonth], 0, BILLIONS);
/// The value of a benefit: a disbenefit is negative.
pub(super) const GAIN: Measure = measure(&[Unit::PoundsAYear, Unit::PoundsAMonth], -BILLIONS, BILLIONS);
/// Money a year, in a budget.
pub(super) const YEARLY: Measure = measure(&[Unit::PoundsAYear], 0, BILLIONS);
/// Money a year that may be negative.
pub(super) const YEARLY_SUM: Measure = measure(&[Unit::PoundsAYear], -BILLIONS, BILLIONS);
/// Pay of a person: a year is understood.
pub(super) const PAY: Measure = measure(&[Unit::PoundsAYear, Unit::Pounds], 0, 10_000_000);
/// Money a year for each head.
pub(super) const A_HEAD: Measure = measure(&[Unit::PoundsAYear], 0, 10_000_000);
/// Price of a contractor's day.
pub(super) const DAY_RATE: Measure = measure(&[Unit::Pounds], 0, 100_000);
/// Days in a working year.
pub(super) const DAYS: Measure = measure(&[Unit::Count], 0, 366);
/// Full-time equivalents.
pub(super) const HEADS: Measure = measure(&[Unit::Count], 0, 10_000);
/// How many of something.
pub(super) const COUNT: Measure = measure(&[Unit::Count], 0, 10_000);
/// How many teams.
pub(super) const TEAMS: Measure = Measure { units: &[Unit::Count], low: 0, high: 100, above: true };
/// A part of a whole.
pub(super) const SHARE: Measure = measure(&[Unit::Rate], 0, 100);
/// A part of a whole that can't be nothing.
pub(super) const SOME_SHARE: Measure = measure(&[Unit::Rate], 1, 100);
/// Speed against a standard team.
pub(super) const PACE: Measure = measure(&[Unit::Rate], 1, 1_000);
/// A surcharge: effort beyond the estimate, costs that rise.
pub(super) const SURCHARGE: Measure = measure(&[Unit::Rate], 0, 1_000);
/// A change of a quantity that may be for the worse.
pub(super) const CHANGE: Measure = measure(&[Unit::Rate], -100, 1_000);
/// How closely two inputs move together.
pub(super) const CORRELATION: Measure = measure(&[Unit::Rate], -100, 100);
/// Growth a year, or discount.
pub(super) const GROWTH: Measure = measure(&[Unit::Rate], -50, 50);
/// A time that may be none.
pub(super) const TIME: Measure = measure(&[Unit::Months], 0, LONGEST);
/// A time between two events, or a life: at least a month.
pub(super) const CYCLE: Measure = measure(&[Unit::Months], 1, LONGEST);
/// A time before or after an event.
pub(super) const SHIFT: Measure = measure(&[Unit::Months], -LONGEST, LONGEST);
/// Work.
pub(super) const EFFORT: Measure = measure(&[Unit::TeamMonths], 0, 1_000_000);
/// Work a year.
pub(super) const EFFORT_A_YEAR: Measure = measure(&[Unit::TeamMonthsAYear], 0, 1_000_000);

impl Measure {
    /// The range in words, if a value in one of the units lies outside.
    pub(super) fn outside(&self, value: Decimal, unit: Unit) -> Option<String> {
        let [low, high] = self.ends(unit);
        (value < low || high < value).then(|| self.range(unit))
    }

    /// The lowest and the highest value that may be written, in one of the units; rates as fractions.
    pub fn ends(&self, unit: Unit) -> [Decimal; 2] {
        let of = |bound: i64| match unit {
            Unit::Rate => Decimal::new(bound, 2),
            _ => Decimal::from(bound),
        };
        // Above the low bound, the next value is one of the last digit that is read.
        let least = if self.above { Decimal::new(1, quantity::MOST_DECIMALS) } else { Decimal::ZERO };
        [of(self.low) + least, of(self.high)]
    }

    /// The lowest and the highest value in one of the units, rates as fractions.
    pub fn limits(&self, unit: Unit) -> (Decimal, Decimal) {
        let whole = if unit == Unit::Rate { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        (Decimal::from(self.low) / whole, Decimal::from(self.high) / whole)
    }

    /// The range in words, in one of the units.
    pub fn range(&self, unit: Unit) -> String {
        let (from, to) = (in_unit(self.low, unit), in_unit(self.high, unit));
        if self.above { format!("more than {from}, at most {to}") } else { format!("{from} to {to}") }
    }

    /// A whole number as a user would write it; one is a whole, 100%, of a rate.
    pub(super) fn stated(&self, number: i64) -> String {
        let unit = self.units[0];
        in_unit(if unit == Unit::Rate { number * 100 } else { number }, unit)
    }
}

/// A bound as a user would write it.
fn in_unit(bound: i64, unit: Unit) -> String {
    match unit {
        Unit::Pounds => pounds(bound),
        Unit::PoundsAYear => format!("{} a year", pounds(bound)),
        Unit::PoundsAMonth => format!("{} a month", pounds(bound)),
        Unit::Rate => format!("{bound}%"),
        Unit::Months if bound == 1 => "1 month".to_owned(),
        Unit::Months => format!("{} months", thousands(bound)),
        Unit::TeamMonths => format!("{} team-months", thousands(bound)),
        Unit::TeamMonthsAYear => format!("{} team-months a year", thousands(bound)),
        Unit::Count => thousands(bound),
    }
}

/// Whole pounds as people write them.
pub(super) fn pounds(bound: i64) -> String {
    let sign = if bound < 0 { "-" } else { "" };
    let size = bound.unsigned_abs();
    match size {
        0 => "£0".to_owned(),
        n if n % 1_000_000_000 == 0 => format!("{sign}£{}bn", n / 1_000_000_000),
        n if n % 1_000_000 == 0 => format!("{sign}£{}m", n / 1_000_000),
        n if n % 1_000 == 0 => format!("{sign}£{}k", n / 1_000),
        n => format!("{sign}£{n}"),
    }
}

pub(super) fn thousands(bound: i64) -> String {
    let digits = bound.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if bound < 0 { format!("-{text}") } else { text }
}

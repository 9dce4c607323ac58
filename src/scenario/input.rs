//! Inputs: every number of a scenario, with its unit, what is known of its value, and where it comes from.

use rust_decimal::Decimal;

use crate::diagnostic::Span;

/// The unit in which an input is written and reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Pounds.
    Pounds,
    /// Pounds a year.
    PoundsAYear,
    /// Pounds a month.
    PoundsAMonth,
    /// A share or growth rate, as a fraction: `3.5%` is 0.035.
    Rate,
    /// Months. `2 years` is 24.
    Months,
    /// Team-months of work.
    TeamMonths,
    /// Team-months of work a year.
    TeamMonthsAYear,
    /// A bare number: full-time equivalents, teams, days.
    Count,
}

/// The shape of an uncertain value between its low and its high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Beta-PERT with its mode at `likely` (the default).
    Pert,
    /// Triangular with its mode at `likely`.
    Triangular,
    /// Lognormal with its tenth and ninetieth percentiles at low and high.
    P10P90,
    /// Uniform between low and high.
    Uniform,
}

/// What is known about an input's value, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// One figure.
    Point(Decimal),
    /// A range; `low <= likely <= high`.
    Range {
        /// Lowest, or the tenth percentile under [`Shape::P10P90`].
        low: Decimal,
        /// The central value.
        likely: Decimal,
        /// Highest, or the ninetieth percentile.
        high: Decimal,
        /// How it is spread between them.
        shape: Shape,
    },
    /// One of two values.
    Chance {
        /// The probability of `then`, 0 to 1.
        chance: Decimal,
        /// The value if it happens.
        then: Decimal,
        /// The value if it does not.
        otherwise: Decimal,
    },
}

impl Estimate {
    /// The value of the reported run: `likely`, or the likelier branch (at an even chance, that it does not
    /// happen).
    pub fn central(self) -> Decimal {
        match self {
            Self::Point(value) | Self::Range { likely: value, .. } => value,
            Self::Chance { chance, then, otherwise } => {
                if chance > Decimal::new(5, 1) {
                    then
                } else {
                    otherwise
                }
            }
        }
    }
}

/// Where an input's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the scenario, a table beside it or a `--set` argument.
    Written(Span),
    /// Not written: the mechanism's default.
    Default,
    /// From the parameter edition, under this parameter key.
    Parameter(String),
}

/// One number of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its dotted key path: its only identity.
    pub key: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value.
    pub estimate: Estimate,
    /// Where it comes from.
    pub origin: Origin,
}

//! Inputs: every number of a scenario, with its unit, what is known of its value, and where it comes from.

use rust_decimal::Decimal;

use super::measure::Measure;
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

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 8] = [
        Self::Pounds,
        Self::PoundsAYear,
        Self::PoundsAMonth,
        Self::Rate,
        Self::Months,
        Self::TeamMonths,
        Self::TeamMonthsAYear,
        Self::Count,
    ];
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
    /// Normal with its tenth and ninetieth percentiles at low and high.
    Normal,
}

/// What is known about an input's value, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// One figure.
    Point(Decimal),
    /// A range; `low <= likely <= high`.
    Range {
        /// Lowest, or the tenth percentile under [`Shape::P10P90`] and [`Shape::Normal`].
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

/// Where an input's value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the scenario, a table beside it or a `--set` argument.
    Written(Span),
    /// Not written: the mechanism's default.
    Default,
    /// From the parameter edition, under this parameter key.
    Parameter(String),
}

/// What a scenario says of where a value comes from and who answers for it. What is empty was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The document it is taken from, and where in it; or how it was estimated.
    pub source: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The date of the source: `2026`, `2026-02` or `2026-02-05`.
    pub dated: Option<String>,
    /// The date by which it is to be looked at again, likewise.
    pub review_by: Option<String>,
    /// Who agreed to it, and when.
    pub signed_off: Option<String>,
    /// What a reader should know before using it.
    pub note: Option<String>,
}

impl Provenance {
    /// This, with what it does not say taken from another.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            source: self.source.or_else(|| other.source.clone()),
            owner: self.owner.or_else(|| other.owner.clone()),
            dated: self.dated.or_else(|| other.dated.clone()),
            review_by: self.review_by.or_else(|| other.review_by.clone()),
            signed_off: self.signed_off.or_else(|| other.signed_off.clone()),
            note: self.note.or_else(|| other.note.clone()),
        }
    }
}

/// One number of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its dotted key path: its only identity.
    pub key: String,
    /// Its unit.
    pub unit: Unit,
    /// What its key takes: what of other values the reader would refuse.
    pub measure: Measure,
    /// Its value.
    pub estimate: Estimate,
    /// Where it stands.
    pub origin: Origin,
    /// What the scenario says of its source and owner, beside the value or in a table around it. Empty for
    /// overrides, for defaults, and for figures of the parameter edition, which carry their own.
    pub provenance: Provenance,
}

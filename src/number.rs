//! `Number`: the few operations that the kernel needs of a number.
//!
//! Two kinds and no more: [`Decimal`] for every reported figure (exact, the same digits on every machine) and
//! `f64` for the many runs of simulation, sensitivity and search, there also in lanes. Rounding is half away
//! from zero throughout, as a spreadsheet's `ROUND` does it; `Decimal`'s own default is bankers' rounding.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rust_decimal::prelude::ToPrimitive;

/// A number the kernel can run on.
pub trait Number:
    Copy
    + Debug
    + Default
    + PartialOrd
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// Nought.
    const ZERO: Self;
    /// One.
    const ONE: Self;

    /// The number nearest to an exact decimal.
    fn from_decimal(value: Decimal) -> Self;

    /// A whole number.
    fn from_count(value: i64) -> Self;

    /// For drawing, tolerances and statistics: never for a reported figure.
    fn to_f64(self) -> f64;

    /// Whole pence, half away from zero.
    fn to_pence(self) -> i128;

    /// Pounds of so many pence.
    fn from_pence(pence: i128) -> Self;

    /// Rounded to the penny, half away from zero.
    #[must_use]
    fn to_penny(self) -> Self {
        Self::from_pence(self.to_pence())
    }

    /// An amount as it is posted: in the reported run rounded once, to the penny; as it is in the runs on
    /// `f64`, whose postings never leave the machine.
    #[must_use]
    fn as_posted(self) -> Self;

    /// The nearest whole number, half away from zero: the schedule moves in whole months.
    fn to_whole(self) -> i64;

    /// The smaller of two.
    #[must_use]
    fn at_most(self, limit: Self) -> Self {
        if limit < self { limit } else { self }
    }

    /// The larger of two.
    #[must_use]
    fn at_least(self, limit: Self) -> Self {
        if limit > self { limit } else { self }
    }

    /// Whether it is nought.
    fn is_nought(self) -> bool {
        self == Self::ZERO
    }
}

impl Number for Decimal {
    const ZERO: Self = Decimal::ZERO;
    const ONE: Self = Decimal::ONE;

    fn from_decimal(value: Decimal) -> Self {
        value
    }

    fn from_count(value: i64) -> Self {
        Decimal::from(value)
    }

    fn to_f64(self) -> f64 {
        ToPrimitive::to_f64(&self).unwrap_or(f64::NAN)
    }

    fn to_pence(self) -> i128 {
        let (mantissa, scale) = (self.mantissa(), self.scale());
        if scale <= 2 {
            return mantissa * 10_i128.pow(2 - scale);
        }
        // What `round_dp_with_strategy` does, by one division instead of many.
        let unit = 10_u128.pow(scale - 2);
        let (whole, rest) = (mantissa.unsigned_abs() / unit, mantissa.unsigned_abs() % unit);
        let pence = (whole + u128::from(2 * rest >= unit)) as i128;
        if mantissa < 0 { -pence } else { pence }
    }

    fn from_pence(pence: i128) -> Self {
        Decimal::from_i128_with_scale(pence, 2)
    }

    fn to_penny(self) -> Self {
        if self.scale() <= 2 { self } else { Self::from_pence(self.to_pence()) }
    }

    fn as_posted(self) -> Self {
        self.to_penny()
    }

    fn to_whole(self) -> i64 {
        let whole = self.round_dp_with_strategy(0, MidpointAwayFromZero);
        whole.to_i64().unwrap_or(if whole.is_sign_negative() { i64::MIN } else { i64::MAX })
    }
}

impl Number for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn from_decimal(value: Decimal) -> Self {
        Number::to_f64(value)
    }

    fn from_count(value: i64) -> Self {
        value as f64
    }

    fn to_f64(self) -> f64 {
        self
    }

    fn to_pence(self) -> i128 {
        // Half a penny is a hair off in binary: a nudge of a part in a million million takes it to its side.
        (self * 100.0 * (1.0 + 1e-12)).round() as i128
    }

    fn from_pence(pence: i128) -> Self {
        pence as f64 / 100.0
    }

    fn as_posted(self) -> Self {
        self
    }

    fn to_whole(self) -> i64 {
        self.round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pennies_round_half_away_from_zero() {
        let half = Decimal::new(2_345, 3); // 2.345
        assert_eq!(half.to_penny(), Decimal::new(235, 2));
        assert_eq!((-half).to_penny(), Decimal::new(-235, 2));
        assert_eq!(Decimal::new(2_344_999, 6).to_penny(), Decimal::new(234, 2));
        // 1.005 is 1.00499999999999989... in binary.
        assert_eq!(
            (1.005_f64.to_pence(), (-1.005_f64).to_pence(), 1.004_999_f64.to_pence()),
            (101, -101, 100)
        );
        assert_eq!((half.to_pence(), Decimal::from(7).to_pence()), (235, 700));
    }

    #[test]
    fn months_round_to_the_nearest_whole() {
        assert_eq!(Decimal::new(25, 1).to_whole(), 3);
        assert_eq!(17.49_f64.to_whole(), 17);
        assert_eq!((-0.5_f64).to_whole(), -1);
    }
}

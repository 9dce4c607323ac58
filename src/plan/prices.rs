//! Price indices and discount factors by year.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::realise::refilled;
use crate::calendar::{FinancialYear, Horizon};
use crate::id::{IndexId, InputId};
use crate::number::Number;
use crate::scenario::{DiscountBand, PriceIndex};

/// Price levels of every index in every year of the horizon, relative to the base year.
#[derive(Clone, Debug, Default)]
pub struct PriceTable<N> {
    /// `[index][t]`: nominal price level, 1 in the base year.
    nominal: Vec<Vec<N>>,
    /// `[index][t]`: nominal level over the deflator's.
    relative: Vec<Vec<N>>,
    /// `[t]`: 1 over the deflator.
    deflate: Vec<N>,
}

impl<N: Number> PriceTable<N> {
    /// The level of an index in year t: turns base-year prices into cash.
    pub fn nominal(&self, index: IndexId, t: usize) -> N {
        self.nominal[index.place()][t]
    }

    /// The level of an index in year t over the deflator: turns base-year prices into real prices, so that
    /// only relative price effects remain.
    pub fn relative(&self, index: IndexId, t: usize) -> N {
        self.relative[index.place()][t]
    }

    /// Turns cash of year t into real prices.
    pub fn deflate(&self, t: usize) -> N {
        self.deflate[t]
    }

    pub(super) fn new(
        indices: &[PriceIndex],
        horizon: Horizon,
        base: FinancialYear,
        value: impl Fn(InputId) -> N,
    ) -> Self {
        let mut table = Self::default();
        table.nominal.resize_with(indices.len(), Vec::new);
        table.relative.resize_with(indices.len(), Vec::new);
        for place in (0..indices.len()).rev() {
            table.renew(indices, IndexId::new(place), horizon, base, &value);
        }
        table
    }

    /// Makes the levels of one index again. All others stand over the deflator, so with it they are made again too.
    pub(super) fn renew(
        &mut self,
        indices: &[PriceIndex],
        index: IndexId,
        horizon: Horizon,
        base: FinancialYear,
        value: impl Fn(InputId) -> N,
    ) {
        let years = (0..horizon.years()).map(|t| horizon.year(t));
        let levels = &mut self.nominal[index.place()];
        levels.clear();
        levels.extend(years.map(|year| level(&indices[index.place()].growth, base, year, &value)));
        if index != IndexId::GENERAL {
            self.stand_over_deflator(index.place());
            return;
        }
        self.deflate.clear();
        self.deflate.extend(self.nominal[0].iter().map(|&d| N::ONE / d));
        (0..self.nominal.len()).for_each(|place| self.stand_over_deflator(place));
    }

    fn stand_over_deflator(&mut self, place: usize) {
        // The deflator over itself is 1 exactly, not a division's nearest decimal.
        let over = |(&level, &d): (&N, &N)| if place == 0 { N::ONE } else { level / d };
        let relative = &mut self.relative[place];
        relative.clear();
        relative.extend(self.nominal[place].iter().zip(&self.nominal[0]).map(over));
    }
}

/// `index(y)` = product of (1 + growth) from the year after the base to y, 1 in the base year; for a year
/// before the base, the product's inverse.
pub(super) fn level<N: Number>(
    growth: &BTreeMap<FinancialYear, InputId>,
    base: FinancialYear,
    year: FinancialYear,
    value: &impl Fn(InputId) -> N,
) -> N {
    let product = |after: FinancialYear, to: FinancialYear| {
        let mut product = N::ONE;
        // Excluded at both ends but for `to`: a range from the base year to itself is empty, not a fault.
        for (_, &input) in growth.range((Bound::Excluded(after), Bound::Excluded(to.plus(1)))) {
            product = product * (N::ONE + value(input));
        }
        product
    };
    if year >= base { product(base, year) } else { N::ONE / product(year, base) }
}

/// `DF(0) = 1; DF(t) = DF(t - 1) / (1 + r(t))`, r from the band that contains t (Green Book 2026, 6.54): a
/// running product, not `1 / (1 + r(t))^t`. With `mid_year`, `DF(t) / sqrt(1 + r(t))` from year 1 and half
/// of year 1's rate in year 0.
pub(super) fn discount_factors<N: Number>(
    bands: &[DiscountBand],
    years: usize,
    half_year: Option<&dyn Fn(N) -> N>,
    value: impl Fn(InputId) -> N,
    old: Option<&mut Vec<N>>,
) -> Vec<N> {
    let rate = |t: usize| {
        let band = bands.iter().rev().find(|band| band.from_year as usize <= t.max(1));
        band.map_or(N::ZERO, |band| value(band.rate))
    };
    let mut factor = N::ONE;
    let factors = (0..years).map(|t| {
        if t > 0 {
            factor = factor / (N::ONE + rate(t));
        }
        half_year.map_or(factor, |root| factor / root(N::ONE + rate(t)))
    });
    refilled(old, factors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn bands() -> Vec<DiscountBand> {
        [(1, 0), (31, 1), (76, 2)]
            .map(|(from_year, place)| DiscountBand { from_year, rate: InputId::new(place) })
            .to_vec()
    }

    fn standard(id: InputId) -> Decimal {
        [Decimal::new(35, 3), Decimal::new(30, 3), Decimal::new(25, 3)][id.place()]
    }

    /// Green Book 2026, table 8, to four places, and DF(5) = 1.035^-5 to ten.
    #[test]
    fn discount_factors_are_those_of_the_green_book() {
        let factors = discount_factors::<Decimal>(&bands(), 126, None, standard, None);
        let four: Vec<String> = factors[..6].iter().map(|f| f.round_dp(4).normalize().to_string()).collect();
        assert_eq!(four, ["1", "0.9662", "0.9335", "0.9019", "0.8714", "0.842"]);
        assert_eq!(factors[5].round_dp(10).to_string(), "0.8419731669");
        // Closed form: DF(125) = 1.035^-30 x 1.03^-45 x 1.025^-50 = 0.0274 to four places.
        let closed = 1.035_f64.powi(-30) * 1.03_f64.powi(-45) * 1.025_f64.powi(-50);
        assert!((Number::to_f64(factors[125]) - closed).abs() < 1e-12);
        assert_eq!(factors[125].round_dp(4).to_string(), "0.0274");
    }

    /// Annuities over years 0..n, from the same rule in 40-digit arithmetic.
    #[test]
    fn annuities_are_sums_of_factors() {
        let factors = discount_factors::<Decimal>(&bands(), 61, None, standard, None);
        for (n, expected) in [(5, "5.5150523755"), (10, "9.3166053226"), (60, "26.3752595025")] {
            let sum: Decimal = factors[..=n].iter().sum();
            assert_eq!(sum.round_dp(10).to_string(), expected, "years 0..{n}");
        }
    }

    /// Growth of 10% then 20%: 1.1 after one year, 1.32 after two; a base in the last year inverts it.
    #[test]
    fn an_index_is_a_running_product_from_the_base_year() {
        let growth: BTreeMap<FinancialYear, InputId> =
            [(FinancialYear::new(2027), InputId::new(0)), (FinancialYear::new(2028), InputId::new(1))].into();
        let value = |id: InputId| [Decimal::new(1, 1), Decimal::new(2, 1)][id.place()];
        let at = |base, year| level(&growth, FinancialYear::new(base), FinancialYear::new(year), &value);
        assert_eq!(at(2026, 2026), Decimal::ONE);
        assert_eq!(at(2026, 2028), Decimal::new(132, 2));
        assert_eq!(at(2028, 2027) * Decimal::new(12, 1), Decimal::ONE.round_dp(20));
    }
}

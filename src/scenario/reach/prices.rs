//! What compounds over the years: price levels and discount factors.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{MOST_LEVEL, Reach};
use crate::calendar::FinancialYear;
use crate::diagnostic::Diagnostic;
use crate::id::InputId;
use crate::scenario::{DiscountBand, PriceIndex};

/// The lowest and the highest level of an index by year.
pub(super) type Levels = BTreeMap<FinancialYear, [f64; 2]>;

/// The levels of an index in every year that it has, with each growth rate at both of its ends.
pub(super) fn levels(base: FinancialYear, index: &PriceIndex, ends: &[[f64; 2]]) -> Levels {
    let mut levels = Levels::from([(base, [1.0; 2])]);
    let mut level = [1.0; 2];
    for (&year, growth) in index.growth.range((Bound::Excluded(base), Bound::Unbounded)) {
        let [low, high] = ends[growth.place()];
        level = [level[0] * (1.0 + low), level[1] * (1.0 + high)];
        levels.insert(year, level);
    }
    let mut level = [1.0; 2];
    for (&year, growth) in index.growth.range(..=base).rev() {
        let [low, high] = ends[growth.place()];
        level = [level[0] / (1.0 + high), level[1] / (1.0 + low)];
        levels.insert(year.plus(-1), level);
    }
    levels
}

impl Reach<'_> {
    pub(super) fn base(&self) -> FinancialYear {
        self.scenario.programme.prices
    }

    /// At most one for each index, in the year nearest to the base in which it leaves the range: its own level, or that
    /// over the deflator's.
    pub(super) fn faults_of_prices(&self) -> Vec<Diagnostic> {
        let Some(general) = self.scenario.indices.first() else { return Vec::new() };
        let fault = |(index, own): (&PriceIndex, &Levels)| {
            if let Some((year, is_high)) = self.outside(own) {
                return Some(self.fault_of_level(index, None, year, is_high));
            }
            let (year, is_high) = self.outside(&self.real(own))?;
            Some(self.fault_of_level(index, Some(general), year, is_high))
        };
        let mut all = self.scenario.indices.iter().zip(&self.levels);
        // Where the deflator itself is out, so is every other index over it.
        let of_deflator = all.next().and_then(fault);
        if of_deflator.is_some() {
            of_deflator.into_iter().collect()
        } else {
            all.filter_map(fault).collect()
        }
    }

    /// The year nearest to the base in which a level is outside the range, and whether it is too high.
    fn outside(&self, levels: &Levels) -> Option<(FinancialYear, bool)> {
        let most = f64::from(MOST_LEVEL);
        let beyond = levels.iter().filter_map(|(&year, &[low, high])| {
            if high > most { Some((year, true)) } else { (low < 1.0 / most).then_some((year, false)) }
        });
        beyond.min_by_key(|(year, _)| year.since(self.base()).abs())
    }

    fn fault_of_level(
        &self,
        index: &PriceIndex,
        deflator: Option<&PriceIndex>,
        year: FinancialYear,
        is_high: bool,
    ) -> Diagnostic {
        let base = self.base();
        let (after, to) = if year > base { (base, year) } else { (year, base) };
        // How much each input does: years before the base are divided by.
        let mut does: Vec<(f64, InputId)> = Vec::new();
        for (of, sign) in [(Some(index), 1.0), (deflator, -1.0)] {
            let sign = if year > base { sign } else { -sign };
            let Some(of) = of else { continue };
            for (_, &growth) in of.growth.range((Bound::Excluded(after), Bound::Included(to))) {
                let far = if (sign > 0.0) == is_high { self.high(growth) } else { self.low(growth) };
                let done = sign * libm::log(1.0 + far);
                match does.iter_mut().find(|(_, id)| *id == growth) {
                    Some((sum, _)) => *sum += done,
                    None => does.push((done, growth)),
                }
            }
        }
        let most =
            does.into_iter().max_by(|(a, _), (b, _)| if is_high { a.total_cmp(b) } else { b.total_cmp(a) });
        let input: Vec<InputId> = most.map(|(_, id)| id).into_iter().collect();
        let (name, whose) = (&index.name, if deflator.is_some() { " over the deflator" } else { "" });
        let far = if is_high { "above a million times" } else { "below a millionth of" };
        let message = format!("the price index `{name}`{whose} may be {far} its level of {base} in {year}");
        self.fault(&input, message)
            .expected(format!("growth that keeps prices within a million times those of {base}, up or down"))
            .help("make the growth smaller, or the time from the price base shorter")
    }

    /// The highest discount factor by year under each schedule.
    fn factors(&self, bands: &[DiscountBand]) -> Vec<f64> {
        let rate = |t: usize| {
            let band = bands.iter().rev().find(|band| band.from_year as usize <= t.max(1));
            band.map_or(0.0, |band| self.low(band.rate))
        };
        let mut factor = 1.0;
        let factors = (0..self.scenario.programme.horizon.years()).map(|t| {
            factor /= if t > 0 { 1.0 + rate(t) } else { 1.0 };
            if self.scenario.programme.mid_year { factor / (1.0 + rate(t)).sqrt() } else { factor }
        });
        factors.collect()
    }

    pub(super) fn faults_of_discount(&self) -> Vec<Diagnostic> {
        let policy = &self.scenario.policy;
        let fault = |bands: &Vec<DiscountBand>| {
            let factors = self.factors(bands);
            let t = factors.iter().position(|&factor| factor > f64::from(MOST_LEVEL))?;
            let reached = bands.iter().filter(|band| band.from_year as usize <= t.max(1));
            let least = reached.min_by(|a, b| self.low(a.rate).total_cmp(&self.low(b.rate)))?;
            let year = self.scenario.programme.horizon.year(t);
            let message =
                format!("a pound of {year} may be worth more than a million pounds at this discount rate");
            let expected = "rates at which a discount factor is at most a million".to_owned();
            let help = "make the rate higher, or the horizon shorter";
            Some(self.fault(&[least.rate], message).expected(expected).help(help))
        };
        let mut faults: Vec<Diagnostic> =
            [&policy.discount, &policy.health_discount].into_iter().filter_map(fault).collect();
        faults.dedup_by(|a, b| a.key == b.key);
        faults
    }

    /// Levels over those of the deflator: exactly 1 of the deflator's own.
    fn real(&self, levels: &Levels) -> Levels {
        let deflator = &self.levels[0];
        let over = |(year, &[low, high]): (&FinancialYear, &[f64; 2])| {
            let [below, above] = deflator.get(year)?;
            Some((*year, [low / above, high / below]))
        };
        if std::ptr::eq(levels, deflator) { Levels::new() } else { levels.iter().filter_map(over).collect() }
    }

    /// The highest that amounts in prices of the base year are multiplied by, discounting included.
    pub(super) fn highest_prices(&self) -> f64 {
        let highest = |levels: &Levels| levels.values().map(|&[_, high]| high).fold(1.0, f64::max);
        let of = |own: &Levels| highest(own).max(highest(&self.real(own)));
        let prices = self.levels.iter().map(of).fold(1.0, f64::max);
        let policy = &self.scenario.policy;
        let factors = [&policy.discount, &policy.health_discount].map(|bands| self.factors(bands));
        prices * factors.into_iter().flatten().fold(1.0, f64::max)
    }

    /// The highest that cash is multiplied by to take it to prices of the base year.
    pub(super) fn highest_deflation(&self) -> f64 {
        self.levels
            .first()
            .map_or(1.0, |deflator| deflator.values().map(|[low, _]| 1.0 / low).fold(1.0, f64::max))
    }
}

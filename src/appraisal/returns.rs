//! The rate of return: the discount rate at which an option neither gains nor loses.
//!
//! It is of real net gains by year index. Where gains change their sign more than once there may be several such rates,
//! and none of them says anything: so roots are counted, never just found. With x = 1 / (1 + r) the present value is a
//! polynomial in x; it is taken for x up to 1, and turned round for the rates below nought.

#![allow(clippy::float_cmp, reason = "whole pence and their signs are exact")]

use rust_decimal::Decimal;

use super::Appraisal;
use crate::id::OptionId;
use crate::number::Number;

/// The rate of return of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateOfReturn {
    /// There is exactly one: a fraction, to six places.
    One(Decimal),
    /// No rate makes gains and losses even.
    Nothing,
    /// More than one does.
    Several,
}

impl Appraisal<Decimal> {
    /// The real rate of return of an option, on what it gains each year beyond the baseline; `None` for the baseline
    /// itself.
    pub fn rate_of_return(&self, option: OptionId) -> Option<RateOfReturn> {
        (self.baseline != Some(option)).then(|| rate_of_return(&self.net_gains(option)))
    }

    /// Real benefits less real costs of each year, less those of the baseline; gross, if there is none.
    pub fn net_gains(&self, option: OptionId) -> Vec<Decimal> {
        let own = self.options[option.place()].by_year.iter().map(|year| year.benefits - year.cost);
        match self.baseline {
            None => own.collect(),
            Some(baseline) => {
                let before = self.options[baseline.place()].by_year.iter();
                own.zip(before).map(|(own, year)| own - (year.benefits - year.cost)).collect()
            }
        }
    }
}

/// The rate at which the present value of gains, one a year, is nought.
pub fn rate_of_return(gains: &[Decimal]) -> RateOfReturn {
    // Whole pence are exact, and with them the sum at a rate of nought.
    let mut pence: Vec<f64> = gains.iter().map(|gain| gain.to_pence() as f64).collect();
    while pence.last() == Some(&0.0) {
        pence.pop();
    }
    let Some(first) = pence.iter().position(|&gain| gain != 0.0) else { return RateOfReturn::Nothing };
    let forward = &pence[first..];
    let backward: Vec<f64> = forward.iter().rev().copied().collect();
    let (Some(up), Some(down)) = (Roots::of(forward), Roots::of(&backward)) else {
        return RateOfReturn::Several;
    };
    // A root at 1, a rate of nought, is in both.
    let rates = up.0.iter().map(|x| 1.0 / x - 1.0);
    let rates = rates.chain(down.0.iter().filter(|&&x| x < 1.0).map(|x| x - 1.0));
    match rates.collect::<Vec<f64>>().as_slice() {
        [] => RateOfReturn::Nothing,
        [rate] => RateOfReturn::One(Decimal::from_i128_with_scale((rate * 1e6).round() as i128, 6)),
        _ => RateOfReturn::Several,
    }
}

/// The roots of a polynomial above 0 and up to 1, in order.
struct Roots(Vec<f64>);

impl Roots {
    /// Between two neighbouring roots of its derivative a polynomial has one root at most. `None` where it only just
    /// touches nought, as far as the digits tell: two roots, or none.
    fn of(coefficients: &[f64]) -> Option<Self> {
        let turns = if changes_of_sign(coefficients) > 1 { turns(coefficients) } else { Vec::new() };
        let mut roots = Vec::new();
        let mut before = (0.0, lowest(coefficients));
        for point in turns.into_iter().chain([1.0]) {
            let (value, size) = at(coefficients, point);
            if point < 1.0 && value.abs() <= size * 1e-12 {
                return None;
            }
            if value == 0.0 {
                // At 1 both sums are of whole pence: a slope of zero means that the root is there twice.
                if slope_at_one(coefficients) == 0.0 {
                    return None;
                }
                roots.push(point);
            } else if (value < 0.0) != (before.1 < 0.0) && before.1 != 0.0 {
                roots.push(bisect(coefficients, before.0, point));
            }
            before = (point, value);
        }
        Some(Self(roots))
    }
}

fn slope_at_one(coefficients: &[f64]) -> f64 {
    coefficients.iter().enumerate().map(|(power, c)| c * power as f64).sum()
}

/// Where a polynomial turns, above 0 and below 1: the roots of its derivative, those that only just touch left out.
fn turns(coefficients: &[f64]) -> Vec<f64> {
    let derivative: Vec<f64> =
        coefficients.iter().enumerate().skip(1).map(|(power, c)| c * power as f64).collect();
    let largest = derivative.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
    if largest == 0.0 {
        return Vec::new();
    }
    let derivative: Vec<f64> = derivative.iter().map(|c| c / largest).collect();
    let inner = if changes_of_sign(&derivative) > 1 { turns(&derivative) } else { Vec::new() };
    let mut roots = Vec::new();
    let mut before = (0.0, lowest(&derivative));
    for point in inner.into_iter().chain([1.0]) {
        let (value, _) = at(&derivative, point);
        if value != 0.0 && (value < 0.0) != (before.1 < 0.0) {
            roots.push(bisect(&derivative, before.0, point));
        }
        if value != 0.0 {
            before = (point, value);
        }
    }
    roots
}

/// How often the sign changes from one coefficient to the next: there are no more positive roots than that.
fn changes_of_sign(coefficients: &[f64]) -> usize {
    let signs: Vec<bool> = coefficients.iter().filter(|&&c| c != 0.0).map(|&c| c < 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The lowest coefficient that is not nought: it gives the sign just above 0.
fn lowest(coefficients: &[f64]) -> f64 {
    coefficients.iter().copied().find(|&c| c != 0.0).unwrap_or(0.0)
}

/// The value at a point, and the size of what it is the sum of.
fn at(coefficients: &[f64], x: f64) -> (f64, f64) {
    coefficients.iter().rev().fold((0.0, 0.0), |(sum, size), c| (sum * x + c, size * x + c.abs()))
}

/// The root between two points of unlike sign, to the last digit.
fn bisect(coefficients: &[f64], mut low: f64, mut high: f64) -> f64 {
    let below = at(coefficients, high).0 < 0.0;
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if (at(coefficients, middle).0 < 0.0) == below {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(gains: &[i64]) -> RateOfReturn {
        rate_of_return(&gains.iter().map(|&gain| Decimal::from(gain)).collect::<Vec<_>>())
    }

    fn one(rate: &str) -> RateOfReturn {
        RateOfReturn::One(rate.parse().expect("a rate"))
    }

    #[test]
    fn one_change_of_sign_gives_one_rate() {
        // -100 and 110 a year later: 10%. Two years later 121: 10% too. Half of it back: -50%.
        assert_eq!(rate(&[-100, 110]), one("0.100000"));
        assert_eq!(rate(&[-100, 0, 121]), one("0.100000"));
        assert_eq!(rate(&[-100, 50]), one("-0.500000"));
        // As much back as went out: 0%.
        assert_eq!(rate(&[0, -100, 60, 40]), one("0"));
        // -100 + 60/(1+r) + 60/(1+r)^2 = 0: (1+r) = (0.6 + sqrt(0.36 + 2.4)) / 2 = 1.130662.
        assert_eq!(rate(&[-100, 60, 60]), one("0.130662"));
        // A pound that becomes a million in a year.
        assert_eq!(rate(&[-1, 1_000_000]), one("999999"));
    }

    #[test]
    fn gains_alone_or_losses_alone_have_none() {
        assert_eq!(rate(&[]), RateOfReturn::Nothing);
        assert_eq!(rate(&[0, 0]), RateOfReturn::Nothing);
        assert_eq!(rate(&[-100, -5]), RateOfReturn::Nothing);
        assert_eq!(rate(&[100, 5]), RateOfReturn::Nothing);
        // Signs change twice, and no rate will do: x^2 - x + 1 has no root.
        assert_eq!(rate(&[100, -100, 100]), RateOfReturn::Nothing);
    }

    #[test]
    fn of_several_rates_none_is_given() {
        // (1 - 1.1x)(1 - 1.2x) = 1 - 2.3x + 1.32x^2: 10% and 20%.
        assert_eq!(rate(&[-100, 230, -132]), RateOfReturn::Several);
        // (1 - 1.1x)^2: 10% twice over.
        assert_eq!(rate(&[-100, 220, -121]), RateOfReturn::Several);
        // One rate above nought and one below: (1 - 1.1x)(1 - 0.5x).
        assert_eq!(rate(&[-100, 160, -55]), RateOfReturn::Several);
        // (1 - x)^2 and (1 - x)(1 - 1.1x): nought twice, nought and 10%.
        assert_eq!(rate(&[-100, 200, -100]), RateOfReturn::Several);
        assert_eq!(rate(&[-100, 210, -110]), RateOfReturn::Several);
    }

    #[test]
    fn several_changes_of_sign_may_still_give_one() {
        // (1 - 1.1x)(x^2 - x + 1) = 1 - 2.1x + 2.1x^2 - 1.1x^3: three changes, one real root.
        assert_eq!(rate(&[-100, 210, -210, 110]), one("0.100000"));
    }

    #[test]
    fn sixty_years_are_no_hardship() {
        let mut gains = vec![-1_000_000];
        gains.extend((1..=60).map(|year| if year % 2 == 0 { 90_000 } else { -20_000 }));
        // The first year is the only one that turns the sum: it is below zero for high rates and above it for low ones.
        // As a spreadsheet checks it: the present value changes its sign at the rate.
        let RateOfReturn::One(found) = rate(&gains) else { panic!("one rate") };
        let found = Number::to_f64(found);
        let worth = |rate: f64| -> f64 {
            gains.iter().enumerate().map(|(t, &gain)| gain as f64 / (1.0 + rate).powi(t as i32)).sum()
        };
        assert!(worth(found - 1e-6) > 0.0 && worth(found + 1e-6) < 0.0, "{found}");
    }
}

//! Distributions: an even number between 0 and 1 in, a value of an input out, rising with it.
//!
//! All functions come from `libm` or are written here, so that a seed gives the same bits on every machine.

use super::beta::BetaInverse;
use super::octaves::Octaves;
use crate::number::Number;
use crate::scenario::{Estimate, Shape};

/// The ninetieth percentile of the standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

/// No draw of a normal distribution lies further out, in standard deviations: the reader has checked that far.
const FARTHEST: f64 = 6.0;

/// How an input's value is spread, as its inverse distribution function.
#[derive(Clone, Debug)]
pub struct Distribution(Inverse);

#[derive(Clone, Debug)]
enum Inverse {
    /// By its series where they reach.
    Smooth(Box<Octaves>, Smooth),
    Triangular {
        low: f64,
        likely: f64,
        high: f64,
    },
    Uniform {
        low: f64,
        width: f64,
    },
    /// `first` below the threshold, then `second`, the larger.
    Chance {
        threshold: f64,
        first: f64,
        second: f64,
    },
}

/// A function that costs more than a model's share of a draw.
#[derive(Clone, Debug)]
enum Smooth {
    Pert { low: f64, width: f64, beta: Box<BetaInverse> },
    Lognormal { middle: f64, spread: f64 },
    Normal { middle: f64, spread: f64 },
}

impl Smooth {
    fn at(&self, u: f64) -> f64 {
        match self {
            Self::Pert { low, width, beta } => low + width * beta.at(u),
            Self::Lognormal { middle, spread } => middle * libm::exp(spread * normal(u)),
            Self::Normal { middle, spread } => middle + spread * normal(u).clamp(-FARTHEST, FARTHEST),
        }
    }
}

impl Distribution {
    /// The distribution of an estimate; `None` where there is nothing to draw: a point, a range without width, a
    /// chance of nought or of 100%.
    pub fn new(estimate: Estimate) -> Option<Self> {
        Some(Self(match estimate {
            Estimate::Point(_) => return None,
            Estimate::Range { low, high, .. } if low == high => return None,
            Estimate::Range { low, likely, high, shape } => {
                range([low, likely, high].map(Number::to_f64), shape)
            }
            Estimate::Chance { chance, then, otherwise } => {
                let (chance, then, otherwise) = (chance.to_f64(), then.to_f64(), otherwise.to_f64());
                if chance <= 0.0 || chance >= 1.0 || then.total_cmp(&otherwise).is_eq() {
                    return None;
                }
                // The larger branch comes last, so that the value rises with the draw: correlations need that.
                if then > otherwise {
                    Inverse::Chance { threshold: 1.0 - chance, first: otherwise, second: then }
                } else {
                    Inverse::Chance { threshold: chance, first: then, second: otherwise }
                }
            }
        }))
    }

    /// The value below which a share `u` of the distribution lies; `0 < u < 1`.
    pub fn at(&self, u: f64) -> f64 {
        match &self.0 {
            Inverse::Smooth(octaves, smooth) => octaves.at(u).unwrap_or_else(|| smooth.at(u)),
            Inverse::Triangular { low, likely, high } => {
                let (width, left) = (high - low, likely - low);
                let rises = u * width < left;
                // One root for both sides: which it is can't be foreseen.
                let under = if rises { u * left } else { (1.0 - u) * (high - likely) };
                let root = (width * under).sqrt();
                if rises { low + root } else { high - root }
            }
            Inverse::Uniform { low, width } => low + width * u,
            Inverse::Chance { threshold, first, second } => {
                if u < *threshold {
                    *first
                } else {
                    *second
                }
            }
        }
    }
}

fn smooth(smooth: Smooth) -> Inverse {
    Inverse::Smooth(Box::new(Octaves::new(|u| smooth.at(u))), smooth)
}

fn range([low, likely, high]: [f64; 3], shape: Shape) -> Inverse {
    let width = high - low;
    match shape {
        Shape::Pert => {
            let rise = 4.0 * (likely - low) / width;
            let beta = Box::new(BetaInverse::new(1.0 + rise, 5.0 - rise));
            smooth(Smooth::Pert { low, width, beta })
        }
        Shape::Triangular => Inverse::Triangular { low, likely, high },
        Shape::Uniform => Inverse::Uniform { low, width },
        // Through low and high, with its median where the reported run stands.
        Shape::P10P90 => {
            let spread = libm::log(high / low) / (2.0 * Z90);
            smooth(Smooth::Lognormal { middle: (low * high).sqrt(), spread })
        }
        Shape::Normal => {
            smooth(Smooth::Normal { middle: f64::midpoint(low, high), spread: width / (2.0 * Z90) })
        }
    }
}

/// The inverse of the standard normal distribution function: Acklam's approximation, good to nine digits, and
/// one step of Halley's method on the exact function.
pub(super) fn normal(u: f64) -> f64 {
    // The lower tail is the upper one's mirror, and the only one where the share has all its digits.
    if u > 0.5 {
        return -normal(1.0 - u);
    }
    let guess = acklam(u);
    let below = 0.5 * libm::erfc(-guess / std::f64::consts::SQRT_2);
    let step = (below - u) * (2.0 * std::f64::consts::PI).sqrt() * libm::exp(guess * guess / 2.0);
    guess - step / (1.0 + guess * step / 2.0)
}

/// P. J. Acklam's rational approximation for shares up to a half.
#[allow(clippy::excessive_precision, reason = "the coefficients as they were published")]
fn acklam(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_690e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let polynomial = |terms: &[f64], x: f64| terms.iter().fold(0.0, |sum, term| sum * x + term);
    if u < 0.02425 {
        let q = (-2.0 * libm::log(u)).sqrt();
        return polynomial(&C, q) / polynomial(&D, q);
    }
    let q = u - 0.5;
    q * polynomial(&A, q * q) / polynomial(&B, q * q)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn of(shape: Shape, low: i64, likely: i64, high: i64) -> Distribution {
        let [low, likely, high] = [low, likely, high].map(Decimal::from);
        Distribution::new(Estimate::Range { low, likely, high, shape }).expect("a spread")
    }

    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        let tables = [(0.5, 0.0), (0.9, Z90), (0.975, 1.959_963_984_540_054), (1e-6, -4.753_424_308_822_899)];
        for (u, z) in tables {
            assert!((normal(u) - z).abs() < 1e-13, "{u}: {}", normal(u));
        }
    }

    /// Triangular 0, 3, 9: F(3) = 1/3; F(6) = 1 - 9 / 54.
    #[test]
    fn quantiles_by_hand() {
        let triangular = of(Shape::Triangular, 0, 3, 9);
        assert!((triangular.at(1.0 / 3.0) - 3.0).abs() < 1e-12);
        assert!((triangular.at(1.0 - 9.0 / 54.0) - 6.0).abs() < 1e-12);
        let lognormal = of(Shape::P10P90, 4, 6, 9);
        for (u, value) in [(0.1, 4.0), (0.5, 6.0), (0.9, 9.0)] {
            assert!((lognormal.at(u) - value).abs() < 1e-12, "{u}");
        }
        // Normal with P10 4 and P90 9: mean 6.5, sd 5 / 2.5631 = 1.95076; a mean and an sd up is 8.45076.
        let normal = of(Shape::Normal, 4, 6, 9);
        for (u, value) in [(0.1, 4.0), (0.5, 6.5), (0.9, 9.0), (0.841_344_746_068_542_9, 8.450_760_9)] {
            assert!((normal.at(u) - value).abs() < 1e-6, "{u}: {}", normal.at(u));
        }
        let sd = 5.0 / (2.0 * Z90);
        assert!((normal.at(1e-18) - (6.5 - 6.0 * sd)).abs() < 1e-6, "cut at six standard deviations");
        assert!((of(Shape::Uniform, -4, 3, 10).at(0.25) + 0.5).abs() < 1e-12);
        // A symmetric PERT has its median in the middle.
        assert!((of(Shape::Pert, 2, 5, 8).at(0.5) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_chance_rises_with_the_draw_whichever_branch_is_larger() {
        for (then, otherwise, low, high) in [(1, 0, 0.0, 1.0), (0, 1, 0.0, 1.0)] {
            let chance = Decimal::new(if then > otherwise { 25 } else { 75 }, 2);
            let (then, otherwise) = (Decimal::from(then), Decimal::from(otherwise));
            let chance = Distribution::new(Estimate::Chance { chance, then, otherwise }).expect("a spread");
            assert_eq!([chance.at(0.74), chance.at(0.76)].map(f64::to_bits), [low, high].map(f64::to_bits));
        }
    }

    #[test]
    fn what_can_not_vary_has_no_distribution() {
        let same = Decimal::from(7);
        let none = |estimate| assert!(Distribution::new(estimate).is_none(), "{estimate:?}");
        none(Estimate::Point(same));
        for shape in [Shape::Pert, Shape::Triangular, Shape::Uniform, Shape::P10P90, Shape::Normal] {
            none(Estimate::Range { low: same, likely: same, high: same, shape });
        }
        none(Estimate::Chance { chance: Decimal::ONE, then: same, otherwise: Decimal::ZERO });
        none(Estimate::Chance { chance: Decimal::ZERO, then: same, otherwise: Decimal::ZERO });
    }
}

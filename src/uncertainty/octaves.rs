//! An inverse distribution function as short series: one for each octave of the share, counted from either end.
//!
//! Between a share and its double such a function is smooth, however steep it is towards its ends, so that a few
//! terms hold it to a part in a million million (tests compare). The last 1/512 at either end is left to the
//! function itself.

use std::f64::consts::PI;

/// Octaves from a half down.
const OCTAVES: usize = 8;

/// Terms of a series.
const TERMS: usize = 16;

/// The exponent, as it is stored, of numbers from a quarter to a half.
const QUARTER: usize = 1021;

/// The series of a function on the shares from 1/512 to 511/512.
#[derive(Clone, Debug)]
pub(super) struct Octaves {
    /// Of the lower half, then of the upper, each from the middle outwards.
    series: [[[f64; TERMS]; OCTAVES]; 2],
}

impl Octaves {
    /// The series of a function.
    pub(super) fn new(function: impl Fn(f64) -> f64) -> Self {
        let angle = |node: usize| PI * (node as f64 + 0.5) / TERMS as f64;
        let waves: [[f64; TERMS]; TERMS] =
            std::array::from_fn(|k| std::array::from_fn(|node| libm::cos(k as f64 * angle(node))));
        let fit = |upper: bool, octave: usize| {
            let values: [f64; TERMS] = std::array::from_fn(|node| {
                let share = (3.0 + waves[1][node]) / f64::from(8_u32 << octave);
                function(if upper { 1.0 - share } else { share })
            });
            std::array::from_fn(|k| {
                let sum: f64 = values.iter().zip(&waves[k]).map(|(value, wave)| value * wave).sum();
                sum * if k == 0 { 1.0 } else { 2.0 } / TERMS as f64
            })
        };
        Self { series: [false, true].map(|upper| std::array::from_fn(|octave| fit(upper, octave))) }
    }

    /// The function at a share; `None` too near to an end.
    pub(super) fn at(&self, u: f64) -> Option<f64> {
        let upper = u > 0.5;
        let share = if upper { 1.0 - u } else { u };
        let octave = QUARTER.saturating_sub((share.to_bits() >> 52) as usize);
        let terms = self.series[usize::from(upper)].get(octave)?;
        // From -1 to 1 over the octave; Clenshaw's sum.
        let twice = 2.0 * (share * f64::from(8_u32 << octave) - 3.0);
        let (mut b1, mut b2) = (0.0, 0.0);
        for &term in terms[1..].iter().rev() {
            (b1, b2) = (term + (twice * b1 - b2), b1);
        }
        Some(terms[0] + (twice / 2.0 * b1 - b2))
    }
}

#[cfg(test)]
mod tests {
    use super::super::distribution::normal;
    use super::*;

    #[test]
    fn the_series_are_the_function() {
        let functions: [fn(f64) -> f64; 3] = [normal, |u| libm::pow(u, 0.2), |u| libm::exp(2.0 * normal(u))];
        for function in functions {
            let octaves = Octaves::new(function);
            for n in 1..20_000 {
                let u = f64::from(n) / 20_000.0;
                let (near, exact) = (octaves.at(u), function(u));
                assert_eq!(near.is_some(), (1.0 / 512.0..=511.0 / 512.0).contains(&u), "{u}");
                let near = near.unwrap_or(exact);
                assert!((near - exact).abs() < 1e-11 * exact.abs().max(1.0), "{u}: {near} {exact}");
            }
        }
    }
}

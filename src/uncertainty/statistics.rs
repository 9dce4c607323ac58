//! What a column of draws says: mean, spread, percentiles, chances, each with its standard error.
//!
//! Percentiles are order statistics, exact by selection: the p-th percentile of n draws is the one of rank
//! ceil(p n). Standard errors are those of plain random sampling, which a Latin hypercube undercuts (far, for a
//! mean; little, for a percentile): sd / sqrt(n) for a mean, sqrt(p (1 - p) / n) for a chance, and for a
//! percentile half the distance between the order statistics one binomial standard deviation, sqrt(n p (1 - p))
//! ranks, below and above it (Woodruff 1952).

/// The percentiles that are reported, in per cent.
pub const PERCENTILES: [usize; 6] = [5, 10, 50, 80, 90, 95];

/// A figure and its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimated {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// How a figure is spread over the draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: Estimated,
    /// The standard deviation.
    pub deviation: f64,
    /// The percentiles of [`PERCENTILES`], in their order.
    pub percentiles: [Estimated; PERCENTILES.len()],
}

impl Spread {
    /// One of the percentiles that are reported.
    pub fn percentile(&self, percent: usize) -> Estimated {
        let place = PERCENTILES.iter().position(|&p| p == percent);
        place.map_or(Estimated { value: f64::NAN, error: f64::NAN }, |place| self.percentiles[place])
    }
}

/// The spread of a column; all nought, if it is empty.
pub fn spread(column: &[f64]) -> Spread {
    if column.is_empty() {
        return Spread::default();
    }
    let n = column.len() as f64;
    // Taken off first, so that squares don't swallow a small spread about a large mean.
    let about = column[0];
    let mean = about + column.iter().map(|x| x - about).sum::<f64>() / n;
    let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
    let deviation = if column.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
    let mut ranks: Vec<usize> = PERCENTILES.iter().flat_map(|&p| ranks(column.len(), p)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut ordered = column.to_vec();
    select(&mut ordered, &ranks, 0);
    let percentiles = PERCENTILES.map(|percent| {
        let [low, at, high] = self::ranks(column.len(), percent).map(|rank| ordered[rank]);
        Estimated { value: at, error: (high - low) / 2.0 }
    });
    Spread { mean: Estimated { value: mean, error: deviation / n.sqrt() }, deviation, percentiles }
}

/// One percentile of a column.
pub(super) fn percentile(column: &[f64], percent: usize) -> Estimated {
    let ranks = ranks(column.len(), percent);
    let mut ordered = column.to_vec();
    select(&mut ordered, &ranks, 0);
    let [low, at, high] = ranks.map(|rank| ordered[rank]);
    Estimated { value: at, error: (high - low) / 2.0 }
}

/// The chance of something that has come about in so many of the draws.
pub fn chance(times: f64, draws: usize) -> Estimated {
    let n = draws.max(1) as f64;
    let p = times / n;
    Estimated { value: p, error: (p * (1.0 - p) / n).max(0.0).sqrt() }
}

/// The ranks, from 0, of a percentile and of its error's ends.
fn ranks(n: usize, percent: usize) -> [usize; 3] {
    let at = (percent * n).div_ceil(100).clamp(1, n);
    let p = percent as f64 / 100.0;
    let step = (n as f64 * p * (1.0 - p)).sqrt().ceil() as usize;
    [at.saturating_sub(step).max(1) - 1, at - 1, (at + step).min(n) - 1]
}

/// Puts the values of these ranks (rising, counted from `first`) into their places.
fn select(values: &mut [f64], ranks: &[usize], first: usize) {
    let Some(&middle) = ranks.get(ranks.len() / 2) else { return };
    let (below, _, above) = values.select_nth_unstable_by(middle - first, f64::total_cmp);
    select(below, &ranks[..ranks.len() / 2], first);
    select(above, &ranks[ranks.len() / 2 + 1..], middle + 1);
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "order statistics are the very numbers")]
mod tests {
    use super::*;

    /// 1..=100 in disorder: the p-th percentile is p; its error spans sqrt(100 p (1 - p)) ranks.
    #[test]
    fn percentiles_are_order_statistics() {
        let column: Vec<f64> = (0..100_u32).map(|n| f64::from(n * 37 % 100 + 1)).collect();
        let spread = spread(&column);
        let values: Vec<f64> = spread.percentiles.iter().map(|p| p.value).collect();
        assert_eq!(values, [5.0, 10.0, 50.0, 80.0, 90.0, 95.0]);
        // Five ranks either side at the median, four at P80.
        assert_eq!([spread.percentile(50).error, spread.percentile(80).error], [5.0, 4.0]);
        assert_eq!(percentile(&column, 80), spread.percentile(80));
        assert!((spread.mean.value - 50.5).abs() < 1e-12);
        // Variance of 1..=n with n - 1: n (n + 1) / 12.
        assert!((spread.deviation - (100.0_f64 * 101.0 / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn one_draw_or_none_is_no_trouble() {
        assert_eq!(spread(&[]), Spread::default());
        let one = spread(&[3.0]);
        assert_eq!((one.mean, one.deviation), (Estimated { value: 3.0, error: 0.0 }, 0.0));
        assert!(one.percentiles.iter().all(|p| *p == Estimated { value: 3.0, error: 0.0 }));
    }

    #[test]
    fn a_chance_has_a_binomial_error() {
        assert_eq!(chance(25.0, 100), Estimated { value: 0.25, error: (0.25_f64 * 0.75 / 100.0).sqrt() });
        assert_eq!(chance(0.0, 0), Estimated::default());
    }
}

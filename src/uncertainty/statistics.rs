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
    let mean = about + sum(column, |x| x - about) / n;
    let squares = sum(column, |x| (x - mean) * (x - mean));
    let deviation = if column.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
    let mut ranks: Vec<usize> = PERCENTILES.iter().flat_map(|&p| ranks(column.len(), p)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let values = at_ranks(column, &ranks);
    let value = |rank: usize| ranks.binary_search(&rank).map_or(f64::NAN, |place| values[place]);
    let percentiles = PERCENTILES.map(|percent| {
        let [low, at, high] = self::ranks(column.len(), percent).map(value);
        Estimated { value: at, error: (high - low) / 2.0 }
    });
    Spread { mean: Estimated { value: mean, error: deviation / n.sqrt() }, deviation, percentiles }
}

/// One percentile of a column.
pub(super) fn percentile(column: &[f64], percent: usize) -> Estimated {
    let ranks = ranks(column.len(), percent);
    let values = at_ranks(column, &ranks);
    Estimated { value: values[1], error: (values[2] - values[0]) / 2.0 }
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

/// The sum of a function of the values, in eight strands: one after the other they would wait for each other.
fn sum(column: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (eights, rest) = column.as_chunks::<8>();
    let mut strands = [0.0; 8];
    for eight in eights {
        for (strand, &value) in strands.iter_mut().zip(eight) {
            *strand += of(value);
        }
    }
    strands.into_iter().chain(rest.iter().map(|&value| of(value))).sum()
}

/// The values of these ranks, which don't fall. The range is cut into even bins; only the values of bins that hold one
/// of the ranks are put in order.
fn at_ranks(column: &[f64], ranks: &[usize]) -> Vec<f64> {
    const BINS: usize = 1 << 12;
    let (low, high) = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| {
        (if x < low { x } else { low }, if x > high { x } else { high })
    });
    let bins_a_pound = (BINS - 1) as f64 / (high - low);
    // Rises with the value; 0 for all, if they are all the same.
    let bin = |x: f64| ((x - low) * bins_a_pound) as u32 as usize % BINS;
    let mut counts = vec![0_usize; BINS];
    for &x in column {
        counts[bin(x)] += 1;
    }
    let (mut wanted, mut places) = (vec![false; BINS], Vec::with_capacity(ranks.len()));
    let (mut before, mut left_out) = (0, 0);
    for (&count, wanted) in counts.iter().zip(&mut wanted) {
        let here = ranks[places.len()..].iter().take_while(|&&rank| rank < before + count);
        let found = places.len();
        places.extend(here.map(|rank| rank - left_out));
        *wanted = places.len() > found;
        before += count;
        left_out += if *wanted { 0 } else { count };
    }
    let mut kept: Vec<f64> = column.iter().copied().filter(|&x| wanted[bin(x)]).collect();
    let mut distinct = places.clone();
    distinct.dedup();
    select(&mut kept, &distinct, 0);
    places.into_iter().map(|place| kept[place]).collect()
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

    /// However values lie: even, all but one the same, all the same, of both signs.
    #[test]
    fn ranks_are_found_without_ordering_everything() {
        let columns: [fn(u32) -> f64; 4] =
            [f64::from, |n| f64::from(n / 999), |_| 7.0, |n| 1e9 * libm::sin(f64::from(n))];
        for column in columns {
            let column: Vec<f64> = (0..1_000_u32).map(|n| column(n * 387 % 1_000)).collect();
            let mut ordered = column.clone();
            ordered.sort_by(f64::total_cmp);
            let ranks = [0, 1, 47, 48, 500, 996, 999];
            assert_eq!(at_ranks(&column, &ranks), ranks.map(|rank| ordered[rank]));
        }
    }

    #[test]
    fn one_draw_or_none_is_no_trouble() {
        assert_eq!(spread(&[]), Spread::default());
        let one = spread(&[3.0]);
        assert_eq!(percentile(&[3.0], 80), one.percentile(80));
        assert_eq!((one.mean, one.deviation), (Estimated { value: 3.0, error: 0.0 }, 0.0));
        assert!(one.percentiles.iter().all(|p| *p == Estimated { value: 3.0, error: 0.0 }));
    }

    #[test]
    fn a_chance_has_a_binomial_error() {
        assert_eq!(chance(25.0, 100), Estimated { value: 0.25, error: (0.25_f64 * 0.75 / 100.0).sqrt() });
        assert_eq!(chance(0.0, 0), Estimated::default());
    }
}

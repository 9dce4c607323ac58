//! What a column of draws says: mean, spread, percentiles, chances, each with its standard error and a 90% interval.
//!
//! Standard errors come of how far the rounds lie apart (`rounds`): so they are those of the Latin hypercube itself.
//! Percentiles are order statistics, exact by selection: the p-th percentile of n draws is the one of rank ceil(p n).
//! Their interval is Woodruff's (Confidence Intervals for Medians and Other Position Measures, JASA 47, 1952): the
//! share of draws up to the percentile has a standard error; the order statistics that lie so far to either side are
//! the interval's ends. The interval of a chance is Wilson's, on the number of plain draws that would have its
//! standard error.

use super::rounds::Rounds;

/// The percentiles that are reported, in per cent.
pub const PERCENTILES: [usize; 6] = [5, 10, 50, 80, 90, 95];

/// Figures less than half a penny apart are the same: adding up in binary leaves that much.
pub(super) const SAME: f64 = 0.005;

/// A figure, and how far off the true one may be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimated {
    /// The figure.
    pub value: f64,
    /// Its standard error. `None` where the draws say nothing of it: they all agree, or are too few (one round for a
    /// mean, fewer than twenty for a percentile or a chance, none beyond a percentile's interval).
    pub error: Option<f64>,
    /// From where to where the true figure lies in nine cases of ten. A chance has one also where all draws agree.
    pub interval: Option<[f64; 2]>,
}

impl Estimated {
    fn alone(value: f64) -> Self {
        Self { value, error: None, interval: None }
    }
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
    /// Whether the figure is the same in every draw, to the penny: then it has no errors.
    pub is_same: bool,
}

impl Spread {
    /// One of the percentiles that are reported.
    pub fn percentile(&self, percent: usize) -> Estimated {
        let place = PERCENTILES.iter().position(|&p| p == percent);
        place.map_or(Estimated::alone(f64::NAN), |place| self.percentiles[place])
    }
}

impl Rounds {
    /// The spread of a column of all draws; all zero, if it is empty.
    pub fn spread(&self, column: &[f64]) -> Spread {
        if column.is_empty() {
            return Spread::default();
        }
        let n = column.len() as f64;
        // Taken off first, so that squares don't swallow a small spread about a large mean.
        let about = column[0];
        let sums: Vec<f64> = self.split(column).map(|round| sum(round, |x| x - about)).collect();
        let mean = about + sums.iter().sum::<f64>() / n;
        let squares = sum(column, |x| (x - mean) * (x - mean));
        let deviation = if column.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        let order = Order::new(column);
        let error = self.error(sums.into_iter()).filter(|_| !order.is_same());
        let interval = error.map(|error| [mean - self.reach * error, mean + self.reach * error]);
        Spread {
            mean: Estimated { value: mean, error, interval },
            deviation,
            percentiles: self.percentiles(&order, PERCENTILES),
            is_same: order.is_same(),
        }
    }

    /// One percentile of a column, and whether all draws agree.
    pub(super) fn percentile(&self, column: &[f64], percent: usize) -> (Estimated, bool) {
        let order = Order::new(column);
        let [at] = self.percentiles(&order, [percent]);
        (at, order.is_same())
    }

    fn percentiles<const N: usize>(&self, order: &Order<'_>, percents: [usize; N]) -> [Estimated; N] {
        let n = order.column.len();
        let ranks = percents.map(|percent| (percent * n).div_ceil(100).clamp(1, n));
        let values = order.find(&ranks);
        let mut found = std::array::from_fn(|place| Estimated::alone(values[place]));
        if order.is_same() {
            return found;
        }
        let ends: Vec<Option<[usize; 2]>> =
            (0..N).map(|place| self.interval(order.column, percents[place], values[place])).collect();
        let mut asked: Vec<usize> = ends.iter().flatten().flatten().copied().collect();
        asked.sort_unstable();
        asked.dedup();
        let values = order.find(&asked);
        let value = |rank: usize| asked.binary_search(&rank).map_or(f64::NAN, |place| values[place]);
        for (found, ends) in found.iter_mut().zip(ends) {
            found.interval = ends.map(|ends| ends.map(value));
            found.error = found.interval.map(|[low, high]| (high - low) / (2.0 * self.reach));
        }
        found
    }

    /// The ranks of the ends of a percentile's interval; `None` where an end lies beyond the draws. As many draws as
    /// the lower rank, at least, lie below the true percentile unless their number is too far below its share; and
    /// likewise above.
    fn interval(&self, column: &[f64], percent: usize, value: f64) -> Option<[usize; 2]> {
        let count = |of: &dyn Fn(f64) -> bool| -> Vec<f64> {
            self.split(column).map(|round| round.iter().filter(|x| of(**x)).count() as f64).collect()
        };
        let mut counts = count(&|x| x <= value);
        let n = column.len();
        let (all, share) = (counts.iter().sum::<f64>(), (percent * n) as f64 / 100.0);
        if all > share {
            // Of draws with the very same figure, each round has its part of those that belong.
            let below = count(&|x| x < value);
            let before: f64 = below.iter().sum();
            let part = (share - before) / (all - before);
            counts.iter_mut().zip(below).for_each(|(count, below)| *count = below + part * (*count - below));
        }
        let reach = self.error(counts.into_iter()).filter(|_| self.are_many())? * self.reach * n as f64;
        let (low, high) = ((share - reach).ceil(), (share + reach).floor() + 1.0);
        (low >= 1.0 && high <= n as f64).then_some([low as usize, high as usize])
    }

    /// The chance of something, from what share of each draw it has: 1 where it came about, 0 where it did not.
    pub fn chance(&self, share: impl Fn(usize) -> f64) -> Estimated {
        let shares: Vec<f64> = (0..self.draws()).map(share).collect();
        let Some(&first) = shares.first() else { return Estimated::default() };
        let n = shares.len() as f64;
        let sums: Vec<f64> = self.split(&shares).map(|round| round.iter().sum()).collect();
        let value = sums.iter().sum::<f64>() / n;
        if shares.iter().all(|share| share.total_cmp(&first).is_eq()) {
            // What never came about in n draws may have any chance p whose (1 - p)^n is at least 5%: some 3 / n.
            let unseen = 1.0 - libm::pow(0.05, 1.0 / n);
            let interval = match first {
                _ if self.count() < 2 => None,
                0.0 => Some([0.0, unseen]),
                1.0 => Some([1.0 - unseen, 1.0]),
                _ => None,
            };
            return Estimated { value: first, error: None, interval };
        }
        let error = self.error(sums.into_iter()).filter(|_| self.are_many());
        let Some(error) = error else { return Estimated::alone(value) };
        let even = value * (1.0 - value);
        // One over the number of plain draws with this error, times the square of the reach.
        let few = self.reach * self.reach * error * error / even;
        let centre = (value + few / 2.0) / (1.0 + few);
        let half = (few * (even + few / 4.0)).sqrt() / (1.0 + few);
        Estimated { value, error: Some(error), interval: Some([centre - half, centre + half]) }
    }
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

/// A column whose values can be found by rank, with only a few of them put in order. Its range is cut into even bins;
/// only the values of bins that hold one of the ranks are sorted.
struct Order<'a> {
    column: &'a [f64],
    low: f64,
    high: f64,
    counts: Vec<usize>,
}

impl<'a> Order<'a> {
    const BINS: usize = 1 << 12;

    fn new(column: &'a [f64]) -> Self {
        let (low, high) = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| {
            (if x < low { x } else { low }, if x > high { x } else { high })
        });
        let mut order = Self { column, low, high, counts: vec![0; Self::BINS] };
        let bin = order.bin();
        let mut counts = std::mem::take(&mut order.counts);
        for &x in column {
            counts[bin(x)] += 1;
        }
        order.counts = counts;
        order
    }

    /// Whether all values are the same, to the penny.
    fn is_same(&self) -> bool {
        self.high - self.low < SAME
    }

    /// The bin of a value. Rises with it; 0 for all, if they are all the same.
    fn bin(&self) -> impl Fn(f64) -> usize + use<> {
        let (low, bins_a_pound) = (self.low, (Self::BINS - 1) as f64 / (self.high - self.low));
        move |x| ((x - low) * bins_a_pound) as u32 as usize % Self::BINS
    }

    /// The values of these ranks, from 1, which don't fall.
    fn find(&self, ranks: &[usize]) -> Vec<f64> {
        let bin = self.bin();
        let (mut wanted, mut places) = (vec![false; Self::BINS], Vec::with_capacity(ranks.len()));
        let (mut before, mut left_out) = (0, 0);
        for (&count, wanted) in self.counts.iter().zip(&mut wanted) {
            let here = ranks[places.len()..].iter().take_while(|&&rank| rank <= before + count);
            let found = places.len();
            places.extend(here.map(|rank| rank - 1 - left_out));
            *wanted = places.len() > found;
            before += count;
            left_out += if *wanted { 0 } else { count };
        }
        let mut kept: Vec<f64> = self.column.iter().copied().filter(|&x| wanted[bin(x)]).collect();
        let mut distinct = places.clone();
        distinct.dedup();
        select(&mut kept, &distinct, 0);
        places.into_iter().map(|place| kept[place]).collect()
    }
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

    /// 1..=100 in disorder, in 20 rounds of five: the p-th percentile is p.
    #[test]
    fn percentiles_are_order_statistics() {
        let column: Vec<f64> = (0..100_u32).map(|n| f64::from(n * 37 % 100 + 1)).collect();
        let rounds = Rounds::new(100);
        let spread = rounds.spread(&column);
        let values: Vec<f64> = spread.percentiles.iter().map(|p| p.value).collect();
        assert_eq!(values, [5.0, 10.0, 50.0, 80.0, 90.0, 95.0]);
        assert_eq!(rounds.percentile(&column, 80), (spread.percentile(80), false));
        assert!((spread.mean.value - 50.5).abs() < 1e-12);
        // Variance of 1..=n with n - 1: n (n + 1) / 12.
        assert!((spread.deviation - (100.0_f64 * 101.0 / 12.0).sqrt()).abs() < 1e-12);
    }

    /// Two rounds of 1 to 5 and 6 to 10. Means 3 and 8: the error of their mean is 2.5, the reach of one degree of
    /// freedom 6.314. Two rounds are too few for percentiles.
    #[test]
    fn rounds_that_lie_apart_make_large_errors() {
        let rounds = Rounds::new(10);
        let spread = rounds.spread(&std::array::from_fn::<f64, 10, _>(|n| n as f64 + 1.0));
        assert_eq!((spread.mean.value, spread.mean.error), (5.5, Some(2.5)));
        let [low, high] = spread.mean.interval.expect("an interval");
        assert!((low - (5.5 - 2.5 * 6.313_751_5)).abs() < 1e-6 && (high + low - 11.0).abs() < 1e-12);
        let median = spread.percentile(50);
        assert_eq!((median.value, median.error, median.interval), (5.0, None, None));
    }

    /// Twenty rounds of the same five hundred figures: nothing differs, so the mean has an error of zero, and the
    /// 80th percentile lies between one draw and the next: 400 in each round are at most 400, the next is 401.
    #[test]
    fn rounds_that_agree_make_none() {
        let column: Vec<f64> = (0..10_000_u32).map(|n| f64::from(n % 500 + 1)).collect();
        let spread = Rounds::new(10_000).spread(&column);
        assert_eq!((spread.mean.value, spread.mean.error), (250.5, Some(0.0)));
        let p80 = spread.percentile(80);
        assert_eq!((p80.value, p80.interval), (400.0, Some([400.0, 401.0])));
    }

    /// Twenty rounds of five draws, 1 or 2: four ones in each round but two, which have three and five. So 80 of 100 are
    /// 1, and rounds differ from their share by 0, 1 and -1: its error is sqrt(2 / (1 - 1/20)) = 1.45 draws, its reach
    /// 1.729 times that, 2.5 draws. The median lies well within the ones; P80, the 80th draw, on the edge between the
    /// two: from the 78th draw to the 83rd.
    #[test]
    fn a_percentile_among_equal_draws_is_certain_but_at_their_edge() {
        let rounds = Rounds::new(100);
        let ones = (0..20).map(|round| [3, 5].get(round).copied().unwrap_or(4));
        let column: Vec<f64> =
            ones.flat_map(|ones| (0..5).map(move |draw| if draw < ones { 1.0 } else { 2.0 })).collect();
        let spread = rounds.spread(&column);
        let [median, p80] = [50, 80].map(|percent| spread.percentile(percent));
        assert_eq!((median.value, median.error, median.interval), (1.0, Some(0.0), Some([1.0, 1.0])));
        assert_eq!((p80.value, p80.interval), (1.0, Some([1.0, 2.0])));
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
            let ranks = [1, 2, 48, 49, 501, 997, 1_000];
            assert_eq!(Order::new(&column).find(&ranks), ranks.map(|rank| ordered[rank - 1]));
        }
    }

    #[test]
    fn one_draw_or_none_has_no_error() {
        assert_eq!(Rounds::new(0).spread(&[]), Spread::default());
        let rounds = Rounds::new(1);
        let one = rounds.spread(&[3.0]);
        assert_eq!((one.mean, one.deviation), (Estimated::alone(3.0), 0.0));
        assert!(one.percentiles.iter().all(|p| *p == Estimated::alone(3.0)));
        assert_eq!(rounds.chance(|_| 1.0), Estimated::alone(1.0));
        assert_eq!(Rounds::new(0).chance(|_| 1.0), Estimated::default());
    }

    #[test]
    fn draws_that_all_agree_have_no_error() {
        let rounds = Rounds::new(1_000);
        // A ten-millionth is what adding up leaves.
        let column: Vec<f64> = (0..1_000_u32).map(|n| 7e6 + f64::from(n % 2) * 1e-7).collect();
        let spread = rounds.spread(&column);
        assert!(spread.is_same && spread.mean.error.is_none() && spread.mean.interval.is_none());
        assert!(spread.percentiles.iter().all(|p| p.error.is_none() && p.interval.is_none()));
        // Shared by three in every draw.
        let third = rounds.chance(|_| 1.0 / 3.0);
        assert_eq!((third.error, third.interval), (None, None));
    }

    /// None of 1,000: (1 - p)^1000 = 5% at p = 1 - 0.05^(1/1000) = 0.29912%.
    #[test]
    fn what_never_or_always_came_about_has_the_rule_of_three() {
        let rounds = Rounds::new(1_000);
        let never = rounds.chance(|_| 0.0);
        assert_eq!((never.value, never.error), (0.0, None));
        let [low, high] = never.interval.expect("an interval");
        assert!(low == 0.0 && (high - 0.002_991_2).abs() < 1e-7, "{high}");
        let always = rounds.chance(|_| 1.0);
        assert_eq!((always.value, always.error, always.interval), (1.0, None, Some([1.0 - high, 1.0])));
    }

    /// One of 10,000: one round of 20 has it, so the error is that of plain draws, 1 / 10,000 but for the part that
    /// the round itself is: sqrt((0.95^2 / 0.95 + 19 x 0.05^2 / 0.95)) = sqrt(0.95 + 0.05) = 1. With t of 19 degrees of
    /// freedom, 1.729: Wilson's interval of one in as many plain draws is (1 + 1.495 +- sqrt(2.989 (1 + 0.747))) / n =
    /// 0.21 to 4.78 in 10,000.
    #[test]
    fn a_rare_chance_has_an_interval_that_leaves_out_zero() {
        let one = Rounds::new(10_000).chance(|draw| f64::from(draw == 77));
        assert!((one.error.expect("an error") - 1e-4).abs() < 1e-8);
        let [low, high] = one.interval.expect("an interval");
        assert!((low - 0.21e-4).abs() < 0.01e-4 && (high - 4.78e-4).abs() < 0.01e-4, "{low} {high}");
    }
}

//! Rounds: the independent Latin hypercubes that draws come in, and the standard error that their differences give.
//!
//! The draws of one hypercube depend on each other, so their spread does not say how far off a figure is. Whole
//! hypercubes are independent: how far a sum over the draws of a round lies from its share of the sum over all draws
//! does say it (replicated Latin hypercube sampling with sectioning: Dong and Nakayama, Quantile Estimation with Latin
//! Hypercube Sampling, Operations Research 65, 2017). That a sum over a round is near enough to normal is Owen's
//! theorem (A Central Limit Theorem for Latin Hypercube Sampling, JRSS B 54, 1992). As there are few rounds, intervals
//! take Student's t.

use std::ops::Range;

/// The most draws that are made at a time. The rounds of a run are those of its batches, one after the other.
pub const BATCH: usize = 10_000;

/// The rounds of a batch: enough for Student's t to be near the normal, few enough for large hypercubes.
const MOST: usize = 20;

/// Draws of a round in a batch that is too small for so many rounds: a hypercube of five takes most of what inputs do
/// by themselves out of the error.
const LEAST: usize = 5;

/// The rounds of a batch of so many draws, as ranges of its draws: of even size, or one draw apart.
pub(super) fn rounds_of_batch(draws: usize) -> impl Iterator<Item = Range<usize>> {
    let rounds = (draws / LEAST).clamp(draws.min(2), MOST);
    (0..rounds).map(move |round| draws * round / rounds..draws * (round + 1) / rounds)
}

/// The number among all rounds of the first round of a batch.
pub(super) fn first_round(batch: usize) -> usize {
    batch * MOST
}

/// The rounds of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rounds {
    /// Where each ends.
    ends: Vec<usize>,
    /// Half the width of a 90% interval, in standard errors.
    pub(super) reach: f64,
}

impl Rounds {
    /// The rounds of a run of so many draws.
    pub fn new(draws: usize) -> Self {
        let batches = (0..draws).step_by(BATCH);
        let ends: Vec<usize> = batches
            .flat_map(|first| rounds_of_batch(BATCH.min(draws - first)).map(move |round| first + round.end))
            .collect();
        let mut rounds = Self { ends, reach: 0.0 };
        // As many as there would be if all were of one size: a small last round says little of the error.
        let squares: f64 = rounds.sizes().map(|size| size * size).sum();
        let as_many = (draws * draws) as f64 / squares.max(1.0);
        rounds.reach = student((as_many - 1.0 + 1e-9).max(1.0) as u32);
        rounds
    }

    /// Draws in all rounds.
    pub fn draws(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// How many rounds there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    fn sizes(&self) -> impl Iterator<Item = f64> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| (end - start) as f64)
    }

    /// A column of all draws, round by round.
    pub(super) fn split<'a>(&'a self, column: &'a [f64]) -> impl Iterator<Item = &'a [f64]> {
        debug_assert_eq!(column.len(), self.draws());
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &column[start..end])
    }

    /// The standard error of a mean over all draws, from the sum of each round; `None` where there is only one round.
    /// The square of a round's distance from its share of the sum is expected to be its variance times (1 - its share
    /// of the draws).
    pub(super) fn error(&self, sums: impl Iterator<Item = f64> + Clone) -> Option<f64> {
        if self.count() < 2 {
            return None;
        }
        let draws = self.draws() as f64;
        let mean = sums.clone().sum::<f64>() / draws;
        let squares = sums.zip(self.sizes()).map(|(sum, size)| {
            let apart = sum - size * mean;
            apart * apart / (1.0 - size / draws)
        });
        Some(squares.sum::<f64>().sqrt() / draws)
    }

    /// Whether they are enough for the errors of percentiles and chances. These rest on numbers of draws, and those of
    /// a few small rounds may well agree by chance.
    pub fn are_many(&self) -> bool {
        self.count() >= MOST
    }
}

/// The 95th percentile of Student's t: nine in ten lie within it, on either side of zero. For one and two degrees of
/// freedom it has a closed form; for more, it is Fisher and Cornish's series in 1 / degrees (Abramowitz and Stegun
/// 26.7.5), good to a thousandth from three on.
fn student(degrees: u32) -> f64 {
    const Z: f64 = 1.644_853_626_951_472_7;
    match degrees {
        0 | 1 => 6.313_751_514_675_043,
        2 => 2.919_985_580_355_516,
        _ => {
            let (n, z2) = (f64::from(degrees), Z * Z);
            let terms = [
                1.0,
                (z2 + 1.0) / 4.0,
                ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0,
                (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0,
                ((((79.0 * z2 + 776.0) * z2 + 1_482.0) * z2 - 1_920.0) * z2 - 945.0) / 92_160.0,
            ];
            Z * terms.iter().rev().fold(0.0, |sum, term| sum / n + term)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(draws: usize) -> Vec<usize> {
        Rounds::new(draws).sizes().map(|size| size as usize).collect()
    }

    #[test]
    fn rounds_are_even_and_take_every_draw() {
        assert!(sizes(0).is_empty());
        assert_eq!(sizes(1), [1]);
        assert_eq!(sizes(2), [1, 1]);
        assert_eq!(sizes(3), [1, 2]);
        assert_eq!(sizes(14), [7, 7]);
        assert_eq!(sizes(50), [5; 10]);
        assert_eq!(sizes(10_000), [500; 20]);
        assert_eq!(sizes(20_000), [500; 40]);
        // The last batch has one draw, and so one round.
        assert_eq!(sizes(10_001), [&[500; 20][..], &[1]].concat());
        for draws in (1..400).chain([9_999, 10_004, 12_345, 100_000]) {
            let sizes = sizes(draws);
            assert_eq!(sizes.iter().sum::<usize>(), draws);
            assert!(
                draws > BATCH || sizes.iter().max() <= sizes.iter().min().map(|least| least + 1).as_ref()
            );
        }
    }

    /// As the tables have it: 6.314, 2.920, 2.353, 2.132, 2.015, 1.812, 1.729, 1.653, 1.645.
    #[test]
    fn students_t_is_that_of_the_tables() {
        let table = [
            (1, 6.314),
            (2, 2.920),
            (3, 2.353),
            (4, 2.132),
            (5, 2.015),
            (10, 1.812),
            (19, 1.729),
            (199, 1.653),
        ];
        for (degrees, t) in table {
            assert!((student(degrees) - t).abs() < 0.0015, "{degrees}: {}", student(degrees));
        }
        assert!((student(1_000_000) - 1.645).abs() < 0.0005);
        // A last round of one draw adds no degree of freedom: 10,001^2 / (20 x 500^2 + 1) - 1 = 19.004.
        let nineteen = student(19);
        for draws in [10_000, 10_001] {
            assert!((Rounds::new(draws).reach - nineteen).abs() < 1e-12);
        }
    }

    /// Four rounds of one size with sums 10, 12, 8, 14 of two draws each: means 5, 6, 4, 7, whose mean is 5.5 and
    /// whose variance is (0.25 + 0.25 + 2.25 + 2.25) / 3 = 5/3; the error of their mean is sqrt(5/3 / 4).
    #[test]
    fn the_error_of_even_rounds_is_that_of_the_mean_of_their_means() {
        let rounds = Rounds { ends: vec![2, 4, 6, 8], reach: 0.0 };
        let error = rounds.error([10.0, 12.0, 8.0, 14.0].into_iter()).expect("an error");
        assert!((error - (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
        assert_eq!(Rounds { ends: vec![8], reach: 0.0 }.error([44.0].into_iter()), None);
    }

    /// Rounds of 3 and 1 draws with sums 6 and 6: the mean is 3, the rounds are 3 below and 3 above their shares.
    /// 9 / (1 - 3/4) + 9 / (1 - 1/4) = 36 + 12; sqrt(48) / 4 = sqrt(3).
    #[test]
    fn rounds_of_several_sizes_count_by_their_size() {
        let rounds = Rounds { ends: vec![3, 4], reach: 0.0 };
        let error = rounds.error([6.0, 6.0].into_iter()).expect("an error");
        assert!((error - 3.0_f64.sqrt()).abs() < 1e-12);
    }
}

//! The sampling plan: values of every uncertain input for batch after batch of draws.
//!
//! A batch is of rounds (`rounds`), and each round is a Latin hypercube of its own: an input's range of
//! probability is cut into as many strata as the round has draws, one value is taken from each, and they are
//! dealt out in random order. The random numbers of an input come from a ChaCha8 stream keyed by the seed and
//! the input's key path, a stream number a round. So the values of an input are a function of seed, key path,
//! round and size of the round, and of nothing else in the file (but of its correlation group, if it is in one).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::copula::Copula;
use super::distribution::Distribution;
use super::lanes::Draws;
use super::rounds::{BATCH, first_round, rounds_of_batch};
use crate::id::InputId;
use crate::number::Number;
use crate::scenario::Scenario;

/// Draws the uncertain inputs of a scenario.
#[derive(Clone, Debug)]
pub struct Sampler {
    seed: u64,
    inputs: Vec<Drawn>,
    copulas: Vec<Copula>,
}

/// An uncertain input, and its values in the batch at hand.
#[derive(Clone, Debug)]
struct Drawn {
    id: InputId,
    key: u64,
    distribution: Distribution,
    /// The lowest and the highest value that its key takes.
    ends: [f64; 2],
    /// First shares of probability, then values.
    column: Vec<f64>,
}

impl Sampler {
    /// The sampler of a scenario's uncertain inputs.
    pub fn new(scenario: &Scenario, seed: u64) -> Self {
        let drawn = scenario.inputs.iter().enumerate().filter_map(|(place, input)| {
            let distribution = Distribution::new(input.estimate)?;
            let (id, key) = (InputId::new(place), hash(&input.key));
            Some(Drawn { id, key, distribution, ends: input.ends().map(Number::to_f64), column: Vec::new() })
        });
        let inputs: Vec<Drawn> = drawn.collect();
        let place = |id: InputId| inputs.iter().position(|drawn| drawn.id == id);
        let copulas = scenario.correlations.iter().map(|group| Copula::new(group, place)).collect();
        Self { seed, inputs, copulas }
    }

    /// The inputs that are drawn, in the order of the scenario's.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = InputId> + '_ {
        self.inputs.iter().map(|drawn| drawn.id)
    }

    /// Makes the values of a batch of so many draws.
    pub fn batch(&mut self, number: usize, draws: usize) {
        debug_assert!(0 < draws && draws <= BATCH);
        for drawn in &mut self.inputs {
            drawn.column.resize(draws, 0.0);
        }
        for (number, round) in (first_round(number)..).zip(rounds_of_batch(draws)) {
            for drawn in &mut self.inputs {
                stratify(self.seed, drawn.key, number as u64, &mut drawn.column[round.clone()]);
            }
            for copula in &self.copulas {
                let of = |&place: &usize| self.inputs[place].column[round.clone()].to_vec();
                let mut columns: Vec<Vec<f64>> = copula.members.iter().map(of).collect();
                copula.impose(&mut columns);
                for (&place, column) in copula.members.iter().zip(columns) {
                    self.inputs[place].column[round.clone()].copy_from_slice(&column);
                }
            }
        }
        for drawn in &mut self.inputs {
            let [low, high] = drawn.ends;
            for value in &mut drawn.column {
                *value = drawn.distribution.at(*value).clamp(low, high);
            }
        }
    }

    /// Puts the values of a draw of the batch at hand, and of those after it that run with it, into a list of
    /// values for every input.
    pub fn put<N: Draws>(&self, draw: usize, values: &mut [N]) {
        for drawn in &self.inputs {
            values[drawn.id.place()] = N::gather(&drawn.column[draw..]);
        }
    }
}

/// Fills a round's part of a column with one share of probability from each stratum, in random order.
fn stratify(seed: u64, key: u64, round: u64, column: &mut [f64]) {
    let mut key_of_stream = *b"................wholelife draws.";
    key_of_stream[..8].copy_from_slice(&seed.to_le_bytes());
    key_of_stream[8..16].copy_from_slice(&key.to_le_bytes());
    let mut random = ChaCha8Rng::from_seed(key_of_stream);
    random.set_stream(round);
    let draws = column.len() as f64;
    for stratum in 0..column.len() {
        // Half of the bits say where in its stratum the share lies, half a step off both ends, so that it is never
        // 0 or 1; half say with which of those before it changes places. (That is even but for a part in 2^18.)
        let bits = random.next_u64();
        let within = ((bits >> 32) as f64 + 0.5) / (1_u64 << 32) as f64;
        let other = ((bits & 0xffff_ffff) * (stratum as u64 + 1)) >> 32;
        column[stratum] = (stratum as f64 + within) / draws;
        column.swap(stratum, other as usize);
    }
}

/// A number for a key path: FNV-1a, 64 bits.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(seed: u64, key: &str, round: u64, draws: usize) -> Vec<f64> {
        let mut column = vec![0.0; draws];
        stratify(seed, hash(key), round, &mut column);
        column
    }

    #[test]
    fn every_stratum_has_one_draw() {
        let mut strata: Vec<usize> = column(1, "a", 0, 1_000).iter().map(|u| (u * 1e3) as usize).collect();
        assert!(!strata.is_sorted());
        strata.sort_unstable();
        assert!(strata.into_iter().eq(0..1_000));
    }

    #[test]
    fn a_column_depends_on_seed_key_and_round() {
        let first = column(1, "a.b", 0, 100);
        assert_eq!(first, column(1, "a.b", 0, 100));
        for other in [column(2, "a.b", 0, 100), column(1, "a.c", 0, 100), column(1, "a.b", 1, 100)] {
            assert_ne!(first, other);
        }
        assert!(column(1, "a", 0, 1)[0] > 0.0 && column(1, "a", 0, 1)[0] < 1.0);
    }
}

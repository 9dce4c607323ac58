//! `simulate`: n draws of a scenario, each met by every option.
//!
//! Draws come in rounds ([`ROUND`]); rounds are cut into blocks that threads take as they are free. Every draw
//! writes its own figures, and blocks are gathered in their order, so the result has the same bits for any number of
//! threads. More draws add rounds and leave the earlier ones as they are: a run that was stopped, or was
//! precise enough early, is the run that would have been asked for with that many draws.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use super::engine::{Engine, FIGURES};
use super::lanes::{Draws, Lanes, one_timetable};
use super::sample::{ROUND, Sampler};
use super::statistics::{Estimated, chance, percentile};
use crate::id::{InputId, OptionId};
use crate::scenario::Scenario;

/// The most draws that are taken.
pub const MOST_DRAWS: usize = 10_000_000;

/// Draws that a thread takes at a time.
const BLOCK: usize = 128;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Draws, 1 to [`MOST_DRAWS`].
    pub draws: usize,
    /// What the random numbers begin from.
    pub seed: u64,
    /// How many threads work at it; at least one does.
    pub threads: usize,
    /// Stop once the P80 of every option's net present cost has a standard error of at most so many pounds.
    pub precision: Option<f64>,
}

/// Why a simulation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All draws are done.
    Done,
    /// The figures are as precise as was asked for.
    Precise,
    /// It was stopped.
    Stopped,
}

/// What the draws gave, draw by draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// What was asked for.
    pub order: Order,
    /// Draws that were done.
    pub draws: usize,
    /// Why it ended.
    pub ended: Ended,
    /// The inputs that were drawn.
    pub inputs: Vec<InputId>,
    /// The columns of each option.
    pub options: Vec<OptionDraws>,
}

/// Columns of an option, one figure a draw, in pounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionDraws {
    /// Net present cost.
    pub net_present_cost: Vec<f64>,
    /// Net present social value against the baseline.
    pub npsv: Vec<f64>,
    /// Cash, prices of each year.
    pub nominal: Vec<f64>,
    /// Economic cost, price-base prices.
    pub real: Vec<f64>,
    /// Present value of benefits.
    pub benefits: Vec<f64>,
    /// Nominal cost that no fund pays.
    pub gap: Vec<f64>,
    /// Cash up to the end of each year index.
    pub cumulative: Vec<Vec<f64>>,
    /// Real cost of each year index, summed over the draws: no column, for only its mean is asked for.
    pub real_by_year: Vec<f64>,
    /// The present value of that, likewise.
    pub present_by_year: Vec<f64>,
}

impl OptionDraws {
    fn columns(&mut self) -> impl Iterator<Item = &mut Vec<f64>> {
        let figures = [
            &mut self.net_present_cost,
            &mut self.npsv,
            &mut self.nominal,
            &mut self.real,
            &mut self.benefits,
            &mut self.gap,
        ];
        figures.into_iter().chain(&mut self.cumulative)
    }
}

impl Simulation {
    /// Memory that columns of so many draws of a scenario take, in bytes.
    pub fn memory(scenario: &Scenario, draws: usize) -> usize {
        let figures = FIGURES + scenario.programme.horizon.years();
        scenario.options.len().saturating_mul(figures).saturating_mul(draws).saturating_mul(size_of::<f64>())
    }

    /// The chance that each option has the smallest figure of all options; equal ones share it.
    pub fn smallest(&self, of: impl Fn(&OptionDraws) -> &[f64]) -> Vec<Estimated> {
        let columns: Vec<&[f64]> = self.options.iter().map(of).collect();
        let mut times = vec![0.0; columns.len()];
        for draw in 0..self.draws {
            let least = columns.iter().map(|column| column[draw]).fold(f64::INFINITY, f64::min);
            let is_least = |column: &&[f64]| column[draw] <= least;
            let ties = columns.iter().copied().filter(|column| is_least(column)).count() as f64;
            for (times, column) in times.iter_mut().zip(&columns) {
                if is_least(column) {
                    *times += 1.0 / ties;
                }
            }
        }
        times.into_iter().map(|times| chance(times, self.draws)).collect()
    }

    /// The chance that each option has the best net present social value.
    pub fn best_value(&self) -> Vec<Estimated> {
        let negated: Vec<OptionDraws> = self
            .options
            .iter()
            .map(|o| OptionDraws { npsv: o.npsv.iter().map(|v| -v).collect(), ..OptionDraws::default() })
            .collect();
        Self { options: negated, inputs: Vec::new(), ..*self }.smallest(|o| &o.npsv)
    }

    /// The chance that funds pay for all of an option's costs.
    pub fn within_funds(&self, option: OptionId) -> Estimated {
        // Less than a penny is what adding up in binary leaves.
        let times = self.options[option.place()].gap.iter().filter(|gap| **gap < 0.01).count();
        chance(times as f64, self.draws)
    }

    /// A figure of one option less that of another, draw by draw.
    pub fn difference(
        &self,
        (first, second): (OptionId, OptionId),
        of: impl Fn(&OptionDraws) -> &[f64],
    ) -> Vec<f64> {
        let (a, b) = (of(&self.options[first.place()]), of(&self.options[second.place()]));
        a.iter().zip(b).map(|(a, b)| a - b).collect()
    }
}

/// Runs the draws. `go_on` is told after every block how many draws are done, by whichever thread did it, and
/// stops the simulation by saying no; rounds that are not whole by then are left out.
pub fn simulate(scenario: &Scenario, order: Order, go_on: &(dyn Fn(usize) -> bool + Sync)) -> Simulation {
    assert!((1..=MOST_DRAWS).contains(&order.draws), "1 to {MOST_DRAWS} draws");
    let sampler = Sampler::new(scenario, order.seed);
    let inputs: Vec<InputId> = sampler.inputs().collect();
    if one_timetable(scenario, &inputs) {
        rounds::<Lanes>(scenario, sampler, inputs, order, go_on)
    } else {
        rounds::<f64>(scenario, sampler, inputs, order, go_on)
    }
}

/// Round after round of draws, so many side by side as the number has lanes.
fn rounds<N: Draws>(
    scenario: &Scenario,
    mut sampler: Sampler,
    inputs: Vec<InputId>,
    order: Order,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Simulation {
    let central: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
    let mut engines: Vec<Worker<'_, N>> = (0..order.threads.max(1))
        .map(|_| Worker { engine: Engine::new(scenario, &inputs), values: central.clone() })
        .collect();
    let years = scenario.programme.horizon.years();
    let nought = || vec![0.0; years];
    let empty = OptionDraws {
        cumulative: vec![Vec::new(); years],
        real_by_year: nought(),
        present_by_year: nought(),
        ..OptionDraws::default()
    };
    let mut simulation = Simulation {
        order,
        draws: 0,
        ended: Ended::Done,
        inputs,
        options: vec![empty; scenario.options.len()],
    };
    let mut rows = Vec::new();
    let mut next_check = 1;
    for (number, first) in (0..order.draws).step_by(ROUND).enumerate() {
        let draws = ROUND.min(order.draws - first);
        sampler.round(number as u64, draws);
        rows.resize(draws * engines[0].engine.width(), 0.0);
        if !round(&mut engines, &sampler, &mut rows, first, go_on) {
            simulation.ended = Ended::Stopped;
            break;
        }
        gather(&mut simulation, &rows, draws);
        // Looking costs as much as there are draws: look when there are a tenth more.
        if let Some(precision) = order.precision.filter(|_| number + 1 >= next_check) {
            next_check = number + 2 + number / 10;
            if is_precise(&simulation, precision) {
                simulation.ended = Ended::Precise;
                break;
            }
        }
    }
    simulation
}

/// An engine and the values that it runs on.
struct Worker<'a, N> {
    engine: Engine<'a, N>,
    values: Vec<N>,
}

/// Fills the rows of a round; false if it was stopped.
fn round<N: Draws>(
    workers: &mut [Worker<'_, N>],
    sampler: &Sampler,
    rows: &mut [f64],
    before: usize,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> bool {
    let width = workers[0].engine.width();
    let blocks = Mutex::new(rows.chunks_mut(width * BLOCK).enumerate());
    let (done, stopped) = (AtomicUsize::new(before), AtomicBool::new(false));
    let next = || blocks.lock().map_or(None, |mut blocks| blocks.next());
    let work = |worker: &mut Worker<'_, N>| {
        while let Some((block, rows)) = next().filter(|_| !stopped.load(Relaxed)) {
            let draws = rows.len() / width;
            for draw in (0..draws).step_by(N::WIDTH) {
                sampler.put(block * BLOCK + draw, &mut worker.values);
                worker.engine.draw(&worker.values, rows, draw);
            }
            if !go_on(done.fetch_add(draws, Relaxed) + draws) {
                stopped.store(true, Relaxed);
            }
        }
    };
    if let [only] = workers {
        work(only);
    } else {
        std::thread::scope(|scope| {
            for worker in workers {
                scope.spawn(|| work(worker));
            }
        });
    }
    !stopped.into_inner()
}

/// Adds the blocks of a round to the columns.
fn gather(simulation: &mut Simulation, rows: &[f64], draws: usize) {
    if simulation.draws == 0 {
        // Room for all that were asked for, so that columns never move; not where fewer may do.
        let room = if simulation.order.precision.is_none() { simulation.order.draws } else { draws };
        simulation.options.iter_mut().flat_map(OptionDraws::columns).for_each(|column| column.reserve(room));
    }
    simulation.draws += draws;
    let width = rows.len() / draws;
    for block in rows.chunks(width * BLOCK) {
        let mut figures = block.chunks_exact(block.len() / width);
        for option in &mut simulation.options {
            for (column, figures) in option.columns().zip(&mut figures) {
                column.extend_from_slice(figures);
            }
            let sums = option.real_by_year.iter_mut().chain(&mut option.present_by_year);
            for (sum, figures) in sums.zip(&mut figures) {
                *sum += figures.iter().sum::<f64>();
            }
        }
    }
}

fn is_precise(simulation: &Simulation, precision: f64) -> bool {
    simulation.options.iter().all(|option| percentile(&option.net_present_cost, 80).error <= precision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Request, read};

    #[test]
    fn draws_side_by_side_are_the_draws_one_by_one() {
        let text = include_str!("../../scenarios/seven-inputs.toml");
        // A fund too small and a price that varies, so that those are met as well; and an odd number of draws.
        let set = [
            "fund.f={ kind = \"either\", by_year = { \"2026-27\" = \"£1m\", \"2027-28\" = \"£500k\" } }"
                .to_owned(),
            "index.general.growth={ low = \"1%\", likely = \"2%\", high = \"4%\" }".to_owned(),
        ];
        let reading = read(&Request { name: "test", text, set: &set, tables: &|_| Err(String::new()) });
        let scenario = reading.scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics));
        let order = Order { draws: 1_003, seed: 1, threads: 1, precision: None };
        let sampler = Sampler::new(&scenario, 1);
        let inputs: Vec<InputId> = sampler.inputs().collect();
        assert!(one_timetable(&scenario, &inputs));
        let alone = rounds::<f64>(&scenario, sampler.clone(), inputs.clone(), order, &|_| true);
        let beside = rounds::<Lanes>(&scenario, sampler, inputs, order, &|_| true);
        assert_eq!(alone, beside);
        assert!(alone.options.iter().all(|option| option.gap.iter().any(|&gap| gap > 0.0)));
    }
}

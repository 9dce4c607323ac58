//! `simulate`: n draws of a scenario, each met by every option.
//!
//! Draws come in batches ([`BATCH`]), each of whole rounds; batches are cut into blocks that threads take as they are
//! free. Every draw writes its own figures, and blocks are gathered in their order, so the result has the same bits for
//! any number of threads. More draws add batches and leave the earlier ones as they are: a run that was stopped, or was
//! precise enough early, is the run that would have been asked for with that many draws. Where nothing is uncertain,
//! one draw says all, and one is made.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use super::engine::{Engine, FIGURES};
use super::lanes::{Draws, Lanes, one_timetable};
use super::rounds::{BATCH, Rounds};
use super::sample::Sampler;
use super::statistics::{Estimated, SAME, Spread};
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
    /// The rounds that the draws came in.
    pub rounds: Rounds,
    /// How near they came to the precision asked for; `None` where none was.
    pub precision: Option<Precision>,
    /// The inputs that were drawn.
    pub inputs: Vec<InputId>,
    /// The columns of each option.
    pub options: Vec<OptionDraws>,
}

/// How near the draws came to a precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// The standard error that was asked for, in pounds.
    pub asked_for: f64,
    /// The largest standard error that the P80 of an option's net present cost has; zero where that of no option
    /// varies; `None` where the draws are too few to say.
    pub error: Option<f64>,
    /// The option that has it.
    pub option: OptionId,
    /// Whether it is small enough.
    pub is_reached: bool,
}

impl Precision {
    /// About how many draws it would take: errors fall with the root of their number. In whole batches.
    pub fn draws_needed(&self, draws: usize) -> Option<f64> {
        let times = self.error? / self.asked_for;
        Some((draws as f64 * times * times / BATCH as f64).ceil() * BATCH as f64)
    }
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

    /// The spread of a column of figures, one a draw.
    pub fn spread(&self, column: &[f64]) -> Spread {
        self.rounds.spread(column)
    }

    /// The chance that each option has the smallest figure of all options; equal ones, to the penny, share it.
    pub fn smallest(&self, of: impl Fn(&OptionDraws) -> &[f64]) -> Vec<Estimated> {
        self.first(of, 1.0)
    }

    /// The chance that each option has the best net present social value.
    pub fn best_value(&self) -> Vec<Estimated> {
        self.first(|option| &option.npsv, -1.0)
    }

    fn first(&self, of: impl Fn(&OptionDraws) -> &[f64], sign: f64) -> Vec<Estimated> {
        let columns: Vec<&[f64]> = self.options.iter().map(of).collect();
        let least =
            |draw: usize| columns.iter().map(|column| sign * column[draw]).fold(f64::INFINITY, f64::min);
        let limits: Vec<f64> = (0..self.draws).map(|draw| least(draw) + SAME).collect();
        let is_first = |column: &[f64], draw: usize| sign * column[draw] < limits[draw];
        let ties = |draw: usize| columns.iter().filter(|column| is_first(column, draw)).count() as f64;
        let shares: Vec<f64> = (0..self.draws).map(|draw| 1.0 / ties(draw)).collect();
        let share = |column, draw| if is_first(column, draw) { shares[draw] } else { 0.0 };
        columns.iter().map(|column| self.rounds.chance(|draw| share(column, draw))).collect()
    }

    /// Groups of options that have the same figure in every draw, to the penny.
    pub fn alike(&self, of: impl Fn(&OptionDraws) -> &[f64]) -> Vec<Vec<OptionId>> {
        let mut groups: Vec<Vec<OptionId>> = Vec::new();
        for (place, option) in self.options.iter().enumerate() {
            let is_like = |group: &&mut Vec<OptionId>| {
                let first = of(&self.options[group[0].place()]);
                first.iter().zip(of(option)).all(|(a, b)| (a - b).abs() < SAME)
            };
            match groups.iter_mut().find(is_like) {
                Some(group) => group.push(OptionId::new(place)),
                None => groups.push(vec![OptionId::new(place)]),
            }
        }
        groups.retain(|group| group.len() > 1);
        groups
    }

    /// The chance that funds pay for all of an option's costs.
    pub fn within_funds(&self, option: OptionId) -> Estimated {
        let gaps = &self.options[option.place()].gap;
        // Less than a penny is what adding up in binary leaves.
        self.rounds.chance(|draw| f64::from(gaps[draw] < 0.01))
    }

    /// The chance that a difference is below zero, by a penny or more.
    pub fn below_zero(&self, differences: &[f64]) -> Estimated {
        self.rounds.chance(|draw| f64::from(differences[draw] <= -SAME))
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
/// stops the simulation by saying no; a batch that is not whole by then is left out.
pub fn simulate(scenario: &Scenario, order: Order, go_on: &(dyn Fn(usize) -> bool + Sync)) -> Simulation {
    assert!((1..=MOST_DRAWS).contains(&order.draws), "1 to {MOST_DRAWS} draws");
    let sampler = Sampler::new(scenario, order.seed);
    let inputs: Vec<InputId> = sampler.inputs().collect();
    if one_timetable(scenario, &inputs) {
        batches::<Lanes>(scenario, sampler, inputs, order, go_on)
    } else {
        batches::<f64>(scenario, sampler, inputs, order, go_on)
    }
}

/// Batch after batch of draws, so many side by side as the number has lanes.
fn batches<N: Draws>(
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
    let zero = || vec![0.0; years];
    let empty = OptionDraws {
        cumulative: vec![Vec::new(); years],
        real_by_year: zero(),
        present_by_year: zero(),
        ..OptionDraws::default()
    };
    let most = if inputs.is_empty() { 1 } else { order.draws };
    let mut simulation = Simulation {
        order,
        draws: 0,
        ended: Ended::Done,
        rounds: Rounds::default(),
        precision: None,
        inputs,
        options: vec![empty; scenario.options.len()],
    };
    let mut rows = Vec::new();
    let mut next_check = 1;
    for (number, first) in (0..most).step_by(BATCH).enumerate() {
        let draws = BATCH.min(most - first);
        sampler.batch(number, draws);
        rows.resize(draws * engines[0].engine.width(), 0.0);
        if !batch(&mut engines, &sampler, &mut rows, first, go_on) {
            simulation.ended = Ended::Stopped;
            break;
        }
        gather(&mut simulation, &rows, draws);
        // Looking costs as much as there are draws: look when there are a tenth more.
        if let Some(asked_for) = order.precision.filter(|_| number + 1 >= next_check) {
            next_check = number + 2 + number / 10;
            if precision(&simulation, asked_for).is_some_and(|precision| precision.is_reached) {
                simulation.ended = Ended::Precise;
                break;
            }
        }
    }
    simulation.rounds = Rounds::new(simulation.draws);
    simulation.precision = order.precision.and_then(|asked_for| precision(&simulation, asked_for));
    simulation
}

/// An engine and the values that it runs on.
struct Worker<'a, N> {
    engine: Engine<'a, N>,
    values: Vec<N>,
}

/// Fills the rows of a batch; false if it was stopped.
fn batch<N: Draws>(
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

/// Adds the blocks of a batch to the columns.
fn gather(simulation: &mut Simulation, rows: &[f64], draws: usize) {
    if simulation.draws == 0 {
        // Room for all that were asked for, so that columns never move; not where fewer may do.
        let all = simulation.order.precision.is_none() && !simulation.inputs.is_empty();
        let room = if all { simulation.order.draws } else { draws };
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

/// How near the draws came to a precision; `None` without draws.
fn precision(simulation: &Simulation, asked_for: f64) -> Option<Precision> {
    let rounds = Rounds::new(simulation.draws);
    // One draw of something uncertain agrees with nothing but itself.
    let can_tell = simulation.draws > 1 || simulation.inputs.is_empty();
    let error = |option: &OptionDraws| {
        let (p80, is_same) = rounds.percentile(&option.net_present_cost, 80);
        if is_same && can_tell { Some(0.0) } else { p80.error }
    };
    let size = |error: Option<f64>| error.unwrap_or(f64::INFINITY);
    let drawn = simulation.options.iter().enumerate().filter(|_| simulation.draws > 0);
    let errors = drawn.map(|(place, option)| (OptionId::new(place), error(option)));
    let (option, error) = errors.max_by(|a, b| size(a.1).total_cmp(&size(b.1)))?;
    Some(Precision { asked_for, error, option, is_reached: size(error) <= asked_for })
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
        let alone = batches::<f64>(&scenario, sampler.clone(), inputs.clone(), order, &|_| true);
        let beside = batches::<Lanes>(&scenario, sampler, inputs, order, &|_| true);
        assert_eq!(alone, beside);
        assert!(alone.options.iter().all(|option| option.gap.iter().any(|&gap| gap > 0.0)));
    }
}

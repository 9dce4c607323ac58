//! One draw: a list of values through the kernel, every option after the other, in memory that is kept.
//!
//! After the first few draws none allocates (a test counts), unless assets left at the horizon count: their
//! worth is made of the option's whole ledger.

use super::lanes::Draws;
use super::meter::Meter;
use super::tally::{Outcome, Tally};
use crate::id::{InputId, OptionId};
use crate::ledger::Discount;
use crate::plan::{Plan, Renewer};
use crate::scenario::Scenario;

/// Figures of an option in a row, before those by year.
pub(super) const FIGURES: usize = 6;

/// Runs draws of a scenario, one or more at a time.
#[derive(Debug)]
pub struct Engine<'a, N> {
    renewer: Renewer<'a, N>,
    plan: Plan<N>,
    meter: Meter<N>,
    tallies: Vec<Tally<N>>,
    outcomes: Vec<Outcome<N>>,
}

impl<'a, N: Draws> Engine<'a, N> {
    /// An engine for runs of a scenario that change only these inputs.
    pub fn new(scenario: &'a Scenario, changing: &[InputId]) -> Self {
        let central: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
        let (renewer, plan) = Renewer::new(scenario, &central, changing);
        let tallies = plan.options.iter().map(|option| Tally::new(&plan, option)).collect();
        Self {
            renewer,
            tallies,
            outcomes: vec![Outcome::default(); plan.options.len()],
            meter: Meter::new(&plan),
            plan,
        }
    }

    /// Figures a draw gives: for each option those of its [`Outcome`]; then by year its cumulative cash, its real cost and
    /// the present value of that.
    pub fn width(&self) -> usize {
        self.tallies.len() * self.option_width()
    }

    /// Figures an option gives.
    pub(super) fn option_width(&self) -> usize {
        FIGURES + 3 * self.plan.horizon.years()
    }

    /// Runs every option on a value for every input; those that are not to change have their central ones.
    pub fn run(&mut self, values: &[N]) -> &[Outcome<N>] {
        self.renewer.renew(&mut self.plan, values);
        for ((option, tally), outcome) in
            self.plan.options.iter().zip(&mut self.tallies).zip(&mut self.outcomes)
        {
            *outcome = self.meter.measure(&self.plan, option, tally);
        }
        let base = self.plan.baseline.map_or(N::ZERO, |id| self.outcomes[id.place()].npsv);
        for outcome in &mut self.outcomes {
            outcome.npsv -= base;
        }
        &self.outcomes
    }

    /// Runs two options alone; their values are gross.
    pub(super) fn run_pair(&mut self, values: &[N], pair: [OptionId; 2]) -> [Outcome<N>; 2] {
        self.renewer.renew(&mut self.plan, values);
        pair.map(|id| {
            let option = &self.plan.options[id.place()];
            self.meter.measure(&self.plan, option, &mut self.tallies[id.place()])
        })
    }

    /// Runs every option and writes the figures of these draws into a block that has a column for each of the
    /// [`Engine::width`] figures: from row `first` on, as far as there are rows.
    pub(super) fn draw(&mut self, values: &[N], block: &mut [f64], first: usize) {
        self.run(values);
        let rows = block.len() / self.width();
        let rows_of = first..rows.min(first + N::WIDTH);
        let mut columns = block.chunks_exact_mut(rows);
        let mut put = |figure: N| {
            let column = columns.next().map_or(&mut [][..], |column| &mut column[rows_of.clone()]);
            column.iter_mut().enumerate().for_each(|(lane, row)| *row = figure.lane(lane));
        };
        for (outcome, tally) in self.outcomes.iter().zip(&self.tallies) {
            let Outcome { net_present_cost, npsv, nominal, real, benefits, gap } = *outcome;
            [net_present_cost, npsv, nominal, real, benefits, gap].into_iter().for_each(&mut put);
            let mut cumulative = N::ZERO;
            for year in &tally.years {
                cumulative += year.cash;
                put(cumulative);
            }
            tally.years.iter().for_each(|year| put(year.cost));
            for (t, year) in tally.years.iter().enumerate() {
                put(year.cost * self.plan.discount_factor(Discount::Standard, t));
            }
        }
    }
}

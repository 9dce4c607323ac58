//! One draw: a list of values through the kernel, every option after the other, in memory that is kept.
//!
//! After the first few draws none allocates (a test counts), unless assets left at the horizon count: their
//! worth is made of the option's whole ledger.

use super::meter::Meter;
use super::tally::{Outcome, Tally};
use crate::id::InputId;
use crate::number::Number;
use crate::plan::{Plan, Renewer};
use crate::scenario::Scenario;

/// Figures of an option in a row, before its cumulative cash by year.
pub(super) const FIGURES: usize = 6;

/// Runs draws of a scenario.
#[derive(Debug)]
pub struct Engine<'a> {
    renewer: Renewer<'a, f64>,
    plan: Plan<f64>,
    meter: Meter<f64>,
    tallies: Vec<Tally<f64>>,
    outcomes: Vec<Outcome<f64>>,
}

impl<'a> Engine<'a> {
    /// An engine for runs of a scenario that change only these inputs.
    pub fn new(scenario: &'a Scenario, changing: &[InputId]) -> Self {
        let central: Vec<f64> = scenario.central().into_iter().map(Number::to_f64).collect();
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

    /// Figures a draw gives: for each option those of its [`Outcome`], and its cumulative cash by year.
    pub fn width(&self) -> usize {
        self.tallies.len() * self.option_width()
    }

    /// Figures an option gives.
    pub(super) fn option_width(&self) -> usize {
        FIGURES + self.plan.horizon.years()
    }

    /// Runs every option on a value for every input; those that are not to change have their central ones.
    pub fn run(&mut self, values: &[f64]) -> &[Outcome<f64>] {
        self.renewer.renew(&mut self.plan, values);
        for ((option, tally), outcome) in
            self.plan.options.iter().zip(&mut self.tallies).zip(&mut self.outcomes)
        {
            *outcome = self.meter.measure(&self.plan, option, tally);
        }
        let base = self.plan.baseline.map_or(0.0, |id| self.outcomes[id.place()].npsv);
        for outcome in &mut self.outcomes {
            outcome.npsv -= base;
        }
        &self.outcomes
    }

    /// Runs every option and writes a row of [`Engine::width`] figures.
    pub(super) fn draw(&mut self, values: &[f64], row: &mut [f64]) {
        self.run(values);
        let width = self.option_width();
        for ((row, outcome), tally) in row.chunks_mut(width).zip(&self.outcomes).zip(&self.tallies) {
            let Outcome { net_present_cost, npsv, nominal, real, benefits, gap } = *outcome;
            row[..FIGURES].copy_from_slice(&[net_present_cost, npsv, nominal, real, benefits, gap]);
            let mut sum = 0.0;
            for (cumulative, year) in row[FIGURES..].iter_mut().zip(&tally.years) {
                sum += year.cash;
                *cumulative = sum;
            }
        }
    }
}

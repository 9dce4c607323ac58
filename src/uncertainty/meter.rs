//! An option's figures and nothing else: through delivery and costing into sums by year, in memory that is kept.
//!
//! Postings are not told apart, so they are rounded where their sums are: the figures of a run in `Decimal` are
//! within pence of those that the reported run gives, which rounds every posting.

use super::tally::{Outcome, Tally};
use crate::delivery::Delivery;
use crate::ledger::{Ledger, Sink};
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};
use crate::{costing, run};

/// Measures options of one plan after the other.
#[derive(Clone, Debug)]
pub(super) struct Meter<N> {
    delivery: Delivery<N>,
    ledger: Ledger<N>,
}

impl<N: Number> Meter<N> {
    /// One for plans like this one.
    pub(super) fn new(plan: &Plan<N>) -> Self {
        // Assets are followed by month; everything else here by year.
        let delivery = if plan.residual { Delivery::default() } else { Delivery::by_year() };
        Self { delivery, ledger: Ledger { postings: Vec::new() } }
    }

    /// What an option comes to; the tally has its years afterwards.
    pub(super) fn measure(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        tally: &mut Tally<N>,
    ) -> Outcome<N> {
        tally.clear();
        let sheet = self.delivery.run(plan, option);
        if plan.residual {
            self.ledger.postings.clear();
            costing::cost(plan, option, sheet, &mut self.ledger);
            let credits = run::residual(plan, option.id, sheet, &self.ledger.postings);
            let mut sink = tally.sink(plan);
            self.ledger.postings.drain(..).chain(credits).for_each(|posting| sink.post(posting));
        } else {
            costing::cost(plan, option, sheet, &mut tally.sink(plan));
        }
        tally.outcome(plan)
    }
}

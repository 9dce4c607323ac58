//! Sums of postings by option and month: all that the measures need.

use crate::ledger::{Discount, Kind, Posting, Sink, Treatment};
use crate::number::Number;
use crate::plan::Plan;

/// Sums by option. A [`Sink`] that only accumulates: it takes the same memory for any number of postings.
#[derive(Clone, Debug)]
pub struct Totals<N> {
    /// One for each option of the plan.
    pub options: Vec<OptionTotals<N>>,
    /// Whether each organisation is a public body.
    public: Vec<bool>,
}

/// Sums of an option, by month.
#[derive(Clone, Debug)]
pub struct OptionTotals<N> {
    /// One for each month of the horizon.
    pub months: Vec<MonthTotals<N>>,
}

/// Sums of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MonthTotals<N> {
    /// Capital cash.
    pub capital: N,
    /// Revenue cash.
    pub revenue: N,
    /// Real cost of the economic case.
    pub cost: N,
    /// The part of it that organisations bear which are no public bodies.
    pub non_public_cost: N,
    /// Real benefits by kind and discount schedule: `[cash-releasing, non-cash-releasing, societal]` under
    /// the standard schedule, then under the one for health.
    pub benefits: [[N; 3]; 2],
    /// Cash released, nominal.
    pub cash_released: N,
}

impl<N: Number> MonthTotals<N> {
    /// All benefits, real.
    pub fn all_benefits(&self) -> N {
        self.benefits.iter().flatten().fold(N::ZERO, |sum, &benefit| sum + benefit)
    }
}

/// The place of a benefit kind in [`MonthTotals::benefits`].
pub(super) fn benefit_place(kind: Kind) -> Option<usize> {
    match kind {
        Kind::CashReleasing => Some(0),
        Kind::NonCashReleasing => Some(1),
        Kind::Societal => Some(2),
        _ => None,
    }
}

impl<N: Number> Totals<N> {
    /// Sums of nothing, for the options of a plan.
    pub fn new(plan: &Plan<N>) -> Self {
        let empty = OptionTotals { months: vec![MonthTotals::default(); plan.horizon.months()] };
        Self { options: vec![empty; plan.options.len()], public: plan.public.clone() }
    }

    /// Forgets all postings.
    pub fn clear(&mut self) {
        for option in &mut self.options {
            option.months.fill(MonthTotals::default());
        }
    }
}

impl<N: Number> Sink<N> for Totals<N> {
    fn post(&mut self, posting: Posting<N>) {
        let month = &mut self.options[posting.option.place()].months[usize::from(posting.month)];
        if let Some(place) = benefit_place(posting.kind) {
            let schedule = usize::from(posting.discount == Discount::Health);
            month.benefits[schedule][place] += posting.economic;
            month.cash_released += posting.financial;
            return;
        }
        month.cost += posting.economic;
        if !self.public[posting.organisation.place()] {
            month.non_public_cost += posting.economic;
        }
        match posting.treatment {
            Treatment::Capital => month.capital += posting.financial,
            Treatment::Revenue | Treatment::Neither => month.revenue += posting.financial,
        }
    }
}

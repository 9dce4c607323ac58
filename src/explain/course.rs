//! The life of one asset as terms: what is under construction, what is written down, what is written off.
//!
//! A *cut* is the start of a month at which all that was spent before is written off: a line's own write-off, the end
//! of a service, the end of the horizon for what was never delivered. What is spent between two cuts is apart from
//! the rest.

use rust_decimal::Decimal;

use super::figure::Side;
use super::flows::amount;
use super::formula::{Formula, Operation, Rounding, Term, Unit};
use super::world::World;
use crate::accounts::{AssetOf, AssetPlan, asset_plan, is_worth};
use crate::id::{OptionId, OrganisationId};
use crate::ledger::{Posting, Treatment};

/// An asset in one of the two cases.
pub(super) struct Course<'w> {
    pub(super) world: &'w World<'w>,
    pub(super) option: OptionId,
    pub(super) of: AssetOf,
    pub(super) whose: OrganisationId,
    pub(super) plan: AssetPlan<Decimal>,
    pub(super) side: Side,
}

/// A part that is written down from a month on.
pub(super) struct Tranche {
    pub(super) cost: Term,
    from: usize,
    /// The cut that ends it, or the end of the horizon.
    until: usize,
}

impl<'w> Course<'w> {
    /// The life of an asset.
    pub(super) fn new(
        world: &'w World<'w>,
        option: OptionId,
        (of, whose): (AssetOf, OrganisationId),
        side: Side,
    ) -> Self {
        let plan = asset_plan(&world.plan, world.sheet(option), of);
        Self { world, option, of, whose, plan, side }
    }
}

impl Course<'_> {
    fn horizon(&self) -> usize {
        self.world.plan.horizon.months()
    }

    /// The cuts, each with the month in which the write-off is booked.
    pub(super) fn cuts(&self) -> Vec<(usize, usize)> {
        let horizon = self.horizon();
        let undelivered = self.plan.available.is_none().then_some(horizon);
        let ends = [self.plan.ends, undelivered].into_iter().flatten();
        let ends = ends.map(|end| (end, end - 1));
        let mut cuts: Vec<(usize, usize)> =
            self.plan.written_off.map(|off| (off, off)).into_iter().chain(ends).collect();
        cuts.sort_unstable();
        cuts
    }

    pub(super) fn since(&self, month: usize) -> usize {
        self.cuts().into_iter().map(|(cut, _)| cut).filter(|&cut| cut <= month).max().unwrap_or(0)
    }

    fn until(&self, month: usize) -> usize {
        let after = self.cuts().into_iter().map(|(cut, _)| cut).filter(|&cut| cut > month).min();
        after.unwrap_or(self.horizon())
    }

    /// The losses of what is under construction between two months.
    fn losses(
        &self,
        since: usize,
        month: usize,
        at_its_start: bool,
    ) -> impl DoubleEndedIterator<Item = (usize, Decimal)> {
        let available = self.plan.available.unwrap_or(usize::MAX);
        let losses = self.plan.losses.iter().copied();
        losses.filter(move |&(m, _)| {
            m >= since && (m < month || (at_its_start && m == month)) && m <= available
        })
    }

    /// What is under construction at the start of a month, of what was spent since another.
    pub(super) fn construction(&self, since: usize, month: usize, after_losses: bool) -> Term {
        let last = self.losses(since, month, after_losses).next_back();
        let mut terms = Vec::new();
        if let Some((lost, share)) = last {
            let before = self.construction(since, lost, false);
            let loss = self.lost(lost, share, before.clone());
            let formula = Formula::new(Operation::Difference, vec![before, loss]);
            terms.push(Term::made(format!("Left after {}", self.word(lost)), Unit::Pounds, formula));
        }
        let from = last.map_or(since, |(m, _)| m);
        terms.extend(self.added(from, month));
        Term::made("Spent before it can be used", Unit::Pounds, Formula::new(Operation::Sum, terms))
    }

    fn word(&self, month: usize) -> String {
        self.world.month(month).in_words()
    }

    fn lost(&self, month: usize, share: Decimal, before: Term) -> Term {
        let share = Term::constant(
            "share lost",
            share,
            Unit::Rate,
            "what the stall of the stream throws away (`stall.lost`)",
        );
        let formula = Formula::new(Operation::Product, vec![before, share]).rounded(Rounding::Penny);
        Term::made(format!("Lost in {}", self.word(month)), Unit::Pounds, formula)
    }

    /// What is used from some month on.
    pub(super) fn tranches(&self) -> Vec<Tranche> {
        let Some(available) = self.plan.available.filter(|&m| m < self.horizon()) else { return Vec::new() };
        let mut all = Vec::new();
        let built = self.construction(self.since(available), available, true);
        if !built.number().is_zero() {
            all.push(Tranche { cost: built, from: available, until: self.until(available) });
        }
        for month in available..self.horizon() {
            let terms = self.added(month, month + 1);
            let cost = Formula::new(Operation::Sum, terms);
            let cost = Term::made(format!("Added in {}", self.word(month)), Unit::Pounds, cost);
            if !cost.number().is_zero() {
                all.push(Tranche { cost, from: month + 1, until: self.until(month) });
            }
        }
        all
    }

    /// What has been written down of a part by the start of a month.
    pub(super) fn written_down(&self, tranche: &Tranche, month: usize) -> Term {
        let month = month.min(tranche.until);
        let life = self.plan.life;
        let used = (month.saturating_sub(tranche.from) as i64).min(life);
        let used = Term::constant(
            format!("{used} months of use"),
            used,
            Unit::Months,
            "from the month it is used, at most its life",
        );
        let life = Term::constant(
            format!("{life} months of life"),
            life,
            Unit::Months,
            "the useful life in whole months",
        );
        let cost = Formula::new(Operation::Product, vec![tranche.cost.clone(), used]);
        let cost = Term::made("Cost x months of use", Unit::Pounds, cost);
        let formula = Formula::new(Operation::Quotient, vec![cost, life]).rounded(Rounding::Penny);
        Term::made(format!("Written down by the start of {}", self.word(month)), Unit::Pounds, formula)
    }

    /// What is lost between two months, and what is left at the cuts among them.
    pub(super) fn written_off(&self, months: &std::ops::Range<usize>) -> Vec<Term> {
        let mut terms = Vec::new();
        for (month, share) in
            self.losses(0, self.horizon(), false).filter(|(month, _)| months.contains(month))
        {
            terms.push(self.lost(month, share, self.construction(self.since(month), month, false)));
        }
        for (cut, _) in self.cuts().into_iter().filter(|(_, booked)| months.contains(booked)) {
            let since = cut.checked_sub(1).map_or(0, |before| self.since(before));
            let spent = Formula::new(Operation::Sum, self.added(since, cut));
            let mut less = vec![Term::made("Spent on it", Unit::Pounds, spent)];
            let tranches = self.tranches();
            less.extend(
                tranches.iter().filter(|t| t.until == cut).map(|tranche| self.written_down(tranche, cut)),
            );
            for (month, share) in self.losses(since, cut, false) {
                less.push(self.lost(month, share, self.construction(since, month, false)));
            }
            let left = Formula::new(Operation::Difference, less);
            terms.push(Term::made("Left of it when it is written off", Unit::Pounds, left));
        }
        terms
    }

    /// What is left of the parts at the end of the horizon.
    pub(super) fn left(&self) -> Vec<Term> {
        let end = self.horizon();
        let whole = self.tranches().into_iter().filter(|part| part.until == end);
        whole.map(|part| self.left_at(&part, end)).collect()
    }

    /// Whether capital comes back from it. A refund takes from what was used first, part by part, so each figure after it
    /// would be a formula over all before: the engine's month-by-month balance is given instead.
    pub(super) fn is_refunded(&self) -> bool {
        self.rows().any(|(_, posting)| amount(posting, self.side) < Decimal::ZERO)
    }

    fn left_at(&self, part: &Tranche, month: usize) -> Term {
        let down = self.written_down(part, month);
        let formula = Formula::new(Operation::Difference, vec![part.cost.clone(), down]);
        Term::made(format!("Left of: {}", part.cost.label), Unit::Pounds, formula)
    }

    /// The capital rows of the ledger that it is made of, from one month to before another.
    pub(super) fn added(&self, from: usize, to: usize) -> Vec<Term> {
        let within = |posting: &Posting<Decimal>| (from..to).contains(&usize::from(posting.month));
        let rows = self.rows().filter(|(_, posting)| within(posting));
        rows.map(|(row, _)| self.world.posting_term(self.option, row, self.side)).collect()
    }

    /// All capital rows of the ledger that it is made of, with their places.
    fn rows(&self) -> impl Iterator<Item = (usize, &Posting<Decimal>)> {
        let rows = self.world.run.postings(self.option).iter().enumerate();
        rows.filter(|(_, posting)| {
            posting.treatment == Treatment::Capital
                && posting.organisation == self.whose
                && (self.side == Side::Cash || is_worth(posting.kind))
                && !amount(posting, self.side).is_zero()
                && self.world.plan.asset_of(posting.element) == Some(self.of)
        })
    }
}

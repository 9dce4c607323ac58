//! Funds: what is paid by whom, what is missing, what lapses (MODEL section 9).
//!
//! In each year, in file order, each fund pays what it may of the nominal costs not yet paid. Beside that
//! stands the most that any allocation could pay, a maximum flow: it tells when another order of funds would
//! pay for more. Cash-releasing benefits pay for nothing here.

mod bound;
mod cells;

use crate::id::{FundId, OrganisationId};
use crate::ledger::{Posting, Treatment};
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

pub use bound::most_payable;
pub use cells::{Cell, Cells, Facts, Step, may_pay};

/// What the funds of an option pay.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding<N> {
    /// The funds that the option has, in file order.
    pub funds: Vec<FundAccount<N>>,
    /// Need and gap by organisation, then year index.
    pub needs: Vec<Vec<Need<N>>>,
    /// The most that any allocation of the funds could pay, over the whole horizon.
    pub most_payable: N,
    /// Costs by year and by who may pay them.
    cells: Vec<Cell<N>>,
}

/// A fund, year by year.
#[derive(Clone, Debug, PartialEq)]
pub struct FundAccount<N> {
    /// Which.
    pub fund: FundId,
    /// By year index.
    pub years: Vec<FundYear<N>>,
}

/// A fund in a year: brought forward + granted = paid + carried + lapsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FundYear<N> {
    /// Left from the year before.
    pub brought_forward: N,
    /// New money of the year.
    pub granted: N,
    /// Paid, by organisation and treatment: `[capital, revenue]`.
    pub paid: Vec<[N; 2]>,
    /// Left for the next year.
    pub carried: N,
    /// Unspent and lost.
    pub lapsed: N,
}

impl<N: Number> FundYear<N> {
    /// Paid for one organisation, or for all.
    pub fn paid(&self, organisation: Option<OrganisationId>) -> N {
        let all = self.paid.iter().enumerate();
        let mine = all.filter(|(place, _)| organisation.is_none_or(|id| id.place() == *place));
        mine.fold(N::ZERO, |sum, (_, paid)| sum + paid[0] + paid[1])
    }
}

/// Nominal cost of a year and how much of it is paid: `[capital, revenue]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Need<N> {
    /// What must be paid.
    pub cost: [N; 2],
    /// What funds pay of it.
    pub paid: [N; 2],
}

impl<N: Number> Need<N> {
    /// What no fund pays: `[capital, revenue]`.
    pub fn gap(&self) -> [N; 2] {
        [self.cost[0] - self.paid[0], self.cost[1] - self.paid[1]]
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let add = |a: [N; 2], b: [N; 2]| [a[0] + b[0], a[1] + b[1]];
        Self { cost: add(self.cost, other.cost), paid: add(self.paid, other.paid) }
    }
}

/// The place of a treatment in a pair.
fn place(treatment: Treatment) -> usize {
    usize::from(treatment != Treatment::Capital)
}

impl<N: Number> Funding<N> {
    /// What the funds of an option pay of its postings.
    pub fn new(plan: &Plan<N>, option: &ProgrammeOption<N>, postings: &[Posting<N>]) -> Self {
        let mut cells = Cells::new(plan, option.id);
        for posting in postings.iter().filter(|p| !p.kind.is_benefit() && !p.financial.is_nought()) {
            let facts = (posting.option, posting.element, posting.treatment, posting.organisation);
            cells.add(plan, plan.year_of[usize::from(posting.month)], facts, posting.financial);
        }
        let most_payable = most_payable(plan, cells.funds(), &cells.cells);
        let mut needs = vec![vec![Need::default(); plan.horizon.years()]; plan.public.len()];
        for cell in &cells.cells {
            let need: &mut Need<N> = &mut needs[cell.organisation.place()][cell.year];
            need.cost[place(cell.treatment)] += cell.cost;
        }
        let funds = pay(plan, &mut cells, &mut needs);
        Self { funds, needs, most_payable, cells: cells.cells }
    }

    /// The least new money that closes the gap whatever the order of funds, by year index: `[capital, revenue]`.
    pub fn least_more(&self, plan: &Plan<N>) -> Vec<[N; 2]> {
        let owned: Vec<FundId> = self.funds.iter().map(|account| account.fund).collect();
        bound::least_more(plan, &owned, &self.cells)
    }

    /// Need of a year; of one organisation, if named.
    pub fn need(&self, organisation: Option<OrganisationId>, t: usize) -> Need<N> {
        let all = self.needs.iter().enumerate();
        let mine = all.filter(|(place, _)| organisation.is_none_or(|id| id.place() == *place));
        mine.fold(Need::default(), |sum, (_, years)| sum.plus(&years[t]))
    }

    /// The whole gap over the horizon: `[capital, revenue]`.
    pub fn gap(&self) -> [N; 2] {
        let all = self.needs.iter().flatten().map(Need::gap);
        all.fold([N::ZERO; 2], |sum, gap| [sum[0] + gap[0], sum[1] + gap[1]])
    }

    /// All that lapses over the horizon.
    pub fn lapsed(&self) -> N {
        let years = self.funds.iter().flat_map(|fund| &fund.years);
        years.fold(N::ZERO, |sum, year| sum + year.lapsed)
    }

    /// All that is paid over the horizon.
    pub fn paid(&self) -> N {
        let years = self.funds.iter().flat_map(|fund| &fund.years);
        years.fold(N::ZERO, |sum, year| sum + year.paid(None))
    }
}

/// Lets the funds pay, and keeps the books of it.
fn pay<N: Number>(plan: &Plan<N>, cells: &mut Cells<N>, needs: &mut [Vec<Need<N>>]) -> Vec<FundAccount<N>> {
    let nothing = vec![[N::ZERO; 2]; plan.public.len()];
    let account = |&fund: &FundId| FundAccount { fund, years: Vec::with_capacity(plan.horizon.years()) };
    let mut accounts: Vec<FundAccount<N>> = cells.funds().iter().map(account).collect();
    let mut paid = nothing.clone();
    cells.pay(plan, |step| match step {
        Step::Paid { cell, part } => {
            let (organisation, treatment) = (cell.organisation.place(), place(cell.treatment));
            paid[organisation][treatment] += part;
            needs[organisation][cell.year].paid[treatment] += part;
        }
        Step::Closed { owner, brought_forward, granted, carried, lapsed } => {
            let paid = std::mem::replace(&mut paid, nothing.clone());
            accounts[owner].years.push(FundYear { brought_forward, granted, paid, carried, lapsed });
        }
    });
    accounts
}

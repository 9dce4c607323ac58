//! What is kept of an option's postings where nobody reads them one by one: sums by year, and what they come to.

use crate::funding::Cells;
use crate::id::{LineId, OrganisationId};
use crate::ledger::{Discount, Element, Kind, Posting, Sink, Treatment};
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

/// What an option comes to, in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome<N> {
    /// Net present cost.
    pub net_present_cost: N,
    /// Net present social value against the baseline.
    pub npsv: N,
    /// Cash of this organisation in the prices of each year.
    pub nominal: N,
    /// Economic cost, price-base prices.
    pub real: N,
    /// Present value of benefits.
    pub benefits: N,
    /// Nominal cost that no fund pays.
    pub gap: N,
}

/// A [`Sink`] of one option's postings that only adds them up, by year.
#[derive(Clone, Debug)]
pub(super) struct Tally<N> {
    year_of: Vec<usize>,
    /// By year index.
    pub(super) years: Vec<Year<N>>,
    /// Nominal cost by year index, organisation and treatment (capital, then the rest).
    cash: Vec<N>,
    organisations: usize,
    funds: Funds<N>,
}

/// How the money of funds is followed.
#[derive(Clone, Debug)]
enum Funds<N> {
    /// The option has none: all its cost is a gap.
    None,
    /// Every fund pays for whatever an organisation buys: sums of cash have their cells.
    Plain {
        /// All the cells that there may be.
        cells: Cells<N>,
        /// The cell of each sum of cash.
        places: Vec<usize>,
    },
    /// Some fund is restricted to services, streams or lines: each posting is looked at.
    Restricted(Cells<N>),
}

/// Sums of a year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Year<N> {
    /// Real cost.
    pub(super) cost: N,
    /// Nominal cost.
    pub(super) cash: N,
    /// Real benefits under each discount schedule.
    pub(super) benefits: [N; 2],
}

impl<N: Number> Tally<N> {
    pub(super) fn new(plan: &Plan<N>, option: &ProgrammeOption<N>) -> Self {
        let (years, organisations) = (plan.horizon.years(), plan.public.len());
        let mut cells = Cells::new(plan, option.id);
        let funds = if cells.funds().is_empty() {
            Funds::None
        } else if cells.funds().iter().all(|fund| plan.funds[fund.place()].targets.is_empty()) {
            let places = plain(&mut cells, plan, option, organisations);
            Funds::Plain { cells, places }
        } else {
            Funds::Restricted(cells)
        };
        Self {
            year_of: plan.year_of.clone(),
            years: vec![Year::default(); years],
            cash: vec![N::ZERO; years * organisations * 2],
            organisations,
            funds,
        }
    }

    /// Forgets all postings.
    pub(super) fn clear(&mut self) {
        self.years.fill(Year::default());
        self.cash.fill(N::ZERO);
        if let Funds::Plain { cells, .. } | Funds::Restricted(cells) = &mut self.funds {
            cells.clear();
        }
    }

    /// The sink of an option's postings.
    pub(super) fn sink<'a>(&'a mut self, plan: &'a Plan<N>) -> TallySink<'a, N> {
        TallySink { tally: self, plan }
    }

    /// What the postings come to; NPSV is gross until the baseline's is taken off it.
    pub(super) fn outcome(&mut self, plan: &Plan<N>) -> Outcome<N> {
        let mut outcome = Outcome::default();
        for (t, year) in self.years.iter().enumerate() {
            let standard = plan.discount_factor(Discount::Standard, t);
            outcome.real += year.cost;
            outcome.nominal += year.cash;
            outcome.net_present_cost += year.cost * standard;
            outcome.benefits += year.benefits[0] * standard;
            outcome.benefits += year.benefits[1] * plan.discount_factor(Discount::Health, t);
        }
        outcome.npsv = outcome.benefits - outcome.net_present_cost;
        outcome.gap = self.gap(plan);
        outcome
    }

    fn gap(&mut self, plan: &Plan<N>) -> N {
        match &mut self.funds {
            Funds::None => self.years.iter().fold(N::ZERO, |sum, year| sum + year.cash),
            Funds::Restricted(cells) => cells.gap(plan),
            Funds::Plain { cells, places } => {
                for (&place, &cash) in places.iter().zip(&self.cash) {
                    cells.add_to(place, cash);
                }
                cells.gap(plan)
            }
        }
    }
}

/// Makes the cells of every year, organisation and treatment, and tells the place of each in that order.
fn plain<N: Number>(
    cells: &mut Cells<N>,
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    organisations: usize,
) -> Vec<usize> {
    // Only what funds ask of a posting matters here; these are restricted to no element.
    let element = Element::Line(LineId::new(0));
    let rows = (0..plan.horizon.years()).flat_map(|year| (0..organisations).map(move |o| (year, o)));
    let sums: Vec<_> = rows
        .flat_map(|(year, o)| [Treatment::Capital, Treatment::Revenue].map(|treatment| (year, treatment, o)))
        .map(|(year, treatment, o)| (year, (option.id, element, treatment, OrganisationId::new(o))))
        .collect();
    let mut find = |&(year, facts): &_| cells.place(plan, year, facts);
    // A new cell moves those after it: places are told when all are there.
    for sum in &sums {
        find(sum);
    }
    sums.iter().map(find).collect()
}

/// A tally that takes postings.
pub(super) struct TallySink<'a, N> {
    tally: &'a mut Tally<N>,
    plan: &'a Plan<N>,
}

impl<N: Number> Sink<N> for TallySink<'_, N> {
    const DETAILED: bool = false;

    #[allow(
        clippy::inline_always,
        reason = "most of a posting is for those who keep it: inlined, it is never made"
    )]
    #[inline(always)]
    fn post(&mut self, posting: Posting<N>) {
        let t = self.tally.year_of[usize::from(posting.month)];
        let year = &mut self.tally.years[t];
        if posting.kind.is_benefit() {
            year.benefits[usize::from(posting.discount == Discount::Health)] += posting.economic;
            return;
        }
        year.cost += posting.economic;
        year.cash += posting.financial;
        debug_assert!(posting.kind != Kind::Residual || posting.financial.is_nought());
        match &mut self.tally.funds {
            Funds::None => {}
            Funds::Plain { .. } => {
                let rest = usize::from(posting.treatment != Treatment::Capital);
                let row = t * self.tally.organisations + posting.organisation.place();
                self.tally.cash[row * 2 + rest] += posting.financial;
            }
            Funds::Restricted(cells) => {
                let Posting { option, element, treatment, organisation, financial, .. } = posting;
                cells.add(self.plan, t, (option, element, treatment, organisation), financial);
            }
        }
    }
}

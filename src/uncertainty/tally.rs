//! What a draw keeps of an option's postings: sums by year, and what they come to.

use crate::funding::Cells;
use crate::ledger::{Discount, Element, Kind, Posting, Sink, Treatment};
use crate::plan::{Plan, ProgrammeOption};

/// What an option comes to in one draw, in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Net present cost.
    pub net_present_cost: f64,
    /// Net present social value against the baseline.
    pub npsv: f64,
    /// Cash of this organisation in the prices of each year.
    pub nominal: f64,
    /// Economic cost, price-base prices.
    pub real: f64,
    /// Present value of benefits.
    pub benefits: f64,
    /// Nominal cost that no fund pays.
    pub gap: f64,
}

/// A [`Sink`] of one option's postings that only adds them up, by year.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    year_of: Vec<usize>,
    /// By year index.
    pub(super) years: Vec<Year>,
    /// Nominal cost by year index, organisation and treatment (capital, then the rest).
    cash: Vec<f64>,
    organisations: usize,
    funds: Funds,
}

/// How the money of funds is followed.
#[derive(Clone, Debug)]
enum Funds {
    /// The option has none: all its cost is a gap.
    None,
    /// Every fund pays for whatever an organisation buys.
    Plain(Cells<f64>),
    /// Some fund is restricted to services, streams or lines: each posting is looked at.
    Restricted(Cells<f64>),
}

/// Sums of a year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Year {
    /// Real cost.
    pub(super) cost: f64,
    /// Nominal cost.
    pub(super) cash: f64,
    /// Real benefits under each discount schedule.
    pub(super) benefits: [f64; 2],
}

impl Tally {
    pub(super) fn new(plan: &Plan<f64>, option: &ProgrammeOption<f64>) -> Self {
        let cells = Cells::new(plan, option.id);
        let funds = if cells.funds().is_empty() {
            Funds::None
        } else if cells.funds().iter().all(|fund| plan.funds[fund.place()].targets.is_empty()) {
            Funds::Plain(cells)
        } else {
            Funds::Restricted(cells)
        };
        let (years, organisations) = (plan.horizon.years(), plan.public.len());
        Self {
            year_of: plan.year_of.clone(),
            years: vec![Year::default(); years],
            cash: vec![0.0; years * organisations * 2],
            organisations,
            funds,
        }
    }

    /// Forgets all postings.
    pub(super) fn clear(&mut self) {
        self.years.fill(Year::default());
        self.cash.fill(0.0);
        if let Funds::Plain(cells) | Funds::Restricted(cells) = &mut self.funds {
            cells.clear();
        }
    }

    /// The sink of an option's postings.
    pub(super) fn sink<'a>(&'a mut self, plan: &'a Plan<f64>) -> TallySink<'a> {
        TallySink { tally: self, plan }
    }

    /// What the postings come to; NPSV is gross until the baseline's is taken off it.
    pub(super) fn outcome(&mut self, plan: &Plan<f64>, option: &ProgrammeOption<f64>) -> Outcome {
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
        outcome.gap = self.gap(plan, option);
        outcome
    }

    fn gap(&mut self, plan: &Plan<f64>, option: &ProgrammeOption<f64>) -> f64 {
        match &mut self.funds {
            Funds::None => self.years.iter().map(|year| year.cash).sum(),
            Funds::Restricted(cells) => cells.gap(plan),
            Funds::Plain(cells) => {
                for (place, &cash) in self.cash.iter().enumerate() {
                    let (year, rest) = (place / (self.organisations * 2), place % (self.organisations * 2));
                    let treatment = if rest % 2 == 0 { Treatment::Capital } else { Treatment::Revenue };
                    // Only what funds ask of a posting matters here; these are restricted to no element.
                    let element = Element::Line(crate::id::LineId::new(0));
                    let organisation = crate::id::OrganisationId::new(rest / 2);
                    cells.add(plan, year, (option.id, element, treatment, organisation), cash);
                }
                cells.gap(plan)
            }
        }
    }
}

/// A tally that takes postings.
pub(super) struct TallySink<'a> {
    tally: &'a mut Tally,
    plan: &'a Plan<f64>,
}

impl Sink<f64> for TallySink<'_> {
    const DETAILED: bool = false;

    #[inline]
    fn post(&mut self, posting: Posting<f64>) {
        let t = self.tally.year_of[usize::from(posting.month)];
        let year = &mut self.tally.years[t];
        if posting.kind.is_benefit() {
            year.benefits[usize::from(posting.discount == Discount::Health)] += posting.economic;
            return;
        }
        year.cost += posting.economic;
        year.cash += posting.financial;
        debug_assert!(posting.kind != Kind::Residual || posting.financial == 0.0);
        match &mut self.tally.funds {
            Funds::None => {}
            Funds::Plain(_) => {
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

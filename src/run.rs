//! A whole run: every option of a plan through delivery and costing, and what comes of the postings.
//!
//! [`run`] keeps everything, for the reported figures. The order of its steps is the order of the staircase:
//! timesheet, postings, residual value (a posting too), then accounts, funding and appraisal side by side.

mod piece;
mod trial;

use std::ops::Range;

pub use piece::{Piece, pieces};
pub use trial::{Opened, Outcome, Trials, Worker};

use crate::accounts::{self, Accounts, AssetOf};
use crate::appraisal::{Appraisal, Totals};
use crate::costing;
use crate::delivery::{Delivery, Timesheet};
use crate::funding::Funding;
use crate::id::{CategoryId, IndexId, OptionId};
use crate::ledger::{Activity, Discount, Element, Kind, Ledger, Posting, Sink, Treatment};
use crate::number::Number;
use crate::plan::{Plan, Start};

/// Everything that a run gives.
#[derive(Clone, Debug)]
pub struct Run<N> {
    /// The postings, option by option.
    pub ledger: Ledger<N>,
    /// The places of each option's postings in the ledger.
    places: Vec<Range<usize>>,
    /// The timesheet of each option.
    pub sheets: Vec<Timesheet<N>>,
    /// The measures of each option.
    pub appraisal: Appraisal<N>,
    /// The accounts of each option.
    pub accounts: Vec<Accounts<N>>,
    /// What funds pay, by option.
    pub funding: Vec<Funding<N>>,
    /// What a month's delay of every stream costs: the net present social value that is lost, by option.
    pub month_of_delay: Vec<N>,
}

impl<N> Run<N> {
    /// The postings of an option.
    pub fn postings(&self, option: OptionId) -> &[Posting<N>] {
        &self.ledger.postings[self.places[option.place()].clone()]
    }
}

/// Runs every option of a plan and keeps everything.
pub fn run<N: Number>(plan: &Plan<N>) -> Run<N> {
    // The delayed plan runs beside the plan itself: neither sees the other, so the result is the same.
    let (Core { ledger, places, sheets, appraisal }, late) = std::thread::scope(|scope| {
        let late = scope.spawn(|| appraise(&a_month_later(plan)));
        (core(plan), late.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    });
    let month_of_delay = appraisal.options.iter().zip(&late.options).map(|(now, late)| now.npsv - late.npsv);
    let month_of_delay = month_of_delay.collect();
    let of = |option: usize| &ledger.postings[places[option].clone()];
    let accounts = (0..sheets.len()).map(|o| Accounts::new(plan, &sheets[o], of(o))).collect();
    let funding = (0..sheets.len()).map(|o| Funding::new(plan, &plan.options[o], of(o))).collect();
    Run { ledger, places, sheets, appraisal, accounts, funding, month_of_delay }
}

/// The measures of every option of a plan, and nothing else: for runs with other numbers. No posting is kept, but
/// those of one option at a time if assets left at the horizon count.
pub fn appraise<N: Number>(plan: &Plan<N>) -> Appraisal<N> {
    let mut totals = Totals::new(plan);
    let mut sheets = Vec::with_capacity(plan.options.len());
    let (mut delivery, mut ledger) = (Delivery::default(), Ledger { postings: Vec::new() });
    for option in &plan.options {
        let sheet = delivery.run(plan, option);
        if plan.residual {
            costing::cost(plan, option, sheet, &mut ledger);
            let credits = residual(plan, option.id, sheet, &ledger.postings);
            ledger.postings.drain(..).chain(credits).for_each(|posting| totals.post(posting));
        } else {
            costing::cost(plan, option, sheet, &mut totals);
        }
        sheets.push(sheet.clone());
    }
    Appraisal::new(plan, &totals, &sheets)
}

/// As far as the appraisal needs.
struct Core<N> {
    ledger: Ledger<N>,
    places: Vec<Range<usize>>,
    sheets: Vec<Timesheet<N>>,
    appraisal: Appraisal<N>,
}

fn core<N: Number>(plan: &Plan<N>) -> Core<N> {
    let mut ledger = Ledger { postings: Vec::new() };
    let mut places = Vec::with_capacity(plan.options.len());
    let mut sheets = Vec::with_capacity(plan.options.len());
    let mut delivery = Delivery::default();
    for option in &plan.options {
        let first = ledger.postings.len();
        let sheet = delivery.run(plan, option);
        costing::cost(plan, option, sheet, &mut ledger);
        if plan.residual {
            let credits = residual(plan, option.id, sheet, &ledger.postings[first..]);
            ledger.postings.extend(credits);
        }
        places.push(first..ledger.postings.len());
        sheets.push(sheet.clone());
    }
    let mut totals = Totals::new(plan);
    for &posting in &ledger.postings {
        totals.post(posting);
    }
    let appraisal = Appraisal::new(plan, &totals, &sheets);
    Core { ledger, places, sheets, appraisal }
}

/// The worth of assets at the horizon as credits in its last month.
pub(crate) fn residual<N: Number>(
    plan: &Plan<N>,
    option: OptionId,
    sheet: &Timesheet<N>,
    postings: &[Posting<N>],
) -> Vec<Posting<N>> {
    let credit = |(of, organisation, worth): (AssetOf, _, N)| Posting {
        month: plan.horizon.months() as u16 - 1,
        option,
        element: match of {
            AssetOf::Service(service) => Element::Service(service),
            AssetOf::Line(line) => Element::Line(line),
        },
        activity: Activity::Residual,
        category: CategoryId::RESIDUAL,
        index: IndexId::GENERAL,
        organisation,
        treatment: Treatment::Capital,
        kind: Kind::Residual,
        discount: Discount::Standard,
        economic: -worth,
        financial: N::ZERO,
    };
    accounts::residual(plan, sheet, postings).into_iter().map(credit).collect()
}

/// The same plan with every stream starting a month later; those that wait for others follow by themselves.
pub fn a_month_later<N: Number>(plan: &Plan<N>) -> Plan<N> {
    let mut plan = plan.clone();
    for stream in plan.options.iter_mut().flat_map(|option| &mut option.streams) {
        if let Start::Month(month) = &mut stream.start {
            *month += 1;
        }
    }
    plan
}

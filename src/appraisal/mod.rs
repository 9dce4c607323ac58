//! Appraisal: postings to measures (MODEL section 10).
//!
//! [`Totals`] adds postings up by month; [`Appraisal`] is a function of such sums and of the service lives.
//! In the reported run every measure is rounded once, to the penny, where it is made, and every difference
//! and total that a reader could check is made of the rounded figures, so that tables add up.

mod measures;
mod payback;
mod totals;

pub use measures::{Appraisal, Benefits, CaseTotals, OptionAppraisal, YearRow};
pub use payback::Payback;
pub use totals::{MonthTotals, OptionTotals, Totals};

use crate::costing;
use crate::delivery::{Delivery, Timesheet};
use crate::ledger::Ledger;
use crate::number::Number;
use crate::plan::Plan;

/// A whole run: every posting, every timesheet, and what they come to.
#[derive(Clone, Debug)]
pub struct Run<N> {
    /// The postings.
    pub ledger: Ledger<N>,
    /// The timesheet of each option.
    pub sheets: Vec<Timesheet<N>>,
    /// The measures of each option.
    pub appraisal: Appraisal<N>,
}

/// Runs every option of a plan and keeps everything.
pub fn run<N: Number>(plan: &Plan<N>) -> Run<N> {
    let mut ledger = Ledger { postings: Vec::new() };
    let mut sheets = Vec::with_capacity(plan.options.len());
    let mut delivery = Delivery::default();
    for option in &plan.options {
        let sheet = delivery.run(plan, option);
        costing::cost(plan, option, sheet, &mut ledger);
        sheets.push(sheet.clone());
    }
    let mut totals = Totals::new(plan);
    for &posting in &ledger.postings {
        crate::ledger::Sink::post(&mut totals, posting);
    }
    let appraisal = Appraisal::new(plan, &totals, &sheets);
    Run { ledger, sheets, appraisal }
}

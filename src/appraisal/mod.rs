//! Appraisal: postings to measures (MODEL section 10).
//!
//! [`Totals`] adds postings up by month; [`Appraisal`] is a function of such sums and of the service lives.
//! In the reported run every measure is rounded once, to the penny, where it is made, and every difference
//! and total that a reader could check is made of the rounded figures, so that tables add up.

mod full_benefit;
mod measures;
mod payback;
mod returns;
mod totals;

pub use measures::{Appraisal, Benefits, CaseTotals, OptionAppraisal, YearRow, flips};
pub use payback::Payback;
pub use returns::{RateOfReturn, rate_of_return};
pub use totals::{MonthTotals, OptionTotals, Totals};

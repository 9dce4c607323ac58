//! Income and expenditure, and the departmental limits, by year.

use super::Asset;
use crate::id::CategoryId;
use crate::ledger::{Posting, Treatment};
use crate::number::Number;
use crate::plan::Plan;

/// The effect on income and expenditure of a year. Costs are positive, income is not in it but for cash
/// released; nominal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IncomeAndExpenditure<N> {
    /// Employed people, contractors and the cost of ending teams; with the VAT on them.
    pub pay: N,
    /// All other revenue costs.
    pub non_pay: N,
    /// Amortisation.
    pub amortisation: N,
    /// Impairment.
    pub impairment: N,
    /// Public dividend capital dividend.
    pub pdc_dividend: N,
    /// Cash-releasing benefits, as a positive number.
    pub cash_released: N,
    /// Capital spent: not income and expenditure, but what the limits need beside it.
    pub capital: N,
}

/// Spending against the two departmental limits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DepartmentalLimits<N> {
    /// Capital limit (CDEL).
    pub capital: N,
    /// Resource limit (RDEL), not ring-fenced: revenue spending.
    pub resource: N,
    /// Resource limit, ring-fenced: amortisation.
    pub ring_fenced: N,
    /// Write-offs of abandoned work, which score to the resource limit too.
    pub impairment: N,
}

impl<N: Number> IncomeAndExpenditure<N> {
    /// All costs, before cash released.
    pub fn cost(&self) -> N {
        self.pay + self.non_pay + self.amortisation + self.impairment + self.pdc_dividend
    }

    /// The net effect: costs less cash released. Positive makes the result worse.
    pub fn net(&self) -> N {
        self.cost() - self.cash_released
    }

    /// Its part in the departmental limits.
    pub fn limits(&self) -> DepartmentalLimits<N> {
        DepartmentalLimits {
            capital: self.capital,
            resource: self.pay + self.non_pay,
            ring_fenced: self.amortisation,
            impairment: self.impairment,
        }
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            pay: self.pay + other.pay,
            non_pay: self.non_pay + other.non_pay,
            amortisation: self.amortisation + other.amortisation,
            impairment: self.impairment + other.impairment,
            pdc_dividend: self.pdc_dividend + other.pdc_dividend,
            cash_released: self.cash_released + other.cash_released,
            capital: self.capital + other.capital,
        }
    }
}

/// By organisation, then year index.
pub(super) fn by_year<N: Number>(
    plan: &Plan<N>,
    postings: &[Posting<N>],
    assets: &[Asset<N>],
) -> Vec<Vec<IncomeAndExpenditure<N>>> {
    let years = plan.horizon.years();
    let mut by = vec![vec![IncomeAndExpenditure::default(); years]; plan.public.len()];
    for posting in postings {
        let t = plan.year_of[usize::from(posting.month)];
        let year: &mut IncomeAndExpenditure<N> = &mut by[posting.organisation.place()][t];
        if posting.kind.is_benefit() {
            year.cash_released += posting.financial;
        } else if posting.treatment == Treatment::Capital {
            year.capital += posting.financial;
        } else if is_pay(posting.category) {
            year.pay += posting.financial;
        } else {
            year.non_pay += posting.financial;
        }
    }
    for asset in assets {
        for (year, corkscrew) in by[asset.organisation.place()].iter_mut().zip(&asset.years) {
            year.amortisation += corkscrew.amortisation;
            year.impairment += corkscrew.impairment;
            year.pdc_dividend += corkscrew.pdc_dividend;
        }
    }
    by
}

fn is_pay(category: CategoryId) -> bool {
    [CategoryId::PAY, CategoryId::CONTRACTOR, CategoryId::EXIT].contains(&category)
}

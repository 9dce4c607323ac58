//! What frames a programme: its months and prices, the organisations that bear it, the policy figures that hold
//! for all of it.
//!
//! Plain types, filled by the readers of `[programme]`, `[organisation]`, `[optimism_bias]`, `[contingency]`,
//! `[index]`, `[parameter]` and `[capitalisation]`.

use std::collections::BTreeMap;

use crate::calendar::{FinancialYear, Horizon};
use crate::id::{CategoryId, InputId, OptionId, OrganisationId};
use crate::ledger::Activity;

/// What a scenario file says about itself.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Whose cash the financial case is about.
    pub organisation: String,
    /// The months it covers.
    pub horizon: Horizon,
    /// The price base year.
    pub prices: FinancialYear,
    /// The parameter edition.
    pub edition: String,
    /// The discount schedule's name in the edition.
    pub discount: String,
    /// The option that the others are measured against.
    pub baseline: Option<OptionId>,
    /// Whether discount factors are those of the middle of each year.
    pub mid_year: bool,
    /// Whether assets left at the horizon count.
    pub residual: Residual,
    /// The years in which the instalments of the equivalent annual cost fall.
    pub annuity: Annuity,
}

/// The years in which a yearly instalment is taken to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annuity {
    /// In each year of the horizon itself: years 0 to n - 1.
    FromYear0,
    /// At the end of it, which is a year later: years 1 to n.
    FromYear1,
}

impl Annuity {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::FromYear0 => "from year 0",
            Self::FromYear1 => "from year 1",
        }
    }

    /// How many years after its own a year's instalment is paid.
    pub fn lag(self) -> usize {
        usize::from(self == Self::FromYear1)
    }
}

/// The worth of assets at the horizon in the economic case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residual {
    /// None.
    None,
    /// The unexpired share of their real cost.
    StraightLine,
}

/// An organisation that bears costs and has funds.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its name in the file; empty for the one organisation of a scenario that declares none.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is a public body: the costs of others are apart in the return on public sector cost.
    pub public: bool,
}

/// How a cost is shared between organisations: shares that sum to 1; empty where the first bears it all.
pub type Shares = Vec<(OrganisationId, InputId)>;

/// A share of certain costs that is added to them.
#[derive(Clone, Copy, Debug)]
pub struct Uplift {
    /// Which costs. Of several that match a cost, the one of its activity holds.
    pub of: UpliftOf,
    /// The share.
    pub rate: InputId,
    /// The share of it that is prevented (optimism bias only; else 0): uplift = rate x (1 - mitigation).
    pub mitigation: InputId,
}

/// The costs that an uplift is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpliftOf {
    /// Those of an activity.
    Activity(Activity),
    /// Those of a category.
    Category(CategoryId),
}

/// Policy figures from the parameter edition (or overridden in the scenario).
#[derive(Clone, Debug)]
pub struct Policy {
    /// The standard discount schedule.
    pub discount: Vec<DiscountBand>,
    /// The schedule for health effects.
    pub health_discount: Vec<DiscountBand>,
    /// The standard VAT rate.
    pub vat: InputId,
    /// The public dividend capital dividend, of net book value a year.
    pub pdc_dividend: InputId,
    /// Employer national insurance rate.
    pub national_insurance: InputId,
    /// Pay a year above which employer national insurance is due.
    pub national_insurance_threshold: InputId,
    /// Employer pension contribution borne by the trust.
    pub pension: InputId,
    /// Employer pension contribution paid centrally.
    pub central_pension: InputId,
    /// Apprenticeship levy.
    pub apprenticeship_levy: InputId,
    /// The capital share of each activity's team time; nought where an activity is not here.
    pub capital_shares: CapitalShares,
}

/// The share of directly attributable team time that is capital, by activity.
#[derive(Clone, Copy, Debug)]
pub struct CapitalShares {
    /// Of discovery.
    pub discovery: InputId,
    /// Of alpha.
    pub alpha: InputId,
    /// Of beta.
    pub beta: InputId,
    /// Of improvement.
    pub improvement: InputId,
    /// Of renewal.
    pub renewal: InputId,
}

/// One band of a declining discount schedule.
#[derive(Clone, Copy, Debug)]
pub struct DiscountBand {
    /// The first year index it applies to (1 for the first band: year 0 is not discounted).
    pub from_year: u32,
    /// The rate.
    pub rate: InputId,
}

/// A price index: growth by financial year.
#[derive(Clone, Debug)]
pub struct PriceIndex {
    /// Its name: `general`, `pay`, `cloud`, ...
    pub name: String,
    /// The growth from the year before into each year.
    pub growth: BTreeMap<FinancialYear, InputId>,
}

/// Uncertain inputs that move together.
#[derive(Clone, Debug)]
pub struct Correlation {
    /// Its key path, `correlation.overruns`.
    pub key: String,
    /// The inputs; each is in one group only.
    pub inputs: Vec<InputId>,
    /// The correlation of each with each, -1 to 1: of the normal scores of a Gaussian copula. Symmetric, 1 on its
    /// diagonal, without a negative eigenvalue.
    pub matrix: Vec<Vec<f64>>,
}

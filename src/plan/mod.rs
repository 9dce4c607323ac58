//! The plan: a scenario with one list of values, as plain numbers ready for the kernel.
//!
//! [`Scenario::realise`] turns the checked scenario and a value for every input (the central ones, a draw,
//! an override) into a [`Plan`]. Names are gone; what every stream does is in its [`Stream`], mechanism by
//! mechanism, so that one mechanism can be taken from another option and the rest left alone.
//!
//! Time is in months from the start of the horizon, money in pounds of the price base year excluding VAT
//! (unless a line says otherwise), shares and rates in fractions.

mod people;
mod prices;
mod realise;
mod renew;
mod stream;

pub use prices::PriceTable;
pub use renew::{Maker, Part, Renewer};
pub use stream::{
    Approval, Forming, Handover, Renewal, Review, Stall, StandDown, StandDownWhen, Start, Stream, Upkeep,
    risen,
};

use crate::calendar::Horizon;
use crate::id::{BenefitId, CategoryId, IndexId, LineId, OptionId, OrganisationId, PostId, ServiceId};
use crate::ledger::{Activity, AssetOf, Discount, Element, Kind, Treatment};
use crate::number::Number;
pub use crate::scenario::{Annuity, ApproachKind, Awaited, Event, FundKind, FundTarget, Pattern};

#[cfg(doc)]
use crate::scenario::Scenario;

/// A scenario with its numbers.
#[derive(Clone, Debug)]
pub struct Plan<N> {
    /// The months covered.
    pub horizon: Horizon,
    /// Year index t of each month.
    pub year_of: Vec<usize>,
    /// Price indices.
    pub prices: PriceTable<N>,
    /// Discount factors by year index: standard, and for health effects; with that of the year after the last.
    pub discount: [Vec<N>; 2],
    /// VAT rate.
    pub vat: N,
    /// Public dividend capital dividend, of net book value a year.
    pub pdc_dividend: N,
    /// Optimism bias, net of mitigation.
    pub optimism_bias: Uplifts<N>,
    /// Contingency.
    pub contingency: Uplifts<N>,
    /// Whether assets left at the horizon count in the economic case.
    pub residual: bool,
    /// The years in which the instalments of the equivalent annual cost fall.
    pub annuity: Annuity,
    /// Whether each organisation is a public body.
    pub public: Vec<bool>,
    /// The index of pay, which the cost of ending a team follows; any, where no approach ends one.
    pub pay: IndexId,
    /// The capital share of directly attributable team time.
    pub capital_shares: CapitalShares<N>,
    /// Services.
    pub services: Vec<Service<N>>,
    /// Benefits of services.
    pub benefits: Vec<Benefit<N>>,
    /// Cost and benefit lines.
    pub lines: Vec<Line<N>>,
    /// Posts outside the teams.
    pub posts: Vec<Post<N>>,
    /// Options.
    pub options: Vec<ProgrammeOption<N>>,
    /// Funds, in file order.
    pub funds: Vec<Fund<N>>,
    /// The option that others are measured against.
    pub baseline: Option<OptionId>,
}

impl<N: Number> Plan<N> {
    /// Whether a service has ended by the start of a month. One that lasts as long as the horizon doesn't end.
    pub fn has_ended(&self, service: ServiceId, month: i64) -> bool {
        let end = self.services[service.place()].end;
        end < self.horizon.months() && end as i64 <= month
    }

    /// The asset that the capital of an element belongs to: that of its service, what a line buys, or what a line
    /// refunds.
    pub fn asset_of(&self, element: Element) -> Option<AssetOf> {
        match element {
            Element::Line(line) => Some(self.lines[line.place()].refund_of.unwrap_or(AssetOf::Line(line))),
            element => element.service().map(AssetOf::Service),
        }
    }

    /// What a pound a year is worth over the horizon, discounted. A year of which only part lies in the horizon counts
    /// with that part.
    pub fn annuity_factor(&self) -> N {
        let years = 0..self.horizon.years();
        let months = years.fold(N::ZERO, |sum, t| {
            let factor = self.discount_factor(Discount::Standard, t + self.annuity.lag());
            sum + factor * N::from_count(self.horizon.months_in(t) as i64)
        });
        months / N::from_count(12)
    }

    /// Discount factor of a year index under a schedule; also of the year after the last.
    pub fn discount_factor(&self, schedule: Discount, t: usize) -> N {
        self.discount[schedule as usize][t]
    }
}

/// Shares of certain costs that are added to them.
#[derive(Clone, Debug, Default)]
pub struct Uplifts<N> {
    /// By activity.
    pub activities: Vec<(Activity, N)>,
    /// By category.
    pub categories: Vec<(CategoryId, N)>,
}

impl<N: Number> Uplifts<N> {
    /// Whether nothing is added to anything.
    pub fn is_empty(&self) -> bool {
        self.activities.is_empty() && self.categories.is_empty()
    }

    /// The share that is added to a cost: that of its activity, or else of its category.
    pub fn of(&self, activity: Activity, category: CategoryId) -> N {
        let by_activity = self.activities.iter().find(|(a, _)| *a == activity).map(|&(_, share)| share);
        let by_category = || self.categories.iter().find(|(c, _)| *c == category).map(|&(_, share)| share);
        by_activity.or_else(by_category).unwrap_or(N::ZERO)
    }
}

/// Who bears a cost: shares that sum to 1; empty where the first organisation bears it all.
pub type Shares<N> = Vec<(OrganisationId, N)>;

/// Capital share by activity.
#[derive(Clone, Copy, Debug)]
pub struct CapitalShares<N> {
    /// Of discovery.
    pub discovery: N,
    /// Of alpha.
    pub alpha: N,
    /// Of beta.
    pub beta: N,
    /// Of improvement.
    pub improvement: N,
    /// Of renewal.
    pub renewal: N,
}

impl<N: Number> CapitalShares<N> {
    /// The share of an activity.
    pub fn of(&self, activity: Activity) -> N {
        match activity {
            Activity::Discovery => self.discovery,
            Activity::Alpha => self.alpha,
            Activity::Beta => self.beta,
            Activity::Improvement => self.improvement,
            Activity::Renewal => self.renewal,
            _ => N::ZERO,
        }
    }
}

/// A part of what people cost in a month that shares category, index and kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostPart<N> {
    /// Its category.
    pub category: CategoryId,
    /// Its index.
    pub index: IndexId,
    /// Cost, VAT, central pension or opportunity.
    pub kind: Kind,
    /// Pounds a month.
    pub amount: N,
}

/// A team: what it costs and how fast it works.
#[derive(Clone, Debug, PartialEq)]
pub struct Team<N> {
    /// Heads (full-time equivalents) of one team.
    pub heads: N,
    /// Pounds a month of one team at full strength.
    pub cost: Vec<CostPart<N>>,
    /// Standard team-months of work a month.
    pub pace: N,
    /// Share of time directly attributable to building an asset.
    pub attributable: N,
}

/// One option.
#[derive(Clone, Debug)]
pub struct ProgrammeOption<N> {
    /// Which.
    pub id: OptionId,
    /// Its streams.
    pub streams: Vec<Stream<N>>,
    /// The lines it bears (a service's lines only if a stream delivers the service).
    pub lines: Vec<LineId>,
    /// The posts it bears.
    pub posts: Vec<PostId>,
}

/// A service.
#[derive(Clone, Debug)]
pub struct Service<N> {
    /// Team-months of discovery, alpha and beta.
    pub effort: [N; 3],
    /// Pounds a month from first release.
    pub run: N,
    /// Index of run costs.
    pub index: IndexId,
    /// Team-months a month.
    pub upkeep: N,
    /// Run cost's rise per year of unfunded upkeep.
    pub neglect_run_cost: N,
    /// Benefits' fall per year of unfunded upkeep.
    pub neglect_benefits: N,
    /// Share of full benefits that a team-month of improvement adds.
    pub improve_gain: N,
    /// The most that improvement can add.
    pub improve_limit: N,
    /// Useful life, whole months.
    pub life: i64,
    /// Whether team time on it may be capital.
    pub capitalise: bool,
    /// What it replaces.
    pub legacy: Option<Legacy<N>>,
    /// One past its last month.
    pub end: usize,
    /// Pounds, in its last month.
    pub retire: Option<N>,
    /// Its benefits.
    pub benefits: Vec<BenefitId>,
    /// Who bears it and gains by it.
    pub shares: Shares<N>,
}

impl<N: Number> Service<N> {
    /// The numbers that the work on it depends on: effort, upkeep, improvement. The others are costed, not worked.
    pub fn work(&self) -> [N; 6] {
        let [discovery, alpha, beta] = self.effort;
        [discovery, alpha, beta, self.upkeep, self.improve_gain, self.improve_limit]
    }
}

/// What a service replaces.
#[derive(Clone, Copy, Debug)]
pub struct Legacy<N> {
    /// Pounds a month in year 0.
    pub run: N,
    /// Real growth a year.
    pub growth: N,
    /// Whole months after go-live.
    pub overlap: i64,
    /// Pounds, in the month it ends.
    pub exit: N,
}

/// A monetised benefit of a service.
#[derive(Clone, Copy, Debug)]
pub struct Benefit<N> {
    /// The service that gives it.
    pub service: ServiceId,
    /// Pounds a month at full effect; `None` for an unmonetised benefit.
    pub value: Option<N>,
    /// Who gains.
    pub kind: Kind,
    /// Its discount schedule.
    pub discount: Discount,
    /// Months from first to full effect.
    pub ramp: N,
    /// Whole months from first release to first effect.
    pub lag: i64,
    /// Its index.
    pub index: IndexId,
}

/// A cost or benefit line.
#[derive(Clone, Debug)]
pub struct Line<N> {
    /// Cost or benefit, with its dimensions.
    pub flow: Flow,
    /// How much.
    pub amount: Amount<N>,
    /// First month: from the horizon's start, or from go-live for a service's line.
    pub from: i64,
    /// Last month, likewise; `None` for the horizon's end.
    pub to: Option<i64>,
    /// Whole months between occurrences.
    pub every: Option<i64>,
    /// Its index.
    pub index: IndexId,
    /// The prices it is stated in.
    pub prices: LinePrices<N>,
    /// The service whose go-live its dates count from.
    pub service: Option<ServiceId>,
    /// Who bears it; where empty, whoever bears its service.
    pub shares: Shares<N>,
    /// The month at whose start what capital bought is written off.
    pub written_off: Option<usize>,
    /// The asset of which it refunds capital.
    pub refund_of: Option<AssetOf>,
}

/// What a line is.
#[derive(Clone, Copy, Debug)]
pub enum Flow {
    /// A cost.
    Cost {
        /// Its category.
        category: CategoryId,
        /// Capital or revenue.
        treatment: Treatment,
        /// Whether VAT is borne on it.
        vat: bool,
        /// Useful life, whole months.
        life: i64,
    },
    /// A benefit.
    Benefit {
        /// Who gains.
        kind: Kind,
        /// Its discount schedule.
        discount: Discount,
    },
}

/// How much a line is.
#[derive(Clone, Debug)]
pub enum Amount<N> {
    /// Pounds, once or every so often.
    Once(N),
    /// Pounds a month.
    Monthly(N),
    /// Pounds in each year index, spread over the year's months; `None` where nothing is stated.
    ByYear(Vec<Option<N>>),
}

/// The prices of a line.
#[derive(Clone, Copy, Debug)]
pub enum LinePrices<N> {
    /// Those of a year: x this gives base-year prices.
    Real(N),
    /// Cash.
    Nominal,
}

/// A post outside the teams.
#[derive(Clone, Debug)]
pub struct Post<N> {
    /// Pounds a month, all heads of it.
    pub cost: Vec<CostPart<N>>,
    /// The months in which it is held.
    pub months: std::ops::Range<usize>,
    /// Who bears it.
    pub shares: Shares<N>,
}

/// Money that may be spent.
#[derive(Clone, Debug)]
pub struct Fund<N> {
    /// What it may pay for.
    pub kind: FundKind,
    /// Pounds by year index.
    pub by_year: Vec<N>,
    /// What it is restricted to, in order; empty for no restriction.
    pub targets: Vec<FundTarget>,
    /// The options that have it.
    pub options: Vec<OptionId>,
    /// Whether what is unspent stays.
    pub carry_forward: bool,
    /// The organisation whose costs it pays; `None` for any.
    pub organisation: Option<OrganisationId>,
}

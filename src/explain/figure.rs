//! The figures that can be asked for.
//!
//! A figure is known by what it is, whose it is and when: `npc@team`, `capital@project:2028-29`. What stands here
//! is only which there are; their names are made in [`super::names`], their formulas in the other files.

use crate::id::{BenefitId, IndexId, OptionId, OrganisationId, PostId, RoleId, ServiceId, StreamId, TeamId};
use crate::ledger::{Discount, Element};

/// A figure of the plan, or of the plan with every stream a month later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Whether every stream starts a month later.
    pub delayed: bool,
    /// Which figure.
    pub figure: Figure,
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// A measure of an option over the whole horizon.
    Measure(Measure, OptionId),
    /// Money over a time.
    Flow(Flow, Slice),
    /// Net present cost up to the end of a year.
    Cumulative(OptionId, usize),
    /// What an option gains over the baseline in a month; discounted if asked.
    Gain(bool, OptionId, usize),
    /// A line of an asset's account in a year: option, place of the asset, year index.
    Asset(Flow, OptionId, usize, usize),
    /// A line of a fund's account in a year: option, place among the option's funds, year index.
    Fund(FundLine, OptionId, usize, usize),
    /// What a fund pays of a need, by its place among the payments of the option.
    Payment(OptionId, usize),
    /// Costs of a year that the same funds may pay, by the place of a payment of them.
    Need(OptionId, usize),
    /// A row of the ledger: its real or its cash amount; option, place among its postings.
    Posting(Side, OptionId, usize),
    /// A turning point.
    Event(Event, OptionId),
    /// The discount factor of a year index; at the end of the year if asked for a mid-year schedule's.
    DiscountFactor(Discount, usize, bool),
    /// The price level of an index in a year.
    Level(IndexId, usize),
    /// The price level of an index over the deflator in a year.
    Relative(IndexId, usize),
    /// What takes cash of a year to real prices.
    Deflate(usize),
    /// A part of what a full-time person of a role costs a month.
    RoleCost(RoleId, usize),
    /// A part of what a team kind costs a month.
    TeamCost(TeamId, usize),
    /// A part of what a stream's team costs a month, vacancies included; of its upkeep team if so.
    StreamCost(OptionId, StreamId, bool, usize),
    /// A part of what a post costs a month.
    PostCost(PostId, usize),
    /// The capacity of a crew in a month, by the crew's first entry of the month in the timesheet.
    Capacity(OptionId, usize),
    /// A crew's share of a month on an activity, by the entry.
    Time(OptionId, usize),
    /// The work done in an entry.
    Work(OptionId, usize),
    /// The work that a service takes.
    Effort(OptionId, ServiceId),
    /// The share of a service that users have at the start of a month.
    Released(OptionId, ServiceId, usize),
    /// Years of unfunded upkeep of a service at the start of a month.
    Neglect(OptionId, ServiceId, usize),
    /// The share of a service's upkeep that is done in a month.
    Coverage(OptionId, ServiceId, usize),
    /// The improvement of a service at the start of a month.
    Improvement(OptionId, ServiceId, usize),
    /// What a service replaces costs a month in a year.
    LegacyRun(ServiceId, usize),
}

/// The two amounts of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Economic case.
    Real,
    /// Financial case.
    Cash,
}

/// A time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The whole horizon.
    All,
    /// A year index.
    Year(usize),
    /// A month.
    Month(usize),
}

/// What part of an option's money is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slice {
    /// The option.
    pub option: OptionId,
    /// One organisation only.
    pub organisation: Option<OrganisationId>,
    /// One discount schedule only.
    pub schedule: Option<Discount>,
    /// When.
    pub period: Period,
    /// One element only.
    pub element: Option<Element>,
}

impl Slice {
    /// All of an option.
    pub fn of(option: OptionId) -> Self {
        Self { option, organisation: None, schedule: None, period: Period::All, element: None }
    }

    /// That of a year.
    #[must_use]
    pub fn year(self, t: usize) -> Self {
        Self { period: Period::Year(t), ..self }
    }

    /// That of a month.
    #[must_use]
    pub fn month(self, month: usize) -> Self {
        Self { period: Period::Month(month), ..self }
    }
}

/// A turning point of a stream or service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A stream's approval begins.
    Start(StreamId),
    /// A stream's work begins.
    Work(StreamId),
    /// The month after a stream's last.
    End(StreamId),
    /// The month in which a stream's last service became complete.
    Done(StreamId),
    /// A service's first release.
    FirstRelease(ServiceId),
    /// A service's go-live.
    Live(ServiceId),
    /// A service's renewal is complete, by its number from 0.
    Renewed(ServiceId, usize),
    /// The work on a service's renewal begins.
    RenewalWork(ServiceId, usize),
    /// A benefit's full effect, neglect and improvement apart.
    FullEffect(BenefitId),
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($item:ident = $word:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $label] $item,)* }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[$name] = &[$($name::$item,)*];

            /// As it is asked for.
            pub fn word(self) -> &'static str {
                match self { $($name::$item => $word,)* }
            }

            /// What it is, for people.
            pub fn label(self) -> &'static str {
                match self { $($name::$item => $label,)* }
            }
        }
    };
}

named! {
    /// Measures of an option over the whole horizon.
    Measure {
        NetPresentCost = "npc", "Net present cost";
        EquivalentAnnualCost = "equivalent-annual-cost", "Equivalent annual cost";
        PresentBenefits = "pv-benefits", "Benefits, present value";
        PresentCashReleasing = "pv-cash-releasing", "Cash-releasing benefits, present value";
        PresentNonCashReleasing = "pv-non-cash-releasing", "Non-cash-releasing benefits, present value";
        PresentSocietal = "pv-societal", "Societal benefits, present value";
        PresentNonPublicCost = "pv-non-public-cost", "Net present cost to bodies that are not public";
        Npsv = "npsv", "Net present social value";
        BenefitCostRatio = "bcr", "Benefit-cost ratio";
        PublicReturn = "rpsc", "Return on public sector cost";
        RateOfReturn = "rate-of-return", "Rate of return, real";
        MonthOfDelay = "month-of-delay", "Cost of a month's delay";
        Payback = "payback", "Payback, real";
        DiscountedPayback = "discounted-payback", "Payback, discounted";
        PeakYear = "peak-year", "Peak year of cash";
        PeakCash = "peak-cash", "Cash in the peak year";
        WorstYear = "worst-year", "Peak year of income and expenditure";
        WorstNetEffect = "worst-net-effect", "Net effect on income and expenditure in its peak year";
        FirstBenefit = "first-benefit", "First benefit";
        FullBenefit = "full-benefit", "Full benefit";
        Discounting = "discounting", "Discounting";
    }
}

named! {
    /// Money over a time: years add up to the whole, but for balances.
    Flow {
        Cash = "cash", "Cash";
        Capital = "capital", "Capital cash";
        Revenue = "revenue", "Revenue cash";
        Cost = "cost", "Real cost";
        NonPublicCost = "non-public-cost", "Real cost to bodies that are not public";
        Benefits = "benefits", "Real benefits";
        CashReleasing = "cash-releasing", "Cash-releasing benefits, real";
        NonCashReleasing = "non-cash-releasing", "Non-cash-releasing benefits, real";
        Societal = "societal", "Societal benefits, real";
        CashReleased = "cash-released", "Cash released";
        Gap = "gap", "Cash that no fund pays";
        GapCapital = "gap-capital", "Capital that no fund pays";
        GapRevenue = "gap-revenue", "Revenue that no fund pays";
        Paid = "paid", "Cash paid by funds";
        PaidCapital = "paid-capital", "Capital paid by funds";
        PaidRevenue = "paid-revenue", "Revenue paid by funds";
        Lapsed = "lapsed", "Funds that lapse";
        Pay = "pay", "Pay in income and expenditure";
        NonPay = "non-pay", "Non-pay in income and expenditure";
        Amortisation = "amortisation", "Amortisation";
        Impairment = "impairment", "Impairment";
        PdcDividend = "pdc-dividend", "PDC dividend";
        Expenditure = "expenditure", "Costs in income and expenditure";
        NetEffect = "net-effect", "Net effect on income and expenditure";
        Cdel = "cdel", "Capital limit (CDEL)";
        Rdel = "rdel", "Resource limit (RDEL), not ring-fenced";
        RdelRingFenced = "rdel-ring-fenced", "Resource limit (RDEL), ring-fenced";
        RdelWriteOffs = "rdel-write-offs", "Resource limit (RDEL): write-offs";
        OpeningValue = "opening-nbv", "Opening net book value";
        Additions = "additions", "Additions to assets";
        ClosingValue = "closing-nbv", "Closing net book value";
        Construction = "under-construction", "Net book value under construction";
        CentralPension = "central-pension", "Central pension contributions";
        Opportunity = "opportunity", "Opportunity cost of clinical time";
        OptimismBias = "optimism-bias", "Optimism bias";
        Residual = "residual-value", "Residual value";
        Inflation = "inflation", "Inflation";
        Vat = "vat", "VAT that can't be recovered";
        Contingency = "contingency", "Contingency";
    }
}

named! {
    /// The lines of a fund's account in a year.
    FundLine {
        BroughtForward = "brought-forward", "Brought forward";
        Granted = "granted", "Granted";
        Paid = "paid", "Paid";
        Carried = "carried-forward", "Carried forward";
        Lapsed = "lapsed", "Lapses";
    }
}

impl Flow {
    /// Whether it is a balance, whose years don't add up.
    pub fn is_balance(self) -> bool {
        matches!(self, Self::OpeningValue | Self::ClosingValue | Self::Construction)
    }

    /// Whether it is a line of the account of an asset.
    pub fn is_of_assets(self) -> bool {
        Self::OF_ASSETS.contains(&self)
    }

    /// The lines of the account of an asset.
    pub const OF_ASSETS: [Self; 7] = [
        Self::OpeningValue,
        Self::Additions,
        Self::Amortisation,
        Self::Impairment,
        Self::ClosingValue,
        Self::Construction,
        Self::PdcDividend,
    ];
}

//! Postings: the only intermediate result. Every total in every output is a sum of postings.
//!
//! A [`Posting`] is one dated amount with its dimensions, in two values: `economic` (real, price-base
//! prices) and `financial` (cash of the organisation). It is `Copy` and without text. The kernel gives its
//! postings to a [`Sink`]: the [`Ledger`] keeps them all, for the reported run; [`crate::appraisal::Totals`]
//! only adds them up.

use std::ops::Range;

use crate::id::{
    BenefitId, CategoryId, IndexId, LineId, OptionId, OrganisationId, PostId, ServiceId, StreamId,
};
use crate::number::Number;

/// One dated amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posting<N> {
    /// The month, as an offset from the start of the horizon.
    pub month: u16,
    /// The option that bears it.
    pub option: OptionId,
    /// What it is for.
    pub element: Element,
    /// What the money was spent on.
    pub activity: Activity,
    /// Its category.
    pub category: CategoryId,
    /// The index it follows.
    pub index: IndexId,
    /// The organisation that bears it or gains by it.
    pub organisation: OrganisationId,
    /// Capital or revenue.
    pub treatment: Treatment,
    /// Cost, transfer or benefit.
    pub kind: Kind,
    /// The schedule that discounts it.
    pub discount: Discount,
    /// Real, in price-base prices; nought where the economic case leaves it out.
    pub economic: N,
    /// Nominal cash of the organisation; nought where the financial case leaves it out.
    pub financial: N,
}

/// What a posting is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// A stream as a whole: approval, forming, idle time.
    Stream(StreamId),
    /// A stream's work on one service.
    Work(StreamId, ServiceId),
    /// A service's own costs: running it, retiring it.
    Service(ServiceId),
    /// The system that a service replaces.
    Legacy(ServiceId),
    /// A benefit of a service.
    Benefit(BenefitId),
    /// A cost or benefit line.
    Line(LineId),
    /// A post outside the teams.
    Post(PostId),
}

impl Element {
    /// The service it belongs to, if it is the work, the running, the legacy of one.
    pub fn service(self) -> Option<ServiceId> {
        match self {
            Self::Work(_, service) | Self::Service(service) | Self::Legacy(service) => Some(service),
            Self::Stream(_) | Self::Benefit(_) | Self::Line(_) | Self::Post(_) => None,
        }
    }
}

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssetOf {
    /// A service: the capital share of work on it.
    Service(ServiceId),
    /// What a capital line buys.
    Line(LineId),
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[$name] = &[$($name::$item,)*];

            /// As it is written in outputs.
            pub fn word(self) -> &'static str {
                match self { $($name::$item => $word,)* }
            }
        }
    };
}

words! {
    /// What money was spent on: what a team-month went into, or the other reasons for a cost.
    Activity {
        /// Getting the case approved.
        Approval = "approval",
        /// A persistent team's funding reviews.
        Review = "review",
        /// A new team not yet at full strength.
        Forming = "forming",
        /// Discovery.
        Discovery = "discovery",
        /// Alpha.
        Alpha = "alpha",
        /// Beta.
        Beta = "beta",
        /// Keeping a live service healthy.
        Upkeep = "upkeep",
        /// Making a live service better.
        Improvement = "improvement",
        /// Handing over at the end of a temporary team.
        Handover = "handover",
        /// Renewing a service.
        Renewal = "renewal",
        /// Standing still while work is stopped.
        Stalled = "stalled",
        /// Capacity with nothing to do.
        Idle = "idle",
        /// Ending a persistent team.
        StandDown = "stand-down",
        /// Running a service: hosting, licences, support contracts.
        Run = "run",
        /// Running what a service replaces.
        Legacy = "legacy",
        /// Ending a service.
        Retirement = "retirement",
        /// A post outside the teams.
        Post = "post",
        /// A cost line.
        Line = "line",
        /// What assets are worth at the horizon: nothing was spent.
        Residual = "residual",
        /// A benefit: nothing was spent.
        Benefit = "benefit",
    }
}

words! {
    /// Capital scores to CDEL, revenue to RDEL.
    Treatment {
        /// Capital.
        Capital = "capital",
        /// Revenue.
        Revenue = "revenue",
        /// A benefit, or a cost that is nobody's cash.
        Neither = "none",
    }
}

words! {
    /// Which case a posting belongs to, and on which side.
    Kind {
        /// A cost in both cases.
        Cost = "cost",
        /// VAT that can't be recovered: financial only.
        Vat = "vat",
        /// Pension contributions paid centrally: economic only.
        CentralPension = "central-pension",
        /// Clinical time that backfill does not replace: economic only.
        Opportunity = "opportunity",
        /// What experience says is missing from estimates: economic only.
        OptimismBias = "optimism-bias",
        /// Money set aside for what may come: financial only.
        Contingency = "contingency",
        /// The worth of assets left at the horizon, as a credit: economic only.
        Residual = "residual",
        /// A benefit that changes the income or spending of a public body.
        CashReleasing = "cash-releasing",
        /// A benefit to public bodies that releases no cash: economic only.
        NonCashReleasing = "non-cash-releasing",
        /// A benefit to patients and the public: economic only.
        Societal = "societal",
    }
}

words! {
    /// Which discount schedule applies.
    Discount {
        /// The standard one.
        Standard = "standard",
        /// The one for health effects.
        Health = "health",
    }
}

/// The categories that the kernel itself gives. A scenario's own come after them.
pub const CATEGORIES: [&str; 11] = [
    "pay",
    "contractor",
    "non-pay",
    "approval",
    "review",
    "run",
    "legacy",
    "exit",
    "retirement",
    "benefit",
    "residual",
];

impl CategoryId {
    /// Employed people.
    pub const PAY: Self = Self::of(0);
    /// People on a day rate.
    pub const CONTRACTOR: Self = Self::of(1);
    /// Tools and equipment of teams.
    pub const NON_PAY: Self = Self::of(2);
    /// Writing and approving the case, and buying.
    pub const APPROVAL: Self = Self::of(3);
    /// Funding reviews.
    pub const REVIEW: Self = Self::of(4);
    /// Running services.
    pub const RUN: Self = Self::of(5);
    /// Running what services replace, and ending it.
    pub const LEGACY: Self = Self::of(6);
    /// Ending a team.
    pub const EXIT: Self = Self::of(7);
    /// Ending a service.
    pub const RETIREMENT: Self = Self::of(8);
    /// Benefits: no money was spent.
    pub const BENEFIT: Self = Self::of(9);
    /// What assets are worth at the horizon.
    pub const RESIDUAL: Self = Self::of(10);
}

impl OrganisationId {
    /// Who bears what no shares say otherwise of.
    pub const FIRST: Self = Self::of(0);
}

impl IndexId {
    /// The GDP deflator itself: the first index of every scenario.
    pub const GENERAL: Self = Self::of(0);
}

impl Kind {
    /// Whether the economic case has it: not VAT, which is a transfer, and not contingency, whose place
    /// optimism bias takes there.
    pub fn is_economic(self) -> bool {
        !matches!(self, Self::Vat | Self::Contingency)
    }

    /// Whether the financial case has it: what changes this organisation's cash.
    pub fn is_financial(self) -> bool {
        matches!(self, Self::Cost | Self::Vat | Self::Contingency | Self::CashReleasing)
    }

    /// Whether it is a benefit.
    pub fn is_benefit(self) -> bool {
        matches!(self, Self::CashReleasing | Self::NonCashReleasing | Self::Societal)
    }
}

/// What postings come of, for those who ask where an amount is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A part of the cost of the team that an entry of the timesheet is about; both by their places.
    Time {
        /// The entry.
        entry: usize,
        /// The part of the team's cost.
        part: usize,
    },
    /// A charge of the timesheet, by its place.
    Charge(usize),
    /// A part of the cost of a post, spread over months of a year.
    Post {
        /// The part.
        part: usize,
        /// The first month.
        first: usize,
        /// How many months.
        months: usize,
    },
    /// A line, spread over months of a year.
    Line {
        /// Whether it is the VAT on the line.
        vat: bool,
        /// The first month.
        first: usize,
        /// How many months.
        months: usize,
    },
    /// What falls due each month: running a service or what it replaces, a benefit.
    Monthly,
    /// What falls due once: retiring a service, ending what it replaces.
    Once,
}

/// Where the kernel's postings go.
pub trait Sink<N> {
    /// Whether it tells postings of one option, element, treatment, organisation and financial year apart. One
    /// that doesn't is given their sum: one posting for several categories, indices, kinds of cost, activities
    /// and months of a year, with the label of any of them. (Costs and benefits, and benefits under different
    /// discount schedules, are never put together.)
    const DETAILED: bool = true;

    /// Is told what the postings that follow come of. Only a sink that explains them wants to know.
    fn because(&mut self, _cause: Cause) {}

    /// Takes one posting.
    fn post(&mut self, posting: Posting<N>);

    /// Takes what the postings that follow are made of. Only a detailed sink is told, and only one that must be
    /// able to make them anew with other prices keeps it.
    fn base(&mut self, _base: Base<N>) {}
}

/// An amount before anything is laid on it: price indices, uplifts, the split into capital and revenue, shares
/// of organisations, rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Base<N> {
    /// The months over which it is spread, as offsets from the start of the horizon; all of one financial year.
    pub months: Range<usize>,
    /// The option that bears it.
    pub option: OptionId,
    /// What it is for.
    pub element: Element,
    /// What the money was spent on.
    pub activity: Activity,
    /// Its category.
    pub category: CategoryId,
    /// The index it follows.
    pub index: IndexId,
    /// Cost, transfer or benefit.
    pub kind: Kind,
    /// The schedule that discounts it.
    pub discount: Discount,
    /// How it is treated.
    pub split: Split<N>,
    /// Pounds in the prices it is stated in.
    pub amount: N,
}

/// How much of an amount is capital.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Split<N> {
    /// All or nothing of it.
    Whole(Treatment),
    /// A share of it.
    Share(N),
}

/// Every posting of a run, in the order of the kernel: by option, then as they arise.
#[derive(Clone, Debug, Default)]
pub struct Ledger<N> {
    /// The postings.
    pub postings: Vec<Posting<N>>,
}

impl<N: Number> Sink<N> for Ledger<N> {
    fn post(&mut self, posting: Posting<N>) {
        self.postings.push(posting);
    }
}

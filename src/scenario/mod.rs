//! The scenario: what a user wrote, checked.
//!
//! [`read`] takes the text of a scenario file and returns either a [`Scenario`], in which every name is
//! resolved, every quantity has its unit and every default is filled in, or every fault of the file at once.
//! Nothing behind this room can meet a bad name or a wrong unit.
//!
//! Every number of a scenario, written or defaulted, is an [`Input`] in one list, known by its dotted key
//! path. The structures hold [`InputId`]s only. To realise a scenario with other numbers (a draw, an
//! override, a switching value) is to hand the plan another list of values.

mod allow;
mod approach;
mod capital;
mod cell;
mod correlation;
mod dates;
mod document;
mod effect;
mod encoding;
mod estimate;
pub mod format;
mod frame;
mod fund;
mod index;
mod input;
mod keys;
mod kit;
mod line;
mod log;
mod measure;
mod mechanisms;
mod names;
mod option;
mod organisation;
mod overrides;
mod people;
mod place;
mod policy;
mod programme;
mod provenance;
mod quantity;
mod reach;
mod read;
mod reader;
mod records;
mod refund;
mod service;
mod sheet;
mod size;
mod syntax;
mod totals;
mod trigger;
mod uplift;
mod versions;
mod years;

pub use allow::{Allowance, allowed};
pub use encoding::{NotText, utf8};
pub use frame::{
    Annuity, CapitalShares, Correlation, DiscountBand, Organisation, Policy, PriceIndex, Programme, Residual,
    Shares, Uplift, UpliftOf,
};
pub use index::PAY;
pub use input::{Estimate, Input, Origin, Provenance, Shape, Unit};
pub use log::LogEntry;
pub use mechanisms::{
    ApproachKind, Approval, Forming, Handover, Mechanisms, Pattern, Release, Renewal, Review, Settled, Stall,
    StandDown, StandDownWhen, Upkeep, Vacancies,
};
pub use place::place_of;
pub use quantity::pounds;
pub use reach::{MOST_BILLIONS, MOST_LEVEL};
pub use read::{Request, read};
pub use size::LIMITS;
pub use versions::{Change, File, Versions};

use rust_decimal::Decimal;

use crate::calendar::{FinancialYear, Month};
use crate::diagnostic::{Diagnostic, Sources};
use crate::id::{
    BenefitId, CategoryId, IndexId, InputId, LineId, OptionId, OrganisationId, RoleId, ServiceId, StreamId,
};
use crate::ledger::{AssetOf, Kind, Treatment};

/// A checked scenario. See the [module](self).
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What the file says about itself.
    pub programme: Programme,
    /// Every number, in the order of the file; parameters and defaults where they are first needed.
    pub inputs: Vec<Input>,
    /// The names of the cost categories.
    pub categories: Vec<String>,
    /// The price indices; the first is `general`, the deflator.
    pub indices: Vec<PriceIndex>,
    /// Organisations; the first bears what no shares say otherwise of. There is always one.
    pub organisations: Vec<Organisation>,
    /// Optimism bias: economic only.
    pub optimism_bias: Vec<Uplift>,
    /// Contingency: financial only.
    pub contingency: Vec<Uplift>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Team kinds.
    pub teams: Vec<TeamKind>,
    /// Posts outside the teams.
    pub posts: Vec<Post>,
    /// Services.
    pub services: Vec<Service>,
    /// Benefits of services.
    pub benefits: Vec<Benefit>,
    /// Cost and benefit lines, those of services included.
    pub lines: Vec<Line>,
    /// Options, in file order.
    pub options: Vec<ProgrammeOption>,
    /// Funds, in file order.
    pub funds: Vec<Fund>,
    /// Uncertain inputs that move together.
    pub correlations: Vec<Correlation>,
    /// Policy figures that are no property of any one item.
    pub policy: Policy,
    /// Rules that it may break, with reasons.
    pub allowed: Vec<Allowance>,
    /// What was decided, in the order of the file.
    pub decisions: Vec<LogEntry>,
    /// What was changed in the file, in the order of the file.
    pub changes: Vec<LogEntry>,
}

/// A role: what a person in a team costs.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its key path, `role.developer`.
    pub key: String,
    /// What it costs.
    pub cost: RoleCost,
    /// The index it follows.
    pub index: IndexId,
}

/// What a full-time year of a role costs.
#[derive(Clone, Copy, Debug)]
pub enum RoleCost {
    /// Employed at a salary (of a band or stated); on-costs are added.
    Salary(InputId),
    /// A contractor.
    Day {
        /// Pounds a day, excluding VAT.
        rate: InputId,
        /// Days a full-time year.
        days: InputId,
        /// Whether VAT is charged and can't be recovered.
        vat: Vat,
    },
    /// A fully loaded cost a year, as it stands.
    Loaded(InputId),
}

/// What happens to VAT on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vat {
    /// None is charged.
    None,
    /// Charged and recovered: no cost.
    Recoverable,
    /// Charged and borne.
    Irrecoverable,
}

/// A kind of team.
#[derive(Clone, Debug)]
pub struct TeamKind {
    /// Its key path, `team.product`.
    pub key: String,
    /// Full-time equivalents of each role.
    pub members: Vec<(RoleId, InputId)>,
    /// Money a year a head.
    pub non_pay: InputId,
    /// Standard team-months of work a month at full strength.
    pub pace: InputId,
    /// Share of time directly attributable to building an asset.
    pub attributable: InputId,
}

/// People outside the teams.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its key path, `post.ccio`.
    pub key: String,
    /// What they cost.
    pub role: RoleId,
    /// Full-time equivalents of each.
    pub fte: InputId,
    /// How many.
    pub count: InputId,
    /// First month (default: the horizon's); before or after the horizon it counts from its start, or not at all.
    pub from: Month,
    /// Last month (default: the horizon's); it may lie after the horizon.
    pub to: Month,
    /// A clinician released: the share of pay that backfill costs.
    pub backfill: Option<InputId>,
    /// The options it belongs to.
    pub options: Vec<OptionId>,
    /// Who bears it.
    pub shares: Shares,
}

/// Something given to users, that then lives.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its key path, `service.booking`.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Team-months of discovery, alpha and beta.
    pub effort: [InputId; 3],
    /// Money a year (or a month) from first release.
    pub run: InputId,
    /// The index that run costs follow.
    pub index: IndexId,
    /// Team-months a year.
    pub upkeep: InputId,
    /// Run cost's rise per year of unfunded upkeep.
    pub neglect_run_cost: InputId,
    /// Benefits' fall per year of unfunded upkeep.
    pub neglect_benefits: InputId,
    /// Share of full benefits that a team-month of improvement adds.
    pub improve_gain: InputId,
    /// The most that improvement can add.
    pub improve_limit: InputId,
    /// Useful life, months.
    pub life: InputId,
    /// Whether team time on it may be capital.
    pub capitalise: bool,
    /// What it replaces.
    pub legacy: Option<Legacy>,
    /// Its last month (default: the horizon's). After the horizon it does not end.
    pub to: Month,
    /// Cost of decommissioning, in its last month.
    pub retire: Option<InputId>,
    /// Its benefits.
    pub benefits: Vec<BenefitId>,
    /// Its own cost lines.
    pub lines: Vec<LineId>,
    /// Who bears it.
    pub shares: Shares,
}

/// A system that a service replaces.
#[derive(Clone, Copy, Debug)]
pub struct Legacy {
    /// Money a year (or a month).
    pub run: InputId,
    /// Real growth a year.
    pub growth: InputId,
    /// Months that it runs on after go-live.
    pub overlap: InputId,
    /// Pounds, once, in the month it ends.
    pub exit: InputId,
}

/// A benefit of a service.
#[derive(Clone, Debug)]
pub struct Benefit {
    /// Its key path, `service.booking.benefit.postage`.
    pub key: String,
    /// The service that gives it.
    pub service: ServiceId,
    /// Its value a year (or a month) at full effect; `None` for an unmonetised benefit.
    pub value: Option<InputId>,
    /// Who gains; `None` for an unmonetised benefit.
    pub kind: Option<Kind>,
    /// What it is, in words.
    pub description: String,
    /// Months from first effect to full effect.
    pub ramp: InputId,
    /// Months from first release to first effect.
    pub lag: InputId,
    /// Whether it is discounted at the health rate.
    pub health: bool,
    /// The index it follows.
    pub index: IndexId,
}

/// A cost or a benefit that is stated, not derived from teams and services.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its key path, `cost.integration-engine`; for a row of a table, `cost.TABLE.ROW`.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// A cost's category, VAT and the like, or a benefit's kind.
    pub flow: Flow,
    /// How much, how often.
    pub amount: Amount,
    /// When it begins.
    pub from: When,
    /// When it ends (the last month that may bear it).
    pub to: Option<When>,
    /// Months from one occurrence to the next, for an amount that recurs.
    pub every: Option<InputId>,
    /// The index it follows.
    pub index: IndexId,
    /// The prices it is stated in.
    pub prices: Prices,
    /// The options that bear it. For a service's line: every option; it is borne where the service is
    /// delivered.
    pub options: Vec<OptionId>,
    /// The service whose life its dates are relative to.
    pub service: Option<ServiceId>,
    /// Who bears it.
    pub shares: Shares,
    /// The month at whose start what capital bought is written off.
    pub written_off: Option<Month>,
    /// The asset of which it refunds capital.
    pub refund_of: Option<AssetOf>,
}

/// What a line is.
#[derive(Clone, Copy, Debug)]
pub enum Flow {
    /// Money spent.
    Cost {
        /// Its category.
        category: CategoryId,
        /// Capital or revenue.
        treatment: Treatment,
        /// What happens to VAT.
        vat: Vat,
        /// Useful life of what capital buys, months.
        life: InputId,
    },
    /// A gain.
    Benefit {
        /// Who gains.
        kind: Kind,
        /// Whether it is discounted at the health rate.
        health: bool,
    },
}

/// How much a line is.
#[derive(Clone, Debug)]
pub enum Amount {
    /// Once (or every so often), in one month.
    Once(InputId),
    /// A year or a month, as the input's unit says, from `from` to `to`.
    Rate(InputId),
    /// Stated for each financial year.
    ByYear(Vec<(FinancialYear, InputId)>),
}

/// A date of a line.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// A month.
    Month(Month),
    /// Months after the service's go-live (before it, if negative).
    FromLive(InputId),
}

/// The prices in which a line is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prices {
    /// Those of this year.
    Year(FinancialYear),
    /// Cash of the year in which it falls.
    Nominal,
}

/// One way to deliver and fund the programme.
#[derive(Clone, Debug)]
pub struct ProgrammeOption {
    /// Its name in the file, `team`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its streams, in file order.
    pub streams: Vec<Stream>,
}

/// One standing team or one project working through a list of services.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Its name in the option.
    pub id: String,
    /// How it behaves: its approach, with what the stream overrides.
    pub mechanisms: Mechanisms,
    /// What it builds, in order.
    pub services: Vec<ServiceId>,
    /// When it starts (with approval).
    pub start: Start,
    /// How many teams.
    pub teams: InputId,
    /// Who bears it.
    pub shares: Shares,
}

/// When a stream starts.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// In a month.
    Month(Month),
    /// After something has happened.
    After {
        /// What is waited for.
        of: Awaited,
        /// Which of its events.
        event: Event,
        /// Months after that.
        plus: InputId,
    },
}

/// What a stream may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A service that another stream delivers.
    Service(ServiceId),
    /// Another stream: its first service's first release, all of its services live, or its end.
    Stream(StreamId),
}

/// The event that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first release month.
    FirstRelease,
    /// The go-live month.
    Live,
    /// The month after a stream's last.
    End,
}

/// Money that may be spent.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Its name in the file.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it may pay for.
    pub kind: FundKind,
    /// How much in each year.
    pub by_year: Vec<(FinancialYear, InputId)>,
    /// What it is restricted to, in order and each once; empty for no restriction.
    pub targets: Vec<FundTarget>,
    /// The options that have it.
    pub options: Vec<OptionId>,
    /// Whether what is unspent stays.
    pub carry_forward: bool,
    /// The organisation whose costs it pays; `None` for any.
    pub organisation: Option<OrganisationId>,
}

/// What a fund may pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FundKind {
    /// Capital only.
    Capital,
    /// Revenue only.
    Revenue,
    /// Either.
    Either,
}

/// What a fund is restricted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FundTarget {
    /// Costs of a service.
    Service(ServiceId),
    /// Costs of a stream of an option.
    Stream(OptionId, StreamId),
    /// A cost line.
    Line(LineId),
}

/// What reading a file gives: the scenario if it has no error, and everything there is to say.
#[derive(Debug)]
pub struct Reading {
    /// The scenario, unless an error was found.
    pub scenario: Option<Scenario>,
    /// Faults and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// How tables were read that are not comma-separated UTF-8, a line each.
    pub notes: Vec<String>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl Scenario {
    /// The values of the reported run, one for each input.
    pub fn central(&self) -> Vec<Decimal> {
        self.inputs.iter().map(|input| input.estimate.central()).collect()
    }
}

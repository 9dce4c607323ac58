//! The scenario: what a user wrote, checked.
//!
//! [`read`] takes the text of a scenario file and returns either a [`Scenario`], in which every name is
//! resolved, every quantity has its unit and every default is filled in, or every fault of the file at once.
//! Nothing behind this room can meet a bad name or a wrong unit.
//!
//! Every number of a scenario, written or defaulted, is an [`Input`] in one list, known by its dotted key
//! path. The structures hold [`InputId`]s only. To realise a scenario with other numbers (a draw, an
//! override, a switching value) is to hand the plan another list of values.

mod approach;
mod document;
mod effect;
mod estimate;
mod fund;
mod index;
mod keys;
mod kit;
mod line;
mod measure;
mod names;
mod option;
mod overrides;
mod people;
mod policy;
mod programme;
mod quantity;
mod read;
mod reader;
mod service;
mod sheet;
mod syntax;
mod trigger;

pub use read::{Request, read};

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar::{FinancialYear, Horizon, Month};
use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::id::{
    BenefitId, CategoryId, IndexId, InputId, LineId, OptionId, RoleId, ServiceId, StreamId, TeamId,
};
use crate::ledger::{Kind, Treatment};

/// The unit in which an input is written and reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Pounds.
    Pounds,
    /// Pounds a year.
    PoundsAYear,
    /// Pounds a month.
    PoundsAMonth,
    /// A share or growth rate, as a fraction: `3.5%` is 0.035.
    Rate,
    /// Months. `2 years` is 24.
    Months,
    /// Team-months of work.
    TeamMonths,
    /// Team-months of work a year.
    TeamMonthsAYear,
    /// A bare number: full-time equivalents, teams, days.
    Count,
}

/// The shape of an uncertain value between its low and its high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Beta-PERT with its mode at `likely` (the default).
    Pert,
    /// Triangular with its mode at `likely`.
    Triangular,
    /// Lognormal with its tenth and ninetieth percentiles at low and high.
    P10P90,
    /// Uniform between low and high.
    Uniform,
}

/// What is known about an input's value, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// One figure.
    Point(Decimal),
    /// A range; `low <= likely <= high`.
    Range {
        /// Lowest, or the tenth percentile under [`Shape::P10P90`].
        low: Decimal,
        /// The central value.
        likely: Decimal,
        /// Highest, or the ninetieth percentile.
        high: Decimal,
        /// How it is spread between them.
        shape: Shape,
    },
    /// One of two values.
    Chance {
        /// The probability of `then`, 0 to 1.
        chance: Decimal,
        /// The value if it happens.
        then: Decimal,
        /// The value if it does not.
        otherwise: Decimal,
    },
}

impl Estimate {
    /// The value of the reported run: `likely`, or the likelier branch (at an even chance, that it does not
    /// happen).
    pub fn central(self) -> Decimal {
        match self {
            Self::Point(value) | Self::Range { likely: value, .. } => value,
            Self::Chance { chance, then, otherwise } => {
                if chance > Decimal::new(5, 1) {
                    then
                } else {
                    otherwise
                }
            }
        }
    }
}

/// Where an input's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the scenario, a table beside it or a `--set` argument.
    Written(Span),
    /// Not written: the mechanism's default.
    Default,
    /// From the parameter edition, under this parameter key.
    Parameter(String),
}

/// One number of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its dotted key path: its only identity.
    pub key: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value.
    pub estimate: Estimate,
    /// Where it comes from.
    pub origin: Origin,
}

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
    /// Policy figures that are no property of any one item.
    pub policy: Policy,
}

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
    /// First month (default: the horizon's).
    pub from: Month,
    /// Last month (default: the horizon's).
    pub to: Month,
    /// A clinician released: the share of pay that backfill costs.
    pub backfill: Option<InputId>,
    /// The options it belongs to.
    pub options: Vec<OptionId>,
}

/// How work funded in a way behaves: section 6 of the model, each mechanism apart.
#[derive(Clone, Debug)]
pub struct Mechanisms {
    /// Persistent or temporary.
    pub kind: ApproachKind,
    /// The team kind that does the work.
    pub team: TeamId,
    /// Before work starts.
    pub approval: Approval,
    /// Funding reviews of a persistent team.
    pub review: Option<Review>,
    /// A new team's rise to full strength.
    pub forming: Forming,
    /// A standing team's gain.
    pub settled: Settled,
    /// Output lost per further team at work in the option.
    pub coordination: InputId,
    /// Share of working capacity that goes to planned work.
    pub utilisation: InputId,
    /// Vacant posts.
    pub vacancies: Option<Vacancies>,
    /// Effort beyond the estimate.
    pub overrun: InputId,
    /// When users get anything.
    pub release: Release,
    /// Handing over to others at the end of a temporary team.
    pub handover: Handover,
    /// Upkeep after a temporary team has gone.
    pub upkeep: Option<Upkeep>,
    /// Renewal after a temporary team has gone.
    pub renewal: Option<Renewal>,
    /// Work that stops and starts again.
    pub stall: Option<Stall>,
    /// The end of a persistent team.
    pub stand_down: Option<StandDown>,
}

/// Persistent teams stay with their services; temporary ones build and leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApproachKind {
    /// A standing team.
    Persistent,
    /// A project.
    Temporary,
}

/// `lead` months pass and `cost` is spent before a stream works.
#[derive(Clone, Copy, Debug)]
pub struct Approval {
    /// Months.
    pub lead: InputId,
    /// Pounds, evenly over the lead.
    pub cost: InputId,
}

/// Each `every` after work starts a review costs `cost`.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// Months.
    pub every: InputId,
    /// Pounds.
    pub cost: InputId,
}

/// Capacity rises in a straight line from `from` to 100% over `time`.
#[derive(Clone, Copy, Debug)]
pub struct Forming {
    /// Months.
    pub time: InputId,
    /// Share of full strength at the start.
    pub from: InputId,
}

/// Once the team has existed `after`, output is x (1 + gain).
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Months.
    pub after: InputId,
    /// Rate.
    pub gain: InputId,
}

/// Vacant posts, some covered from another team kind.
#[derive(Clone, Copy, Debug)]
pub struct Vacancies {
    /// Share of posts vacant.
    pub rate: InputId,
    /// Share of those that are covered.
    pub cover: InputId,
    /// By whom.
    pub team: TeamId,
}

/// When users get what is built.
#[derive(Clone, Copy, Debug)]
pub struct Release {
    /// In parts, or all at once.
    pub pattern: Pattern,
    /// Share of effort done at first release (incremental only).
    pub first: InputId,
}

/// The pattern of release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Nothing until the service is complete.
    Single,
    /// In parts, from the first release on.
    Incremental,
}

/// The end of a temporary team.
#[derive(Clone, Copy, Debug)]
pub struct Handover {
    /// Months that the team stays without output.
    pub overlap: InputId,
    /// Share of upkeep's effect lost after that.
    pub loss: InputId,
    /// Months in which it recovers.
    pub recovery: InputId,
}

/// Upkeep paid for once a temporary team's service is live.
#[derive(Clone, Copy, Debug)]
pub struct Upkeep {
    /// Share of the upkeep needed that is paid for.
    pub coverage: InputId,
    /// Who does it.
    pub team: TeamId,
}

/// A project that renews the service from time to time.
#[derive(Clone, Copy, Debug)]
pub struct Renewal {
    /// Months from go-live, then from each renewal's completion.
    pub every: InputId,
    /// Share of the original effort.
    pub effort: InputId,
}

/// Work stops once, and some of it is lost.
#[derive(Clone, Copy, Debug)]
pub struct Stall {
    /// Share of the stream's effort done when it stops.
    pub after: InputId,
    /// Months.
    pub pause: InputId,
    /// Share of team cost that goes on.
    pub standing: InputId,
    /// Share of the effort done on services not yet live that must be done again.
    pub lost: InputId,
    /// 1 if it happens in this run, 0 if not.
    pub happens: InputId,
}

/// The planned end of a persistent team.
#[derive(Clone, Copy, Debug)]
pub struct StandDown {
    /// When.
    pub when: StandDownWhen,
    /// Pounds a head, in the last month.
    pub cost: InputId,
    /// The stream of the same option that takes over the upkeep.
    pub to: Option<StreamId>,
}

/// When a persistent team ends.
#[derive(Clone, Copy, Debug)]
pub enum StandDownWhen {
    /// So many months after the stream's last service is complete.
    Done {
        /// Months.
        notice: InputId,
    },
    /// With this month as its last.
    Month(Month),
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
    /// Its last month (default: the horizon's).
    pub to: Month,
    /// Cost of decommissioning, in its last month.
    pub retire: Option<InputId>,
    /// Its benefits.
    pub benefits: Vec<BenefitId>,
    /// Its own cost lines.
    pub lines: Vec<LineId>,
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
    /// What it is restricted to; empty for no restriction.
    pub targets: Vec<FundTarget>,
    /// The options that have it.
    pub options: Vec<OptionId>,
    /// Whether what is unspent stays.
    pub carry_forward: bool,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl Scenario {
    /// The values of the reported run, one for each input.
    pub fn central(&self) -> Vec<Decimal> {
        self.inputs.iter().map(|input| input.estimate.central()).collect()
    }
}

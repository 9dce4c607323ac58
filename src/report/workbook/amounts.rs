//! The base amounts of a case: what its postings are made of, apart from prices, tax, treatment and sharing.
//!
//! They come from the kernel itself, run once more on the delivery of the reported run, with every figure at 1
//! that the workbook multiplies by: the VAT rate, benefit values, the amounts of lines, capital shares. So a
//! base amount is the frozen factor, whatever those figures are, nought included.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::assumptions::one_a_month;
use crate::accounts::AssetOf;
use crate::costing;
use crate::funding::may_pay;
use crate::id::{InputId, OptionId, OrganisationId};
use crate::ledger::{Base, Element, Kind, Posting, Sink, Split, Treatment};
use crate::plan::{Flow, Plan};
use crate::report::Case;
use crate::scenario::{self, Amount, Shares};

/// What is known of all base amounts.
pub(super) struct Amounts {
    /// By option, then element, then month.
    pub(super) bases: Vec<Base<Decimal>>,
    /// Every option's elements: the lines of the yearly sheets. A line's number is its place and one.
    pub(super) lines: Vec<(OptionId, Element)>,
    /// Every asset that there may be. Likewise.
    pub(super) assets: Vec<Asset>,
    /// Costs that the same funds may pay. Likewise.
    pub(super) cells: Vec<FundCell>,
}

/// An asset of an option and organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asset {
    pub(super) option: OptionId,
    pub(super) of: AssetOf,
    pub(super) organisation: OrganisationId,
    /// The months in which capital may be spent on it.
    pub(super) months: BTreeSet<usize>,
}

/// Costs of an option that the same funds may pay, in the order in which funds pay them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FundCell {
    pub(super) option: OptionId,
    pub(super) treatment: Treatment,
    /// How many funds may pay.
    pub(super) count: usize,
    /// Which, by their place among those of the option.
    pub(super) funds: Vec<usize>,
    pub(super) organisation: OrganisationId,
}

struct Keeper(Vec<Base<Decimal>>);

impl Sink<Decimal> for Keeper {
    fn post(&mut self, _: Posting<Decimal>) {}

    fn base(&mut self, base: Base<Decimal>) {
        if !base.amount.is_zero() {
            self.0.push(base);
        }
    }
}

impl Amounts {
    pub(super) fn new(case: &Case) -> Self {
        let plan = unit_plan(case);
        let mut keeper = Keeper(Vec::new());
        for (option, sheet) in plan.options.iter().zip(&case.run.sheets) {
            costing::cost(&plan, option, sheet, &mut keeper);
        }
        let mut bases = keeper.0;
        bases.sort_by_key(|base| (base.option, base.element, base.months.start));
        let lines: BTreeSet<(OptionId, Element)> = bases.iter().map(|b| (b.option, b.element)).collect();
        let assets = assets(case, &bases);
        let cells = cells(case, &bases);
        Self { bases, lines: lines.into_iter().collect(), assets, cells }
    }

    pub(super) fn line(&self, option: OptionId, element: Element) -> Option<usize> {
        self.lines.binary_search(&(option, element)).ok().map(|place| place + 1)
    }

    pub(super) fn asset(&self, option: OptionId, of: AssetOf, organisation: OrganisationId) -> Option<usize> {
        let key = (option, of, organisation);
        let found = self.assets.binary_search_by(|a| (a.option, a.of, a.organisation).cmp(&key));
        found.ok().map(|place| place + 1)
    }

    pub(super) fn cell(
        &self,
        case: &Case,
        base: &Base<Decimal>,
        treatment: Treatment,
        organisation: OrganisationId,
    ) -> Option<usize> {
        let cell = fund_cell(case, base.option, base.element, treatment, organisation);
        self.cells.binary_search(&cell).ok().map(|place| place + 1)
    }
}

/// The case's plan with every figure at 1 that the workbook multiplies by.
fn unit_plan(case: &Case) -> Plan<Decimal> {
    let scenario = &case.scenario;
    let mut values = scenario.central();
    let mut set = |id: InputId, value: Decimal| values[id.place()] = value;
    let shares = scenario.policy.capital_shares;
    for id in [shares.discovery, shares.alpha, shares.beta, shares.improvement, shares.renewal] {
        set(id, Decimal::ONE);
    }
    scenario.teams.iter().for_each(|team| set(team.attributable, Decimal::ONE));
    set(scenario.policy.vat, Decimal::ONE);
    for id in scenario.benefits.iter().filter_map(|benefit| benefit.value) {
        set(id, one_a_month(case, id));
    }
    for line in &scenario.lines {
        match &line.amount {
            Amount::Rate(id) => set(*id, one_a_month(case, *id)),
            Amount::Once(id) => set(*id, Decimal::ONE),
            Amount::ByYear(years) => years.iter().for_each(|&(_, id)| set(id, Decimal::ONE)),
        }
    }
    let mut plan: Plan<Decimal> = scenario.realise(&values);
    for (line, stated) in plan.lines.iter_mut().zip(&scenario.lines) {
        if let (Flow::Cost { vat, .. }, scenario::Flow::Cost { vat: charged, .. }) =
            (&mut line.flow, stated.flow)
        {
            *vat = charged != scenario::Vat::None;
        }
    }
    plan
}

/// Whether any of a base amount may be capital.
pub(super) fn may_be_capital(base: &Base<Decimal>) -> bool {
    match base.split {
        Split::Whole(treatment) => treatment == Treatment::Capital,
        Split::Share(share) => !share.is_zero(),
    }
}

/// Who bears an element's costs; nobody is named where the first organisation bears it all.
pub(super) fn bearers(case: &Case, option: OptionId, element: Element) -> &Shares {
    let scenario = &case.scenario;
    let of_service = |id: crate::id::ServiceId| &scenario.services[id.place()].shares;
    let of_stream = |id: crate::id::StreamId| &scenario.options[option.place()].streams[id.place()].shares;
    match element {
        Element::Stream(stream) => of_stream(stream),
        Element::Work(stream, service) => {
            let own = of_stream(stream);
            if own.is_empty() { of_service(service) } else { own }
        }
        Element::Service(service) | Element::Legacy(service) => of_service(service),
        Element::Benefit(id) => of_service(scenario.benefits[id.place()].service),
        Element::Line(id) => {
            let line = &scenario.lines[id.place()];
            match line.service {
                Some(service) if line.shares.is_empty() => of_service(service),
                _ => &line.shares,
            }
        }
        Element::Post(id) => &scenario.posts[id.place()].shares,
    }
}

/// The organisations that bear an element's costs.
fn organisations(case: &Case, base: &Base<Decimal>) -> Vec<OrganisationId> {
    let shares = bearers(case, base.option, base.element);
    if shares.is_empty() { vec![OrganisationId::FIRST] } else { shares.iter().map(|&(id, _)| id).collect() }
}

fn assets(case: &Case, bases: &[Base<Decimal>]) -> Vec<Asset> {
    let mut found: BTreeMap<(OptionId, AssetOf, OrganisationId), BTreeSet<usize>> = BTreeMap::new();
    for base in bases.iter().filter(|base| may_be_capital(base) && base.kind.is_financial()) {
        let Some(of) = case.plan.asset_of(base.element) else { continue };
        for organisation in organisations(case, base) {
            found.entry((base.option, of, organisation)).or_default().extend(base.months.clone());
        }
    }
    let asset = |((option, of, organisation), months)| Asset { option, of, organisation, months };
    found.into_iter().map(asset).collect()
}

fn fund_cell(
    case: &Case,
    option: OptionId,
    element: Element,
    treatment: Treatment,
    organisation: OrganisationId,
) -> FundCell {
    let facts = (option, element, treatment, organisation);
    let owned = case.plan.funds.iter().filter(|fund| fund.options.contains(&option)).enumerate();
    let funds: Vec<usize> =
        owned.filter(|(_, fund)| may_pay(&case.plan, fund, facts)).map(|(place, _)| place).collect();
    FundCell { option, treatment, count: funds.len(), funds, organisation }
}

fn cells(case: &Case, bases: &[Base<Decimal>]) -> Vec<FundCell> {
    if case.plan.funds.is_empty() {
        return Vec::new();
    }
    let is_cash = |kind: Kind| kind.is_financial() && !kind.is_benefit();
    let mut facts = BTreeSet::new();
    for base in bases.iter().filter(|base| is_cash(base.kind)) {
        for organisation in organisations(case, base) {
            if may_be_capital(base) {
                facts.insert((base.option, base.element, Treatment::Capital, organisation));
            }
            if base.split != Split::Whole(Treatment::Capital) {
                facts.insert((base.option, base.element, Treatment::Revenue, organisation));
            }
        }
    }
    let cell = |(option, element, treatment, organisation)| {
        fund_cell(case, option, element, treatment, organisation)
    };
    facts.into_iter().map(cell).collect::<BTreeSet<FundCell>>().into_iter().collect()
}

//! Accounts: what capital spending does to the balance sheet and to income and expenditure (MODEL section 8).
//!
//! An *asset* is a service's capital cost, or what a capital line buys, of one organisation. It is under
//! construction until it can be used, then amortised in a straight line by month; work that is lost, never
//! delivered or retired early is written off to revenue (impairment). Everything here is nominal, made from
//! the financial side of postings; statements of several organisations are sums of those of each.

mod asset;
mod statement;

pub use crate::ledger::AssetOf;
pub use asset::{AssetPlan, Corkscrew, balance};
pub use statement::{DepartmentalLimits, IncomeAndExpenditure};

use std::collections::BTreeMap;

use crate::delivery::Timesheet;
use crate::id::OrganisationId;
use crate::ledger::{Kind, Posting, Treatment};
use crate::number::Number;
use crate::plan::{Flow, Plan};

/// An asset of one organisation, year by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset<N> {
    /// What it is.
    pub of: AssetOf,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its balance in each year index.
    pub years: Vec<Corkscrew<N>>,
}

/// The accounts of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Accounts<N> {
    /// Every asset, services first.
    pub assets: Vec<Asset<N>>,
    /// Income and expenditure by organisation, then year index.
    pub income_and_expenditure: Vec<Vec<IncomeAndExpenditure<N>>>,
}

impl<N: Number> Accounts<N> {
    /// The accounts of one option's postings.
    pub fn new(plan: &Plan<N>, sheet: &Timesheet<N>, postings: &[Posting<N>]) -> Self {
        let assets = assets(plan, sheet, postings);
        let income_and_expenditure = statement::by_year(plan, postings, &assets);
        Self { assets, income_and_expenditure }
    }

    /// The balance of all assets in a year; of one organisation, if named.
    pub fn balance(&self, organisation: Option<OrganisationId>, t: usize) -> Corkscrew<N> {
        let mine = self.assets.iter().filter(|asset| organisation.is_none_or(|id| id == asset.organisation));
        mine.fold(Corkscrew::default(), |sum, asset| sum.plus(&asset.years[t]))
    }

    /// Income and expenditure of a year; of one organisation, if named.
    pub fn result(&self, organisation: Option<OrganisationId>, t: usize) -> IncomeAndExpenditure<N> {
        let all = self.income_and_expenditure.iter().enumerate();
        let mine = all.filter(|(place, _)| organisation.is_none_or(|id| id.place() == *place));
        mine.fold(IncomeAndExpenditure::default(), |sum, (_, years)| sum.plus(&years[t]))
    }
}

/// The assets that postings add to, services first.
pub fn assets<N: Number>(plan: &Plan<N>, sheet: &Timesheet<N>, postings: &[Posting<N>]) -> Vec<Asset<N>> {
    let assets = additions(plan, postings, |posting| posting.financial).into_iter();
    let asset = |((of, organisation), additions): (_, Vec<N>)| {
        let months = balance(&asset_plan(plan, sheet, of), &additions, plan.horizon.months());
        Asset { of, organisation, years: asset::by_year(plan, &months) }
    };
    assets.map(asset).collect()
}

/// The unexpired share of real capital cost at the end of the horizon: what is in use then, in price-base
/// prices, at its straight-line value. It is of all that the capital costs, the central pension of people's time
/// included. Optimism bias is no asset; what is not in use yet has no proven worth.
pub fn residual<N: Number>(
    plan: &Plan<N>,
    sheet: &Timesheet<N>,
    postings: &[Posting<N>],
) -> Vec<(AssetOf, OrganisationId, N)> {
    let real = |posting: &Posting<N>| if is_worth(posting.kind) { posting.economic } else { N::ZERO };
    let worth = |(of, organisation), additions: Vec<N>| {
        let months = balance(&asset_plan(plan, sheet, of), &additions, plan.horizon.months());
        let last = months.last().copied().unwrap_or_default();
        (of, organisation, last.closing - last.construction)
    };
    let assets = additions(plan, postings, real).into_iter();
    assets.map(|(key, additions)| worth(key, additions)).filter(|(.., worth)| *worth > N::ZERO).collect()
}

/// Whether real capital of a kind is part of what an asset is worth: all but what only stands for a risk.
pub fn is_worth(kind: Kind) -> bool {
    kind.is_economic() && kind != Kind::OptimismBias
}

/// Capital by asset, organisation and month.
fn additions<N: Number>(
    plan: &Plan<N>,
    postings: &[Posting<N>],
    amount: impl Fn(&Posting<N>) -> N,
) -> BTreeMap<(AssetOf, OrganisationId), Vec<N>> {
    let mut assets: BTreeMap<(AssetOf, OrganisationId), Vec<N>> = BTreeMap::new();
    for posting in postings.iter().filter(|posting| posting.treatment == Treatment::Capital) {
        // Capital is only ever spent on a service or a line.
        let Some(of) = plan.asset_of(posting.element) else { continue };
        let months = || vec![N::ZERO; plan.horizon.months()];
        let asset = assets.entry((of, posting.organisation)).or_insert_with(months);
        asset[usize::from(posting.month)] += amount(posting);
    }
    assets
}

/// How an asset's life runs in an option.
pub fn asset_plan<N: Number>(plan: &Plan<N>, sheet: &Timesheet<N>, of: AssetOf) -> AssetPlan<N> {
    let months = plan.horizon.months();
    match of {
        AssetOf::Service(id) => {
            let (service, life) = (&plan.services[id.place()], &sheet.lives[id.place()]);
            let losses = sheet.losses.iter().filter(|loss| loss.service == id);
            AssetPlan {
                available: life.live,
                life: service.life,
                losses: losses.map(|loss| (loss.month, loss.share)).collect(),
                written_off: None,
                ends: (service.end < months).then_some(service.end),
            }
        }
        AssetOf::Line(id) => {
            let line = &plan.lines[id.place()];
            let Flow::Cost { life, .. } = line.flow else { unreachable!("a benefit line is never capital") };
            let service = line.service.map(|id| (&plan.services[id.place()], &sheet.lives[id.place()]));
            AssetPlan {
                // What is bought on its own is used from the month after; what is bought for a service, not
                // before the service is live.
                available: service.map_or(Some(0), |(_, life)| life.live),
                life,
                losses: Vec::new(),
                written_off: line.written_off,
                ends: service.map(|(service, _)| service.end).filter(|&end| end < months),
            }
        }
    }
}

//! Costs by year and by who may pay them: postings that the same funds may pay are one cell.

use std::collections::BTreeMap;

use crate::id::{FundId, OptionId, OrganisationId};
use crate::ledger::{Element, Posting, Treatment};
use crate::number::Number;
use crate::plan::{Fund, FundKind, FundTarget, Plan};

/// Nominal costs of one year that the same funds may pay.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<N> {
    /// Year index.
    pub year: usize,
    /// Capital or revenue.
    pub treatment: Treatment,
    /// Who bears it.
    pub organisation: OrganisationId,
    /// The funds that may pay it, by their place among those of the option.
    pub funds: Vec<usize>,
    /// Pounds.
    pub cost: N,
    /// Pounds not yet paid.
    pub unpaid: N,
}

/// The cells of an option's postings: by year, capital before revenue, and first what fewest funds may pay.
pub(super) fn cells<N: Number>(plan: &Plan<N>, owned: &[FundId], postings: &[Posting<N>]) -> Vec<Cell<N>> {
    type Key = (usize, Treatment, usize, Vec<usize>, OrganisationId);
    let mut sums: BTreeMap<Key, N> = BTreeMap::new();
    for posting in
        postings.iter().filter(|posting| !posting.kind.is_benefit() && !posting.financial.is_nought())
    {
        let pays = |fund: &FundId| may_pay(plan, &plan.funds[fund.place()], posting);
        let funds: Vec<usize> = (0..owned.len()).filter(|&place| pays(&owned[place])).collect();
        let year = plan.year_of[usize::from(posting.month)];
        let key = (year, posting.treatment, funds.len(), funds, posting.organisation);
        *sums.entry(key).or_insert(N::ZERO) += posting.financial;
    }
    let cell = |((year, treatment, _, funds, organisation), cost)| Cell {
        year,
        treatment,
        organisation,
        funds,
        cost,
        unpaid: cost,
    };
    sums.into_iter().map(cell).collect()
}

/// Whether a fund may pay for a posting.
fn may_pay<N: Number>(plan: &Plan<N>, fund: &Fund<N>, posting: &Posting<N>) -> bool {
    let kind = match fund.kind {
        FundKind::Capital => posting.treatment == Treatment::Capital,
        FundKind::Revenue => posting.treatment != Treatment::Capital,
        FundKind::Either => true,
    };
    let target = |target: &FundTarget| is_for(plan, *target, posting.element, posting.option);
    kind && fund.organisation.is_none_or(|id| id == posting.organisation)
        && (fund.targets.is_empty() || fund.targets.iter().any(target))
}

/// Whether an element of an option is what a restriction names: a service with all its work and lines, a
/// stream with all its time, a line.
fn is_for<N: Number>(plan: &Plan<N>, target: FundTarget, element: Element, option: OptionId) -> bool {
    match (target, element) {
        (FundTarget::Service(service), Element::Line(line)) => {
            plan.lines[line.place()].service == Some(service)
        }
        (FundTarget::Service(service), element) => element.service() == Some(service),
        (FundTarget::Stream(of, stream), Element::Stream(id) | Element::Work(id, _)) => {
            of == option && id == stream
        }
        (FundTarget::Line(line), Element::Line(id)) => id == line,
        _ => false,
    }
}

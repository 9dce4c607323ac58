//! The most that any allocation of the funds could pay, a maximum flow in whole pence; and from it the least new
//! money that closes the gap.
//!
//! Money flows from the start into each fund's year, from a year on to the next where the fund carries
//! forward, from a fund's year to the cells of that year that it may pay, and from each cell, as far as its
//! cost goes, to the end. The order of funds plays no part.

use petgraph::algo::ford_fulkerson;
use petgraph::graph::DiGraph;

use super::cells::Cell;
use crate::id::FundId;
use crate::ledger::Treatment;
use crate::number::Number;
use crate::plan::Plan;

/// The most that the funds could pay of the cells, in pounds.
pub fn most_payable<N: Number>(plan: &Plan<N>, owned: &[FundId], cells: &[Cell<N>]) -> N {
    let pence = |amount: N| u128::try_from(amount.to_pence()).unwrap_or(0);
    let mut network: DiGraph<(), u128> = DiGraph::new();
    let (start, end) = (network.add_node(()), network.add_node(()));
    let years = plan.horizon.years();
    let everything = cells.iter().map(|cell| pence(cell.cost)).sum();
    let mut fund_years = Vec::with_capacity(owned.len());
    for fund in owned.iter().map(|fund| &plan.funds[fund.place()]) {
        let nodes: Vec<_> = (0..years).map(|_| network.add_node(())).collect();
        for (t, &node) in nodes.iter().enumerate() {
            network.add_edge(start, node, pence(fund.by_year[t]));
            if fund.carry_forward && t + 1 < years {
                network.add_edge(node, nodes[t + 1], everything);
            }
        }
        fund_years.push(nodes);
    }
    for cell in cells {
        let node = network.add_node(());
        network.add_edge(node, end, pence(cell.cost));
        for &fund in &cell.funds {
            network.add_edge(fund_years[fund][cell.year], node, pence(cell.cost));
        }
    }
    let (most, _) = ford_fulkerson(&network, start, end);
    N::from_pence(i128::try_from(most).unwrap_or(i128::MAX))
}

/// The least new money that pays for everything, by year index: `[capital, revenue]`.
///
/// Its sum is the cost less the most payable. Of the ways to reach that sum it is the one that needs it latest, and
/// in a year as revenue rather than capital: costs join the network in the order of years, capital first, and what
/// a group adds to the flow is what the funds can pay of it. Adding groups in any order ends at the same flow.
pub(super) fn least_more<N: Number>(plan: &Plan<N>, owned: &[FundId], cells: &[Cell<N>]) -> Vec<[N; 2]> {
    let mut before = N::ZERO;
    let mut more = |t: usize, treatment: Treatment| {
        let joined = cells.partition_point(|cell| (cell.year, cell.treatment) <= (t, treatment));
        let group = cells[..joined].iter().filter(|cell| (cell.year, cell.treatment) == (t, treatment));
        let cost = group.fold(N::ZERO, |sum, cell| sum + cell.cost);
        let payable = most_payable(plan, owned, &cells[..joined]);
        let paid = payable - before;
        before = payable;
        cost - paid
    };
    (0..plan.horizon.years()).map(|t| [more(t, Treatment::Capital), more(t, Treatment::Revenue)]).collect()
}

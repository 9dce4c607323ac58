//! What the scenarios of a portfolio come to: one option of each, added up by financial year.
//!
//! A scenario's options exclude one another, so only one of each is ever in a total.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::shared::{Pot, pots};
use super::{Basis, Member, Part};
use crate::calendar::FinancialYear;

/// One option of each scenario that has it, and what they come to.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The option's name in the files; several, if the first that a scenario has is taken: `team or squad`.
    pub name: String,
    /// The places of scenario and option.
    pub(super) taken: Vec<(usize, usize)>,
    /// How many scenarios the portfolio has.
    pub of: usize,
    /// The funds that two or more of the scenarios share.
    pub pots: Vec<Pot>,
    /// Names of funds that stand in several scenarios on unlike terms.
    pub unlike: Vec<String>,
    /// By financial year.
    pub years: Vec<YearTotal>,
}

/// What is chosen, in a financial year; pounds of that year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearTotal {
    /// Which.
    pub year: FinancialYear,
    /// How many of the scenarios cover it.
    pub scenarios: usize,
    /// Cash cost: `[capital, revenue]`.
    pub cost: [Decimal; 2],
    /// What funds would pay if each scenario were alone.
    pub paid: Decimal,
    /// What no fund would pay even so, where a scenario has funds: `[capital, revenue]`.
    pub gap: [Decimal; 2],
    /// What shared funds can't pay of it because several draw on them.
    pub shared_gap: Decimal,
}

impl YearTotal {
    /// Capital and revenue.
    pub fn cash(&self) -> Decimal {
        self.cost[0] + self.cost[1]
    }

    /// What no fund pays, all scenarios together.
    pub fn gap_together(&self) -> Decimal {
        self.gap[0] + self.gap[1] + self.shared_gap
    }
}

/// The choices of a portfolio. Of each scenario the first of `take` that it has; or, if nothing is to be taken, one
/// choice for each option name that two or more scenarios have, in the order in which the files bring them.
pub fn choices(members: &[Member], take: &[String]) -> Vec<Choice> {
    if !take.is_empty() {
        let first = |member: &Member| take.iter().find_map(|id| place(member, id));
        return vec![Choice::new(take.join(" or "), members, first)];
    }
    let mut ids: Vec<(&str, usize)> = Vec::new();
    for part in members.iter().flat_map(|member| &member.parts) {
        match ids.iter_mut().find(|(id, _)| *id == part.id) {
            Some((_, count)) => *count += 1,
            None => ids.push((&part.id, 1)),
        }
    }
    let shared = ids.into_iter().filter(|(_, count)| *count > 1);
    shared.map(|(id, _)| Choice::new(id.to_owned(), members, |member| place(member, id))).collect()
}

fn place(member: &Member, id: &str) -> Option<usize> {
    member.parts.iter().position(|part| part.id == id)
}

impl Choice {
    fn new(name: String, members: &[Member], option: impl Fn(&Member) -> Option<usize>) -> Self {
        let taken = members.iter().enumerate();
        let taken: Vec<_> = taken.filter_map(|(m, member)| Some((m, option(member)?))).collect();
        let (pots, unlike) = pots(members, &taken);
        let years = by_year(members, &taken, &pots);
        Self { name, taken, of: members.len(), pots, unlike, years }
    }

    /// How many scenarios it takes an option of.
    pub fn scenarios(&self) -> usize {
        self.taken.len()
    }

    /// What is taken, scenario by scenario.
    pub(super) fn parts<'a>(&'a self, members: &'a [Member]) -> impl Iterator<Item = (&'a Member, &'a Part)> {
        self.taken.iter().map(|&(member, part)| (&members[member], &members[member].parts[part]))
    }

    /// The sum of a present value; nothing where the scenarios' present values do not add up.
    pub(super) fn present(&self, members: &[Member], of: impl Fn(&Part) -> Decimal) -> Option<Decimal> {
        let mut bases = self.parts(members).map(|(member, _)| &member.basis);
        let first: &Basis = bases.next()?;
        bases.all(|basis| basis == first).then(|| self.parts(members).map(|(_, part)| of(part)).sum())
    }

    /// Whether any of its scenarios has funds.
    pub(super) fn has_funds(&self, members: &[Member]) -> bool {
        self.parts(members).any(|(_, part)| part.funding.is_some())
    }
}

fn by_year(members: &[Member], taken: &[(usize, usize)], pots: &[Pot]) -> Vec<YearTotal> {
    let mut years: BTreeMap<FinancialYear, YearTotal> = BTreeMap::new();
    for &(m, p) in taken {
        let (member, part) = (&members[m], &members[m].parts[p]);
        for (t, cost) in part.measures.by_year.iter().enumerate() {
            let year = member.year(t);
            let total = years.entry(year).or_insert_with(|| YearTotal::nothing(year));
            total.scenarios += 1;
            total.cost[0] += cost.capital;
            total.cost[1] += cost.revenue;
            if let Some(funding) = &part.funding {
                let need = funding.need(None, t);
                total.paid += need.paid[0] + need.paid[1];
                total.gap[0] += need.gap()[0];
                total.gap[1] += need.gap()[1];
            }
        }
    }
    for (pot, year) in pots.iter().flat_map(|pot| pot.years.iter().map(move |year| (pot, year))) {
        debug_assert!(pot.scenarios() > 1);
        if let Some(total) = years.get_mut(&year.year) {
            total.shared_gap += year.gap();
        }
    }
    years.into_values().collect()
}

impl YearTotal {
    fn nothing(year: FinancialYear) -> Self {
        let nought = Decimal::ZERO;
        Self { year, scenarios: 0, cost: [nought; 2], paid: nought, gap: [nought; 2], shared_gap: nought }
    }
}

//! Costs by year and by who may pay them: costs that the same funds may pay are one cell.

use crate::id::{FundId, OptionId, OrganisationId};
use crate::ledger::{Element, Treatment};
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

/// What funds ask of a cost: whose option it is, what it is for, its treatment and who bears it.
pub type Facts = (OptionId, Element, Treatment, OrganisationId);

/// The cells of an option: by year, capital before revenue, and first what fewest funds may pay.
#[derive(Clone, Debug)]
pub struct Cells<N> {
    owned: Vec<FundId>,
    #[allow(clippy::struct_field_names, reason = "they are what it holds")]
    pub(super) cells: Vec<Cell<N>>,
    /// What each fund has brought forward.
    carried: Vec<N>,
    /// The funds that may pay the cost at hand.
    payers: Vec<usize>,
}

/// What happens while funds pay.
#[derive(Debug)]
pub enum Step<'a, N> {
    /// A fund pays a part of a cell.
    Paid {
        /// The cell, the payment made.
        cell: &'a Cell<N>,
        /// How much of it.
        part: N,
    },
    /// A fund's year is over.
    Closed {
        /// Its place among the option's.
        owner: usize,
        /// Left from the year before.
        brought_forward: N,
        /// New money.
        granted: N,
        /// Left for the next year.
        carried: N,
        /// Unspent and lost.
        lapsed: N,
    },
}

impl<N: Number> Cells<N> {
    /// No costs yet, and the funds that an option has, in file order.
    pub fn new(plan: &Plan<N>, option: OptionId) -> Self {
        let owned = (0..plan.funds.len()).map(FundId::new);
        let owned: Vec<FundId> =
            owned.filter(|fund| plan.funds[fund.place()].options.contains(&option)).collect();
        Self { owned, cells: Vec::new(), carried: Vec::new(), payers: Vec::new() }
    }

    /// The funds that the option has.
    pub fn funds(&self) -> &[FundId] {
        &self.owned
    }

    /// Forgets all costs, but not which cells there may be.
    pub fn clear(&mut self) {
        for cell in &mut self.cells {
            (cell.cost, cell.unpaid) = (N::ZERO, N::ZERO);
        }
    }

    /// Adds a nominal cost of a year.
    pub fn add(&mut self, plan: &Plan<N>, year: usize, facts: Facts, cost: N) {
        let place = self.place(plan, year, facts);
        self.add_to(place, cost);
    }

    /// Adds a cost to the cell at a place.
    pub fn add_to(&mut self, place: usize, cost: N) {
        let cell = &mut self.cells[place];
        cell.cost += cost;
        cell.unpaid += cost;
    }

    /// The place of a cost's cell, which is made if it isn't there; new ones move those that come after them.
    pub fn place(&mut self, plan: &Plan<N>, year: usize, facts: Facts) -> usize {
        let (_, _, treatment, organisation) = facts;
        self.find_payers(plan, facts);
        let payers = &self.payers;
        let key = (year, treatment, payers.len(), payers, organisation);
        let found = self.cells.binary_search_by(|cell| {
            (cell.year, cell.treatment, cell.funds.len(), &cell.funds, cell.organisation).cmp(&key)
        });
        found.unwrap_or_else(|place| {
            let funds = payers.clone();
            let (cost, unpaid) = (N::ZERO, N::ZERO);
            self.cells.insert(place, Cell { year, treatment, organisation, funds, cost, unpaid });
            place
        })
    }

    /// The funds that may pay a cost, by their place among those of the option.
    pub fn payers(&mut self, plan: &Plan<N>, facts: Facts) -> &[usize] {
        self.find_payers(plan, facts);
        &self.payers
    }

    fn find_payers(&mut self, plan: &Plan<N>, facts: Facts) {
        self.payers.clear();
        let pays = |place: &usize| may_pay(plan, &plan.funds[self.owned[*place].place()], facts);
        self.payers.extend((0..self.owned.len()).filter(pays));
    }

    /// Year by year and in file order, each fund pays what it may. Of what it may pay it pays capital first, and
    /// first what fewest other funds may pay.
    pub fn pay(&mut self, plan: &Plan<N>, mut told: impl FnMut(Step<'_, N>)) {
        let years = plan.horizon.years();
        self.carried.clear();
        self.carried.resize(self.owned.len(), N::ZERO);
        for t in 0..years {
            let first = self.cells.partition_point(|cell| cell.year < t);
            let end = self.cells.partition_point(|cell| cell.year <= t);
            for (owner, fund) in self.owned.iter().enumerate() {
                let fund = &plan.funds[fund.place()];
                let (brought_forward, granted) = (self.carried[owner], fund.by_year[t]);
                let mut left = brought_forward + granted;
                for cell in self.cells[first..end].iter_mut().filter(|cell| cell.funds.contains(&owner)) {
                    let part = cell.unpaid.at_most(left);
                    cell.unpaid -= part;
                    left -= part;
                    told(Step::Paid { cell, part });
                }
                let (carried, lapsed) =
                    if fund.carry_forward && t + 1 < years { (left, N::ZERO) } else { (N::ZERO, left) };
                self.carried[owner] = carried;
                told(Step::Closed { owner, brought_forward, granted, carried, lapsed });
            }
        }
    }

    /// What no fund pays of all costs.
    pub fn gap(&mut self, plan: &Plan<N>) -> N {
        self.pay(plan, |_| {});
        self.cells.iter().fold(N::ZERO, |sum, cell| sum + cell.unpaid)
    }
}

/// Whether a fund may pay for a cost.
pub fn may_pay<N: Number>(
    plan: &Plan<N>,
    fund: &Fund<N>,
    (option, element, treatment, organisation): Facts,
) -> bool {
    let kind = match fund.kind {
        FundKind::Capital => treatment == Treatment::Capital,
        FundKind::Revenue => treatment != Treatment::Capital,
        FundKind::Either => true,
    };
    kind && fund.organisation.is_none_or(|id| id == organisation)
        && (fund.targets.is_empty() || names(plan, &fund.targets, element, option))
}

/// Whether restrictions name an element of an option: a service names all its work and lines, a stream all its time,
/// a line itself. There may be as many as a table has rows, and every posting asks.
fn names<N: Number>(plan: &Plan<N>, targets: &[FundTarget], element: Element, option: OptionId) -> bool {
    let named = |target: FundTarget| targets.binary_search(&target).is_ok();
    let (service, itself) = match element {
        Element::Line(line) => (plan.lines[line.place()].service, Some(FundTarget::Line(line))),
        Element::Stream(id) | Element::Work(id, _) => {
            (element.service(), Some(FundTarget::Stream(option, id)))
        }
        _ => (element.service(), None),
    };
    service.is_some_and(|service| named(FundTarget::Service(service))) || itself.is_some_and(named)
}

//! What funds pay: each payment is the smaller of what is needed and what the fund has left.

use rust_decimal::Decimal;

use super::figure::{Figure, Flow, FundLine, Period, Side, Slice};
use super::formula::{Formula, Operation, Term, Unit};
use super::world::World;
use crate::funding::{Cell, Cells, FundYear, Step};
use crate::id::{FundId, OptionId};
use crate::ledger::{Posting, Treatment};
use crate::plan::{Plan, ProgrammeOption};

/// What a fund pays of a cell, in the order in which funds pay.
#[derive(Clone, Debug)]
pub(super) struct Payment {
    /// The fund, by its place among those of the option.
    owner: usize,
    /// The year index.
    year: usize,
    /// What is paid for.
    cell: Cell<Decimal>,
    /// How much.
    part: Decimal,
}

/// The payments of an option's funds.
pub(super) fn payments(
    plan: &Plan<Decimal>,
    option: &ProgrammeOption<Decimal>,
    postings: &[Posting<Decimal>],
) -> Vec<Payment> {
    let mut cells = Cells::new(plan, option.id);
    for posting in postings.iter().filter(|p| !p.kind.is_benefit() && !p.financial.is_zero()) {
        let facts = (posting.option, posting.element, posting.treatment, posting.organisation);
        cells.add(plan, plan.year_of[usize::from(posting.month)], facts, posting.financial);
    }
    let mut all: Vec<Payment> = Vec::new();
    let mut year_begins = 0;
    cells.pay(plan, |step| match step {
        // Whose payments they are is known when the fund's year is over.
        Step::Paid { cell, part } => {
            all.push(Payment { owner: 0, year: cell.year, cell: cell.clone(), part });
        }
        Step::Closed { owner, .. } => {
            all[year_begins..].iter_mut().for_each(|payment| payment.owner = owner);
            year_begins = all.len();
        }
    });
    all
}

/// Whether two payments are for the same costs.
fn same(a: &Cell<Decimal>, b: &Cell<Decimal>) -> bool {
    (a.year, a.treatment, a.organisation, &a.funds) == (b.year, b.treatment, b.organisation, &b.funds)
}

impl World<'_> {
    fn fund(&self, option: OptionId, owner: usize) -> FundId {
        self.run.funding[option.place()].funds[owner].fund
    }

    pub(super) fn fund_year(&self, option: OptionId, owner: usize, t: usize) -> &FundYear<Decimal> {
        &self.run.funding[option.place()].funds[owner].years[t]
    }

    /// A line of a fund's account.
    pub(super) fn fund_line(&self, line: FundLine, option: OptionId, owner: usize, t: usize) -> Decimal {
        let year = self.fund_year(option, owner, t);
        match line {
            FundLine::BroughtForward => year.brought_forward,
            FundLine::Granted => year.granted,
            FundLine::Paid => year.paid(None),
            FundLine::Carried => year.carried,
            FundLine::Lapsed => year.lapsed,
        }
    }

    pub(super) fn fund_label(&self, line: FundLine, option: OptionId, owner: usize, t: usize) -> String {
        let name = &self.scenario.funds[self.fund(option, owner).place()].name;
        format!("{}, {name}, {}", line.label(), self.year(t))
    }

    fn fund_term(&self, line: FundLine, option: OptionId, owner: usize, t: usize) -> Term {
        let label = self.fund_label(line, option, owner, t);
        let value = self.fund_line(line, option, owner, t);
        self.numbered(Figure::Fund(line, option, owner, t), label, value, Unit::Pounds)
    }

    pub(super) fn payment_label(&self, option: OptionId, place: usize) -> String {
        let payment = &self.payments[option.place()][place];
        let name = &self.scenario.funds[self.fund(option, payment.owner).place()].name;
        format!("{name} pays {} of {}", payment.cell.treatment.word(), self.year(payment.year))
    }

    fn payment(&self, option: OptionId, place: usize) -> Term {
        let label = self.payment_label(option, place);
        let value = self.payments[option.place()][place].part;
        self.numbered(Figure::Payment(option, place), label, value, Unit::Pounds)
    }

    fn payments_where(&self, option: OptionId, keep: impl Fn(&Payment) -> bool) -> Vec<Term> {
        let all = self.payments[option.place()].iter().enumerate();
        let kept = all.filter(|(_, payment)| !payment.part.is_zero() && keep(payment));
        kept.map(|(place, _)| self.payment(option, place)).collect()
    }

    pub(super) fn payment_value(&self, option: OptionId, place: usize) -> Decimal {
        self.payments[option.place()][place].part
    }

    /// The smaller of what is not yet paid and what the fund has left.
    pub(super) fn payment_formula(&self, option: OptionId, place: usize) -> Formula {
        let all = &self.payments[option.place()];
        let payment = &all[place];
        let need = self.need(option, place);
        let before = (0..place).filter(|&p| same(&all[p].cell, &payment.cell) && !all[p].part.is_zero());
        let unpaid = std::iter::once(need).chain(before.map(|p| self.payment(option, p))).collect();
        let unpaid = Term::made("Not yet paid", Unit::Pounds, Formula::new(Operation::Difference, unpaid));
        let has = vec![
            self.fund_term(FundLine::BroughtForward, option, payment.owner, payment.year),
            self.fund_term(FundLine::Granted, option, payment.owner, payment.year),
        ];
        let has = Term::made("The fund's money", Unit::Pounds, Formula::new(Operation::Sum, has));
        let spent = (0..place).filter(|&p| {
            (all[p].owner, all[p].year) == (payment.owner, payment.year) && !all[p].part.is_zero()
        });
        let left = std::iter::once(has).chain(spent.map(|p| self.payment(option, p))).collect();
        let left = Term::made("Left in the fund", Unit::Pounds, Formula::new(Operation::Difference, left));
        Formula::new(Operation::Least, vec![unpaid, left])
            .told("the smaller of what is not yet paid and what the fund has left", "min(unpaid, left)")
    }

    pub(super) fn need_label(&self, option: OptionId, place: usize) -> String {
        let cell = &self.payments[option.place()][place].cell;
        let whose = self.scenario.organisations[cell.organisation.place()].name.as_str();
        let whose = if self.scenario.organisations.len() > 1 { format!(", {whose}") } else { String::new() };
        format!("{} needed, {}{whose}", cell.treatment.word(), self.year(cell.year))
    }

    fn need(&self, option: OptionId, place: usize) -> Term {
        let label = self.need_label(option, place);
        self.numbered(Figure::Need(option, place), label, self.need_value(option, place), Unit::Pounds)
    }

    pub(super) fn need_value(&self, option: OptionId, place: usize) -> Decimal {
        self.payments[option.place()][place].cell.cost
    }

    /// Nominal costs that the same funds may pay, row by row.
    pub(super) fn need_formula(&self, option: OptionId, place: usize) -> Formula {
        let cell = &self.payments[option.place()][place].cell;
        let mut cells = Cells::new(&self.plan, option);
        let mut terms = Vec::new();
        for (place, posting) in self.run.postings(option).iter().enumerate() {
            let facts = (posting.option, posting.element, posting.treatment, posting.organisation);
            let counted = !posting.kind.is_benefit()
                && !posting.financial.is_zero()
                && self.plan.year_of[usize::from(posting.month)] == cell.year
                && posting.treatment == cell.treatment
                && posting.organisation == cell.organisation
                && cells.payers(&self.plan, facts) == cell.funds;
            if counted {
                terms.push(self.posting_term(option, place, Side::Cash));
            }
        }
        let words = format!("the sum of {} amounts of the ledger that the same funds may pay", terms.len());
        Formula::new(Operation::Sum, terms).told(words, "Σ over ledger rows")
    }

    pub(super) fn fund_formula(&self, line: FundLine, option: OptionId, owner: usize, t: usize) -> Formula {
        let fund = &self.scenario.funds[self.fund(option, owner).place()];
        let left = || {
            let has = vec![
                self.fund_term(FundLine::BroughtForward, option, owner, t),
                self.fund_term(FundLine::Granted, option, owner, t),
            ];
            let has = Term::made("The fund's money", Unit::Pounds, Formula::new(Operation::Sum, has));
            vec![has, self.fund_term(FundLine::Paid, option, owner, t)]
        };
        let carries = fund.carry_forward && t + 1 < self.plan.horizon.years();
        let nothing = |why: &str| vec![Term::constant("0", Decimal::ZERO, Unit::Pounds, why)];
        let (operation, terms, words) = match line {
            FundLine::BroughtForward if t > 0 && fund.carry_forward => {
                let terms = vec![self.fund_term(FundLine::Carried, option, owner, t - 1)];
                (Operation::Sum, terms, "what was carried forward the year before")
            }
            FundLine::BroughtForward => (Operation::Sum, nothing("the fund brings nothing forward"), ""),
            FundLine::Granted => {
                let year = self.plan.horizon.year(t);
                let granted = fund.by_year.iter().filter(|(of, _)| *of == year).map(|&(_, id)| {
                    let terms = vec![self.input(id)];
                    let formula = Formula::new(Operation::Sum, terms);
                    Term::made("Granted", Unit::Pounds, formula.rounded(super::formula::Rounding::Penny))
                });
                (Operation::Sum, granted.collect(), "as the scenario grants it")
            }
            FundLine::Paid => {
                let paid = |payment: &Payment| (payment.owner, payment.year) == (owner, t);
                (Operation::Sum, self.payments_where(option, paid), "the sum of its payments")
            }
            FundLine::Carried if carries => (Operation::Difference, left(), "what is left"),
            FundLine::Carried => (Operation::Sum, nothing("what is left lapses"), ""),
            FundLine::Lapsed if carries => (Operation::Sum, nothing("what is left is carried forward"), ""),
            FundLine::Lapsed => (Operation::Difference, left(), "money of the year less what is paid"),
        };
        Formula::new(operation, terms).told(words, "")
    }

    fn years(&self, slice: Slice) -> std::ops::Range<usize> {
        match slice.period {
            Period::Year(t) => t..t + 1,
            Period::All | Period::Month(_) => 0..self.plan.horizon.years(),
        }
    }

    pub(super) fn sum_of_funds(&self, flow: Flow, slice: Slice) -> Decimal {
        let years = self.years(slice);
        if flow == Flow::Lapsed {
            let funds = 0..self.run.funding[slice.option.place()].funds.len();
            let lapsed = funds
                .flat_map(|owner| years.clone().map(move |t| self.fund_year(slice.option, owner, t).lapsed));
            return lapsed.sum();
        }
        let payments = self.payments[slice.option.place()].iter();
        let counted = payments.filter(|p| years.contains(&p.year) && is_paid(flow, slice, p));
        counted.map(|payment| payment.part).sum()
    }

    pub(super) fn funds_formula(&self, flow: Flow, slice: Slice) -> Formula {
        let years = self.years(slice);
        if flow == Flow::Lapsed {
            let funds = 0..self.run.funding[slice.option.place()].funds.len();
            let terms = funds.flat_map(|owner| {
                years.clone().map(move |t| self.fund_term(FundLine::Lapsed, slice.option, owner, t))
            });
            return Formula::new(Operation::Sum, terms.collect())
                .told("the sum of what lapses of each fund", "Σ over funds");
        }
        let terms = self.payments_where(slice.option, |p| years.contains(&p.year) && is_paid(flow, slice, p));
        Formula::new(Operation::Sum, terms).told("the sum of the payments of funds", "Σ over payments")
    }

    /// What a need is for, for its name.
    pub(super) fn payment_name(&self, option: OptionId, place: usize) -> (String, usize, usize) {
        let payment = &self.payments[option.place()][place];
        let all = &self.payments[option.place()];
        let number =
            all[..place].iter().filter(|p| (p.owner, p.year) == (payment.owner, payment.year)).count();
        let fund = self.scenario.funds[self.fund(option, payment.owner).place()].id.clone();
        (fund, payment.year, number + 1)
    }
}

fn is_paid(flow: Flow, slice: Slice, payment: &Payment) -> bool {
    let capital = payment.cell.treatment == Treatment::Capital;
    (flow == Flow::PaidCapital) == capital
        && slice.organisation.is_none_or(|id| id == payment.cell.organisation)
}

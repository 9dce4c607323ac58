//! Money over a time: years of the whole, elements of a year, postings of an element.

use rust_decimal::Decimal;
use std::collections::BTreeSet;

use super::figure::{Figure, Flow, Period, Side, Slice};
use super::formula::{Formula, Operation, Term, Unit, Value};
use super::world::World;
use crate::id::CategoryId;
use crate::ledger::{Element, Kind, Posting, Treatment};

/// What a flow is made of.
enum Made {
    /// Amounts of postings, added or, if so, taken away.
    Postings(Side, bool),
    /// Other flows added up.
    Of(&'static [Flow]),
    /// The first flow less the others.
    Less(&'static [Flow]),
    /// The accounts of assets.
    Assets,
    /// Payments of funds, or what lapses of them.
    Funds,
}

fn made(flow: Flow) -> Made {
    match flow {
        Flow::Cash => Made::Of(&[Flow::Capital, Flow::Revenue]),
        Flow::Benefits => Made::Of(&[Flow::CashReleasing, Flow::NonCashReleasing, Flow::Societal]),
        Flow::Gap => Made::Of(&[Flow::GapCapital, Flow::GapRevenue]),
        Flow::GapCapital => Made::Less(&[Flow::Capital, Flow::PaidCapital]),
        Flow::GapRevenue => Made::Less(&[Flow::Revenue, Flow::PaidRevenue]),
        Flow::Paid => Made::Of(&[Flow::PaidCapital, Flow::PaidRevenue]),
        Flow::NetEffect => Made::Less(&[Flow::Expenditure, Flow::CashReleased]),
        Flow::Expenditure => {
            Made::Of(&[Flow::Pay, Flow::NonPay, Flow::Amortisation, Flow::Impairment, Flow::PdcDividend])
        }
        Flow::Cdel => Made::Of(&[Flow::Capital]),
        Flow::Rdel => Made::Of(&[Flow::Pay, Flow::NonPay]),
        Flow::RdelRingFenced => Made::Of(&[Flow::Amortisation]),
        Flow::RdelWriteOffs => Made::Of(&[Flow::Impairment]),
        Flow::PaidCapital | Flow::PaidRevenue | Flow::Lapsed => Made::Funds,
        Flow::Capital
        | Flow::Revenue
        | Flow::CashReleased
        | Flow::Pay
        | Flow::NonPay
        | Flow::Vat
        | Flow::Contingency
        | Flow::Inflation => Made::Postings(Side::Cash, false),
        Flow::CentralPension | Flow::Opportunity | Flow::OptimismBias | Flow::Residual => {
            Made::Postings(Side::Real, true)
        }
        Flow::Cost | Flow::NonPublicCost | Flow::CashReleasing | Flow::NonCashReleasing | Flow::Societal => {
            Made::Postings(Side::Real, false)
        }
        _ => Made::Assets,
    }
}

impl Flow {
    /// Whether it is a sum of amounts of postings.
    pub fn is_of_postings(self) -> bool {
        matches!(made(self), Made::Postings(..))
    }
}

/// An amount of a posting.
pub(super) fn amount(posting: &Posting<Decimal>, side: Side) -> Decimal {
    match side {
        Side::Real => posting.economic,
        Side::Cash => posting.financial,
    }
}

impl World<'_> {
    /// Whether a flow counts a posting.
    fn counts(&self, flow: Flow, slice: &Slice, posting: &Posting<Decimal>) -> bool {
        let month = usize::from(posting.month);
        let when = match slice.period {
            Period::All => true,
            Period::Year(t) => self.plan.year_of[month] == t,
            Period::Month(m) => m == month,
        };
        let benefit = posting.kind.is_benefit();
        let pay = [CategoryId::PAY, CategoryId::CONTRACTOR, CategoryId::EXIT].contains(&posting.category);
        let capital = posting.treatment == Treatment::Capital;
        let is = match flow {
            Flow::Capital => !benefit && capital,
            Flow::Revenue => !benefit && !capital,
            Flow::Pay => !benefit && !capital && pay,
            Flow::NonPay => !benefit && !capital && !pay,
            Flow::Cost => !benefit,
            Flow::NonPublicCost => !benefit && !self.plan.public[posting.organisation.place()],
            Flow::CashReleasing => posting.kind == Kind::CashReleasing,
            Flow::NonCashReleasing => posting.kind == Kind::NonCashReleasing,
            Flow::Societal => posting.kind == Kind::Societal,
            Flow::CashReleased => benefit,
            Flow::CentralPension => posting.kind == Kind::CentralPension,
            Flow::Opportunity => posting.kind == Kind::Opportunity,
            Flow::OptimismBias => posting.kind == Kind::OptimismBias,
            Flow::Residual => posting.kind == Kind::Residual,
            Flow::Inflation => posting.kind == Kind::Cost,
            Flow::Vat => posting.kind == Kind::Vat,
            Flow::Contingency => posting.kind == Kind::Contingency,
            _ => false,
        };
        is && when
            && slice.organisation.is_none_or(|id| id == posting.organisation)
            && slice.schedule.is_none_or(|schedule| schedule == posting.discount)
            && slice.element.is_none_or(|element| element == posting.element)
    }

    /// What a flow comes to.
    pub(super) fn sum(&self, flow: Flow, slice: Slice) -> Decimal {
        match made(flow) {
            Made::Postings(side, negated) => {
                let postings = self.run.postings(slice.option).iter();
                let counted = postings.filter(|posting| self.counts(flow, &slice, posting));
                let sum: Decimal = counted
                    .map(|posting| match flow {
                        Flow::Inflation => posting.financial - posting.economic,
                        _ => amount(posting, side),
                    })
                    .sum();
                if negated { -sum } else { sum }
            }
            Made::Of(parts) => parts.iter().map(|&part| self.sum(part, slice)).sum(),
            Made::Less(parts) => {
                let mut parts = parts.iter().map(|&part| self.sum(part, slice));
                let first = parts.next().unwrap_or_default();
                parts.fold(first, |sum, part| sum - part)
            }
            Made::Assets => self.sum_of_assets(flow, slice),
            Made::Funds => self.sum_of_funds(flow, slice),
        }
    }

    /// A flow as a term.
    pub(super) fn flow(&self, flow: Flow, slice: Slice, label: impl Into<String>) -> Term {
        self.numbered(Figure::Flow(flow, slice), label, self.sum(flow, slice), Unit::Pounds)
    }

    /// A flow as a term under its own name.
    fn named(&self, flow: Flow, slice: Slice) -> Term {
        self.flow(flow, slice, self.flow_label(flow, &slice))
    }

    /// What a flow is, for people.
    pub(super) fn flow_label(&self, flow: Flow, slice: &Slice) -> String {
        let mut label = flow.label().to_owned();
        if let Some(id) = slice.organisation {
            label = format!("{label}, {}", self.scenario.organisations[id.place()].name);
        }
        if let Some(element) = slice.element {
            label = format!("{label}, {}", super::names::element(self.scenario, slice.option, element));
        }
        match slice.period {
            Period::All => label,
            Period::Year(t) => format!("{label}, {}", self.year(t)),
            Period::Month(month) => format!("{label}, {}", self.month(month).in_words()),
        }
    }

    pub(super) fn flow_formula(&self, flow: Flow, slice: Slice) -> Formula {
        let what = flow.label();
        match made(flow) {
            Made::Of(parts) => {
                let terms = parts.iter().map(|&part| self.named(part, slice)).collect();
                Formula::new(Operation::Sum, terms).told(format!("{what}: its parts added up"), "")
            }
            Made::Less(parts) => {
                let terms = parts.iter().map(|&part| self.named(part, slice)).collect();
                let words = match flow {
                    Flow::NetEffect => "costs less cash released",
                    _ => "what is needed less what funds pay",
                };
                Formula::new(Operation::Difference, terms).told(words, "")
            }
            _ if slice.period == Period::All => self.over_years(flow, slice),
            Made::Assets => self.assets_formula(flow, slice),
            Made::Funds => self.funds_formula(flow, slice),
            Made::Postings(side, negated) => self.postings_formula(flow, slice, side, negated),
        }
    }

    fn over_years(&self, flow: Flow, slice: Slice) -> Formula {
        let years = 0..self.plan.horizon.years();
        let terms: Vec<Term> = years.map(|t| self.flow(flow, slice.year(t), self.year(t))).collect();
        let words = format!("the sum over {} years", terms.len());
        Formula::new(Operation::Sum, terms).told(words, "Σ over years")
    }

    fn postings_formula(&self, flow: Flow, slice: Slice, side: Side, negated: bool) -> Formula {
        let by_element = slice.element.is_none() && !matches!(slice.period, Period::Month(_));
        let mut formula = if by_element {
            self.by_element(flow, slice)
        } else {
            let postings = self.run.postings(slice.option).iter().enumerate();
            let counted = postings.filter(|(_, posting)| self.counts(flow, &slice, posting));
            let terms: Vec<Term> = counted
                .filter_map(|(place, posting)| self.amounts(flow, slice, side, place, posting))
                .collect();
            let words = format!("the sum of {} amounts of the ledger", terms.len());
            Formula::new(Operation::Sum, terms).told(words, "Σ over ledger rows")
        };
        if negated && !by_element {
            let nought =
                Term::constant("0", Decimal::ZERO, Unit::Pounds, "it is taken away, so that its sign turns");
            let sum = Term::made("amounts of the ledger", Unit::Pounds, formula);
            formula = Formula::new(Operation::Difference, vec![nought, sum])
                .told("less the amounts of the ledger", "");
        }
        formula
    }

    fn by_element(&self, flow: Flow, slice: Slice) -> Formula {
        let mut elements: BTreeSet<Element> = BTreeSet::new();
        for posting in self.run.postings(slice.option) {
            if self.counts(flow, &slice, posting) {
                elements.insert(posting.element);
            }
        }
        let terms: Vec<Term> = elements
            .iter()
            .map(|&element| {
                let label = super::names::element(self.scenario, slice.option, element);
                self.flow(flow, Slice { element: Some(element), ..slice }, label)
            })
            .collect();
        let words = match terms.len() {
            0 => "nothing falls in this time".to_owned(),
            1 => "of one element".to_owned(),
            count => format!("the sum of {count} elements"),
        };
        Formula::new(Operation::Sum, terms).told(words, "Σ over elements")
    }

    /// The amounts of a posting that a flow adds up; inflation is the cash amount less the real one.
    fn amounts(
        &self,
        flow: Flow,
        slice: Slice,
        side: Side,
        place: usize,
        posting: &Posting<Decimal>,
    ) -> Option<Term> {
        if flow == Flow::Inflation {
            let cash = self.posting_term(slice.option, place, Side::Cash);
            let real = self.posting_term(slice.option, place, Side::Real);
            let label = self.posting_label(slice.option, place);
            return Some(Term::made(
                label,
                Unit::Pounds,
                Formula::new(Operation::Difference, vec![cash, real]),
            ));
        }
        (!amount(posting, side).is_zero()).then(|| self.posting_term(slice.option, place, side))
    }

    /// An amount of a posting as a term.
    pub(super) fn posting_term(&self, option: crate::id::OptionId, place: usize, side: Side) -> Term {
        let value = Value::Number(amount(self.posting(option, place), side));
        let label = self.posting_label(option, place);
        let term = self.figure(Figure::Posting(side, option, place), label, value, Unit::Pounds);
        term.in_month(self.month(usize::from(self.posting(option, place).month)))
    }

    /// A posting in words: month, activity, category, kind, treatment.
    pub(super) fn posting_label(&self, option: crate::id::OptionId, place: usize) -> String {
        let posting = self.posting(option, place);
        let month = self.month(usize::from(posting.month)).in_words();
        let mut words =
            vec![posting.activity.word(), super::names::category(self.scenario, posting.category)];
        if posting.kind != Kind::Cost {
            words.push(posting.kind.word());
        }
        if posting.treatment != Treatment::Neither {
            words.push(posting.treatment.word());
        }
        words.dedup();
        format!("{month}, {}", words.join(", "))
    }
}

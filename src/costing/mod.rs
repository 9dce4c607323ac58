//! Costing: timesheet, service lives and lines to postings (MODEL sections 4, 5, 7 and the treatment of 8).
//!
//! Every amount leaves here as a [`Posting`]: in base-year prices it comes in, and it goes out as
//! `economic = A x index / deflator` and `financial = A x index`, each rounded once, to the penny. What a
//! posting is for decides which of the two cases it is in ([`Kind::is_economic`], [`Kind::is_financial`]).

mod lines;
mod people;
pub mod services;
mod spread;

use crate::delivery::Timesheet;
use crate::id::{CategoryId, IndexId, OptionId, OrganisationId};
use crate::ledger::{Activity, Discount, Element, Kind, Posting, Sink, Treatment};
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

/// Posts all costs and benefits of an option.
pub fn cost<N: Number, S: Sink<N>>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
    sink: &mut S,
) {
    let mut poster = Poster { plan, option: option.id, sink };
    people::work(&mut poster, option, sheet);
    people::charges(&mut poster, sheet);
    people::posts(&mut poster, option);
    services::run(&mut poster, sheet);
    services::legacy(&mut poster, sheet);
    services::benefits(&mut poster, sheet);
    lines::lines(&mut poster, option, sheet);
}

/// The dimensions of a posting but for its month and treatment.
#[derive(Clone, Copy)]
struct Label {
    element: Element,
    activity: Activity,
    category: CategoryId,
    index: IndexId,
    kind: Kind,
    discount: Discount,
}

impl Label {
    /// A cost's label.
    fn cost(element: Element, activity: Activity, category: CategoryId, index: IndexId) -> Self {
        Self { element, activity, category, index, kind: Kind::Cost, discount: Discount::Standard }
    }
}

/// An amount in both cases.
#[derive(Clone, Copy)]
struct Cases<N> {
    economic: N,
    financial: N,
}

/// Turns amounts into postings of one option.
struct Poster<'a, N, S> {
    plan: &'a Plan<N>,
    option: OptionId,
    sink: &'a mut S,
}

impl<N: Number, S: Sink<N>> Poster<'_, N, S> {
    /// The year index of a month.
    fn year(&self, month: usize) -> usize {
        self.plan.year_of[month]
    }

    /// A base-year amount of year t in both cases, not yet rounded.
    fn cases(&self, kind: Kind, index: IndexId, t: usize, amount: N) -> Cases<N> {
        let prices = &self.plan.prices;
        Cases {
            economic: if kind.is_economic() { amount * prices.relative(index, t) } else { N::ZERO },
            financial: if kind.is_financial() { amount * prices.nominal(index, t) } else { N::ZERO },
        }
    }

    /// Posts a base-year amount.
    fn post(&mut self, month: usize, label: Label, treatment: Treatment, amount: N) {
        let cases = self.cases(label.kind, label.index, self.year(month), amount);
        self.put(month, label, treatment, cases);
    }

    /// Posts a base-year amount of which a share is capital. The whole is rounded first, then the capital;
    /// revenue is the difference, so that no penny is lost.
    fn post_split(&mut self, month: usize, label: Label, capital_share: N, amount: N) {
        let whole = self.cases(label.kind, label.index, self.year(month), amount);
        let part = |whole: N| (whole.as_posted() * capital_share).as_posted();
        let capital = Cases { economic: part(whole.economic), financial: part(whole.financial) };
        let revenue = Cases {
            economic: whole.economic.as_posted() - capital.economic,
            financial: whole.financial.as_posted() - capital.financial,
        };
        self.put(month, label, Treatment::Capital, capital);
        self.put(month, label, Treatment::Revenue, revenue);
    }

    /// Posts amounts that have been taken to both cases already. Nothing is posted of nothing.
    fn put(&mut self, month: usize, label: Label, treatment: Treatment, cases: Cases<N>) {
        let (economic, financial) = (cases.economic.as_posted(), cases.financial.as_posted());
        if economic.is_nought() && financial.is_nought() {
            return;
        }
        let Label { element, activity, category, index, kind, discount } = label;
        let treatment = if kind.is_benefit() { Treatment::Neither } else { treatment };
        let (month, option, organisation) = (month as u16, self.option, OrganisationId::FIRST);
        self.sink.post(Posting {
            month,
            option,
            element,
            activity,
            category,
            index,
            organisation,
            treatment,
            kind,
            discount,
            economic,
            financial,
        });
    }
}

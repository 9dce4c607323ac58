//! Costing: timesheet, service lives and lines to postings (MODEL sections 4, 5, 7 and the treatment of 8).
//!
//! Every amount leaves here as a [`Posting`]: in base-year prices it comes in, and it goes out as
//! `economic = A x index / deflator` and `financial = A x index`, each rounded once, to the penny. What a
//! posting is for decides which of the two cases it is in ([`Kind::is_economic`], [`Kind::is_financial`]).

pub mod lines;
mod people;
pub mod services;
mod spread;

pub use people::crew;

use std::ops::Range;

use crate::delivery::{Entry, Timesheet};
use crate::id::{BenefitId, CategoryId, IndexId, OrganisationId, ServiceId, StreamId};
use crate::ledger::{Activity, Base, Cause, Discount, Element, Kind, Posting, Sink, Split, Treatment};
use crate::number::Number;
use crate::plan::{CostPart, Plan, ProgrammeOption, Uplifts};

/// Posts all costs and benefits of an option.
pub fn cost<N: Number, S: Sink<N>>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
    sink: &mut S,
) {
    let mut poster = Poster { plan, option, shared: is_shared(plan, option), sink };
    people::work(&mut poster, option, sheet, 0..sheet.entries.len());
    people::charges(&mut poster, sheet);
    option.posts.iter().for_each(|&id| people::post(&mut poster, id));
    let services = || (0..plan.services.len()).map(ServiceId::new);
    services().for_each(|id| services::run(&mut poster, sheet, id));
    services().for_each(|id| services::legacy(&mut poster, sheet, id));
    (0..plan.benefits.len()).map(BenefitId::new).for_each(|id| services::benefit(&mut poster, sheet, id));
    option.lines.iter().for_each(|&id| lines::line(&mut poster, sheet, id));
}

/// Posts the work of one entry of the timesheet of an option.
pub fn cost_entry<N: Number, S: Sink<N>>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
    entry: usize,
    sink: &mut S,
) {
    people::work(&mut Poster { plan, option, shared: true, sink }, option, sheet, entry..entry + 1);
}

/// Posts one element of an option: of [`cost`]'s postings those that are of this element. The work of streams is
/// one element here, that of all streams of the timesheet together, whichever of them is named.
pub fn cost_element<N: Number, S: Sink<N>>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
    element: Element,
    sink: &mut S,
) {
    // Whether others share anything is not worth looking up for one element.
    let mut poster = Poster { plan, option, shared: true, sink };
    match element {
        Element::Stream(_) | Element::Work(..) => {
            people::work(&mut poster, option, sheet, 0..sheet.entries.len());
            people::charges(&mut poster, sheet);
        }
        Element::Post(id) => people::post(&mut poster, id),
        Element::Service(id) => services::run(&mut poster, sheet, id),
        Element::Legacy(id) => services::legacy(&mut poster, sheet, id),
        Element::Benefit(id) => services::benefit(&mut poster, sheet, id),
        Element::Line(id) => lines::line(&mut poster, sheet, id),
    }
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

impl<N: Number> Cases<N> {
    const NOTHING: Self = Self { economic: N::ZERO, financial: N::ZERO };

    fn plus(self, other: Self) -> Self {
        Self { economic: self.economic + other.economic, financial: self.financial + other.financial }
    }

    fn times(self, factor: N) -> Self {
        Self { economic: self.economic * factor, financial: self.financial * factor }
    }
}

/// Turns amounts into postings of one option.
struct Poster<'a, N, S> {
    plan: &'a Plan<N>,
    option: &'a ProgrammeOption<N>,
    /// Whether anything is borne by several organisations.
    shared: bool,
    sink: &'a mut S,
}

impl<N: Number, S: Sink<N>> Poster<'_, N, S> {
    /// The year index of a month.
    fn year(&self, month: usize) -> usize {
        self.plan.year_of[month]
    }

    /// A base-year amount of year t in both cases, not yet rounded.
    #[inline]
    fn cases(&self, kind: Kind, index: IndexId, t: usize, amount: N) -> Cases<N> {
        let prices = &self.plan.prices;
        Cases {
            economic: if kind.is_economic() { amount * prices.relative(index, t) } else { N::ZERO },
            financial: if kind.is_financial() { amount * prices.nominal(index, t) } else { N::ZERO },
        }
    }

    /// An amount and what comes on top of it, each with its own label: optimism bias on the economic side,
    /// contingency on the financial one. Benefits have neither.
    fn with_uplifts(
        &self,
        label: Label,
        cases: Cases<N>,
    ) -> impl Iterator<Item = (Label, Cases<N>)> + use<N, S> {
        let Label { activity, category, kind, .. } = label;
        let share = |uplifts: &Uplifts<N>| {
            if kind.is_benefit() { N::ZERO } else { uplifts.of(activity, category) }
        };
        let bias = cases.economic * share(&self.plan.optimism_bias);
        let contingency = cases.financial * share(&self.plan.contingency);
        [
            (label, cases),
            (Label { kind: Kind::OptimismBias, ..label }, Cases { economic: bias, financial: N::ZERO }),
            (Label { kind: Kind::Contingency, ..label }, Cases { economic: N::ZERO, financial: contingency }),
        ]
        .into_iter()
        .filter(|(_, cases)| !(cases.economic.is_nought() && cases.financial.is_nought()))
    }

    /// An amount with all that comes on top of it, for a sink that doesn't tell them apart.
    #[inline]
    fn lifted(&self, label: Label, cases: Cases<N>) -> Cases<N> {
        if !self.has_uplifts() {
            return cases;
        }
        self.with_uplifts(label, cases).fold(Cases::NOTHING, |sum, (_, cases)| sum.plus(cases))
    }

    /// Posts what falls due month by month, in base-year prices: of one or more months of a year at a time.
    fn post_months(&mut self, months: Range<usize>, label: Label, mut amount: impl FnMut(Range<usize>) -> N) {
        if S::DETAILED {
            for month in months {
                self.post(month, label, Treatment::Revenue, amount(month..month + 1));
            }
            return;
        }
        for year in self.plan.horizon.by_year(months) {
            self.post(year.start, label, Treatment::Revenue, amount(year));
        }
    }

    /// Posts a base-year amount.
    fn post(&mut self, month: usize, label: Label, treatment: Treatment, amount: N) {
        let cases = self.cases(label.kind, label.index, self.year(month), amount);
        if !S::DETAILED {
            self.put(month, label, treatment, self.lifted(label, cases));
            return;
        }
        self.base(month..month + 1, label, Split::Whole(treatment), amount);
        for (label, cases) in self.with_uplifts(label, cases) {
            self.put(month, label, treatment, cases);
        }
    }

    /// Posts people's time, an entry of the timesheet, at base-year prices, of which a share is capital.
    fn post_time(
        &mut self,
        place: usize,
        entry: &Entry<N>,
        label: Label,
        capital_share: N,
        cost: &[CostPart<N>],
    ) {
        let (month, time) = (entry.month, entry.cost);
        let t = self.year(month);
        for (at, part) in cost.iter().enumerate() {
            self.sink.because(Cause::Time { entry: place, part: at });
            let label = Label { category: part.category, index: part.index, kind: part.kind, ..label };
            let cases = self.cases(part.kind, part.index, t, time * part.amount);
            self.base(month..month + 1, label, Split::Share(capital_share), time * part.amount);
            for (label, whole) in self.with_uplifts(label, cases) {
                self.put_split(month, label, capital_share, whole);
            }
        }
    }

    /// What a month of people costs in a year, all that comes on top of it included.
    fn month_of(&self, t: usize, label: Label, cost: &[CostPart<N>]) -> Cases<N> {
        cost.iter().fold(Cases::NOTHING, |sum, part| {
            let label = Label { category: part.category, index: part.index, kind: part.kind, ..label };
            sum.plus(self.lifted(label, self.cases(part.kind, part.index, t, part.amount)))
        })
    }

    /// Whether something comes on top of some costs.
    fn has_uplifts(&self) -> bool {
        !(self.plan.optimism_bias.is_empty() && self.plan.contingency.is_empty())
    }

    /// Tells a detailed sink what the postings that follow are made of.
    #[inline]
    fn base(&mut self, months: Range<usize>, label: Label, split: Split<N>, amount: N) {
        if S::DETAILED {
            let Label { element, activity, category, index, kind, discount } = label;
            let option = self.option.id;
            let base =
                Base { months, option, element, activity, category, index, kind, discount, split, amount };
            self.sink.base(base);
        }
    }

    /// Posts an amount of which a share is capital. The whole is rounded first, then the capital; revenue is the
    /// difference, so that no penny is lost.
    fn put_split(&mut self, month: usize, label: Label, capital_share: N, whole: Cases<N>) {
        let part = |whole: N| (whole.as_posted() * capital_share).as_posted();
        let capital = Cases { economic: part(whole.economic), financial: part(whole.financial) };
        let revenue = Cases {
            economic: whole.economic.as_posted() - capital.economic,
            financial: whole.financial.as_posted() - capital.financial,
        };
        self.put(month, label, Treatment::Capital, capital);
        self.put(month, label, Treatment::Revenue, revenue);
    }

    /// Posts amounts that have been taken to both cases already, shared between those who bear them: each
    /// share is rounded, and the last bears what is left.
    fn put(&mut self, month: usize, label: Label, treatment: Treatment, cases: Cases<N>) {
        let mut left = Cases { economic: cases.economic.as_posted(), financial: cases.financial.as_posted() };
        let bearers = if self.shared { bearers(self.plan, self.option, label.element) } else { &[] };
        let Some((&(last, _), others)) = bearers.split_last() else {
            self.entry(month, label, treatment, OrganisationId::FIRST, left);
            return;
        };
        let whole = left;
        for &(organisation, share) in others {
            let part = |whole: N| (whole * share).as_posted();
            let part = Cases { economic: part(whole.economic), financial: part(whole.financial) };
            left =
                Cases { economic: left.economic - part.economic, financial: left.financial - part.financial };
            self.entry(month, label, treatment, organisation, part);
        }
        self.entry(month, label, treatment, last, left);
    }

    /// Makes the posting. Nothing is posted of nothing.
    #[inline]
    fn entry(
        &mut self,
        month: usize,
        label: Label,
        treatment: Treatment,
        organisation: OrganisationId,
        Cases { economic, financial }: Cases<N>,
    ) {
        if economic.is_nought() && financial.is_nought() {
            return;
        }
        let Label { element, activity, category, index, kind, discount } = label;
        let treatment = if kind.is_benefit() { Treatment::Neither } else { treatment };
        let (month, option) = (month as u16, self.option.id);
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

/// Whether anything that an option may bear is borne by several organisations.
fn is_shared<N>(plan: &Plan<N>, option: &ProgrammeOption<N>) -> bool {
    option.streams.iter().any(|stream| !stream.shares.is_empty())
        || plan.services.iter().any(|service| !service.shares.is_empty())
        || plan.lines.iter().any(|line| !line.shares.is_empty())
        || plan.posts.iter().any(|post| !post.shares.is_empty())
}

/// Who bears what is for an element: a stream's shares before those of the service it works on, a line's
/// own before those of its service.
pub fn bearers<'a, N>(
    plan: &'a Plan<N>,
    option: &'a ProgrammeOption<N>,
    element: Element,
) -> &'a [(OrganisationId, N)] {
    let of_stream = |id: StreamId| option.streams[id.place()].shares.as_slice();
    let of_service = |id: ServiceId| plan.services[id.place()].shares.as_slice();
    let first_stated = |own: &'a [_], others: &'a [_]| if own.is_empty() { others } else { own };
    match element {
        Element::Stream(stream) => of_stream(stream),
        Element::Work(stream, service) => first_stated(of_stream(stream), of_service(service)),
        Element::Service(service) | Element::Legacy(service) => of_service(service),
        Element::Benefit(id) => of_service(plan.benefits[id.place()].service),
        Element::Line(id) => {
            let line = &plan.lines[id.place()];
            first_stated(&line.shares, line.service.map_or(&[], of_service))
        }
        Element::Post(id) => &plan.posts[id.place()].shares,
    }
}

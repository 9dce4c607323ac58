//! The accounts of assets: additions, straight lines, what is written off.

use rust_decimal::Decimal;

use super::course::Course;
use super::figure::{Figure, Flow, Period, Side, Slice};
use super::formula::{Formula, Operation, Rounding, Term, Unit};
use super::world::World;
use crate::accounts::{AssetOf, Corkscrew};
use crate::id::{OptionId, OrganisationId};
use crate::ledger::Element;

impl World<'_> {
    pub(super) fn asset_name(&self, option: OptionId, place: usize) -> String {
        let (of, organisation) = &self.assets[option.place()][place];
        let name = match of {
            AssetOf::Service(id) => &self.scenario.services[id.place()].name,
            AssetOf::Line(id) => &self.scenario.lines[id.place()].name,
        };
        if self.scenario.organisations.len() < 2 {
            return name.clone();
        }
        format!("{name}, {}", self.scenario.organisations[organisation.place()].name)
    }

    /// The key of what an asset is, and of whose it is if there are several organisations.
    pub(super) fn asset_key(&self, option: OptionId, place: usize) -> String {
        let (of, organisation) = &self.assets[option.place()][place];
        let key = match of {
            AssetOf::Service(id) => &self.scenario.services[id.place()].key,
            AssetOf::Line(id) => &self.scenario.lines[id.place()].key,
        };
        if self.scenario.organisations.len() < 2 {
            return key.clone();
        }
        format!("{key}/{}", self.scenario.organisations[organisation.place()].id)
    }

    pub(super) fn asset_value(&self, flow: Flow, option: OptionId, place: usize, t: usize) -> Decimal {
        line(&self.run.accounts[option.place()].assets[place].years[t], flow)
    }

    fn asset(&self, flow: Flow, option: OptionId, place: usize, t: usize) -> Term {
        let label = format!("{}, {}, {}", flow.label(), self.asset_name(option, place), self.year(t));
        let value = self.asset_value(flow, option, place, t);
        self.numbered(Figure::Asset(flow, option, place, t), label, value, Unit::Pounds)
    }

    fn owned(&self, slice: Slice) -> impl Iterator<Item = usize> + '_ {
        let assets = self.assets[slice.option.place()].iter().enumerate();
        let owned =
            move |(_, whose): &(AssetOf, OrganisationId)| slice.organisation.is_none_or(|id| id == *whose);
        assets.filter(move |(_, asset)| owned(asset)).map(|(place, _)| place)
    }

    pub(super) fn sum_of_assets(&self, flow: Flow, slice: Slice) -> Decimal {
        let years = match slice.period {
            Period::Year(t) => t..t + 1,
            Period::All | Period::Month(_) => 0..self.plan.horizon.years(),
        };
        let of = |place| {
            years.clone().map(move |t| self.asset_value(flow, slice.option, place, t)).sum::<Decimal>()
        };
        self.owned(slice).map(of).sum()
    }

    pub(super) fn assets_formula(&self, flow: Flow, slice: Slice) -> Formula {
        let Period::Year(t) = slice.period else { return Formula::new(Operation::Sum, Vec::new()) };
        let terms = self.owned(slice).map(|place| self.asset(flow, slice.option, place, t)).collect();
        Formula::new(Operation::Sum, terms).told("the sum of all assets", "Σ over assets")
    }

    pub(super) fn asset_formula(&self, flow: Flow, option: OptionId, place: usize, t: usize) -> Formula {
        let line = |flow: Flow, t: usize| self.asset(flow, option, place, t);
        let (of, whose) = self.assets[option.place()][place];
        let course = Course::new(self, option, (of, whose), Side::Cash);
        let months = self.plan.horizon.months_of(self.plan.horizon.year(t));
        match flow {
            Flow::Amortisation | Flow::Impairment | Flow::Construction if course.is_refunded() => {
                after_refunds(self.asset_value(flow, option, place, t))
            }
            Flow::OpeningValue if t == 0 => {
                let nought = Term::constant("0", 0, Unit::Pounds, "there is nothing before the horizon");
                Formula::new(Operation::Sum, vec![nought])
            }
            Flow::OpeningValue => Formula::new(Operation::Sum, vec![line(Flow::ClosingValue, t - 1)])
                .told("the closing value of the year before", ""),
            Flow::ClosingValue => {
                let opening = vec![line(Flow::OpeningValue, t), line(Flow::Additions, t)];
                let opening =
                    Term::made("Opening and additions", Unit::Pounds, Formula::new(Operation::Sum, opening));
                let terms = vec![opening, line(Flow::Amortisation, t), line(Flow::Impairment, t)];
                Formula::new(Operation::Difference, terms).told(
                    "opening + additions - amortisation - impairment",
                    "closing = opening + additions - amortisation - impairment",
                )
            }
            Flow::PdcDividend => {
                let both = vec![line(Flow::OpeningValue, t), line(Flow::ClosingValue, t)];
                let both =
                    Term::made("Opening and closing", Unit::Pounds, Formula::new(Operation::Sum, both));
                let two = Term::constant("2", 2, Unit::Number, "the average of two");
                let average = Formula::new(Operation::Quotient, vec![both, two]);
                let average = Term::made("Average net book value", Unit::Pounds, average);
                let mut terms = vec![average, self.input(self.scenario.policy.pdc_dividend)];
                let (mut words, mut symbols) = ("the dividend rate".to_owned(), "rate");
                if let Some(part) = self.part_of_year(t) {
                    terms.push(part);
                    (words, symbols) =
                        (format!("{words} x the part of the year in the horizon"), "rate x part");
                }
                Formula::new(Operation::Product, terms).rounded(Rounding::Penny).told(
                    format!("the average of opening and closing net book value x {words}, to the penny"),
                    format!("(opening + closing) / 2 x {symbols}"),
                )
            }
            Flow::Additions => Formula::new(Operation::Sum, course.added(months.start, months.end))
                .told("capital spent on it in the year", "Σ over ledger rows"),
            Flow::Construction => {
                let available = course.plan.available.is_some_and(|available| available < months.end);
                if available || course.cuts().iter().any(|&(cut, _)| cut == months.end) {
                    let why = "nothing is under construction at the end of the year";
                    return Formula::new(Operation::Sum, vec![Term::constant("0", 0, Unit::Pounds, why)]);
                }
                let terms = vec![course.construction(course.since(months.end), months.end, false)];
                Formula::new(Operation::Sum, terms)
                    .told("what was spent before it can be used, less what was lost", "")
            }
            Flow::Impairment => Formula::new(Operation::Sum, course.written_off(&months))
                .told("what is lost, and what is left when it is written off", ""),
            _ => {
                let mut terms = Vec::new();
                for tranche in course.tranches() {
                    let down = [months.end, months.start].map(|month| course.written_down(&tranche, month));
                    if down[0].number() != down[1].number() {
                        let formula = Formula::new(Operation::Difference, down.into());
                        terms.push(Term::made(tranche.cost.label.clone(), Unit::Pounds, formula));
                    }
                }
                Formula::new(Operation::Sum, terms).told(
                    "each part in a straight line over its life: written down by the end of the year less by its start",
                    "cost x months of use / life",
                )
            }
        }
    }

    /// A residual value: what is left of real capital at the end, as a credit.
    pub(super) fn residual_formula(&self, option: OptionId, row: usize) -> Formula {
        let posting = self.posting(option, row);
        let of = match posting.element {
            Element::Line(line) => AssetOf::Line(line),
            element => match element.service() {
                Some(service) => AssetOf::Service(service),
                None => unreachable!("an asset is a service or what a line buys"),
            },
        };
        let course = Course::new(self, option, (of, posting.organisation), Side::Real);
        if course.is_refunded() {
            return after_refunds(posting.economic);
        }
        let mut terms = vec![Term::constant("0", 0, Unit::Pounds, "it is a credit, so its sign turns")];
        terms.extend(course.left());
        Formula::new(Operation::Difference, terms).told(
            "less what is left at the end of the horizon of each part, in real terms",
            "Σ cost x (1 - months of use / life)",
        )
    }
}

/// A figure of an asset from which capital comes back.
fn after_refunds(value: Decimal) -> Formula {
    let why =
        "worked out month by month: a refund takes first what was used first (docs/model.md, section 11)";
    Formula::new(Operation::Sum, vec![Term::constant("Balance of the asset", value, Unit::Pounds, why)])
        .told("capital comes back from this asset, so it is given as the run has it", "")
}

fn line(year: &Corkscrew<Decimal>, flow: Flow) -> Decimal {
    match flow {
        Flow::OpeningValue => year.opening,
        Flow::Additions => year.additions,
        Flow::Impairment => year.impairment,
        Flow::ClosingValue => year.closing,
        Flow::Construction => year.construction,
        Flow::PdcDividend => year.pdc_dividend,
        _ => year.amortisation,
    }
}

//! Schedules to key into the Comprehensive Investment Appraisal workbook of the Department of Health and Social
//! Care: costs, risks, and benefits in its four classes, by year, real and discounted, less the baseline's.
//!
//! The classes are its own: CRB cash-releasing, NCRB non-cash-releasing, SB societal, UB unmonetised. It
//! takes every figure incremental to business as usual, so without a baseline there are no schedules. What is
//! of the financial case alone (VAT, contingency) is no economic figure: contingency stands among the risks in
//! nominal money, outside the totals.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Case, words};
use crate::appraisal::YearRow;
use crate::id::{CategoryId, OptionId, ServiceId};
use crate::ledger::{Discount, Element, Kind, Posting, Treatment};
use crate::number::Number;
use crate::scenario::Benefit;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{OptionDraws, Simulation};

/// So many lines of each class of benefit has version 3 of the workbook.
const LINES: usize = 15;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Schedule {
    Costs,
    Risks,
    CashReleasing,
    NonCashReleasing,
    Societal,
}

impl Schedule {
    const ALL: [Self; 5] =
        [Self::Costs, Self::Risks, Self::CashReleasing, Self::NonCashReleasing, Self::Societal];

    fn name(self) -> &'static str {
        match self {
            Self::Costs => "Costs",
            Self::Risks => "Risks",
            Self::CashReleasing => "CRB",
            Self::NonCashReleasing => "NCRB",
            Self::Societal => "SB",
        }
    }

    fn is_benefit(self) -> bool {
        !matches!(self, Self::Costs | Self::Risks)
    }
}

/// What a line of a schedule is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Cost(Treatment, CategoryId),
    Other(Kind),
    Gain(Element),
}

/// By year index: real, discounted (not yet rounded) and nominal.
#[derive(Clone, Debug, Default)]
struct Years {
    real: Vec<Decimal>,
    discounted: Vec<Decimal>,
    nominal: Vec<Decimal>,
}

impl Years {
    fn new(years: usize) -> Self {
        let nought = || vec![Decimal::ZERO; years];
        Self { real: nought(), discounted: nought(), nominal: nought() }
    }

    fn add(&mut self, other: &Self) {
        let sums = [&mut self.real, &mut self.discounted, &mut self.nominal];
        for (sum, more) in sums.into_iter().zip([&other.real, &other.discounted, &other.nominal]) {
            sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
}

/// A figure by year index.
type OfYears = fn(&Years) -> &[Decimal];

type Lines = BTreeMap<(Schedule, Line), Years>;

/// The schedules of every option but the baseline; none without a baseline. With draws, what the uncertain
/// inputs add to the central estimate stands among the risks.
pub fn cia(case: &Case, drawn: Option<&Simulation>) -> Vec<(OptionId, Table)> {
    let options = (0..case.scenario.options.len()).map(OptionId::new);
    options.filter_map(|option| Some((option, cia_of(case, option, drawn)?))).collect()
}

/// The schedules of one option; `None` for the baseline itself, and without one.
pub fn cia_of(case: &Case, option: OptionId, drawn: Option<&Simulation>) -> Option<Table> {
    let baseline = case.plan.baseline.filter(|&baseline| baseline != option)?;
    let mut lines = Lines::new();
    gather(case, option, Decimal::ONE, &mut lines);
    gather(case, baseline, Decimal::NEGATIVE_ONE, &mut lines);
    let mut schedules = Schedules { case, table: empty(case, option, baseline) };
    schedules.factors();
    for schedule in Schedule::ALL {
        schedules.schedule(schedule, &lines);
        if schedule == Schedule::Risks {
            schedules.not_in_totals(option, baseline, &lines, drawn);
        }
    }
    schedules.unmonetised(option, baseline);
    let npsv = case.appraisal(option).npsv;
    schedules.table.push_total(schedules.cells(
        ["NPSV", "All benefits less all costs and risks", "discounted"],
        None,
        npsv,
    ));
    Some(schedules.table)
}

/// Adds the postings of an option, or takes them away.
fn gather(case: &Case, option: OptionId, sign: Decimal, lines: &mut Lines) {
    let years = case.plan.horizon.years();
    for posting in case.run.postings(option) {
        let Some(key) = line(posting) else { continue };
        let t = case.plan.year_of[usize::from(posting.month)];
        let sums = lines.entry(key).or_insert_with(|| Years::new(years));
        sums.real[t] += sign * posting.economic;
        sums.discounted[t] += sign * posting.economic * case.plan.discount_factor(posting.discount, t);
        sums.nominal[t] += sign * posting.financial;
    }
}

/// Where a posting belongs; nowhere if it is VAT, which the economic case leaves out.
fn line(posting: &Posting<Decimal>) -> Option<(Schedule, Line)> {
    let gain = Line::Gain(posting.element);
    match posting.kind {
        Kind::Vat => None,
        Kind::Cost => Some((Schedule::Costs, Line::Cost(posting.treatment, posting.category))),
        Kind::CentralPension | Kind::Opportunity | Kind::Residual => {
            Some((Schedule::Costs, Line::Other(posting.kind)))
        }
        Kind::OptimismBias | Kind::Contingency => Some((Schedule::Risks, Line::Other(posting.kind))),
        Kind::CashReleasing => Some((Schedule::CashReleasing, gain)),
        Kind::NonCashReleasing => Some((Schedule::NonCashReleasing, gain)),
        Kind::Societal => Some((Schedule::Societal, gain)),
    }
}

fn empty(case: &Case, option: OptionId, baseline: OptionId) -> Table {
    let title = format!("{}: schedules for the Comprehensive Investment Appraisal", case.name(option));
    let mut table = Table::new(title)
        .column("schedule", ColumnKind::Text)
        .column("line", ColumnKind::Text)
        .column("basis", ColumnKind::Text);
    for t in 0..case.plan.horizon.years() {
        table = table.column(case.year_in_words(t), ColumnKind::Figures);
    }
    table.column("total", ColumnKind::Figures).note(format!(
        "Less {}, in {}. CRB cash-releasing, NCRB non-cash-releasing, SB societal, UB unmonetised benefits. A cost is \
         positive. Contingency, and what uncertain inputs add to the central estimate, are no part of the totals.",
        case.name(baseline),
        case.real_prices()
    ))
}

/// The table in the making.
struct Schedules<'a> {
    case: &'a Case,
    table: Table,
}

impl Schedules<'_> {
    fn cells(&self, words: [&str; 3], years: Option<&[Decimal]>, total: Decimal) -> Vec<Cell> {
        let years = (0..self.case.plan.horizon.years())
            .map(|t| years.map_or(Cell::Nothing(None), |years| Cell::Money(years[t].as_posted())));
        let total = Cell::Money(total.as_posted());
        words.into_iter().map(Cell::text).chain(years).chain([total]).collect()
    }

    /// The factors that the discounted figures are made with, for the appraiser to check.
    fn factors(&mut self) {
        for (discount, line) in [(Discount::Standard, "Standard"), (Discount::Health, "Health effects")] {
            let years = 0..self.case.plan.horizon.years();
            let factors = years.map(|t| Cell::Number(self.case.plan.discount_factor(discount, t), 10));
            let head = ["Discounting", line, "factor"].map(Cell::text);
            self.table.push(head.into_iter().chain(factors).chain([Cell::Nothing(None)]).collect());
        }
    }

    /// Its lines and their sum, real and then discounted; none if there is no line.
    fn schedule(&mut self, schedule: Schedule, lines: &Lines) {
        let mine = |kind: Line| kind != Line::Other(Kind::Contingency);
        let mine: Vec<_> = lines.iter().filter(|((of, line), _)| *of == schedule && mine(*line)).collect();
        if mine.is_empty() {
            return;
        }
        let mut all = Years::new(self.case.plan.horizon.years());
        for (_, years) in &mine {
            all.add(years);
        }
        let name = schedule.name();
        let bases: [(&str, OfYears); 2] = [("real", |y| &y.real), ("discounted", |y| &y.discounted)];
        for (basis, of) in bases {
            for ((_, line), years) in &mine {
                let words = [name, &self.name(*line), basis];
                self.table.push(self.cells(words, Some(of(years)), of(years).iter().sum()));
            }
            let total = self.cells([name, "All", basis], Some(of(&all)), of(&all).iter().sum());
            self.table.push_total(total);
        }
        if schedule.is_benefit() && mine.len() > LINES {
            self.table.notes.push(format!(
                "{name} has {} lines; version 3 of the workbook has room for {LINES}.",
                mine.len()
            ));
        }
    }

    /// Risks of which the economic case holds nothing: contingency, which is of the financial case, and what
    /// the uncertain inputs come to on average beyond the central estimate.
    fn not_in_totals(
        &mut self,
        option: OptionId,
        baseline: OptionId,
        lines: &Lines,
        drawn: Option<&Simulation>,
    ) {
        let name = Schedule::Risks.name();
        if let Some(years) = lines.get(&(Schedule::Risks, Line::Other(Kind::Contingency))) {
            let words = [name, "Contingency (not in the totals)", "nominal"];
            self.table.push(self.cells(words, Some(&years.nominal), years.nominal.iter().sum()));
        }
        let Some(drawn) = drawn else { return };
        let line = format!(
            "Uncertain inputs: mean of {} draws less the central estimate (not in the totals)",
            words::count(drawn.draws)
        );
        let draws = drawn.draws.max(1) as f64;
        let mean = |sum: &dyn Fn(&OptionDraws) -> f64| {
            let of = |id: OptionId| sum(&drawn.options[id.place()]) / draws;
            Decimal::try_from(of(option) - of(baseline)).unwrap_or_default()
        };
        let years = 0..self.case.plan.horizon.years();
        let central = |t: usize, of: &dyn Fn(&YearRow<Decimal>) -> Decimal| {
            let year = |id: OptionId| of(&self.case.appraisal(id).by_year[t]);
            year(option) - year(baseline)
        };
        let factor = |t| self.case.plan.discount_factor(Discount::Standard, t);
        let cash = |t: usize| {
            let so_far = |o: &OptionDraws, t: usize| o.cumulative[t].iter().sum::<f64>();
            let before = |o: &OptionDraws| t.checked_sub(1).map_or(0.0, |before| so_far(o, before));
            mean(&|o| so_far(o, t) - before(o)) - central(t, &YearRow::cash)
        };
        let real = |t: usize| mean(&|o| o.real_by_year[t]) - central(t, &|year| year.cost);
        let present = |t: usize| mean(&|o| o.present_by_year[t]) - central(t, &|year| year.cost) * factor(t);
        let bases: [(&str, &dyn Fn(usize) -> Decimal); 3] =
            [("nominal", &cash), ("real", &real), ("discounted", &present)];
        for (basis, of) in bases {
            let by_year: Vec<Decimal> = years.clone().map(of).collect();
            self.table.push(self.cells([name, &line, basis], Some(&by_year), by_year.iter().sum()));
        }
    }

    /// Benefits without a value, of services that the option delivers and the baseline does not.
    fn unmonetised(&mut self, option: OptionId, baseline: OptionId) {
        let delivers = |id: OptionId, service: ServiceId| {
            let life = &self.case.run.sheets[id.place()].lives[service.place()];
            life.first_release.is_some_and(|month| month < self.case.plan.horizon.months())
        };
        let benefits = self.case.scenario.benefits.iter().filter(|benefit| {
            benefit.kind.is_none()
                && delivers(option, benefit.service)
                && !delivers(baseline, benefit.service)
        });
        let years = self.case.plan.horizon.years();
        for benefit in benefits {
            let words = ["UB", &self.benefit(benefit), "not in money"].map(Cell::text);
            let nothing = std::iter::repeat_n(Cell::Nothing(None), years + 1);
            self.table.push(words.into_iter().chain(nothing).collect());
        }
    }

    fn name(&self, line: Line) -> String {
        let scenario = &self.case.scenario;
        match line {
            Line::Cost(treatment, category) => {
                format!("{}: {}", treatment.word(), self.case.category(category))
            }
            Line::Other(Kind::CentralPension) => "Central pension contributions".to_owned(),
            Line::Other(Kind::Opportunity) => "Opportunity cost of clinical time".to_owned(),
            Line::Other(Kind::Residual) => "Residual value".to_owned(),
            Line::Other(Kind::OptimismBias) => "Optimism bias".to_owned(),
            Line::Other(kind) => kind.word().to_owned(),
            Line::Gain(Element::Benefit(id)) => self.benefit(&scenario.benefits[id.place()]),
            Line::Gain(Element::Line(id)) => scenario.lines[id.place()].name.clone(),
            Line::Gain(_) => "Other".to_owned(),
        }
    }

    /// The service of a benefit, and what it is: `Online booking: missed appointments`.
    fn benefit(&self, benefit: &Benefit) -> String {
        let service = &self.case.scenario.services[benefit.service.place()].name;
        let last = benefit.key.rsplit('.').next().unwrap_or_default().replace('-', " ");
        let what = if benefit.description.is_empty() { &last } else { &benefit.description };
        format!("{service}: {what}")
    }
}

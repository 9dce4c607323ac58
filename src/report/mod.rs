//! Reports: the results of a run as tables and charts, one file a report. Nothing is drawn or written here.
//!
//! A [`Case`] is all that a report may look at: the scenario, its plan and its run, in exact decimals.

mod bridge;
mod categories;
mod cia;
mod claim;
mod comparison;
mod cost_chart;
mod cumulative;
mod diff;
mod explanation;
mod finding;
mod grid;
mod horizon;
mod known;
mod leaf;
mod ledger;
mod mechanism;
mod money_charts;
mod names;
mod pack;
mod paper;
mod params;
pub mod portfolio;
mod quantity;
mod register;
mod reliance;
mod rules;
mod schedules;
mod sensitivity;
mod simulation;
pub mod statements;
mod summary;
mod switching;
mod tidy;
mod timeline;
mod uncertainty_charts;
mod words;
mod workbook;
mod years;

pub use bridge::{Step, bridge_table, bridge_value, in_words as bridge_in_words, waterfall};
pub use categories::category_by_year;
pub use cia::{cia, cia_of};
pub use comparison::comparison;
pub use cost_chart::cost_chart;
pub use cumulative::cumulative_chart;
pub use diff::{difference_rows, difference_tables, difference_value};
pub use explanation::{explainable, explanation, explanation_value};
pub use finding::{findings, plain_findings};
pub use grid::{grid, grid_rows};
pub use horizon::{horizon, horizon_chart};
pub use leaf::Places;
pub use ledger::ledger;
pub use money_charts::{accounts_chart, funding_chart};
pub use pack::{Evidence, Item, Pack, pack, workbook_alone};
pub use paper::{MadeFrom, paper};
pub use params::{edition_changes, editions, figures};
pub use quantity::quantity;
pub use register::{assumptions, logs};
pub use reliance::{unverified, unverified_figures};
pub use rules::{rule, rule_in_words, rule_value, rules, rules_value};
pub use schedules::schedules;
pub use sensitivity::{Measure, sensitivity, sensitivity_rows};
pub use simulation::{precision, simulation, simulation_by_year, simulation_rows, simulation_summary};
pub use statements::statements;
pub use summary::{plain_summary, summary};
pub use switching::{switching, switching_rows, switching_sentences};
pub use tidy::{a_row_a_figure, stacked, tidy, wide};
pub use timeline::{timeline, timeline_chart};
pub use uncertainty_charts::{fan_chart, heat_chart, s_curves, tornado_chart, two_largest, waterfall_chart};
pub use workbook::workbook;
pub use years::{activity_by_year, by_year};

use rust_decimal::Decimal;

use crate::appraisal::OptionAppraisal;
use crate::audit::{Check, audit};
use crate::calendar::Month;
use crate::id::OptionId;
use crate::plan::{Flow, Plan};
use crate::review::Subject;
use crate::run::{self, Run};
use crate::scenario::Scenario;
use crate::table::Cell;

/// A scenario with the plan and the run of its central values.
#[derive(Clone, Debug)]
pub struct Case {
    /// What the user wrote, checked.
    pub scenario: Scenario,
    /// Its numbers.
    pub plan: Plan<Decimal>,
    /// What came of them.
    pub run: Run<Decimal>,
    /// The checks that the run makes of itself. Where one fails, nothing of the case is to be shown.
    pub checks: Vec<Check>,
}

impl Case {
    /// Runs a scenario on its central values.
    pub fn new(scenario: Scenario) -> Self {
        let plan = scenario.central_plan();
        let run = run::run(&plan);
        let checks = audit(&plan, &run);
        Self { scenario, plan, run, checks }
    }

    /// What a review looks at.
    pub fn subject(&self) -> Subject<'_> {
        Subject { scenario: &self.scenario, plan: &self.plan, run: &self.run }
    }

    /// The two options that are set against each other unless others are named: the first two that are not
    /// the baseline, or else the one other and the baseline.
    pub fn pair(&self) -> Option<(OptionId, OptionId)> {
        let baseline = self.plan.baseline;
        let mut others =
            (0..self.scenario.options.len()).map(OptionId::new).filter(|&id| Some(id) != baseline);
        let first = others.next()?;
        Some((first, others.next().or(baseline)?))
    }

    /// The name of an option, for people.
    pub fn name(&self, id: OptionId) -> &str {
        &self.scenario.options[id.place()].name
    }

    fn month(&self, offset: usize) -> Month {
        self.plan.horizon.month(offset)
    }

    fn appraisal(&self, id: OptionId) -> &OptionAppraisal<Decimal> {
        &self.run.appraisal.options[id.place()]
    }

    /// The year index in which the net effect on income and expenditure is worst, and how bad it is.
    fn worst_year(&self, id: OptionId) -> (usize, Decimal) {
        let accounts = &self.run.accounts[id.place()];
        let years = (0..self.plan.horizon.years()).map(|t| (t, accounts.result(None, t).net()));
        let first = (0, accounts.result(None, 0).net());
        years.fold(first, |worst, year| if year.1 > worst.1 { year } else { worst })
    }

    /// A year for a table: one of which only part lies in the horizon says so.
    fn year_cell(&self, t: usize) -> Cell {
        if self.plan.horizon.months_in(t) == 12 {
            return Cell::Year(self.plan.horizon.year(t));
        }
        Cell::text(self.year_in_words(t))
    }

    /// The name of a year; with its months, if only part of it lies in the horizon: `2026-27 (6 months)`.
    fn year_in_words(&self, t: usize) -> String {
        let (year, months) = (self.plan.horizon.year(t), self.plan.horizon.months_in(t));
        match months {
            12 => year.to_string(),
            1 => format!("{year} (1 month)"),
            months => format!("{year} ({months} months)"),
        }
    }

    /// The years of which only part lies in the horizon, in words; nothing if there are none.
    fn part_years(&self) -> Option<String> {
        let horizon = self.plan.horizon;
        let parts = (0..horizon.years()).filter(|&t| horizon.months_in(t) < 12);
        let parts: Vec<String> = parts.map(|t| self.year_in_words(t)).collect();
        (!parts.is_empty()).then(|| words::list(&parts))
    }

    /// What a picture by year adds to its subtitle where years lie in the horizon only in part.
    fn in_part(&self) -> String {
        self.part_years().map_or_else(String::new, |years| format!("; in part: {years}"))
    }

    /// Whether an option is to give a benefit that has a value: of a service that it works on, or a line.
    fn promises(&self, id: OptionId) -> bool {
        let option = &self.plan.options[id.place()];
        let lives = &self.run.sheets[id.place()].lives;
        let mut services = self.plan.benefits.iter();
        let mut lines = option.lines.iter().map(|line| &self.plan.lines[line.place()]);
        services.any(|benefit| benefit.value.is_some() && lives[benefit.service.place()].stream.is_some())
            || lines.any(|line| matches!(line.flow, Flow::Benefit { .. }))
    }

    /// What the whole-life figures cover: `11 years from Apr 2026`.
    fn span(&self) -> String {
        let horizon = self.plan.horizon;
        let years = horizon.months() / 12;
        let noun = if years == 1 { "year" } else { "years" };
        format!("{years} {noun} from {}", horizon.start().in_words())
    }

    /// The price base in words: `2026-27 prices`.
    fn real_prices(&self) -> String {
        format!("{} prices", self.scenario.programme.prices)
    }

    /// The last line of every picture and table.
    fn source(&self) -> String {
        let programme = &self.scenario.programme;
        let whose = if programme.organisation.is_empty() {
            programme.name.clone()
        } else {
            format!("{}, {}", programme.name, programme.organisation)
        };
        let version = env!("CARGO_PKG_VERSION");
        format!("Source: {whose}; wholelife {version}, parameters {}", programme.edition)
    }
}

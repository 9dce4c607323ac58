//! The pack that `report` writes: which tables and charts, and their file names.

use rayon::prelude::*;

use super::comparison::{basis, measures as measured};
use super::tidy::{a_row_a_figure, stacked, tidy, wide};
use super::{
    Case, accounts_chart, activity_by_year, bridge_table, by_year, category_by_year, cia, cost_chart,
    cumulative_chart, fan_chart, findings, funding_chart, grid_rows, heat_chart, horizon, horizon_chart,
    ledger, s_curves, sensitivity_rows, simulation_by_year, simulation_rows, statements, switching_rows,
    timeline, timeline_chart, tornado_chart, two_largest, waterfall_chart, workbook,
};
use crate::chart::Chart;
use crate::id::{InputId, OptionId};
use crate::table::Table;
use crate::uncertainty::{
    Axis, Bridge, By, Grid, Measure, Order, Pair, Range, Sensitivity, Simulation, Switching, bridge, grid,
    may_vary, sensitivity, simulate, switching,
};
use crate::workbook::Workbook;

/// A table or chart of the pack.
#[derive(Clone, Debug)]
pub enum Item {
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// The workbook.
    Workbook(Box<Workbook>),
}

/// What a report consists of.
#[derive(Clone, Debug)]
pub struct Pack {
    /// File names without ending, and what is in them.
    pub items: Vec<(String, Item)>,
    /// Tables and charts that have nothing to show, by name, and why: left out, and said.
    pub left_out: Vec<(String, String)>,
    /// The runs behind them, for the paper: made once, told in several forms.
    pub evidence: Evidence,
}

/// Draws behind the charts of a report: enough for a chart's width of line. `wholelife simulate` takes more.
const ORDER: Order = Order { draws: 2_000, seed: 1, threads: 1, precision: None };

/// How many values of each input the heat map of a report has.
const STEPS: usize = 7;

const CERTAIN: &str = "no input of the scenario is uncertain";
const ALONE: &str = "there is only one option, and nothing to compare it with";

/// What the scenario gives when it is run with other numbers; nothing where there is nothing to vary or to
/// compare. These take the most time of a report.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The findings in words.
    pub findings: Vec<String>,
    /// Draws of the uncertain inputs; `None` where nothing is uncertain.
    pub drawn: Option<Simulation>,
    /// Each uncertain input at its low and its high; `None` where nothing is uncertain.
    pub swings: Option<Sensitivity>,
    /// The two inputs that move the difference most, against one another.
    pub two_way: Option<Grid>,
    /// For each uncertain input, the values at which the order of the pair changes.
    pub switching: Vec<Switching>,
    /// From the second option of the pair to the first; `None` where either has no stream.
    pub bridge: Option<Bridge>,
}

impl Evidence {
    fn of(case: &Case, pair: Option<(OptionId, OptionId)>) -> Self {
        let uncertain = may_vary(&case.scenario);
        let is_uncertain = !uncertain.is_empty();
        let draw = || is_uncertain.then(|| simulate(&case.scenario, ORDER, &|_| true));
        let turn = |(first, second)| {
            let pair = Pair { first, second, by: By::Cost };
            let range = |id: InputId| Range::of(case.scenario.inputs[id.place()].estimate);
            let found = uncertain.par_iter().filter_map(|&id| Some((id, range(id)?)));
            found.map(|(id, range)| switching(&case.scenario, id, range, pair)).collect::<Vec<_>>()
        };
        let with_streams = pair.filter(|&(a, b)| has_streams(case, a) && has_streams(case, b));
        let swing = || {
            let swings = is_uncertain.then(|| sensitivity(&case.scenario));
            let two_way = pair.and_then(|pair| two_way(case, swings.as_ref()?, pair));
            (swings, two_way)
        };
        let ((drawn, (swings, two_way)), (switching, (bridge, findings))) = rayon::join(
            || rayon::join(draw, swing),
            || {
                let bridge = || with_streams.map(|(a, b)| bridge(&case.plan, b, a, Measure::Cost));
                let and_findings = || rayon::join(bridge, || findings(case, pair));
                rayon::join(|| pair.map(turn).unwrap_or_default(), and_findings)
            },
        );
        Self { findings, drawn, swings, two_way, switching, bridge }
    }
}

/// The two inputs that move the difference most, against one another; nothing if there are not two.
fn two_way(case: &Case, swings: &Sensitivity, pair: (OptionId, OptionId)) -> Option<Grid> {
    let axis = |input: InputId| {
        let range = Range::of(case.scenario.inputs[input.place()].estimate)?;
        Some(Axis::new(&case.scenario, input, range, STEPS))
    };
    let [first, second] = two_largest(case, swings, pair)?;
    Some(grid(&case.scenario, [axis(first)?, axis(second)?]))
}

/// The tables of uncertainty, which the workbook holds too.
const UNCERTAIN: [&str; 2] = ["simulation", "sensitivity"];

/// The workbook alone: the same as in the pack.
pub fn workbook_alone(case: &Case) -> Workbook {
    let mut tables = Vec::new();
    if !may_vary(&case.scenario).is_empty() {
        tables.push(simulation_rows(case, &simulate(&case.scenario, ORDER, &|_| true)));
        tables.push(sensitivity_rows(case, &sensitivity(&case.scenario), &measures(case, case.pair())));
    }
    workbook(case, &tables.iter().collect::<Vec<_>>())
}

fn has_streams(case: &Case, option: OptionId) -> bool {
    !case.scenario.options[option.place()].streams.is_empty()
}

/// Everything of a case.
pub fn pack(case: &Case, pair: Option<(OptionId, OptionId)>) -> Pack {
    let evidence = Evidence::of(case, pair);
    let (tables, charts) = (tables(case, pair, &evidence), charts(case, pair, &evidence));
    let mut pack = Pack { items: Vec::new(), left_out: Vec::new(), evidence };
    let is_uncertain = |name: &str| UNCERTAIN.contains(&name);
    let uncertain: Vec<&Table> = tables
        .iter()
        .filter(|(name, _)| is_uncertain(name))
        .filter_map(|(_, table)| table.as_ref().ok())
        .collect();
    let book = Item::Workbook(Box::new(workbook(case, &uncertain)));
    for (name, table) in tables {
        pack.add(name, table.map(Item::Table));
    }
    pack.add("workbook".to_owned(), Ok(book));
    for (name, chart) in charts {
        let chart = chart.and_then(|chart| {
            if chart.is_empty() { Err("all its figures are nought".to_owned()) } else { Ok(chart) }
        });
        pack.add(name.to_owned(), chart.map(Item::Chart));
    }
    pack
}

impl Pack {
    fn add(&mut self, name: String, item: Result<Item, String>) {
        match item {
            Ok(item) => self.items.push((name, item)),
            Err(why) => self.left_out.push((name, why)),
        }
    }
}

type Tables = Vec<(String, Result<Table, String>)>;

/// Tables by year come twice: wide, with the years across, and tidy, with a row for each figure.
fn tables(case: &Case, pair: Option<(OptionId, OptionId)>, evidence: &Evidence) -> Tables {
    let mut tables: Tables = Vec::new();
    let mut add = |name: &str, table: Result<Table, String>| tables.push((name.to_owned(), table));
    let mut comparison = measured(case, pair).note(basis(case));
    comparison.notes.extend(evidence.findings.iter().cloned());
    add("comparison", Ok(comparison));
    for (name, table) in [
        ("by-year", by_year(case)),
        ("activity-by-year", activity_by_year(case)),
        ("category-by-year", category_by_year(case)),
        ("horizon-by-year", horizon(case)),
    ] {
        add(&format!("{name}-wide"), Ok(wide(&table)));
        add(&format!("{name}-tidy"), Ok(a_row_a_figure(&table)));
    }
    let all = statements(case, None, None);
    let (by_year, by_option) = all.split_at(all.len() - 1);
    add("statements-wide", Ok(stacked("Statements", "statement", by_year)));
    add("statements-tidy", Ok(tidy("Statements", "statement", &all)));
    add("reconciliation", by_option.first().cloned().ok_or_else(|| ALONE.to_owned()));
    add("timeline-events", Ok(timeline(case)));
    add("ledger", Ok(ledger(case, None)));
    match case.plan.baseline {
        None => add("cia", Err("the scenario has no baseline to be incremental to".to_owned())),
        Some(_) => {
            for (option, table) in cia(case, evidence.drawn.as_ref()) {
                add(&format!("cia-{}", case.scenario.options[option.place()].id), Ok(table));
            }
        }
    }
    let certain = || CERTAIN.to_owned();
    add("simulation", evidence.drawn.as_ref().map(|drawn| simulation_rows(case, drawn)).ok_or_else(certain));
    let cash = evidence.drawn.as_ref().map(|drawn| simulation_by_year(case, drawn)).ok_or_else(certain);
    add("simulated-cash-by-year-wide", cash.as_ref().map(wide).map_err(Clone::clone));
    add("simulated-cash-by-year-tidy", cash.as_ref().map(a_row_a_figure).map_err(Clone::clone));
    let measures = measures(case, pair);
    let swings = evidence.swings.as_ref();
    add("sensitivity", swings.map(|of| sensitivity_rows(case, of, &measures)).ok_or_else(certain));
    let two_way = pair.zip(evidence.two_way.as_ref()).ok_or_else(|| no_two_way(case, pair));
    add("two-way", two_way.map(|((a, b), grid)| grid_rows(case, grid, &[super::Measure::Difference(a, b)])));
    let turns = pair.ok_or_else(|| ALONE.to_owned()).and_then(|(first, second)| {
        let pair = Pair { first, second, by: By::Cost };
        if evidence.switching.is_empty() { Err(certain()) } else { Ok((&evidence.switching, pair)) }
    });
    add("switching", turns.map(|(found, pair)| switching_rows(case, found, pair)));
    let bridge = evidence.bridge.as_ref().map(|bridge| bridge_table(case, std::slice::from_ref(bridge)));
    add("bridge-by-mechanism", bridge.ok_or_else(|| no_bridge(case, pair)));
    tables
}

/// The figures whose swings are listed: the difference of the pair first, then those of every option.
fn measures(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<super::Measure> {
    let options = || (0..case.scenario.options.len()).map(OptionId::new);
    let others = options().filter(|&id| Some(id) != case.plan.baseline);
    let difference = pair.map(|(first, second)| super::Measure::Difference(first, second));
    let costs = options().map(super::Measure::Cost);
    difference.into_iter().chain(costs).chain(others.map(super::Measure::Npsv)).collect()
}

fn no_two_way(case: &Case, pair: Option<(OptionId, OptionId)>) -> String {
    if pair.is_none() {
        ALONE.to_owned()
    } else if may_vary(&case.scenario).is_empty() {
        CERTAIN.to_owned()
    } else {
        "fewer than two uncertain inputs move the difference".to_owned()
    }
}

fn no_bridge(case: &Case, pair: Option<(OptionId, OptionId)>) -> String {
    let Some((first, second)) = pair else { return ALONE.to_owned() };
    let without = if has_streams(case, first) { second } else { first };
    format!("{} has no stream, so no mechanism to compare", case.name(without))
}

fn charts(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    evidence: &Evidence,
) -> Vec<(&'static str, Result<Chart, String>)> {
    let drawn = evidence.drawn.as_ref().ok_or_else(|| CERTAIN.to_owned());
    let two_way = pair.zip(evidence.two_way.as_ref()).ok_or_else(|| no_two_way(case, pair));
    let alone = || ALONE.to_owned();
    let swung = pair.ok_or_else(alone).and_then(|pair| {
        evidence.swings.as_ref().map(|swings| (swings, pair)).ok_or_else(|| CERTAIN.to_owned())
    });
    let funds = if case.scenario.funds.is_empty() {
        Err("the scenario has no funds".to_owned())
    } else {
        Ok(funding_chart(case))
    };
    let bridge = evidence.bridge.as_ref().map(|bridge| waterfall_chart(case, bridge));
    let streams = (0..case.scenario.options.len()).any(|place| has_streams(case, OptionId::new(place)));
    let timeline = if streams { Ok(timeline_chart(case)) } else { Err("no option has a stream".to_owned()) };
    vec![
        ("cost-by-year", Ok(cost_chart(case))),
        ("cumulative", Ok(cumulative_chart(case))),
        ("timeline", timeline),
        ("funding", funds),
        ("accounts", Ok(accounts_chart(case))),
        ("horizon", Ok(horizon_chart(case))),
        ("s-curves", drawn.clone().map(|drawn| s_curves(case, drawn))),
        ("fan", drawn.map(|drawn| fan_chart(case, drawn))),
        ("tornado", swung.map(|(swings, pair)| tornado_chart(case, swings, pair))),
        ("heat-map", two_way.map(|(pair, grid)| heat_chart(case, grid, pair))),
        ("bridge", bridge.ok_or_else(|| no_bridge(case, pair))),
    ]
}

//! The pack that `report` writes: which tables and charts, and their file names.

use super::Case;
use super::comparison::{basis, measures};
use super::{
    accounts_chart, activity_by_year, bridge_table, by_year, cost_chart, cumulative_chart, fan_chart,
    findings, funding_chart, heat_chart, horizon, horizon_chart, ledger, s_curves, sensitivity_rows,
    simulation_rows, statements, tidy, timeline, timeline_chart, tornado_chart, two_largest, waterfall_chart,
};
use crate::chart::Chart;
use crate::id::{InputId, OptionId};
use crate::table::Table;
use crate::uncertainty::{
    Axis, Bridge, Measure, Order, Range, Sensitivity, Simulation, bridge, grid, may_vary, sensitivity,
    simulate,
};

/// A table or chart of the pack.
#[derive(Clone, Debug)]
pub enum Item {
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
}

/// What a report consists of.
#[derive(Clone, Debug)]
pub struct Pack {
    /// File names without ending, and what is in them.
    pub items: Vec<(&'static str, Item)>,
    /// Charts that have nothing to show, by name: left out, and said.
    pub left_out: Vec<&'static str>,
    /// The runs behind them, for the paper.
    pub evidence: Evidence,
}

/// What other runs than the reported one gave: made once, told in several forms.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The findings in words.
    pub findings: Vec<String>,
    /// Draws of the uncertain inputs; `None` where nothing is uncertain.
    pub drawn: Option<Simulation>,
    /// Each uncertain input at its low and its high; `None` where nothing is uncertain or there is no pair.
    pub swings: Option<Sensitivity>,
    /// From the second option of the pair to the first; `None` where either has no stream.
    pub bridge: Option<Bridge>,
}

/// Draws behind the charts of a report: enough for a chart's width of line. `wholelife simulate` takes more.
const DRAWS: usize = 2_000;

/// How many values of each input the heat map of a report has.
const STEPS: usize = 7;

/// What the uncertain inputs do, drawn together and one at a time.
fn how_sure(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    items: &mut Vec<(&'static str, Item)>,
    charts: &mut Vec<(&'static str, Chart)>,
    evidence: &mut Evidence,
) {
    let order = Order { draws: DRAWS, seed: 1, threads: 1, precision: None };
    let drawn = simulate(&case.scenario, order, &|_| true);
    items.push(("simulation", Item::Table(simulation_rows(case, &drawn))));
    charts.push(("s-curves", s_curves(case, &drawn)));
    charts.push(("fan", fan_chart(case, &drawn)));
    evidence.drawn = Some(drawn);
    let Some(pair) = pair else { return };
    let swings = sensitivity(&case.scenario);
    let measures = [super::Measure::Difference(pair.0, pair.1)];
    items.push(("sensitivity", Item::Table(sensitivity_rows(case, &swings, &measures))));
    charts.push(("tornado", tornado_chart(case, &swings, pair)));
    let axis = |input: InputId| {
        let range = Range::of(case.scenario.inputs[input.place()].estimate)?;
        Some(Axis::new(&case.scenario, input, range, STEPS))
    };
    if let Some([first, second]) = two_largest(case, &swings, pair)
        && let (Some(first), Some(second)) = (axis(first), axis(second))
    {
        charts.push(("heat-map", heat_chart(case, &grid(&case.scenario, [first, second]), pair)));
    }
    evidence.swings = Some(swings);
}

fn has_streams(case: &Case, option: OptionId) -> bool {
    !case.scenario.options[option.place()].streams.is_empty()
}

/// Everything of a case.
pub fn pack(case: &Case, pair: Option<(OptionId, OptionId)>) -> Pack {
    let mut evidence = Evidence { findings: findings(case, pair), ..Evidence::default() };
    let mut comparison = measures(case, pair).note(basis(case));
    comparison.notes.extend(evidence.findings.iter().cloned());
    let mut items = vec![
        ("comparison", Item::Table(comparison)),
        ("by-year", Item::Table(by_year(case))),
        ("activity-by-year", Item::Table(activity_by_year(case))),
        ("horizon-by-year", Item::Table(horizon(case))),
        ("statements", Item::Table(tidy("Statements", "statement", &statements(case, None, None)))),
        ("timeline-events", Item::Table(timeline(case))),
        ("ledger", Item::Table(ledger(case, None))),
    ];
    let mut left_out = Vec::new();
    let mut charts = vec![
        ("cost-by-year", cost_chart(case)),
        ("cumulative", cumulative_chart(case)),
        ("timeline", timeline_chart(case)),
        ("funding", funding_chart(case)),
        ("accounts", accounts_chart(case)),
        ("horizon", horizon_chart(case, pair)),
    ];
    if !may_vary(&case.scenario).is_empty() {
        how_sure(case, pair, &mut items, &mut charts, &mut evidence);
    }
    if let Some((first, second)) = pair.filter(|&(a, b)| has_streams(case, a) && has_streams(case, b)) {
        let bridge = bridge(&case.plan, second, first, Measure::Cost);
        charts.push(("bridge", waterfall_chart(case, &bridge)));
        items.push(("bridge-by-mechanism", Item::Table(bridge_table(case, std::slice::from_ref(&bridge)))));
        evidence.bridge = Some(bridge);
    }
    for (name, chart) in charts {
        if chart.is_empty() {
            left_out.push(name);
        } else {
            items.push((name, Item::Chart(chart)));
        }
    }
    Pack { items, left_out, evidence }
}

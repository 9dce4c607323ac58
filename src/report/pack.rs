//! The pack that `report` writes: which tables and charts, and their file names.

use super::Case;
use super::{
    accounts_chart, activity_by_year, by_year, comparison, cost_chart, cumulative_chart, funding_chart,
    horizon, horizon_chart, ledger, statements, tidy, timeline, timeline_chart,
};
use crate::chart::Chart;
use crate::id::OptionId;
use crate::table::Table;

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
}

/// Everything of a case.
pub fn pack(case: &Case, pair: Option<(OptionId, OptionId)>) -> Pack {
    let mut items = vec![
        ("comparison", Item::Table(comparison(case, pair))),
        ("by-year", Item::Table(by_year(case))),
        ("activity-by-year", Item::Table(activity_by_year(case))),
        ("horizon-by-year", Item::Table(horizon(case))),
        ("statements", Item::Table(tidy("Statements", "statement", &statements(case, None, None)))),
        ("timeline-events", Item::Table(timeline(case))),
        ("ledger", Item::Table(ledger(case, None))),
    ];
    let mut left_out = Vec::new();
    let charts = [
        ("cost-by-year", cost_chart(case)),
        ("cumulative", cumulative_chart(case)),
        ("timeline", timeline_chart(case)),
        ("funding", funding_chart(case)),
        ("accounts", accounts_chart(case)),
        ("horizon", horizon_chart(case, pair)),
    ];
    for (name, chart) in charts {
        if chart.is_empty() {
            left_out.push(name);
        } else {
            items.push((name, Item::Chart(chart)));
        }
    }
    Pack { items, left_out }
}

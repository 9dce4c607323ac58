//! The horizon curve: what each option would have cost if the appraisal ended after each year.

use super::Case;
use crate::table::{Cell, ColumnKind, Table};

/// Net present cost of every option by the end of every year.
pub fn horizon(case: &Case) -> Table {
    let mut table = Table::new("Net present cost by horizon").column("financial_year", ColumnKind::Year);
    for option in &case.scenario.options {
        table = table.column(option.id.clone(), ColumnKind::Money);
    }
    for t in 0..case.plan.horizon.years() {
        let mut cells = vec![Cell::Year(case.plan.horizon.year(t))];
        cells.extend(case.run.appraisal.options.iter().map(|option| Cell::Money(option.cumulative_cost[t])));
        table.push(cells);
    }
    table.note("Discounted real cost from the start to the end of each year.")
}

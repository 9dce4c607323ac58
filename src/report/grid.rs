//! The two-way grid as a table: the first input down, the second across.

use super::{Case, Measure, quantity};
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::Grid;

/// A figure at every pair of values of two inputs.
pub fn grid(case: &Case, grid: &Grid, measure: Measure) -> Table {
    let [down, across] = &grid.axes;
    let inputs = [down, across].map(|axis| &case.scenario.inputs[axis.input.place()]);
    let mut table = Table::new(measure.name(case)).column(inputs[0].key.clone(), ColumnKind::Text);
    for &value in &across.values {
        table = table.column(quantity(value, inputs[1].unit), ColumnKind::Money);
    }
    for (&value, row) in down.values.iter().zip(&grid.figures) {
        let mut cells = vec![Cell::text(quantity(value, inputs[0].unit))];
        cells.extend(row.iter().map(|figures| Cell::Money(measure.of(figures))));
        table.push(cells);
    }
    let central = |i: usize| quantity(inputs[i].estimate.central(), inputs[i].unit);
    table.note(format!(
        "Down: `{}` (central {}). Across: `{}` (central {}). All other inputs at their central values; present \
         values in {}.",
        inputs[0].key,
        central(0),
        inputs[1].key,
        central(1),
        case.real_prices(),
    ))
}

/// Several figures at every pair of values as rows of one form, for programs.
pub fn grid_rows(case: &Case, grid: &Grid, measures: &[Measure]) -> Table {
    let [down, across] = &grid.axes;
    let inputs = [down, across].map(|axis| &case.scenario.inputs[axis.input.place()]);
    let mut table = Table::new("Two-way grid")
        .column(inputs[0].key.clone(), ColumnKind::Text)
        .column(inputs[1].key.clone(), ColumnKind::Text);
    for measure in measures {
        table = table.column(measure.name(case), ColumnKind::Money);
    }
    for (&a, row) in down.values.iter().zip(&grid.figures) {
        for (&b, figures) in across.values.iter().zip(row) {
            let mut cells =
                vec![Cell::text(quantity(a, inputs[0].unit)), Cell::text(quantity(b, inputs[1].unit))];
            cells.extend(measures.iter().map(|measure| Cell::Money(measure.of(figures))));
            table.push(cells);
        }
    }
    table
}

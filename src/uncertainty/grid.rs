//! The two-way grid: every pair of values of two inputs, run.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::sensitivity::Figures;
use super::worlds::{Range, Worlds};
use crate::id::InputId;
use crate::scenario::{Estimate, Scenario, Unit};

/// An input and the values that it takes, the lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The input.
    pub input: InputId,
    /// Its values, in its unit.
    pub values: Vec<Decimal>,
}

impl Axis {
    /// So many values (at least two) from one end of a range to the other, both included: evenly, but each one
    /// that people can read, in whole months where there is room. An input that is one of two values takes
    /// those two.
    pub fn new(scenario: &Scenario, input: InputId, range: Range, steps: usize) -> Self {
        let of = &scenario.inputs[input.place()];
        let count = if matches!(of.estimate, Estimate::Chance { .. }) { 2 } else { steps.max(2) };
        let places = decimals(of.unit, range, count);
        let last = count - 1;
        let value = |i: usize| match i {
            0 => range.low,
            _ if i == last => range.high,
            _ => {
                let share = Decimal::from(i) / Decimal::from(last);
                (range.low + range.width() * share).round_dp_with_strategy(places, MidpointAwayFromZero)
            }
        };
        let mut values: Vec<Decimal> = (0..count).map(value).collect();
        values.dedup();
        Self { input, values }
    }
}

/// How many decimal places of a value on an axis are kept.
fn decimals(unit: Unit, range: Range, count: usize) -> u32 {
    let step = range.width() / Decimal::from(count - 1);
    match unit {
        Unit::Months if step >= Decimal::ONE => 0,
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth => 2,
        Unit::Rate => 6,
        _ => 4,
    }
}

/// The figures at every pair of values.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The two inputs: the first down the rows, the second along the columns.
    pub axes: [Axis; 2],
    /// The figures: a row for each value of the first axis, a column for each of the second.
    pub figures: Vec<Vec<Figures>>,
}

/// Runs every pair of values of two inputs.
pub fn grid(scenario: &Scenario, axes: [Axis; 2]) -> Grid {
    let worlds = Worlds::new(scenario);
    let [down, across] = &axes;
    let at = |a, b| Figures::of(&worlds.appraise(&[(down.input, a), (across.input, b)]));
    let row = |&a: &Decimal| across.values.iter().map(|&b| at(a, b)).collect();
    Grid { figures: down.values.iter().map(row).collect(), axes }
}

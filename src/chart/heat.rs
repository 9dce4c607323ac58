//! A grid of results over the values of two inputs.

use super::words::{are_nought, finite, remark};
use crate::money::change;

/// Results by two inputs, parted by their sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The input whose values stand side by side.
    pub across: HeatAxis,
    /// The input whose values stand below each other, from top to bottom.
    pub down: HeatAxis,
    /// Pounds, by value of [`Heat::down`] and then of [`Heat::across`]; what is missing counts as nought.
    pub cells: Vec<Vec<f64>>,
    /// The cell with both inputs at their central values: its place down and across.
    pub central: Option<(usize, usize)>,
    /// What a result below nought means: `Team-funded costs less`.
    pub below: String,
    /// What a result above nought means: `Team-funded costs more`.
    pub above: String,
}

/// An input of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatAxis {
    /// Its key path, or its name.
    pub name: String,
    /// Its values with their unit, such as `9 months`.
    pub values: Vec<String>,
}

/// -1, 0 or 1, to the pound.
pub(crate) fn sign(amount: f64) -> i8 {
    i8::from(amount >= 0.5) - i8::from(amount <= -0.5)
}

impl Heat {
    /// The result in a cell.
    pub(crate) fn at(&self, down: usize, across: usize) -> f64 {
        self.cells.get(down).and_then(|row| row.get(across)).copied().map_or(0.0, finite)
    }

    /// All results.
    pub(crate) fn all(&self) -> impl Iterator<Item = f64> {
        let across = self.across.values.len();
        (0..self.down.values.len()).flat_map(move |d| (0..across).map(move |a| self.at(d, a)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all().all(|amount| are_nought(&[amount]))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let (down, across) = (&self.down, &self.across);
        let mut words = vec![
            "Grid of results by two inputs".to_owned(),
            remark(&format!("From top to bottom, {}", down.name), &down.values.join(", ")),
            remark(&format!("From left to right, {}", across.name), &across.values.join(", ")),
        ];
        let count = |wanted: i8| self.all().filter(|a| sign(*a) == wanted).count();
        let cells = self.all().count();
        for (wanted, meaning) in [(-1, &self.below), (1, &self.above)] {
            words.push(remark(meaning, &format!("{} of {cells} cells", count(wanted))));
        }
        let (low, high) = self.all().fold((f64::MAX, f64::MIN), |(l, h), a| (l.min(a), h.max(a)));
        if cells > 0 {
            words.push(format!("Results from {} to {}", change(low), change(high)));
        }
        words.extend(self.central.map(|(d, a)| format!("{} at the central values", change(self.at(d, a)))));
        words
    }
}

//! From one total to another by signed steps: the bridge between two options.

use super::words::{are_nought, finite, remark};
use crate::money::{brief, change};

/// A bridge. Its steps lead from one total to the other; what they leave over is said, not hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// The total it starts from.
    pub from: Amount,
    /// The signed steps, from the first to the last. Those of no pound are listed rather than drawn.
    pub steps: Vec<Amount>,
    /// The total it leads to.
    pub to: Amount,
}

/// A sum of money with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// What it is.
    pub name: String,
    /// Pounds.
    pub amount: f64,
}

impl Amount {
    /// Pounds, fit to draw.
    pub(crate) fn pounds(&self) -> f64 {
        finite(self.amount)
    }
}

impl Waterfall {
    pub(super) fn is_empty(&self) -> bool {
        let ends = [self.from.amount, self.to.amount];
        are_nought(&ends) && self.steps.iter().all(|s| are_nought(&[s.amount]))
    }

    /// The steps of a pound or more.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = &Amount> {
        self.steps.iter().filter(|s| s.pounds().abs() >= 0.5)
    }

    /// What is to be said of steps that aren't drawn, and of a sum that doesn't come out.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let nought: Vec<&str> =
            self.steps.iter().filter(|s| s.pounds().abs() < 0.5).map(|s| s.name.trim()).collect();
        let mut remarks = Vec::new();
        if !nought.is_empty() {
            remarks.push(format!("No difference: {}.", nought.join("; ")));
        }
        let steps: f64 = self.steps.iter().map(Amount::pounds).sum();
        let left = self.to.pounds() - self.from.pounds() - steps;
        if left.abs() >= 0.5 {
            remarks.push(format!("Not explained by the steps: {}.", change(left)));
        }
        remarks
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let total = |total: &Amount| format!("{} ({})", total.name, brief(total.pounds()));
        let mut words = vec![format!("Bars that lead from {} to {}", total(&self.from), total(&self.to))];
        words.extend(self.drawn().map(|s| remark(&s.name, &change(s.pounds()))));
        words.extend(self.remarks());
        words
    }
}

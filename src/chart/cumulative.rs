//! Cumulative cost and benefit by month.

use super::words::{are_nought, remark};
use crate::calendar::{Horizon, Month};

/// Cumulative cost and benefit by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulative {
    /// The months, and how they fall into financial years.
    pub horizon: Horizon,
    /// One for each option.
    pub panels: Vec<BalancePanel>,
}

/// Cost against benefit of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct BalancePanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name; may be empty.
    pub note: String,
    /// Pounds spent from the start to the end of each month.
    pub cost: Vec<f64>,
    /// Pounds of benefit from the start to the end of each month.
    pub benefit: Vec<f64>,
    /// When the second catches up with the first.
    pub payback: Payback,
}

/// When benefit catches up with cost, for good or ill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// In this month.
    In(Month),
    /// Not within the horizon.
    NotWithinHorizon,
    /// There is no outlay to pay back, or no benefit is counted: nothing is marked.
    NotApplicable,
}

impl Cumulative {
    pub(super) fn is_empty(&self) -> bool {
        self.panels.iter().all(|p| are_nought(&p.cost) && are_nought(&p.benefit))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let last = self.horizon.last().in_words();
        let span = format!("{} to {last}", self.horizon.start().in_words());
        let mut words = vec![format!("Lines of cumulative cost and benefit by month, {span}")];
        for panel in &self.panels {
            words.push(remark(&panel.name, &panel.note));
            words.extend(panel.payback.in_words(self.horizon));
        }
        words
    }
}

impl Payback {
    /// As a remark: `Pays back Mar 2030`; nothing if it doesn't apply.
    pub fn in_words(self, horizon: Horizon) -> Option<String> {
        match self {
            Self::In(month) => Some(format!("Pays back {}", month.in_words())),
            Self::NotWithinHorizon => Some(format!("Not paid back by {}", horizon.last().in_words())),
            Self::NotApplicable => None,
        }
    }
}

//! Stacked columns by financial year.

use super::Ink;
use super::words::{are_nought, remark, span};
use crate::calendar::FinancialYear;

/// Stacked columns by financial year; small multiples on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The years, from left to right.
    pub years: Vec<FinancialYear>,
    /// What the columns are made of, from the axis outwards.
    pub series: Vec<Series>,
    /// One for each option.
    pub panels: Vec<ColumnPanel>,
}

/// A part of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name in the key.
    pub name: String,
    /// Its meaning.
    pub ink: Ink,
}

/// The columns of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name, such as the total; may be empty.
    pub note: String,
    /// Pounds, by series and then by year; what is missing counts as nought.
    pub amounts: Vec<Vec<f64>>,
}

impl Columns {
    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty() || self.panels.iter().flat_map(|p| &p.amounts).all(|a| are_nought(a))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let Some(span) = span(&self.years) else { return vec!["No years".into()] };
        let parts: Vec<&str> = self.series.iter().map(|s| s.name.as_str()).collect();
        let mut words = vec![format!("Stacked columns by financial year, {span}")];
        words.push(format!("From the axis outwards: {}", parts.join(", ")));
        words.extend(self.panels.iter().map(|p| remark(&p.name, &p.note)));
        words
    }
}

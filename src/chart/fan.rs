//! Cumulative cost by financial year with bands of likelihood.

use super::words::{are_nought, finite, remark, span};
use crate::calendar::FinancialYear;
use crate::money::brief;

/// Bands around a middle line, widening over the years; small multiples on one scale. Every line starts from
/// nought at the start of the first year.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// The years, from left to right.
    pub years: Vec<FinancialYear>,
    /// The names of the bands, from the widest to the narrowest: `P5 to P95`, `P25 to P75`.
    pub bands: Vec<String>,
    /// One for each option.
    pub panels: Vec<FanPanel>,
}

/// The fan of one option. What is missing from a list stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct FanPanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name; may be empty.
    pub note: String,
    /// In the order of [`Fan::bands`].
    pub bands: Vec<FanBand>,
    /// Pounds to the end of each year that are exceeded as often as not.
    pub median: Vec<f64>,
}

/// A band of a fan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FanBand {
    /// Pounds to the end of each year at its lower edge.
    pub low: Vec<f64>,
    /// Pounds to the end of each year at its upper edge.
    pub high: Vec<f64>,
}

fn at(amounts: &[f64], year: usize) -> f64 {
    amounts.get(year).or(amounts.last()).copied().map_or(0.0, finite)
}

impl FanPanel {
    /// The middle at the end of a year.
    pub(crate) fn middle(&self, year: usize) -> f64 {
        at(&self.median, year)
    }

    /// The lower and the upper edge of a band at the end of a year. `None` if the option has no such band.
    pub(crate) fn edges(&self, band: usize, year: usize) -> Option<(f64, f64)> {
        let band = self.bands.get(band)?;
        let (low, high) = (at(&band.low, year), at(&band.high, year));
        Some((low.min(high), low.max(high)))
    }
}

impl Fan {
    pub(super) fn is_empty(&self) -> bool {
        let is_nought = |p: &FanPanel| {
            are_nought(&p.median) && p.bands.iter().all(|b| are_nought(&b.low) && are_nought(&b.high))
        };
        self.years.is_empty() || self.panels.iter().all(is_nought)
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let Some(span) = span(&self.years) else { return vec!["No years".into()] };
        let mut words = vec![format!("Cumulative cost with bands of likelihood by financial year, {span}")];
        for panel in &self.panels {
            words.push(remark(&panel.name, &panel.note));
            words.push(self.end_in_words(panel));
        }
        words
    }

    fn end_in_words(&self, panel: &FanPanel) -> String {
        let last = self.years.len() - 1;
        let bands = self.bands.iter().enumerate().filter_map(|(nth, name)| {
            let (low, high) = panel.edges(nth, last)?;
            Some(format!("; {} to {} ({name})", brief(low), brief(high)))
        });
        format!("Median {} at the end{}", brief(panel.middle(last)), bands.collect::<String>())
    }
}

//! The value of assets, and what a year is charged with, by financial year.

use super::Series;
use super::words::{are_nought, finite, most, remark, span};
use crate::calendar::FinancialYear;
use crate::money::brief;

/// Asset value above, effect on income and expenditure below; options side by side. All panels of a row share
/// a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Assets {
    /// The years, from left to right.
    pub years: Vec<FinancialYear>,
    /// What the effect is made of, from the axis outwards: costs upwards, benefits downwards.
    pub effects: Vec<Series>,
    /// One for each option.
    pub panels: Vec<AssetPanel>,
}

/// The accounts of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetPanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name; may be empty.
    pub note: String,
    /// Net book value of assets in use at the end of each year, pounds; what is missing counts as nought.
    pub in_use: Vec<f64>,
    /// Assets under construction at the end of each year, pounds.
    pub under_construction: Vec<f64>,
    /// Pounds charged, by part and then by year: a cost is positive, a benefit negative.
    pub effects: Vec<Vec<f64>>,
}

fn at(amounts: &[f64], year: usize) -> f64 {
    amounts.get(year).copied().map_or(0.0, finite)
}

impl AssetPanel {
    /// Value at the end of a year: in use, and under construction.
    pub(crate) fn value(&self, year: usize) -> [f64; 2] {
        [at(&self.in_use, year), at(&self.under_construction, year)]
    }

    /// A part of the effect.
    pub(crate) fn effect(&self, part: usize, year: usize) -> f64 {
        self.effects.get(part).map_or(0.0, |amounts| at(amounts, year))
    }
}

impl Assets {
    pub(super) fn is_empty(&self) -> bool {
        let are_nought = |p: &AssetPanel| {
            [&p.in_use, &p.under_construction].into_iter().chain(&p.effects).all(|a| are_nought(a))
        };
        self.years.is_empty() || self.panels.iter().all(are_nought)
    }

    /// The effect of all parts in a year.
    pub(crate) fn net(&self, panel: &AssetPanel, year: usize) -> f64 {
        (0..self.effects.len()).map(|part| panel.effect(part, year)).sum()
    }

    /// The year in which most is charged, and how much; the first of several. `None` if no year is charged.
    pub(crate) fn peak(&self, panel: &AssetPanel) -> Option<(usize, f64)> {
        most(self.years.len(), |year| self.net(panel, year))
    }

    /// The year at whose end assets are worth most, and how much.
    pub(crate) fn highest(&self, panel: &AssetPanel) -> Option<(usize, f64)> {
        most(self.years.len(), |year| panel.value(year).iter().sum())
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let Some(span) = span(&self.years) else { return vec!["No years".into()] };
        let parts: Vec<&str> = self.effects.iter().map(|s| s.name.as_str()).collect();
        let mut words =
            vec![format!("Net book value and effect on income and expenditure by financial year, {span}")];
        words.push(format!("The effect is made of {}", parts.join(", ")));
        for panel in &self.panels {
            words.push(remark(&panel.name, &panel.note));
            words.push(self.panel_in_words(panel));
        }
        words
    }

    fn panel_in_words(&self, panel: &AssetPanel) -> String {
        let told = |most: Option<(usize, f64)>| {
            most.map(|(year, amount)| format!("{} in {}", brief(amount), self.years[year]))
        };
        let value = told(self.highest(panel)).map_or("No asset value".into(), |most| {
            let last: f64 = panel.value(self.years.len() - 1).iter().sum();
            format!("Net book value at most {most}, {} at the end", brief(last))
        });
        let all: f64 = (0..self.years.len()).map(|year| self.net(panel, year)).sum();
        let peak = told(self.peak(panel)).map_or(String::new(), |peak| format!(", at most {peak}"));
        format!("{value}; net effect {} in all{peak}", brief(all))
    }
}

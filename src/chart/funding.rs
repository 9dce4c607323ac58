//! What is needed against what funds there are, by financial year and kind of money.

use super::words::{are_nought, finite, most, remark, span};
use crate::calendar::FinancialYear;
use crate::money::brief;

/// Need and funds by financial year: options side by side, kinds of money below each other. All panels of a
/// kind share a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// The years, from left to right.
    pub years: Vec<FinancialYear>,
    /// The kinds of money, from top to bottom: `Capital`, `Revenue`.
    pub kinds: Vec<String>,
    /// One for each option.
    pub panels: Vec<FundingPanel>,
}

/// Need and funds of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingPanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name, such as what is short in all; may be empty.
    pub note: String,
    /// By kind and then by year; what is missing counts as nought.
    pub kinds: Vec<Vec<FundedYear>>,
}

/// One kind of money in one year, pounds. What is needed is `paid + gap`; the funds that there are, those
/// brought forward included, are `paid + lapsed + carried`. So a gap can stand beside a lapse: of money that may
/// not be spent on what is short of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FundedYear {
    /// Needed, and paid for by funds.
    pub paid: f64,
    /// Needed, and not funded.
    pub gap: f64,
    /// Funds lost unspent.
    pub lapsed: f64,
    /// Funds unspent that stay for the next year.
    pub carried: f64,
}

impl FundedYear {
    /// With amounts fit to draw: a gap, a lapse or a carry-forward below nought is none.
    fn checked(self) -> Self {
        let unsigned = |amount| finite(amount).max(0.0);
        Self {
            paid: finite(self.paid),
            gap: unsigned(self.gap),
            lapsed: unsigned(self.lapsed),
            carried: unsigned(self.carried),
        }
    }
}

impl FundingPanel {
    /// One kind in one year, fit to draw.
    pub(crate) fn at(&self, kind: usize, year: usize) -> FundedYear {
        self.kinds.get(kind).and_then(|years| years.get(year)).copied().unwrap_or_default().checked()
    }
}

impl Funding {
    pub(super) fn is_empty(&self) -> bool {
        let years = self.panels.iter().flat_map(|p| &p.kinds).flatten().map(|y| y.checked());
        let is_nought = |y: FundedYear| are_nought(&[y.paid, y.gap, y.lapsed, y.carried]);
        self.years.is_empty() || self.kinds.is_empty() || years.into_iter().all(is_nought)
    }

    /// The year with most of something, and how much of it.
    pub(crate) fn most(
        &self,
        panel: &FundingPanel,
        kind: usize,
        of: fn(FundedYear) -> f64,
    ) -> Option<(usize, f64)> {
        most(self.years.len(), |year| of(panel.at(kind, year)))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let Some(span) = span(&self.years) else { return vec!["No years".into()] };
        let mut words = vec![format!("Need against funds by financial year, {span}")];
        for panel in &self.panels {
            words.push(remark(&panel.name, &panel.note));
            for (kind, name) in self.kinds.iter().enumerate() {
                words.push(remark(name, &self.kind_in_words(panel, kind)));
            }
        }
        words
    }

    fn kind_in_words(&self, panel: &FundingPanel, kind: usize) -> String {
        let sum = |of: fn(FundedYear) -> f64| {
            brief((0..self.years.len()).map(|year| of(panel.at(kind, year))).sum::<f64>())
        };
        let most = |of: fn(FundedYear) -> f64| {
            let (year, amount) = self.most(panel, kind, of)?;
            Some(format!("{}, at most {} in a year ({})", sum(of), brief(amount), self.years[year]))
        };
        let gap = most(|y| y.gap).map_or("no gap".into(), |gap| format!("gap {gap}"));
        let lapse = most(|y| y.lapsed).map_or("nothing lapses".into(), |lapse| format!("lapses {lapse}"));
        format!("needs {}; {gap}; {lapse}", sum(|y| y.paid + y.gap))
    }
}

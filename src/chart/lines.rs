//! One line of money over time for each option, with points marked, such as where two of them cross.

use super::words::{are_nought, finite, remark, span};
use crate::calendar::{FinancialYear, Horizon};
use crate::money::brief;

/// Lines over time on one scale, each named where it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// When the amounts are.
    pub moments: Moments,
    /// One for each option.
    pub lines: Vec<Line>,
    /// What to point out.
    pub marks: Vec<Mark>,
}

/// When the amounts of a line are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moments {
    /// One amount a year, such as the total at its end. Drawn in the middle of the year.
    Years(Vec<FinancialYear>),
    /// Likewise, where years lie in the horizon only in part: each is as wide as its part.
    Parts(Horizon),
    /// One amount at the end of each month.
    Months(Horizon),
}

/// The line of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The option's name.
    pub name: String,
    /// A remark for the description; may be empty.
    pub note: String,
    /// Pounds, by moment; what is missing stays as it was.
    pub amounts: Vec<f64>,
}

/// A point to which the picture points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line it is on, by its place in [`Lines::lines`]. A mark on no line is left out.
    pub line: usize,
    /// The line that it meets there, if it marks where two cross: it then stands where they do, which may be
    /// between this moment and the one before.
    pub crosses: Option<usize>,
    /// The moment, counted from nought.
    pub at: usize,
    /// What happens, such as `Order flips in 2031-32`.
    pub label: String,
}

impl Moments {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Years(years) => years.len(),
            Self::Parts(horizon) => horizon.years(),
            Self::Months(horizon) => horizon.months(),
        }
    }

    fn in_words(&self) -> Option<String> {
        match self {
            Self::Years(years) => Some(format!("by financial year, {}", span(years)?)),
            Self::Parts(horizon) => {
                let years: Vec<FinancialYear> = (0..horizon.years()).map(|t| horizon.year(t)).collect();
                Some(format!("by financial year, {}", span(&years)?))
            }
            Self::Months(horizon) => {
                let (first, last) = (horizon.start().in_words(), horizon.last().in_words());
                Some(format!("by month, {first} to {last}"))
            }
        }
    }
}

impl Line {
    /// The amount at a moment.
    pub(crate) fn at(&self, moment: usize) -> f64 {
        self.amounts.get(moment).or(self.amounts.last()).copied().map_or(0.0, finite)
    }
}

impl Lines {
    pub(super) fn is_empty(&self) -> bool {
        self.moments.count() == 0 || self.lines.iter().all(|line| are_nought(&line.amounts))
    }

    /// The amount of a line at the last moment.
    pub(crate) fn last(&self, line: &Line) -> f64 {
        line.at(self.moments.count().saturating_sub(1))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let Some(span) = self.moments.in_words() else { return vec!["No years".into()] };
        let mut words = vec![format!("Lines {span}")];
        words.extend(self.lines.iter().map(|line| {
            let end = format!("{} at the end", brief(self.last(line)));
            remark(&line.name, &if line.note.is_empty() { end } else { format!("{end}; {}", line.note) })
        }));
        words.extend(self.marks.iter().filter(|m| m.line < self.lines.len()).map(|m| m.label.clone()));
        words
    }
}

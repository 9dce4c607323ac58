//! Columns of several parts, one for each financial year: costs stack upwards from nought, benefits downwards.

use super::canvas::{Canvas, Outline, Rect};
use super::scale::{Money, Years};
use super::style::{self, Fill};
use crate::chart::Series;

/// Columns are no wider than this, however few they are.
const WIDEST: f64 = 110.0;
/// The share of a year's width that its column fills.
const FILLED: f64 = 0.78;

/// Pounds of a part in a year.
pub(super) type Amounts<'a> = &'a dyn Fn(usize, usize) -> f64;

/// The parts of columns, from the axis outwards, with their names and fills.
pub(super) struct Stacks<'a>(Vec<(&'a str, Fill)>);

/// The left edge and the width of a year's column.
pub(super) fn column((left, right): (f64, f64)) -> (f64, f64) {
    let width = ((right - left) * FILLED).min(WIDEST);
    ((left + right - width) / 2.0, width)
}

/// The rim of a column so wide: too narrow a one would be nothing but rim.
pub(super) fn rim(width: f64) -> f64 {
    if width < 8.0 { 0.0 } else { 1.0 }
}

/// A few columns don't spread over the whole width.
pub(super) fn narrowed(area: Rect, left: f64, years: usize, panels: usize) -> Rect {
    let widest = (years + 2) as f64 * WIDEST * 1.6 * panels as f64;
    Rect { width: area.width.min(left + widest), ..area }
}

impl<'a> Stacks<'a> {
    pub(super) fn of(series: &'a [Series]) -> Self {
        Self(series.iter().map(|s| (s.name.as_str(), style::fill(s.ink))).collect())
    }

    /// What stands above nought in a year, and what hangs below it.
    pub(super) fn extent(&self, amounts: Amounts<'_>, year: usize) -> (f64, f64) {
        let amounts = (0..self.0.len()).map(|part| amounts(part, year));
        amounts.fold((0.0, 0.0), |(up, down), a| (up + a.max(0.0), down + a.min(0.0)))
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        amounts: Amounts<'_>,
        plot: Rect,
        money: Money,
        years: &Years,
    ) {
        let mut reached = vec![(0.0, 0.0); years.spans.len()];
        for (part, (name, fill)) in self.0.iter().enumerate() {
            let mut outline = Outline::default();
            let mut widest = 0.0_f64;
            for (year, ((_, left, right), (up, down))) in years.spans.iter().zip(&mut reached).enumerate() {
                let amount = amounts(part, year);
                let base = if amount < 0.0 { down } else { up };
                let (from, to) = (money.y(plot, *base), money.y(plot, *base + amount));
                *base += amount;
                let (x, width) = column((*left, *right));
                widest = widest.max(width);
                if amount != 0.0 {
                    outline.rect(Rect { x, y: from.min(to), width, height: (to - from).abs() });
                }
            }
            canvas.mark(&outline, *fill, rim(widest), name);
        }
    }
}

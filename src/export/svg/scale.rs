//! From amounts and months to pixels: the money axis with ticks at round numbers, and the years axis.
//!
//! Round numbers are found by counting up, not by logarithms, whose last digit differs between machines.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::style::{self, Face};
use super::text;
use crate::calendar::{FinancialYear, Horizon};
use crate::money::Scale;

/// Between the labels of a money axis and its plot.
const LABEL_GAP: f64 = 10.0;

/// A money axis that starts and ends on a tick, in pounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Money {
    /// Pounds between ticks.
    step: f64,
    /// The ticks, in steps from nought.
    first: i64,
    last: i64,
}

impl Money {
    /// An axis that holds nought and all the amounts, with about so many steps.
    pub(super) fn around(amounts: impl IntoIterator<Item = f64>, steps: f64) -> Self {
        let (low, high) = amounts.into_iter().fold((0.0_f64, 0.0_f64), |(l, h), a| (l.min(a), h.max(a)));
        Self::over(low, high, steps)
    }

    /// An axis that holds all the amounts, and nought only if it lies among them. For positions, not for lengths.
    pub(super) fn between(amounts: impl IntoIterator<Item = f64>, steps: f64) -> Self {
        let ends = |(l, h): (f64, f64), a: f64| (l.min(a), h.max(a));
        let (low, high) = amounts.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), ends);
        if low > high {
            return Self::around([], steps);
        }
        // A single amount stands in the middle of a narrow axis.
        let size = low.abs().max(high.abs());
        let pad = if high - low <= size * 1e-6 { (size * 0.05).max(1.0) } else { 0.0 };
        Self::over(low - pad, high + pad, steps)
    }

    fn over(low: f64, high: f64, steps: f64) -> Self {
        // No finer than amounts of this size can be told apart.
        let least = low.abs().max(high.abs()) * 1e-9;
        let step = round_step(((high - low) / steps.max(1.0)).max(least));
        Self { step, first: (low / step).floor() as i64, last: (high / step).ceil() as i64 }
    }

    /// The ticks in pounds, from the lowest.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        (self.first..=self.last).map(move |nth| nth as f64 * self.step)
    }

    /// Where an amount stands in a plot.
    pub(super) fn y(self, plot: Rect, amount: f64) -> f64 {
        plot.bottom() - self.share(amount) * plot.height
    }

    /// How far along the axis an amount stands: nought at the first tick, one at the last.
    pub(super) fn share(self, amount: f64) -> f64 {
        let (low, high) = (self.first as f64 * self.step, self.last as f64 * self.step);
        if self.first == self.last { 0.0 } else { (amount - low) / (high - low) }
    }

    /// A tick in words. One axis has one unit and one number of decimals, so that its labels compare.
    pub(super) fn label(self, tick: f64) -> String {
        let largest = self.first.unsigned_abs().max(self.last.unsigned_abs()) as f64 * self.step;
        let decimals = |unit: f64| {
            let is_enough = |&d: &u32| is_whole(self.step / unit * f64::from(10_i32.pow(d)));
            (0..9).find(is_enough).unwrap_or(9) as usize
        };
        Scale::of(largest, decimals).label(tick)
    }

    /// Draws grid lines and, if asked, their labels; the marks go over them.
    pub(super) fn draw(self, canvas: &mut Canvas, plot: Rect, labelled: bool) {
        for tick in self.ticks() {
            let y = self.y(plot, tick);
            canvas.line((plot.x, y), (plot.right(), y), Pen::solid(style::GRID, 1.0));
            if labelled {
                let at = (plot.x - LABEL_GAP, y + style::TICK.middle());
                canvas.text(at, Anchor::End, style::TICK, &self.label(tick));
            }
        }
    }

    /// Draws the line of nought, over the marks that stand on it.
    pub(super) fn draw_nought(self, canvas: &mut Canvas, plot: Rect) {
        let y = self.y(plot, 0.0);
        canvas.line((plot.x, y), (plot.right(), y), Pen::solid(style::AXIS, 1.5));
    }

    /// The room that its labels need left of a plot.
    pub(super) fn room(self) -> f64 {
        self.ticks().map(|t| text::width(&self.label(t), style::TICK)).fold(0.0, f64::max) + LABEL_GAP + 4.0
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// The smallest of 1, 2, 2.5, 5, 10, 20, 25 ... pounds that is no less than this.
fn round_step(least: f64) -> f64 {
    let mut power = 1.0;
    loop {
        // £2.50 is not a round number of pounds.
        let steps: &[f64] = if power < 10.0 { &[1.0, 2.0, 5.0] } else { &[1.0, 2.0, 2.5, 5.0] };
        match steps.iter().map(|s| s * power).find(|&s| s >= least) {
            Some(step) => return step,
            None => power *= 10.0,
        }
    }
}

/// The horizontal axis: financial years of a plot, each with its left and right edge.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Years {
    pub(super) spans: Vec<(FinancialYear, f64, f64)>,
}

impl Years {
    /// Years of one width each.
    pub(super) fn even(years: &[FinancialYear], plot: Rect) -> Self {
        let pitch = plot.width / years.len().max(1) as f64;
        let left = |nth: usize| plot.x + nth as f64 * pitch;
        let spans = years.iter().enumerate().map(|(n, &year)| (year, left(n), left(n + 1)));
        Self { spans: spans.collect() }
    }

    /// The years of a horizon, month by month.
    pub(super) fn of(horizon: Horizon, plot: Rect) -> Self {
        let span = |t: usize| {
            let months = horizon.months_of(horizon.year(t));
            let (from, until) = (months.start as f64, months.end as f64);
            (horizon.year(t), month_x(horizon, plot, from), month_x(horizon, plot, until))
        };
        let years = if horizon.months() == 0 { 0 } else { horizon.years() };
        Self { spans: (0..years).map(span).collect() }
    }

    /// Draws ticks where years begin, and as many names of years as have room. Where only some have, a
    /// stronger tick shows the year that is meant.
    pub(super) fn draw(&self, canvas: &mut Canvas, plot: Rect, tick: (f64, f64), baseline: f64, face: Face) {
        for (_, x, _) in &self.spans {
            canvas.line((*x, tick.0), (*x, tick.1), Pen::solid(style::GRID, 1.0));
        }
        let names = self.names(plot, face);
        for name in &names {
            if names.len() < self.spans.len() {
                canvas.line((name.year, tick.0), (name.year, tick.0 + 7.0), Pen::solid(style::AXIS, 1.2));
            }
            canvas.text((name.middle, baseline), Anchor::Middle, face, &name.text);
        }
    }

    /// The names of years that have room: every year, or every so many.
    fn names(&self, plot: Rect, face: Face) -> Vec<YearName> {
        let strides = [1, 2, 3, 5, 10, 20, 50];
        let names = strides.iter().map(|&stride| self.every(stride, plot, face));
        names.into_iter().flatten().next().unwrap_or_default()
    }

    /// The names of every so many years, kept inside the plot; `None` if they don't all have room.
    fn every(&self, stride: usize, plot: Rect, face: Face) -> Option<Vec<YearName>> {
        let mut free_from = f64::NEG_INFINITY;
        let mut names = Vec::new();
        for (year, left, right) in self.spans.iter().step_by(stride) {
            let text = year.to_string();
            let half = text::width(&text, face) / 2.0;
            let year = (left + right) / 2.0;
            let middle = year.min(plot.right() - half).max(plot.x + half);
            if middle - half < free_from {
                return None;
            }
            free_from = middle + half + face.size * 0.6;
            names.push(YearName { text, middle, year });
        }
        Some(names)
    }
}

/// The name of a year on the axis, with the middles of the name and of the year.
#[derive(Clone, Debug, PartialEq)]
struct YearName {
    text: String,
    middle: f64,
    year: f64,
}

/// Where the start of the nth month stands; fractions lie inside a month.
pub(super) fn month_x(horizon: Horizon, plot: Rect, months: f64) -> f64 {
    plot.x + months / horizon.months().max(1) as f64 * plot.width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(amounts: &[f64]) -> Vec<String> {
        let axis = Money::around(amounts.iter().copied(), 5.0);
        axis.ticks().map(|t| axis.label(t)).collect()
    }

    #[test]
    fn ticks_are_round_and_in_one_unit() {
        assert_eq!(labels(&[2_300_000.0]), ["£0", "£0.5m", "£1.0m", "£1.5m", "£2.0m", "£2.5m"]);
        assert_eq!(labels(&[940_000.0]), ["£0", "£0.2m", "£0.4m", "£0.6m", "£0.8m", "£1.0m"]);
        assert_eq!(labels(&[1_100_000.0]), ["£0", "£0.25m", "£0.50m", "£0.75m", "£1.00m", "£1.25m"]);
        assert_eq!(labels(&[7.0]), ["£0", "£2", "£4", "£6", "£8"]);
        assert_eq!(labels(&[4.2e10]), ["£0", "£10bn", "£20bn", "£30bn", "£40bn", "£50bn"]);
    }

    #[test]
    fn negative_amounts_extend_the_axis_below_nought() {
        assert_eq!(labels(&[-1_300.0, 2_100.0]), ["−£2k", "−£1k", "£0", "£1k", "£2k", "£3k"]);
        assert_eq!(labels(&[-30.0]), ["−£30", "−£20", "−£10", "£0"]);
    }

    #[test]
    fn an_axis_between_amounts_leaves_nought_out_unless_it_is_among_them() {
        let labels = |amounts: &[f64]| {
            let axis = Money::between(amounts.iter().copied(), 4.0);
            axis.ticks().map(|t| axis.label(t)).collect::<Vec<_>>()
        };
        assert_eq!(labels(&[12.31e6, 12.36e6]), ["£12.30m", "£12.32m", "£12.34m", "£12.36m"]);
        assert_eq!(labels(&[-90.0, 150.0]), ["−£100", "£0", "£100", "£200"]);
        assert_eq!(labels(&[2e6]), ["£1.90m", "£1.95m", "£2.00m", "£2.05m", "£2.10m"]);
        assert_eq!(labels(&[]), ["£0"]);
    }

    #[test]
    fn nought_throughout_is_an_axis_of_one_tick() {
        assert_eq!(labels(&[0.0, 0.0]), ["£0"]);
        assert_eq!(labels(&[]), ["£0"]);
    }

    #[test]
    fn amounts_lie_between_the_ticks_around_them() {
        let plot = Rect { x: 0.0, y: 100.0, width: 10.0, height: 400.0 };
        let axis = Money::around([-500.0, 1_500.0], 4.0);
        assert!((axis.y(plot, -500.0) - 500.0).abs() < 1e-9);
        assert!((axis.y(plot, 0.0) - 400.0).abs() < 1e-9);
        assert!((axis.y(plot, 1_500.0) - 100.0).abs() < 1e-9);
    }
}

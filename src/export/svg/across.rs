//! The money axis from left to right.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::scale::Money;
use super::{style, text};

/// For the labels below a plot.
pub(super) const BELOW: f64 = 32.0;
/// Between two labels.
const GAP: f64 = 18.0;

impl Money {
    /// Where an amount stands in a plot.
    pub(super) fn x(self, plot: Rect, amount: f64) -> f64 {
        plot.x + self.share(amount) * plot.width
    }

    /// How far its labels reach over the ends of a plot.
    pub(super) fn overhang(self) -> f64 {
        self.widest() / 2.0
    }

    fn widest(self) -> f64 {
        self.ticks().map(|t| text::width(&self.label(t), style::TICK)).fold(0.0, f64::max)
    }

    /// Draws grid lines, and as many of their labels below the plot as have room; the marks go over them.
    pub(super) fn draw_across(self, canvas: &mut Canvas, plot: Rect) {
        let ticks: Vec<f64> = self.ticks().collect();
        let pitch = plot.width / ticks.len().saturating_sub(1).max(1) as f64;
        let stride = ((self.widest() + GAP) / pitch.max(1.0)).ceil().max(1.0) as usize;
        let baseline = plot.bottom() + 8.0 + style::TICK.rise();
        for (nth, tick) in ticks.into_iter().enumerate() {
            let x = self.x(plot, tick);
            canvas.line((x, plot.y), (x, plot.bottom()), Pen::solid(style::GRID, 1.0));
            if nth.is_multiple_of(stride) {
                canvas.text((x, baseline), Anchor::Middle, style::TICK, &self.label(tick));
            }
        }
    }

    /// Draws the line of nought if the axis holds it, over the marks that stand on it.
    pub(super) fn draw_nought_across(self, canvas: &mut Canvas, plot: Rect) {
        if (0.0..=1.0).contains(&self.share(0.0)) {
            let x = self.x(plot, 0.0);
            canvas.line((x, plot.y), (x, plot.bottom()), Pen::solid(style::AXIS, 1.5));
        }
    }
}

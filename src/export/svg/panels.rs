//! Small multiples: one panel for each option, all on one money scale and one scale of years.

use super::canvas::{Anchor, Canvas, Rect};
use super::scale::Money;
use super::style::{self, Face};
use super::text::{self, Fitted};

/// The words above a panel, in reading order.
pub(super) struct Heading<'a> {
    pub(super) name: &'a str,
    pub(super) note: &'a str,
}

/// What the panels need around their plots, in logical pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// For the labels of the money axis, left of the first panel of each row.
    pub(super) left: f64,
    /// For labels right of each plot.
    pub(super) right: f64,
    /// For labels between heading and plot.
    pub(super) above: f64,
    /// The least height of a plot.
    pub(super) least: f64,
}

const GAP: f64 = 30.0;
const ROW_GAP: f64 = 22.0;
/// The least height of a plot of one measure.
pub(super) const LEAST_PLOT: f64 = 130.0;
const NAME_LINES: usize = 3;
/// Names that don't fit are set smaller, and on so many lines: options may differ in the last word only.
const SMALL: f64 = 16.0;
const SMALL_LINES: usize = 7;
const NOTE_LINES: usize = 2;
/// For the names of the years.
const BELOW: f64 = 30.0;

/// Where the panels are, and their headings.
pub(super) struct Panels {
    pub(super) plots: Vec<Rect>,
    headings: Vec<(Fitted, Fitted)>,
    heading_height: f64,
    columns: usize,
    name_face: Face,
    room: Room,
}

/// How many panels stand side by side: all of up to five, for comparison along one axis; else two rows;
/// beyond ten, rows of five.
fn columns_for(count: usize) -> usize {
    match count {
        0..=5 => count.max(1),
        6..=10 => count.div_ceil(2),
        _ => 5,
    }
}

/// The name's type: smaller where panels are narrow.
fn name_face(columns: usize) -> Face {
    if columns > 3 { style::NAME.sized(18.0) } else { style::NAME }
}

fn note_face(columns: usize) -> Face {
    if columns > 3 { style::NOTE.sized(16.0) } else { style::NOTE }
}

impl Panels {
    /// Lays the panels out in a box.
    pub(super) fn layout(area: Rect, headings: &[Heading<'_>], room: Room) -> Self {
        let columns = columns_for(headings.len());
        let rows = headings.len().div_ceil(columns).max(1);
        let pitch = (area.width - room.left + GAP) / columns as f64;
        let width = pitch - GAP - room.right;
        let fit = |face: Face, lines: usize| -> Vec<(Fitted, Fitted)> {
            let fit = |h: &Heading<'_>| {
                let name = text::wrap(h.name, face, width + room.right, lines);
                (name, text::wrap(h.note, note_face(columns), width + room.right, NOTE_LINES))
            };
            headings.iter().map(fit).collect()
        };
        let mut name_face = name_face(columns);
        let mut fitted = fit(name_face, NAME_LINES);
        if fitted.iter().any(|(name, _)| name.whole.is_some()) {
            name_face = name_face.sized(SMALL);
            fitted = fit(name_face, SMALL_LINES);
        }
        let height_of =
            |(name, note): &(Fitted, Fitted)| name.height(name_face) + note.height(note_face(columns));
        let heading_height = fitted.iter().map(height_of).fold(0.0, f64::max);
        let row = (area.height + ROW_GAP) / rows as f64;
        let above = heading_height + room.above;
        let plots = (0..headings.len()).map(|nth| Rect {
            x: area.x + room.left + (nth % columns) as f64 * pitch,
            y: area.y + (nth / columns) as f64 * row + above,
            width,
            height: row - ROW_GAP - above - BELOW,
        });
        Self { plots: plots.collect(), headings: fitted, heading_height, columns, name_face, room }
    }

    /// The least height at which so many panels can be read.
    pub(super) fn least_height(width: f64, headings: &[Heading<'_>], room: Room) -> f64 {
        let area = Rect { width, ..Rect::default() };
        let panels = Self::layout(area, headings, room);
        let row = panels.heading_height + room.above + room.least + BELOW + ROW_GAP;
        headings.len().div_ceil(panels.columns) as f64 * row - ROW_GAP
    }

    /// Draws headings, grid lines and money labels; the marks go over them.
    pub(super) fn draw(&self, canvas: &mut Canvas, money: Money) {
        self.draw_headings(canvas);
        for (nth, plot) in self.plots.iter().enumerate() {
            money.draw(canvas, *plot, self.is_first(nth));
        }
    }

    /// Draws the words above the panels.
    pub(super) fn draw_headings(&self, canvas: &mut Canvas) {
        for (plot, (name, note)) in self.plots.iter().zip(&self.headings) {
            let top = plot.y - self.room.above - self.heading_height;
            canvas.lines((plot.x, top), Anchor::Start, self.name_face, name);
            let below = top + name.height(self.name_face);
            canvas.lines((plot.x, below), Anchor::Start, note_face(self.columns), note);
        }
    }

    /// Whether a panel is the first of those side by side.
    pub(super) fn is_first(&self, panel: usize) -> bool {
        panel.is_multiple_of(self.columns)
    }

    /// Where the names of the years stand.
    pub(super) fn years_baseline(plot: Rect) -> f64 {
        plot.bottom() + 8.0 + style::TICK.rise()
    }

    /// The type of the names of the years.
    pub(super) fn years_face(&self) -> Face {
        if self.columns > 3 { style::TICK.sized(16.0) } else { style::TICK }
    }
}

/// How many steps the money axis should have in a plot of about this height.
pub(super) fn steps(panels: usize) -> f64 {
    if panels > 5 { 4.0 } else { 6.0 }
}

//! Rows of bars along a money axis: names on the left, remarks below.

use super::across;
use super::canvas::{Anchor, Canvas, Rect};
use super::scale::Money;
use super::style::{self, Face};
use super::text::{self, Fitted};

pub(super) const NAME: Face = Face { size: 17.0, colour: style::TEXT, ..style::NOTE };
pub(super) const REMARK: Face = Face { size: 17.0, ..style::NOTE };
/// Names wider than this are wrapped.
pub(super) const NAMES: f64 = 480.0;
const NAME_GAP: f64 = 14.0;
/// Rows are no farther apart than this, however few they are.
const WIDEST: f64 = 84.0;
/// Rows are no closer than this.
const CLOSEST: f64 = 32.0;
/// The share of a row that its bar fills.
const FILLED: f64 = 0.64;
const REMARK_LINES: usize = 3;
const REMARK_GAP: f64 = 8.0;

/// What is to be laid out.
pub(super) struct Bars {
    pub(super) money: Money,
    pub(super) names: Vec<Fitted>,
    /// Sentences below the axis.
    pub(super) remarks: Vec<String>,
    /// For labels left and right of the longest bars.
    pub(super) room: (f64, f64),
    /// For labels above the rows.
    pub(super) above: f64,
}

/// Rows with their places.
pub(super) struct Placed {
    pub(super) plot: Rect,
    pitch: f64,
    names: Vec<Fitted>,
    remarks: Vec<Fitted>,
}

impl Bars {
    fn remarks(&self, width: f64) -> Vec<Fitted> {
        self.remarks.iter().map(|r| text::wrap(r, REMARK, width, REMARK_LINES)).collect()
    }

    fn foot(&self, width: f64) -> f64 {
        let remarks: f64 = self.remarks(width).iter().map(|r| r.height(REMARK)).sum();
        across::BELOW + if remarks > 0.0 { remarks + REMARK_GAP } else { 0.0 }
    }

    /// The least height at which all rows can be read.
    pub(super) fn least_height(&self, width: f64) -> f64 {
        let pitch = self.names.iter().map(|n| n.height(NAME) + 4.0).fold(CLOSEST, f64::max);
        self.above + pitch * self.names.len() as f64 + self.foot(width)
    }

    pub(super) fn place(self, area: Rect) -> Placed {
        let names =
            self.names.iter().flat_map(|n| &n.lines).map(|l| text::width(l, NAME)).fold(0.0, f64::max);
        let overhang = self.money.overhang();
        let left = names + NAME_GAP + self.room.0.max(overhang);
        let rows = self.names.len().max(1) as f64;
        let pitch = ((area.height - self.above - self.foot(area.width)) / rows).min(WIDEST);
        let plot = Rect {
            x: area.x + left,
            y: area.y + self.above,
            width: area.width - left - self.room.1.max(overhang),
            height: pitch * rows,
        };
        Placed { plot, pitch, remarks: self.remarks(area.width), names: self.names }
    }
}

impl Placed {
    /// The top and the height of a row's bar.
    pub(super) fn bar(&self, row: usize) -> (f64, f64) {
        let height = self.pitch * FILLED;
        (self.plot.y + self.pitch * row as f64 + (self.pitch - height) / 2.0, height)
    }

    /// The middle of a row.
    pub(super) fn middle(&self, row: usize) -> f64 {
        self.plot.y + self.pitch * (row as f64 + 0.5)
    }

    /// Draws names at the left edge of a box, and remarks below the axis. The names of some rows stand out.
    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect, stands_out: impl Fn(usize) -> bool) {
        for (row, name) in self.names.iter().enumerate() {
            let weight = if stands_out(row) { style::Weight::Semibold } else { NAME.weight };
            let face = Face { weight, ..NAME };
            let top =
                self.middle(row) + NAME.middle() - NAME.rise() - (name.height(NAME) - NAME.leading()) / 2.0;
            canvas.lines((area.x, top), Anchor::Start, face, name);
        }
        let mut top = self.plot.bottom() + across::BELOW + REMARK_GAP;
        for remark in &self.remarks {
            canvas.lines((area.x, top), Anchor::Start, REMARK, remark);
            top += remark.height(REMARK);
        }
    }
}

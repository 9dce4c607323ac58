//! Where everything in a row of the timeline goes.
//!
//! Bars that overlap in time get lanes below each other; milestones whose words would collide get lines
//! above each other. All sizes hang on one scale, so that many rows can share a picture.

use super::super::canvas::Rect;
use super::super::scale::month_x;
use super::super::style::{self, Face};
use super::super::text::{self, Fitted};
use crate::calendar::{Horizon, Month};
use crate::chart::{Bar, Milestone, Phase, TimelineStream};

/// How large the rows are, in hundredths of full size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale(u32);

impl Scale {
    /// Below this nothing can be read; the picture grows instead.
    pub(super) const SMALLEST: Self = Self(50);

    /// Text in bars is no smaller.
    pub(super) const SMALLEST_LABEL: f64 = 12.0;

    /// From the largest down.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (Self::SMALLEST.0..=160).rev().step_by(2).map(Self)
    }

    fn of(self, full: f64) -> f64 {
        full * f64::from(self.0) / 100.0
    }

    /// The band with an option's name.
    pub(super) fn heading(self) -> f64 {
        self.of(32.0).max(21.0)
    }

    /// Between the rows of two options.
    pub(super) fn gap(self) -> f64 {
        self.of(12.0)
    }

    /// Above a row's first line.
    pub(super) fn above(self) -> f64 {
        self.of(5.0)
    }

    /// A line of milestones.
    pub(super) fn pin(self) -> f64 {
        self.of(24.0).max(15.0)
    }

    /// A lane of delivery.
    pub(super) fn thick(self) -> f64 {
        self.of(26.0)
    }

    /// A lane of what goes on beside it.
    fn thin(self) -> f64 {
        self.of(13.0)
    }

    /// Text of a given full size.
    pub(super) fn text(self, full: f64) -> f64 {
        self.of(full * 1.3).clamp(14.0, full)
    }

    /// Text in bars.
    pub(super) fn label(self) -> f64 {
        self.of(21.0).clamp(Self::SMALLEST_LABEL, 18.0)
    }

    pub(super) fn diamond(self) -> f64 {
        self.of(7.5).clamp(5.0, 8.0)
    }

    fn pin_face(self) -> Face {
        style::NOTE.sized(self.of(21.0).clamp(13.0, 18.0)).coloured(style::TEXT)
    }
}

/// A bar's place: pixels from left to right, and its lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    left: f64,
    right: f64,
    thin: bool,
    lane: usize,
}

impl Spot {
    /// Its box in a row that starts at `top`.
    pub(super) fn placed(self, top: f64, row: &Row, scale: Scale) -> Rect {
        let lanes = top + row.lanes_top(scale);
        let (y, height) = if self.thin {
            let above = row.thick as f64 * scale.thick();
            (lanes + above + self.lane as f64 * scale.thin(), scale.thin())
        } else {
            (lanes + self.lane as f64 * scale.thick(), scale.thick())
        };
        Rect { x: self.left, y: y + 1.0, width: self.right - self.left, height: height - 2.0 }
    }
}

/// A milestone's place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pin {
    pub(super) x: f64,
    pub(super) text_x: f64,
    pub(super) line: usize,
    pub(super) words: Fitted,
}

/// The milestones of a row; those outside the horizon have no place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pins {
    pub(super) places: Vec<Option<Pin>>,
    pub(super) face: Face,
}

/// A row, laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) bars: Vec<Spot>,
    pub(super) pins: Pins,
    pin_lines: usize,
    thick: usize,
    thin: usize,
}

impl Row {
    pub(super) fn of(stream: &TimelineStream, horizon: Horizon, plot: Rect, scale: Scale) -> Self {
        let (bars, thick, thin) = lanes(&stream.bars, horizon, plot);
        let (pins, pin_lines) = pins(&stream.milestones, horizon, plot, scale);
        Self { bars, pins, pin_lines, thick: thick.max(1), thin }
    }

    /// From the top of the row to its first lane.
    pub(super) fn lanes_top(&self, scale: Scale) -> f64 {
        scale.above() + self.pin_lines as f64 * scale.pin()
    }

    pub(super) fn height(&self, scale: Scale) -> f64 {
        let lanes = self.thick as f64 * scale.thick() + self.thin as f64 * scale.thin();
        let name = style::NOTE.sized(scale.text(style::NOTE.size)).leading();
        (self.lanes_top(scale) + lanes).max(name) + scale.above()
    }
}

/// Whether a phase goes on beside delivery.
fn is_thin(phase: Phase) -> bool {
    matches!(phase, Phase::Forming | Phase::Upkeep)
}

/// Gives each bar the first lane that is free in its months, in order of their start.
fn lanes(bars: &[Bar], horizon: Horizon, plot: Rect) -> (Vec<Spot>, usize, usize) {
    let x = |month: Month| {
        let months = month.since(horizon.start()).clamp(0, horizon.months() as i32);
        month_x(horizon, plot, f64::from(months))
    };
    let mut spots: Vec<Spot> = bars
        .iter()
        .map(|b| Spot { left: x(b.from), right: x(b.until.max(b.from)), thin: is_thin(b.phase), lane: 0 })
        .collect();
    let mut order: Vec<usize> = (0..bars.len()).collect();
    order.sort_by_key(|&nth| (bars[nth].from, bars[nth].until));
    let (mut thick, mut thin): (Vec<Month>, Vec<Month>) = (Vec::new(), Vec::new());
    for nth in order {
        let lanes = if spots[nth].thin { &mut thin } else { &mut thick };
        let lane = lanes.iter().position(|&free| free <= bars[nth].from).unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(free) => *free = bars[nth].until,
            None => lanes.push(bars[nth].until),
        }
        spots[nth].lane = lane;
    }
    (spots, thick.len(), thin.len())
}

/// The labels of bars, once for each run of touching bars with one label in one lane and on one sort of
/// ground.
pub(super) fn labels<'a>(bars: &'a [Bar], spots: &[Spot]) -> Vec<(&'a str, Spot, Phase)> {
    let mut labels: Vec<(&str, Spot, Phase)> = Vec::new();
    for (bar, spot) in bars.iter().zip(spots).filter(|(bar, _)| !bar.label.is_empty()) {
        let same = labels.last_mut().filter(|(label, run, phase)| {
            let touches =
                (run.right - spot.left).abs() < 0.01 && (run.thin, run.lane) == (spot.thin, spot.lane);
            touches && *label == bar.label && ground(*phase) == ground(bar.phase)
        });
        match same {
            Some((_, run, _)) => run.right = spot.right,
            None => labels.push((&bar.label, *spot, bar.phase)),
        }
    }
    labels
}

/// The colour of text on a phase.
fn ground(phase: Phase) -> &'static str {
    style::fill(phase.ink()).text
}

const PIN_GAP: f64 = 10.0;

/// Places each milestone below all earlier ones whose words reach it, so that its stem crosses none; with the service's
/// name and the month if that has room before the next milestone or after the one before, else with the month alone.
fn pins(milestones: &[Milestone], horizon: Horizon, plot: Rect, scale: Scale) -> (Pins, usize) {
    let face = scale.pin_face();
    let mut order: Vec<usize> =
        (0..milestones.len()).filter(|&nth| horizon.offset(milestones[nth].month).is_some()).collect();
    order.sort_by_key(|&nth| milestones[nth].month);
    let x = |nth: usize| month_x(horizon, plot, f64::from(milestones[nth].month.since(horizon.start())));
    let reach = scale.diamond() + 5.0;
    let mut places = vec![None; milestones.len()];
    let mut lines: Vec<f64> = Vec::new();
    for (place, &nth) in order.iter().enumerate() {
        let next = order.get(place + 1).map_or(f64::INFINITY, |&n| x(n) - reach);
        let month = milestones[nth].month.in_words();
        let named = format!("{}, {month}", milestones[nth].label);
        let before = place.checked_sub(1).map_or(plot.x, |earlier| x(order[earlier]) + reach + PIN_GAP);
        let room = next.min(plot.right()) - x(nth) - reach - PIN_GAP;
        let wanted = text::width(&named, face);
        let is_named = !milestones[nth].label.is_empty() && wanted <= room.max(x(nth) - reach - before);
        let words = text::fit(if is_named { &named } else { &month }, face, plot.width);
        let width = words.lines.iter().map(|l| text::width(l, face)).sum::<f64>();
        // Without room on the right, as near the right edge, the words stand left of the mark.
        let is_left = is_named && wanted > room || x(nth) + reach + width > plot.right();
        let text_x = if is_left { x(nth) - reach - width } else { x(nth) + reach };
        let left = text_x.min(x(nth) - scale.diamond());
        let line = lines.iter().rposition(|&free| free > left).map_or(0, |l| l + 1);
        if line == lines.len() {
            lines.push(0.0);
        }
        lines[line] = (text_x + width).max(x(nth) + reach) + PIN_GAP;
        places[nth] = Some(Pin { x: x(nth), text_x, line, words });
    }
    (Pins { places, face }, lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(offset: i32) -> Month {
        Month::new(2026, 4).expect("a month").plus(offset)
    }

    fn bar(from: i32, until: i32, phase: Phase, label: &str) -> Bar {
        Bar { from: month(from), until: month(until), phase, label: label.into() }
    }

    #[test]
    fn bars_that_overlap_get_lanes_of_their_own() {
        let horizon = Horizon::new(month(0), 2, 4);
        let plot = Rect { x: 0.0, y: 0.0, width: 240.0, height: 100.0 };
        let bars = [
            bar(0, 6, Phase::Beta, ""),
            bar(4, 8, Phase::Renewal, ""),
            bar(6, 9, Phase::Beta, ""),
            bar(0, 3, Phase::Forming, ""),
        ];
        let (spots, thick, thin) = lanes(&bars, horizon, plot);
        assert_eq!((thick, thin), (2, 1));
        assert_eq!(spots.iter().map(|s| s.lane).collect::<Vec<_>>(), [0, 1, 0, 0]);
        assert!((spots[1].left - 40.0).abs() < 1e-9 && (spots[1].right - 80.0).abs() < 1e-9);
    }

    #[test]
    fn touching_bars_of_one_service_are_labelled_once() {
        let horizon = Horizon::new(month(0), 1, 4);
        let plot = Rect { x: 0.0, y: 0.0, width: 120.0, height: 100.0 };
        let bars = [
            bar(0, 2, Phase::Discovery, "Booking"),
            bar(2, 5, Phase::Beta, "Booking"),
            bar(5, 9, Phase::Beta, "Messages"),
        ];
        let (spots, _, _) = lanes(&bars, horizon, plot);
        let labels = labels(&bars, &spots);
        let spans: Vec<_> = labels.iter().map(|(l, s, _)| (*l, s.left as i32, s.right as i32)).collect();
        assert_eq!(spans, [("Booking", 0, 50), ("Messages", 50, 90)]);
    }
}

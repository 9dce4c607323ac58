//! Words in a band above a plot, each with a stem down to the point that it explains.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::style::{self, Face};
use super::text::{self, Fitted};

const FACE: Face = style::LABEL;
/// Between stem and words, and between the words of two pins.
const GAP: f64 = 6.0;
const LINE: f64 = 27.0;
/// Between the lowest line and the plot.
const FOOT: f64 = 12.0;

/// The words of a point, placed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pin {
    x: f64,
    left: f64,
    right: f64,
    /// The top of its line.
    top: f64,
    /// From the top of the band to the plot.
    band: f64,
    words: Fitted,
}

/// The height of the band.
pub(super) fn height(pins: &[Pin]) -> f64 {
    pins.first().map_or(0.0, |pin| pin.band)
}

/// Places words, given with the x of their points, in a band that starts at the top of a box. A line is shared
/// by words that neither touch nor cross each other's stems.
pub(super) fn place(points: &[(&str, f64)], plot: Rect) -> Vec<Pin> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&a, &b| points[a].1.total_cmp(&points[b].1));
    let mut placed: Vec<(usize, usize, Pin)> = Vec::new();
    let mut lines = 0;
    for nth in order {
        let (label, x) = points[nth];
        let pin = beside(label, x, plot);
        let line = (0..lines).find(|&line| is_free(&placed, &pin, line)).unwrap_or(lines);
        lines = lines.max(line + 1);
        placed.push((nth, line, pin));
    }
    let band = if lines == 0 { 0.0 } else { lines as f64 * LINE + FOOT };
    placed.sort_by_key(|(nth, _, _)| *nth);
    let pins = placed.into_iter();
    pins.map(|(_, line, pin)| Pin { top: plot.y + line as f64 * LINE, band, ..pin }).collect()
}

/// Words right of their stem, or left of it if that is where the room is.
fn beside(label: &str, x: f64, plot: Rect) -> Pin {
    let room = (plot.right() - x).max(x - plot.x) - GAP;
    let words = text::fit(label, FACE, room);
    let width = words.lines.iter().map(|l| text::width(l, FACE)).sum::<f64>();
    let left = if x + GAP + width <= plot.right() { x + GAP } else { x - GAP - width };
    Pin { x, left, right: left + width, top: 0.0, band: 0.0, words }
}

/// Whether a pin can stand in a line: no words there touch it, no stem from above crosses it, and its own crosses
/// no words below.
fn is_free(placed: &[(usize, usize, Pin)], pin: &Pin, line: usize) -> bool {
    placed.iter().all(|(_, at, other)| {
        let touches = pin.left.min(pin.x) < other.right.max(other.x) + 3.0 * GAP
            && other.left.min(other.x) < pin.right.max(pin.x) + 3.0 * GAP;
        let crossed = |words: &Pin, stem: f64| words.left - GAP < stem && stem < words.right + GAP;
        match at.cmp(&line) {
            std::cmp::Ordering::Equal => !touches,
            std::cmp::Ordering::Less => !crossed(pin, other.x),
            std::cmp::Ordering::Greater => !crossed(other, pin.x),
        }
    })
}

/// Draws the stems down to the heights of the points.
pub(super) fn draw_stems(canvas: &mut Canvas, pins: &[Pin], heights: &[f64]) {
    let pen = Pen { colour: style::QUIET, width: 1.5, dash: "3 3" };
    for (pin, y) in pins.iter().zip(heights) {
        canvas.line((pin.x, pin.top + 3.0), (pin.x, *y), pen);
    }
}

/// Draws the words, over the stems.
pub(super) fn draw_words(canvas: &mut Canvas, pins: &[Pin]) {
    for pin in pins {
        let ground = Rect {
            x: pin.left - 2.0,
            y: pin.top + 2.0,
            width: pin.right - pin.left + 4.0,
            height: FACE.leading(),
        };
        canvas.rect(ground, style::GROUND);
        canvas.lines((pin.left, pin.top), Anchor::Start, FACE, &pin.words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect { x: 0.0, y: 0.0, width: 1000.0, height: 0.0 };

    fn lines(points: &[(&str, f64)]) -> Vec<usize> {
        place(points, PLOT).iter().map(|pin| (pin.top / LINE).round() as usize).collect()
    }

    #[test]
    fn pins_share_a_line_unless_they_touch() {
        assert_eq!(lines(&[("Order flips", 100.0), ("Order flips", 600.0)]), [0, 0]);
        assert_eq!(lines(&[("Order flips", 100.0), ("Order flips", 130.0)]), [0, 1]);
        assert_eq!(place(&[], PLOT), []);
    }

    #[test]
    fn words_near_the_right_edge_stand_left_of_their_stem() {
        let pins = place(&[("Order flips in 2031-32", 980.0)], PLOT);
        assert!(pins[0].right < 980.0);
    }

    #[test]
    fn words_longer_than_any_room_are_shortened() {
        let pins = place(&[(&"W".repeat(500), 500.0)], PLOT);
        assert!(pins[0].left >= 0.0 && pins[0].right <= 1000.0);
    }
}

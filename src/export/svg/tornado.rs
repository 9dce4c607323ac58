//! The tornado: for each input a bar from the central result to the results at its low and at its high value, with
//! those values at its ends.

use super::bars::{self, Bars, Placed};
use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::scale::Money;
use super::style::{self, Face};
use super::{Drawing, text};
use crate::chart::{Ink, Swing, SwingEnd, Tornado, finite};
use crate::money::brief;

const STEPS: f64 = 6.0;
/// For the words over the central line.
const ABOVE: f64 = 30.0;
const VALUE: Face = Face { size: 16.0, colour: style::TEXT, ..style::NOTE };
const VALUE_GAP: f64 = 7.0;
/// Values wider than this are shortened: each for itself, so that of two beside each other both can be read.
const VALUES: f64 = 210.0;

/// The words left and right of a bar.
fn ends(input: &Swing, central: f64) -> (String, String) {
    let (low, high) = (fitted(&input.low.value), fitted(&input.high.value));
    let side = |end: &SwingEnd| match finite(end.result) - central {
        d if d.abs() < 0.5 => 0,
        d if d < 0.0 => -1,
        _ => 1,
    };
    match (side(&input.low), side(&input.high)) {
        (-1, -1) => (format!("{low} | {high}"), String::new()),
        (1, 1) => (String::new(), format!("{low} | {high}")),
        (l, h) if l <= h => (low, high),
        _ => (high, low),
    }
}

fn fitted(value: &str) -> String {
    text::fit(value, VALUE, VALUES).lines.concat()
}

impl Tornado {
    fn central(&self) -> f64 {
        finite(self.central)
    }

    fn money(&self) -> Money {
        let results = self.shown().iter().flat_map(|i| [finite(i.low.result), finite(i.high.result)]);
        Money::between(results.chain([self.central()]), STEPS)
    }

    fn bars(&self) -> Bars {
        let widest = |of: fn((String, String)) -> String| {
            let words = self.shown().iter().map(|input| of(ends(input, self.central())));
            words.map(|w| text::width(&w, VALUE)).fold(0.0, f64::max) + VALUE_GAP
        };
        let name = |input: &Swing| text::wrap_path(input.name.trim(), bars::NAME, bars::NAMES);
        Bars {
            money: self.money(),
            names: self.shown().iter().map(name).collect(),
            remarks: self.rest().into_iter().collect(),
            room: (widest(|(left, _)| left) + 8.0, widest(|(_, right)| right)),
            above: ABOVE,
        }
    }
}

impl Drawing for Tornado {
    fn key(&self) -> Vec<Key> {
        let key = |ink, name: &str| Key { name: name.into(), sample: Sample::Area(style::fill(ink)) };
        vec![key(Ink::AtLow, "Input at its low value"), key(Ink::AtHigh, "Input at its high value")]
    }

    fn least_height(&self, width: f64) -> f64 {
        self.bars().least_height(width)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let money = self.money();
        let placed = self.bars().place(area);
        let plot = placed.plot;
        placed.draw(canvas, area, |_| false);
        money.draw_across(canvas, plot);
        money.draw_nought_across(canvas, plot);
        for (nth, input) in self.shown().iter().enumerate() {
            self.draw_swing(canvas, input, &placed, nth);
        }
        let x = money.x(plot, self.central());
        canvas.line((x, plot.y - 4.0), (x, plot.bottom()), Pen::solid(style::TEXT, 2.0));
        let words = format!("Central {}", brief(self.central()));
        let half = text::width(&words, style::LABEL) / 2.0;
        let middle = x.min(area.right() - half).max(area.x + half);
        let baseline = plot.y - ABOVE + style::LABEL.rise();
        canvas.text((middle, baseline), Anchor::Middle, style::LABEL, &words);
    }
}

impl Tornado {
    fn draw_swing(&self, canvas: &mut Canvas, input: &Swing, placed: &Placed, nth: usize) {
        let (money, plot) = (self.money(), placed.plot);
        let central = money.x(plot, self.central());
        let (low, high) = (money.x(plot, finite(input.low.result)), money.x(plot, finite(input.high.result)));
        let (y, height) = placed.bar(nth);
        // Both results on one side: the low one above, the high one below, so that neither hides the other.
        let share = (low - central) * (high - central) > 0.0;
        let lanes =
            if share { [(y, height / 2.0), (y + height / 2.0, height / 2.0)] } else { [(y, height); 2] };
        let inks = [(Ink::AtLow, low, &input.low), (Ink::AtHigh, high, &input.high)];
        for ((ink, x, end), (y, height)) in inks.into_iter().zip(lanes) {
            let mut outline = Outline::default();
            outline.rect(Rect { x: x.min(central), y, width: (x - central).abs(), height });
            let name = format!("{} at {}: {}", input.name, end.value, brief(finite(end.result)));
            canvas.mark(&outline, style::fill(ink), 0.0, &name);
        }
        let (left, right) = ends(input, self.central());
        let baseline = placed.middle(nth) + VALUE.middle();
        let (first, last) = (low.min(high).min(central), low.max(high).max(central));
        for (x, anchor, words) in
            [(first - VALUE_GAP, Anchor::End, left), (last + VALUE_GAP, Anchor::Start, right)]
        {
            if !words.is_empty() {
                canvas.text_on_ground((x, baseline), anchor, VALUE, &words);
            }
        }
    }
}

//! The waterfall: bars that lead from one total to another, joined where one ends and the next begins. What adds
//! points right and is plain; what takes points left and is hatched.

use super::bars::{self, Bars, Placed};
use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::scale::Money;
use super::style::{self, Face};
use super::{Drawing, text};
use crate::chart::{Amount, Ink, Waterfall};
use crate::money::{Scale, brief, change};

const STEPS: f64 = 6.0;
/// Where running totals spread over less than this share of the largest, the axis doesn't start at nought:
/// steps would be too short to read.
const SPREAD: f64 = 0.35;
const LABEL: Face = style::LABEL;
const LABEL_GAP: f64 = 9.0;
/// The point of a bar.
const POINT: f64 = 11.0;
/// A bar is no shorter.
const SHORTEST: f64 = 4.0;
/// Where a total is cut, from its left end.
const CUT: f64 = 16.0;

/// A row: a total, or a step between two running totals.
struct Bar<'a> {
    amount: &'a Amount,
    ink: Ink,
    from: f64,
    to: f64,
}

impl Bar<'_> {
    fn is_total(&self) -> bool {
        self.ink == Ink::Total
    }

    /// The amount; that of a total fine enough to see a fiftieth of what the totals are spread over, if that is
    /// little against them.
    fn label(&self, spread: Option<f64>) -> String {
        let pounds = self.amount.pounds();
        match spread {
            _ if !self.is_total() => change(pounds),
            Some(spread) if pounds.abs() >= 1e3 => {
                let decimals = |unit: f64| {
                    let is_fine = |decimals: &i32| unit / 10_f64.powi(*decimals) <= spread / 50.0;
                    (1..6).find(is_fine).unwrap_or(6) as usize
                };
                Scale::of(pounds, decimals).label(pounds)
            }
            _ => brief(pounds),
        }
    }
}

impl Waterfall {
    fn rows(&self) -> Vec<Bar<'_>> {
        let total = |amount| Bar { amount, ink: Ink::Total, from: 0.0, to: Amount::pounds(amount) };
        let mut rows = vec![total(&self.from)];
        let mut running = self.from.pounds();
        for amount in self.drawn() {
            let pounds = amount.pounds();
            let ink = if pounds > 0.0 { Ink::Increase } else { Ink::Decrease };
            rows.push(Bar { amount, ink, from: running, to: running + pounds });
            running += pounds;
        }
        rows.push(total(&self.to));
        rows
    }

    /// The axis; and if it starts above nought, over how many pounds the running totals spread.
    fn money(&self) -> (Money, Option<f64>) {
        let levels: Vec<f64> = self.rows().iter().map(|row| row.to).collect();
        let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
        let high = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let spread = high - low;
        if low > 0.0 && spread >= 1.0 && spread < SPREAD * high {
            // Enough of the totals for them to be seen as bars.
            return (Money::between([low - spread * 0.25, high], STEPS), Some(spread));
        }
        (Money::around(levels, STEPS), None)
    }

    fn bars(&self) -> Bars {
        let (money, cut) = self.money();
        let rows = self.rows();
        let mut remarks = self.remarks();
        if cut.is_some() {
            let start = money.ticks().next().unwrap_or_default();
            remarks
                .push(format!("The axis starts at {}, not at £0: the totals are cut.", money.label(start)));
        }
        let labels = rows.iter().map(|row| text::width(&row.label(cut), LABEL)).fold(0.0, f64::max);
        Bars {
            money,
            names: rows.iter().map(|r| text::wrap(&r.amount.name, bars::NAME, bars::NAMES, 2)).collect(),
            remarks,
            room: (0.0, labels + LABEL_GAP),
            above: 0.0,
        }
    }
}

impl Drawing for Waterfall {
    fn key(&self) -> Vec<Key> {
        let rows = self.rows();
        let all = [(Ink::Total, "Total"), (Ink::Increase, "Adds"), (Ink::Decrease, "Takes away")];
        let used = all.into_iter().filter(|(ink, _)| rows.iter().any(|row| row.ink == *ink));
        used.map(|(ink, name)| Key { name: name.into(), sample: Sample::Area(style::fill(ink)) }).collect()
    }

    fn least_height(&self, width: f64) -> f64 {
        self.bars().least_height(width)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let (money, cut) = self.money();
        let placed = self.bars().place(area);
        let rows = self.rows();
        placed.draw(canvas, area, |row| rows[row].is_total());
        money.draw_across(canvas, placed.plot);
        draw_joints(canvas, &rows, money, &placed);
        for (nth, row) in rows.iter().enumerate() {
            draw_bar(canvas, row, &row.label(cut), bounds(row, money, &placed, nth));
            if cut.is_some() && row.is_total() {
                draw_cut(canvas, bounds(row, money, &placed, nth));
            }
        }
        money.draw_nought_across(canvas, placed.plot);
        for (nth, row) in rows.iter().enumerate() {
            let at =
                (bounds(row, money, &placed, nth).right() + LABEL_GAP, placed.middle(nth) + LABEL.middle());
            canvas.text_on_ground(at, Anchor::Start, LABEL, &row.label(cut));
        }
    }
}

/// The box of a bar.
fn bounds(row: &Bar<'_>, money: Money, placed: &Placed, nth: usize) -> Rect {
    let plot = placed.plot;
    let (from, to) = (money.x(plot, row.from).max(plot.x), money.x(plot, row.to).max(plot.x));
    let (y, height) = placed.bar(nth);
    let width = (to - from).abs();
    let width = if row.is_total() { width } else { width.max(SHORTEST) };
    Rect { x: from.min(to), y, width, height }
}

fn draw_bar(canvas: &mut Canvas, row: &Bar<'_>, label: &str, r: Rect) {
    let (top, middle, bottom) = (r.y, r.y + r.height / 2.0, r.bottom());
    let point = POINT.min(r.width);
    let corners = match row.ink {
        Ink::Increase => {
            let neck = r.right() - point;
            vec![(r.x, top), (neck, top), (r.right(), middle), (neck, bottom), (r.x, bottom)]
        }
        Ink::Decrease => {
            let neck = r.x + point;
            vec![(r.right(), top), (neck, top), (r.x, middle), (neck, bottom), (r.right(), bottom)]
        }
        _ => vec![(r.x, top), (r.right(), top), (r.right(), bottom), (r.x, bottom)],
    };
    let mut outline = Outline::through(corners.iter().copied());
    outline.close();
    let name = format!("{}: {label}", row.amount.name);
    canvas.mark(&outline, style::fill(row.ink), 0.0, &name);
    if row.ink == Ink::Decrease {
        // A hatch on a pale ground needs an edge.
        let colour = style::fill(row.ink).hatch.unwrap_or(style::TEXT);
        let edge = Outline::through(corners.iter().copied().chain([corners[0]]));
        canvas.stroke(&edge, Pen::solid(colour, 1.5));
    }
}

/// Two slanting lines that say: this bar is longer than it is drawn.
fn draw_cut(canvas: &mut Canvas, r: Rect) {
    for shift in [0.0, 9.0] {
        let x = r.x + CUT + shift;
        canvas.line((x - 5.0, r.bottom() + 3.0), (x + 5.0, r.y - 3.0), Pen::solid(style::GROUND, 4.0));
    }
}

/// From where a bar ends to where the next begins.
fn draw_joints(canvas: &mut Canvas, rows: &[Bar<'_>], money: Money, placed: &Placed) {
    for (nth, row) in rows.iter().enumerate().take(rows.len().saturating_sub(1)) {
        let x = money.x(placed.plot, row.to);
        let (top, height) = placed.bar(nth);
        let from = if row.is_total() { top + height } else { top + height / 2.0 };
        canvas.line((x, from), (x, placed.bar(nth + 1).0), Pen::solid(style::AXIS, 1.2));
    }
}

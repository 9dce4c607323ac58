//! The heat map: a grid of results over the values of two inputs. Its sign is read without colour: it is printed,
//! and a heavy line runs where it changes.

use super::Drawing;
use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::Key;
use super::scale::Money;
use super::style::{self, Face};
use super::text::{self, Fitted};
use crate::chart::{Heat, sign};
use crate::money::change;

const NAME: Face = style::LABEL;
const VALUE: Face = Face { size: 17.0, colour: style::TEXT, ..style::NOTE };
const NUMBER: Face = Face { size: 17.0, ..style::LABEL };
/// Values of the input that goes down are shortened at this width.
const VALUES: f64 = 220.0;
const VALUE_LINES: usize = 2;
const GAP: f64 = 10.0;
/// The strip that says what the colours mean: swatches, with amounts below.
const SWATCH: Rect = Rect { x: 0.0, y: 0.0, width: 62.0, height: 22.0 };
const STRIP: f64 = 64.0;
const AMOUNT: Face = Face { size: 16.0, ..style::TICK };
/// Steps of colour on either side of nought.
const STEPS: f64 = 4.0;
const LEAST_ROW: f64 = 28.0;
/// Cells don't grow larger than this, however few they are.
const LARGEST: (f64, f64) = (190.0, 84.0);

/// Where everything goes.
struct Layout {
    strip: f64,
    grid: Rect,
    across: Vec<Fitted>,
    down: Vec<Fitted>,
}

impl Layout {
    fn cell(&self, down: usize, across: usize) -> Rect {
        let width = self.grid.width / self.across.len().max(1) as f64;
        let height = self.grid.height / self.down.len().max(1) as f64;
        let (x, y) = (self.grid.x + across as f64 * width, self.grid.y + down as f64 * height);
        Rect { x, y, width, height }
    }
}

/// Twice as wide as the margins of a value.
fn room_in(cell: f64) -> f64 {
    cell - 8.0
}

impl Heat {
    /// From nought to the largest amount of either sign.
    fn money(&self) -> Money {
        let largest = self.all().map(f64::abs).fold(1.0, f64::max);
        Money::around([largest], STEPS)
    }

    /// How many colours there are on either side of nought, at most as many as the palette has.
    fn steps(&self) -> Vec<f64> {
        self.money().ticks().skip(1).take(style::WARM.len()).collect()
    }

    fn colour(&self, amount: f64) -> (&'static str, &'static str) {
        let nth = self.steps().iter().position(|top| amount.abs() <= *top).unwrap_or(style::WARM.len() - 1);
        match sign(amount) {
            0 => (style::BAND, style::TEXT),
            s => shade(s, nth),
        }
    }

    fn down_values(&self) -> Vec<Fitted> {
        self.down.values.iter().map(|v| text::fit(v, VALUE, VALUES)).collect()
    }

    fn layout(&self, area: Rect) -> Layout {
        let down = self.down_values();
        let widest = down.iter().flat_map(|v| &v.lines).map(|l| text::width(l, VALUE)).fold(0.0, f64::max);
        let columns = self.across.values.len().max(1) as f64;
        let left = widest + GAP;
        let width = (area.width - left).min(columns * LARGEST.0);
        let room = room_in(width / columns);
        let across: Vec<Fitted> =
            self.across.values.iter().map(|v| text::wrap(v, VALUE, room, VALUE_LINES)).collect();
        let above = STRIP + NAME.leading() + GAP;
        let height = area.height - above - foot(&across);
        let rows = self.down.values.len().max(1) as f64;
        let grid = Rect { x: area.x + left, y: area.y + above, width, height: height.min(rows * LARGEST.1) };
        Layout { strip: area.y, grid, across, down }
    }

    fn remark(&self) -> String {
        let mut words = Vec::new();
        if self.borders().next().is_some() {
            words.push("Heavy line: where the result changes its sign.");
        }
        if self.central.is_some() {
            words.push("Boxed: both inputs at their central values.");
        }
        words.join(" ")
    }

    /// The neighbours whose signs differ: a cell, and whether the other is right of it or below it.
    fn borders(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        let (rows, columns) = (self.down.values.len(), self.across.values.len());
        let cells = (0..rows).flat_map(move |d| (0..columns).map(move |a| (d, a)));
        let pairs = cells.flat_map(move |(d, a)| [(d, a, true), (d, a, false)]);
        pairs.filter(move |&(d, a, right)| {
            let (to_d, to_a) = if right { (d, a + 1) } else { (d + 1, a) };
            to_d < rows && to_a < columns && sign(self.at(d, a)) != sign(self.at(to_d, to_a))
        })
    }
}

/// For the values below the grid, the name of their input and the remark.
fn foot(across: &[Fitted]) -> f64 {
    let values = across.iter().map(|v| v.height(VALUE)).fold(0.0, f64::max);
    GAP + values + NAME.leading() + GAP + VALUE.leading()
}

/// The colour of the nth step on a side of nought, and text that reads on it.
fn shade(sign: i8, nth: usize) -> (&'static str, &'static str) {
    let colours = if sign < 0 { style::COLD } else { style::WARM };
    let nth = nth.min(colours.len() - 1);
    (colours[nth], if nth < 2 { style::TEXT } else { style::GROUND })
}

impl Drawing for Heat {
    fn key(&self) -> Vec<Key> {
        Vec::new()
    }

    fn least_height(&self, width: f64) -> f64 {
        let layout = self.layout(Rect { width, ..Rect::default() });
        let rows = self.down.values.len() as f64 * LEAST_ROW;
        STRIP + NAME.leading() + GAP + rows + foot(&layout.across)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let layout = self.layout(area);
        self.draw_strip(canvas, area, layout.strip);
        self.draw_axes(canvas, area, &layout);
        self.draw_cells(canvas, &layout);
        self.draw_borders(canvas, &layout);
        if let Some((down, across)) = self.central
            && down < layout.down.len()
            && across < layout.across.len()
        {
            draw_box(canvas, layout.cell(down, across));
        }
        self.draw_numbers(canvas, &layout);
    }
}

impl Heat {
    /// What the colours mean: steps of money, with the meaning of either side beside them.
    fn draw_strip(&self, canvas: &mut Canvas, area: Rect, top: f64) {
        let steps = self.steps();
        let width = SWATCH.width * steps.len() as f64;
        let room = (area.width - 2.0 * width) / 2.0 - GAP - 30.0;
        let below = text::fit(&self.below, VALUE, room);
        let above = text::fit(&self.above, VALUE, room);
        let words = below.lines.iter().map(|l| text::width(l, VALUE)).fold(0.0, f64::max);
        // The first amount may reach a little left of its swatch.
        let left = area.x + (words + GAP).max(40.0);
        let nought = left + width;
        let baseline = top + SWATCH.height + AMOUNT.rise() + 2.0;
        for (nth, step) in steps.iter().enumerate() {
            for side in [-1_i8, 1] {
                let outer = nought + f64::from(side) * SWATCH.width * (nth + 1) as f64;
                let x = if side < 0 { outer } else { outer - SWATCH.width };
                canvas.rect(Rect { x, y: top, ..SWATCH }, shade(side, nth).0);
                let label = self.money().label(f64::from(side) * step);
                canvas.text((outer, baseline), Anchor::Middle, AMOUNT, &label);
            }
        }
        canvas.text((nought, baseline), Anchor::Middle, AMOUNT, "£0");
        canvas.line((nought, top - 3.0), (nought, top + SWATCH.height + 3.0), Pen::solid(style::TEXT, 3.0));
        let line = top + SWATCH.height / 2.0 + VALUE.middle() - VALUE.rise();
        canvas.lines((left - GAP, line), Anchor::End, VALUE, &below);
        canvas.lines((nought + width + GAP, line), Anchor::Start, VALUE, &above);
    }

    fn draw_axes(&self, canvas: &mut Canvas, area: Rect, layout: &Layout) {
        let grid = layout.grid;
        let name = |name: &str| text::wrap_path(name, NAME, area.width).lines.join("");
        let fitted = |words: &str| text::fit(words, NAME, area.width - 60.0);
        let top = grid.y - GAP / 2.0 - NAME.leading();
        canvas.lines(
            (area.x, top),
            Anchor::Start,
            NAME,
            &fitted(&format!("Down: {}", name(&self.down.name))),
        );
        for (nth, value) in layout.down.iter().enumerate() {
            let cell = layout.cell(nth, 0);
            let top = cell.y + cell.height / 2.0 + VALUE.middle() - VALUE.rise();
            canvas.lines((grid.x - GAP, top), Anchor::End, VALUE, value);
        }
        for (nth, value) in layout.across.iter().enumerate() {
            let cell = layout.cell(0, nth);
            canvas.lines(
                (cell.x + cell.width / 2.0, grid.bottom() + GAP / 2.0),
                Anchor::Middle,
                VALUE,
                value,
            );
        }
        let values = layout.across.iter().map(|v| v.height(VALUE)).fold(0.0, f64::max);
        let top = grid.bottom() + GAP + values;
        let across = fitted(&format!("Across: {}", name(&self.across.name)));
        canvas.lines((area.x, top), Anchor::Start, NAME, &across);
        let remark = text::fit(&self.remark(), VALUE.coloured(style::QUIET), area.width);
        canvas.lines(
            (area.x, top + NAME.leading() + 4.0),
            Anchor::Start,
            VALUE.coloured(style::QUIET),
            &remark,
        );
    }

    fn draw_cells(&self, canvas: &mut Canvas, layout: &Layout) {
        for down in 0..layout.down.len() {
            for across in 0..layout.across.len() {
                let cell = layout.cell(down, across);
                let mut outline = Outline::default();
                outline.rect(cell);
                let amount = self.at(down, across);
                let fill = style::Fill { colour: self.colour(amount).0, hatch: None, text: style::TEXT };
                let values = format!("{}, {}", self.down.values[down], self.across.values[across]);
                canvas.mark(&outline, fill, 1.0, &format!("{values}: {}", change(amount)));
            }
        }
    }

    /// The heavy line, on a pale one that parts it from dark cells.
    fn draw_borders(&self, canvas: &mut Canvas, layout: &Layout) {
        let mut outline = Outline::default();
        for (down, across, right) in self.borders() {
            let cell = layout.cell(down, across);
            let corner = (cell.right(), cell.bottom());
            let from = if right { (cell.right(), cell.y) } else { (cell.x, cell.bottom()) };
            outline.add([from, corner]);
        }
        if !outline.is_empty() {
            canvas.stroke(&outline, Pen::solid(style::GROUND, 8.0));
            canvas.stroke(&outline, Pen::solid(style::TEXT, 4.0));
        }
    }

    /// The amounts, or their signs if not all amounts have room, or nothing.
    fn draw_numbers(&self, canvas: &mut Canvas, layout: &Layout) {
        let cell = layout.cell(0, 0);
        let fits = |face: Face, words: &dyn Fn(f64) -> String| {
            cell.height >= face.size + 6.0
                && self.all().all(|a| text::width(&words(a), face) <= cell.width - 12.0)
        };
        let sign_of = |a: f64| ["−", "0", "+"][(sign(a) + 1) as usize].to_owned();
        let sizes = [NUMBER, NUMBER.sized(15.0), NUMBER.sized(13.0)];
        let words: &dyn Fn(f64) -> String = if fits(sizes[2], &change) { &change } else { &sign_of };
        let Some(face) = sizes.into_iter().find(|face| fits(*face, words)) else { return };
        for down in 0..layout.down.len() {
            for across in 0..layout.across.len() {
                let (cell, amount) = (layout.cell(down, across), self.at(down, across));
                let at = (cell.x + cell.width / 2.0, cell.y + cell.height / 2.0 + face.middle());
                let face = face.coloured(self.colour(amount).1);
                canvas.text(at, Anchor::Middle, face, &words(amount));
            }
        }
    }
}

/// A box inside a cell, to be seen on any colour.
fn draw_box(canvas: &mut Canvas, cell: Rect) {
    let (x, y) = (cell.x + 4.0, cell.y + 4.0);
    let (right, bottom) = (cell.right() - 4.0, cell.bottom() - 4.0);
    let corners = [(x, y), (right, y), (right, bottom), (x, bottom)];
    canvas.polygon(&corners, "none", Pen::solid(style::GROUND, 5.0));
    canvas.polygon(&corners, "none", Pen::solid(style::TEXT, 2.0));
}

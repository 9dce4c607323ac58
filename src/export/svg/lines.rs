//! Lines of money over time, one for each option, each named where it ends; marked points are explained in a
//! band above the plot.

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::Key;
use super::labels::{self, Label};
use super::panels::Panels;
use super::pins::{self, Pin};
use super::scale::{Money, Years, month_x};
use super::style::{self, Face, Shape, Stroke};
use super::text::{self, Fitted};
use super::{Drawing, style::stroke};
use crate::chart::{Line, Lines, Mark, Moments};
use crate::money::brief;

/// The names right of the lines are wrapped at this width.
const NAMES: f64 = 300.0;
const NAME_LINES: usize = 3;
const AMOUNT: Face = style::LABEL;
const NAME: Face = style::NOTE;
/// Between plot and labels, for the leaders.
const LEADERS: f64 = 58.0;
const AMOUNT_GAP: f64 = 12.0;
/// Between the labels of two lines.
const LABEL_GAP: f64 = 5.0;
/// For half of the highest money label.
const ABOVE: f64 = 12.0;
/// For the names of the years.
const BELOW: f64 = 30.0;
const LEAST_PLOT: f64 = 300.0;
/// Points of a line stand no closer.
const POINTS: f64 = 44.0;

/// Where everything goes.
struct Layout {
    /// The labels may stand beside the band of marks.
    top: f64,
    plot: Rect,
    /// Right edge of the amounts, left edge of the names.
    amounts: f64,
    names: f64,
    labels: Vec<Fitted>,
    pins: Vec<Pin>,
}

impl Lines {
    fn money(&self) -> Money {
        let moments = 0..self.moments.count();
        Money::around(self.lines.iter().flat_map(|l| moments.clone().map(|m| l.at(m))), 7.0)
    }

    fn widest_amount(&self) -> f64 {
        self.lines.iter().map(|l| text::width(&brief(self.last(l)), AMOUNT)).fold(0.0, f64::max)
    }

    fn layout(&self, area: Rect) -> Layout {
        let amount = self.widest_amount();
        let labels: Vec<Fitted> =
            self.lines.iter().map(|l| text::wrap(&l.name, NAME, NAMES, NAME_LINES)).collect();
        let name = labels.iter().flat_map(|l| &l.lines).map(|l| text::width(l, NAME)).fold(0.0, f64::max);
        let left = area.x + self.money().room();
        let right = area.right() - LEADERS - amount - AMOUNT_GAP - name;
        let wide = Rect { x: left, y: area.y, width: right - left, height: 0.0 };
        let pins = self.pins(wide);
        let above = ABOVE + pins::height(&pins);
        let plot = Rect { y: area.y + above, height: area.height - above - BELOW, ..wide };
        let amounts = right + LEADERS + amount;
        Layout { top: area.y, plot, amounts, names: amounts + AMOUNT_GAP, labels, pins }
    }

    fn height_of(label: &Fitted) -> f64 {
        label.height(NAME).max(AMOUNT.leading()) + LABEL_GAP
    }

    /// Where the nth moment stands.
    fn x(&self, plot: Rect, nth: usize) -> f64 {
        match &self.moments {
            Moments::Years(years) => plot.x + (nth as f64 + 0.5) * plot.width / years.len().max(1) as f64,
            Moments::Parts(horizon) => {
                let months = horizon.months_of(horizon.year(nth));
                month_x(*horizon, plot, (months.start + months.end) as f64 / 2.0)
            }
            Moments::Months(horizon) => month_x(*horizon, plot, nth as f64 + 1.0),
        }
    }

    /// Where a mark stands: as moments from the first, and pounds. `None` if it is on no line or at no moment.
    fn place(&self, mark: &Mark) -> Option<(f64, f64)> {
        let line = self.lines.get(mark.line).filter(|_| mark.at < self.moments.count())?;
        let on_line = (mark.at as f64, line.at(mark.at));
        let other = mark.crosses.and_then(|nth| self.lines.get(nth));
        Some(other.and_then(|other| crossing(line, other, mark.at)).unwrap_or(on_line))
    }

    /// The marks that are drawn, with their places in the plot; heights need the whole plot.
    fn marks(&self, plot: Rect) -> impl Iterator<Item = (&Mark, f64, f64)> {
        self.marks.iter().filter_map(move |mark| {
            let (moment, amount) = self.place(mark)?;
            let before = (moment.floor() as usize).min(self.moments.count().saturating_sub(2));
            let (x, next) = (self.x(plot, before), self.x(plot, before + 1));
            let x = x + (moment - before as f64) * (next - x);
            Some((mark, x, self.money().y(plot, amount)))
        })
    }

    fn pins(&self, plot: Rect) -> Vec<Pin> {
        let marks: Vec<(&str, f64)> = self.marks(plot).map(|(mark, x, _)| (mark.label.as_str(), x)).collect();
        pins::place(&marks, plot)
    }
}

/// Where two lines meet between the moment before this one and this one.
fn crossing(one: &Line, other: &Line, at: usize) -> Option<(f64, f64)> {
    let before = at.checked_sub(1)?;
    let lead = |moment| one.at(moment) - other.at(moment);
    let (from, to) = (lead(before), lead(at));
    if from * to >= 0.0 {
        return None;
    }
    let share = from / (from - to);
    Some((before as f64 + share, one.at(before) + (one.at(at) - one.at(before)) * share))
}

impl Drawing for Lines {
    fn key(&self) -> Vec<Key> {
        Vec::new()
    }

    fn least_height(&self, width: f64) -> f64 {
        let layout = self.layout(Rect { width, ..Rect::default() });
        let labels: f64 = layout.labels.iter().map(Self::height_of).sum();
        ABOVE + (pins::height(&layout.pins) + LEAST_PLOT).max(labels) + BELOW
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let layout = self.layout(area);
        let (plot, money) = (layout.plot, self.money());
        money.draw(canvas, plot, true);
        let years = match &self.moments {
            Moments::Years(years) => Years::even(years, plot),
            Moments::Parts(horizon) | Moments::Months(horizon) => Years::of(*horizon, plot),
        };
        let tick = (plot.bottom(), plot.bottom() + 5.0);
        years.draw(canvas, plot, tick, Panels::years_baseline(plot), style::TICK);
        money.draw_nought(canvas, plot);
        self.draw_ends(canvas, &layout);
        pins::draw_stems(canvas, &layout.pins, &self.marks(plot).map(|(_, _, y)| y).collect::<Vec<_>>());
        for (nth, line) in self.lines.iter().enumerate() {
            self.draw_line(canvas, line, stroke(nth), plot);
        }
        for (_, x, y) in self.marks(plot) {
            canvas.dot((x, y), 8.0, style::GROUND, Pen::solid(style::TEXT, 2.5));
        }
        pins::draw_words(canvas, &layout.pins);
    }
}

impl Lines {
    fn draw_line(&self, canvas: &mut Canvas, line: &Line, look: Stroke, plot: Rect) {
        let money = self.money();
        let count = self.moments.count();
        let at = |nth: usize| (self.x(plot, nth), money.y(plot, line.at(nth)));
        canvas.stroke(&Outline::through((0..count).map(at)), look.pen);
        // Counted from the end, so that every line has a point where its name begins.
        let apart = (POINTS / (plot.width / count.max(1) as f64)).ceil().max(1.0) as usize;
        for nth in (0..count).rev().step_by(apart) {
            draw_point(canvas, at(nth), look);
        }
    }

    /// Amounts and names right of where the lines end, each joined to its line.
    fn draw_ends(&self, canvas: &mut Canvas, layout: &Layout) {
        let plot = layout.plot;
        let y = |line: &Line| self.money().y(plot, self.last(line));
        let wanted: Vec<Label> = self
            .lines
            .iter()
            .zip(&layout.labels)
            .map(|(line, label)| Label { middle: y(line), height: Self::height_of(label) })
            .collect();
        let tops = labels::apart(&wanted, (layout.top, plot.bottom() + BELOW));
        let (end, amount) = (self.x(plot, self.moments.count().saturating_sub(1)), self.widest_amount());
        for (nth, (line, label)) in self.lines.iter().zip(&layout.labels).enumerate() {
            let colour = stroke(nth).pen.colour;
            let height = wanted[nth].height;
            let middle = tops[nth] + height / 2.0;
            let stop = layout.amounts - amount - 14.0;
            let leader = [(end, y(line)), (stop - 14.0, middle), (stop, middle)];
            canvas.stroke(&Outline::through(leader), Pen::solid(colour, 1.2));
            draw_point(canvas, (stop, middle), stroke(nth));
            let baseline = middle + AMOUNT.middle();
            let face = AMOUNT.coloured(colour);
            canvas.text((layout.amounts, baseline), Anchor::End, face, &brief(self.last(line)));
            let top = middle + NAME.middle() - NAME.rise() - (label.height(NAME) - NAME.leading()) / 2.0;
            canvas.lines((layout.names, top), Anchor::Start, NAME.coloured(style::TEXT), label);
        }
    }
}

pub(super) fn draw_point(canvas: &mut Canvas, (x, y): (f64, f64), look: Stroke) {
    let colour = look.pen.colour;
    let (fill, ring) = if look.hollow {
        (style::GROUND, Pen::solid(colour, 2.0))
    } else {
        (colour, Pen::solid(style::GROUND, 1.0))
    };
    match look.shape {
        Shape::Dot => canvas.dot((x, y), 5.5, fill, ring),
        Shape::Square => {
            canvas.polygon(
                &[(x - 5.0, y - 5.0), (x + 5.0, y - 5.0), (x + 5.0, y + 5.0), (x - 5.0, y + 5.0)],
                fill,
                ring,
            );
        }
        Shape::Diamond => canvas.diamond((x, y), 7.0, fill, ring),
        Shape::Up => canvas.polygon(&[(x, y - 7.0), (x + 6.5, y + 4.5), (x - 6.5, y + 4.5)], fill, ring),
        Shape::Down => canvas.polygon(&[(x, y + 7.0), (x + 6.5, y - 4.5), (x - 6.5, y - 4.5)], fill, ring),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(amounts: &[f64]) -> Line {
        Line { name: String::new(), note: String::new(), amounts: amounts.into() }
    }

    #[test]
    fn lines_cross_between_two_moments() {
        let (one, other) = (line(&[0.0, 10.0, 30.0]), line(&[8.0, 12.0, 16.0]));
        let (moment, amount) = crossing(&one, &other, 2).expect("they cross");
        assert!((moment - 1.125).abs() < 1e-9 && (amount - 12.5).abs() < 1e-9, "{moment}, {amount}");
        assert_eq!(crossing(&one, &other, 1), None);
        assert_eq!(crossing(&one, &other, 0), None);
    }
}

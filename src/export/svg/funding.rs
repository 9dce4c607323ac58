//! Need as columns, parted into what funds pay for and what is short, under the line of the funds that there are:
//! what stands between column and line is left over.

use super::callouts::{self, Callout, Obstacle};
use super::canvas::{Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::panels::Heading;
use super::rows::{Measure, Plot, Rows, STEPS};
use super::scale::Money;
use super::{Drawing, stacks, style};
use crate::chart::{FundedYear, Funding, FundingPanel, Ink, brief};

const FUNDS: Pen = Pen::solid(style::TEXT, 2.5);

/// The areas, in reading order.
const AREAS: [(&str, Ink, fn(FundedYear) -> f64); 4] = [
    ("Needed and funded", Ink::Funded, |y| y.paid),
    ("Gap: needed, not funded", Ink::Gap, |y| y.gap),
    ("Lapses unspent", Ink::Lapsed, |y| y.lapsed),
    ("Carried forward", Ink::CarriedForward, |y| y.carried),
];

/// How high a year reaches above nought: what is needed, and what there is.
fn top(year: FundedYear) -> f64 {
    (year.paid.max(0.0) + year.gap).max(year.available())
}

impl Funding {
    fn rows(&self) -> Rows<'_> {
        Rows {
            years: &self.years,
            headings: self.panels.iter().map(|p| Heading { name: &p.name, note: &p.note }).collect(),
            measures: self
                .kinds
                .iter()
                .enumerate()
                .map(|(kind, title)| Measure { title, money: self.money(kind) })
                .collect(),
        }
    }

    fn money(&self, kind: usize) -> Money {
        let years = self.panels.iter().flat_map(|p| (0..self.years.len()).map(move |y| p.at(kind, y)));
        Money::around(years.flat_map(|y| [top(y), y.paid]), STEPS)
    }

    fn is_nil(&self, panel: &FundingPanel, kind: usize) -> bool {
        AREAS.iter().all(|(_, _, of)| (0..self.years.len()).all(|y| of(panel.at(kind, y)).abs() < 0.005))
    }

    fn any(&self, of: fn(FundedYear) -> f64) -> bool {
        let years = || 0..self.years.len();
        let any = |p: &FundingPanel, kind| years().any(|y| of(p.at(kind, y)).abs() >= 0.005);
        self.panels.iter().any(|p| (0..self.kinds.len()).any(|kind| any(p, kind)))
    }
}

impl Drawing for Funding {
    fn key(&self) -> Vec<Key> {
        let areas = AREAS.into_iter().filter(|(_, _, of)| self.any(*of));
        let mut key: Vec<Key> = areas
            .map(|(name, ink, _)| Key { name: name.into(), sample: Sample::Area(style::fill(ink)) })
            .collect();
        if self.any(FundedYear::available) {
            key.push(Key { name: "Funds available".into(), sample: Sample::Line(FUNDS) });
        }
        key
    }

    fn least_height(&self, width: f64) -> f64 {
        self.rows().least_height(width)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let plots = self.rows().draw(canvas, area);
        for (panel, plots) in self.panels.iter().zip(&plots) {
            for (kind, plot) in plots.iter().enumerate() {
                self.draw_years(canvas, panel, kind, plot);
                plot.money.draw_nought(canvas, plot.rect);
                self.draw_funds(canvas, panel, kind, plot);
                self.draw_callouts(canvas, panel, kind, plot);
                if self.is_nil(panel, kind) {
                    plot.say_nil(canvas);
                }
            }
        }
    }
}

impl Funding {
    fn draw_years(&self, canvas: &mut Canvas, panel: &FundingPanel, kind: usize, plot: &Plot) {
        let mut outlines = [(); 4].map(|()| Outline::default());
        let mut widest = 0.0_f64;
        for (nth, (_, left, right)) in plot.years.spans.iter().enumerate() {
            let (x, width) = stacks::column((*left, *right));
            widest = widest.max(width);
            for (outline, (spot, from, to)) in outlines.iter_mut().zip(boxes(panel.at(kind, nth), (x, width)))
            {
                let (from, to) = (plot.money.y(plot.rect, from), plot.money.y(plot.rect, to));
                if from != to {
                    let height = (to - from).abs();
                    outline.rect(Rect { x: spot.0, y: from.min(to), width: spot.1, height });
                }
            }
        }
        for ((name, ink, _), outline) in AREAS.iter().zip(&outlines) {
            canvas.mark(outline, style::fill(*ink), stacks::rim(widest), name);
        }
        // A hatch has no edge of its own.
        for ((_, ink, _), outline) in AREAS.iter().zip(&outlines).skip(1) {
            let edge = if *ink == Ink::Gap { style::fill(*ink).colour } else { style::QUIET };
            if !outline.is_empty() && stacks::rim(widest) > 0.0 {
                canvas.stroke(outline, Pen::solid(edge, 1.2));
            }
        }
    }

    /// The line of the funds that there are, year by year.
    fn draw_funds(&self, canvas: &mut Canvas, panel: &FundingPanel, kind: usize, plot: &Plot) {
        let funds: Vec<f64> = (0..self.years.len()).map(|year| panel.at(kind, year).available()).collect();
        if funds.iter().all(|&amount| amount < 0.005) {
            return;
        }
        let steps = plot.years.spans.iter().zip(funds).flat_map(|((_, left, right), amount)| {
            let y = plot.money.y(plot.rect, amount);
            [(*left, y), (*right, y)]
        });
        canvas.stroke(&Outline::through(steps), FUNDS);
    }

    /// The largest gap and the largest lapse.
    fn draw_callouts(&self, canvas: &mut Canvas, panel: &FundingPanel, kind: usize, plot: &Plot) {
        let callout = |word: &str, area: usize, colour| {
            let (year, amount) = self.most(panel, kind, AREAS[area].2)?;
            let (_, left, right) = plot.years.spans.get(year)?;
            let ((x, width), _, top) = boxes(panel.at(kind, year), stacks::column((*left, *right)))[area];
            let words = format!("{word} {}, {}", brief(amount), self.years[year]);
            Some(Callout { words, colour, at: (x + width / 2.0, plot.money.y(plot.rect, top)) })
        };
        let gap = callout("Gap", 1, style::fill(Ink::Gap).colour);
        let callouts: Vec<Callout> = gap.into_iter().chain(callout("Lapses", 2, style::TEXT)).collect();
        let obstacle = |(nth, (_, left, right)): (usize, &(_, f64, f64))| Obstacle {
            left: *left,
            right: *right,
            top: plot.money.y(plot.rect, top(panel.at(kind, nth))),
        };
        let below: Vec<Obstacle> = plot.years.spans.iter().enumerate().map(obstacle).collect();
        callouts::draw(canvas, &callouts, &below, plot.labelled());
    }
}

/// The boxes of a year in the order of [`AREAS`]: left edge and width, and pounds from and to. Where money is short
/// and left over at once, the two stand side by side.
fn boxes(year: FundedYear, (x, width): (f64, f64)) -> [((f64, f64), f64, f64); 4] {
    let base = year.paid.max(0.0);
    let both = year.gap >= 0.005 && year.lapsed + year.carried >= 0.005;
    let half = width / 2.0;
    let (short, over) = if both { ((x, half), (x + half, half)) } else { ((x, width), (x, width)) };
    [
        ((x, width), 0.0, year.paid),
        (short, base, base + year.gap),
        (over, base, base + year.lapsed),
        (over, base + year.lapsed, year.available()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_and_what_is_over_stand_side_by_side_on_what_is_paid() {
        let year = FundedYear { paid: 50.0, gap: 30.0, lapsed: 10.0, carried: 5.0 };
        let boxes = boxes(year, (100.0, 20.0));
        assert_eq!(boxes[1], ((100.0, 10.0), 50.0, 80.0));
        assert_eq!(boxes[2], ((110.0, 10.0), 50.0, 60.0));
        assert_eq!(boxes[3], ((110.0, 10.0), 60.0, 65.0));
    }

    #[test]
    fn a_need_below_nought_hangs_and_leaves_the_funds_whole() {
        let year = FundedYear { paid: -20.0, lapsed: 40.0, ..FundedYear::default() };
        let boxes = boxes(year, (0.0, 20.0));
        assert_eq!((boxes[0].1, boxes[0].2, boxes[2].1, boxes[2].2), (0.0, -20.0, 0.0, 40.0));
        assert!((year.available() - 40.0).abs() < 1e-9);
    }
}

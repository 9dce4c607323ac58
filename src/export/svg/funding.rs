//! Need as columns, parted into what funds pay for and what is short, under the line of the funds that there are:
//! what stands between column and line is left over.

use super::callouts::{self, Callout, Obstacle};
use super::canvas::{Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::panels::Heading;
use super::rows::{Measure, Plot, Rows, STEPS};
use super::scale::Money;
use super::{Drawing, stacks, style};
use crate::chart::{FundedYear, Funding, FundingPanel, Ink};
use crate::money::brief;

const FUNDS: Pen = Pen::solid(style::TEXT, 2.5);

/// A part of a year.
struct Area {
    name: &'static str,
    ink: Ink,
    amount: fn(FundedYear) -> f64,
}

/// All of them, in reading order.
const AREAS: [Area; 4] = [
    Area { name: "Needed and funded", ink: Ink::Funded, amount: |y| y.paid },
    Area { name: "Gap: needed, not funded", ink: Ink::Gap, amount: |y| y.gap },
    Area { name: "Lapses unspent", ink: Ink::Lapsed, amount: |y| y.lapsed },
    Area { name: "Carried forward", ink: Ink::CarriedForward, amount: |y| y.carried },
];
const GAP: usize = 1;
const LAPSE: usize = 2;

impl FundedYear {
    /// What there is to spend. Where need is below nought, it takes nothing from the funds.
    fn available(self) -> f64 {
        self.paid.max(0.0) + self.lapsed + self.carried
    }

    /// How high it reaches above nought: what is needed, and what there is.
    fn top(self) -> f64 {
        (self.paid.max(0.0) + self.gap).max(self.available())
    }
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
        Money::around(years.flat_map(|y| [y.top(), y.paid]), STEPS)
    }

    fn is_nil(&self, panel: &FundingPanel, kind: usize) -> bool {
        let is_nil = |area: &Area, year| (area.amount)(panel.at(kind, year)).abs() < 0.005;
        AREAS.iter().all(|area| (0..self.years.len()).all(|year| is_nil(area, year)))
    }

    fn any(&self, of: fn(FundedYear) -> f64) -> bool {
        let years = || 0..self.years.len();
        let any = |p: &FundingPanel, kind| years().any(|y| of(p.at(kind, y)).abs() >= 0.005);
        self.panels.iter().any(|p| (0..self.kinds.len()).any(|kind| any(p, kind)))
    }
}

impl Drawing for Funding {
    fn key(&self) -> Vec<Key> {
        let areas = AREAS.iter().filter(|area| self.any(area.amount));
        let mut key: Vec<Key> = areas
            .map(|area| Key { name: area.name.into(), sample: Sample::Area(style::fill(area.ink)) })
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
                draw_years(canvas, panel, kind, plot);
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

fn draw_years(canvas: &mut Canvas, panel: &FundingPanel, kind: usize, plot: &Plot) {
    let mut outlines = [(); 4].map(|()| Outline::default());
    let mut widest = 0.0_f64;
    for (nth, (_, left, right)) in plot.years.spans.iter().enumerate() {
        let column = stacks::column((*left, *right));
        widest = widest.max(column.1);
        for (outline, part) in outlines.iter_mut().zip(parts(panel.at(kind, nth), column)) {
            let (from, to) = (plot.money.y(plot.rect, part.from), plot.money.y(plot.rect, part.to));
            let height = (to - from).abs();
            if height > 0.0 {
                outline.rect(Rect { x: part.left, y: from.min(to), width: part.width, height });
            }
        }
    }
    for (area, outline) in AREAS.iter().zip(&outlines) {
        canvas.mark(outline, style::fill(area.ink), stacks::rim(widest), area.name);
    }
    // A hatch has no edge of its own.
    for (area, outline) in AREAS.iter().zip(&outlines).skip(GAP) {
        let edge = if area.ink == Ink::Gap { style::fill(area.ink).colour } else { style::QUIET };
        if !outline.is_empty() && stacks::rim(widest) > 0.0 {
            canvas.stroke(outline, Pen::solid(edge, 1.2));
        }
    }
}

impl Funding {
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
            let (year, amount) = self.most(panel, kind, AREAS[area].amount)?;
            let (_, left, right) = plot.years.spans.get(year)?;
            let part = parts(panel.at(kind, year), stacks::column((*left, *right)))[area];
            let at = (part.left + part.width / 2.0, plot.money.y(plot.rect, part.to));
            let words = format!("{word} {}, {}", brief(amount), self.years[year]);
            Some(Callout { words, colour, at })
        };
        let gap = callout("Gap", GAP, style::fill(Ink::Gap).colour);
        let callouts: Vec<Callout> = gap.into_iter().chain(callout("Lapses", LAPSE, style::TEXT)).collect();
        let obstacle = |(nth, (_, left, right)): (usize, &(_, f64, f64))| Obstacle {
            left: *left,
            right: *right,
            top: plot.money.y(plot.rect, panel.at(kind, nth).top()),
        };
        let below: Vec<Obstacle> = plot.years.spans.iter().enumerate().map(obstacle).collect();
        callouts::draw(canvas, &callouts, &below, plot.labelled());
    }
}

/// Where an area stands: pixels across, pounds upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    left: f64,
    width: f64,
    from: f64,
    to: f64,
}

/// The parts of a year's column in the order of [`AREAS`]. Where money is short and left over at once, the two
/// stand side by side.
fn parts(year: FundedYear, (left, width): (f64, f64)) -> [Part; 4] {
    let base = year.paid.max(0.0);
    let both = year.gap >= 0.005 && year.lapsed + year.carried >= 0.005;
    let half = width / 2.0;
    let whole = Part { left, width, from: 0.0, to: year.paid };
    let short = if both { Part { width: half, ..whole } } else { whole };
    let over = if both { Part { left: left + half, width: half, ..whole } } else { whole };
    [
        whole,
        Part { from: base, to: base + year.gap, ..short },
        Part { from: base, to: base + year.lapsed, ..over },
        Part { from: base + year.lapsed, to: year.available(), ..over },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_and_what_is_over_stand_side_by_side_on_what_is_paid() {
        let year = FundedYear { paid: 50.0, gap: 30.0, lapsed: 10.0, carried: 5.0 };
        let parts = parts(year, (100.0, 20.0));
        assert_eq!(parts[0], Part { left: 100.0, width: 20.0, from: 0.0, to: 50.0 });
        assert_eq!(parts[1], Part { left: 100.0, width: 10.0, from: 50.0, to: 80.0 });
        assert_eq!(parts[2], Part { left: 110.0, width: 10.0, from: 50.0, to: 60.0 });
        assert_eq!(parts[3], Part { left: 110.0, width: 10.0, from: 60.0, to: 65.0 });
    }

    #[test]
    fn a_need_below_nought_hangs_and_leaves_the_funds_whole() {
        let year = FundedYear { paid: -20.0, lapsed: 40.0, ..FundedYear::default() };
        let parts = parts(year, (0.0, 20.0));
        assert_eq!(parts[0], Part { left: 0.0, width: 20.0, from: 0.0, to: -20.0 });
        assert_eq!(parts[2], Part { left: 0.0, width: 20.0, from: 0.0, to: 40.0 });
        assert!((year.available() - 40.0).abs() < 1e-9);
    }
}

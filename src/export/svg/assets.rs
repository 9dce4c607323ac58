//! The value of assets at the end of each year, and below it what the year is charged with.

use super::callouts::{self, Callout, Obstacle};
use super::canvas::{Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::panels::Heading;
use super::rows::{Measure, Plot, Rows, STEPS};
use super::scale::Money;
use super::stacks::{Amounts, Stacks};
use super::{Drawing, style};
use crate::chart::{AssetPanel, Assets, Ink, Series};
use crate::money::brief;

const NET: Pen = Pen::solid(style::TEXT, 2.5);
/// Around the line of net effect, so that it reads on dark columns.
const HALO: Pen = Pen::solid(style::GROUND, 5.5);
const POINT: f64 = 4.5;
/// Years narrower than this have no points on the line.
const POINTED: f64 = 15.0;

const TITLES: [&str; 2] =
    ["Net book value at year end", "Effect on income and expenditure: costs above nought, benefits below"];

/// The parts of asset value, from the axis outwards.
fn value() -> [Series; 2] {
    let part = |name: &str, ink| Series { name: name.into(), ink };
    [part("Assets in use", Ink::InUse), part("Assets under construction", Ink::UnderConstruction)]
}

/// Value above, effect below: what stands in their columns, by panel, part and year.
struct Side<'a> {
    series: &'a [Series],
    amount: fn(&AssetPanel, usize, usize) -> f64,
}

impl Side<'_> {
    fn stacks(&self) -> Stacks<'_> {
        Stacks::of(self.series)
    }

    fn money(&self, assets: &Assets) -> Money {
        let mut amounts = Vec::new();
        for panel in &assets.panels {
            let of = |part: usize, year: usize| (self.amount)(panel, part, year);
            let years = 0..assets.years.len();
            amounts.extend(years.map(|y| self.stacks().extent(&of, y)).flat_map(|(up, down)| [up, down]));
        }
        Money::around(amounts, STEPS)
    }

    fn is_used(&self, panel: &AssetPanel, part: usize, years: usize) -> bool {
        (0..years).any(|year| (self.amount)(panel, part, year).abs() >= 0.005)
    }

    fn is_nil(&self, panel: &AssetPanel, years: usize) -> bool {
        !(0..self.series.len()).any(|part| self.is_used(panel, part, years))
    }

    /// What is nought throughout needs no key.
    fn key(&self, assets: &Assets) -> Vec<Key> {
        let years = assets.years.len();
        let is_used = |part: usize| assets.panels.iter().any(|p| self.is_used(p, part, years));
        let used = self.series.iter().enumerate().filter(|(part, _)| is_used(*part));
        used.map(|(_, s)| Key { name: s.name.clone(), sample: Sample::Area(style::fill(s.ink)) }).collect()
    }
}

impl Assets {
    fn sides<'a>(&'a self, value: &'a [Series]) -> [Side<'a>; 2] {
        [
            Side { series: value, amount: |panel, part, year| panel.value(year)[part] },
            Side { series: &self.effects, amount: |panel, part, year| panel.effect(part, year) },
        ]
    }

    fn rows(&self, sides: &[Side<'_>; 2]) -> Rows<'_> {
        let measures = sides.iter().zip(TITLES);
        Rows {
            years: &self.years,
            headings: self.panels.iter().map(|p| Heading { name: &p.name, note: &p.note }).collect(),
            measures: measures.map(|(side, title)| Measure { title, money: side.money(self) }).collect(),
        }
    }
}

impl Drawing for Assets {
    fn key(&self) -> Vec<Key> {
        let value = value();
        let [above, below] = self.sides(&value);
        let mut key = above.key(self);
        let effects = below.key(self);
        if !effects.is_empty() {
            key.extend(effects);
            key.push(Key { name: "Net effect".into(), sample: Sample::Line(NET) });
        }
        key
    }

    fn least_height(&self, width: f64) -> f64 {
        self.rows(&self.sides(&value())).least_height(width)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let value = value();
        let sides = self.sides(&value);
        let rows = self.rows(&sides).draw(canvas, area);
        for (panel, plots) in self.panels.iter().zip(&rows) {
            for (nth, (side, plot)) in sides.iter().zip(plots).enumerate() {
                let amounts = |part: usize, year: usize| (side.amount)(panel, part, year);
                side.stacks().draw(canvas, &amounts, plot.rect, plot.money, &plot.years);
                plot.money.draw_nought(canvas, plot.rect);
                if side.is_nil(panel, self.years.len()) {
                    plot.say_nil(canvas);
                } else if nth == 0 {
                    self.draw_callout(canvas, ("", self.highest(panel)), &side.stacks(), &amounts, plot);
                } else {
                    self.draw_net(canvas, panel, plot);
                    self.draw_callout(canvas, ("Net ", self.peak(panel)), &side.stacks(), &amounts, plot);
                }
            }
        }
    }
}

impl Assets {
    fn draw_net(&self, canvas: &mut Canvas, panel: &AssetPanel, plot: &Plot) {
        let at = |year: usize| (plot.middle(year), plot.money.y(plot.rect, self.net(panel, year)));
        let line = Outline::through((0..self.years.len()).map(at));
        canvas.stroke(&line, HALO);
        canvas.stroke(&line, NET);
        if plot.years.spans.first().is_some_and(|(_, left, right)| right - left >= POINTED) {
            for year in 0..self.years.len() {
                canvas.dot(at(year), POINT, style::GROUND, Pen::solid(style::TEXT, 2.0));
            }
        }
    }

    /// The largest amount with the year that it falls in, over its column.
    fn draw_callout(
        &self,
        canvas: &mut Canvas,
        (word, most): (&str, Option<(usize, f64)>),
        stacks: &Stacks<'_>,
        amounts: Amounts<'_>,
        plot: &Plot,
    ) {
        let Some((year, amount)) = most else { return };
        // The line of net effect never runs above the columns, but its points may stand out of them.
        let y = |amount: f64| plot.money.y(plot.rect, amount) - POINT;
        let obstacle = |(nth, (_, left, right)): (usize, &(_, f64, f64))| Obstacle {
            left: *left,
            right: *right,
            top: y(stacks.extent(amounts, nth).0),
        };
        let below: Vec<Obstacle> = plot.years.spans.iter().enumerate().map(obstacle).collect();
        let words = format!("{word}{}, {}", brief(amount), self.years[year]);
        let callout = Callout { words, colour: style::TEXT, at: (plot.middle(year), y(amount)) };
        callouts::draw(canvas, &[callout], &below, plot.labelled());
    }
}

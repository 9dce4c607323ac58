//! The value of assets at the end of each year, and below it what the year is charged with.

use super::callouts::{self, Callout, Obstacle};
use super::canvas::{Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::panels::Heading;
use super::rows::{Measure, Plot, Rows, STEPS};
use super::scale::Money;
use super::stacks::{Amounts, Stacks};
use super::{Drawing, style};
use crate::chart::{AssetPanel, Assets, Ink, Series, brief};

const NET: Pen = Pen::solid(style::TEXT, 2.5);
/// Around the line of net effect, so that it reads on dark columns.
const HALO: Pen = Pen::solid(style::GROUND, 5.5);
const POINT: f64 = 4.5;
/// Years narrower than this have no points on the line.
const POINTED: f64 = 15.0;

/// The parts of asset value, from the axis outwards.
fn value() -> [Series; 2] {
    let part = |name: &str, ink| Series { name: name.into(), ink };
    [part("Assets in use", Ink::InUse), part("Assets under construction", Ink::UnderConstruction)]
}

/// What stands above nought in every year, and what hangs below.
fn extents<'a>(
    stacks: &'a Stacks<'_>,
    amounts: Amounts<'a>,
    years: usize,
) -> impl Iterator<Item = (f64, f64)> {
    (0..years).map(move |year| stacks.extent(amounts, year))
}

impl Assets {
    fn rows<'a>(&'a self, value: &'a [Series]) -> Rows<'a> {
        Rows {
            years: &self.years,
            headings: self.panels.iter().map(|p| Heading { name: &p.name, note: &p.note }).collect(),
            measures: vec![
                Measure {
                    title: "Net book value at year end",
                    money: self.money(&Stacks::of(value), |p| move |part: usize, year| p.value(year)[part]),
                },
                Measure {
                    title: "Effect on income and expenditure: costs above nought, benefits below",
                    money: self.money(&Stacks::of(&self.effects), |p| move |part, year| p.effect(part, year)),
                },
            ],
        }
    }

    fn money<'a, F: Fn(usize, usize) -> f64>(
        &'a self,
        stacks: &Stacks<'_>,
        of: impl Fn(&'a AssetPanel) -> F,
    ) -> Money {
        let mut amounts = Vec::new();
        for panel in &self.panels {
            amounts.extend(extents(stacks, &of(panel), self.years.len()).flat_map(|(up, down)| [up, down]));
        }
        Money::around(amounts, STEPS)
    }

    fn any(&self, of: impl Fn(&AssetPanel, usize) -> f64) -> bool {
        self.panels.iter().any(|p| (0..self.years.len()).any(|year| of(p, year).abs() >= 0.005))
    }
}

impl Drawing for Assets {
    fn key(&self) -> Vec<Key> {
        let area = |s: &Series| Key { name: s.name.clone(), sample: Sample::Area(style::fill(s.ink)) };
        let value = value();
        let used = value.iter().enumerate().filter(|(nth, _)| self.any(|p, year| p.value(year)[*nth]));
        let mut key: Vec<Key> = used.map(|(_, s)| area(s)).collect();
        let used =
            self.effects.iter().enumerate().filter(|(nth, _)| self.any(|p, year| p.effect(*nth, year)));
        key.extend(used.map(|(_, s)| area(s)));
        if self.any(|p, year| (0..self.effects.len()).map(|part| p.effect(part, year).abs()).sum()) {
            key.push(Key { name: "Net effect".into(), sample: Sample::Line(NET) });
        }
        key
    }

    fn least_height(&self, width: f64) -> f64 {
        self.rows(&value()).least_height(width)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let value = value();
        let rows = self.rows(&value).draw(canvas, area);
        for (panel, plots) in self.panels.iter().zip(&rows) {
            let [upper, lower] = plots.as_slice() else { continue };
            let stacks = Stacks::of(&value);
            let amounts = |part: usize, year: usize| panel.value(year)[part];
            draw_stacks(canvas, &stacks, &amounts, upper);
            self.draw_callout(canvas, "", self.highest(panel), &stacks, &amounts, upper);

            let stacks = Stacks::of(&self.effects);
            let amounts = |part: usize, year: usize| panel.effect(part, year);
            draw_stacks(canvas, &stacks, &amounts, lower);
            self.draw_net(canvas, panel, lower);
            self.draw_callout(canvas, "Net ", self.peak(panel), &stacks, &amounts, lower);
        }
    }
}

fn draw_stacks(canvas: &mut Canvas, stacks: &Stacks<'_>, amounts: Amounts<'_>, plot: &Plot) {
    stacks.draw(canvas, amounts, plot.rect, plot.money, &plot.years);
    plot.money.draw_nought(canvas, plot.rect);
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

    /// The largest amount, over its column.
    fn draw_callout(
        &self,
        canvas: &mut Canvas,
        word: &str,
        most: Option<(usize, f64)>,
        stacks: &Stacks<'_>,
        amounts: Amounts<'_>,
        plot: &Plot,
    ) {
        let Some((year, amount)) = most else { return };
        // The line of net effect never runs above the columns, but its points may stand out of them.
        let y = |amount: f64| plot.money.y(plot.rect, amount) - POINT;
        let below: Vec<Obstacle> = extents(stacks, amounts, self.years.len())
            .zip(&plot.years.spans)
            .map(|((up, _), (_, left, right))| Obstacle { left: *left, right: *right, top: y(up) })
            .collect();
        let words = format!("{word}{}, {}", brief(amount), self.years[year]);
        let callout = Callout { words, colour: style::TEXT, at: (plot.middle(year), y(amount)) };
        callouts::draw(canvas, &[callout], &below, plot.labelled());
    }
}

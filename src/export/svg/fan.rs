//! Fans: cumulative cost by financial year, a median line in bands of likelihood, a panel for each option.

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::labels::{self, Label};
use super::panels::{self, Heading, Panels, Room};
use super::scale::{Money, Years};
use super::style::{self, Face, Fill};
use super::{Drawing, text};
use crate::chart::{Fan, FanPanel};
use crate::money::brief;

/// For half of the highest labels.
const ABOVE: f64 = 16.0;
const LABEL_GAP: f64 = 10.0;
const MEDIAN: Face = style::LABEL;
const EDGE: Face = Face { size: 16.0, ..style::NOTE };

fn tint(nth: usize, count: usize) -> Fill {
    // The narrowest band is the darkest, however many there are.
    let place = (style::BANDS.len() + nth).saturating_sub(count);
    let colour = style::BANDS[place.min(style::BANDS.len() - 1)];
    Fill { colour, hatch: None, text: style::TEXT }
}

fn median() -> Pen {
    Pen::solid(style::TEXT, 3.0)
}

impl Fan {
    fn money(&self) -> Money {
        let years = 0..self.years.len();
        let panel = |p| years.clone().flat_map(move |year| self.amounts(p, year));
        Money::around(self.panels.iter().flat_map(panel), panels::steps(self.panels.len()))
    }

    /// All amounts of a year.
    fn amounts(&self, panel: &FanPanel, year: usize) -> Vec<f64> {
        let edges = (0..self.bands.len()).filter_map(|band| panel.edges(band, year));
        edges.flat_map(|(low, high)| [low, high]).chain([panel.middle(year)]).collect()
    }

    /// What stands right of a panel: the last median, and the last edges of the widest band.
    fn ends(&self, panel: &FanPanel) -> Vec<(f64, Face)> {
        let last = self.years.len().saturating_sub(1);
        let edges = if self.bands.is_empty() { None } else { panel.edges(0, last) };
        let median = panel.middle(last);
        // Edges that read the same as the median would say nothing.
        let edges = edges.filter(|(low, high)| [low, high].into_iter().any(|&e| brief(e) != brief(median)));
        let edges = edges.map_or(Vec::new(), |(low, high)| vec![(low, EDGE), (high, EDGE)]);
        std::iter::once((median, MEDIAN)).chain(edges).collect()
    }

    fn headings(&self) -> Vec<Heading<'_>> {
        self.panels.iter().map(|p| Heading { name: &p.name, note: &p.note }).collect()
    }

    fn room(&self) -> Room {
        let widths =
            self.panels.iter().flat_map(|p| self.ends(p)).map(|(a, face)| text::width(&brief(a), face));
        Room {
            left: self.money().room(),
            right: widths.fold(0.0, f64::max) + LABEL_GAP,
            above: ABOVE,
            least: panels::LEAST_PLOT,
        }
    }

    /// From the start of the first year to the end of each.
    fn along(&self, plot: Rect, of: impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
        let money = self.money();
        let pitch = plot.width / self.years.len().max(1) as f64;
        let ends = (0..self.years.len()).map(|y| (plot.x + pitch * (y as f64 + 1.0), money.y(plot, of(y))));
        std::iter::once((plot.x, money.y(plot, 0.0))).chain(ends).collect()
    }
}

impl Drawing for Fan {
    fn key(&self) -> Vec<Key> {
        let bands = self.bands.iter().enumerate();
        let bands = bands
            .map(|(nth, name)| Key { name: name.clone(), sample: Sample::Area(tint(nth, self.bands.len())) });
        std::iter::once(Key { name: "Median".into(), sample: Sample::Line(median()) }).chain(bands).collect()
    }

    fn least_height(&self, width: f64) -> f64 {
        Panels::least_height(width, &self.headings(), self.room())
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let money = self.money();
        let panels = Panels::layout(area, &self.headings(), self.room());
        panels.draw(canvas, money);
        for (panel, plot) in self.panels.iter().zip(&panels.plots) {
            let tick = (plot.bottom(), plot.bottom() + 5.0);
            let years = Years::even(&self.years, *plot);
            years.draw(canvas, *plot, tick, Panels::years_baseline(*plot), panels.years_face());
            self.draw_bands(canvas, panel, *plot);
            money.draw_nought(canvas, *plot);
            let line = self.along(*plot, |year| panel.middle(year));
            canvas.stroke(&Outline::through(line), median());
            self.draw_ends(canvas, panel, *plot);
        }
    }
}

impl Fan {
    fn draw_bands(&self, canvas: &mut Canvas, panel: &FanPanel, plot: Rect) {
        for (nth, name) in self.bands.iter().enumerate() {
            if panel.edges(nth, 0).is_none() {
                continue;
            }
            let edge = |of: fn((f64, f64)) -> f64| self.along(plot, |y| panel.edges(nth, y).map_or(0.0, of));
            let (low, high) = (edge(|e| e.0), edge(|e| e.1));
            let mut outline = Outline::through(high.iter().copied().chain(low.iter().rev().copied()));
            outline.close();
            canvas.mark(&outline, tint(nth, self.bands.len()), 0.0, name);
            for line in [low, high] {
                canvas.stroke(&Outline::through(line), Pen::solid(style::BAND_EDGE, 1.0));
            }
        }
    }

    fn draw_ends(&self, canvas: &mut Canvas, panel: &FanPanel, plot: Rect) {
        let ends = self.ends(panel);
        let label = |(amount, face): &(f64, Face)| Label {
            middle: self.money().y(plot, *amount),
            height: face.leading(),
        };
        let wanted: Vec<Label> = ends.iter().map(label).collect();
        let half = MEDIAN.leading() / 2.0;
        let tops = labels::apart(&wanted, (plot.y - half, plot.bottom() + half));
        for ((amount, face), top) in ends.into_iter().zip(tops) {
            let at = (plot.right() + LABEL_GAP, top + face.rise());
            canvas.text(at, Anchor::Start, face, &brief(amount));
        }
    }
}

//! Small multiples of several measures: options side by side, each with its plots below each other. A measure has
//! one scale over all options, and a title above its plots.

use super::canvas::{Anchor, Canvas, Rect};
use super::panels::{Heading, Panels, Room};
use super::scale::{Money, Years};
use super::style::{self, Face};
use super::{stacks, text};
use crate::calendar::FinancialYear;

const TITLE: Face = style::LABEL;
/// For a measure's title, and for labels over its columns.
const TITLED: f64 = 28.0;
const LABELLED: f64 = 36.0;
/// Between the plots of an option.
const GAP: f64 = 14.0;
const LEAST_PLOT: f64 = 124.0;
/// How many steps a money axis should have.
pub(super) const STEPS: f64 = 4.0;

/// What one plot of each option shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure<'a> {
    pub(super) title: &'a str,
    pub(super) money: Money,
}

/// What is to be laid out.
pub(super) struct Rows<'a> {
    pub(super) years: &'a [FinancialYear],
    pub(super) headings: Vec<Heading<'a>>,
    pub(super) measures: Vec<Measure<'a>>,
}

/// A plot with its scale and its years.
pub(super) struct Plot {
    pub(super) rect: Rect,
    pub(super) money: Money,
    pub(super) years: Years,
}

impl Plot {
    /// Where labels over the columns may stand: the plot and the band above it.
    pub(super) fn labelled(&self) -> Rect {
        let Rect { x, y, width, height } = self.rect;
        Rect { x, y: y - LABELLED, width, height: height + LABELLED }
    }

    /// Says that there is nothing, lest it seem that something is missing.
    pub(super) fn say_nil(&self, canvas: &mut Canvas) {
        let at = (self.rect.x + 4.0, self.money.y(self.rect, 0.0) - 9.0);
        canvas.text_on_ground(at, Anchor::Start, style::NOTE.sized(16.0), "Nil");
    }

    /// The middle of a year's column.
    pub(super) fn middle(&self, year: usize) -> f64 {
        self.years.spans.get(year).map_or(self.rect.x, |(_, left, right)| (left + right) / 2.0)
    }
}

impl Rows<'_> {
    fn room(&self) -> Room {
        let count = self.measures.len() as f64;
        Room {
            left: self.measures.iter().map(|m| m.money.room()).fold(0.0, f64::max),
            right: 0.0,
            above: 8.0,
            least: count * (TITLED + LABELLED + LEAST_PLOT + GAP) - GAP,
        }
    }

    fn narrowed(&self, area: Rect) -> Rect {
        stacks::narrowed(area, self.room().left, self.years.len(), self.headings.len())
    }

    /// The least height at which all can be read.
    pub(super) fn least_height(&self, width: f64) -> f64 {
        let area = self.narrowed(Rect { width, ..Rect::default() });
        Panels::least_height(area.width, &self.headings, self.room())
    }

    /// Draws all but the marks, and gives the plots for them: by option, then by measure.
    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect) -> Vec<Vec<Plot>> {
        let panels = Panels::layout(self.narrowed(area), &self.headings, self.room());
        panels.draw_headings(canvas);
        let mut all = Vec::new();
        for (nth, whole) in panels.plots.iter().enumerate() {
            let plots = self.split(*whole);
            for (plot, measure) in plots.iter().zip(&self.measures) {
                if panels.is_first(nth) {
                    draw_title(canvas, measure.title, plot.rect.y - LABELLED - TITLED, area);
                }
                measure.money.draw(canvas, plot.rect, panels.is_first(nth));
            }
            if let Some(lowest) = plots.last() {
                let tick = (lowest.rect.bottom(), lowest.rect.bottom() + 5.0);
                let baseline = Panels::years_baseline(lowest.rect);
                lowest.years.draw(canvas, lowest.rect, tick, baseline, panels.years_face());
            }
            all.push(plots);
        }
        all
    }

    /// The plots of an option, below each other.
    fn split(&self, whole: Rect) -> Vec<Plot> {
        let pitch = (whole.height + GAP) / self.measures.len().max(1) as f64;
        let above = TITLED + LABELLED;
        let plot = |(nth, measure): (usize, &Measure<'_>)| {
            let y = whole.y + nth as f64 * pitch + above;
            let rect = Rect { y, height: pitch - GAP - above, ..whole };
            Plot { rect, money: measure.money, years: Years::even(self.years, rect) }
        };
        self.measures.iter().enumerate().map(plot).collect()
    }
}

/// The title of a measure, on a band over the whole width.
fn draw_title(canvas: &mut Canvas, title: &str, y: f64, area: Rect) {
    let band = Rect { y, height: TITLED, ..area };
    canvas.rect(band, style::BAND);
    let title = text::fit(title, TITLE, band.width - 16.0);
    let top = y + TITLED / 2.0 + TITLE.middle() - TITLE.rise();
    canvas.lines((band.x + 8.0, top), Anchor::Start, TITLE, &title);
}

//! Stacked columns by financial year, a panel for each option.

use super::canvas::{Anchor, Canvas, Rect};
use super::frame::{Key, Sample};
use super::panels::{self, Heading, Panels, Room};
use super::scale::{Money, Years};
use super::stacks::{self, Stacks};
use super::{Drawing, style, text};
use crate::chart::{ColumnPanel, Columns, finite};
use crate::money::brief;

/// For the totals above the columns.
const ABOVE: f64 = 28.0;

impl ColumnPanel {
    fn amount(&self, series: usize, year: usize) -> f64 {
        self.amounts.get(series).and_then(|s| s.get(year)).copied().map_or(0.0, finite)
    }
}

impl Columns {
    fn parts(&self) -> Stacks<'_> {
        Stacks::of(&self.series)
    }

    /// What stands above nought in a year of a panel, and what hangs below it.
    fn extent(&self, panel: &ColumnPanel, year: usize) -> (f64, f64) {
        self.parts().extent(&|part, year| panel.amount(part, year), year)
    }

    fn money(&self) -> Money {
        let extents =
            self.panels.iter().flat_map(|panel| (0..self.years.len()).map(|year| self.extent(panel, year)));
        let amounts = extents.flat_map(|(up, down)| [up, down]);
        Money::around(amounts, panels::steps(self.panels.len()))
    }

    fn headings(&self) -> Vec<Heading<'_>> {
        self.panels.iter().map(|p| Heading { name: &p.name, note: &p.note }).collect()
    }

    fn room(&self) -> Room {
        Room { left: self.money().room(), right: 0.0, above: ABOVE, least: panels::LEAST_PLOT }
    }

    fn narrowed(&self, area: Rect) -> Rect {
        stacks::narrowed(area, self.room().left, self.years.len(), self.panels.len())
    }

    /// Whether a series has an amount anywhere; what is nought throughout needs no key.
    fn is_used(&self, series: usize) -> bool {
        let years = 0..self.years.len();
        self.panels.iter().any(|p| years.clone().any(|year| p.amount(series, year).abs() >= 0.005))
    }
}

impl Drawing for Columns {
    fn key(&self) -> Vec<Key> {
        let used = self.series.iter().enumerate().filter(|(nth, _)| self.is_used(*nth));
        used.map(|(_, s)| Key { name: s.name.clone(), sample: Sample::Area(style::fill(s.ink)) }).collect()
    }

    fn least_height(&self, width: f64) -> f64 {
        let area = self.narrowed(Rect { width, ..Rect::default() });
        Panels::least_height(area.width, &self.headings(), self.room())
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let money = self.money();
        let panels = Panels::layout(self.narrowed(area), &self.headings(), self.room());
        panels.draw(canvas, money);
        for (panel, plot) in self.panels.iter().zip(&panels.plots) {
            let years = Years::even(&self.years, *plot);
            let below = plot.bottom();
            years.draw(
                canvas,
                *plot,
                (below, below + 5.0),
                Panels::years_baseline(*plot),
                panels.years_face(),
            );
            self.parts().draw(canvas, &|part, year| panel.amount(part, year), *plot, money, &years);
            money.draw_nought(canvas, *plot);
            self.draw_totals(canvas, panel, *plot, &years);
        }
    }
}

impl Columns {
    /// The total of each year over its column, if all of them have room and none has parts below nought,
    /// where a total would not be the height of the column.
    fn draw_totals(&self, canvas: &mut Canvas, panel: &ColumnPanel, plot: Rect, years: &Years) {
        let money = self.money();
        let extents: Vec<_> = (0..self.years.len()).map(|year| self.extent(panel, year)).collect();
        let labels: Vec<String> = extents.iter().map(|(up, _)| brief(*up)).collect();
        let has_room = |(label, (_, left, right)): (&String, &(_, f64, f64))| {
            text::width(label, style::LABEL) + 8.0 <= right - left
        };
        let all_fit = labels.iter().zip(&years.spans).all(has_room);
        if !all_fit || extents.iter().any(|(_, down)| *down < 0.0) {
            return;
        }
        for ((label, (up, _)), (_, left, right)) in labels.iter().zip(&extents).zip(&years.spans) {
            let at = ((left + right) / 2.0, money.y(plot, *up) - 7.0);
            canvas.text_on_ground(at, Anchor::Middle, style::LABEL, label);
        }
    }
}

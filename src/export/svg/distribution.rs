//! S-curves: the chance that an option comes to no more than an amount, a curve for each, named where there is
//! room beside it; the amounts of the marked chances stand in a table on the right.

mod places;

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::Key;
use super::lines::draw_point;
use super::scale::Money;
use super::style::{self, Face, stroke};
use super::text::{self, Fitted};
use super::{Drawing, across};
use crate::chart::{Curve, Distribution};
use crate::money::brief;
use places::Obstacles;

const STEPS: f64 = 6.0;
const NAME: Face = Face { size: 17.0, colour: style::TEXT, ..style::NOTE };
const HEAD: Face = Face { size: 17.0, colour: style::QUIET, ..style::LABEL };
const BESIDE_FACE: Face = Face { size: 16.0, ..style::LABEL };
const FIGURE: Face = Face { size: 17.0, ..style::LABEL };
/// Names in the table are wrapped at this width, and those beside the curves at that.
const NAMES: f64 = 260.0;
const NAME_LINES: usize = 6;
const BESIDE: f64 = 260.0;
/// The sample of a line in the table.
const SAMPLE: f64 = 52.0;
const GAP: f64 = 14.0;
/// Between plot and table, more than half a label of the money axis.
const TABLE_GAP: f64 = 60.0;
const ROW_GAP: f64 = 10.0;
/// For half of the highest label.
const ABOVE: f64 = 12.0;
const LEAST_PLOT: f64 = 300.0;
/// Labels of the axis of chances.
const CHANCES: [f64; 5] = [0.0, 0.2, 0.4, 0.6, 1.0];

fn figure(curve: &Curve, probability: f64) -> String {
    curve.at(probability).map_or("–".into(), brief)
}

fn head_height() -> f64 {
    HEAD.leading() + ROW_GAP
}

struct Layout {
    plot: Rect,
    /// Left edge of the table, left edge of its names, and the right edges of its figures.
    table: f64,
    names: f64,
    figures: Vec<f64>,
    fitted: Vec<Fitted>,
}

impl Distribution {
    fn money(&self) -> Money {
        Money::between(self.curves.iter().flat_map(Curve::points).map(|(_, pounds)| pounds), STEPS)
    }

    fn layout(&self, area: Rect) -> Layout {
        let fitted: Vec<Fitted> =
            self.curves.iter().map(|c| text::wrap(&c.name, NAME, NAMES, NAME_LINES)).collect();
        let name = fitted.iter().flat_map(|f| &f.lines).map(|l| text::width(l, NAME)).fold(0.0, f64::max);
        let widths: Vec<f64> = Self::MARKED
            .iter()
            .map(|(p, head)| {
                let figures = self.curves.iter().map(|c| text::width(&figure(c, *p), FIGURE));
                figures.fold(text::width(head, HEAD), f64::max)
            })
            .collect();
        let table = SAMPLE + GAP + name + widths.iter().map(|w| w + GAP).sum::<f64>();
        let table_x = area.right() - table;
        let left = area.x + axis_room();
        let plot = Rect {
            x: left,
            y: area.y + ABOVE,
            width: table_x - TABLE_GAP.max(self.money().overhang() + GAP) - left,
            height: area.height - ABOVE - across::BELOW,
        };
        let names = table_x + SAMPLE + GAP;
        let mut x = names + name;
        let figures = widths.iter().map(|width| {
            x += GAP + width;
            x
        });
        Layout { plot, table: table_x, names, figures: figures.collect(), fitted }
    }

    fn row(name: &Fitted) -> f64 {
        name.height(NAME).max(FIGURE.leading()) + ROW_GAP
    }
}

/// The words of a line across the plot.
fn chances() -> impl Iterator<Item = (f64, String, bool)> {
    let plain = CHANCES.into_iter().map(|p| (p, format!("{:.0}%", p * 100.0), false));
    let marked = Distribution::MARKED.into_iter();
    plain.chain(marked.map(|(p, name)| (p, name.to_owned(), true)))
}

fn axis_room() -> f64 {
    chances().map(|(_, words, _)| text::width(&words, style::LABEL)).fold(0.0, f64::max) + 10.0
}

fn y(plot: Rect, probability: f64) -> f64 {
    plot.bottom() - probability * plot.height
}

impl Drawing for Distribution {
    fn key(&self) -> Vec<Key> {
        Vec::new()
    }

    fn least_height(&self, width: f64) -> f64 {
        let layout = self.layout(Rect { width, ..Rect::default() });
        let table = head_height() + layout.fitted.iter().map(Self::row).sum::<f64>();
        (ABOVE + LEAST_PLOT + across::BELOW).max(table)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let layout = self.layout(area);
        let (plot, money) = (layout.plot, self.money());
        money.draw_across(canvas, plot);
        draw_chances(canvas, plot);
        money.draw_nought_across(canvas, plot);
        let drawn: Vec<Vec<(f64, f64)>> = self
            .curves
            .iter()
            .map(|curve| curve.points().map(|(p, pounds)| (money.x(plot, pounds), y(plot, p))).collect())
            .collect();
        for (nth, points) in drawn.iter().enumerate() {
            canvas.stroke(&Outline::through(points.iter().copied()), stroke(nth).pen);
        }
        for (nth, curve) in self.curves.iter().enumerate() {
            for (p, _) in Self::MARKED {
                if let Some(pounds) = curve.at(p) {
                    draw_point(canvas, (money.x(plot, pounds), y(plot, p)), stroke(nth));
                }
            }
        }
        self.draw_names(canvas, plot, &drawn);
        self.draw_table(canvas, area, &layout);
    }
}

fn draw_chances(canvas: &mut Canvas, plot: Rect) {
    for (p, words, is_marked) in chances() {
        let y = y(plot, p);
        let (pen, face) = if is_marked {
            (Pen { colour: style::AXIS, width: 1.2, dash: "2 4" }, style::TICK.coloured(style::TEXT))
        } else {
            (Pen::solid(style::GRID, 1.0), style::TICK)
        };
        canvas.line((plot.x, y), (plot.right(), y), pen);
        canvas.text((plot.x - 10.0, y + face.middle()), Anchor::End, face, &words);
    }
}

impl Distribution {
    /// The names of the curves that have room beside them.
    fn draw_names(&self, canvas: &mut Canvas, plot: Rect, drawn: &[Vec<(f64, f64)>]) {
        let mut obstacles = Obstacles::of(drawn, plot);
        for (nth, curve) in self.curves.iter().enumerate() {
            // On one line, or where that has no room on two.
            let ways = [BESIDE, text::width(&curve.name, BESIDE_FACE).min(BESIDE) * 0.62];
            let found = ways.into_iter().zip(1..).find_map(|(room, lines)| {
                let words = text::wrap(&curve.name, BESIDE_FACE, room, lines);
                // The table has the whole name; half a one may be another's.
                words.whole.is_none().then_some(())?;
                let widths = words.lines.iter().map(|l| text::width(l, BESIDE_FACE));
                let place =
                    obstacles.place(&drawn[nth], widths.fold(0.0, f64::max), words.height(BESIDE_FACE))?;
                Some((place, words))
            });
            if let Some((place, words)) = found {
                canvas.rect(place, style::GROUND);
                let face = BESIDE_FACE.coloured(stroke(nth).pen.colour);
                canvas.lines((place.x, place.y), Anchor::Start, face, &words);
            }
        }
    }

    fn draw_table(&self, canvas: &mut Canvas, area: Rect, layout: &Layout) {
        let mut top = area.y;
        for ((_, head), x) in Self::MARKED.iter().zip(&layout.figures) {
            canvas.text((*x, top + HEAD.rise()), Anchor::End, HEAD, head);
        }
        top += HEAD.leading() + 2.0;
        let pen = Pen::solid(style::GRID, 1.0);
        canvas.line((layout.table, top), (area.right(), top), pen);
        top += ROW_GAP - 2.0;
        for (nth, (curve, name)) in self.curves.iter().zip(&layout.fitted).enumerate() {
            let height = Self::row(name) - ROW_GAP;
            let middle = top + height / 2.0;
            let look = stroke(nth);
            canvas.line((layout.table, middle), (layout.table + SAMPLE, middle), look.pen);
            draw_point(canvas, (layout.table + SAMPLE / 2.0, middle), look);
            let first = middle + NAME.middle() - NAME.rise() - (name.height(NAME) - NAME.leading()) / 2.0;
            canvas.lines((layout.names, first), Anchor::Start, NAME, name);
            for ((p, _), x) in Self::MARKED.iter().zip(&layout.figures) {
                canvas.text((*x, middle + FIGURE.middle()), Anchor::End, FIGURE, &figure(curve, *p));
            }
            top += height + ROW_GAP;
        }
    }
}

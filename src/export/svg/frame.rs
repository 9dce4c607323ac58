//! What every chart has around it: the title that states the finding, the subtitle, the key and the source.

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::style::{self, Fill};
use super::text::{self, Fitted};
use crate::chart::Chart;

/// An entry of the key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) sample: Sample,
}

/// What is shown beside a name in the key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sample {
    Area(Fill),
    Line(Pen),
    /// A diamond: its fill and ring.
    Diamond(&'static str, Pen),
}

/// The width that a chart has, and the words around it.
pub(super) const WIDTH: f64 = style::WIDTH - 2.0 * style::MARGIN;

const SAMPLE: Rect = Rect { x: 0.0, y: 0.0, width: 26.0, height: 16.0 };
const SAMPLE_GAP: f64 = 8.0;
const KEY_GAP: f64 = 28.0;
const KEY_LEADING: f64 = 29.0;

/// The words around a chart, laid out.
pub(super) struct Frame {
    title: Fitted,
    title_face: style::Face,
    subtitle: Fitted,
    source: Fitted,
    key: Vec<(Key, Fitted, f64, f64)>,
    key_top: f64,
    head: f64,
}

impl Frame {
    pub(super) fn of(chart: &Chart, key: Vec<Key>) -> Self {
        let title = |(size, lines)| {
            let face = style::TITLE.sized(size);
            (text::wrap(&chart.title, face, WIDTH, lines), face)
        };
        let whole = [(36.0, 2), (28.0, 2)].map(title).into_iter().find(|(words, _)| words.whole.is_none());
        let (title, title_face) = whole.unwrap_or_else(|| title((24.0, 4)));
        let subtitle = text::wrap(&chart.subtitle, style::SUBTITLE, WIDTH, 2);
        let source = text::wrap(&chart.source, style::SOURCE, WIDTH, 2);
        let key_top =
            style::MARGIN - 10.0 + title.height(title_face) + 6.0 + subtitle.height(style::SUBTITLE) + 14.0;
        let (key, key_height) = flow(key);
        Self { title, title_face, subtitle, source, key, key_top, head: key_top + key_height + 14.0 }
    }

    /// The box of the chart itself: what the house's height leaves, or more if that is too little.
    pub(super) fn area(&self, least: f64) -> Rect {
        let left = style::HEIGHT - self.head - self.foot();
        Rect { x: style::MARGIN, y: self.head, width: WIDTH, height: left.max(least.ceil()) }
    }

    /// The height of the whole picture.
    pub(super) fn height(&self, area: Rect) -> f64 {
        area.bottom() + self.foot()
    }

    /// Where the title has ended and the subtitle not yet begun.
    #[cfg(feature = "papers")]
    pub(super) fn below_title(&self) -> f64 {
        style::MARGIN - 10.0 + self.title.height(self.title_face) + 4.0
    }

    /// Where the chart has ended and the source not yet begun.
    #[cfg(feature = "papers")]
    pub(super) fn above_source(&self, area: Rect) -> f64 {
        if self.source.lines.is_empty() { self.height(area) } else { area.bottom() + 12.0 }
    }

    fn foot(&self) -> f64 {
        18.0 + self.source.height(style::SOURCE) + 22.0
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let mut top = style::MARGIN - 10.0;
        canvas.lines((style::MARGIN, top), Anchor::Start, self.title_face, &self.title);
        top += self.title.height(self.title_face) + 6.0;
        canvas.lines((style::MARGIN, top), Anchor::Start, style::SUBTITLE, &self.subtitle);
        for (key, name, x, y) in &self.key {
            draw_key(canvas, key, name, (style::MARGIN + x, self.key_top + y));
        }
        canvas.lines((style::MARGIN, area.bottom() + 18.0), Anchor::Start, style::SOURCE, &self.source);
    }
}

/// Sets the key in lines, from the left. Gives each entry its place, and the height of all.
fn flow(key: Vec<Key>) -> (Vec<(Key, Fitted, f64, f64)>, f64) {
    let mut placed = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    let before_name = SAMPLE.width + SAMPLE_GAP;
    for entry in key {
        let name = text::fit(&entry.name, style::KEY, WIDTH - before_name);
        let width = before_name + name.lines.iter().map(|l| text::width(l, style::KEY)).sum::<f64>();
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + KEY_LEADING);
        }
        placed.push((entry, name, x, y));
        x += width + KEY_GAP;
    }
    let height = if placed.is_empty() { 0.0 } else { y + KEY_LEADING };
    (placed, height)
}

fn draw_key(canvas: &mut Canvas, key: &Key, name: &Fitted, (x, y): (f64, f64)) {
    let middle = y + KEY_LEADING / 2.0;
    let sample = Rect { x, y: middle - SAMPLE.height / 2.0, ..SAMPLE };
    match key.sample {
        Sample::Area(fill) => {
            let mut outline = Outline::default();
            outline.rect(sample);
            canvas.mark(&outline, fill, 0.0, &key.name);
        }
        Sample::Line(pen) => canvas.line((x, middle), (sample.right(), middle), pen),
        Sample::Diamond(fill, ring) => canvas.diamond((x + SAMPLE.width / 2.0, middle), 8.0, fill, ring),
    }
    let top = middle + style::KEY.middle() - style::KEY.rise();
    canvas.lines((sample.right() + SAMPLE_GAP, top), Anchor::Start, style::KEY, name);
}

/// Says so where a chart would be.
pub(super) fn nothing_to_show(canvas: &mut Canvas, area: Rect) {
    let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    canvas.text(middle, Anchor::Middle, style::SUBTITLE, "Nothing to show");
}

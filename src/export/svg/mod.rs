//! Charts as SVG text.
//!
//! | file | duty |
//! |---|---|
//! | `style` | the house style: sizes, type, colours, hatches |
//! | `text` | widths of text, wrapping, shortening |
//! | `scale` | from amounts and months to pixels, ticks and their labels |
//! | `canvas` | writes the markup |
//! | `frame` | what all charts have: title, subtitle, key, source line |
//! | `panels`, `rows` | small multiples on a shared scale, of one measure or of several below each other |
//! | `stacks` | columns of several parts |
//! | `across`, `bars` | money from left to right, and rows of bars along it |
//! | `labels`, `pins`, `callouts` | words beside and above what they name, kept apart |
//! | `columns`, `balance`, `timeline`, `funding`, `assets`, `lines` | one sort of chart each |
//! | `waterfall`, `tornado`, `distribution`, `fan`, `heat` | and so are these: what differs, and how sure it is |
//!
//! The picture is 1600 x 900 logical pixels; it grows taller if its panels or rows could not be read at that
//! height, and it never clips. The same chart gives the same text, byte for byte.

mod across;
mod assets;
mod balance;
mod bars;
mod callouts;
mod canvas;
mod columns;
mod distribution;
mod fan;
mod frame;
mod funding;
mod heat;
mod labels;
mod lines;
mod panels;
mod pins;
mod rows;
mod scale;
mod stacks;
mod style;
mod text;
mod timeline;
mod tornado;
mod waterfall;

use crate::chart::{Body, Chart};

pub use text::lacking;

use canvas::{Canvas, Rect};
use frame::{Frame, Key};

/// One sort of chart, able to draw itself into a box.
trait Drawing {
    /// What the colours mean, in reading order.
    fn key(&self) -> Vec<Key>;

    /// The least height at which it can be read, in logical pixels, when it is so wide.
    fn least_height(&self, width: f64) -> f64;

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas, area: Rect);
}

/// The chart as a picture of its own: an SVG document whose text stays text.
pub fn svg(chart: &Chart) -> String {
    draw(chart, &Frame::of(chart, drawing(chart).key()), Canvas::default())
}

/// The chart as part of a page that says its title and its source beside it: they are left out of the picture, but
/// not of its description. `id` tells its names from those of other pictures in the page.
#[cfg(feature = "papers")]
pub(super) fn in_page(chart: &Chart, id: &str) -> String {
    let (title, source) = (String::new(), String::new());
    let bare = Frame::of(&Chart { title, source, ..chart.clone() }, drawing(chart).key());
    draw(chart, &bare, Canvas::named(id))
}

/// The part of the picture of its own that lies between title and source, as shares of its height from the top: what
/// a paper shows that says both beside it.
#[cfg(feature = "papers")]
pub(super) fn between_title_and_source(chart: &Chart) -> std::ops::Range<f64> {
    let frame = Frame::of(chart, drawing(chart).key());
    let area = frame.area(drawing(chart).least_height(frame::WIDTH));
    let height = frame.height(area);
    frame.below_title() / height..frame.above_source(area) / height
}

fn drawing(chart: &Chart) -> &dyn Drawing {
    match &chart.body {
        Body::Columns(columns) => columns,
        Body::Cumulative(cumulative) => cumulative,
        Body::Timeline(timeline) => timeline,
        Body::Funding(funding) => funding,
        Body::Assets(assets) => assets,
        Body::Lines(lines) => lines,
        Body::Waterfall(waterfall) => waterfall,
        Body::Tornado(tornado) => tornado,
        Body::Distribution(distribution) => distribution,
        Body::Fan(fan) => fan,
        Body::Heat(heat) => heat,
    }
}

fn draw(chart: &Chart, frame: &Frame, mut canvas: Canvas) -> String {
    let body = drawing(chart);
    let area = frame.area(body.least_height(frame::WIDTH));
    frame.draw(&mut canvas, area);
    if chart.is_empty() {
        frame::nothing_to_show(&mut canvas, area);
    } else {
        body.draw(&mut canvas, area);
    }
    canvas.finish(frame.height(area), &chart.title, &chart.alt_text())
}

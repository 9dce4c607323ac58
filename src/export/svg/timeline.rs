//! The timeline: streams as rows, grouped by option; spans of work as bars; first releases and go-lives.
//!
//! A row has, from the top: lines of milestones with their months, lanes of delivery, and thinner lanes of
//! what goes on beside it (forming, upkeep). `layout` says how many of each a row needs; this file draws.

mod layout;

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::scale::Years;
use super::style::{self, Face};
use super::{Drawing, text};
use crate::chart::{Bar, Event, Ink, Milestone, Phase, Timeline, TimelineStream};
use layout::{Pins, Row, Scale};

/// For the names of the streams.
const NAMES: f64 = 250.0;
/// For the names of the years.
const YEARS: f64 = 32.0;
/// Bars narrower than this have no label.
const LABELLED: f64 = 30.0;

fn sample(event: Event) -> (&'static str, Pen) {
    let ring = Pen::solid(style::TEXT, 2.0);
    match event {
        Event::FirstRelease => (style::GROUND, ring),
        Event::Live => (style::TEXT, ring),
    }
}

impl Timeline {
    fn streams(&self) -> impl Iterator<Item = &TimelineStream> {
        self.options.iter().flat_map(|o| &o.streams)
    }

    /// Where the bars are, left to right.
    fn plot(area: Rect) -> Rect {
        let (x, width) = (area.x + NAMES, area.width - NAMES);
        Rect { x, y: area.y + YEARS, width, height: area.height - YEARS }
    }

    /// How many steps of each sort all rows need together, so that a scale can be chosen.
    fn rows(&self, plot: Rect, scale: Scale) -> Vec<Vec<Row>> {
        let row = |s: &TimelineStream| Row::of(s, self.horizon, plot, scale);
        self.options.iter().map(|o| o.streams.iter().map(row).collect()).collect()
    }

    fn height(&self, plot: Rect, scale: Scale) -> f64 {
        let rows = self.rows(plot, scale);
        let of_rows: f64 = rows.iter().flatten().map(|r| r.height(scale)).sum();
        of_rows + self.options.len() as f64 * (scale.heading() + scale.gap())
    }

    /// The largest scale at which all rows have room.
    fn scale(&self, plot: Rect) -> Scale {
        let fits = |s: &Scale| self.height(plot, *s) <= plot.height + 0.5;
        Scale::all().find(fits).unwrap_or(Scale::SMALLEST)
    }
}

impl Drawing for Timeline {
    fn key(&self) -> Vec<Key> {
        let is_used = |phase: &Phase| self.streams().flat_map(|s| &s.bars).any(|b| b.phase == *phase);
        let phases = Phase::ALL.into_iter().filter(is_used);
        let mut key: Vec<Key> = phases
            .map(|p| Key { name: p.name().into(), sample: Sample::Area(style::fill(p.ink())) })
            .collect();
        for (event, name) in [(Event::FirstRelease, "First release"), (Event::Live, "Live")] {
            if self.streams().flat_map(|s| &s.milestones).any(|m| m.event == event) {
                let (fill, ring) = sample(event);
                key.push(Key { name: name.into(), sample: Sample::Diamond(fill, ring) });
            }
        }
        key
    }

    fn least_height(&self, width: f64) -> f64 {
        let plot = Self::plot(Rect { width, ..Rect::default() });
        YEARS + self.height(plot, Scale::SMALLEST)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let plot = Self::plot(area);
        let scale = self.scale(plot);
        let used = Rect { height: self.height(plot, scale), ..plot };
        let mut top = plot.y;
        for option in &self.options {
            let band = Rect { x: area.x, y: top, width: area.width, height: scale.heading() };
            canvas.rect(band, style::BAND);
            top += scale.heading() + scale.gap();
            for stream in &option.streams {
                top += Row::of(stream, self.horizon, plot, scale).height(scale);
            }
        }
        let lines = (plot.y - 4.0, used.bottom());
        Years::of(self.horizon, plot).draw(canvas, plot, lines, plot.y - 12.0, style::TICK);
        self.draw_rows(canvas, area, plot, scale);
    }
}

impl Timeline {
    fn draw_rows(&self, canvas: &mut Canvas, area: Rect, plot: Rect, scale: Scale) {
        let mut top = plot.y;
        for option in &self.options {
            let face = style::NAME.sized(scale.text(style::NAME.size));
            let name = text::fit(&option.name, face, area.width - 20.0);
            let middle = top + scale.heading() / 2.0 + face.middle() - face.rise();
            // The name lies over the year lines: a ground of its own keeps it clear of them.
            let width = name.lines.iter().map(|l| text::width(l, face)).sum::<f64>();
            let ground = Rect { x: area.x, y: top, width: width + 16.0, height: scale.heading() };
            canvas.rect(ground, style::BAND);
            canvas.lines((area.x + 8.0, middle), Anchor::Start, face, &name);
            top += scale.heading() + scale.gap() / 2.0;
            for stream in &option.streams {
                let row = Row::of(stream, self.horizon, plot, scale);
                let place = Rect { x: area.x, y: top, width: area.width, height: row.height(scale) };
                draw_row(canvas, stream, &row, place, scale);
                top += place.height;
            }
            top += scale.gap() / 2.0;
        }
    }
}

fn draw_row(canvas: &mut Canvas, stream: &TimelineStream, row: &Row, place: Rect, scale: Scale) {
    let face = style::NOTE.sized(scale.text(style::NOTE.size)).coloured(style::TEXT);
    let lines = (place.height / face.leading()).floor().max(1.0) as usize;
    let name = text::wrap(&stream.name, face, NAMES - 26.0, lines.min(2));
    let main = place.y + row.lanes_top(scale) + scale.thick() / 2.0;
    let wanted = main + face.middle() - face.rise() - (name.height(face) - face.leading()) / 2.0;
    let lowest = (place.bottom() - name.height(face)).max(place.y);
    let top = wanted.clamp(place.y, lowest);
    canvas.lines((place.x + 8.0, top), Anchor::Start, face, &name);
    for (bar, spot) in stream.bars.iter().zip(&row.bars) {
        draw_bar(canvas, bar, spot.placed(place.y, row, scale));
    }
    for (text, spot, phase) in layout::labels(&stream.bars, &row.bars) {
        let told = row.pins.places.iter().flatten().any(|pin| pin.words.lines.concat().contains(text));
        draw_bar_label(canvas, text, spot.placed(place.y, row, scale), phase, (scale, told));
    }
    draw_pins(canvas, &stream.milestones, &row.pins, row, place, scale);
}

fn draw_bar(canvas: &mut Canvas, bar: &Bar, place: Rect) {
    let mut outline = Outline::default();
    outline.rect(place);
    let phase = bar.phase.name();
    let name = if bar.label.is_empty() { phase.to_owned() } else { format!("{phase}: {}", bar.label) };
    // A rim between the phases of a service would cut through its name.
    let building = matches!(bar.phase, Phase::Discovery | Phase::Alpha | Phase::Beta);
    let rim = if place.width < 4.0 || building { 0.0 } else { 1.0 };
    canvas.mark(&outline, style::fill(bar.phase.ink()), rim, &name);
}

/// A name in a bar: smaller if it must be, and shortened only if no milestone of the row tells it.
fn draw_bar_label(canvas: &mut Canvas, label: &str, place: Rect, phase: Phase, (scale, told): (Scale, bool)) {
    let fill = style::fill(phase.ink());
    let face = Face { colour: fill.text, ..style::NOTE.sized(scale.label()) };
    let room = place.width - 10.0;
    // Letters on a hatch are hard to read.
    if room < LABELLED || fill.hatch.is_some() || place.height < face.size * 1.05 {
        return;
    }
    let size = (face.size * room / text::width(label, face)).clamp(Scale::SMALLEST_LABEL, face.size);
    let face = face.sized(size.floor());
    let words = text::fit(label, face, room);
    if told && words.whole.is_some() {
        return;
    }
    let top = place.y + place.height / 2.0 + face.middle() - face.rise();
    canvas.lines((place.x + 5.0, top), Anchor::Start, face, &words);
}

fn draw_pins(
    canvas: &mut Canvas,
    milestones: &[Milestone],
    pins: &Pins,
    row: &Row,
    place: Rect,
    scale: Scale,
) {
    let face = pins.face;
    for (milestone, pin) in milestones.iter().zip(&pins.places) {
        let Some(pin) = pin else { continue };
        let middle = place.y + scale.above() + (pin.line as f64 + 0.5) * scale.pin();
        let foot = place.y + row.lanes_top(scale);
        let (fill, ring) = sample(milestone.event);
        canvas.line((pin.x, middle), (pin.x, foot + 1.0), Pen::solid(style::fill(Ink::Legacy).colour, 1.2));
        canvas.diamond((pin.x, middle), scale.diamond(), fill, ring);
        let top = middle + face.middle() - face.rise();
        canvas.lines((pin.text_x, top), Anchor::Start, face, &pin.words);
    }
}

//! The one place that writes SVG: shapes and text in, markup out.
//!
//! It escapes every text it is given, drops characters that XML forbids, writes coordinates to a tenth of a
//! pixel, and defines the hatches that were used. It knows nothing of charts.

use std::collections::BTreeSet;
use std::fmt;

use super::style::{self, Face, Fill, Weight};
use super::text::Fitted;
use crate::export::figure;

/// A box, in logical pixels from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }
}

/// Which end of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) colour: &'static str,
    pub(super) width: f64,
    /// The dash pattern of `stroke-dasharray`; empty for a whole line.
    pub(super) dash: &'static str,
}

impl Pen {
    pub(super) const fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dash: "" }
    }
}

impl fmt::Display for Pen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"stroke="{}" stroke-width="{}""#, self.colour, Tenth(self.width))?;
        if !self.dash.is_empty() {
            write!(f, r#" stroke-dasharray="{}""#, self.dash)?;
        }
        Ok(())
    }
}

/// A coordinate to a tenth of a pixel, without `-0` or a needless `.0`.
struct Tenth(f64);

impl fmt::Display for Tenth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        match tenths.unsigned_abs() {
            t if t % 10 == 0 => write!(f, "{sign}{}", t / 10),
            t => write!(f, "{sign}{}.{}", t / 10, t % 10),
        }
    }
}

/// Text as it may stand in markup or an attribute.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
                c => match figure::direction_shown(c) {
                    Some(shown) => f.write_str(&shown)?,
                    None => f.write_char(c)?,
                },
            }
        }
        Ok(())
    }
}

/// The outline of a line or area.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline(String);

impl Outline {
    /// Straight from point to point.
    pub(super) fn through(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut outline = Self::default();
        outline.add(points);
        outline
    }

    /// Goes on with another line.
    pub(super) fn add(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        for (nth, (x, y)) in points.into_iter().enumerate() {
            let command = if nth == 0 { 'M' } else { 'L' };
            append(&mut self.0, format_args!("{command}{} {}", Tenth(x), Tenth(y)));
        }
    }

    /// Closes the line just added into an area.
    pub(super) fn close(&mut self) {
        self.0.push('Z');
    }

    /// Adds a box.
    pub(super) fn rect(&mut self, r: Rect) {
        // Both edges are rounded, not the width, so that boxes which touch still do.
        let (x, y) = (Tenth(r.x), Tenth(r.y));
        let (right, bottom) = (Tenth(r.right()), Tenth(r.bottom()));
        append(&mut self.0, format_args!("M{x} {y}H{right}V{bottom}H{x}Z"));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A picture while it is drawn; later shapes lie over earlier ones.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    /// The picture's name in a page with others; empty for a document of its own.
    id: String,
    marks: String,
    hatches: BTreeSet<(&'static str, &'static str)>,
}

impl Canvas {
    /// A picture whose names are told from those of other pictures in one page.
    #[cfg(feature = "papers")]
    pub(super) fn named(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    pub(super) fn rect(&mut self, r: Rect, colour: &str) {
        let (x, y) = (Tenth(r.x), Tenth(r.y));
        let (width, height) = (Tenth(r.width), Tenth(r.height));
        self.put(&format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>"#));
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), pen: Pen) {
        self.put(&format!(
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" {pen}/>"#,
            Tenth(from.0),
            Tenth(from.1),
            Tenth(to.0),
            Tenth(to.1)
        ));
    }

    /// A line through points.
    pub(super) fn stroke(&mut self, outline: &Outline, pen: Pen) {
        self.put(&format!(
            r#"<path d="{}" fill="none" {pen} stroke-linejoin="round" stroke-linecap="butt"/>"#,
            outline.0
        ));
    }

    /// A plain area.
    pub(super) fn area(&mut self, outline: &Outline, colour: &str) {
        if !outline.is_empty() {
            self.put(&format!(r#"<path d="{}" fill="{colour}"/>"#, outline.0));
        }
    }

    /// An area that means something: in its fill, with its name for those who point at it, and with a rim
    /// of ground colour to part it from its neighbours.
    pub(super) fn mark(&mut self, outline: &Outline, fill: Fill, rim: f64, name: &str) {
        if outline.is_empty() {
            return;
        }
        let paint = self.paint(fill);
        let rim = if rim > 0.0 { format!(" {}", Pen::solid(style::GROUND, rim)) } else { String::new() };
        let (d, name) = (&outline.0, Escaped(name));
        self.put(&format!(r#"<path d="{d}" fill="{paint}"{rim}><title>{name}</title></path>"#));
    }

    /// A dot with a ring.
    pub(super) fn dot(&mut self, at: (f64, f64), radius: f64, fill: &str, ring: Pen) {
        let (x, y, r) = (Tenth(at.0), Tenth(at.1), Tenth(radius));
        self.put(&format!(r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {ring}/>"#));
    }

    /// A diamond with a ring.
    pub(super) fn diamond(&mut self, at: (f64, f64), radius: f64, fill: &str, ring: Pen) {
        let ((x, y), r) = (at, radius);
        self.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill, ring);
    }

    /// A closed shape with a ring.
    pub(super) fn polygon(&mut self, corners: &[(f64, f64)], fill: &str, ring: Pen) {
        let mut outline = Outline::through(corners.iter().copied());
        outline.close();
        self.put(&format!(r#"<path d="{}" fill="{fill}" {ring}/>"#, outline.0));
    }

    /// One line of text, its baseline at `at`.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, face: Face, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = match face.weight {
            Weight::Regular => "",
            Weight::Semibold => r#" font-weight="600""#,
        };
        self.put(&format!(
            r#"<text x="{}" y="{}" font-size="{}" fill="{}"{weight}{anchor}>{}</text>"#,
            Tenth(at.0),
            Tenth(at.1),
            Tenth(face.size),
            face.colour,
            Escaped(text)
        ));
    }

    /// One line of text on a ground of its own, lest what lies under it strike the letters through.
    pub(super) fn text_on_ground(&mut self, at: (f64, f64), anchor: Anchor, face: Face, text: &str) {
        let width = super::text::width(text, face) + 6.0;
        let x = match anchor {
            Anchor::Start => at.0 - 3.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 + 3.0 - width,
        };
        self.rect(Rect { x, y: at.1 - face.size + 3.0, width, height: face.size }, style::GROUND);
        self.text(at, anchor, face, text);
    }

    /// Lines of text below each other, the top of the first at `at`; the whole text, where shortened, for
    /// those who point at it.
    pub(super) fn lines(&mut self, at: (f64, f64), anchor: Anchor, face: Face, fitted: &Fitted) {
        if let Some(whole) = &fitted.whole {
            self.put(&format!("<g><title>{}</title>", Escaped(whole)));
        }
        for (nth, line) in fitted.lines.iter().enumerate() {
            let baseline = at.1 + face.rise() + nth as f64 * face.leading();
            self.text((at.0, baseline), anchor, face, line);
        }
        if fitted.whole.is_some() {
            self.put("</g>");
        }
    }

    /// The whole picture, named and described for those who don't see it.
    pub(super) fn finish(self, height: f64, title: &str, description: &str) -> String {
        let (width, height) = (Tenth(style::WIDTH), Tenth(height));
        let [labels, title_id, description_id] = if self.id.is_empty() {
            Default::default()
        } else {
            let id = &self.id;
            [
                format!(" aria-labelledby=\"{id}-title {id}-desc\""),
                format!(" id=\"{id}-title\""),
                format!(" id=\"{id}-desc\""),
            ]
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"{labels} width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{}\" style=\"font-variant-numeric:tabular-nums\">\n\
             <title{title_id}>{}</title>\n<desc{description_id}>{}</desc>\n",
            style::FAMILY,
            Escaped(title),
            Escaped(description)
        );
        if !self.hatches.is_empty() {
            svg.push_str("<defs>\n");
            for (colour, hatch) in &self.hatches {
                svg += &hatch_definition(&self.hatch_name(colour, hatch), colour, hatch);
            }
            svg.push_str("</defs>\n");
        }
        let ground = style::GROUND;
        append(&mut svg, format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>\n"));
        svg + &self.marks + "</svg>\n"
    }

    fn paint(&mut self, fill: Fill) -> String {
        match fill.hatch {
            None => fill.colour.to_owned(),
            Some(hatch) => {
                self.hatches.insert((fill.colour, hatch));
                format!("url(#{})", self.hatch_name(fill.colour, hatch))
            }
        }
    }

    /// A name made of the look, and of the picture's name in a page.
    fn hatch_name(&self, colour: &str, hatch: &str) -> String {
        let look = format!("hatch-{}-{}", colour.trim_start_matches('#'), hatch.trim_start_matches('#'));
        if self.id.is_empty() { look } else { format!("{}-{look}", self.id) }
    }

    fn put(&mut self, markup: &str) {
        self.marks.push_str(markup);
        self.marks.push('\n');
    }
}

/// Writes to text, which cannot fail.
fn append(text: &mut String, what: fmt::Arguments<'_>) {
    let written = fmt::Write::write_fmt(text, what);
    debug_assert!(written.is_ok());
}

/// A tile of slanting lines; they run on from tile to tile.
fn hatch_definition(name: &str, colour: &str, hatch: &str) -> String {
    format!(
        "<pattern id=\"{name}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"8\" height=\"8\" fill=\"{colour}\"/>\
         <path d=\"M-2 2L2 -2M-2 10L10 -2M6 10L10 6\" stroke=\"{hatch}\" stroke-width=\"2.4\"/></pattern>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_never_minus_nought() {
        let written = [0.04, -0.04, 12.0, 12.34, -0.26].map(|v| Tenth(v).to_string());
        assert_eq!(written, ["0", "0", "12", "12.3", "-0.3"]);
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let written = Escaped("</text><script>\"x\" & 'y'\u{0}\u{1b}\n").to_string();
        assert_eq!(written, "&lt;/text&gt;&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39; ");
        assert_eq!(Escaped("a\u{202e}b").to_string(), "a[U+202E]b");
    }
}

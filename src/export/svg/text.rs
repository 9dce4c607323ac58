//! How wide text is, and how it is made to fit: wrapped first, shortened with an ellipsis as a last resort.
//!
//! A width is the sum of the advances of the embedded typeface, without kerning, which only ever tightens.
//! A character that the typeface lacks counts as a whole em, so that a fallback font has room for it.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::style::{Face, Weight};
use crate::export::{figure, fonts};

/// A font with its two tables that matter here, at a size of one em.
struct Measure {
    characters: Charmap<'static>,
    glyphs: GlyphMetrics<'static>,
}

impl Measure {
    fn of(file: &'static [u8]) -> Self {
        let font = FontRef::new(file).expect("the embedded font is sound");
        Self {
            characters: font.charmap(),
            glyphs: font.glyph_metrics(Size::new(1.0), LocationRef::default()),
        }
    }

    fn advance(&self, character: char) -> f64 {
        if let Some(shown) = figure::direction_shown(character) {
            return shown.chars().map(|c| self.advance(c)).sum();
        }
        let glyph = self.characters.map(character);
        glyph.and_then(|g| self.glyphs.advance_width(g)).map_or(1.0, f64::from)
    }
}

static REGULAR: LazyLock<Measure> = LazyLock::new(|| Measure::of(fonts::REGULAR));
static SEMIBOLD: LazyLock<Measure> = LazyLock::new(|| Measure::of(fonts::SEMIBOLD));

/// The width of one line, in logical pixels.
pub(super) fn width(text: &str, face: Face) -> f64 {
    let font = match face.weight {
        Weight::Regular => &REGULAR,
        Weight::Semibold => &SEMIBOLD,
    };
    text.chars().map(|c| font.advance(c)).sum::<f64>() * face.size
}

/// The letters of a text that the typeface lacks, each once, in their order: in a picture they are boxes. What has no
/// picture of its own anyway (white space, direction marks, which are spelt out) lacks nothing.
pub fn lacking(text: &str) -> Vec<char> {
    let is_lacking = |c: &char| {
        !c.is_whitespace()
            && !c.is_control()
            && figure::direction_shown(*c).is_none()
            && [&REGULAR, &SEMIBOLD].iter().any(|font| font.characters.map(*c).is_none())
    };
    let mut letters: Vec<char> = Vec::new();
    for letter in text.chars().filter(is_lacking) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters
}

/// Text made to fit a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fitted {
    /// What is shown.
    pub(super) lines: Vec<String>,
    /// The whole text, if not all of it is shown.
    pub(super) whole: Option<String>,
}

impl Fitted {
    /// How high the lines stand, in logical pixels.
    pub(super) fn height(&self, face: Face) -> f64 {
        self.lines.len() as f64 * face.leading()
    }
}

/// One line, shortened if it must be; no line at all if not even one letter has room.
pub(super) fn fit(text: &str, face: Face, room: f64) -> Fitted {
    wrap(text, face, room, 1)
}

/// At most `most` lines, the last one shortened if not all has room.
pub(super) fn wrap(text: &str, face: Face, room: f64, most: usize) -> Fitted {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() && lines.len() + 1 < most {
        let (line, after) = rest.split_at(first_line(rest, face, room));
        if line.is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    if rest.is_empty() {
        return Fitted { lines, whole: None };
    }
    if width(rest, face) <= room {
        lines.push(rest.to_owned());
        return Fitted { lines, whole: None };
    }
    lines.extend(shortened(rest, face, room));
    Fitted { lines, whole: Some(text) }
}

/// A key path on at most two lines, broken after a dot where it can be.
pub(super) fn wrap_path(path: &str, face: Face, room: f64) -> Fitted {
    let dots = path.match_indices('.').map(|(at, _)| at + 1);
    let broken = dots.take_while(|&at| width(&path[..at], face) <= room).last();
    match broken.map(|at| path.split_at(at)) {
        Some((start, rest)) if !path.contains(char::is_whitespace) && width(path, face) > room => {
            let rest = fit(rest, face, room);
            let lines = std::iter::once(start.to_owned()).chain(rest.lines).collect();
            Fitted { lines, whole: rest.whole.map(|_| path.to_owned()) }
        }
        _ => wrap(path, face, room, 2),
    }
}

/// Where the first line ends, in bytes: after the last word, or part of one before a hyphen, that has room; or
/// inside a word too long for any line.
fn first_line(text: &str, face: Face, room: f64) -> usize {
    if width(text, face) <= room {
        return text.len();
    }
    // No year is parted from the next: `2026-27`.
    let before_letter = |at: usize| text[at + 1..].starts_with(char::is_alphabetic);
    let signs = text.match_indices([' ', '-']).filter(|&(at, sign)| sign == " " || before_letter(at));
    let ends = signs.map(|(at, sign)| if sign == "-" { at + 1 } else { at });
    let by_words = ends.take_while(|&at| width(&text[..at], face) <= room).last();
    by_words.unwrap_or_else(|| longest_start(text, face, room))
}

/// The longest start that has room, in bytes.
fn longest_start(text: &str, face: Face, room: f64) -> usize {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.take_while(|&end| width(&text[..end], face) <= room).last().unwrap_or(0)
}

/// The start of a line and an ellipsis.
fn shortened(text: &str, face: Face, room: f64) -> Option<String> {
    let start = longest_start(text, face, room - width("…", face));
    let kept = text[..start].trim_end();
    (!kept.is_empty()).then(|| format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::svg::style::{NAME, TICK};

    #[test]
    fn digits_are_all_of_one_width() {
        for face in [NAME, TICK] {
            let nought = width("0", face);
            assert!(('1'..='9').all(|d| (width(&d.to_string(), face) - nought).abs() < 1e-6));
            assert!(nought > face.size * 0.4 && nought < face.size * 0.6);
        }
    }

    /// Welsh, Polish, Greek and Cyrillic are in Source Sans 3; Arabic, Japanese and signs beyond are not.
    #[test]
    fn letters_that_the_typeface_lacks_are_known() {
        assert_eq!(lacking("Bwrdd Iechyd Tŷ'r Ŵyn, Łódź, Ελλάδα, Київ ½ ≤"), []);
        assert_eq!(lacking("日本 a 日\u{202e}"), ['日', '本']);
        assert!(width("a\u{202e}", NAME) > width("a[U+202E", NAME), "a mark has the room of what is shown");
    }

    #[test]
    fn text_wraps_between_words_and_is_then_shortened() {
        let text = "Online booking and rescheduling for outpatients";
        let fitted = wrap(text, NAME, 200.0, 2);
        assert_eq!(fitted.lines.len(), 2);
        assert_eq!(fitted.lines[0], "Online booking and");
        assert!(fitted.lines[1].ends_with('…'));
        assert!(fitted.lines.iter().all(|l| width(l, NAME) <= 200.0));
        assert_eq!(fitted.whole.as_deref(), Some(text));
        let whole = wrap(text, NAME, 200.0, 3);
        assert_eq!((whole.lines.join(" ").as_str(), whole.whole), (text, None));
    }

    #[test]
    fn a_key_path_is_broken_after_a_dot() {
        let path = "options.team-funded.streams.online-booking.beta-months";
        let fitted = wrap_path(path, TICK, 240.0);
        assert_eq!(fitted.lines, ["options.team-funded.streams.", "online-booking.beta-months"]);
        assert_eq!(wrap_path(path, TICK, 900.0).lines, [path]);
        let shortened = wrap_path(path, TICK, 150.0);
        assert!(shortened.lines[1].ends_with('…') && shortened.whole.as_deref() == Some(path));
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_no_room_shows_nothing() {
        let fitted = wrap(&"W".repeat(60), NAME, 100.0, 3);
        assert_eq!(fitted.lines.len(), 3);
        assert!(fitted.lines.iter().all(|l| width(l, NAME) <= 100.0));
        let none = fit("anything", NAME, 3.0);
        assert_eq!((none.lines.len(), none.whole.as_deref()), (0, Some("anything")));
        assert_eq!(wrap("  \n ", NAME, 100.0, 2), Fitted::default());
    }
}

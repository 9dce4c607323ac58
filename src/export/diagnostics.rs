//! How diagnostics look on a terminal: code, place, the line with a caret, what was expected, what to do.
//!
//! Colour is never the only carrier of meaning, and no control character of the user's text gets through.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::figure;
use crate::diagnostic::{Diagnostic, Severity, SourceId, Sources, Span};

/// The most bytes of a line that are looked at after the start of a fault, and before it: of these the renderer shows what
/// fits. A file can be one line with a fault in every word.
const AFTER: usize = 400;
const BEFORE: usize = 4_000;

/// The diagnostics as text, in their order, with a blank line between; colour as terminal escapes if asked.
pub fn render<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &Sources,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic, sources)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.to_string());
    let mut elements: Vec<Element<'a>> = Vec::new();
    let expected = diagnostic.expected.as_deref().map(|expected| format!("expected {}", clean(expected)));
    if let Some(span) = diagnostic.span {
        elements.extend(snippet(span, sources, expected));
    } else {
        if !sources.is_empty() {
            elements.push(Origin::path(clean(sources.name(SourceId(0)))).into());
        }
        elements.extend(expected.map(|expected| Level::NOTE.message(expected).into()));
    }
    elements.extend(diagnostic.help.as_deref().map(|help| Level::HELP.message(clean(help)).into()));
    title.elements(elements)
}

fn snippet(span: Span, sources: &Sources, label: Option<String>) -> Vec<Element<'_>> {
    let (number, line) = sources.line(span);
    let (text, range, is_cut) = shown(sources.text(span.source), line, span);
    let caret = AnnotationKind::Primary.span(range);
    let caret = match label {
        Some(label) => caret.label(label),
        None => caret,
    };
    let path = clean(sources.name(span.source));
    let snippet = Snippet::source(text).line_start(number).annotation(caret);
    if !is_cut {
        return vec![snippet.path(path).into()];
    }
    // The renderer counts columns in the text that it is given.
    let (_, column) = sources.line_and_column(span);
    vec![Origin::path(path).line(number).char_column(column).into(), snippet.into()]
}

/// The line in which a span starts, made safe; the span's part of it; and whether its beginning was cut off.
fn shown(text: &str, line: Range<usize>, span: Span) -> (String, Range<usize>, bool) {
    let start = text.floor_char_boundary(span.start);
    let line_start = text.ceil_char_boundary(line.start.max(start.saturating_sub(BEFORE))).min(start);
    let line_end = text.floor_char_boundary(line.end.min(start + AFTER)).max(start);
    let line_end = line_end - usize::from(text[start..line_end].ends_with('\r'));
    let end = text.floor_char_boundary(span.end.max(start)).clamp(start, line_end);
    let before = clean(&text[line_start..start]);
    let within = clean(&text[start..end]);
    let after = clean(&text[end..line_end]);
    let range = before.len()..before.len() + within.len();
    (format!("{before}{within}{after}"), range, line_start > line.start)
}

/// Text that can't steer a terminal.
fn clean(text: &str) -> String {
    let steers = |c: char| c != '\t' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    figure::directions_shown(text).chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn one(text: &str, start: usize, end: usize) -> String {
        let mut sources = Sources::default();
        let source = sources.add("a.toml", text);
        let fault = Diagnostic::error(Code::WrongUnit, "k", Some(Span { source, start, end }), "wrong")
            .expected("money")
            .help("write money");
        render(&[fault], &sources, false)
    }

    #[test]
    fn a_fault_is_shown_with_its_place_and_a_caret() {
        let text = one("a = 1\nb = 22\n", 10, 12);
        for part in
            ["error[WL0006]: wrong", "--> a.toml:2:5", "2 | b = 22", "^^ expected money", "help: write money"]
        {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = one("a = \"\u{1b}[31m\u{9b}x\"\n", 4, 14);
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
    }

    #[test]
    fn of_a_long_line_only_what_is_near_the_fault_is_shown() {
        let text = format!("a = 1\nlist = [{}22]\n", "\"a-name\", ".repeat(1_000));
        let at = text.len() - 4;
        let shown = one(&text, at, at + 2);
        for part in ["--> a.toml:2:10009", "2 | ", "^^ expected money"] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        assert!(shown.lines().all(|line| line.len() < 2 * AFTER), "{shown}");
    }

    #[test]
    fn a_place_outside_the_text_or_inside_a_character_is_survived() {
        for (start, end) in [(0, 99), (99, 3), (5, 5), (1, 2)] {
            assert!(one("£", start, end).contains("WL0006"));
        }
        assert!(one("", 0, 0).contains("WL0006"));
    }
}

//! How diagnostics look on a terminal: code, place, the line with a caret, what was expected, what to do.
//!
//! Colour is never the only carrier of meaning, and no control character of the user's text gets through.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::figure;
use crate::diagnostic::{Diagnostic, Severity, SourceId, Sources, Span};

/// The most bytes of a line that are shown on either side of a fault.
const WIDEST: usize = 400;

/// The diagnostics as text, in their order, with a blank line between; colour as terminal escapes if asked.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
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
        elements.push(snippet(span, sources, expected).into());
    } else {
        if !sources.is_empty() {
            elements.push(Origin::path(clean(sources.name(SourceId(0)))).into());
        }
        elements.extend(expected.map(|expected| Level::NOTE.message(expected).into()));
    }
    elements.extend(diagnostic.help.as_deref().map(|help| Level::HELP.message(clean(help)).into()));
    title.elements(elements)
}

fn snippet(span: Span, sources: &Sources, label: Option<String>) -> Snippet<'_, Annotation<'_>> {
    let (line, _) = sources.line_and_column(span);
    let (text, range) = shown(sources.text(span.source), span);
    let caret = AnnotationKind::Primary.span(range);
    let caret = match label {
        Some(label) => caret.label(label),
        None => caret,
    };
    Snippet::source(text).line_start(line).path(clean(sources.name(span.source))).annotation(caret)
}

/// The line in which a span starts, made safe, and the span's part of it.
fn shown(text: &str, span: Span) -> (String, Range<usize>) {
    let start = boundary(text, span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let line_end = boundary(text, line_end.min(start + WIDEST));
    let line_end = line_end - usize::from(text[start..line_end].ends_with('\r'));
    let end = boundary(text, span.end.max(start)).clamp(start, line_end);
    let before = clean(&text[line_start..start]);
    let within = clean(&text[start..end]);
    let after = clean(&text[end..line_end]);
    let range = before.len()..before.len() + within.len();
    (format!("{before}{within}{after}"), range)
}

/// The nearest place at or before a byte at which a character starts.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Text that can't steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if figure::steers(c) && c != '\t' { '\u{fffd}' } else { c }).collect()
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
    fn a_place_outside_the_text_or_inside_a_character_is_survived() {
        for (start, end) in [(0, 99), (99, 3), (5, 5), (1, 2)] {
            assert!(one("£", start, end).contains("WL0006"));
        }
        assert!(one("", 0, 0).contains("WL0006"));
    }
}

//! The text of the document: paragraphs in their styles, tables, pictures, and the page they stand on.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{DocxError, picture, table};
use crate::export::figure;
use crate::paper::{Block, Paper};

/// Twentieths of a point, in which the format measures: A4 upright, margins of 15 mm, 18 mm below.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 850;
const MARGIN_BELOW: u32 = 1_020;
/// The width of the text.
pub(super) const WIDTH: u32 = PAGE.0 - 2 * MARGIN;

/// The document, and the pictures in it by name, in their order.
pub(super) struct Body<'a> {
    pub(super) document: Markup,
    pub(super) pictures: Vec<&'a str>,
}

pub(super) fn body<'a>(paper: &'a Paper, pictures: &BTreeMap<&str, &[u8]>) -> Result<Body<'a>, DocxError> {
    let (mut shown, mut tables) = (Vec::new(), 0);
    let mut content = Vec::new();
    for section in &paper.sections {
        content.push(paragraph("Heading1", &section.heading));
        for block in &section.blocks {
            content.push(match block {
                Block::Heading(words) => paragraph("Heading2", words),
                Block::Text(words) if *words == paper.headline => paragraph("Headline", words),
                Block::Text(words) => paragraph("Normal", words),
                Block::List(items) => html! { @for item in items { (paragraph("ListBullet", item)) } },
                Block::Table(table) => {
                    tables += 1;
                    html! { (caption("Table", tables, &table.title)) (table::markup(table)) }
                }
                Block::Figure { name, chart } => {
                    shown.push(*name);
                    let number = shown.len();
                    let bytes = pictures.get(name).copied().unwrap_or_default();
                    let drawn = picture::markup(number, name, chart, bytes)?;
                    html! { (caption("Figure", number, &chart.title)) (drawn) }
                }
            });
        }
    }
    let document = html! {
        w:document
            xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" {
            w:body {
                (paragraph("Title", &paper.title))
                (paragraph("Subtitle", &paper.subtitle))
                @for part in &content { (part) }
                w:sectPr {
                    w:footerReference w:type="default" r:id="rId-footer" {}
                    w:pgSz w:w=(PAGE.0) w:h=(PAGE.1) {}
                    w:pgMar w:top=(MARGIN) w:right=(MARGIN) w:bottom=(MARGIN_BELOW) w:left=(MARGIN)
                        w:header="500" w:footer="500" w:gutter="0" {}
                }
            }
        }
    };
    Ok(Body { document, pictures: shown })
}

/// The foot of every page: what the paper was made from, and the page's number.
pub(super) fn footer(paper: &Paper) -> Markup {
    html! {
        w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" {
            w:p {
                w:pPr { w:pStyle w:val="Footer" {} }
                (run(&paper.foot))
                w:r { w:tab {} }
                (field("PAGE", "1"))
            }
        }
    }
}

/// A paragraph in a style.
pub(super) fn paragraph(style: &str, words: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (runs(words)) } }
}

/// A caption with a number that Word counts on.
fn caption(kind: &str, number: usize, words: &str) -> Markup {
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Caption" {} }
            (run(&format!("{kind} ")))
            (field(&format!("SEQ {kind} \\* ARABIC"), &number.to_string()))
            (run(". "))
            (runs(words))
        }
    }
}

/// A figure that Word works out, with what it comes to.
fn field(instruction: &str, shown: &str) -> Markup {
    html! { w:fldSimple w:instr={ " " (instruction) " " } { (run(shown)) } }
}

/// Words, with names as the scenario writes them in their own style.
pub(super) fn runs(words: &str) -> Markup {
    let words = clean(words);
    html! {
        @for (is_name, part) in figure::spans(&words) {
            @if is_name {
                w:r { w:rPr { w:rStyle w:val="Code" {} } w:t xml:space="preserve" { (part) } }
            } @else {
                (run(part))
            }
        }
    }
}

fn run(words: &str) -> Markup {
    html! { w:r { w:t xml:space="preserve" { (clean(words)) } } }
}

/// Text without what XML forbids.
pub(super) fn clean(text: &str) -> String {
    let mut text = figure::one_line(text);
    text.retain(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text
}

//! A paper as one HTML file: no script, no network, nothing beside it. It prints on A4, reads on a telephone, and
//! says in words what its charts show.
//!
//! The charts' typeface is embedded, because their words are laid out by its widths. Every text is escaped by
//! `maud`; a policy in the head forbids the page to load anything, whatever a name may say.

mod table;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{figure, fonts, svg};
use crate::chart::Chart;
use crate::paper::{Block, Paper, Section};

const STYLE: &str = include_str!("style.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/// The page.
pub fn page(paper: &Paper) -> String {
    let mut tables = 0;
    let mut figures = 0;
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (figure::one_line(&paper.title)) }
                style { (PreEscaped(faces())) (PreEscaped(table::wider_than_the_screen())) (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (figure::one_line(&paper.title)) }
                    p class="subtitle" { (figure::one_line(&paper.subtitle)) }
                }
                nav aria-label="Contents" {
                    ol {
                        @for (place, section) in paper.sections.iter().enumerate() {
                            li { a href={ "#section-" (place + 1) } { (figure::one_line(&section.heading)) } }
                        }
                    }
                }
                main {
                    @for (place, section) in paper.sections.iter().enumerate() {
                        (self::section(place + 1, section, paper, &mut tables, &mut figures))
                    }
                }
                footer { p { (figure::one_line(&paper.foot)) } }
            }
        }
    };
    page.into_string()
}

/// The typeface of the charts, in the page itself.
fn faces() -> String {
    let face = |weight: u32, file: &[u8]| {
        format!(
            "@font-face{{font-family:'Source Sans 3';font-weight:{weight};src:url(data:font/otf;base64,{}) \
             format('opentype')}}\n",
            STANDARD.encode(file)
        )
    };
    face(400, fonts::REGULAR) + &face(600, fonts::SEMIBOLD)
}

fn section(
    number: usize,
    section: &Section,
    paper: &Paper,
    tables: &mut usize,
    figures: &mut usize,
) -> Markup {
    html! {
        section id={ "section-" (number) } {
            h2 { (figure::one_line(&section.heading)) }
            @for block in &section.blocks {
                @match block {
                    Block::Heading(heading) => h3 { (words(heading)) },
                    Block::Text(text) if *text == paper.headline => p class="headline" { (words(text)) },
                    Block::Text(text) => p { (words(text)) },
                    Block::List(items) => ul { @for item in items { li { (words(item)) } } },
                    Block::Table(table) => ({ *tables += 1; table::markup(table, *tables) }),
                    Block::Figure { chart, .. } => ({ *figures += 1; picture(chart, *figures) }),
                }
            }
        }
    }
}

fn picture(chart: &Chart, number: usize) -> Markup {
    let id = format!("figure-{number}");
    html! {
        figure {
            figcaption id=(id) {
                span class="number" { "Figure " (number) ". " } (words(&chart.title))
                span class="more" { " Move sideways to see all of it." }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby=(id) {
                (PreEscaped(svg::in_page(chart, &id)))
            }
        }
    }
}

/// Words, with names as the scenario writes them set apart.
fn words(text: &str) -> Markup {
    let text = figure::one_line(text);
    html! {
        @for (is_name, part) in figure::spans(&text) {
            @if is_name { code { (part) } } @else { (part) }
        }
    }
}

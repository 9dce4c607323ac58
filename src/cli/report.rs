//! `wholelife report`: spreadsheets, charts and the board paper in a folder, with a manifest of what they came from.

use std::collections::BTreeMap;

use super::Outcome;
use super::args::Report;
use super::failure::Failure;
use super::files::{self, Written};
use super::manifest::Origin;
use super::screen::{self, Screen};
use crate::export::{csv, docx, html, png, svg};
use crate::id::OptionId;
use crate::report::{Case, Item, MadeFrom, Pack, pack, paper};

/// Runs it.
pub(super) fn run(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let made_from = MadeFrom {
        texts: loaded.texts.iter().map(|text| (text.name.clone(), text.sha256.clone())).collect(),
        set: args.changes.set.clone(),
    };
    let made = files(&loaded.case, loaded.case.pair(), &made_from);
    let origin = Origin {
        edition: loaded.case.scenario.programme.edition.clone(),
        inputs: loaded.texts,
        set: args.changes.set.clone(),
    };
    let written = files::write_folder(&args.output, &made, &origin, args.force)?;
    tell(&written, &args.output.display().to_string());
    Ok(Outcome::Done)
}

/// Every file of a report: tables as CSV; charts as SVG, and as PNG at one and two pixels a unit; the paper.
fn files(case: &Case, pair: Option<(OptionId, OptionId)>, made_from: &MadeFrom) -> Vec<(String, Vec<u8>)> {
    let pack = pack(case, pair);
    let mut files = Vec::new();
    // The pictures of the Word document are those of the folder: drawn once.
    let mut pictures = BTreeMap::new();
    for (name, item) in &pack.items {
        match item {
            Item::Table(table) => files.push((format!("{name}.csv"), csv::file(table))),
            Item::Chart(chart) => {
                let picture = svg::svg(chart);
                let png = |scale| png::png(&picture, scale).expect("our own SVG can be drawn");
                files.push((format!("{name}.png"), png(1)));
                pictures.insert(*name, png(2));
                files.push((format!("{name}.svg"), picture.into_bytes()));
            }
        }
    }
    files.extend(papers(case, pair, &pack, made_from, &pictures));
    files.extend(pictures.into_iter().map(|(name, png)| (format!("{name}@2x.png"), png)));
    for name in &pack.left_out {
        screen::tell(&format!("no chart `{name}`: it would have nothing to show"));
    }
    files
}

/// The board paper as one page and as a Word document.
fn papers(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    pack: &Pack,
    made_from: &MadeFrom,
    pictures: &BTreeMap<&str, Vec<u8>>,
) -> [(String, Vec<u8>); 2] {
    let paper = paper(case, pair, pack, made_from);
    let document = docx::document(&paper, pictures).expect("a paper with our own pictures can be packed");
    [("report.html".to_owned(), html::page(&paper).into_bytes()), ("board-paper.docx".to_owned(), document)]
}

fn tell(written: &Written, folder: &str) {
    screen::tell(&format!("{folder}: {} files written", written.count));
    for name in &written.removed {
        screen::tell(&format!("{folder}: removed {name}, which this report no longer has"));
    }
    for name in &written.left {
        let why = "which this report no longer has, because it was edited";
        screen::tell(&format!("{folder}: left {name}, {why}"));
    }
}

//! `wholelife report`: spreadsheets, charts and the board paper in a folder, with a manifest of what they came from.

use rayon::prelude::*;

use super::Outcome;
use super::args::Report;
use super::failure::Failure;
use super::files::{self, Written};
use super::manifest::Origin;
use super::screen::{self, Screen};
use crate::export::png::Picture;
use crate::export::{csv, docx, html, json, svg, xlsx};
use crate::id::OptionId;
use crate::report::{self, Case, Item, MadeFrom, Pack, pack, paper};

/// Runs it.
pub(super) fn run(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let made_from = MadeFrom {
        texts: loaded.texts.iter().map(|text| (text.name.clone(), text.sha256.clone())).collect(),
        set: args.changes.set.clone(),
    };
    let made = files(&loaded.case, loaded.case.pair(), &made_from)?;
    let origin = Origin {
        edition: loaded.case.scenario.programme.edition.clone(),
        inputs: loaded.texts,
        set: args.changes.set.clone(),
    };
    let written = files::write_folder(&args.output, &made, &origin, args.force)?;
    tell(&written, &args.output.display().to_string());
    Ok(Outcome::Done)
}

/// A file's name and its bytes.
type Made = (String, Vec<u8>);

/// Every file of a report: tables as CSV; the workbook; charts as SVG, and as PNG at one and two pixels a unit; the summary
/// as JSON; the paper. What takes time is done on all cores; the files keep their order.
fn files(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    made_from: &MadeFrom,
) -> Result<Vec<Made>, Failure> {
    let pack = pack(case, pair);
    for (name, why) in &pack.left_out {
        screen::tell(&format!("no `{name}`: {why}"));
    }
    let made: Result<Vec<Vec<Made>>, Failure> =
        pack.items.par_iter().map(|(name, item)| written(name, item)).collect();
    let mut files = made?.concat();
    let papers = papers(case, pair, &pack, made_from, &files);
    files.push(("summary.json".to_owned(), json::text(&report::summary(case, pair)).into_bytes()));
    files.extend(papers);
    Ok(files)
}

fn written(name: &str, item: &Item) -> Result<Vec<Made>, Failure> {
    Ok(match item {
        Item::Table(table) => vec![(format!("{name}.csv"), csv::file(table))],
        Item::Workbook(book) => {
            let bytes = xlsx::xlsx(book).map_err(|cause| Failure::Workbook { cause })?;
            vec![(format!("{name}.xlsx"), bytes)]
        }
        Item::Chart(chart) => {
            let text = svg::svg(chart);
            let picture = Picture::read(&text).expect("our own SVG can be read");
            let png = |scale| picture.png(scale).expect("our own SVG can be drawn");
            vec![
                (format!("{name}.png"), png(1)),
                (format!("{name}{LARGE}"), png(2)),
                (format!("{name}.svg"), text.into_bytes()),
            ]
        }
    })
}

/// How the name of a picture of two pixels a unit ends.
const LARGE: &str = "@2x.png";

/// The board paper as one page and as a Word document, whose pictures are those of the folder: drawn once.
fn papers(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    pack: &Pack,
    made_from: &MadeFrom,
    files: &[Made],
) -> [Made; 2] {
    let paper = paper(case, pair, pack, made_from);
    let large = files.iter().filter_map(|(name, bytes)| Some((name.strip_suffix(LARGE)?, bytes.as_slice())));
    let (page, document) = rayon::join(|| html::page(&paper), || docx::document(&paper, &large.collect()));
    let document = document.expect("a paper with our own pictures can be packed");
    [("report.html".to_owned(), page.into_bytes()), ("board-paper.docx".to_owned(), document)]
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

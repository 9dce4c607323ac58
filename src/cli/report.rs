//! `wholelife report`: spreadsheets, charts and the board paper in a folder, with a manifest of what they came from.

use std::path::Path;

use rayon::prelude::*;
use unicode_width::UnicodeWidthChar;

use super::args::Report;
use super::failure::Failure;
use super::files::{self, Written};
use super::input::Loaded;
use super::manifest::Origin;
use super::screen::{Screen, tell};
use super::work::{self, Runs};
use super::{Outcome, portfolio};
use crate::export::png::Picture;
use crate::export::{csv, docx, html, json, svg, xlsx};
use crate::id::OptionId;
use crate::report::{self, Case, Item, MadeFrom, Pack, pack, paper};
use crate::uncertainty;

/// Runs it: one scenario into the folder, several into a folder each below it.
pub(super) fn run(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let [file] = &args.files[..] else { return portfolio::report(args, screen) };
    let Some(loaded) = args.changes.reading().load(file, screen)? else { return Ok(Outcome::Faults) };
    let less = "`compare`, `statements` or `workbook` alone, or fewer uncertain inputs";
    work::announce(&loaded.case, Runs::Exact(runs(&loaded.case)), less);
    tell(&write(&loaded, &args.output, args)?.0);
    Ok(Outcome::Done)
}

/// About how many exact runs the charts and tables of uncertainty take: each uncertain input at two ends and searched for
/// its switching values, 2,000 draws (ten to an exact run), and a bridge.
fn runs(case: &Case) -> usize {
    let uncertain = uncertainty::may_vary(&case.scenario).len();
    uncertain * 15 + usize::from(uncertain > 0) * 200 + (1 << uncertainty::Mechanism::ALL.len())
}

/// Writes the report of a scenario into a folder: what there is to tell of it, and the fingerprint of its manifest.
pub(super) fn write(loaded: &Loaded, folder: &Path, args: &Report) -> Result<(String, String), Failure> {
    let made_from = MadeFrom {
        texts: loaded.texts.iter().map(|text| (text.name.clone(), text.sha256.clone())).collect(),
        set: args.changes.set.clone(),
        remarks: letters(&loaded.case).into_iter().collect(),
    };
    let pack = pack(&loaded.case, loaded.case.pair());
    let made = files(&loaded.case, loaded.case.pair(), &pack, &made_from)?;
    let origin = Origin {
        edition: loaded.case.scenario.programme.edition.clone(),
        inputs: loaded.texts.clone(),
        set: args.changes.set.clone(),
    };
    let written = files::write_folder(folder, &made, &origin, args.force)?;
    let left_out = pack.left_out.iter().map(|(name, why)| format!("no `{name}`: {why}\n"));
    let remarks = made_from.remarks.iter().map(|remark| format!("{}: {remark}\n", loaded.name));
    let told =
        remarks.chain(left_out).collect::<String>() + &in_words(&written, &folder.display().to_string());
    Ok((told, written.manifest))
}

/// Which letters of which names the typeface of pictures lacks, if any: nobody should find boxes unsaid.
fn letters(case: &Case) -> Option<String> {
    let named = |name: &&str| {
        let lacking = svg::lacking(name);
        let sign = |c: &char| {
            let has_picture = UnicodeWidthChar::width(*c).is_some_and(|width| width > 0);
            if has_picture { c.to_string() } else { format!("U+{:04X}", u32::from(*c)) }
        };
        let letters: Vec<String> = lacking.iter().map(sign).collect();
        (!letters.is_empty()).then(|| format!("{} in `{name}`", letters.join(" ")))
    };
    let names: Vec<String> = case.drawn_names().iter().filter_map(named).collect();
    (!names.is_empty()).then(|| {
        format!(
            "The typeface of the charts lacks letters, which stand as boxes in PNG pictures and in the Word document \
             (tables, and the charts of the page and of SVG files, show them where the reader's machine can): {}.",
            names.join("; ")
        )
    })
}

/// A file's name and its bytes.
type Made = (String, Vec<u8>);

/// Every file of a report: tables as CSV; the workbook; charts as SVG, and as PNG at one and two pixels a unit; the summary
/// as JSON; the paper. What takes time is done on all cores; the files keep their order.
fn files(
    case: &Case,
    pair: Option<(OptionId, OptionId)>,
    pack: &Pack,
    made_from: &MadeFrom,
) -> Result<Vec<Made>, Failure> {
    let made: Vec<Vec<Made>> =
        pack.items.par_iter().map(|(name, item)| written(name, item)).collect::<Result<_, _>>()?;
    let mut files: Vec<Made> = made.into_iter().flatten().collect();
    let papers = papers(case, pair, pack, made_from, &files);
    files.push(("summary.json".to_owned(), json::text(&report::summary(case, pair)).into_bytes()));
    files.extend(papers);
    Ok(files)
}

fn written(name: &str, item: &Item) -> Result<Vec<Made>, Failure> {
    Ok(match item {
        Item::Table(table) => vec![(format!("{name}.csv"), csv::file(table))],
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
        Item::Workbook(book) => {
            let bytes = xlsx::xlsx(book).map_err(|cause| Failure::Workbook { cause })?;
            vec![(format!("{name}.xlsx"), bytes)]
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

/// What was done in a folder, a line each.
pub(super) fn in_words(written: &Written, folder: &str) -> String {
    let mut told = vec![format!("{folder}: {} files written", written.count)];
    let removed = written.removed.iter();
    told.extend(removed.map(|name| format!("{folder}: removed {name}, which this report no longer has")));
    let why = "which this report no longer has, because it was edited";
    told.extend(written.left.iter().map(|name| format!("{folder}: left {name}, {why}")));
    let stale = written.stale.iter();
    told.extend(stale.map(|name| format!("{folder}: {name} is of an earlier run, and no part of this one")));
    told.join("\n")
}

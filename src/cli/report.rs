//! `wholelife report`: spreadsheets and charts in a folder, with a manifest of what they came from.

use super::Outcome;
use super::args::Report;
use super::failure::Failure;
use super::files::{self, Written};
use super::manifest::Origin;
use super::screen::{self, Screen};
use crate::export::{csv, png, svg};
use crate::id::OptionId;
use crate::report::{Case, Item, pack};

/// Runs it.
pub(super) fn run(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let made = files(&loaded.case, loaded.case.pair());
    let origin = Origin {
        edition: loaded.case.scenario.programme.edition.clone(),
        inputs: loaded.texts,
        set: args.changes.set.clone(),
    };
    let written = files::write_folder(&args.output, &made, &origin, args.force)?;
    tell(&written, &args.output.display().to_string());
    Ok(Outcome::Done)
}

/// Every file of a report: tables as CSV; charts as SVG, and as PNG at one and two pixels a unit.
fn files(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<(String, Vec<u8>)> {
    let pack = pack(case, pair);
    let mut files = Vec::new();
    for (name, item) in &pack.items {
        match item {
            Item::Table(table) => files.push((format!("{name}.csv"), csv::file(table))),
            Item::Chart(chart) => {
                let picture = svg::svg(chart);
                let png = |scale| png::png(&picture, scale).expect("our own SVG can be drawn");
                files.push((format!("{name}.png"), png(1)));
                files.push((format!("{name}@2x.png"), png(2)));
                files.push((format!("{name}.svg"), picture.into_bytes()));
            }
        }
    }
    for name in &pack.left_out {
        screen::tell(&format!("no chart `{name}`: it would have nothing to show"));
    }
    files
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

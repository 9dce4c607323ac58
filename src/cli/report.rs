//! `wholelife report`: spreadsheets and charts in a folder, with a manifest of what they came from.

use super::Outcome;
use super::args::Report;
use super::failure::Failure;
use super::files::{self, Written};
use super::input::Reading;
use super::manifest::Origin;
use super::screen::{self, Screen};

/// Runs it.
pub(super) fn run(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = Reading { set: &args.changes.set, strict: args.strictness.strict };
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let made = loaded.model.report();
    let origin = Origin {
        edition: loaded.model.edition().to_owned(),
        inputs: loaded.texts,
        set: args.changes.set.clone(),
    };
    let written = files::write_folder(&args.output, &made, &origin, args.force)?;
    tell(&written, &args.output.display().to_string());
    Ok(Outcome::Done)
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

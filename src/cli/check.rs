//! `wholelife check`: everything that is wrong with scenario files. Every file is looked at, whatever is
//! wrong with those before it.

use super::Outcome;
use serde_json::Value;

use super::args::{Check, Format, Shown};
use super::failure::Failure;
use super::input::{Reading, is_standard_input};
use super::screen::{Screen, tell};
use crate::export::Units;
use crate::report;

/// Runs it. A file that can't be read outweighs faults in others.
pub(super) fn run(args: &Check, screen: &Screen) -> Result<Outcome, Failure> {
    if args.files.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::InputTwice);
    }
    let reading = Reading { set: &[], strict: args.strictness.strict };
    let mut outcome = Outcome::Done;
    let mut failed = None;
    for path in &args.files {
        match reading.load(path, screen) {
            Ok(Some(loaded)) => {
                tell(&format!("{}: can be run", loaded.name));
                let table = report::unverified_figures(&loaded.case);
                if !table.rows.is_empty() {
                    let shown = Shown { format: Format::Table, units: Units::Pounds };
                    screen.show(&[table], || Value::Null, shown)?;
                }
            }
            Ok(None) => outcome = Outcome::Faults,
            Err(failure) => {
                // The last one is told by the caller.
                if let Some(earlier) = failed.replace(failure) {
                    screen.fail(&earlier);
                }
            }
        }
    }
    failed.map_or(Ok(outcome), Err)
}

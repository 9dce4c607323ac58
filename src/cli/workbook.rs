//! `wholelife workbook`: the workbook with live formulas, alone.

use std::io::{self, IsTerminal};

use super::Outcome;
use super::args::Workbook;
use super::failure::Failure;
use super::files;
use super::input::is_standard_input;
use super::screen::{Screen, print_bytes};
use crate::export::xlsx;
use crate::report;

/// Runs it.
pub(super) fn run(args: &Workbook, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let book = report::workbook_alone(&loaded.case);
    let bytes = xlsx::xlsx(&book).map_err(|cause| Failure::Workbook { cause })?;
    if !is_standard_input(&args.output) {
        files::write_file(&args.output, &bytes, args.force)?;
    } else if io::stdout().is_terminal() {
        return Err(Failure::WorkbookOnTerminal);
    } else {
        print_bytes(&bytes)?;
    }
    Ok(Outcome::Done)
}

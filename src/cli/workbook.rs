//! `wholelife workbook`: the workbook with live formulas, alone.

use super::Outcome;
use super::args::Workbook;
use super::failure::Failure;
use super::files;
use super::screen::Screen;
use crate::export::xlsx;
use crate::report;

/// Runs it.
pub(super) fn run(args: &Workbook, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let book = report::workbook_alone(&loaded.case);
    let bytes = xlsx::xlsx(&book).map_err(|cause| Failure::Workbook { cause })?;
    files::write_file(&args.output, &bytes, args.force)?;
    Ok(Outcome::Done)
}

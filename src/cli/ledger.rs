//! `wholelife ledger`: every amount behind the totals, one row each.

use super::args::Ledger;
use super::failure::Failure;
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json;
use crate::report;

/// Runs it.
pub(super) fn run(args: &Ledger, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let option = args.option.as_deref().map(|name| choice::option(&loaded, name)).transpose()?;
    let tables = [report::ledger(&loaded.case, option)];
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}

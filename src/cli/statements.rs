//! `wholelife statements`: affordability, accounts and the two cases reconciled.

use super::args::{Format, Statements};
use super::failure::Failure;
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json;
use crate::report;

/// Runs it. As CSV all statements are one table, a row a number, since a CSV file holds one table.
pub(super) fn run(args: &Statements, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let option = args.option.as_deref().map(|name| choice::option(&loaded, name)).transpose()?;
    let organisation =
        args.organisation.as_deref().map(|name| choice::organisation(&loaded, name)).transpose()?;
    let mut tables = report::statements(&loaded.case, option, organisation);
    if args.shown.format == Format::Csv {
        tables = vec![report::tidy("Statements", "statement", &tables)];
    }
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}

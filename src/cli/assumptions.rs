//! `wholelife assumptions`: the register of what a scenario assumes, and its logs.

use super::args::{Assumptions, Format};
use super::failure::Failure;
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json;
use crate::report;

/// Runs it. As CSV there is the register alone.
pub(super) fn run(args: &Assumptions, screen: &Screen) -> Result<Outcome, Failure> {
    let Some(loaded) = args.changes.reading().load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let pair = choice::pair(&loaded, args.between.as_ref())?;
    let mut tables = vec![report::assumptions(&loaded.case, pair)];
    if args.shown.format != Format::Csv {
        tables.extend(report::logs(&loaded.case));
    }
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}

//! `wholelife bridge`: why one option's figure is not another's, mechanism by mechanism.

use super::failure::Failure;
use super::questions::Bridge;
use super::screen::Screen;
use super::work::{self, Runs};
use super::{Outcome, choice};
use crate::report;
use crate::uncertainty;

/// Runs it.
pub(super) fn run(args: &Bridge, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let names = [Some(&args.from), args.via.as_ref(), Some(&args.to)];
    let stops = names.into_iter().flatten().map(|name| choice::option(&loaded, name));
    let stops = stops.collect::<Result<Vec<_>, _>>()?;
    let case = &loaded.case;
    let runs = (stops.len() - 1) << uncertainty::Mechanism::ALL.len();
    work::announce(case, Runs::Exact(runs), "options that differ in fewer mechanisms");
    let bridges: Vec<_> = stops
        .windows(2)
        .map(|pair| uncertainty::bridge(&case.plan, pair[0], pair[1], args.measure))
        .collect();
    let tables = [report::bridge_table(case, &bridges)];
    screen.show(&tables, || report::bridge_value(case, &bridges), args.shown)?;
    Ok(Outcome::Done)
}

//! `wholelife simulate`: thousands of draws of the uncertain inputs, and what they say.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::args::Format;
use super::failure::Failure;
use super::progress::Progress;
use super::questions::Simulate;
use super::screen::{Screen, tell};
use super::work::{self, Runs};
use super::{Outcome, choice};
use crate::report;
use crate::uncertainty::{self, Ended, Order, Simulation};

/// No simulation takes more memory than this, in gigabytes.
const MOST_MEMORY: usize = 4;

/// Runs it. As CSV all statistics are one table, a row a number, since a CSV file holds one table.
pub(super) fn run(args: &Simulate, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let pair = choice::pair(&loaded, args.between.as_ref())?;
    let scenario = &loaded.case.scenario;
    let most = (MOST_MEMORY << 30) / Simulation::memory(scenario, 1).max(1);
    if args.draws > most {
        return Err(Failure::TooManyDraws { draws: args.draws, most, memory: MOST_MEMORY });
    }
    let available = || std::thread::available_parallelism().map_or(1, usize::from);
    let order = Order {
        draws: args.draws,
        seed: args.seed,
        threads: args.threads.unwrap_or_else(available),
        precision: args.precision,
    };
    let stop = interrupted();
    work::announce(
        &loaded.case,
        Runs::Draws(args.draws),
        "fewer draws (`--draws`), or a `--precision` to stop at",
    );
    let progress = Progress::new(args.draws, "draws");
    let result = uncertainty::simulate(scenario, order, &|done| {
        progress.show(done);
        !stop.load(Relaxed)
    });
    progress.clear();
    if result.ended == Ended::Stopped {
        let done = match result.draws {
            0 => "no batch of draws was whole, so there is nothing to show".to_owned(),
            draws => format!("{draws} of {} draws are done; what follows rests on these", order.draws),
        };
        tell(&format!("stopped: {done}"));
        if result.draws == 0 {
            return Ok(Outcome::Stopped);
        }
    }
    let missed = result.precision.is_some_and(|precision| !precision.is_reached);
    if let Some(words) = report::precision(&loaded.case, &result).filter(|_| missed) {
        tell(&words);
    }
    let tables = match args.shown.format {
        Format::Csv => vec![report::simulation_rows(&loaded.case, &result)],
        _ => report::simulation(&loaded.case, &result, pair),
    };
    let value = || report::simulation_summary(&loaded.case, &result, pair);
    screen.show(&tables, value, args.shown)?;
    Ok(if result.ended == Ended::Stopped { Outcome::Stopped } else { Outcome::Done })
}

/// A flag that Ctrl-C raises; a second Ctrl-C ends the command at once. Where it can't be caught, Ctrl-C does
/// what it always does.
fn interrupted() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Relaxed) {
            #[expect(clippy::exit, reason = "asked twice, a user wants it to end now")]
            std::process::exit(130);
        }
    });
    stop
}

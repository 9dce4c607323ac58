//! Whatever the reader accepts runs to its end: no panic, no overflow, its own checks hold, and its tables can be made.
//!
//! The input is the scenario; after a first NUL a CSV table; after a second one bytes that put values at the ends of
//! what may be written into it, rates and growth over sixty years among them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wholelife::audit::passed;
use wholelife::export::csv;
use wholelife::report::{Case, activity_by_year, comparison, horizon, ledger, summary, timeline, workbook};
use wholelife::scenario::{Request, read};
use wholelife::uncertainty::{Measure, Order, bridge, simulate};

#[path = "../../tests/shared/ends.rs"]
mod ends;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |&byte| byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let (text, table, choices) = (String::from_utf8_lossy(part()), String::from_utf8_lossy(part()), part());
    let tables = |_: &str| Ok(table.clone().into_owned().into());
    let read = |set: &[String]| read(&Request { name: "fuzz", text: &text, set, tables: &tables }).scenario;
    let Some(scenario) = read(&[]) else { return };
    let set = ends::overrides(&scenario.inputs, choices);
    let scenario = if set.is_empty() { Some(scenario) } else { read(&set) };
    let Some(scenario) = scenario else { return };
    let case = Case::new(scenario);
    assert!(passed(&case.checks), "{:?}", case.checks);
    let pair = case.pair();
    let _ = csv::text(&comparison(&case, pair));
    let _ = csv::text(&ledger(&case, None));
    let _ = summary(&case, pair);
    let order = Order { draws: 8, seed: 7, threads: 1, precision: None };
    let drawn = simulate(&case.scenario, order, &|_| true);
    assert!(drawn.options.iter().flat_map(|option| &option.npsv).all(|npsv| npsv.abs() <= 2e15));
    if let Some((a, b)) = pair {
        bridge(&case.plan, b, a, Measure::Npsv);
    }
    let _ = (activity_by_year(&case), horizon(&case), timeline(&case), workbook(&case, &[]));
});

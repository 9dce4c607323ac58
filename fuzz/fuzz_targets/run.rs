//! Whatever the reader accepts runs to its end: no panic, no overflow, its own checks hold, and its tables can be made.
//!
//! The input is the scenario; after a first NUL a CSV table.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wholelife::audit::passed;
use wholelife::export::csv;
use wholelife::report::{Case, activity_by_year, comparison, horizon, ledger, summary, timeline, workbook};
use wholelife::scenario::{Request, read};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (scenario, table) = text.split_once('\0').unwrap_or((&text, ""));
    let tables = |_: &str| Ok(table.into());
    let Some(scenario) = read(&Request { name: "fuzz", text: scenario, set: &[], tables: &tables }).scenario else {
        return;
    };
    let case = Case::new(scenario);
    assert!(passed(&case.checks), "{:?}", case.checks);
    let pair = case.pair();
    let _ = csv::text(&comparison(&case, pair));
    let _ = csv::text(&ledger(&case, None));
    let _ = summary(&case, pair);
    let _ = (activity_by_year(&case), horizon(&case), timeline(&case), workbook(&case, &[]));
});

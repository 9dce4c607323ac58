//! Arbitrary bytes never panic the reader, nor the rendering of what it says.
//!
//! The input is the scenario; after a first NUL a CSV table; after a second one an override.
//! `cargo +nightly fuzz run -s none reader -- -max_total_time=60`

#![no_main]

use libfuzzer_sys::fuzz_target;
use wholelife::export::diagnostics::render;
use wholelife::scenario::{Request, read};

/// Faults that are rendered: to render all of them takes longer than to read the file.
const RENDERED: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.splitn(3, '\0');
    let scenario = parts.next().unwrap_or_default();
    let table = parts.next().unwrap_or_default();
    let set: Vec<String> = parts.next().map(str::to_owned).into_iter().collect();
    let tables = |_: &str| Ok(table.into());
    let reading = read(&Request { name: "fuzz", text: scenario, set: &set, tables: &tables });
    let some = &reading.diagnostics[..reading.diagnostics.len().min(RENDERED)];
    let _ = render(some, &reading.sources, true);
    assert!(reading.scenario.is_some() || !reading.diagnostics.is_empty());
});

//! No bytes of a CSV table panic the reader, nor the rendering of what it says of them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wholelife::export::diagnostics::render;
use wholelife::scenario::{Request, read};

const SCENARIO: &str = "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = 3\n[option.a]\n\
                        [cost.x]\ntable = \"t.csv\"\nunit = \"£000\"\n";

/// Faults that are rendered: to render all of them takes longer than to read the file.
const RENDERED: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let tables = |_: &str| Ok(bytes.to_vec());
    let reading = read(&Request { name: "fuzz", text: SCENARIO, set: &[], tables: &tables });
    let some = &reading.diagnostics[..reading.diagnostics.len().min(RENDERED)];
    let _ = render(some, &reading.sources, false);
    assert!(reading.scenario.is_some() || !reading.diagnostics.is_empty());
});

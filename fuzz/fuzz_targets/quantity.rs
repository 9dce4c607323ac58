//! No text panics what reads quantities, whatever unit is wanted.
//!
//! The first byte chooses: from 128 up, a key of a small scenario that takes the rest as an override, so that every
//! unit and every range has its turn; below it, the rest as an amount of money alone, which is a hundred times as fast.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wholelife::export::diagnostics::render;
use wholelife::scenario::{Request, pounds, read};

const SCENARIO: &str = include_str!("../../tests/gallery/one-option-one-year.toml");

/// A key of each unit that there is.
const KEYS: [&str; 12] = [
    "service.letters.effort.beta",
    "service.letters.run",
    "service.letters.upkeep",
    "service.letters.life",
    "service.letters.neglect.run_cost",
    "service.letters.retire",
    "index.general.growth",
    "fund.digital.by_year.2026-27",
    "programme.years",
    "programme.start",
    "parameter.vat.standard",
    "team.discovery.members.researcher",
];

/// Faults that are rendered: to render all of them takes longer than to read the file.
const RENDERED: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    if *first < 128 {
        let _ = pounds(&text);
        return;
    }
    let set = [format!("{}={text}", KEYS[usize::from(*first) % KEYS.len()])];
    let reading = read(&Request { name: "fuzz", text: SCENARIO, set: &set, tables: &|_| Err(String::new()) });
    let some = &reading.diagnostics[..reading.diagnostics.len().min(RENDERED)];
    let _ = render(some, &reading.sources, false);
    assert!(reading.scenario.is_some() || !reading.diagnostics.is_empty());
});

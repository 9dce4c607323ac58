//! Whatever the reader accepts runs to its end: shipped scenarios with values of their inputs at the ends of what may be
//! written. No panic, no overflow, its own checks hold, and its tables can be made. `fuzz/fuzz_targets/run.rs` is the
//! same without bound.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use wholelife::audit::passed;
use wholelife::export::csv;
use wholelife::report::{Case, comparison, ledger, summary};
use wholelife::scenario::{Reading, Request, Unit, read};

/// A scenario's text and the tables beside it.
struct Shipped {
    name: String,
    text: String,
    tables: BTreeMap<String, Vec<u8>>,
    /// The key and the unit of each input.
    inputs: Vec<(String, Unit)>,
}

impl Shipped {
    fn read(&self, set: &[String]) -> Reading {
        let tables = |name: &str| self.tables.get(name).cloned().ok_or_else(|| "none".to_owned());
        read(&Request { name: &self.name, text: &self.text, set, tables: &tables })
    }
}

static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the scenarios") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(path).expect("text"));
        }
    }
    let is = |name: &str, ending: &str| Path::new(name).extension().is_some_and(|found| found == ending);
    let tables: BTreeMap<String, Vec<u8>> = files
        .iter()
        .filter(|(name, _)| is(name, "csv"))
        .map(|(n, t)| (n.clone(), t.clone().into()))
        .collect();
    let scenarios = files.into_iter().filter(|(name, _)| is(name, "toml"));
    let scenarios = scenarios.map(|(name, text)| {
        let mut shipped = Shipped { name, text, tables: tables.clone(), inputs: Vec::new() };
        let scenario = shipped.read(&[]).scenario.expect("a shipped scenario");
        shipped.inputs = scenario.inputs.into_iter().map(|input| (input.key, input.unit)).collect();
        shipped
    });
    scenarios.collect()
});

/// Values from nought to the most that can be written, in a unit.
fn value(unit: Unit, place: usize) -> String {
    let amounts = ["0", "0.01", "1", "999", "1,000,000", "999,999,999", "999999999999999"];
    let counts = ["0", "0.000000000001", "0.3", "1", "7", "120", "720", "999999", "999999999999999"];
    let amount = amounts[place % amounts.len()];
    let count = counts[place % counts.len()];
    match unit {
        Unit::Pounds => format!("£{amount}"),
        Unit::PoundsAYear => format!("£{amount} a year"),
        Unit::PoundsAMonth => format!("£{amount} a month"),
        Unit::Rate => {
            format!("{}%", ["0", "0.000000001", "-99", "33.333333333", "100", "1000", "99999"][place % 7])
        }
        Unit::Months => format!("{count} months"),
        Unit::TeamMonths => format!("{count} team-months"),
        Unit::TeamMonthsAYear => format!("{count} team-months a year"),
        Unit::Count => count.to_owned(),
    }
}

/// Runs what is accepted; tells whether it was.
fn endures(reading: Reading, what: &str) -> bool {
    let Some(scenario) = reading.scenario else { return false };
    let case = Case::new(scenario);
    assert!(passed(&case.checks), "{what}: {:?}", case.checks);
    let pair = case.pair();
    let tables = [comparison(&case, pair), ledger(&case, None)];
    assert!(tables.iter().all(|table| !csv::text(table).is_empty()));
    summary(&case, pair);
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shipped_scenario_with_any_values_runs_or_is_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..63), 1..4),
    ) {
        let shipped = which.get(&SHIPPED);
        let set: Vec<String> = changes
            .iter()
            .map(|(input, place)| {
                let (key, unit) = input.get(&shipped.inputs);
                format!("{key}={}", value(*unit, *place))
            })
            .collect();
        endures(shipped.read(&set), &format!("{} with {set:?}", shipped.name));
    }
}

/// One input after the other at an end of what may be written: most are accepted, so the property above is not idle.
#[test]
fn most_values_at_the_ends_are_accepted_and_run() {
    let shipped =
        SHIPPED.iter().find(|shipped| shipped.name == "patient-access.toml").expect("patient access");
    let changes: Vec<String> = shipped
        .inputs
        .iter()
        .enumerate()
        .step_by(3)
        .map(|(place, (key, unit))| format!("{key}={}", value(*unit, place)))
        .collect();
    let ran = changes.iter().filter(|change| endures(shipped.read(&[(*change).clone()]), change)).count();
    assert!(ran * 3 > changes.len(), "{ran} of {} were accepted", changes.len());
}

/// The small scenarios that fuzzing starts from are accepted, so that what it makes of them is near what runs.
#[test]
fn the_seeds_of_fuzzing_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut ran = 0;
    for entry in fs::read_dir(folder).expect("the seeds") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(&path).expect("text");
            let request =
                Request { name: "seed", text: &text, set: &[], tables: &|_| Err("none".to_owned()) };
            assert!(endures(read(&request), &text), "{}", path.display());
            ran += 1;
        }
    }
    assert!(ran >= 4, "{ran}");
}

//! Whatever the reader accepts runs to its end: shipped scenarios with values of their inputs at the ends of what may be
//! written, rates and growth over sixty years among them. No panic, no overflow, its own checks hold, every figure is
//! finite, and all that a report has can be made. `fuzz/fuzz_targets/run.rs` is the same without bound, and so is
//! `PROPTEST_CASES=100000 cargo test --test suite endurance::` for as long as you like.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use wholelife::audit::passed;
use wholelife::export::{csv, json, svg};
use wholelife::report::{Case, Item, comparison, ledger, pack, simulation_summary, statements, summary};
use wholelife::review::review;
use wholelife::scenario::{Input, Reading, Request, Unit, read};
use wholelife::uncertainty::{Measure, OptionDraws, Order, bridge, sensitivity, simulate};

use crate::shared::ends;

/// A scenario's text and the tables beside it.
struct Shipped {
    name: String,
    text: String,
    tables: BTreeMap<String, Vec<u8>>,
    /// Every number of it.
    inputs: Vec<Input>,
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
        shipped.inputs = scenario.inputs;
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

/// Runs all that there is of what is accepted with few draws: no figure of it is anything but a finite number.
fn endures_everything(reading: Reading, what: &str, with_report: bool) -> bool {
    let Some(scenario) = reading.scenario else { return false };
    let case = Case::new(scenario);
    assert!(passed(&case.checks), "{what}: {:?}", case.checks);
    let pair = case.pair();
    let order = Order { draws: 24, seed: 7, threads: 1, precision: None };
    let drawn = simulate(&case.scenario, order, &|_| true);
    for option in &drawn.options {
        let OptionDraws { net_present_cost, npsv, nominal, real, benefits, gap, cumulative, .. } = option;
        let columns = [net_present_cost, npsv, nominal, real, benefits, gap].into_iter().chain(cumulative);
        // Twice the most that an option may come to: a net value is of two.
        let is_in_reach = |figure: &f64| figure.abs() <= 2e15;
        assert!(columns.flatten().all(is_in_reach), "{what}: {option:?}");
    }
    is_of_numbers(&simulation_summary(&case, &drawn, pair), what);
    is_of_numbers(&summary(&case, pair), what);
    for table in [vec![comparison(&case, pair)], statements(&case, None, None)].concat() {
        is_text_of_numbers(&csv::text(&table), what);
    }
    review(&case.subject(), &[], None);
    if let Some((a, b)) = pair {
        bridge(&case.plan, b, a, Measure::Npsv);
    }
    sensitivity(&case.scenario);
    if with_report {
        for (_, item) in pack(&case, pair).items {
            match item {
                Item::Table(table) => is_text_of_numbers(&csv::text(&table), what),
                Item::Chart(chart) => is_text_of_numbers(&svg::svg(&chart), what),
                Item::Workbook(book) => drop(wholelife::export::xlsx::xlsx(&book).expect("a workbook")),
            }
        }
    }
    true
}

fn is_of_numbers(value: &Value, what: &str) {
    is_text_of_numbers(&json::text(value), what);
}

fn is_text_of_numbers(text: &str, what: &str) {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_number = |word: &str| !matches!(word, "NaN" | "nan" | "inf" | "Infinity");
    assert!(words.into_iter().all(is_number), "{what}: {text}");
}

/// As many as the environment asks for, or so many.
fn cases(else_: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { else_ };
    ProptestConfig { cases, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_shipped_scenario_with_any_values_runs_or_is_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..63), 1..4),
    ) {
        let shipped = which.get(&SHIPPED);
        let set: Vec<String> = changes
            .iter()
            .map(|(input, place)| {
                let input = input.get(&shipped.inputs);
                format!("{}={}", input.key, value(input.unit, *place))
            })
            .collect();
        endures(shipped.read(&set), &format!("{} with {set:?}", shipped.name));
    }
}

/// Of what the generator makes of rates and growth at their ends, how much ran and how much was refused.
#[test]
fn rates_at_their_ends_over_sixty_years_run_or_are_refused() {
    let mut runner = TestRunner::new_with_rng(cases(40), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (ran, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let strategy = (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 4..14), 0_u8..16);
    let run = runner.run(&strategy, |(which, choices, report)| {
        let shipped = which.get(&SHIPPED);
        let set = ends::overrides(&shipped.inputs, &choices);
        let reading = shipped.read(&set);
        let what = format!("{} with {set:?}", shipped.name);
        let count = if endures_everything(reading, &what, report == 0) { &ran } else { &refused };
        count.fetch_add(1, Relaxed);
        Ok(())
    });
    let (ran, refused) = (ran.into_inner(), refused.into_inner());
    if std::env::var_os("PROPTEST_CASES").is_some() {
        eprintln!("{ran} ran, {refused} refused");
    }
    run.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(ran >= 8 && refused >= 8, "{ran} ran, {refused} were refused");
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
        .map(|(place, input)| format!("{}={}", input.key, value(input.unit, place)))
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

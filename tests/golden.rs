//! What `compare` prints for every shipped scenario and for the starter, kept in `tests/golden`, for two of them as
//! JSON too (the pages of `docs/scenarios` keep other commands: tests/pages.rs); and the
//! proof that no figure of it comes from anywhere but the ledger.
//!
//! A kept output is a tripwire: it tells that something has changed, not that it was right. Look at the
//! difference, then `SNAPSHOTS=overwrite cargo test --test suite golden::` keeps the new one.

#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use serde_json::Value;
use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV, data::DataFormat};
use tempfile::TempDir;

use crate::shared::console::renewed;
use crate::shared::{Row, Scenario, pounds, shipped, wholelife};

/// Every scenario that the house ships, and the starter. The folder of the starter lives as long as it.
fn scenarios() -> (Vec<Scenario>, TempDir) {
    let desk = tempfile::tempdir().expect("a folder");
    let made = wholelife(desk.path()).args(["init", "starter.toml"]).output().expect("run");
    assert!(made.status.success());
    let mut all: Vec<Scenario> = shipped().iter().map(|name| Scenario::shipped(name)).collect();
    all.push(Scenario { name: "starter".to_owned(), folder: desk.path().to_owned() });
    (all, desk)
}

fn kept(name: &str) -> Data {
    Data::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name), None).raw()
}

#[test]
fn comparisons_print_what_is_kept() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let (scenarios, _desk) = scenarios();
    for scenario in &scenarios {
        assert.eq(scenario.run(&["compare"]), kept(&format!("{}.txt", scenario.name)));
        if AS_JSON.contains(&scenario.name.as_str()) {
            assert
                .eq(scenario.run(&["compare", "--format", "json"]), kept(&format!("{}.json", scenario.name)));
        }
    }
}

/// Whose JSON is kept: between them they have all that it can hold. Its figures are audited for every scenario below.
const AS_JSON: [&str; 2] = ["patient-access", "starter"];

/// A kept output whose scenario has gone would be kept for ever.
#[test]
fn nothing_is_kept_of_scenarios_that_are_gone() {
    let (scenarios, _desk) = scenarios();
    let names: BTreeSet<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    for entry in Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(names.contains(name.as_str()), "{name}");
        let is_json = path.extension().is_some_and(|ending| ending == "json");
        assert!(!is_json || AS_JSON.contains(&name.as_str()), "{name} as JSON");
    }
}

/// The README and the page of the command show real outputs: what the tool prints today. `SNAPSHOTS=overwrite` writes
/// them anew.
#[test]
fn pages_of_the_command_show_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["README.md", "docs/command.md"] {
        let path = root.join(page);
        let text = fs::read_to_string(&path).expect("a page").replace("\r\n", "\n");
        assert!(text.contains("```console\n"), "{page} shows an output");
        Assert::new()
            .action_env(DEFAULT_ACTION_ENV)
            .eq(renewed(root, &text), Data::read_from(&path, None).raw());
    }
}

/// What the README tells a contributor to run is what `.ci/run` runs.
#[test]
fn the_readme_and_ci_run_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a file").replace("\r\n", "\n");
    let (readme, ci) = (read("README.md"), read(".ci/run"));
    let (_, contributors) = readme.split_once("## For contributors").expect("the section");
    let block = contributors.split("```\n").nth(1).expect("a block");
    for command in block.lines() {
        let command = command.strip_suffix(" out").unwrap_or(command);
        assert!(ci.contains(command), "`{command}` is not in .ci/run");
    }
    assert!(block.lines().count() > 4);
}

/// The charts of the README are those of today's report. Their markup is compared on every machine; their
/// pixels only where they were made, since rasterisers may differ in the last bit between processors.
#[test]
fn the_readme_shows_todays_charts() {
    let desk = tempfile::tempdir().expect("a folder");
    Scenario::shipped("patient-access").run(&[
        "report",
        "-o",
        desk.path().join("out").to_str().expect("text"),
    ]);
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let images = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images");
    for chart in ["cost-by-year", "cumulative", "timeline"] {
        let made =
            |ending: &str| fs::read(desk.path().join(format!("out/{chart}.{ending}"))).expect("a chart");
        let markup = String::from_utf8(made("svg")).expect("text");
        assert.eq(markup, Data::read_from(&images.join(format!("{chart}.svg")), None).raw());
        if cfg!(target_arch = "x86_64") {
            let kept = Data::read_from(&images.join(format!("{chart}.png")), Some(DataFormat::Binary));
            assert.eq(Data::binary(made("png")), kept);
        }
    }
}

/// Every total of `compare --format json` from the rows of `ledger`, to the penny: sums, present values,
/// and the measures made of them.
#[test]
fn every_total_is_a_sum_of_ledger_rows() {
    let (scenarios, _desk) = scenarios();
    for scenario in &scenarios {
        let told = scenario.run(&["compare", "--format", "json"]);
        let told: Value = serde_json::from_str(&told).expect("JSON");
        let ledger = scenario.ledger();
        let options = told["options"].as_object().expect("options");
        let known: BTreeSet<&str> = options.keys().map(String::as_str).collect();
        assert!(ledger.iter().all(|row| known.contains(row.option.as_str())), "{}", scenario.name);
        let baseline = told["programme"]["baseline"].as_str();
        let sums = |option: &str| Sums::of(ledger.iter().filter(|row| row.option == option));
        let base = baseline.map(sums);
        for (id, said) in options {
            let audit = Audit { place: format!("{}, option {id}", scenario.name), said };
            audit.option(&sums(id), base.as_ref(), baseline == Some(id));
        }
    }
}

/// What the rows of an option come to.
#[derive(Default)]
struct Sums {
    by_year: BTreeMap<String, Year>,
    /// Real benefits by kind and year.
    benefits: BTreeMap<String, BTreeMap<String, Decimal>>,
    /// The first month with a benefit.
    first_benefit: Option<String>,
}

#[derive(Clone, Copy, Default)]
struct Year {
    capital: Decimal,
    revenue: Decimal,
    cost: Decimal,
    benefits: Decimal,
    released: Decimal,
}

impl Sums {
    fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut sums = Self::default();
        for row in rows {
            let year = sums.by_year.entry(row.year.clone()).or_default();
            if row.is_benefit() {
                assert_eq!(row.treatment, "none", "{row:?}");
                year.benefits += row.economic;
                year.released += row.financial;
                *sums.benefits.entry(row.kind.clone()).or_default().entry(row.year.clone()).or_default() +=
                    row.economic;
                let earlier = sums.first_benefit.as_ref().is_none_or(|first| *first > row.month);
                if earlier && row.economic > Decimal::ZERO {
                    sums.first_benefit = Some(row.month.clone());
                }
                continue;
            }
            year.cost += row.economic;
            match row.treatment.as_str() {
                "capital" => year.capital += row.financial,
                _ => year.revenue += row.financial,
            }
        }
        sums
    }

    fn total(&self, of: impl Fn(&Year) -> Decimal) -> Decimal {
        self.by_year.values().map(of).sum()
    }

    fn present_cost(&self, first: &str) -> Decimal {
        penny(self.by_year.iter().map(|(year, sums)| sums.cost * factor(first, year)).sum())
    }

    fn benefit(&self, kind: &str) -> Decimal {
        self.benefits.get(kind).map_or(Decimal::ZERO, |years| years.values().sum())
    }

    fn present_benefit(&self, kind: &str, first: &str) -> Decimal {
        let years = self.benefits.get(kind).into_iter().flatten();
        penny(years.map(|(year, amount)| *amount * factor(first, year)).sum())
    }
}

const KINDS: [&str; 3] = ["cash-releasing", "non-cash-releasing", "societal"];

/// The Green Book's factor of 3.5% for a year, from the first: `1.035 ^ -t`, no shipped scenario being
/// longer than 30 years, and none of their benefits discounted as health.
fn factor(first: &str, year: &str) -> Decimal {
    let start = |year: &str| year[..4].parse::<i32>().expect("a year");
    (0..start(year) - start(first)).fold(Decimal::ONE, |factor, _| factor / Decimal::new(1035, 3))
}

fn penny(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, MidpointAwayFromZero)
}

/// What the comparison says of an option, held against sums.
struct Audit<'a> {
    place: String,
    said: &'a Value,
}

impl Audit<'_> {
    fn said(&self, pointer: &str) -> Decimal {
        pounds(self.said.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}")))
    }

    fn is(&self, pointer: &str, sum: Decimal) {
        assert_eq!(self.said(pointer), sum, "{}: {pointer}", self.place);
    }

    fn option(&self, sums: &Sums, base: Option<&Sums>, is_baseline: bool) {
        let years = self.said["by_year"].as_array().expect("years");
        let first = years[0]["financial_year"].as_str().expect("a year");
        self.years(sums, years);
        self.is("/whole_life_cost/nominal", sums.total(|year| year.capital + year.revenue));
        self.is("/whole_life_cost/capital", sums.total(|year| year.capital));
        self.is("/whole_life_cost/revenue", sums.total(|year| year.revenue));
        self.is("/whole_life_cost/real", sums.total(|year| year.cost));
        self.is("/whole_life_cost/present", sums.present_cost(first));
        for kind in KINDS {
            self.is(&format!("/benefits/by_kind/{kind}/real"), sums.benefit(kind));
            self.is(&format!("/benefits/by_kind/{kind}/present"), sums.present_benefit(kind, first));
        }
        let present =
            |sums: &Sums| KINDS.iter().map(|kind| sums.present_benefit(kind, first)).sum::<Decimal>();
        self.is("/benefits/real", sums.total(|year| year.benefits));
        self.is("/benefits/present", present(sums));
        self.is("/benefits/cash_released", sums.total(|year| year.released));
        assert_eq!(self.said["first_benefit"].as_str(), sums.first_benefit.as_deref(), "{}", self.place);

        let cost = sums.present_cost(first) - base.map_or(Decimal::ZERO, |base| base.present_cost(first));
        let benefit = present(sums) - base.map_or(Decimal::ZERO, present);
        self.is("/npsv", benefit - cost);
        if is_baseline || cost < Decimal::ONE {
            assert!(self.said["bcr"].is_null(), "{}", self.place);
        } else {
            self.is("/bcr", (benefit / cost).round_dp_with_strategy(4, MidpointAwayFromZero));
        }
        let factors =
            years.iter().map(|year| factor(first, year["financial_year"].as_str().expect("a year")));
        self.is("/equivalent_annual_cost", penny(sums.present_cost(first) / factors.sum::<Decimal>()));
        let cash = |year: &Year| year.capital + year.revenue;
        let peak = sums.by_year.values().map(cash).max().unwrap_or_default();
        self.is("/peak_year/cash", peak);
    }

    fn years(&self, sums: &Sums, years: &[Value]) {
        for (t, said) in years.iter().enumerate() {
            let year = said["financial_year"].as_str().expect("a year");
            let sums = sums.by_year.get(year).copied().unwrap_or_default();
            for (key, sum) in [
                ("capital", sums.capital),
                ("revenue", sums.revenue),
                ("real_cost", sums.cost),
                ("benefits", sums.benefits),
                ("cash_released", sums.released),
            ] {
                self.is(&format!("/by_year/{t}/{key}"), sum);
            }
        }
        let told: BTreeSet<&str> = years.iter().filter_map(|year| year["financial_year"].as_str()).collect();
        assert!(sums.by_year.keys().all(|year| told.contains(year.as_str())), "{}", self.place);
    }
}

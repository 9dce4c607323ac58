//! What other programs and people with spreadsheets rely on, as they meet it: the shape of the JSON, the
//! discount factors, faults by the command, and reports that are the same bytes whoever makes them.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::shared::{Scenario, pounds, wholelife};

fn json(scenario: &Scenario) -> Value {
    serde_json::from_str(&scenario.run(&["compare", "--format", "json"])).expect("JSON")
}

/// Pounds and pence as a decimal string: `-1234.50`.
fn is_money(value: &Value) -> bool {
    let Some((pounds, pence)) = value.as_str().and_then(|text| text.split_once('.')) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(pounds.strip_prefix('-').unwrap_or(pounds)) && pence.len() == 2 && digits(pence)
}

fn is_month(value: &Value) -> bool {
    value.as_str().is_some_and(|text| wholelife::calendar::Month::parse(text).is_some())
}

#[test]
fn the_comparison_has_its_shape() {
    let told = json(&Scenario::shipped("patient-access"));
    assert_eq!(told["format_version"], "1.0");
    let options = told["options"].as_object().expect("options");
    assert_eq!(options.keys().collect::<Vec<_>>(), ["baseline", "team", "project", "staged"]);
    for (id, option) in options {
        for key in [
            "/whole_life_cost/nominal",
            "/whole_life_cost/real",
            "/whole_life_cost/present",
            "/benefits/real",
            "/benefits/present",
            "/npsv",
            "/equivalent_annual_cost",
        ] {
            assert!(option.pointer(key).is_some_and(is_money), "{id}{key}: {option:#}");
        }
        let is_baseline = id == "baseline";
        for key in ["first_benefit", "full_benefit"] {
            assert!(if is_baseline { option[key].is_null() } else { is_month(&option[key]) }, "{id}, {key}");
        }
        for key in ["/payback/simple", "/payback/discounted"] {
            let payback = option.pointer(key).expect("payback");
            assert!(if is_baseline { payback.is_null() } else { is_month(payback) }, "{id}{key}");
        }
        let is_ratio = option["bcr"].as_str().is_some_and(|ratio| pounds(ratio) > pounds("1"));
        assert!(if is_baseline { option["bcr"].is_null() } else { is_ratio }, "{id}");
        let years = option["by_year"].as_array().expect("years");
        assert_eq!(
            (years.len(), &years[0]["financial_year"], &years[10]["financial_year"]),
            (11, &Value::from("2026-27"), &Value::from("2036-37"))
        );
        for year in years {
            for key in ["capital", "revenue", "benefits"] {
                assert!(is_money(&year[key]), "{id}, {key}: {year:#}");
            }
        }
    }
}

/// No figure of the comparison is a JSON number but whole years: a number would pass through binary floating
/// point in most readers.
#[test]
fn no_amount_is_a_json_number() {
    fn numbers(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Number(_) => found.push(at.to_owned()),
            Value::Array(items) => items.iter().for_each(|item| numbers(item, at, found)),
            Value::Object(items) => items.iter().for_each(|(key, item)| numbers(item, key, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    numbers(&json(&Scenario::shipped("patient-access")), "", &mut found);
    found.sort();
    found.dedup();
    assert_eq!(found, ["months", "years"]);
}

/// DF(5) = 1.035 ^ -5 = 0.84197316685..., to ten places; DF(0) = 1.
#[test]
fn the_fifth_discount_factor_stands_in_the_comparison() {
    let told = json(&Scenario::shipped("patient-access"));
    for option in told["options"].as_object().expect("options").values() {
        assert_eq!(option["by_year"][0]["discount_factor"], "1.0000000000");
        assert_eq!(option["by_year"][5]["discount_factor"], "0.8419731669");
    }
}

#[test]
fn ten_faults_get_ten_diagnostics_and_exit_code_1() {
    let errors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    for command in
        [&["check"][..], &["compare"], &["compare", "--format=json"], &["ledger"], &["report", "-oout"]]
    {
        let run = wholelife(&errors).args(command).arg("ten-faults.toml").output().expect("run");
        let told = String::from_utf8(run.stderr).expect("text");
        assert_eq!(run.status.code(), Some(1), "{command:?}: {told}");
        assert!(run.stdout.is_empty(), "{command:?}");
        let heads: Vec<&str> = told.lines().filter(|line| line.starts_with("error[")).collect();
        assert_eq!(heads.len(), 10, "{command:?}: {told}");
        assert_eq!(told.matches("--> ten-faults.toml:").count(), 10, "each with its place: {told}");
        assert!(told.ends_with("ten-faults.toml: 10 faults\n"), "{told}");
    }
    assert!(!errors.join("out").exists());
}

/// The report of the README: the same bytes each time, wherever it is written; its tables are those that the
/// other commands print; and an input that is changed for a run changes it.
#[test]
fn a_report_is_the_same_bytes_and_follows_what_is_set() {
    let desk = tempfile::tempdir().expect("a folder");
    let scenario = Scenario::shipped("patient-access");
    let report = |name: &str, more: &[&str]| {
        let out = desk.path().join(name);
        scenario.run(&[&["report", "-o", out.to_str().expect("text")], more].concat());
        let entries = fs::read_dir(out).expect("a folder").map(|entry| entry.expect("an entry").path());
        let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut files: Vec<(String, Vec<u8>)> =
            entries.map(|path| (name(&path), fs::read(&path).expect("a file"))).collect();
        files.sort();
        files
    };
    let first = report("first", &[]);
    assert!(first == report("second", &[]), "two runs, two results");

    let file = |name: &str| &first.iter().find(|(known, _)| known == name).expect("a file").1;
    let text = |name: &str| String::from_utf8(file(name).clone()).expect("text").replace("\r\n", "\n");
    assert_eq!(text("ledger.csv"), scenario.run(&["ledger", "--format", "csv"]));
    assert!(file("cost-by-year.png").starts_with(b"\x89PNG"));

    let changed = report("changed", &["--set", "approach.project.approval.lead=24 months"]);
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&first), names(&changed));
    for name in ["comparison.csv", "ledger.csv", "timeline.png", "manifest.json"] {
        let new = &changed.iter().find(|(known, _)| known == name).expect("a file").1;
        assert!(file(name) != new, "{name} is as before");
    }
}

//! Several scenarios at once: one table, what they come to by year, and whether the funds that they share stretch.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use rust_decimal::Decimal;
use serde_json::Value;
use tempfile::TempDir;

use crate::shared::{Scenario, pounds, wholelife};

/// A scenario of cost lines only, so that every figure can be worked by hand: no inflation in nominal lines.
fn scenario(name: &str, capital: &str, fund: &str) -> String {
    format!(
        "[programme]\nname = \"{name}\"\nstart = \"2026-04\"\nyears = 3\n\
         [option.none]\nname = \"Nothing\"\n[option.build]\nname = \"Build\"\n\
         [cost.work]\nby_year = {capital}\nprices = \"nominal\"\ntreatment = \"capital\"\nlife = \"3 years\"\n\
         options = [\"build\"]\n{fund}\n"
    )
}

/// £100k, £60k and £60k of the same award, spent or lost.
const AWARD: &str = "[fund.award]\nname = \"Award\"\nkind = \"capital\"\n\
     by_year = { \"2026-27\" = \"£100k\", \"2027-28\" = \"£60k\", \"2028-29\" = \"£60k\" }";

/// A needs £70k, £50k and £10k; B needs £50k, £30k and £40k. Each alone is paid in full.
fn desk(fund: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(desk.path().join(name), text).expect("written");
    let a = "{ \"2026-27\" = \"£70k\", \"2027-28\" = \"£50k\", \"2028-29\" = \"£10k\" }";
    let b = "{ \"2026-27\" = \"£50k\", \"2027-28\" = \"£30k\", \"2028-29\" = \"£40k\" }";
    write("a.toml", scenario("A", a, fund));
    write("b.toml", scenario("B", b, fund));
    write("bad.toml", "[programme\n".to_owned());
    desk
}

fn run(desk: &Path, args: &[&str]) -> Output {
    wholelife(desk).args(args).output().expect("run")
}

fn json(desk: &Path, args: &[&str]) -> Value {
    let run = run(desk, &[args, &["--format", "json"]].concat());
    serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", told(&run)))
}

fn told(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

/// A field of every year of something.
fn years(value: &Value, field: &str) -> Vec<Decimal> {
    let years = value["by_year"].as_array().unwrap_or_else(|| panic!("no years in {value}"));
    years.iter().map(|year| pounds(year[field].as_str().unwrap_or_else(|| panic!("{field}")))).collect()
}

fn thousands(amounts: &[i64]) -> Vec<Decimal> {
    amounts.iter().map(|amount| Decimal::from(amount * 1_000)).collect()
}

/// Together they need 120, 80 and 50 of 100, 60 and 60: 20 is missing in the first two years, 10 lapses in the third.
#[test]
fn shared_funds_are_granted_once() {
    let desk = desk(AWARD);
    let value = json(desk.path(), &["compare", "a.toml", "b.toml"]);
    for file in ["0", "1"] {
        let alone = value.pointer(&format!("/files/{file}/comparison/options/build/funding/gap/capital"));
        assert_eq!(alone.and_then(Value::as_str), Some("0.00"), "each alone is paid");
    }
    let totals = value["portfolio"]["totals"].as_array().expect("totals");
    let build = totals.iter().find(|total| total["option"] == "build").expect("a total");
    let [fund] = &build["shared_funds"].as_array().expect("funds")[..] else { panic!("one fund: {build}") };
    assert_eq!((&fund["name"], &fund["files"]), (&"Award".into(), &serde_json::json!(["a.toml", "b.toml"])));
    assert_eq!(years(fund, "granted"), thousands(&[100, 60, 60]));
    assert_eq!(years(fund, "needed"), thousands(&[120, 80, 50]));
    assert_eq!(years(fund, "paid"), thousands(&[100, 60, 50]));
    assert_eq!(years(fund, "gap"), thousands(&[20, 20, 0]));
    assert_eq!(years(fund, "lapsed"), thousands(&[0, 0, 10]));
    assert_eq!(years(build, "capital"), thousands(&[120, 80, 50]));
    assert_eq!(years(build, "shared_gap"), thousands(&[20, 20, 0]));
    assert_eq!(years(build, "gap"), thousands(&[20, 20, 0]));
    let none = totals.iter().find(|total| total["option"] == "none").expect("a total");
    assert_eq!(years(&none["shared_funds"][0], "lapsed"), thousands(&[100, 60, 60]));
}

/// With carry-forward, what would lapse stays: 150 and then 0 and 0, of which 120, 30 and 0 can be paid.
#[test]
fn shared_funds_carry_forward() {
    let fund = "[fund.award]\nname = \"Award\"\nkind = \"capital\"\ncarry_forward = true\n\
         by_year = { \"2026-27\" = \"£150k\" }";
    let desk = desk(fund);
    let value = json(desk.path(), &["compare", "a.toml", "b.toml", "--option", "build"]);
    let fund = &value["portfolio"]["totals"][0]["shared_funds"][0];
    assert_eq!(years(fund, "brought_forward"), thousands(&[0, 30, 0]));
    // Alone, A is paid 70, 50 and 10, and B 50, 30 and 40, out of 150.
    assert_eq!(years(fund, "needed"), thousands(&[120, 80, 50]));
    assert_eq!(years(fund, "paid"), thousands(&[120, 30, 0]));
    assert_eq!(years(fund, "gap"), thousands(&[0, 50, 50]));
}

#[test]
fn a_fund_on_other_terms_is_other_money() {
    let desk = desk(AWARD);
    for (from, to) in [("£60k", "£61k"), ("\"Award\"", "\"Award\"\ncarry_forward = true")] {
        let b = fs::read_to_string(desk.path().join("b.toml")).expect("a file");
        let (head, fund) = b.split_once("[fund").expect("a fund");
        fs::write(desk.path().join("c.toml"), format!("{head}[fund{}", fund.replacen(from, to, 1)))
            .expect("written");
        let value = json(desk.path(), &["compare", "a.toml", "c.toml", "--option", "build"]);
        let total = &value["portfolio"]["totals"][0];
        assert_eq!(total["shared_funds"], serde_json::json!([]));
        assert_eq!(total["unlike_funds"], serde_json::json!(["Award"]));
        assert_eq!(years(total, "gap"), thousands(&[0, 0, 0]));
        let shown = run(desk.path(), &["compare", "a.toml", "c.toml"]);
        let shown = String::from_utf8_lossy(&shown.stdout).replace('\n', " ");
        assert!(shown.contains("different money") && shown.contains("between files: Award."), "{shown}");
    }
    // Two funds of one file are two, whatever they are called.
    let twice = format!("{AWARD}\n{}", AWARD.replace("fund.award", "fund.second"));
    let desk = self::desk(&twice);
    let value = json(desk.path(), &["compare", "a.toml", "b.toml", "--option", "build"]);
    assert_eq!(value["portfolio"]["totals"][0]["shared_funds"].as_array().map(Vec::len), Some(2));
}

#[test]
fn totals_are_the_sums_of_single_runs() {
    let desk = tempfile::tempdir().expect("a folder");
    let starter = run(desk.path(), &["init"]).stdout;
    let text = String::from_utf8(starter).expect("text");
    let later = text.replace("\"2026-04\"", "\"2027-04\"");
    for (name, text) in [("a", text.clone()), ("b", text.replace("£180k", "£210k")), ("later", later)] {
        fs::write(desk.path().join(format!("{name}.toml")), text).expect("written");
    }
    let files = ["a.toml", "b.toml", "later.toml"];
    let value = json(desk.path(), &[&["compare"], &files[..]].concat());
    let alone: Vec<Value> = files.iter().map(|file| json(desk.path(), &["compare", file])).collect();
    let totals = value["portfolio"]["totals"].as_array().expect("totals");
    assert_eq!(totals.len(), 3, "every option of the same name");
    for total in totals {
        let option = total["option"].as_str().expect("a name");
        let mut sums: BTreeMap<String, (i64, Decimal, Decimal)> = BTreeMap::new();
        for year in alone.iter().flat_map(|one| one["options"][option]["by_year"].as_array().expect("years"))
        {
            let field = |name: &str| year[name].as_str().expect("text");
            let sum = sums.entry(field("financial_year").to_owned()).or_default();
            *sum = (sum.0 + 1, sum.1 + pounds(field("capital")), sum.2 + pounds(field("revenue")));
        }
        let said = total["by_year"].as_array().expect("years").iter().map(|year| {
            let field = |name: &str| year[name].as_str().expect("text");
            let amounts = (pounds(field("capital")), pounds(field("revenue")));
            let scenarios = year["scenarios"].as_i64().expect("a count");
            (field("financial_year").to_owned(), (scenarios, amounts.0, amounts.1))
        });
        assert_eq!(said.collect::<BTreeMap<_, _>>(), sums, "{option}");
        assert!(sums.values().any(|sum| sum.0 == 2) && sums.values().any(|sum| sum.0 == 3));
        assert!(total["npsv"].is_null(), "first years are unlike");
    }
    // Of the same basis, present values add up as well.
    let value = json(desk.path(), &["compare", "a.toml", "b.toml", "--option", "team"]);
    let present = |one: &Value| {
        pounds(one.pointer("/options/team/whole_life_cost/present").and_then(Value::as_str).expect("text"))
    };
    let said = value["portfolio"]["totals"][0]["net_present_cost"].as_str().expect("a sum");
    assert_eq!(pounds(said), present(&alone[0]) + present(&alone[1]));
}

/// Each figure of the row is that of the file's own comparison, and there is a row for each scenario and option.
#[test]
fn csv_has_a_row_for_each_scenario_and_option() {
    let folder = Scenario::shipped("patient-access").folder;
    let files = ["patient-access.toml", "seven-inputs.toml", "govuk-verify.toml"];
    let csv = run(&folder, &[&["compare", "--format", "csv"], &files[..]].concat());
    let mut reader = csv::Reader::from_reader(&csv.stdout[..]);
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<BTreeMap<String, String>> = reader
        .records()
        .map(|row| {
            header.iter().map(str::to_owned).zip(row.expect("a row").iter().map(str::to_owned)).collect()
        })
        .collect();
    let mut place = 0;
    for file in files {
        let alone = json(&folder, &["compare", file]);
        for (id, option) in alone["options"].as_object().expect("options") {
            let row = &rows[place];
            assert_eq!((&row["file"][..], &row["option"]), (file, id));
            for (column, pointer) in [
                ("net_present_cost", "/whole_life_cost/present"),
                ("cash", "/whole_life_cost/nominal"),
                ("capital", "/whole_life_cost/capital"),
                ("revenue", "/whole_life_cost/revenue"),
                ("npsv", "/npsv"),
                ("bcr", "/bcr"),
                ("capital_gap", "/funding/gap/capital"),
                ("revenue_gap", "/funding/gap/revenue"),
                ("paid_by_funds", "/funding/paid"),
                ("lapsed", "/funding/lapsed"),
            ] {
                let said = option.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
                assert_eq!(row[column], said, "{file}, {id}: {column}");
            }
            place += 1;
        }
    }
    assert_eq!(rows.len(), place);
}

#[test]
fn a_bad_file_is_told_and_does_not_stop_the_rest() {
    let desk = desk(AWARD);
    let mixed = run(desk.path(), &["compare", "a.toml", "bad.toml", "b.toml"]);
    let good = run(desk.path(), &["compare", "a.toml", "b.toml"]);
    assert_eq!((mixed.status.code(), good.status.code()), (Some(1), Some(0)));
    assert!(!good.stdout.is_empty() && mixed.stdout == good.stdout, "the rest is as without it");
    assert!(
        told(&mixed).contains("bad.toml: 1 fault\n1 of 3 files left out: bad.toml\n"),
        "{}",
        told(&mixed)
    );
    let value = json(desk.path(), &["compare", "a.toml", "bad.toml", "b.toml"]);
    assert_eq!(value["not_run"], serde_json::json!(["bad.toml"]));
    // A file that can't be read outweighs faults in others, as in `check`.
    let absent = run(desk.path(), &["compare", "a.toml", "none.toml", "bad.toml"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(told(&absent).contains("none.toml: can't be read"), "{}", told(&absent));
    fs::copy(desk.path().join("bad.toml"), desk.path().join("worse.toml")).expect("a copy");
    let nothing = run(desk.path(), &["compare", "bad.toml", "worse.toml"]);
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(1), 0));
}

#[test]
fn threads_change_no_byte() {
    let desk = desk(AWARD);
    let mut files = Vec::new();
    for (copy, name) in ["a", "b", "bad", "a", "none", "b"].repeat(5).into_iter().enumerate() {
        let file = format!("{name}-{copy}.toml");
        if name != "none" {
            fs::copy(desk.path().join(format!("{name}.toml")), desk.path().join(&file)).expect("a copy");
        }
        files.push(file);
    }
    for format in ["table", "json", "csv"] {
        let made = ["1", "3"].map(|threads| {
            let args = ["compare", "--format", format];
            let run = wholelife(desk.path())
                .args(args)
                .args(&files)
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .expect("run");
            assert_eq!(run.status.code(), Some(2));
            (run.stdout, run.stderr)
        });
        assert!(!made[0].0.is_empty() && made[0] == made[1], "{format}");
    }
}

#[test]
fn options_are_taken_in_the_order_asked_for() {
    let desk = desk(AWARD);
    let b = fs::read_to_string(desk.path().join("b.toml")).expect("a file");
    fs::write(desk.path().join("squad.toml"), b.replace("build", "squad")).expect("written");
    let total = |option: &str| {
        let value = json(desk.path(), &["compare", "a.toml", "squad.toml", "b.toml", "--option", option]);
        value["portfolio"]["totals"][0].clone()
    };
    let both = total("squad,build");
    assert_eq!(both["option"], "squad or build");
    assert_eq!(years(&both, "capital"), thousands(&[170, 110, 90]));
    let one = total("build");
    assert_eq!(
        (years(&one, "capital"), &one["files"][1]),
        (thousands(&[120, 80, 50]), &Value::from("b.toml"))
    );
    let shown = run(desk.path(), &["compare", "a.toml", "squad.toml", "--option", "build"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("Without an option build, and not in its total: squad.toml."), "{shown}");
}

#[test]
fn a_report_of_several_has_a_folder_for_each() {
    let desk = desk(AWARD);
    let report = |files: &[&str]| run(desk.path(), &[&["report", "-o", "out"], files].concat());
    let made = report(&["a.toml", "bad.toml", "b.toml"]);
    assert_eq!(made.status.code(), Some(1), "{}", told(&made));
    let out = desk.path().join("out");
    assert!(out.join("a/report.html").is_file() && out.join("b/manifest.json").is_file());
    let alone = run(desk.path(), &["report", "b.toml", "-o", "alone"]);
    assert!(alone.status.success());
    for name in ["summary.json", "ledger.csv", "manifest.json"] {
        let read = |folder: &str| fs::read(desk.path().join(folder).join(name)).expect("a file");
        assert!(read("out/b") == read("alone"), "{name} is as of b.toml alone");
    }
    let manifest = fs::read_to_string(out.join("manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    let names = |list: &str| {
        let list = manifest[list].as_array().expect("a list").iter();
        list.map(|entry| entry["name"].as_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("inputs"), ["a.toml", "b.toml"]);
    assert_eq!(names("files"), ["portfolio.csv", "portfolio-by-year.csv", "portfolio-funds.csv"]);
    let funds = fs::read_to_string(out.join("portfolio-funds.csv")).expect("a file");
    assert!(
        funds.contains("\nbuild,Award,capital,2,2026-27,0.00,100000.00,120000.00,100000.00,20000.00,"),
        "{funds}"
    );
    // Again, it brings the folder up to date.
    assert_eq!(report(&["a.toml", "b.toml"]).status.code(), Some(0));
}

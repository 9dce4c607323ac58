//! The difference of two scenario files: what is found, and what each change comes to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wholelife::export::diagnostics;
use wholelife::scenario::{File, Request, Scenario, Versions, read};
use wholelife::uncertainty::{Difference, Figure, Headline, Method, difference};

const PATIENT_ACCESS: &str = include_str!("../scenarios/patient-access.toml");

/// Six team-months of a team that costs £10,000 a month, all in year 0.
const SMALL: &str = r#"
[programme]
name  = "Test"
start = "2026-04"
years = 3
[index.general]
growth = "0%"
[index.pay]
growth = "0%"
[role]
worker = { cost = "£120k" }
[team.one]
members = { worker = 1 }
[approach.a]
kind = "temporary"
team = "one"
[service.s]
effort = { discovery = "1 team-month", alpha = "1 team-month", beta = "4 team-months" }
run    = "£0 a year"
upkeep = "0 team-months a year"
[option.o]
name = "O"
[option.o.stream.x]
approach = "a"
services = ["s"]
start = "2026-04"
"#;

type Tables = BTreeMap<String, Vec<u8>>;

fn scenario(text: &str, tables: &Tables) -> Scenario {
    let find = |name: &str| tables.get(name).cloned().ok_or_else(|| format!("there is no {name}"));
    let reading = read(&Request { name: "test.toml", text, set: &[], tables: &find });
    let told = diagnostics::render(&reading.diagnostics, &reading.sources, false);
    reading.scenario.unwrap_or_else(|| panic!("{told}"))
}

fn compare_with(old: (&str, &Tables), new: (&str, &Tables)) -> Difference {
    let versions = Versions::new(
        File { name: "old.toml", text: old.0, tables: old.1 },
        File { name: "new.toml", text: new.0, tables: new.1 },
    );
    let found = difference(&versions, &scenario(old.0, old.1), &scenario(new.0, new.1));
    for headline in &found.headlines {
        let sum: Decimal = headline.contributions.iter().sum();
        assert_eq!(sum, headline.new - headline.old, "{} {:?}", headline.option, headline.figure);
    }
    found
}

fn compare(old: &str, new: &str) -> Difference {
    compare_with((old, &Tables::new()), (new, &Tables::new()))
}

/// The text with some of it changed; each must be there.
fn with(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

fn headline<'d>(difference: &'d Difference, option: &str, figure: Figure) -> &'d Headline {
    let mut all = difference.headlines.iter();
    all.find(|h| h.option == option && h.figure == figure).expect("a headline")
}

fn told(difference: &Difference) -> Vec<(&str, Option<&str>, Option<&str>)> {
    difference.changes.iter().map(|c| (c.key.as_str(), c.old.as_deref(), c.new.as_deref())).collect()
}

#[test]
fn a_file_does_not_differ_from_itself() {
    let found = compare(PATIENT_ACCESS, PATIENT_ACCESS);
    assert!(found.changes.is_empty() && found.groups.is_empty());
    assert!(found.headlines.iter().all(|h| h.old == h.new && h.contributions.is_empty()));
    assert_eq!(found.headlines.len(), 4 * Figure::ALL.len());
}

#[test]
fn one_change_is_the_whole_difference() {
    let found = compare(SMALL, &with(SMALL, &[("beta = \"4 team", "beta = \"7 team")]));
    let key = "service.s.effort.beta";
    assert_eq!(told(&found), [(key, Some("4 team-months"), Some("7 team-months"))]);
    let cost = headline(&found, "o", Figure::Cost);
    assert_eq!((cost.old, cost.new), (Decimal::from(60_000), Decimal::from(90_000)));
    assert_eq!(cost.contributions, [Decimal::from(30_000)]);
    assert_eq!(headline(&found, "o", Figure::Npsv).contributions, [Decimal::from(-30_000)]);
}

/// Six team-months or nine, at £10k or £20k: neither 60, effort 90, pay 120, both 180. In file order pay is
/// first: pay = ((120 - 60) + (180 - 90)) / 2 = 75, effort = ((90 - 60) + (180 - 120)) / 2 = 45.
#[test]
fn two_changes_add_up() {
    let new = with(SMALL, &[("beta = \"4 team", "beta = \"7 team"), ("£120k", "£240k")]);
    let found = compare(SMALL, &new);
    assert_eq!(found.method, Method::Shapley);
    let cost = headline(&found, "o", Figure::Cost);
    assert_eq!(cost.contributions, [75_000, 45_000].map(Decimal::from));
    let back = compare(&new, SMALL);
    assert_eq!(headline(&back, "o", Figure::Cost).contributions, [-75_000, -45_000].map(Decimal::from));
}

#[test]
fn words_are_told_and_come_to_nothing() {
    let found = compare(SMALL, &with(SMALL, &[("name = \"O\"", "name = \"Other\"")]));
    assert_eq!(told(&found), [("option.o.name", Some("O"), Some("Other"))]);
    assert!(found.groups.is_empty());
}

/// An added service can't be mixed with a stream that doesn't know it: both are one change. The pay beside it
/// stands on its own.
#[test]
fn a_service_that_came_is_structure() {
    let service = "\n[service.t]\neffort = { discovery = \"1 team-month\", alpha = \"1 team-month\", \
                   beta = \"1 team-month\" }\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n";
    let changes = [("services = [\"s\"]", "services = [\"s\", \"t\"]"), ("£120k", "£240k")];
    let new = with(SMALL, &changes) + service;
    let found = compare(SMALL, &new);
    let sizes: Vec<(usize, bool)> = found.groups.iter().map(|g| (g.changes.len(), g.is_structure)).collect();
    // Five values of the service, and the stream's list of services.
    assert_eq!(sizes, [(1, false), (6, true)]);
    let list = ("option.o.stream.x.services", Some("[s]"), Some("[s, t]"));
    assert!(told(&found).contains(&list), "{:#?}", told(&found));
    assert!(told(&found).contains(&("service.t.effort.beta", None, Some("1 team-month"))));
    // Six team-months or nine, at £10k or £20k, as above.
    let cost = headline(&found, "o", Figure::Cost);
    assert_eq!(cost.contributions, [75_000, 45_000].map(Decimal::from));
    let back = compare(&new, SMALL);
    assert!(told(&back).contains(&("service.t.effort.beta", Some("1 team-month"), None)));
    assert_eq!(headline(&back, "o", Figure::Cost).contributions, [-75_000, -45_000].map(Decimal::from));
}

#[test]
fn an_option_that_came_has_no_headline() {
    let option = "\n[option.p.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-06\"\n";
    let found = compare(SMALL, &format!("{SMALL}{option}"));
    assert!(found.headlines.iter().all(|headline| headline.option == "o" && headline.old == headline.new));
    assert!(found.groups.iter().all(|group| group.is_structure));
}

#[test]
fn an_uncertain_value_is_told_as_its_range() {
    let old = "{ low = \"70%\", likely = \"80%\", high = \"90%\" }";
    let found = compare(PATIENT_ACCESS, &with(PATIENT_ACCESS, &[(old, "\"85%\"")]));
    assert_eq!(told(&found), [("approach.team.utilisation", Some("70% to 90%, likely 80%"), Some("85%"))]);
    assert!(headline(&found, "team", Figure::Cost).contributions[0] != Decimal::ZERO);
    assert!(headline(&found, "project", Figure::Cost).contributions[0].is_zero());
}

/// A mechanism that is switched on brings all its keys at once.
#[test]
fn a_table_that_came_is_one_change() {
    let on = [(
        "kind = \"temporary\"\n",
        "kind = \"temporary\"\napproval = { lead = \"3 months\", cost = \"£9k\" }\n",
    )];
    let found = compare(SMALL, &with(SMALL, &on));
    assert_eq!((found.changes.len(), found.groups.len()), (2, 1));
    assert_eq!(headline(&found, "o", Figure::Nominal).contributions, [Decimal::from(9_000)]);
}

/// A CSV file of the same name with other rows is a change of the table that names it.
#[test]
fn other_rows_of_a_table_are_a_change() {
    let text = format!("{SMALL}\n[cost.rest]\ntable = \"rest.csv\"\n");
    let rows = |amount: &str| {
        let text = format!("name,kind,category,treatment,2026-27\nmove,cost,other,revenue,{amount}\n");
        Tables::from([("rest.csv".to_owned(), text.into())])
    };
    let (old, new) = (rows("£10k"), rows("£25k"));
    let found = compare_with((&text, &old), (&text, &new));
    assert_eq!(told(&found), [("cost.rest.table", Some("rest.csv"), Some("rest.csv (other rows)"))]);
    assert_eq!(headline(&found, "o", Figure::Nominal).contributions, [Decimal::from(15_000)]);
}

/// More changes than every order can be run for: two paths, which still add up and turn round.
#[test]
fn many_changes_are_shared_by_two_paths() {
    let rises = "[role]\nworker = { cost = \"£120k\" }\n";
    let roles: Vec<String> = (0..13).map(|n| format!("r{n} = {{ cost = \"£12k\" }}\n")).collect();
    let members: Vec<String> = (0..13).map(|n| format!("r{n} = 0.1")).collect();
    let base =
        with(SMALL, &[(rises, &format!("[role]\n{}", roles.concat())), ("worker = 1", &members.join(", "))]);
    let new = base.replace("£12k", "£24k").replace("beta = \"4", "beta = \"6");
    let (there, back) = (compare(&base, &new), compare(&new, &base));
    assert_eq!((there.method, there.groups.len()), (Method::Path, 14));
    for (there, back) in there.headlines.iter().zip(&back.headlines) {
        let turned: Vec<Decimal> = back.contributions.iter().map(|amount| -amount).collect();
        assert_eq!(there.contributions, turned);
    }
}

/// Like `diff`: 0 the same, 1 different, but only if that was asked for; 2 where there is nothing to compare.
#[cfg(feature = "cli")]
#[test]
fn the_exit_code_says_whether_files_differ_if_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a.toml", SMALL.to_owned()), ("b.toml", with(SMALL, &[("£120k", "£240k")]))] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let run = |args: &[&str]| {
        let command = std::process::Command::new(snapbox::cmd::cargo_bin("wholelife"));
        let output = { command }.current_dir(folder.path()).args(args).output().expect("run");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, told) = run(&["diff", "a.toml", "b.toml"]);
    assert!(code == Some(0) && told.contains("role.worker.cost"), "{told}");
    assert_eq!(run(&["diff", "a.toml", "b.toml", "--exit-code"]).0, Some(1));
    assert_eq!(run(&["diff", "a.toml", "a.toml", "--exit-code"]).0, Some(0));
    assert_eq!(run(&["diff", "a.toml", "none.toml", "--exit-code"]).0, Some(2));
    let (_, rows) = run(&["diff", "a.toml", "b.toml", "--format", "csv"]);
    assert!(rows.contains("contribution,role.worker.cost,,,o,net-present-cost,60000.00"), "{rows}");
    let (_, value) = run(&["diff", "a.toml", "b.toml", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&value).expect("JSON");
    assert_eq!(
        (&value["format_version"], &value["headlines"][0]["difference"]),
        (&"1.0".into(), &"60000.00".into())
    );
    assert_eq!(run(&["bridge", "a.toml", "--from", "o", "--to", "nothing"]).0, Some(2));
}

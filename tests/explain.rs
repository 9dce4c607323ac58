//! `wholelife explain`: what it says of a figure is evaluated here by an evaluator that knows the operations and
//! nothing else, and must come to the figure.

mod evaluator;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::shared::{Scenario, shipped};
use evaluator::{Evaluator, Outcome};
use serde_json::Value;
use snapbox::{Assert, Data};
use wholelife::diagnostic::Sources;
use wholelife::explain::{Explainer, Name, figures_in};
use wholelife::report::{Case, Places, explanation_value, summary};
use wholelife::scenario::{Request, read};

/// How many figures are drawn.
const DRAWN: usize = 20;

/// A scenario that was read and run.
struct Loaded {
    case: Case,
    sources: Sources,
}

fn load(folder: &Path, name: &str) -> Loaded {
    let text = fs::read_to_string(folder.join(name)).expect("a scenario");
    load_text(name, &text, folder)
}

fn load_text(name: &str, text: &str, folder: &Path) -> Loaded {
    let tables = |table: &str| fs::read(folder.join(table)).map_err(|fault| fault.to_string());
    let reading = read(&Request { name, text, set: &[], tables: &tables });
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics));
    Loaded { case: Case::new(scenario), sources: reading.sources }
}

fn everything() -> Loaded {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain"), "everything.toml")
}

/// Numbers from a seed: Knuth's generator of MMIX.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

/// The explanation of a figure, parsed, evaluates to the figure.
fn recomputes(told: &Value) {
    let root = told["figure"].as_str().expect("a figure");
    let mut evaluator = Evaluator::new(told);
    let outcome = evaluator.figure(root);
    let said = Outcome::read(&told["figures"][root]["value"]);
    assert!(outcome.agrees(&said, evaluator.horizon_end()), "{root}: {outcome:?} is not {said:?}");
}

/// Every input that an explanation ends in says where it is from.
fn inputs_have_places(told: &Value, inputs: &mut usize) {
    match told {
        Value::Object(parts) => {
            if let Some(input) = parts.get("input") {
                *inputs += 1;
                let placed = input["file"].is_string() && input["line"].is_number();
                let parameter =
                    input["source"].is_string() && input["edition"].is_string() && input["dated"].is_string();
                let default = input["status"] == "default";
                assert!(placed || parameter || default, "{input}");
                assert!(
                    input["key"].is_string() && input["written"].is_string() && input["status"].is_string()
                );
            }
            parts.values().for_each(|part| inputs_have_places(part, inputs));
        }
        Value::Array(parts) => parts.iter().for_each(|part| inputs_have_places(part, inputs)),
        _ => {}
    }
}

#[test]
fn twenty_figures_drawn_at_random_recompute() {
    let scenario = Scenario::shipped("patient-access");
    let list: Value =
        serde_json::from_str(&scenario.run(&["explain", "--list", "--format", "json"])).expect("JSON");
    let mut names = BTreeSet::new();
    names_in(&list, &mut names);
    let names: Vec<String> = names.into_iter().collect();
    assert!(names.len() > 1_000, "{}", names.len());
    let mut seed = 2026;
    for _ in 0..DRAWN {
        let name = &names[next(&mut seed) % names.len()];
        let told = scenario.run(&["explain", name, "--depth", "99", "--format", "json"]);
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(told["figure"], name.as_str());
        recomputes(&told);
        inputs_have_places(&told, &mut 0);
    }
}

/// Every text with an option in it, in whatever shape the list has.
fn names_in(list: &Value, names: &mut BTreeSet<String>) {
    match list {
        Value::String(text) if text.contains('@') && !text.contains(' ') => {
            names.insert(text.clone());
        }
        Value::Object(parts) => parts.values().for_each(|part| names_in(part, names)),
        Value::Array(parts) => parts.iter().for_each(|part| names_in(part, names)),
        _ => {}
    }
}

/// Every headline of every other scenario, three steps down.
#[test]
fn every_figure_of_the_other_scenarios_recomputes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let names: Vec<String> = shipped().into_iter().filter(|name| name != "patient-access").collect();
    let mut all: Vec<Loaded> = names.iter().map(|name| load(&folder, &format!("{name}.toml"))).collect();
    all.push(everything());
    let mut inputs = 0;
    for Loaded { case, sources } in &all {
        let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
        let places = Places::new(&case.scenario, sources);
        for name in explainer.figures() {
            let told = explanation_value(&explainer, &places, name, 3);
            recomputes(&told);
            inputs_have_places(&told, &mut inputs);
        }
    }
    assert!(inputs > 1_000, "{inputs}");
}

/// Every figure that lies behind any headline or row of the ledger, of every scenario: `explain` itself stops if a
/// formula does not come to what the run says.
#[test]
fn every_figure_behind_every_posting_comes_to_what_the_run_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut all: Vec<Loaded> = shipped().iter().map(|name| load(&folder, &format!("{name}.toml"))).collect();
    all.push(everything());
    for Loaded { case, .. } in &all {
        let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
        let rows = explainer.rows();
        let amounts = |p: &wholelife::ledger::Posting<rust_decimal::Decimal>| {
            usize::from(!p.economic.is_zero()) + usize::from(!p.financial.is_zero())
        };
        assert_eq!(rows.len(), case.run.ledger.postings.iter().map(amounts).sum::<usize>());
        let mut left: Vec<Name> = explainer.figures().into_iter().chain(rows).collect();
        let mut seen: BTreeSet<Name> = left.iter().copied().collect();
        let mut values = BTreeMap::new();
        let mut mentioned = Vec::new();
        while let Some(name) = left.pop() {
            let explained = explainer.explain(name);
            values.insert(name, explained.value);
            for term in explained.formula.terms {
                if let wholelife::explain::Origin::Figure(name) = term.origin {
                    mentioned.push((name, term.value));
                }
            }
            let formula = explainer.explain(name).formula;
            figures_in(&formula, &mut |name| {
                if seen.insert(name) {
                    left.push(name);
                }
            });
        }
        // What a formula says of another figure is what that figure's own explanation says.
        for (name, value) in mentioned {
            let own = &values[&name];
            let nothing =
                |value: &wholelife::explain::Value| matches!(value, wholelife::explain::Value::Nothing(_));
            assert!(
                *own == value || (nothing(own) && nothing(&value)),
                "{}: {own:?}, {value:?}",
                explainer.name(name)
            );
        }
        // A name is one figure's only, and finds it.
        let mut names = BTreeMap::new();
        for &name in &seen {
            assert_eq!(names.insert(explainer.name(name), name), None, "{}", explainer.name(name));
        }
        for (text, name) in names.iter().step_by(997) {
            assert_eq!(explainer.find(text), Some(*name), "{text}");
        }
    }
}

/// The names of the figures of `compare --format json`, and the figures.
#[test]
fn the_figures_of_the_comparison_have_names() {
    let pointers = [
        ("npc", "/whole_life_cost/present"),
        ("cash", "/whole_life_cost/nominal"),
        ("cost", "/whole_life_cost/real"),
        ("capital", "/whole_life_cost/capital"),
        ("revenue", "/whole_life_cost/revenue"),
        ("benefits", "/benefits/real"),
        ("pv-benefits", "/benefits/present"),
        ("cash-released", "/benefits/cash_released"),
        ("cash-releasing", "/benefits/by_kind/cash-releasing/real"),
        ("pv-cash-releasing", "/benefits/by_kind/cash-releasing/present"),
        ("non-cash-releasing", "/benefits/by_kind/non-cash-releasing/real"),
        ("pv-non-cash-releasing", "/benefits/by_kind/non-cash-releasing/present"),
        ("societal", "/benefits/by_kind/societal/real"),
        ("pv-societal", "/benefits/by_kind/societal/present"),
        ("npsv", "/npsv"),
        ("bcr", "/bcr"),
        ("rpsc", "/rpsc"),
        ("rate-of-return", "/rate_of_return"),
        ("equivalent-annual-cost", "/equivalent_annual_cost"),
        ("month-of-delay", "/month_of_delay"),
        ("first-benefit", "/first_benefit"),
        ("full-benefit", "/full_benefit"),
        ("peak-year", "/peak_year/financial_year"),
        ("peak-cash", "/peak_year/cash"),
        ("worst-year", "/income_and_expenditure_peak/financial_year"),
        ("worst-net-effect", "/income_and_expenditure_peak/net"),
        ("gap-capital", "/funding/gap/capital"),
        ("gap-revenue", "/funding/gap/revenue"),
        ("lapsed", "/funding/lapsed"),
        ("paid", "/funding/paid"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let Loaded { case, .. } = load(&folder, "patient-access.toml");
    let told = summary(&case, None);
    let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
    for (id, said) in told["options"].as_object().expect("options") {
        for (word, pointer) in pointers {
            let name = explainer.find(&format!("{word}@{id}")).unwrap_or_else(|| panic!("{word}@{id}"));
            let own =
                match explainer.explain(name).value {
                    wholelife::explain::Value::Number(number) => {
                        let places = match word {
                            "bcr" | "rpsc" => 4,
                            "rate-of-return" => 6,
                            _ => 2,
                        };
                        Outcome::Number(number.round_dp_with_strategy(
                            places,
                            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                        ))
                    }
                    wholelife::explain::Value::Month(month) => Outcome::read(&month.to_string().into()),
                    wholelife::explain::Value::Year(year) => Outcome::read(&year.to_string().into()),
                    wholelife::explain::Value::Nothing(_) => Outcome::Nothing,
                };
            let said = Outcome::read(said.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")));
            assert_eq!(own, said, "{word}@{id}");
        }
    }
}

/// Why booking goes live when it does: start, approval, capacity by month, and as much work as it takes.
#[test]
fn a_go_live_month_recomputes_from_capacity_and_effort() {
    let scenario = Scenario::shipped("patient-access");
    let told = scenario.run(&["explain", "live@team.booking", "--depth", "99", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).expect("JSON");
    recomputes(&told);
    let figures = told["figures"].as_object().expect("figures");
    let value = |name: &str| figures[name]["value"].as_str().unwrap_or_else(|| panic!("{name}"));
    // 14 team-months x 1.15; approval takes two months from April 2026.
    assert_eq!(value("effort@team.booking"), "16.1");
    assert_eq!((value("start@team.first"), value("work-start@team.first")), ("2026-04", "2026-06"));
    // Full strength from December: 1 x 1 x 100% x 80% x (1 - 12% x 50%).
    assert_eq!(value("capacity@team.first:2026-12"), "0.752");
    let beside: Vec<&str> = figures["live@team.booking"]["beside"]
        .as_array()
        .expect("what comes before")
        .iter()
        .filter_map(|term| term["label"].as_str())
        .collect();
    assert_eq!(beside, ["first starts", "approach.team.approval.lead", "first starts work"]);
}

#[test]
fn an_unknown_figure_gets_the_nearest_names() {
    let scenario = Scenario::shipped("patient-access");
    for (asked, near) in [("ncp@team", "`npc@team`"), ("capitl@project:2028-29", "`capital@project:2028-29`")]
    {
        let output = scenario.output(&["explain", asked]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(near) && told.contains("--list"), "{told}");
        assert!(output.stdout.is_empty());
    }
    let output = scenario.output(&["explain", &"x".repeat(5_000)]);
    assert_eq!(output.status.code(), Some(2));
    let output = scenario.output(&["explain", "\u{1b}[31m@team"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.contains(&0x1b), "no control character reaches the terminal");
}

/// Names that look like other names lead nowhere else, and what people read does not draw on a terminal.
#[test]
fn hostile_names_are_only_names() {
    let text = "[programme]\nname = \"x\"\nstart = \"2026-04\"\nyears = 2\n\
                [option.ledger-cash]\nname = \"\\u001b[31mred\"\n[option.2026-27]\nname = \"=1+1@b:2026-27\"\n\
                [cost.npc]\nname = \"\\u009b2J\\n\\r\"\namount = \"£5k a year\"\n[cost.2026-27]\namount = \"£7k\"\n";
    let Loaded { case, sources } = load_text("hostile.toml", text, Path::new(""));
    let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
    let places = Places::new(&case.scenario, &sources);
    let mut names = BTreeSet::new();
    for name in explainer.figures() {
        let told = explainer.name(name);
        assert!(names.insert(told.clone()), "{told}");
        assert_eq!(explainer.find(&told), Some(name), "{told}");
        recomputes(&explanation_value(&explainer, &places, name, 99));
        let table = wholelife::report::explanation(&explainer, &places, name, 9);
        let text = wholelife::export::text::text(&table, &wholelife::export::text::Style::default());
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
    }
}

/// What people see, at the width of a page.
#[test]
fn explanations_look_as_they_did() {
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain");
    for (asked, kept) in [("npc@team", "npc.txt"), ("live@team.booking", "live.txt")] {
        let told = Scenario::shipped("patient-access").run(&["explain", asked]);
        assert.eq(told, Data::read_from(&folder.join(kept), None).raw());
    }
}

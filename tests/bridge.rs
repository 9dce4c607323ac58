//! The bridge between two options: worked by hand, and what holds of every bridge.

use rust_decimal::Decimal;
use wholelife::export::diagnostics;
use wholelife::id::OptionId;
use wholelife::report::{self, Case};
use wholelife::scenario::{Request, read};
use wholelife::table::Cell;
use wholelife::uncertainty::{Bridge, Measure, Mechanism, bridge};

const PATIENT_ACCESS: &str = include_str!("../scenarios/patient-access.toml");

/// A worker costs £10,000 a month, a dear one £20,000, whatever the year; six months of work in year 0.
const WORLD: &str = r#"
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
expert = { cost = "£240k" }
[team.one]
members = { worker = 1 }
[team.dear]
members = { expert = 1 }
[service.s]
effort = { discovery = "1 team-month", alpha = "1 team-month", beta = "4 team-months" }
run    = "£0 a year"
upkeep = "0 team-months a year"
"#;

fn case(text: &str) -> Case {
    let tables = |_: &str| Err("there are no tables".to_owned());
    let reading = read(&Request { name: "test.toml", text, set: &[], tables: &tables });
    let told = diagnostics::render(&reading.diagnostics, &reading.sources, false);
    Case::new(reading.scenario.unwrap_or_else(|| panic!("{told}")))
}

fn id(case: &Case, name: &str) -> OptionId {
    let place = case.scenario.options.iter().position(|option| option.id == name);
    OptionId::new(place.unwrap_or_else(|| panic!("no option {name}")))
}

fn between(case: &Case, from: &str, to: &str, measure: Measure) -> Bridge {
    bridge(&case.plan, id(case, from), id(case, to), measure)
}

/// Whether a mechanism differs, and its bar.
fn bar(bridge: &Bridge, mechanism: Mechanism) -> (bool, Decimal) {
    let bar = bridge.bars.iter().find(|bar| bar.mechanism == mechanism).expect("a bar for each");
    (bar.differs, bar.amount)
}

fn sum(bridge: &Bridge) -> Decimal {
    bridge.bars.iter().map(|bar| bar.amount).sum()
}

/// The way back is the way there, each bar with the other sign.
fn assert_turns_round(there: &Bridge, back: &Bridge) {
    assert_eq!((there.start, there.end), (back.end, back.start));
    for (there, back) in there.bars.iter().zip(&back.bars) {
        assert_eq!(there.amount, -back.amount, "{:?}", there.mechanism);
    }
}

/// Six team-months, or nine with an overrun of 50%; £10k a month, or £20k. All of it falls in year 0.
///
/// ```text
/// neither 60, overrun 90, dear team 120, both 180
/// overrun  = ((90 - 60) + (180 - 120)) / 2 = 45
/// staffing = ((120 - 60) + (180 - 90)) / 2 = 75       together 120 = 180 - 60
/// ```
#[test]
fn two_mechanisms_share_what_they_do_together() {
    let options = r#"
[approach.plain]
kind = "temporary"
team = "one"
[approach.late]
kind = "temporary"
team = "dear"
overrun = "50%"
[option.a.stream.x]
approach = "plain"
services = ["s"]
start = "2026-04"
[option.b.stream.y]
approach = "late"
services = ["s"]
start = "2026-04"
"#;
    let case = case(&format!("{WORLD}{options}"));
    let bridge = between(&case, "a", "b", Measure::Cost);
    assert_eq!((bridge.start, bridge.end), (Decimal::from(60_000), Decimal::from(180_000)));
    assert_eq!(bridge.runs, 4, "only what differs is run");
    assert_eq!(bar(&bridge, Mechanism::Overrun), (true, Decimal::from(45_000)));
    assert_eq!(bar(&bridge, Mechanism::Staffing), (true, Decimal::from(75_000)));
    for mechanism in Mechanism::ALL {
        if !matches!(mechanism, Mechanism::Overrun | Mechanism::Staffing) {
            assert_eq!(bar(&bridge, mechanism), (false, Decimal::ZERO), "{mechanism:?}");
        }
    }
    // Without a baseline and without benefits, the net value is the cost with the other sign.
    let npsv = between(&case, "a", "b", Measure::Npsv);
    assert_eq!(bar(&npsv, Mechanism::Staffing).1, Decimal::from(-75_000));
}

/// What waits for the end of a project waits for go-live if the project's team is made to stay: so a structure
/// that differs only in that word has a bar of nought, and the difference is all one of staying or leaving.
#[test]
fn a_stream_does_not_wait_for_ever_for_a_team_that_stays() {
    let options = r#"
[service.t]
effort = { discovery = "1 team-month", alpha = "1 team-month", beta = "2 team-months" }
run    = "£0 a year"
upkeep = "0 team-months a year"
[approach.leaving]
kind = "temporary"
team = "one"
[approach.staying]
kind = "persistent"
team = "one"
[option.a.stream.x]
approach = "leaving"
services = ["s"]
start = "2026-04"
[option.a.stream.y]
approach = "leaving"
services = ["t"]
start = { after = "x", event = "end" }
[option.b.stream.x]
approach = "staying"
services = ["s"]
start = "2026-04"
[option.b.stream.y]
approach = "staying"
services = ["t"]
start = { after = "x", event = "live" }
"#;
    let case = case(&format!("{WORLD}{options}"));
    let bridge = between(&case, "a", "b", Measure::Cost);
    assert_eq!(bar(&bridge, Mechanism::Structure), (true, Decimal::ZERO));
    assert_eq!(bar(&bridge, Mechanism::Upkeep), (true, bridge.difference()));
    assert_turns_round(&bridge, &between(&case, "b", "a", Measure::Cost));
}

#[test]
fn project_to_team_ends_at_the_options_own_figures() {
    let case = case(PATIENT_ACCESS);
    let of = |name: &str| &case.run.appraisal.options[id(&case, name).place()];
    let (project, team) = (of("project"), of("team"));
    let there = between(&case, "project", "team", Measure::Cost);
    assert_eq!((there.start, there.end), (project.cost.present, team.cost.present));
    assert_eq!(sum(&there), team.cost.present - project.cost.present);
    // The stall's chance is 15%: in the central run neither option has one. All else differs: 2^10 runs.
    assert_eq!(bar(&there, Mechanism::Stall), (false, Decimal::ZERO));
    assert_eq!(there.runs, 1024);
    assert_turns_round(&there, &between(&case, "team", "project", Measure::Cost));
}

#[test]
fn net_social_value_is_bridged_against_the_baseline() {
    let case = case(PATIENT_ACCESS);
    let of = |name: &str| case.run.appraisal.options[id(&case, name).place()].npsv;
    let there = between(&case, "project", "staged", Measure::Npsv);
    assert_eq!(
        (there.start, there.end, sum(&there)),
        (of("project"), of("staged"), of("staged") - of("project"))
    );
    assert_turns_round(&there, &between(&case, "staged", "project", Measure::Npsv));
}

#[test]
fn an_option_without_streams_differs_by_its_structure_alone() {
    let case = case(PATIENT_ACCESS);
    let bridge = between(&case, "baseline", "team", Measure::Cost);
    assert!(bridge.without_streams);
    assert_eq!((bridge.runs, bar(&bridge, Mechanism::Structure)), (2, (true, bridge.difference())));
    let table = report::bridge_table(&case, std::slice::from_ref(&bridge));
    let words = table.rows.iter().filter_map(|row| row.cells.last()).map(Cell::words);
    let lines = "only Team-funded has cost.integration-engine and post.ccio";
    assert_eq!(
        words.filter(|words| words.starts_with("no stream against") && words.ends_with(lines)).count(),
        1
    );
    let nowhere = between(&case, "team", "team", Measure::Npsv);
    assert_eq!((nowhere.runs, sum(&nowhere)), (1, Decimal::ZERO));
}

/// The table, the steps and the words tell the same bridge.
#[test]
fn two_bridges_are_told_as_one_way() {
    let case = case(PATIENT_ACCESS);
    let bridges = [
        between(&case, "project", "staged", Measure::Cost),
        between(&case, "staged", "baseline", Measure::Cost),
    ];
    let table = report::bridge_table(&case, &bridges);
    let words: Vec<&str> = table.rows.iter().filter_map(|row| row.cells.last()).map(Cell::words).collect();
    assert!(words.contains(&"15 months' lead and £350k against 4 months' lead and £90k"), "{words:#?}");
    assert!(words.contains(&"the same in both"));
    let steps = report::waterfall(&case, &bridges);
    let mut height = Decimal::ZERO;
    for step in &steps {
        if step.is_level && height != Decimal::ZERO {
            assert_eq!(height, step.amount, "{}", step.name);
        }
        height = if step.is_level { step.amount } else { height + step.amount };
    }
    assert_eq!(steps.iter().filter(|step| step.is_level).count(), 3);
    let paragraphs = report::bridge_in_words(&case, &bridges);
    assert_eq!(paragraphs.len(), 3);
    assert!(paragraphs[0].starts_with("From Project-funded (£14.92m) to Small staged projects (£13.53m)"));
    let value = report::bridge_value(&case, &bridges);
    assert_eq!(value["parts"][0]["difference"], format!("{:.2}", bridges[0].difference()));
}

//! The bridge between two options, and the difference between two files.

use rust_decimal::Decimal;
use wholelife::id::OptionId;
use wholelife::report::Case;
use wholelife::scenario::{Request, read};
use wholelife::uncertainty::{Bridge, Measure, Mechanism, bridge};

const PATIENT_ACCESS: &str = include_str!("../scenarios/patient-access.toml");

fn case(text: &str) -> Case {
    let tables = |_: &str| Err("there are no tables".to_owned());
    let reading = read(&Request { name: "test.toml", text, set: &[], tables: &tables });
    let scenario = reading.scenario;
    Case::new(scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics)))
}

fn between(case: &Case, from: &str, to: &str, measure: Measure) -> Bridge {
    let id = |name: &str| {
        let place = case.scenario.options.iter().position(|option| option.id == name);
        OptionId::new(place.expect("an option"))
    };
    bridge(&case.plan, id(from), id(to), measure)
}

fn bar(bridge: &Bridge, mechanism: Mechanism) -> Decimal {
    bridge.bars.iter().find(|bar| bar.mechanism == mechanism).expect("a bar").amount
}

fn sum(bridge: &Bridge) -> Decimal {
    bridge.bars.iter().map(|bar| bar.amount).sum()
}

#[test]
fn project_to_team_ends_at_the_options_own_figures() {
    let case = case(PATIENT_ACCESS);
    let [_, team, project, _] = &case.run.appraisal.options[..] else { unreachable!("four options") };
    let there = between(&case, "project", "team", Measure::Cost);
    assert_eq!((there.start, there.end), (project.cost.present, team.cost.present));
    assert_eq!(sum(&there), team.cost.present - project.cost.present);
    for b in &there.bars {
        eprintln!("{:?} {} {}", b.mechanism, b.differs, b.amount);
    }
    // The stall's chance is 15%, so in the central run neither option has one.
    let stall = there.bars.iter().find(|bar| bar.mechanism == Mechanism::Stall).expect("a bar");
    assert_eq!((stall.differs, stall.amount), (false, Decimal::ZERO));
    let back = between(&case, "team", "project", Measure::Cost);
    for (there, back) in there.bars.iter().zip(&back.bars) {
        assert_eq!(there.amount, -back.amount, "{:?}", there.mechanism);
    }
}

//! `check` says which inputs change nothing, and looks only at what an input reaches. Here the whole scenario is run
//! for every value of every input, as nobody would in earnest: both must find the same inputs.

use proptest::prelude::*;
use rust_decimal::Decimal;
use wholelife::diagnostic::Code;
use wholelife::number::Number;
use wholelife::report::Case;
use wholelife::review::review;
use wholelife::run::{Run, run};
use wholelife::scenario::{Estimate, Input, Origin, Request, Scenario, Unit, read};

use crate::model::properties::{funded, scenario};

fn read_text(text: &str) -> Scenario {
    let request = Request { name: "effect.toml", text, set: &[], tables: &|_| Err("no tables".to_owned()) };
    let reading = read(&request);
    reading.scenario.unwrap_or_else(|| panic!("{:#?}\n{text}", reading.diagnostics))
}

/// What `check` finds.
fn found(scenario: &Scenario) -> Vec<String> {
    let case = Case::new(scenario.clone());
    let mut found = review(&case.subject(), &[], None);
    found.retain(|finding| finding.code == Code::NoEffect);
    let mut keys: Vec<String> = found.into_iter().map(|finding| finding.key).collect();
    keys.sort();
    keys
}

/// What running everything finds.
fn idle(scenario: &Scenario) -> Vec<String> {
    let central: Vec<f64> = scenario.central().iter().map(|value| Number::to_f64(*value)).collect();
    let odds: Vec<f64> = scenario.inputs.iter().map(against_the_odds).collect();
    let worlds = [central, odds].map(|values| {
        let run = run(&scenario.realise(&values));
        (values, run)
    });
    let is_idle = |place: usize| {
        worlds.iter().all(|(values, before)| {
            tried(&scenario.inputs[place]).into_iter().all(|value| {
                let mut values = values.clone();
                values[place] = value;
                is_same(before, &run(&scenario.realise(&values)))
            })
        })
    };
    let written =
        |input: &Input| matches!(input.origin, Origin::Written(_)) && !input.key.contains(".shares.");
    let inputs = scenario.inputs.iter().enumerate();
    let idle = inputs.filter(|(place, input)| written(input) && is_idle(*place));
    let mut keys: Vec<String> = idle.map(|(_, input)| input.key.clone()).collect();
    keys.sort();
    keys
}

fn against_the_odds(input: &Input) -> f64 {
    let central = input.estimate.central();
    Number::to_f64(match input.estimate {
        Estimate::Chance { then, otherwise, .. } if then == central => otherwise,
        Estimate::Chance { then, .. } => then,
        _ => central,
    })
}

/// Double, half, one, zero, the ends of the range: those that the file could hold.
fn tried(input: &Input) -> Vec<f64> {
    let central = input.estimate.central();
    let is_share = input.unit == Unit::Rate && central >= Decimal::ZERO && central <= Decimal::ONE;
    let mut tried = vec![central * Decimal::TWO, central / Decimal::TWO];
    let [low, high] = input.ends();
    if is_share || central <= Decimal::ZERO {
        tried.push(Decimal::ONE.min(high));
    }
    if matches!(input.unit, Unit::Months | Unit::Count) {
        tried.extend([central + Decimal::ONE, central + Decimal::from(12)]);
    }
    if input.unit != Unit::Months {
        tried.push(Decimal::ZERO);
    }
    match input.estimate {
        Estimate::Point(_) => {}
        Estimate::Range { low, high, .. } => tried.extend([low, high]),
        Estimate::Chance { then, otherwise, .. } => tried.extend([then, otherwise]),
    }
    tried.retain(|&value| {
        value != central && low <= value && value <= high && !(is_share && value > Decimal::ONE)
    });
    tried.into_iter().map(Number::to_f64).collect()
}

fn is_same(a: &Run<f64>, b: &Run<f64>) -> bool {
    a.ledger.postings == b.ledger.postings
        && a.accounts == b.accounts
        && a.funding == b.funding
        && a.appraisal.options.iter().zip(&b.appraisal.options).all(|(a, b)| {
            [a.npsv, a.cost.present].map(f64::to_bits) == [b.npsv, b.cost.present].map(f64::to_bits)
        })
}

/// What a short way could miss: a team that costs nothing, whose work shows only in the streams that wait for it, that
/// work worse beside it or that take its upkeep over; a stall against the odds; a benefit that comes too late; an
/// index that only a later year follows; a service that nobody delivers; capital that is worth something at the end.
const TWISTED: &str = r#"
[programme]
name = "Twisted"
start = "2026-04"
years = 6
residual = "straight-line"
[index.pay]
growth = { "2027-28" = "2%", "2030-31" = "3%", after = "1%" }
[index.cloud]
growth = { "2027-28" = "2%", "2030-31" = "3%", after = "1%" }
[role]
free = { cost = "£0 a year" }
paid = { band = "7" }
[team.free]
members = { free = 3 }
[team.paid]
members = { paid = 4 }
[approach.free]
kind = "persistent"
team = "free"
coordination = "3%"
[approach.paid]
kind = "persistent"
team = "paid"
coordination = "5%"
forming = { time = "3 months", from = "50%" }
[approach.project]
kind = "temporary"
team = "paid"
stall = { after = "40%", pause = "5 months", standing = "50%", lost = "30%", chance = "30%" }
handover = { overlap = "1 month", loss = "20%", recovery = "6 months" }
upkeep = { coverage = "50%", team = "free" }
[service.seen]
effort = { beta = "9 team-months" }
[service.unseen]
effort = { alpha = "2 team-months", beta = "7 team-months" }
upkeep = "6 team-months a year"
neglect = { run_cost = "5%", benefits = "5%" }
[service.kept]
effort = { beta = { low = "8 team-months", likely = "11 team-months", high = "30 team-months" } }
run = "£90k a year"
index = "cloud"
upkeep = "3 team-months a year"
improve = { gain = "2%", limit = "10%" }
life = "3 years"
benefit.late = { value = "£80k a year", kind = "societal", lag = "90 months" }
benefit.soon = { value = "£70k a year", kind = "cash-releasing", ramp = "5 months" }
cost.kit = { amount = "£60k", treatment = "capital", life = "9 years", vat = "irrecoverable" }
[service.left]
effort = { beta = "5 team-months" }
run = "£10k a year"
legacy = { run = "£50k a year", growth = "1%", overlap = "2 months", exit = "£5k" }
[cost.early]
by_year = { "2026-27" = "£40k" }
index = "cloud"
[option.baseline]
name = "As now"
[option.among]
name = "Among others"
[option.among.stream.gift]
stand_down = { notice = "4 months", to = "keeper" }
approach = "free"
services = ["seen", "unseen"]
start = "2026-04"
[option.among.stream.keeper]
approach = "paid"
services = ["kept"]
start = { after = "seen", event = "live", plus = "1 month" }
[option.alone]
name = "Alone"
[option.alone.stream.gift]
approach = "free"
services = ["unseen"]
start = "2026-04"
stand_down = { when = "2031-03" }
[option.alone.stream.build]
approach = "project"
services = ["kept", "seen"]
start = "2026-07"
[fund.used]
kind = "either"
by_year = { "2027-28" = "£10k" }
[optimism_bias]
run = "10%"
legacy = "7%"
[contingency]
pay = "5%"
"#;

#[test]
fn a_free_team_shows_in_what_others_do() {
    let scenario = read_text(TWISTED);
    let idle = idle(&scenario);
    assert_eq!(found(&scenario), idle);
    // By hand: the free team's work on `seen` moves the start of the keeper; `late` begins 90 months after a first
    // release, past the end of 72 months.
    assert!(!idle.contains(&"service.seen.effort.beta".to_owned()), "{idle:?}");
    assert!(idle.contains(&"service.kept.benefit.late.value".to_owned()), "{idle:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_finds_what_the_long_way_finds(text in scenario()) {
        let scenario = read_text(&text);
        prop_assert_eq!(found(&scenario), idle(&scenario));
    }

    #[test]
    fn so_it_does_with_funds_shares_uplifts_and_residual_value((text, funds) in funded()) {
        let scenario = read_text(&(text + &funds.concat()));
        prop_assert_eq!(found(&scenario), idle(&scenario));
    }
}

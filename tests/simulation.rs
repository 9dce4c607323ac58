//! Simulation against closed forms, and what must not change the draws.

mod errors;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use wholelife::id::OptionId;
use wholelife::report::{self, Case};
use wholelife::scenario::{self, Request};
use wholelife::uncertainty::{BATCH, Ended, Order, PERCENTILES, Sampler, Simulation, simulate};

const WORLD: &str = r#"
[programme]
name  = "Test"
start = "2026-04"
years = 3
[index.general]
growth = "0%"
"#;

const N: usize = 20_000;

fn case(text: &str) -> Case {
    let text = format!("{WORLD}{text}");
    let request = Request { name: "test", text: &text, set: &[], tables: &|_| Err(String::new()) };
    let reading = scenario::read(&request);
    let told = reading.diagnostics;
    Case::new(reading.scenario.unwrap_or_else(|| unreachable!("{told:#?}")))
}

fn order(draws: usize) -> Order {
    Order { draws, seed: 1, threads: 2, precision: None }
}

fn run(case: &Case, draws: usize) -> Simulation {
    simulate(&case.scenario, order(draws), &|_| true)
}

/// One option that costs what its lines say, all in the first month.
fn lines(amounts: &[&str]) -> Case {
    let mut text = "[option.o]\nname = \"O\"\n".to_owned();
    for (place, amount) in amounts.iter().enumerate() {
        text.push_str(&format!("[option.o.cost.line-{place}]\namount = {amount}\nfrom = \"2026-04\"\n"));
    }
    case(&text)
}

/// Within 4 standard errors; a Latin hypercube is far nearer.
fn near(what: &str, found: f64, exact: f64, error: f64) {
    assert!((found - exact).abs() <= 4.0 * error, "{what}: {found}, not {exact}, error {error}");
}

fn check(amount: &str, mean: f64, deviation: f64, percentiles: [Option<f64>; 6]) {
    let result = run(&lines(&[amount]), N);
    let spread = result.spread(&result.options[0].nominal);
    near("mean", spread.mean.value, mean, deviation / (N as f64).sqrt());
    // The error of a standard deviation under a kurtosis of at most 20.
    near("deviation", spread.deviation, deviation, deviation * (19.0 / (4.0 * N as f64)).sqrt());
    for ((found, exact), percent) in spread.percentiles.iter().zip(percentiles).zip(PERCENTILES) {
        if let Some(exact) = exact {
            // As if the density were even about it: the error of plain draws is far larger.
            let plain = deviation * 4.0 / (N as f64).sqrt();
            near(&format!("P{percent} of {amount}"), found.value, exact, plain);
        }
    }
}

#[test]
fn a_uniform_input_has_its_closed_form() {
    let at = |p: f64| Some(100_000.0 + 300_000.0 * p);
    check(
        "{ low = \"£100k\", high = \"£400k\", shape = \"uniform\" }",
        250_000.0,
        300_000.0 / 12_f64.sqrt(),
        [at(0.05), at(0.1), at(0.5), at(0.8), at(0.9), at(0.95)],
    );
}

/// 0, 30, 90 thousand: F(30) = 1/3, so P80 = 90 - sqrt(0.2 x 90 x 60).
#[test]
fn a_triangular_input_has_its_closed_form() {
    let below = |p: f64| Some(1e3 * (p * 90.0 * 30.0).sqrt());
    let above = |p: f64| Some(1e3 * (90.0 - ((1.0 - p) * 90.0 * 60.0).sqrt()));
    check(
        "{ low = \"£0\", likely = \"£30k\", high = \"£90k\", shape = \"triangular\" }",
        40_000.0,
        1e3 * ((30.0 * 30.0 + 90.0 * 90.0 - 30.0 * 90.0) / 18.0_f64).sqrt(),
        [below(0.05), below(0.1), above(0.5), above(0.8), above(0.9), above(0.95)],
    );
}

/// Mean (low + 4 likely + high) / 6, variance (mean - low)(high - mean) / 7. With the mode at the low end the
/// distribution function is 1 - (1 - x)^5.
#[test]
fn a_pert_input_has_its_closed_form() {
    let mean: f64 = (10.0 + 80.0 + 60.0) / 6.0;
    let deviation = ((mean - 10.0) * (60.0 - mean) / 7.0).sqrt();
    check("{ low = \"£10k\", likely = \"£20k\", high = \"£60k\" }", 1e3 * mean, 1e3 * deviation, [None; 6]);
    let at = |p: f64| Some(1e5 * (1.0 - (1.0 - p).powf(0.2)));
    check(
        "{ low = \"£0\", likely = \"£0\", high = \"£100k\" }",
        1e5 / 6.0,
        1e5 * (5.0_f64 / 36.0 / 7.0).sqrt(),
        [at(0.05), at(0.1), at(0.5), at(0.8), at(0.9), at(0.95)],
    );
}

/// P10 and P90 as stated; the median is their geometric mean: 40, 60, 90.
#[test]
fn a_lognormal_input_has_its_closed_form() {
    let sigma = (90.0_f64 / 40.0).ln() / (2.0 * 1.281_551_565_544_600_4);
    let mean = 60_000.0 * (sigma * sigma / 2.0).exp();
    check(
        "{ low = \"£40k\", high = \"£90k\", shape = \"p10-p90\" }",
        mean,
        mean * ((sigma * sigma).exp() - 1.0).sqrt(),
        [None, Some(4e4), Some(6e4), None, Some(9e4), None],
    );
}

#[test]
fn a_chance_comes_about_as_often_as_it_says() {
    let simulation = run(&lines(&["{ chance = \"15%\", then = \"£100k\", else = \"£0\" }"]), N);
    let times = simulation.options[0].nominal.iter().filter(|cost| **cost > 0.0).count();
    near("chance", times as f64 / N as f64, 0.15, (0.15_f64 * 0.85 / N as f64).sqrt());
}

#[test]
fn correlated_inputs_add_spreads_and_independent_ones_variances() {
    let width = "{ low = \"£0\", high = \"£120k\", shape = \"uniform\" }";
    let one = 120_000.0 / 12_f64.sqrt();
    let both = |group: &str| {
        let text = format!(
            "[option.o]\nname = \"O\"\n[option.o.cost.a]\namount = {width}\nfrom = \"2026-04\"\n\
             [option.o.cost.b]\namount = {width}\nfrom = \"2026-04\"\n{group}"
        );
        let result = run(&case(&text), N);
        result.spread(&result.options[0].nominal).deviation
    };
    let inputs = "inputs = [\"option.o.cost.a.amount\", \"option.o.cost.b.amount\"]";
    let rho = |rho: &str| both(&format!("[correlation.ab]\n{inputs}\nrho = \"{rho}\"\n"));
    let error = one / (N as f64).sqrt();
    near("independent", both(""), one * 2_f64.sqrt(), error);
    near("fully correlated", rho("100%"), 2.0 * one, error);
    // What is left is where in its 500th of the range each lies: £120k / 500 x sqrt(2 / 12) = £98.
    near("opposed", rho("-100%"), 0.0, 30.0);
    // Uniform margins under a Gaussian copula: Pearson's correlation is (6 / pi) asin(rho / 2).
    let pearson = 6.0 / std::f64::consts::PI * 0.3_f64.asin();
    near("rho of 60%", rho("60%"), one * (2.0 + 2.0 * pearson).sqrt(), error);
    let matrix = format!("[correlation.ab]\n{inputs}\nmatrix = [[\"100%\", \"60%\"], [\"60%\", \"100%\"]]\n");
    near("the same as a matrix", both(&matrix), rho("60%"), 1e-9);
}

#[test]
fn correlation_leaves_every_margin_as_it_is() {
    let inputs = "{ low = \"£10k\", likely = \"£20k\", high = \"£60k\" }";
    let text = |group: &str| {
        format!(
            "[option.o]\nname = \"O\"\n[option.o.cost.a]\namount = {inputs}\nfrom = \"2026-04\"\n\
             [option.p]\nname = \"P\"\n[option.p.cost.b]\namount = {inputs}\nfrom = \"2026-04\"\n{group}"
        )
    };
    let sorted = |text: &str| {
        run(&case(text), 1_000)
            .options
            .iter()
            .map(|option| {
                let mut column = option.nominal.clone();
                column.sort_by(f64::total_cmp);
                column
            })
            .collect::<Vec<_>>()
    };
    let group =
        "[correlation.g]\ninputs = [\"option.o.cost.a.amount\", \"option.p.cost.b.amount\"]\nrho = \"40%\"\n";
    assert_eq!(sorted(&text("")), sorted(&text(group)));
}

#[test]
fn a_range_without_width_changes_nothing() {
    let plain = lines(&["\"£100k\"", "{ low = \"£1k\", likely = \"£2k\", high = \"£4k\" }"]);
    let same = "{ low = \"£100k\", likely = \"£100k\", high = \"£100k\" }";
    let degenerate = lines(&[same, "{ low = \"£1k\", likely = \"£2k\", high = \"£4k\" }"]);
    assert_eq!(plain.run.ledger.postings, degenerate.run.ledger.postings);
    assert_eq!(run(&plain, 500), run(&degenerate, 500));
}

#[test]
fn the_reported_run_knows_nothing_of_draws() {
    let case = patient_access();
    let before = case.run.ledger.postings.clone();
    for (draws, seed) in [(50, 1), (70, 9)] {
        let result = simulate(&case.scenario, Order { seed, ..order(draws) }, &|_| true);
        let value = report::simulation_summary(&case, &result, case.pair());
        let present = case.run.appraisal.options[1].cost.present.to_string();
        assert_eq!(value["options"]["team"]["net_present_cost"]["reported_run"], present);
    }
    assert_eq!(before, Case::new(case.scenario.clone()).run.ledger.postings);
}

fn patient_access() -> Case {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/patient-access.toml");
    let text = std::fs::read_to_string(path).expect("the scenario");
    let request = Request { name: "patient-access", text: &text, set: &[], tables: &|_| Err(String::new()) };
    Case::new(scenario::read(&request).scenario.expect("no faults"))
}

/// Draws of an input, by its key.
fn drawn(case: &Case, key: &str) -> Vec<f64> {
    let mut sampler = Sampler::new(&case.scenario, 1);
    let place = case.scenario.inputs.iter().position(|input| input.key == key).expect("an input");
    let mut values = vec![0.0; case.scenario.inputs.len()];
    sampler.batch(0, 300);
    (0..300)
        .map(|draw| {
            sampler.put(draw, &mut values);
            values[place]
        })
        .collect()
}

#[test]
fn another_input_leaves_the_draws_of_the_others_as_they_were() {
    let uncertain = "{ low = \"£1k\", likely = \"£2k\", high = \"£4k\" }";
    let one = case(&format!("[option.o.cost.b]\namount = {uncertain}\nfrom = \"2026-04\"\n"));
    let two = case(&format!(
        "[option.o.cost.a]\namount = {uncertain}\nfrom = \"2026-04\"\n\
         [option.o.cost.b]\namount = {uncertain}\nfrom = \"2026-04\"\n"
    ));
    let key = "option.o.cost.b.amount";
    assert_eq!(drawn(&one, key), drawn(&two, key));
    assert_ne!(drawn(&two, "option.o.cost.a.amount"), drawn(&two, key));
}

/// Two options with the same uncertain line differ by what else they cost, in every draw.
#[test]
fn every_option_meets_the_same_world() {
    let case = case(
        "[option.o]\nname = \"O\"\n[option.p]\nname = \"P\"\n\
         [cost.shared]\namount = { low = \"£1k\", likely = \"£2k\", high = \"£4k\" }\nfrom = \"2026-04\"\n\
         [option.p.cost.more]\namount = \"£500\"\nfrom = \"2026-04\"\n",
    );
    let result = run(&case, 200);
    let pair = (OptionId::new(0), OptionId::new(1));
    assert!(result.difference(pair, |o| &o.nominal).iter().all(|d| (d + 500.0).abs() < 1e-9));
    let cheapest: Vec<f64> = result.smallest(|o| &o.net_present_cost).iter().map(|c| c.value).collect();
    assert_eq!(cheapest, [1.0, 0.0]);
}

#[test]
fn one_thread_and_several_give_the_same_bytes() {
    let case = patient_access();
    let json = |threads| {
        let result = simulate(&case.scenario, Order { threads, ..order(1_000) }, &|_| true);
        format!("{:#}", report::simulation_summary(&case, &result, case.pair()))
    };
    let one = json(1);
    assert_eq!(one, json(2));
    assert_eq!(one, json(5));
}

#[test]
fn another_seed_gives_other_draws() {
    let case = lines(&["{ low = \"£1k\", likely = \"£2k\", high = \"£4k\" }"]);
    let of = |seed| simulate(&case.scenario, Order { seed, ..order(100) }, &|_| true).options;
    assert_ne!(of(1), of(2));
    assert_eq!(of(7), of(7));
}

#[test]
fn more_draws_begin_with_the_same_batches_and_a_stop_keeps_whole_ones() {
    let case = lines(&["{ low = \"£1k\", likely = \"£2k\", high = \"£4k\" }"]);
    let (one, two) = (run(&case, BATCH), run(&case, 2 * BATCH));
    assert_eq!(one.options[0].nominal, two.options[0].nominal[..BATCH]);
    let seen = AtomicUsize::new(0);
    let stopped = simulate(&case.scenario, order(2 * BATCH), &|done| {
        seen.fetch_max(done, Relaxed);
        done <= BATCH
    });
    assert_eq!((stopped.draws, stopped.ended), (BATCH, Ended::Stopped));
    assert!(seen.into_inner() > BATCH);
    assert_eq!(stopped.options, one.options);
}

/// The central values through the simulation's kernel are the reported run but for rounding to the penny.
#[test]
fn a_draw_of_central_values_is_the_reported_run() {
    use wholelife::number::Number;
    for file in ["patient-access", "govuk-verify", "council-corporate-systems"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/");
        let text = std::fs::read_to_string(format!("{folder}{file}.toml")).expect("the scenario");
        let tables = |name: &str| std::fs::read(format!("{folder}{name}")).map_err(|e| e.to_string());
        let reading = scenario::read(&Request { name: file, text: &text, set: &[], tables: &tables });
        let case = Case::new(reading.scenario.expect("no faults"));
        let values: Vec<f64> = case.scenario.central().into_iter().map(Number::to_f64).collect();
        let changing: Vec<_> = Sampler::new(&case.scenario, 1).inputs().collect();
        let mut engine = wholelife::uncertainty::Engine::new(&case.scenario, &changing);
        for (outcome, option) in engine.run(&values).iter().zip(&case.run.appraisal.options) {
            let gap: rust_decimal::Decimal = case.run.funding[option.id.place()].gap().into_iter().sum();
            let pairs = [
                (outcome.net_present_cost, option.cost.present),
                (outcome.npsv, option.npsv),
                (outcome.nominal, option.cost.nominal),
                (outcome.real, option.cost.real),
                (outcome.benefits, option.benefits.total().present),
                (outcome.gap, gap),
            ];
            // Half a penny a posting at most, thousands of them, mostly cancelling out.
            for (place, (found, reported)) in pairs.into_iter().enumerate() {
                assert!((found - Number::to_f64(reported)).abs() < 5.0, "{file} {place}: {found} {reported}");
            }
        }
    }
}

//! Cost of a draw of every option: by scenario, by number of services, by number of threads.
//!
//! `cargo bench --bench simulate`. Figures and the machine are in docs/performance.md.

use divan::Bencher;
use divan::counter::ItemsCount;
use wholelife::number::Number;
use wholelife::scenario::{self, Request, Scenario};
use wholelife::uncertainty::{Engine, Order, Sampler, simulate};

fn main() {
    divan::main();
}

fn read(text: &str) -> Scenario {
    let request = Request { name: "bench", text, set: &[], tables: &|_| Err(String::new()) };
    let reading = scenario::read(&request);
    reading.scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics))
}

fn patient_access() -> Scenario {
    read(include_str!("../scenarios/patient-access.toml"))
}

fn seven_inputs() -> Scenario {
    read(include_str!("../scenarios/seven-inputs.toml"))
}

/// So many services, three to a stream, under a persistent and a temporary option.
fn services(count: usize) -> Scenario {
    let mut text = r#"
[programme]
name = "Many"
start = "2026-04"
[role]
developer = { band = "7" }
contractor = { day_rate = "£500", days = 220 }
[team.one]
members = { developer = 5, contractor = 2 }
[approach.team]
kind = "persistent"
team = "one"
overrun = { low = "0%", likely = "15%", high = "60%" }
[approach.project]
kind = "temporary"
team = "one"
overrun = { low = "0%", likely = "27%", high = "150%" }
upkeep = { coverage = "60%", team = "one" }
renewal = { every = "5 years", effort = "35%" }
[option.team]
[option.project]
"#
    .to_owned();
    for s in 0..count {
        text += &format!(
            "[service.s{s}]\neffort = {{ alpha = \"2 team-months\", beta = {{ low = \"6 team-months\", likely = \
             \"9 team-months\", high = \"14 team-months\" }} }}\nrun = \"£100k a year\"\n\
             upkeep = \"2 team-months a year\"\nlegacy = {{ run = \"£200k a year\" }}\n\
             benefit.b = {{ value = \"£300k a year\", kind = \"cash-releasing\", ramp = \"12 months\" }}\n"
        );
    }
    for option in ["team", "project"] {
        for first in (0..count).step_by(3) {
            let names: Vec<String> = (first..count.min(first + 3)).map(|s| format!("\"s{s}\"")).collect();
            text += &format!(
                "[option.{option}.stream.x{first}]\napproach = \"{option}\"\nservices = [{}]\nstart = \"2026-04\"\n",
                names.join(", ")
            );
        }
    }
    read(&text)
}

/// One draw at a time on one thread, values at hand.
fn draws(bencher: Bencher<'_, '_>, scenario: &Scenario) {
    let mut sampler = Sampler::new(scenario, 1);
    let inputs: Vec<_> = sampler.inputs().collect();
    let mut engine = Engine::new(scenario, &inputs);
    let mut values: Vec<f64> = scenario.central().into_iter().map(Number::to_f64).collect();
    sampler.batch(0, 1_000);
    let mut draw = 0;
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        sampler.put(draw % 1_000, &mut values);
        draw += 1;
        engine.run(&values)[0]
    });
}

#[divan::bench]
fn draw_patient_access(bencher: Bencher<'_, '_>) {
    draws(bencher, &patient_access());
}

#[divan::bench]
fn draw_seven_inputs(bencher: Bencher<'_, '_>) {
    draws(bencher, &seven_inputs());
}

#[divan::bench(args = [1, 10, 100])]
fn draw_services(bencher: Bencher<'_, '_>, count: usize) {
    draws(bencher, &services(count));
}

/// A batch of draws of every uncertain input.
#[divan::bench]
fn sample_patient_access(bencher: Bencher<'_, '_>) {
    let mut sampler = Sampler::new(&patient_access(), 1);
    let mut batch = 0;
    bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
        batch += 1;
        sampler.batch(batch, 10_000);
    });
}

fn whole(bencher: Bencher<'_, '_>, scenario: &Scenario, draws: usize, threads: usize) {
    let order = Order { draws, seed: 1, threads, precision: None };
    bencher.counter(ItemsCount::new(draws)).bench_local(|| simulate(scenario, order, &|_| true));
}

#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn simulate_patient_access_100k(bencher: Bencher<'_, '_>, threads: usize) {
    whole(bencher, &patient_access(), 100_000, threads);
}

#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn simulate_seven_inputs_100k(bencher: Bencher<'_, '_>, threads: usize) {
    whole(bencher, &seven_inputs(), 100_000, threads);
}

/// With the mean, spread and percentiles of each figure, as benches/numpy_seven.py has them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn simulate_and_tell_seven_inputs_100k(bencher: Bencher<'_, '_>) {
    let scenario = seven_inputs();
    let order = Order { draws: 100_000, seed: 1, threads: 1, precision: None };
    bencher.counter(ItemsCount::new(order.draws)).bench_local(|| {
        let result = simulate(&scenario, order, &|_| true);
        let columns = result.options.iter().flat_map(|option| {
            [&option.net_present_cost, &option.nominal, &option.real].into_iter().chain(&option.cumulative)
        });
        columns.map(|column| result.spread(column).deviation).sum::<f64>()
    });
}

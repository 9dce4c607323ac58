//! A draw allocates nothing once the first few have found room for what they need.

use wholelife::number::Number;
use wholelife::scenario::{self, Request};
use wholelife::uncertainty::{Engine, Sampler};

#[test]
fn a_draw_allocates_nothing_after_warm_up() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/patient-access.toml");
    let text = std::fs::read_to_string(path).expect("the scenario");
    // Prices and a fund vary too, so that those parts of the plan are made again as well.
    let set = [
        "index.general.growth={ low = \"1%\", likely = \"2%\", high = \"4%\" }".to_owned(),
        "post.ccio.fte={ low = 0.2, likely = 0.4, high = 0.6 }".to_owned(),
        "cost.integration-engine.amount={ low = \"£200k\", likely = \"£240k\", high = \"£300k\" }".to_owned(),
    ];
    let request = Request { name: "test", text: &text, set: &set, tables: &|_| Err(String::new()) };
    let reading = scenario::read(&request);
    let scenario = reading.scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics));
    let mut sampler = Sampler::new(&scenario, 1);
    let inputs: Vec<_> = sampler.inputs().collect();
    let mut engine = Engine::new(&scenario, &inputs);
    let mut values: Vec<f64> = scenario.central().into_iter().map(Number::to_f64).collect();
    sampler.batch(0, 2_000);
    let mut run = |draws: std::ops::Range<usize>| {
        draws.fold(0.0, |sum, draw| {
            sampler.put(draw, &mut values);
            sum + engine.run(&values)[1].net_present_cost
        })
    };
    run(0..1_000);
    let mut sum = 0.0;
    let counted = allocation_counter::measure(|| sum = run(1_000..2_000));
    assert!(sum > 0.0);
    // A draw longer than any before may need more room in a list: that is not "per draw".
    assert!(counted.count_total <= 10, "{counted:?}");
}

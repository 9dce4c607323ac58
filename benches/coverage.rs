//! Whether intervals hold what they say: of many runs with different seeds, the share in which the true figure lies
//! within the 90% interval, for mean, P50, P80 and P90 of each option, and for the chance to cost least.
//!
//!     cargo bench --bench coverage -- [--seeds 200] [--draws 10000] [FILE.toml ...]
//!
//! The true figures of a file are those of two million draws with other seeds. Without a file, it takes patient-access,
//! seven-inputs, and a scenario whose figures are known exactly. Beside each share stands how large the stated standard
//! error is, in the mean, of the one that the runs really have: 1.0 is right. A share of 200 runs strays by 2.1
//! percentage points itself, so that one in eighteen lies outside 86% to 94% though all is well.

#![allow(clippy::print_stdout, reason = "a bench tells what it found")]

use std::path::Path;

use wholelife::id::OptionId;
use wholelife::scenario::{self, Request, Scenario};
use wholelife::uncertainty::{Estimated, Order, Rounds, Simulation, simulate};

/// Draws behind a true figure, in so many runs.
const TRUTH: (usize, usize) = (200_000, 10);
const PERCENTS: [usize; 3] = [50, 80, 90];

/// One option costs the sum of three amounts, each even between £0 and £100k; the other one such amount, and with a
/// chance of 30% another £200k. A third costs the same in every draw.
const KNOWN: &str = r#"
[programme]
name = "Known"
start = "2026-04"
years = 1
[option.sum]
[option.sum.cost.a]
amount = { low = "£0", high = "£100k", shape = "uniform" }
from = "2026-04"
[option.sum.cost.b]
amount = { low = "£0", high = "£100k", shape = "uniform" }
from = "2026-04"
[option.sum.cost.c]
amount = { low = "£0", high = "£100k", shape = "uniform" }
from = "2026-04"
[option.chance]
[option.chance.cost.a]
amount = { low = "£0", high = "£100k", shape = "uniform" }
from = "2026-04"
[option.chance.cost.b]
amount = { chance = "30%", then = "£200k", else = "£0" }
from = "2026-04"
[option.same]
cost.a = { amount = "£120k", from = "2026-04" }
"#;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut seeds, mut draws, mut files) = (200, 10_000, Vec::new());
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).expect("a whole number");
        match arg.as_str() {
            "--seeds" => seeds = number(),
            "--draws" => draws = number(),
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        files = ["patient-access", "seven-inputs"].map(|name| format!("{folder}/{name}.toml")).into();
        cover("Known exactly", &read("known", KNOWN, Path::new("")), Some(&known()), (seeds, draws));
    }
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a scenario");
        let folder = Path::new(&file).parent().unwrap_or(Path::new(""));
        cover(&file, &read(&file, &text, folder), None, (seeds, draws));
    }
}

fn read(name: &str, text: &str, folder: &Path) -> Scenario {
    let tables = |name: &str| std::fs::read(folder.join(name)).map_err(|e| e.to_string());
    let reading = scenario::read(&Request { name, text, set: &[], tables: &tables });
    reading.scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics))
}

/// A figure that is estimated: its name and what a run says of it; nothing where it does not vary.
type Found = Vec<(String, Option<Estimated>)>;

fn found(scenario: &Scenario, run: &Simulation) -> Found {
    let mut found = Found::new();
    let mut add = |name: &str, column: &[f64]| {
        let spread = run.spread(column);
        let mut push =
            |what: &str, at| found.push((format!("{name}: {what}"), Some(at).filter(|_| !spread.is_same)));
        push("mean", spread.mean);
        for percent in PERCENTS {
            push(&format!("P{percent}"), spread.percentile(percent));
        }
    };
    for (option, draws) in scenario.options.iter().zip(&run.options) {
        add(&format!("{} cost", option.id), &draws.net_present_cost);
        add(&format!("{} npsv", option.id), &draws.npsv);
    }
    let last = scenario.options.len() - 1;
    for (first, second) in (1..=last).map(|second| (second - 1, second)) {
        let pair = (OptionId::new(first), OptionId::new(second));
        let [a, b] = [first, second].map(|place| &scenario.options[place].id);
        add(&format!("{a} less {b} cost"), &run.difference(pair, |o| &o.net_present_cost));
    }
    let least = run.smallest(|option| &option.net_present_cost);
    for (option, chance) in scenario.options.iter().zip(least) {
        found.push((format!("{} costs least", option.id), Some(chance)));
    }
    found
}

/// The figures of [`KNOWN`], worked by hand. The sum of three has the distribution function (x in £100k) x^3 / 6 up to
/// 1, (-2 x^3 + 9 x^2 - 9 x + 3) / 6 up to 2, and 1 - (3 - x)^3 / 6 up to 3; P80 lies in the second part, P90 in the
/// third. The other one lies even between 0 and 1 for seven of ten draws, and even between 2 and 3 for the rest.
fn known() -> Vec<(&'static str, f64)> {
    let middle = |x: f64| (((-2.0 * x + 9.0) * x - 9.0) * x + 3.0) / 6.0;
    let (mut low, mut high) = (1.0, 2.0);
    for _ in 0..60 {
        let x = f64::midpoint(low, high);
        if middle(x) < 0.8 { low = x } else { high = x }
    }
    [
        ("sum cost: mean", 1.5),
        ("sum cost: P50", 1.5),
        ("sum cost: P80", low),
        ("sum cost: P90", 3.0 - 0.6_f64.cbrt()),
        ("chance cost: mean", 0.5 + 0.3 * 2.0),
        ("chance cost: P50", 0.5 / 0.7),
        ("chance cost: P80", 2.0 + 0.1 / 0.3),
        ("chance cost: P90", 2.0 + 0.2 / 0.3),
    ]
    .map(|(name, x)| (name, x * 100_000.0))
    .into()
}

fn run(scenario: &Scenario, seed: usize, draws: usize) -> Simulation {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let order = Order { draws, seed: seed as u64, threads, precision: None };
    simulate(scenario, order, &|_| true)
}

/// The figures of all draws of several runs together, with seeds that no other run has.
fn truth(scenario: &Scenario) -> Vec<f64> {
    let (draws, runs) = TRUTH;
    let mut all = run(scenario, 1_000_001, draws);
    for seed in 1_000_002..=1_000_000 + runs {
        let more = run(scenario, seed, draws);
        for (option, more) in all.options.iter_mut().zip(more.options) {
            option.net_present_cost.extend(more.net_present_cost);
            option.npsv.extend(more.npsv);
        }
    }
    all.draws = draws * runs;
    all.rounds = Rounds::new(all.draws);
    found(scenario, &all).iter().map(|(_, at)| at.map_or(0.0, |at| at.value)).collect()
}

fn cover(name: &str, scenario: &Scenario, known: Option<&[(&str, f64)]>, (seeds, draws): (usize, usize)) {
    println!("\n{name}: {seeds} seeds of {draws} draws\n");
    println!("{:<40} {:>14} {:>10} {:>13}", "figure", "true", "in the 90%", "stated / real");
    let runs: Vec<Found> = (1..=seeds).map(|seed| found(scenario, &run(scenario, seed, draws))).collect();
    let estimated = if known.is_none() { truth(scenario) } else { Vec::new() };
    for (place, (figure, _)) in runs[0].iter().enumerate() {
        let at_hand =
            known.and_then(|known| known.iter().find(|(name, _)| name == figure)).map(|known| known.1);
        let Some(exact) = at_hand.or(estimated.get(place).copied()) else { continue };
        let all: Vec<Estimated> = runs.iter().filter_map(|run| run[place].1).collect();
        if all.len() < seeds {
            println!("{figure:<40} the same in every draw");
            continue;
        }
        // An amount that many draws have is no other for having been added up otherwise.
        let hair = 1e-9 * exact.abs();
        let holds = |at: &&Estimated| {
            at.interval.is_some_and(|[low, high]| (low - hair..=high + hair).contains(&exact))
        };
        let share = all.iter().filter(holds).count() as f64 / seeds as f64;
        let mean = all.iter().map(|at| at.value).sum::<f64>() / seeds as f64;
        let squares: f64 = all.iter().map(|at| (at.value - mean) * (at.value - mean)).sum();
        let real = (squares / (seeds - 1) as f64).sqrt();
        let stated = all.iter().filter_map(|at| at.error).sum::<f64>() / seeds as f64;
        // Many draws may have the very same amount, and all runs that.
        let ratio = if real <= hair { "exact".to_owned() } else { format!("{:.2}", stated / real) };
        println!("{figure:<40} {exact:>14.4} {:>9.1}% {ratio:>13}", share * 100.0);
    }
}

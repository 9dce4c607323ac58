//! How the time of `check` and `assumptions` grows with the scenario: over three doublings of services, of rows of a
//! table and of uncertain inputs, and the exponent (1: in proportion; 2: with the square).
//!
//! `cargo bench --bench growth`. Times are processor time where the system tells it (`/proc/self/stat`), wall time
//! elsewhere. What was measured, and on what, is in docs/performance.md.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use wholelife::report::{self, Case};
use wholelife::review::review;
use wholelife::scenario::{self, Request, Scenario};

/// A measurement is repeated until it has taken this long.
const LONG_ENOUGH: Duration = Duration::from_millis(400);

/// Ticks a second of `/proc/self/stat`.
const TICKS: u64 = 100;

/// Makes a scenario of a size.
type Maker = fn(usize) -> Scenario;

fn main() {
    let growths: [(&str, [usize; 4], Maker); 4] = [
        ("services, four to a stream", [25, 50, 100, 200], |size| services(size, 4, "0%")),
        ("services of coordinated streams", [25, 50, 100, 200], |size| services(size, 4, "4%")),
        ("rows of a table, eight options", [100, 200, 400, 800], rows),
        ("uncertain inputs", [125, 250, 500, 1_000], inputs),
    ];
    for (name, sizes, make) in growths {
        println!("{name}: {sizes:?}");
        let scenarios: Vec<Scenario> = sizes.iter().map(|&size| make(size)).collect();
        show("check", sizes, &scenarios, |case| {
            black_box(review(&case.subject(), &[], None));
        });
        show("assumptions", sizes, &scenarios, |case| {
            black_box(report::assumptions(case, case.pair()));
        });
    }
}

/// Measures work on each scenario and prints the times and the exponent. The run itself is no part of it.
fn show(name: &str, sizes: [usize; 4], scenarios: &[Scenario], work: impl Fn(&Case)) {
    let times: Vec<f64> = scenarios
        .iter()
        .map(|scenario| {
            let case = Case::new(scenario.clone());
            time(|| work(&case))
        })
        .collect();
    let in_words: Vec<String> = times.iter().map(|seconds| format!("{:.1} ms", seconds * 1e3)).collect();
    println!("  {name:<12} {}   exponent {:.2}", in_words.join(", "), exponent(&sizes, &times));
}

/// Seconds that one go takes.
fn time(mut work: impl FnMut()) -> f64 {
    let (start, wall) = (processor_time(), Instant::now());
    let mut goes = 0_u32;
    loop {
        work();
        goes += 1;
        let wall = wall.elapsed();
        let spent = processor_time().zip(start).map_or(wall, |(now, start)| now.saturating_sub(start));
        if spent >= LONG_ENOUGH {
            return spent.as_secs_f64() / f64::from(goes);
        }
    }
}

/// Of the whole process, user and system.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = text.rsplit_once(')')?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = [11, 12].map(|place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok()));
    Some(Duration::from_millis((ticks[0]? + ticks[1]?) * 1_000 / TICKS))
}

/// The slope of the straight line through the logarithms, by least squares.
fn exponent(sizes: &[usize; 4], times: &[f64]) -> f64 {
    let points: Vec<(f64, f64)> = sizes.iter().zip(times).map(|(&x, y)| ((x as f64).ln(), y.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let across: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    across / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

fn read(text: &str, table: &str) -> Scenario {
    let tables = |_: &str| Ok(table.as_bytes().to_vec());
    let reading = scenario::read(&Request { name: "growth", text, set: &[], tables: &tables });
    reading.scenario.unwrap_or_else(|| unreachable!("{:#?}", reading.diagnostics))
}

/// So many services, so many of them to a stream, under a persistent and a temporary option.
fn services(count: usize, in_stream: usize, coordination: &str) -> Scenario {
    let mut text = format!(
        r#"
[programme]
name = "Many services"
start = "2026-04"
[role]
developer = {{ band = "7" }}
contractor = {{ day_rate = "£500", days = 220 }}
[team.one]
members = {{ developer = 5, contractor = 2 }}
[approach.team]
kind = "persistent"
team = "one"
coordination = "{coordination}"
overrun = {{ low = "0%", likely = "15%", high = "60%" }}
[approach.project]
kind = "temporary"
team = "one"
coordination = "{coordination}"
overrun = {{ low = "0%", likely = "27%", high = "150%" }}
handover = {{ overlap = "1 month", loss = "20%", recovery = "6 months" }}
upkeep = {{ coverage = "60%", team = "one" }}
renewal = {{ every = "5 years", effort = "35%" }}
[option.team]
[option.project]
"#
    );
    for s in 0..count {
        text += &format!(
            "[service.s{s}]\neffort = {{ alpha = \"2 team-months\", beta = {{ low = \"6 team-months\", likely = \
             \"9 team-months\", high = \"14 team-months\" }} }}\nrun = \"£100k a year\"\n\
             upkeep = \"2 team-months a year\"\nneglect = {{ run_cost = \"5%\", benefits = \"5%\" }}\n\
             legacy = {{ run = \"£200k a year\", exit = \"£10k\" }}\n\
             benefit.b = {{ value = \"£300k a year\", kind = \"cash-releasing\", ramp = \"12 months\" }}\n"
        );
    }
    for option in ["team", "project"] {
        for first in (0..count).step_by(in_stream) {
            let names: Vec<String> =
                (first..count.min(first + in_stream)).map(|s| format!("\"s{s}\"")).collect();
            text += &format!(
                "[option.{option}.stream.x{first}]\napproach = \"{option}\"\nservices = [{}]\nstart = \"2026-04\"\n",
                names.join(", ")
            );
        }
    }
    read(&text, "")
}

/// A table of so many rows and eleven years, borne by eight options.
fn rows(count: usize) -> Scenario {
    let mut text = "[programme]\nname = \"Many rows\"\nstart = \"2026-04\"\n".to_owned();
    (0..8).for_each(|option| text += &format!("[option.o{option}]\n"));
    text += "[cost.x]\ntable = \"t.csv\"\n";
    let years: Vec<String> = (26..37).map(|year| format!("20{year}-{}", year + 1)).collect();
    let mut table = format!("name,{}\n", years.join(","));
    for row in 0..count {
        table += &format!("r{row}{}\n", ",£1k".repeat(years.len()));
    }
    read(&text, &table)
}

/// So many cost lines of an uncertain amount.
fn inputs(count: usize) -> Scenario {
    let mut text =
        "[programme]\nname = \"Many inputs\"\nstart = \"2026-04\"\n[option.one]\n[option.two]\n".to_owned();
    for line in 0..count {
        text += &format!(
            "[cost.c{line}]\namount = {{ low = \"£1k a year\", likely = \"£2k a year\", high = \"£4k a year\" }}\n"
        );
    }
    read(&text, "")
}

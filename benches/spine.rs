//! How long each step of a run takes, on the patient-access scenario. `cargo bench`; what was measured, and
//! on what, is told in `docs/performance.md`.

use divan::{Bencher, black_box};
use rust_decimal::Decimal;
use wholelife::appraisal::{Appraisal, Totals};
use wholelife::chart::Chart;
use wholelife::costing;
use wholelife::delivery::Delivery;
use wholelife::export::{Units, csv, png, svg, text};
use wholelife::number::Number;
use wholelife::report::{self, Case};
use wholelife::scenario::{self, Request, Scenario};

const TEXT: &str = include_str!("../scenarios/patient-access.toml");

fn main() {
    divan::main();
}

fn scenario() -> Scenario {
    let reading = scenario::read(&Request {
        name: "patient-access.toml",
        text: black_box(TEXT),
        set: &[],
        tables: &|_| Err("it has no tables".to_owned()),
    });
    reading.scenario.expect("the scenario has no faults")
}

/// Text to checked scenario; the parameter edition is loaded already.
#[divan::bench]
fn a2_reading() -> Scenario {
    scenario()
}

/// Scenario and values to plan.
#[divan::bench(types = [Decimal, f64])]
fn b1_realise<N: Number>(bencher: Bencher) {
    let scenario = scenario();
    let values: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
    bencher.bench(|| scenario.realise(black_box(&values)));
}

/// Delivery and costing of all options, summed by month: what a draw of a simulation takes beside making its
/// plan. Memory is used again from run to run.
#[divan::bench(types = [Decimal, f64])]
fn b2_kernel<N: Number>(bencher: Bencher) {
    let scenario = scenario();
    let values: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
    let plan = scenario.realise(&values);
    let (mut delivery, mut totals) = (Delivery::default(), Totals::new(&plan));
    bencher.bench_local(|| {
        totals.clear();
        for option in &black_box(&plan).options {
            let sheet = delivery.run(&plan, option);
            costing::cost(&plan, option, sheet, &mut totals);
        }
        black_box(&totals);
    });
}

/// Delivery alone.
#[divan::bench(types = [Decimal, f64])]
fn b3_delivery<N: Number>(bencher: Bencher) {
    let scenario = scenario();
    let values: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
    let plan = scenario.realise(&values);
    let mut delivery = Delivery::default();
    bencher.bench_local(|| {
        for option in &black_box(&plan).options {
            black_box(delivery.run(&plan, option));
        }
    });
}

/// A whole draw: plan, kernel and measures.
#[divan::bench(types = [Decimal, f64])]
fn b4_draw<N: Number>(bencher: Bencher) {
    let scenario = scenario();
    let values: Vec<N> = scenario.central().into_iter().map(N::from_decimal).collect();
    let mut delivery = Delivery::default();
    bencher.bench_local(|| {
        let plan = scenario.realise(black_box(&values));
        let mut totals = Totals::new(&plan);
        let mut sheets = Vec::with_capacity(plan.options.len());
        for option in &plan.options {
            let sheet = delivery.run(&plan, option);
            costing::cost(&plan, option, sheet, &mut totals);
            sheets.push(sheet.clone());
        }
        Appraisal::new(&plan, &totals, &sheets)
    });
}

/// The reported run: everything is kept, and statements are made of it.
#[divan::bench]
fn c1_reported_run(bencher: Bencher) {
    let scenario = scenario();
    bencher.with_inputs(|| scenario.clone()).bench_values(Case::new);
}

/// `compare` without the process: read, run, print.
#[divan::bench]
fn c2_compare() -> String {
    let case = Case::new(scenario());
    let style = text::Style { units: Units::Thousands, width: Some(120), colour: false };
    text::text(&report::comparison(&case, case.pair()), &style)
}

/// The ledger as CSV.
#[divan::bench]
fn c3_ledger_csv(bencher: Bencher) {
    let case = Case::new(scenario());
    bencher.bench(|| csv::text(&report::ledger(black_box(&case), None)));
}

/// The charts that are measured, by name.
const CHARTS: [&str; 3] = ["cost-by-year", "cumulative", "timeline"];

fn chart(case: &Case, name: &str) -> Chart {
    match name {
        "cost-by-year" => report::cost_chart(case),
        "cumulative" => report::cumulative_chart(case),
        _ => report::timeline_chart(case),
    }
}

/// A chart laid out and written as SVG.
#[divan::bench(args = CHARTS)]
fn d1_chart_svg(bencher: Bencher, name: &str) {
    let case = Case::new(scenario());
    bencher.bench(|| svg::svg(&chart(black_box(&case), name)));
}

/// The SVG as PNG of 1600 by 900.
#[divan::bench(args = CHARTS, sample_count = 20)]
fn d2_chart_png(bencher: Bencher, name: &str) {
    let picture = svg::svg(&chart(&Case::new(scenario()), name));
    bencher.bench(|| png::png(black_box(&picture), 1));
}

/// The SVG as PNG of 3200 by 1800.
#[divan::bench(args = CHARTS, sample_count = 20)]
fn d3_chart_png_2x(bencher: Bencher, name: &str) {
    let picture = svg::svg(&chart(&Case::new(scenario()), name));
    bencher.bench(|| png::png(black_box(&picture), 2));
}

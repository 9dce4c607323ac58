//! How far off a simulation's figures are, and that it says so: standard errors and intervals against scenarios whose
//! distribution is known exactly, ties, few draws, a stated precision.

#![allow(
    clippy::float_cmp,
    reason = "shares of whole draws, and amounts without error, are the very numbers"
)]

use serde_json::Value;
use wholelife::id::OptionId;
use wholelife::report;
use wholelife::table::{Cell, Table};
use wholelife::uncertainty::{BATCH, Ended, Estimated, Order, Simulation, simulate};

use super::{Case, case, lines, order, patient_access, run};

/// `sum` costs three amounts, each even between £0 and £100k; `chance` one such amount, and £200k more with a chance of
/// 30%. Both in the first year, so that present and paid are the same.
fn known() -> Case {
    let line = |option: &str, name: &str, amount: &str| {
        format!("[option.{option}.cost.{name}]\namount = {amount}\nfrom = \"2026-04\"\n")
    };
    let even = "{ low = \"£0\", high = \"£100k\", shape = \"uniform\" }";
    let either = "{ chance = \"30%\", then = \"£200k\", else = \"£0\" }";
    let sum: String = ["a", "b", "c"].map(|name| line("sum", name, even)).concat();
    let chance = [line("chance", "a", even), line("chance", "b", either)].concat();
    case(&format!("[option.sum]\nname = \"Sum\"\n{sum}[option.chance]\nname = \"Chance\"\n{chance}"))
}

fn seeded(case: &Case, seed: u64, draws: usize) -> Simulation {
    simulate(&case.scenario, Order { seed, ..order(draws) }, &|_| true)
}

/// Mean, P50, P80 and P90 of an option's net present cost.
fn figures(result: &Simulation, option: usize) -> [Estimated; 4] {
    let spread = result.spread(&result.options[option].net_present_cost);
    [spread.mean, spread.percentile(50), spread.percentile(80), spread.percentile(90)]
}

/// Over many seeds, the root of the mean square of what is stated.
fn stated(runs: &[Simulation], of: impl Fn(&Simulation) -> Estimated) -> f64 {
    let square = |run| of(run).error.map_or(f64::NAN, |error| error * error);
    (runs.iter().map(square).sum::<f64>() / runs.len() as f64).sqrt()
}

/// A round of 500 draws has one in each 500th of the range of an input. So the mean of an even amount over £100k has
/// in each draw only the variance of a stratum left, (£100k / 500)^2 / 12, and over 10,000 draws the standard error
/// £100k / (500 x sqrt(12 x 10,000)) = £0.577. Three of them: £1.00; plain draws would have £500. Of the chance exactly 150
/// in 500 come about, so it adds nothing: £0.577 (plain draws: £961).
///
/// The share of draws up to £71,429, the median of `chance`, is 5/7 of the even amount's range times the 70% without the
/// £200k. What either does by itself a hypercube takes out, so each draw leaves the variance 5/7 x 2/7 x 70% x 30% = 3/70;
/// its root over 100 is 0.00207, and £100k holds 70% of the draws: £296 (plain: 0.5 / 100 / 70% of £100k = £714). For P90,
/// £266,667, it is 2/3 x 1/3 x 30% x 70% = 0.0467; 0.00216 of the draws, 30% of which lie in £100k: £720.
#[test]
fn standard_errors_are_those_of_the_hypercube() {
    let case = known();
    let runs: Vec<Simulation> = (1..=30).map(|seed| seeded(&case, seed, 10_000)).collect();
    for (name, option, place, exact) in [
        ("mean of the sum", 0, 0, 1.0),
        ("mean with a chance", 1, 0, 0.577),
        ("P50 with a chance", 1, 1, 296.0),
        ("P90 with a chance", 1, 3, 720.0),
    ] {
        let found = stated(&runs, |run| figures(run, option)[place]);
        // Thirty errors of 19 degrees of freedom: within 3 x 1 / sqrt(2 x 19 x 30) = 9%.
        assert!((found / exact - 1.0).abs() < 0.09, "{name}: {found}, not {exact}");
    }
}

/// The true figures are worked out in `benches/coverage.rs`, which does the same with more draws and larger scenarios.
/// Of 200 runs 90% are 180; the chance of fewer than 166 or more than 194, if all is well, is below 1 in 1,000.
#[test]
fn nine_in_ten_intervals_hold_the_true_figure() {
    // P80 of the sum, x in £100k: (-2 x^3 + 9 x^2 - 9 x + 3) / 6 = 0.8; P90: 3 - x = 0.6^(1/3).
    let x = 1.937_121_324_f64;
    assert!(((((-2.0 * x + 9.0) * x - 9.0) * x + 3.0) / 6.0 - 0.8).abs() < 1e-6);
    let sum = [1.5, 1.5, x, 3.0 - 0.6_f64.cbrt()];
    let chance = [1.1, 0.5 / 0.7, 2.0 + 0.1 / 0.3, 2.0 + 0.2 / 0.3];
    let case = known();
    let mut held = [[0; 4]; 2];
    for seed in 1..=200 {
        let result = seeded(&case, seed, 1_000);
        for (option, exact) in [sum, chance].into_iter().enumerate() {
            for (place, at) in figures(&result, option).into_iter().enumerate() {
                let [low, high] = at.interval.expect("an interval");
                held[option][place] += usize::from((low..=high).contains(&(exact[place] * 1e5)));
            }
        }
    }
    assert!(held.iter().flatten().all(|held| (166..=194).contains(held)), "{held:?}");
}

/// A chance of 30%, one draw in each stratum: 300 of 1,000 draws, whatever the seed. `sum` costs less where it lies
/// below the other; the share of seeds whose interval holds the chance of many draws is 90%.
#[test]
fn chances_have_intervals_too() {
    let case = known();
    let many = seeded(&case, 1_000, 400_000).smallest(|o| &o.net_present_cost)[0];
    assert!(many.error.expect("an error") < 0.001);
    let held = (1..=200).filter(|&seed| {
        let at = seeded(&case, seed, 1_000).smallest(|o| &o.net_present_cost)[0];
        at.interval.is_some_and(|[low, high]| (low..=high).contains(&many.value))
    });
    let held = held.count();
    assert!((166..=194).contains(&held), "{held}");
}

fn text_of(tables: &[Table]) -> String {
    let words = |cell: &Cell| match cell {
        Cell::Nothing(Some(reason)) => reason.clone(),
        cell => format!("{cell:?}"),
    };
    let rows = tables.iter().flat_map(|t| &t.rows).flat_map(|row| &row.cells).map(words);
    rows.chain(tables.iter().flat_map(|t| t.notes.clone())).collect::<Vec<_>>().join("\n")
}

fn told(case: &Case, result: &Simulation) -> (String, Value) {
    let pair = (OptionId::new(0), OptionId::new(1));
    let text = text_of(&report::simulation(case, result, Some(pair)));
    (text, report::simulation_summary(case, result, Some(pair)))
}

/// Two options of the same uncertain cost, written in another order so that they add up otherwise, and one of £1 more.
#[test]
fn what_is_the_same_in_every_draw_has_no_error_and_is_called_alike() {
    let of = |option: &str, first: &str, second: &str, more: &str| {
        let line = |name: &str, amount: &str| {
            format!("[option.{option}.cost.{name}]\namount = {amount}\nfrom = \"2026-04\"\n")
        };
        format!("[option.{option}]\nname = \"{option}\"\n{}{}{more}", line("x", first), line("y", second))
    };
    let shared =
        "[cost.shared]\namount = { low = \"£1k\", likely = \"£2.1k\", high = \"£4k\" }\nfrom = \"2026-04\"\n";
    let more = "[option.c.cost.z]\namount = \"£1\"\nfrom = \"2026-04\"\n";
    let parts = [
        of("a", "\"£0.1k\"", "\"£0.7k\"", ""),
        of("b", "\"£0.7k\"", "\"£0.1k\"", ""),
        of("c", "\"£0.1k\"", "\"£0.7k\"", more),
    ];
    let case = case(&(parts.concat() + shared));
    let result = run(&case, 1_000);
    let cheapest = result.smallest(|o| &o.net_present_cost);
    assert_eq!([cheapest[0].value, cheapest[1].value, cheapest[2].value], [0.5, 0.5, 0.0]);
    assert!(cheapest.iter().all(|chance| chance.error.is_none()));
    assert_eq!((cheapest[0].interval, cheapest[1].interval), (None, None));
    let (text, json) = told(&case, &result);
    assert!(
        text.contains("a and b are alike in net present cost: the same to the penny in every draw."),
        "{text}"
    );
    assert_eq!(json["alike"]["net_present_cost"], serde_json::json!([["a", "b"]]));
    let difference = &json["difference"]["net_present_cost"];
    assert_eq!(difference["mean"], serde_json::json!({ "value": "0.00", "error": null, "interval": null }));
    assert_eq!(difference["is_same_in_every_draw"], true);
    // Never below zero: none of 1,000 draws.
    assert_eq!(
        (&difference["chance_below_zero"]["value"], &difference["chance_below_zero"]["error"]),
        (&"0".into(), &Value::Null)
    );
}

#[test]
fn one_draw_has_no_errors_and_says_so() {
    let case = known();
    let result = run(&case, 1);
    let (text, json) = told(&case, &result);
    assert!(text.contains("One draw says nothing of how far off these figures are."), "{text}");
    for figure in ["mean", "percentiles"] {
        let mut figure = &json["options"]["sum"]["net_present_cost"][figure];
        figure = figure.get("P80").unwrap_or(figure);
        assert_eq!((&figure["error"], &figure["interval"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(json["chances"]["cheapest"]["sum"]["error"], Value::Null);
    assert_eq!(json["rounds"], 1);
}

/// Two draws are two rounds: a mean has an error, with the wide interval of one degree of freedom, a percentile none.
#[test]
fn two_and_three_draws_say_how_little_they_know() {
    let case = known();
    for draws in [2, 3] {
        let result = run(&case, draws);
        assert_eq!((result.draws, result.rounds.count()), (draws, 2));
        let [mean, p50, p80, p90] = figures(&result, 0);
        let [low, high] = mean.interval.expect("an interval");
        assert!((high - low - 2.0 * 6.313_75 * mean.error.expect("an error")).abs() < 1.0);
        assert!([p50, p80, p90].iter().all(|at| at.error.is_none() && at.interval.is_none()));
        assert!(told(&case, &result).0.contains("too few draws to say"));
    }
}

#[test]
fn where_nothing_is_uncertain_one_draw_is_made() {
    let case = lines(&["\"£100k\"", "{ low = \"£1k\", likely = \"£1k\", high = \"£1k\" }"]);
    let order = Order { precision: Some(1.0), ..order(50_000) };
    let result = simulate(&case.scenario, order, &|_| true);
    assert_eq!((result.draws, result.inputs.len()), (1, 0));
    assert_eq!(figures(&result, 0).map(|at| at.value), [101_000.0; 4]);
    assert!(result.precision.is_some_and(|precision| precision.is_reached));
    let text = text_of(&report::simulation(&case, &result, None));
    assert!(text.contains("every draw would be the reported run, so one was made"), "{text}");
    assert!(!text.contains("One draw says nothing"), "{text}");
}

/// Whatever the number of draws leaves over of rounds and batches.
#[test]
fn odd_numbers_of_draws_are_all_counted() {
    let case = known();
    for draws in [7, 99, 1_003, BATCH + 1, BATCH + 7] {
        let result = run(&case, draws);
        assert_eq!((result.draws, result.rounds.draws()), (draws, draws));
        let mean = figures(&result, 0)[0];
        let error = mean.error.expect("an error");
        // Far from the £150k there is none; and the error stays that of a hypercube, not of the draw left over.
        assert!((mean.value - 150_000.0).abs() < 6.0 * error, "{draws}: {mean:?}");
        assert!(draws < BATCH || error < 10.0, "{draws}: {mean:?}");
    }
}

#[test]
fn a_precision_is_reached_after_whole_batches() {
    let case = patient_access();
    let with = |draws, precision| {
        let order = Order { precision: Some(precision), ..order(draws) };
        simulate(&case.scenario, order, &|_| true)
    };
    let loose = with(BATCH, 1e6);
    let reached = loose.precision.expect("one was asked for");
    assert_eq!((loose.draws, loose.ended, reached.is_reached), (BATCH, Ended::Precise, true));
    let error = reached.error.expect("an error");
    let largest =
        loose.options.iter().map(|o| loose.spread(&o.net_present_cost).percentile(80).error.unwrap_or(0.0));
    assert_eq!(error.to_bits(), largest.fold(0.0, f64::max).to_bits());
    // A run that was precise enough early is the run of so many draws.
    let tight = with(4 * BATCH, error * 0.9);
    assert_eq!(tight.ended, Ended::Precise);
    assert!(tight.draws > BATCH && tight.draws.is_multiple_of(BATCH), "{}", tight.draws);
    assert_eq!(tight.options, run(&case, tight.draws).options);
}

#[test]
fn a_precision_that_is_not_reached_is_said() {
    let case = patient_access();
    let with = |draws| {
        let order = Order { precision: Some(1.0), ..order(draws) };
        simulate(&case.scenario, order, &|_| true)
    };
    let result = with(500);
    let precision = result.precision.expect("one was asked for");
    assert_eq!((result.ended, precision.is_reached), (Ended::Done, false));
    // So many times the error, so many squared times the draws.
    let times = precision.error.expect("an error");
    let needed = precision.draws_needed(500).expect("a number");
    assert!(needed >= 500.0 * times * times && needed < 500.0 * times * times + BATCH as f64);
    let (text, json) = told(&case, &result);
    assert!(text.contains("Precision asked for: a standard error of at most £1 for the P80"), "{text}");
    assert!(
        text.contains("Not reached: it is £") && text.contains("after 500 draws. It would take"),
        "{text}"
    );
    assert_eq!(json["precision"]["is_reached"], false);
    assert_eq!(json["precision"]["asked_for"], "1.00");
    let (text, json) = told(&case, &with(1));
    assert!(text.contains("Not reached: 1 draw can't say how large it is."), "{text}");
    assert_eq!(json["precision"]["largest_error"], Value::Null);
    assert_eq!(told(&case, &run(&case, 50)).1["precision"], Value::Null);
}

//! A simulation as tables: spreads, chances, the difference of two options, and cash by year.
//!
//! The figures of draws are binary and uncertain in their third digit or so; here they become pounds and pence
//! like all others. Each stands beside that of the reported run.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Case, claim};
use crate::appraisal::OptionAppraisal;
use crate::id::OptionId;
use crate::number::Number;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{
    Ended, Estimated, OptionDraws, PERCENTILES, ROUND, Simulation, Spread, chance, spread,
};

const FORMAT_VERSION: &str = "1.0";

/// A figure of an option: its name for people and for programs, its draws, and that of the reported run.
struct Figure {
    name: &'static str,
    key: &'static str,
    draws: fn(&OptionDraws) -> &[f64],
    central: fn(&Case, &OptionAppraisal<Decimal>) -> Decimal,
}

const FIGURES: [Figure; 6] = [
    Figure {
        name: "Net present cost",
        key: "net_present_cost",
        draws: |o| &o.net_present_cost,
        central: |_, o| o.cost.present,
    },
    Figure { name: "Net present social value", key: "npsv", draws: |o| &o.npsv, central: |_, o| o.npsv },
    Figure {
        name: "Cash, prices of each year",
        key: "nominal_cost",
        draws: |o| &o.nominal,
        central: |_, o| o.cost.nominal,
    },
    Figure { name: "Real cost", key: "real_cost", draws: |o| &o.real, central: |_, o| o.cost.real },
    Figure {
        name: "Benefits, present value",
        key: "present_benefits",
        draws: |o| &o.benefits,
        central: |_, o| o.benefits.total().present,
    },
    Figure {
        name: "Cash that no fund pays",
        key: "funding_gap",
        draws: |o| &o.gap,
        central: |case, o| case.run.funding[o.id.place()].gap().into_iter().sum(),
    },
];

/// The figures that the scenario has: without funds, none of a gap.
fn figures(case: &Case) -> impl Iterator<Item = &'static Figure> {
    let funds = !case.scenario.funds.is_empty();
    FIGURES.iter().filter(move |figure| funds || figure.key != "funding_gap")
}

/// The simulation for people.
pub fn simulation(case: &Case, result: &Simulation, pair: Option<(OptionId, OptionId)>) -> Vec<Table> {
    let mut tables = vec![spreads(case, result), chances(case, result)];
    tables.extend(pair.map(|pair| difference(case, result, pair)));
    tables.extend((0..result.options.len()).map(|place| by_year(case, result, OptionId::new(place))));
    tables
}

/// Every statistic of every figure, a row each, for tools.
pub fn simulation_rows(case: &Case, result: &Simulation) -> Table {
    let mut table = Table::new("Simulation")
        .column("measure", ColumnKind::Text)
        .column("option", ColumnKind::Text)
        .column("statistic", ColumnKind::Text)
        .column("value", ColumnKind::Money)
        .column("standard error", ColumnKind::Money);
    for figure in figures(case) {
        for (option, draws) in case.scenario.options.iter().zip(&result.options) {
            let spread = spread((figure.draws)(draws));
            let mut row = |statistic: String, value: f64, error: Option<f64>| {
                let words = [figure.key, option.id.as_str(), statistic.as_str()].map(Cell::text);
                let error = error.map_or(Cell::Nothing(None), money);
                table.push(words.into_iter().chain([money(value), error]).collect());
            };
            row("mean".to_owned(), spread.mean.value, Some(spread.mean.error));
            row("standard deviation".to_owned(), spread.deviation, None);
            for (percent, at) in PERCENTILES.iter().zip(spread.percentiles) {
                row(format!("P{percent}"), at.value, Some(at.error));
            }
        }
    }
    table
}

/// How the simulation was done, in words.
fn basis(result: &Simulation) -> String {
    let ended = match result.ended {
        Ended::Done => String::new(),
        Ended::Precise => format!(", enough for the precision asked for (at most {})", result.order.draws),
        Ended::Stopped => format!(", stopped before the {} asked for", result.order.draws),
    };
    format!(
        "{} draws{ended}, seed {}, of {} uncertain inputs; every option meets the same draws. Latin hypercubes of \
         {ROUND} draws at most. Standard errors are those of plain random draws, which these undercut.",
        result.draws,
        result.order.seed,
        result.inputs.len(),
    )
}

fn spreads(case: &Case, result: &Simulation) -> Table {
    let mut table = Table::new(format!("{}: how sure", case.scenario.programme.name))
        .note(basis(result))
        .note("P80: a chance of 80% that it is no more. All percentiles with their errors: `--format csv` or `json`.")
        .column("Measure", ColumnKind::Text);
    for option in &case.scenario.options {
        table = table.column(option.name.clone(), ColumnKind::Money);
    }
    if result.inputs.is_empty() {
        table.notes.push("Nothing in this scenario is uncertain: every draw is the reported run.".to_owned());
    }
    for (place, figure) in figures(case).enumerate() {
        let spreads: Vec<Spread> = result.options.iter().map(|o| spread((figure.draws)(o))).collect();
        table.push_section(figure.name);
        let mut row = |indent: usize, name: String, of: &dyn Fn(usize, &Spread) -> Cell| {
            let cells = spreads.iter().enumerate().map(|(option, spread)| of(option, spread));
            table.push_indented(indent, [Cell::text(name)].into_iter().chain(cells).collect());
        };
        let central = |option: usize| (figure.central)(case, &case.run.appraisal.options[option]);
        row(1, "Reported run".to_owned(), &|option, _| Cell::Money(central(option)));
        row(1, "Mean".to_owned(), &|_, spread| money(spread.mean.value));
        // The two figures that options are chosen by get all there is; the others the outline.
        let full = place < 2;
        if full {
            row(2, "standard error".to_owned(), &|_, spread| money(spread.mean.error));
            row(1, "Standard deviation".to_owned(), &|_, spread| money(spread.deviation));
        }
        for &percent in PERCENTILES.iter().filter(|percent| full || [10, 50, 90].contains(*percent)) {
            row(1, format!("P{percent}"), &|_, spread| money(spread.percentile(percent).value));
            if full && [50, 80, 90].contains(&percent) {
                row(2, "standard error".to_owned(), &|_, spread| money(spread.percentile(percent).error));
            }
        }
    }
    table
}

fn chances(case: &Case, result: &Simulation) -> Table {
    let mut table = Table::new("Chances").column("Chance", ColumnKind::Text);
    for option in &case.scenario.options {
        table = table.column(option.name.clone(), ColumnKind::Rate);
    }
    for (name, _, chances) in each_chance(case, result) {
        let row = |name: &str, of: fn(&Estimated) -> f64| {
            let cells = chances.iter().map(|chance| Cell::Rate(places(of(chance), 6)));
            [Cell::text(name)].into_iter().chain(cells).collect()
        };
        table.push(row(&name, |chance| chance.value));
        table.push_indented(1, row("standard error", |chance| chance.error));
    }
    table
}

type NamedChances = (String, &'static str, Vec<Estimated>);

fn each_chance(case: &Case, result: &Simulation) -> Vec<NamedChances> {
    let included = claim::included(case);
    let mut chances = vec![
        (format!("Least net present cost{included}"), "cheapest", result.smallest(|o| &o.net_present_cost)),
        (format!("Best net present social value{included}"), "best_npsv", result.best_value()),
    ];
    if !case.scenario.funds.is_empty() {
        let within = (0..result.options.len()).map(|o| result.within_funds(OptionId::new(o)));
        chances.push(("Within its funds".to_owned(), "within_funds", within.collect()));
    }
    chances
}

fn difference(case: &Case, result: &Simulation, pair: (OptionId, OptionId)) -> Table {
    let title = format!("{} less {}", case.name(pair.0), case.name(pair.1));
    let mut table = Table::new(title)
        .column("Measure", ColumnKind::Text)
        .column("P10", ColumnKind::Money)
        .column("P50", ColumnKind::Money)
        .column("P90", ColumnKind::Money)
        .column("Mean", ColumnKind::Money)
        .column("Chance below nought", ColumnKind::Rate)
        .column("Standard error", ColumnKind::Rate);
    for figure in &FIGURES[..2] {
        let (spread, below) = differences(result, pair, figure);
        let mut cells = vec![Cell::text(figure.name)];
        cells.extend([10, 50, 90].map(|percent| money(spread.percentile(percent).value)));
        cells.push(money(spread.mean.value));
        cells.extend([below.value, below.error].map(|rate| Cell::Rate(places(rate, 6))));
        table.push(cells);
    }
    table
}

/// The spread of a difference, and the chance that it is below nought.
fn differences(result: &Simulation, pair: (OptionId, OptionId), figure: &Figure) -> (Spread, Estimated) {
    let column = result.difference(pair, figure.draws);
    let below = column.iter().filter(|difference| **difference < 0.0).count();
    (spread(&column), chance(below as f64, result.draws))
}

fn by_year(case: &Case, result: &Simulation, option: OptionId) -> Table {
    let mut table = Table::new(format!("{}: cash paid by the end of each year", case.name(option)))
        .column("Year", ColumnKind::Year);
    for percent in FAN {
        table = table.column(format!("P{percent}"), ColumnKind::Money);
    }
    for (t, column) in result.options[option.place()].cumulative.iter().enumerate() {
        let spread = spread(column);
        let cells = FAN.map(|percent| money(spread.percentile(percent).value));
        table.push([Cell::Year(case.plan.horizon.year(t))].into_iter().chain(cells).collect());
    }
    table
}

/// The same for every option: a row a year.
pub fn simulation_by_year(case: &Case, result: &Simulation) -> Table {
    let mut table = Table::new("Cash paid by the end of each year")
        .column("option", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year);
    for percent in FAN {
        table = table.column(format!("P{percent}"), ColumnKind::Money);
    }
    for (place, option) in case.scenario.options.iter().enumerate() {
        for row in by_year(case, result, OptionId::new(place)).rows {
            table.push([Cell::text(&option.id)].into_iter().chain(row.cells).collect());
        }
    }
    table
}

/// The percentiles of a fan.
const FAN: [usize; 5] = [5, 10, 50, 90, 95];

/// The simulation for other programs.
pub fn simulation_summary(case: &Case, result: &Simulation, pair: Option<(OptionId, OptionId)>) -> Value {
    let mut options = Map::new();
    for (place, option) in case.scenario.options.iter().enumerate() {
        options.insert(option.id.clone(), one_option(case, result, OptionId::new(place)));
    }
    let mut chances = Map::new();
    for (_, key, each) in each_chance(case, result) {
        let by_option = case.scenario.options.iter().zip(each);
        let by_option: Map<String, Value> =
            by_option.map(|(option, chance)| (option.id.clone(), share(chance))).collect();
        chances.insert(key.to_owned(), by_option.into());
    }
    let id = |id: OptionId| case.scenario.options[id.place()].id.clone();
    let keys = result.inputs.iter().map(|input| case.scenario.inputs[input.place()].key.clone());
    json!({
        "format_version": FORMAT_VERSION,
        "programme": case.scenario.programme.name,
        "draws": result.draws,
        "draws_asked_for": result.order.draws,
        "ended": match result.ended {
            Ended::Done => "done",
            Ended::Precise => "precise",
            Ended::Stopped => "stopped",
        },
        "seed": result.order.seed,
        "inputs": keys.collect::<Vec<_>>(),
        "options": options,
        "chances": chances,
        "difference": pair.map(|pair| {
            let of = |figure: &Figure| {
                let (spread, below) = differences(result, pair, figure);
                let mut value = spread_value(&spread);
                value["chance_below_nought"] = share(below);
                value
            };
            json!({
                "first": id(pair.0),
                "second": id(pair.1),
                "net_present_cost": of(&FIGURES[0]),
                "npsv": of(&FIGURES[1]),
            })
        }),
    })
}

fn one_option(case: &Case, result: &Simulation, id: OptionId) -> Value {
    let draws = &result.options[id.place()];
    let mut option = Map::new();
    option.insert("name".to_owned(), case.name(id).into());
    for figure in figures(case) {
        let mut value = spread_value(&spread((figure.draws)(draws)));
        let central = (figure.central)(case, &case.run.appraisal.options[id.place()]);
        value["reported_run"] = pence(central).into();
        option.insert(figure.key.to_owned(), value);
    }
    let years = draws.cumulative.iter().enumerate().map(|(t, column)| {
        let mut value = spread_value(&spread(column));
        value["financial_year"] = case.plan.horizon.year(t).to_string().into();
        value
    });
    option.insert("cumulative_nominal_cost".to_owned(), years.collect::<Vec<_>>().into());
    option.into()
}

fn spread_value(spread: &Spread) -> Value {
    let estimated =
        |at: Estimated| json!({ "value": pence(places(at.value, 2)), "error": pence(places(at.error, 2)) });
    let percentiles = PERCENTILES.iter().zip(spread.percentiles);
    let percentiles: Map<String, Value> =
        percentiles.map(|(percent, at)| (format!("P{percent}"), estimated(at))).collect();
    json!({
        "mean": estimated(spread.mean),
        "standard_deviation": pence(places(spread.deviation, 2)),
        "percentiles": percentiles,
    })
}

fn share(chance: Estimated) -> Value {
    let text = |share: f64| places(share, 6).to_string();
    json!({ "value": text(chance.value), "error": text(chance.error) })
}

fn money(pounds: f64) -> Cell {
    Cell::Money(places(pounds, 2))
}

/// A binary number as a decimal of so many places.
pub(super) fn places(value: f64, places: u32) -> Decimal {
    let scale = 10_f64.powi(places as i32);
    Decimal::from_i128_with_scale((value * scale).round() as i128, places)
}

fn pence(amount: Decimal) -> String {
    let mut amount = Number::to_penny(amount);
    amount.rescale(2);
    amount.to_string()
}

//! A simulation as tables: spreads, chances, the difference of two options, and cash by year.
//!
//! The figures of draws are binary and uncertain in their third digit or so; here they become pounds and pence
//! like all others. Each stands beside that of the reported run, and with the interval in which the true one lies.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Case, claim, quantity, words};
use crate::appraisal::OptionAppraisal;
use crate::id::OptionId;
use crate::number::Number;
use crate::scenario::Unit;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{Ended, Estimated, MOST_DRAWS, OptionDraws, PERCENTILES, Simulation, Spread};

const FORMAT_VERSION: &str = "2.0";

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
        .column("standard error", ColumnKind::Money)
        .column("90% interval from", ColumnKind::Money)
        .column("90% interval to", ColumnKind::Money);
    for figure in figures(case) {
        for (option, draws) in case.scenario.options.iter().zip(&result.options) {
            let spread = result.spread((figure.draws)(draws));
            let mut row = |statistic: String, at: Estimated| {
                let words = [figure.key, option.id.as_str(), statistic.as_str()].map(Cell::text);
                let [low, high] = ends(at);
                let figures = [Some(at.value), at.error, low, high];
                let cells = figures.map(|figure| figure.map_or(Cell::Nothing(None), money));
                table.push(words.into_iter().chain(cells).collect());
            };
            row("mean".to_owned(), spread.mean);
            let deviation = Estimated { value: spread.deviation, ..Estimated::default() };
            row("standard deviation".to_owned(), deviation);
            for (percent, at) in PERCENTILES.iter().zip(spread.percentiles) {
                row(format!("P{percent}"), at);
            }
        }
    }
    table
}

/// The ends of an interval.
fn ends(at: Estimated) -> [Option<f64>; 2] {
    at.interval.map_or([None; 2], |ends| ends.map(Some))
}

/// What the rows of an interval's ends are called.
const ENDS: [&str; 2] = ["90% interval from", "to"];

/// How the simulation was done, in words.
fn basis(result: &Simulation) -> Vec<String> {
    if result.inputs.is_empty() {
        return vec![
            "Nothing in this scenario is uncertain: every draw would be the reported run, so one was made."
                .to_owned(),
        ];
    }
    let ended = match result.ended {
        Ended::Done => String::new(),
        Ended::Precise => {
            format!(", enough for the precision asked for (at most {})", words::count(result.order.draws))
        }
        Ended::Stopped => format!(", stopped before the {} asked for", words::count(result.order.draws)),
    };
    let (draws, inputs) = (counted(result.draws, "draw"), counted(result.inputs.len(), "uncertain input"));
    let made = format!(
        "{draws}{ended}, seed {}, of {inputs}; every option meets the same draws.",
        result.order.seed
    );
    let errors = match result.rounds.count() {
        0 | 1 => "One draw says nothing of how far off these figures are.".to_owned(),
        rounds => format!(
            "90% interval: the true figure lies in it in nine cases of ten; more draws make it narrower. It is worked out \
             from {rounds} independent rounds of draws, each a Latin hypercube.",
        ),
    };
    vec![made, errors]
}

fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", words::count(count), if count == 1 { "" } else { "s" })
}

/// How near the draws came to the precision asked for, in words; `None` where none was asked for.
pub fn precision(case: &Case, result: &Simulation) -> Option<String> {
    let precision = result.precision?;
    let pounds = |amount: f64| quantity(places(amount, 2), Unit::Pounds);
    let draws = counted(result.draws, "draw");
    let found = match precision.error {
        None => format!("Not reached: {draws} can't say how large it is."),
        Some(error) if precision.is_reached => {
            format!("Reached: it is at most {} after {draws}.", pounds(error))
        }
        Some(error) => {
            let needed = precision.draws_needed(result.draws).unwrap_or(f64::INFINITY);
            let needed = if needed > MOST_DRAWS as f64 {
                format!("more than the {} draws that can be made", words::count(MOST_DRAWS))
            } else {
                format!("about {} draws", words::count(needed as usize))
            };
            let whose = case.name(precision.option);
            format!("Not reached: it is {} for {whose} after {draws}. It would take {needed}.", pounds(error))
        }
    };
    let asked_for = pounds(precision.asked_for);
    Some(format!(
        "Precision asked for: a standard error of at most {asked_for} for the P80 of every option's net present cost. \
         {found}"
    ))
}

fn spreads(case: &Case, result: &Simulation) -> Table {
    let mut table =
        Table::new(format!("{}: how sure", case.scenario.programme.name)).column("Measure", ColumnKind::Text);
    table.notes.extend(precision(case, result).into_iter().chain(basis(result)));
    table.notes.push(
        "P80: a chance of 80% that it is no more. All percentiles with their errors: `--format csv` or `json`."
            .to_owned(),
    );
    for option in &case.scenario.options {
        table = table.column(option.name.clone(), ColumnKind::Money);
    }
    let has_errors = result.rounds.count() > 1;
    for (place, figure) in figures(case).enumerate() {
        let spreads: Vec<Spread> = result.options.iter().map(|o| result.spread((figure.draws)(o))).collect();
        table.push_section(figure.name);
        let mut row = |indent: usize, name: String, of: &dyn Fn(usize, &Spread) -> Cell| {
            let cells = spreads.iter().enumerate().map(|(option, spread)| of(option, spread));
            table.push_indented(indent, [Cell::text(name)].into_iter().chain(cells).collect());
        };
        let central = |option: usize| (figure.central)(case, &case.run.appraisal.options[option]);
        row(1, "Reported run".to_owned(), &|option, _| Cell::Money(central(option)));
        // The two figures that options are chosen by get all there is; the others the outline.
        let full = place < 2;
        let mut estimated = |name: String, has_interval: bool, of: &dyn Fn(&Spread) -> Estimated| {
            row(1, name, &|_, spread| money(of(spread).value));
            if full && has_errors && has_interval {
                for (end, name) in ENDS.into_iter().enumerate() {
                    row(2, name.to_owned(), &|_, spread| match ends(of(spread))[end] {
                        Some(at) => money(at),
                        None => no_interval(spread.is_same),
                    });
                }
            }
        };
        estimated("Mean".to_owned(), true, &|spread| spread.mean);
        for &percent in PERCENTILES.iter().filter(|percent| full || [10, 50, 90].contains(*percent)) {
            let has_interval = [50, 80, 90].contains(&percent);
            estimated(format!("P{percent}"), has_interval, &|spread| spread.percentile(percent));
        }
        if full {
            row(1, "Standard deviation".to_owned(), &|_, spread| money(spread.deviation));
        }
    }
    table
}

/// Why there is no interval.
fn no_interval(is_same: bool) -> Cell {
    Cell::nothing(if is_same { "the same in every draw" } else { "too few draws to say" })
}

fn chances(case: &Case, result: &Simulation) -> Table {
    let mut table = Table::new("Chances").column("Chance", ColumnKind::Text);
    for option in &case.scenario.options {
        table = table.column(option.name.clone(), ColumnKind::Rate);
    }
    let has_errors = result.rounds.count() > 1;
    let mut is_certain = false;
    for (name, _, chances) in each_chance(case, result) {
        let row = |name: &str, of: &dyn Fn(&Estimated) -> Cell| {
            [Cell::text(name)].into_iter().chain(chances.iter().map(of)).collect()
        };
        table.push(row(&name, &|chance| rate(chance.value)));
        for (end, name) in ENDS.into_iter().enumerate().filter(|_| has_errors) {
            let at = |chance: &Estimated| {
                ends(*chance)[end].map_or_else(|| no_interval(result.rounds.are_many()), rate)
            };
            table.push_indented(1, row(name, &at));
        }
        is_certain |= chances.iter().any(|chance| chance.error.is_none() && chance.interval.is_some());
    }
    for (_, name, groups) in alike(result) {
        for group in groups {
            let names: Vec<String> = group.iter().map(|&id| case.name(id).to_owned()).collect();
            let names = words::list(&names);
            table.notes.push(format!("{names} are alike in {name}: the same to the penny in every draw."));
        }
    }
    if is_certain {
        table.notes.push(format!(
            "100% is in all {}, 0% in none of them. Its interval then is the rule of three: what never came about in n \
             draws has a chance of at most about 3 / n.",
            counted(result.draws, "draw"),
        ));
    }
    table
}

/// A chance as a cell. What is not quite 0% or 100% never looks as if it were.
fn rate(share: f64) -> Cell {
    let least = 0.00005;
    if 0.0 < share && share < least {
        Cell::text("under 0.01%")
    } else if 1.0 - least < share && share < 1.0 {
        Cell::text("over 99.99%")
    } else {
        Cell::Rate(places(share, 6))
    }
}

/// Options that have the same figure in every draw, by the figures that they are chosen by: the key of the figure, its
/// name in a sentence, the groups of options.
fn alike(result: &Simulation) -> [(&'static str, String, Vec<Vec<OptionId>>); 2] {
    [&FIGURES[0], &FIGURES[1]].map(|f| (f.key, f.name.to_lowercase(), result.alike(f.draws)))
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
    const PERCENTS: [usize; 3] = [10, 50, 90];
    let title = format!("{} less {}", case.name(pair.0), case.name(pair.1));
    let mut table = Table::new(title).column("Measure", ColumnKind::Text);
    for percent in PERCENTS {
        table = table.column(format!("P{percent}"), ColumnKind::Money);
    }
    table = table.column("Mean", ColumnKind::Money).column("Chance below zero", ColumnKind::Rate);
    for figure in &FIGURES[..2] {
        let (spread, below) = differences(result, pair, figure);
        let amounts = PERCENTS.map(|percent| spread.percentile(percent)).into_iter().chain([spread.mean]);
        let row = |name: &str, amount: &dyn Fn(Estimated) -> Cell, chance: Cell| {
            let cells = [Cell::text(name)].into_iter().chain(amounts.clone().map(amount));
            cells.chain([chance]).collect()
        };
        table.push(row(figure.name, &|at| money(at.value), rate(below.value)));
        for (end, name) in ENDS.into_iter().enumerate().filter(|_| result.rounds.count() > 1) {
            let amount = |at| ends(at)[end].map_or_else(|| no_interval(spread.is_same), money);
            let chance = ends(below)[end].map_or_else(|| no_interval(result.rounds.are_many()), rate);
            table.push_indented(1, row(name, &amount, chance));
        }
    }
    table
}

/// The spread of a difference, and the chance that it is below zero.
fn differences(result: &Simulation, pair: (OptionId, OptionId), figure: &Figure) -> (Spread, Estimated) {
    let column = result.difference(pair, figure.draws);
    (result.spread(&column), result.below_zero(&column))
}

fn by_year(case: &Case, result: &Simulation, option: OptionId) -> Table {
    let mut table = Table::new(format!("{}: cash paid by the end of each year", case.name(option)))
        .column("Year", ColumnKind::Year);
    for percent in FAN {
        table = table.column(format!("P{percent}"), ColumnKind::Money);
    }
    for (t, column) in result.options[option.place()].cumulative.iter().enumerate() {
        let spread = result.spread(column);
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
    let ids = |group: Vec<OptionId>| group.into_iter().map(id).collect();
    let groups = |groups: Vec<_>| Value::from(groups.into_iter().map(ids).collect::<Vec<Vec<String>>>());
    let alike: Map<String, Value> =
        alike(result).into_iter().map(|(key, _, found)| (key.to_owned(), groups(found))).collect();
    let keys = result.inputs.iter().map(|input| case.scenario.inputs[input.place()].key.clone());
    json!({
        "format_version": FORMAT_VERSION,
        "programme": case.scenario.programme.name,
        "draws": result.draws,
        "rounds": result.rounds.count(),
        "draws_asked_for": result.order.draws,
        "ended": match result.ended {
            Ended::Done => "done",
            Ended::Precise => "precise",
            Ended::Stopped => "stopped",
        },
        "precision": result.precision.map(|precision| json!({
            "asked_for": pence(places(precision.asked_for, 2)),
            "is_reached": precision.is_reached,
            "largest_error": precision.error.map(|error| pence(places(error, 2))),
            "option": id(precision.option),
            "draws_needed": precision.draws_needed(result.draws).filter(|_| !precision.is_reached),
        })),
        "seed": result.order.seed,
        "inputs": keys.collect::<Vec<_>>(),
        "options": options,
        "chances": chances,
        "alike": alike,
        "difference": pair.map(|pair| {
            let of = |figure: &Figure| {
                let (spread, below) = differences(result, pair, figure);
                let mut value = spread_value(&spread);
                value["chance_below_zero"] = share(below);
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
        let mut value = spread_value(&result.spread((figure.draws)(draws)));
        let central = (figure.central)(case, &case.run.appraisal.options[id.place()]);
        value["reported_run"] = pence(central).into();
        option.insert(figure.key.to_owned(), value);
    }
    let years = draws.cumulative.iter().enumerate().map(|(t, column)| {
        let mut value = spread_value(&result.spread(column));
        value["financial_year"] = case.plan.horizon.year(t).to_string().into();
        value
    });
    option.insert("cumulative_nominal_cost".to_owned(), years.collect::<Vec<_>>().into());
    option.into()
}

fn spread_value(spread: &Spread) -> Value {
    let amount = |pounds: f64| pence(places(pounds, 2));
    let estimated = |at: Estimated| estimated(at, amount);
    let percentiles = PERCENTILES.iter().zip(spread.percentiles);
    let percentiles: Map<String, Value> =
        percentiles.map(|(percent, at)| (format!("P{percent}"), estimated(at))).collect();
    json!({
        "mean": estimated(spread.mean),
        "standard_deviation": amount(spread.deviation),
        "percentiles": percentiles,
        "is_same_in_every_draw": spread.is_same,
    })
}

fn estimated(at: Estimated, text: impl Fn(f64) -> String) -> Value {
    json!({
        "value": text(at.value),
        "error": at.error.map(&text),
        "interval": at.interval.map(|[low, high]| json!({ "from": text(low), "to": text(high) })),
    })
}

fn share(chance: Estimated) -> Value {
    estimated(chance, |share| places(share, 8).normalize().to_string())
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

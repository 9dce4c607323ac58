//! Charts of what the answer rests on: spreads, swings, the bridge, two inputs against one another.

use rust_decimal::Decimal;

use super::{Case, claim, quantity, words};
use crate::chart::{
    Amount, Body, Chart, Curve, Distribution, Fan, FanBand, FanPanel, Heat, HeatAxis, Swing, SwingEnd,
    Tornado, Waterfall, sign,
};
use crate::id::{InputId, OptionId};
use crate::number::Number;
use crate::uncertainty::{Bridge, Estimated, Grid, Sensitivity, Simulation};

type Pair = (OptionId, OptionId);

/// The chance that each option's net present cost is no more than an amount.
pub fn s_curves(case: &Case, drawn: &Simulation) -> Chart {
    let curves: Vec<Curve> = drawn
        .options
        .iter()
        .enumerate()
        .map(|(place, option)| Curve {
            name: case.name(OptionId::new(place)).to_owned(),
            note: String::new(),
            quantiles: quantiles(&option.net_present_cost),
        })
        .collect();
    Chart {
        title: s_curves_title(case, drawn),
        subtitle: format!(
            "Net present cost over {}; chance that it is no more, {} draws, from the lowest hundredth to the highest",
            case.span(),
            words::count(drawn.draws)
        ),
        source: case.source(),
        body: Body::Distribution(Distribution { curves }),
    }
}

/// The option with the lowest median, or those that sampling can't tell from it.
fn s_curves_title(case: &Case, drawn: &Simulation) -> String {
    let rivals = claim::rivals(case);
    let spreads = rivals.iter().filter_map(|&id| Some((id, drawn.options.get(id.place())?)));
    let spreads: Vec<_> = spreads.map(|(id, option)| (id, drawn.spread(&option.net_present_cost))).collect();
    let medians: Vec<_> = spreads.iter().map(|(id, spread)| (*id, spread.percentile(50))).collect();
    let lowest = claim::alike_lowest(&medians);
    let head = format!("Lowest median cost{}: ", claim::apart(case));
    match (spreads.as_slice(), lowest.as_slice()) {
        ([], _) | (_, []) => "How likely each cost is".to_owned(),
        (several, [one]) => {
            let of = several.iter().find(|(id, _)| id == one).map(|(_, spread)| spread.percentile(80).value);
            let p80 = words::signed(decimal(of.unwrap_or_default()));
            let head = if several.len() == 1 { "" } else { &head };
            format!("{head}{}, at most {p80} in eight draws of ten", case.name(*one))
        }
        (_, alike) => {
            let of = |id: &OptionId| medians.iter().find(|(known, _)| known == id).map(|(_, e)| e.value);
            let are_equal = alike.iter().all(|id| of(id) == of(&alike[0]));
            let how = if are_equal { "equal" } else { "alike to within the sampling error" };
            format!("{head}{}, {how}", claim::names(case, alike))
        }
    }
}

fn decimal(pounds: f64) -> Decimal {
    Decimal::try_from(pounds).unwrap_or_default()
}

/// Every hundredth of a column but its ends: the lowest and the highest draw say how many draws there were.
fn quantiles(column: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = column.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return Vec::new() };
    (1..100).map(|p| (f64::from(p) / 100.0, sorted[last * p as usize / 100])).collect()
}

/// Cash up to the end of each year, with bands.
pub fn fan_chart(case: &Case, drawn: &Simulation) -> Chart {
    let at = |years: &[Vec<f64>], percent: usize| -> Vec<f64> {
        years.iter().map(|column| quantiles(column).get(percent - 1).map_or(0.0, |q| q.1)).collect()
    };
    let panels = drawn.options.iter().enumerate().map(|(place, option)| FanPanel {
        name: case.name(OptionId::new(place)).to_owned(),
        note: String::new(),
        bands: [(5, 95), (25, 75)]
            .map(|(low, high)| FanBand {
                low: at(&option.cumulative, low),
                high: at(&option.cumulative, high),
            })
            .to_vec(),
        median: at(&option.cumulative, 50),
    });
    let panels: Vec<FanPanel> = panels.collect();
    Chart {
        title: fan_title(case, drawn),
        subtitle: format!(
            "Cash up to the end of each year, prices of each year, {} draws",
            words::count(drawn.draws)
        ),
        source: case.source(),
        body: Body::Fan(Fan {
            years: (0..case.plan.horizon.years()).map(|t| case.plan.horizon.year(t)).collect(),
            bands: vec!["P5 to P95".to_owned(), "P25 to P75".to_owned()],
            panels,
        }),
    }
}

/// The option whose cash is spread furthest at the end, or those that sampling can't tell from it.
fn fan_title(case: &Case, drawn: &Simulation) -> String {
    let width = |column: &Vec<f64>| {
        let [low, high] = [5, 95].map(|percent| drawn.spread(column).percentile(percent));
        let error = high.error.zip(low.error).map(|(high, low)| high.hypot(low));
        Estimated { value: high.value - low.value, error, interval: None }
    };
    let ends = drawn.options.iter().enumerate().filter_map(|(place, o)| Some((place, o.cumulative.last()?)));
    let widths: Vec<_> = ends.map(|(place, end)| (OptionId::new(place), width(end))).collect();
    // The widest is the one whose width, with the sign turned, is the lowest.
    let turned: Vec<_> = widths.iter().map(|&(id, w)| (id, Estimated { value: -w.value, ..w })).collect();
    let widest = claim::alike_lowest(&turned);
    let Some(&(_, first)) = widths.iter().find(|(id, w)| widest.contains(id) && w.value > 0.0) else {
        return "Cash as it adds up".to_owned();
    };
    let within = format!("nine draws of ten end within {}", words::pounds(decimal(first.value)));
    let head = format!("Least certain in cash{}: ", claim::included(case));
    match widest.as_slice() {
        [one] if widths.len() == 1 => format!("{}: {within}", case.name(*one)),
        [one] => format!("{head}{}; {within}", case.name(*one)),
        alike => format!("{head}{}, alike to within the sampling error", claim::names(case, alike)),
    }
}

/// What each uncertain input does to the difference in net present cost of two options.
pub fn tornado_chart(case: &Case, of: &Sensitivity, pair: Pair) -> Chart {
    let figure = |figures: &crate::uncertainty::Figures| figures.difference(pair);
    let (ranked, _) = of.ranked(&case.scenario, figure);
    let inputs = ranked.iter().map(|swing| {
        let input = &case.scenario.inputs[swing.input.place()];
        let end = |value, figures| SwingEnd {
            value: quantity(value, input.unit),
            result: Number::to_f64(figure(figures)),
        };
        Swing {
            name: input.key.clone(),
            low: end(swing.range.low, &swing.low),
            high: end(swing.range.high, &swing.high),
        }
    });
    let (first, second) = (case.name(pair.0), case.name(pair.1));
    let swings = ranked.iter().map(|swing| (key(case, swing.input), swing.swing(&of.central, figure)));
    let title = claim::highest(swings).map_or_else(
        || format!("No uncertain input moves {first} less {second}"),
        |(keys, by)| {
            let (moves, each) = if keys.len() == 1 { ("moves", "") } else { ("move", " each") };
            let keys = words::list_or(&keys, || format!("{} inputs", words::count(keys.len())));
            format!("{keys} {moves} {first} less {second} most: by {}{each}", words::pounds(by))
        },
    );
    Chart {
        title,
        subtitle: format!(
            "Net present cost of {first} less {second}{}; one input at a time, {}",
            in_brackets(case, pair),
            case.real_prices()
        ),
        source: case.source(),
        body: Body::Tornado(Tornado {
            central: Number::to_f64(figure(&of.central)),
            inputs: inputs.collect(),
        }),
    }
}

fn key(case: &Case, input: InputId) -> String {
    case.scenario.inputs[input.place()].key.clone()
}

/// That the pair is two of several options, where it is.
fn in_brackets(case: &Case, pair: Pair) -> String {
    claim::two_of(case, pair).map_or_else(String::new, |two| format!(" ({two})"))
}

/// From one option's net present cost to another's, mechanism by mechanism.
pub fn waterfall_chart(case: &Case, bridge: &Bridge) -> Chart {
    let level =
        |id, amount: Decimal| Amount { name: case.name(id).to_owned(), amount: Number::to_f64(amount) };
    Chart {
        title: waterfall_title(case, bridge),
        subtitle: format!(
            "Net present cost{} over {}, {}; exact Shapley values",
            in_brackets(case, (bridge.from, bridge.to)),
            case.span(),
            case.real_prices()
        ),
        source: case.source(),
        body: Body::Waterfall(Waterfall {
            from: level(bridge.from, bridge.start),
            steps: bridge
                .bars
                .iter()
                .map(|bar| Amount {
                    name: bar.mechanism.name().to_owned(),
                    amount: Number::to_f64(bar.amount),
                })
                .collect(),
            to: level(bridge.to, bridge.end),
        }),
    }
}

/// The mechanism that adds or saves most, or those that do so equally.
fn waterfall_title(case: &Case, bridge: &Bridge) -> String {
    let ends = format!("From {} to {}", case.name(bridge.from), case.name(bridge.to));
    let bars = bridge.bars.iter().filter(|bar| !bar.amount.is_zero());
    let Some((largest, by)) = claim::highest(bars.map(|bar| (bar, bar.amount.abs()))) else {
        return format!("{ends}: no mechanism changes the cost");
    };
    let acts = largest.iter().map(|bar| {
        let act = if bar.amount < Decimal::ZERO { "saves" } else { "adds" };
        format!("{} {act}", bar.mechanism.name().to_lowercase())
    });
    let each = if largest.len() == 1 { "" } else { " each" };
    format!("{ends}: {} most, {}{each}", words::list(&acts.collect::<Vec<_>>()), words::pounds(by))
}

/// The difference of two options over the values of two inputs.
pub fn heat_chart(case: &Case, grid: &Grid, pair: Pair) -> Chart {
    let (first, second) = (case.name(pair.0), case.name(pair.1));
    let axis = |place: usize| {
        let axis = &grid.axes[place];
        let input = &case.scenario.inputs[axis.input.place()];
        HeatAxis {
            name: input.key.clone(),
            values: axis.values.iter().map(|&value| quantity(value, input.unit)).collect(),
        }
    };
    let central = |place: usize| {
        let axis = &grid.axes[place];
        let value = case.scenario.inputs[axis.input.place()].estimate.central();
        axis.values.iter().position(|&v| v == value)
    };
    let cells: Vec<Vec<f64>> = grid
        .figures
        .iter()
        .map(|row| row.iter().map(|figures| Number::to_f64(figures.difference(pair))).collect())
        .collect();
    // To the pound, as the cells are coloured.
    let signs: Vec<i8> = cells.iter().flatten().map(|&cell| sign(cell)).collect();
    let of = |wanted: i8| signs.iter().filter(|&&sign| sign == wanted).count();
    let equal = if of(0) > 0 { format!(", and the same in {}", of(0)) } else { String::new() };
    // Beside the key of colours a long name would lose its verb.
    let briefly = if first.chars().count() > 40 { "The first option" } else { first };
    Chart {
        title: format!(
            "{first} costs less than {second} in {} of {} combinations of the two inputs{equal}",
            of(-1),
            signs.len()
        ),
        subtitle: format!(
            "Net present cost of {first} less {second}{}, {}",
            in_brackets(case, pair),
            case.real_prices()
        ),
        source: case.source(),
        body: Body::Heat(Heat {
            down: axis(0),
            across: axis(1),
            cells,
            central: central(0).zip(central(1)),
            below: format!("{briefly} costs less"),
            above: format!("{briefly} costs more"),
        }),
    }
}

/// The two inputs that move the difference of two options most.
pub fn two_largest(case: &Case, of: &Sensitivity, pair: Pair) -> Option<[InputId; 2]> {
    let (ranked, _) = of.ranked(&case.scenario, |figures| figures.difference(pair));
    Some([ranked.first()?.input, ranked.get(1)?.input])
}

//! Charts of what the answer rests on: spreads, swings, the bridge, two inputs against one another.

use rust_decimal::Decimal;

use super::{Case, quantity, words};
use crate::chart::{
    Amount, Body, Chart, Curve, Distribution, Fan, FanBand, FanPanel, Heat, HeatAxis, Swing, SwingEnd,
    Tornado, Waterfall,
};
use crate::id::{InputId, OptionId};
use crate::number::Number;
use crate::uncertainty::{Bridge, Grid, Sensitivity, Simulation};

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
    let cheapest = drawn.smallest(|option| &option.net_present_cost);
    let likeliest = (0..cheapest.len())
        .map(OptionId::new)
        .filter(|&id| Some(id) != case.plan.baseline)
        .max_by(|a, b| p(&curves[b.place()], 0.5).total_cmp(&p(&curves[a.place()], 0.5)));
    let title = likeliest.map_or_else(
        || "How likely each cost is".to_owned(),
        |id| {
            let name = case.name(id);
            let p80 = words::signed(decimal(p(&curves[id.place()], 0.8)));
            let head = match (curves.len(), case.plan.baseline) {
                (0 | 1, _) | (2, Some(_)) => "",
                (_, None) => "Lowest median cost: ",
                (_, Some(_)) => "Lowest median cost, the baseline apart: ",
            };
            format!("{head}{name}, at most {p80} in eight draws of ten")
        },
    );
    Chart {
        title,
        subtitle: format!(
            "Net present cost over {}; chance that it is no more, {} draws, from the lowest hundredth to the highest",
            case.span(),
            words::count(drawn.draws)
        ),
        source: case.source(),
        body: Body::Distribution(Distribution { curves }),
    }
}

/// The amount that is not exceeded with a probability.
fn p(curve: &Curve, probability: f64) -> f64 {
    curve.quantiles.iter().find(|(p, _)| *p >= probability).map_or(0.0, |(_, pounds)| *pounds)
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
    let width = |panel: &FanPanel| {
        let end = |edge: &[f64]| edge.last().copied().unwrap_or(0.0);
        panel.bands.first().map_or(0.0, |band| end(&band.high) - end(&band.low))
    };
    let widest = panels.iter().max_by(|a, b| width(a).total_cmp(&width(b)));
    let title = widest.map_or_else(
        || "Cash as it adds up".to_owned(),
        |panel| {
            let spread = words::pounds(decimal(width(panel)));
            format!("{} is the least certain in cash: nine draws of ten end within {spread}", panel.name)
        },
    );
    Chart {
        title,
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
    let title = ranked.first().map_or_else(
        || format!("No uncertain input moves {first} less {second}"),
        |swing| {
            let key = &case.scenario.inputs[swing.input.place()].key;
            let by = words::pounds(swing.swing(&of.central, figure));
            format!("{key} moves the difference most: by {by}")
        },
    );
    Chart {
        title,
        subtitle: format!(
            "Net present cost of {first} less {second}; one input at a time, {}",
            case.real_prices()
        ),
        source: case.source(),
        body: Body::Tornado(Tornado {
            central: Number::to_f64(figure(&of.central)),
            inputs: inputs.collect(),
        }),
    }
}

/// From one option's net present cost to another's, mechanism by mechanism.
pub fn waterfall_chart(case: &Case, bridge: &Bridge) -> Chart {
    let level =
        |id, amount: Decimal| Amount { name: case.name(id).to_owned(), amount: Number::to_f64(amount) };
    let largest = bridge.bars.iter().filter(|bar| bar.differs).max_by_key(|bar| bar.amount.abs());
    let title = largest.map_or_else(
        || format!("{} and {} do not differ", case.name(bridge.from), case.name(bridge.to)),
        |bar| {
            let adds = if bar.amount < Decimal::ZERO { "saves" } else { "adds" };
            format!(
                "From {} to {}: {} {adds} most, {}",
                case.name(bridge.from),
                case.name(bridge.to),
                bar.mechanism.name().to_lowercase(),
                words::pounds(bar.amount)
            )
        },
    );
    Chart {
        title,
        subtitle: format!(
            "Net present cost over {}, {}; exact Shapley values",
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
    let all = cells.iter().flatten();
    let (less, count) = (all.clone().filter(|cell| **cell < 0.0).count(), all.count());
    // Beside the key of colours a long name would lose its verb.
    let briefly = if first.chars().count() > 40 { "The first option" } else { first };
    Chart {
        title: format!(
            "{first} costs less than {second} in {less} of {count} combinations of the two inputs"
        ),
        subtitle: format!("Net present cost of {first} less {second}, {}", case.real_prices()),
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

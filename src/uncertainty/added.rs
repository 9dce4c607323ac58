//! What many inputs add to net present cost, each by itself at its low and its high.
//!
//! Only what an input reaches is run again ([`crate::run::Trials`]). All options are run again where other streams see
//! a difference, for what discounts everything, and for parameters, which may stand behind other inputs.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Engine, Range, Worlds};
use crate::id::{InputId, OptionId};
use crate::number::Number;
use crate::run::Trials;
use crate::scenario::Scenario;

/// What each input adds to the net present cost of an option (less that of another, if there is one) at the low
/// and at the high of a range, in pounds.
pub fn added_costs(
    scenario: &Scenario,
    ranges: &[(InputId, Range)],
    (first, second): (OptionId, Option<OptionId>),
) -> Vec<[f64; 2]> {
    let central: Vec<f64> = scenario.central().into_iter().map(Number::to_f64).collect();
    let trials = Trials::new(scenario, central.clone());
    let mut place_of: Vec<Option<usize>> = vec![None; scenario.inputs.len()];
    for (place, (id, _)) in ranges.iter().enumerate() {
        place_of[id.place()] = Some(place);
    }
    let at = |place: usize| [ranges[place].1.low, ranges[place].1.high];
    // `None`: everything has to be run.
    let mut added: Vec<[Option<f64>; 2]> = vec![[Some(0.0); 2]; ranges.len()];
    let mut needs_all =
        |id: InputId| place_of[id.place()].into_iter().for_each(|place| added[place] = [None; 2]);
    trials.worker().discount_inputs().into_iter().for_each(&mut needs_all);
    let streams = scenario.options.iter().flat_map(|option| &option.streams);
    streams.for_each(|stream| needs_all(stream.mechanisms.coordination));
    let parameters =
        scenario.inputs.iter().enumerate().filter(|(_, input)| input.key.starts_with("parameter."));
    parameters.for_each(|(place, _)| needs_all(InputId::new(place)));
    let sign =
        |option: OptionId| f64::from(u8::from(option == first)) - f64::from(u8::from(Some(option) == second));
    let pieces: Vec<_> = trials.pieces().iter().filter(|piece| sign(piece.option) != 0.0).collect();
    let by_piece: Vec<Vec<(usize, [Option<f64>; 2])>> = pieces
        .par_iter()
        .map_init(
            || trials.worker(),
            |worker, piece| {
                let mut opened = worker.open(piece);
                let places = opened.inputs().into_iter().filter_map(|id| place_of[id.place()]);
                let places = places.filter(|&place| added[place][0].is_some());
                let cost = |place: usize| {
                    let of = |value: Decimal| {
                        opened
                            .added_cost(ranges[place].0, value.to_f64())
                            .map(|cost| cost * sign(piece.option))
                    };
                    (place, at(place).map(of))
                };
                places.map(cost).collect()
            },
        )
        .collect();
    for (place, costs) in by_piece.into_iter().flatten() {
        for (sum, cost) in added[place].iter_mut().zip(costs) {
            *sum = sum.zip(cost).map(|(sum, cost)| sum + cost);
        }
    }
    let all: Vec<InputId> =
        added.iter().zip(ranges).filter(|(added, _)| added.contains(&None)).map(|(_, (id, _))| *id).collect();
    let worlds = Worlds::new(scenario);
    let headline = |engine: &mut Engine<'_, f64>, values: &[f64]| {
        let outcomes = engine.run(values);
        outcomes[first.place()].net_present_cost
            - second.map_or(0.0, |id| outcomes[id.place()].net_present_cost)
    };
    let before = if all.is_empty() { 0.0 } else { headline(&mut Engine::new(scenario, &[]), &central) };
    added
        .into_par_iter()
        .enumerate()
        .map_init(
            || None,
            |engine, (place, [low, high])| {
                let mut of = |known: Option<f64>, value: Decimal| {
                    known.unwrap_or_else(|| {
                        let engine =
                            engine.get_or_insert_with(|| Engine::new(scenario, &followed(&worlds, &all)));
                        headline(engine, &worlds.values(&[(ranges[place].0, value)])) - before
                    })
                };
                let [at_low, at_high] = at(place);
                [of(low, at_low), of(high, at_high)]
            },
        )
        .collect()
}

/// These inputs and those that follow them.
fn followed(worlds: &Worlds<'_>, inputs: &[InputId]) -> Vec<InputId> {
    let parameters =
        inputs.iter().filter(|id| worlds.scenario.inputs[id.place()].key.starts_with("parameter."));
    let followers = parameters.flat_map(|&id| worlds.followers(id)).map(InputId::new);
    inputs.iter().copied().chain(followers).collect()
}

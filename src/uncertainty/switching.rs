//! Switching values: where in its range an input, by itself, changes which of two options is preferred.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::{ToNegativeInfinity, ToPositiveInfinity};

use super::search::{Found, Search, is_opposed};
use super::worlds::{Pair, Range, Worlds, may_vary};
use crate::id::{InputId, OptionId};
use crate::scenario::{Estimate, Scenario, Unit};

/// A value of an input, and the difference of the two options there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The value, in the input's unit.
    pub value: Decimal,
    /// The first option's figure less the second's, in pounds.
    pub difference: Decimal,
}

/// How the preference changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    /// At one value the two options are equal, within £1.
    Equal,
    /// Between two neighbouring pennies: neither makes the two equal within £1.
    Neighbours,
    /// The input acts in whole months: from one month to the next.
    WholeMonths,
    /// Between two values, without being equal: something else steps, such as a go-live month.
    Jump,
    /// The input is one of two values.
    EitherOr,
}

/// A change of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How it changes.
    pub kind: TurnKind,
    /// The last value before the change; where the two are equal, that value.
    pub below: Point,
    /// The first value after it; where the two are equal, that value.
    pub above: Point,
    /// The option preferred below and above; `None` outside the range.
    pub preferred: [Option<OptionId>; 2],
}

impl Turn {
    /// The value that, put back in place of the central one, makes the two equal or turns their order.
    pub fn value(&self, central: Decimal) -> Decimal {
        if central <= self.below.value { self.above.value } else { self.below.value }
    }
}

/// The switching values of one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switching {
    /// The input.
    pub input: InputId,
    /// Where they were looked for.
    pub range: Range,
    /// The difference at the low end of the range, and at its high end.
    pub ends: [Point; 2],
    /// The central value.
    pub central: Point,
    /// Every change of preference, from low to high.
    pub turns: Vec<Turn>,
}

/// All switching values of an input in a range.
pub fn switching(scenario: &Scenario, input: InputId, range: Range, pair: Pair) -> Switching {
    let worlds = Worlds::new(scenario);
    let exact = |value| worlds.difference::<Decimal>(pair, input, value);
    let point = |value| Point { value, difference: exact(value) };
    let ends = [point(range.low), point(range.high)];
    let turns = if matches!(scenario.inputs[input.place()].estimate, Estimate::Chance { .. }) {
        either_or(ends, pair).into_iter().collect()
    } else {
        let fast = worlds.glances(pair, input);
        let search = Search { range, unit: worlds.unit(input), fast: &fast, exact: &exact };
        search.turns().into_iter().map(|found| turn(found, pair)).collect()
    };
    Switching { input, range, ends, central: point(worlds.central(input)), turns }
}

/// The change between the only two values of an input.
fn either_or([below, above]: [Point; 2], pair: Pair) -> Option<Turn> {
    let preferred = [below, above].map(|point| pair.preferred(point.difference));
    is_opposed(below, above).then_some(Turn { kind: TurnKind::EitherOr, below, above, preferred })
}

fn turn(found: Found, pair: Pair) -> Turn {
    let [below, above] = found.points;
    let option = |positive| pair.preferred(if positive { Decimal::ONE } else { Decimal::NEGATIVE_ONE });
    let preferred = found.positive.map(|positive| positive.and_then(option));
    Turn { kind: found.kind, below, above, preferred }
}

/// A value of an input beyond which the preference is the other one: near enough for a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The input.
    pub input: InputId,
    /// A round value at which the preference has changed, in the input's unit.
    pub value: Decimal,
    /// Whether it lies above the central value.
    pub above: bool,
}

/// How often a bracket is closed in on for a sentence.
const GLANCES: usize = 6;

/// The inputs whose low or high, by itself, changes the preference, the one nearest to its central value first
/// (measured by the width of its range), with a round value at which it has changed. Quick: it looks at the
/// ends of each range, runs on `f64` and closes in to about a hundredth of the range.
pub fn near_turns(scenario: &Scenario, pair: Pair) -> Vec<Near> {
    let worlds = Worlds::new(scenario);
    let mut found: Vec<(Decimal, Near)> = Vec::new();
    let mut central = None;
    for input in may_vary(scenario) {
        let Some(range) = Range::of(scenario.inputs[input.place()].estimate) else { continue };
        let centre = worlds.central(input);
        let difference = worlds.glances(pair, input);
        let positive = |value| difference(value) > 0.0;
        let now = *central.get_or_insert_with(|| positive(centre));
        for end in [range.low, range.high] {
            if end == centre || positive(end) == now {
                continue;
            }
            let either_or = matches!(scenario.inputs[input.place()].estimate, Estimate::Chance { .. });
            let turned = if either_or { end } else { glance(centre, end, &|value| positive(value) != now) };
            let value = if either_or { end } else { outward(centre, turned, range, worlds.unit(input)) };
            let far = (turned - centre).abs() / range.width();
            found.push((far, Near { input, value, above: end > centre }));
        }
    }
    let key = |near: &Near| &scenario.inputs[near.input.place()].key;
    found.sort_by(|(a, near_a), (b, near_b)| a.cmp(b).then_with(|| key(near_a).cmp(key(near_b))));
    found.into_iter().map(|(_, near)| near).collect()
}

/// A value between two, near the place where something becomes true, at which it is true.
fn glance(mut before: Decimal, mut after: Decimal, is_true: &dyn Fn(Decimal) -> bool) -> Decimal {
    for _ in 0..GLANCES {
        let middle = (before + after) / Decimal::TWO;
        if is_true(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    after
}

/// A value rounded away from the central one, to about a hundredth of the range: whole months, if the range
/// has a few of them.
fn outward(centre: Decimal, value: Decimal, range: Range, unit: Unit) -> Decimal {
    let digit = |places: u32| Decimal::new(1, places);
    let hundredth = range.width() / Decimal::ONE_HUNDRED;
    let places = match unit {
        Unit::Months if range.width() >= Decimal::TWO => 0,
        _ => (0..10).find(|&places| digit(places) <= hundredth).unwrap_or(10),
    };
    let away = if value > centre { ToPositiveInfinity } else { ToNegativeInfinity };
    value.round_dp_with_strategy(places, away).clamp(range.low, range.high)
}

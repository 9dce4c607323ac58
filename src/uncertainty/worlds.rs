//! The same scenario with other numbers: a list of central values in which some are replaced.
//!
//! A parameter that the scenario overrides may stand behind other inputs (a default life, for one). They move
//! with it, just as they do when it is changed by `--set`.

use std::cell::RefCell;

use rust_decimal::Decimal;

use super::engine::Engine;
use crate::appraisal::Appraisal;
use crate::id::{InputId, OptionId};
use crate::number::Number;
use crate::plan::Plan;
use crate::run;
use crate::scenario::{Estimate, Origin, Scenario, Unit};

/// A span of values of an input, in its unit; `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lowest.
    pub low: Decimal,
    /// The highest.
    pub high: Decimal,
}

impl Range {
    /// What a scenario says of an input: low and high, or the smaller and the larger of two values. `None`
    /// for a single figure, and for one of two values that is certain.
    pub fn of(estimate: Estimate) -> Option<Self> {
        match estimate {
            Estimate::Point(_) => None,
            Estimate::Range { low, high, .. } => Some(Self { low, high }),
            Estimate::Chance { chance, .. } if chance.is_zero() || chance == Decimal::ONE => None,
            Estimate::Chance { then, otherwise, .. } => {
                Some(Self { low: then.min(otherwise), high: then.max(otherwise) })
            }
        }
    }

    /// How far it reaches.
    pub fn width(self) -> Decimal {
        self.high - self.low
    }
}

/// The inputs that are uncertain, in the order of the file.
pub fn may_vary(scenario: &Scenario) -> Vec<InputId> {
    let inputs = scenario.inputs.iter().enumerate();
    inputs.filter(|(_, input)| Range::of(input.estimate).is_some()).map(|(i, _)| InputId::new(i)).collect()
}

/// By what two options are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Net present cost: the lower is preferred.
    Cost,
    /// Net present social value: the higher is preferred.
    Npsv,
}

/// Two options that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The first.
    pub first: OptionId,
    /// The second.
    pub second: OptionId,
    /// By what.
    pub by: By,
}

impl Pair {
    /// The first option's figure less the second's, in pounds.
    pub fn difference<N: Number>(self, appraisal: &Appraisal<N>) -> N {
        let [a, b] = [self.first, self.second].map(|id| &appraisal.options[id.place()]);
        match self.by {
            By::Cost => a.cost.present - b.cost.present,
            By::Npsv => a.npsv - b.npsv,
        }
    }

    /// The option that a difference speaks for; `None` if they are equal.
    pub fn preferred(self, difference: Decimal) -> Option<OptionId> {
        let lower = match self.by {
            By::Cost => self.first,
            By::Npsv => self.second,
        };
        let higher = if lower == self.first { self.second } else { self.first };
        match difference.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => Some(lower),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(higher),
        }
    }
}

/// A scenario whose inputs can be given other values.
#[derive(Clone, Debug)]
pub struct Worlds<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    central: Vec<Decimal>,
}

impl<'a> Worlds<'a> {
    /// All inputs at their central values.
    pub fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, central: scenario.central() }
    }

    /// The central value of an input.
    pub fn central(&self, id: InputId) -> Decimal {
        self.central[id.place()]
    }

    /// The unit of an input.
    pub fn unit(&self, id: InputId) -> Unit {
        self.scenario.inputs[id.place()].unit
    }

    /// The input of a key path.
    pub fn input(&self, key: &str) -> Option<InputId> {
        self.scenario.inputs.iter().position(|input| input.key == key).map(InputId::new)
    }

    /// The measures of every option when some inputs have other values.
    pub fn appraise(&self, changes: &[(InputId, Decimal)]) -> Appraisal<Decimal> {
        run::appraise(&self.scenario.realise(&self.values(changes)))
    }

    /// The difference of a pair when an input has another value: exactly as [`Worlds::appraise`] gives it if
    /// `N` is [`Decimal`]. The other options are left out, for speed.
    pub fn difference<N: Number>(&self, pair: Pair, input: InputId, value: Decimal) -> N {
        let mut plan = self.scenario.realise(&self.values::<N>(&[(input, value)]));
        keep_pair(&mut plan, pair);
        pair.difference(&run::appraise(&plan))
    }

    /// The difference of a pair at any value of an input, nearly: on `f64`, added up by year, rounded nowhere. Many
    /// times as fast, so it serves to look for values at which [`Worlds::difference`] is then taken.
    pub(super) fn glances(&self, pair: Pair, input: InputId) -> impl Fn(Decimal) -> f64 + use<'a> {
        let changing: Vec<InputId> =
            std::iter::once(input).chain(self.followers(input).map(InputId::new)).collect();
        let engine = RefCell::new((Engine::new(self.scenario, &changing), self.values::<f64>(&[])));
        move |value| {
            let (engine, values) = &mut *engine.borrow_mut();
            for id in &changing {
                values[id.place()] = value.to_f64();
            }
            let [a, b] = engine.run_pair(values, [pair.first, pair.second]);
            match pair.by {
                By::Cost => a.net_present_cost - b.net_present_cost,
                By::Npsv => a.npsv - b.npsv,
            }
        }
    }

    pub(super) fn values<N: Number>(&self, changes: &[(InputId, Decimal)]) -> Vec<N> {
        let mut values: Vec<N> = self.central.iter().map(|&value| N::from_decimal(value)).collect();
        for &(id, value) in changes {
            values[id.place()] = N::from_decimal(value);
            for follower in self.followers(id) {
                values[follower] = N::from_decimal(value);
            }
        }
        values
    }

    /// The inputs that take their value from a parameter, which is itself an input.
    pub(super) fn followers(&self, id: InputId) -> impl Iterator<Item = usize> {
        let parameter = self.scenario.inputs[id.place()].key.strip_prefix("parameter.");
        let follows = move |origin: &Origin| matches!(origin, Origin::Parameter(key) if Some(key.as_str()) == parameter);
        let inputs = self.scenario.inputs.iter().enumerate();
        inputs.filter(move |(_, input)| follows(&input.origin)).map(|(place, _)| place)
    }
}

/// Empties the options that are not compared. What the two cost and give does not depend on them: the
/// baseline's figures cancel in the difference.
fn keep_pair<N: Number>(plan: &mut Plan<N>, pair: Pair) {
    for option in plan.options.iter_mut().filter(|o| o.id != pair.first && o.id != pair.second) {
        option.streams.clear();
        option.lines.clear();
        option.posts.clear();
    }
    plan.baseline = None;
}

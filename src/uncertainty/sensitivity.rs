//! Sensitivity: each uncertain input by itself to its low and its high, the others central.

use rust_decimal::Decimal;

use super::worlds::{Range, Worlds, may_vary};
use crate::appraisal::Appraisal;
use crate::id::{InputId, OptionId};
use crate::scenario::Scenario;

/// The figures of every option in one run, in pounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Net present cost, by option.
    pub cost: Vec<Decimal>,
    /// Net present social value, by option.
    pub npsv: Vec<Decimal>,
}

impl Figures {
    /// Those of an appraisal.
    pub fn of(appraisal: &Appraisal<Decimal>) -> Self {
        Self {
            cost: appraisal.options.iter().map(|option| option.cost.present).collect(),
            npsv: appraisal.options.iter().map(|option| option.npsv).collect(),
        }
    }

    /// Net present cost of the first less that of the second.
    pub fn difference(&self, (first, second): (OptionId, OptionId)) -> Decimal {
        self.cost[first.place()] - self.cost[second.place()]
    }
}

/// What comes of one input at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swing {
    /// The input.
    pub input: InputId,
    /// Its ends.
    pub range: Range,
    /// The figures at its low.
    pub low: Figures,
    /// The figures at its high.
    pub high: Figures,
}

impl Swing {
    /// How far apart the lowest and the highest are of a figure at the input's low, at its central value and at its
    /// high: pounds. Both ends may lie on one side of the central figure.
    pub fn swing(&self, central: &Figures, figure: impl Fn(&Figures) -> Decimal) -> Decimal {
        let [low, centre, high] = [&self.low, central, &self.high].map(figure);
        low.max(centre).max(high) - low.min(centre).min(high)
    }

    /// Whether anything at all depends on the input.
    pub fn has_effect(&self, central: &Figures) -> bool {
        self.low != *central || self.high != *central
    }
}

/// Every uncertain input at its ends.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// The figures when every input is central.
    pub central: Figures,
    /// One for each uncertain input, in the order of the file.
    pub swings: Vec<Swing>,
}

impl Sensitivity {
    /// The inputs that a figure depends on, the largest swing first (ties by key path), and those that it does
    /// not depend on.
    pub fn ranked(
        &self,
        scenario: &Scenario,
        figure: impl Fn(&Figures) -> Decimal,
    ) -> (Vec<&Swing>, Vec<&Swing>) {
        let centre = figure(&self.central);
        let moves = |swing: &&Swing| figure(&swing.low) != centre || figure(&swing.high) != centre;
        let (mut with, without): (Vec<&Swing>, Vec<&Swing>) = self.swings.iter().partition(moves);
        let key = |swing: &Swing| scenario.inputs[swing.input.place()].key.as_str();
        with.sort_by(|a, b| {
            let size = |swing: &Swing| swing.swing(&self.central, &figure);
            let by_size = size(b).cmp(&size(a));
            by_size.then_with(|| key(a).cmp(key(b)))
        });
        (with, without)
    }
}

/// Runs a scenario with each uncertain input at its low and at its high.
pub fn sensitivity(scenario: &Scenario) -> Sensitivity {
    let worlds = Worlds::new(scenario);
    let at = |input, value| Figures::of(&worlds.appraise(&[(input, value)]));
    let swings = may_vary(scenario).into_iter().filter_map(|input| {
        let range = Range::of(scenario.inputs[input.place()].estimate)?;
        Some(Swing { input, range, low: at(input, range.low), high: at(input, range.high) })
    });
    Sensitivity { swings: swings.collect(), central: Figures::of(&worlds.appraise(&[])) }
}

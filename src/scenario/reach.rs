//! How far the figures of a scenario can go: what compounds over the years, and what adds up over things and months.
//!
//! Every input has a range of its own (`measure`), but that does not bound what many of them make together. So every
//! price level, every discount factor and the sum of all amounts is worked out with each input at its worst end, all
//! of them at once. Whatever the scenario is run with (a draw, an end of a range, a switching value, a mix of two
//! options) stays within that, so nothing that runs it overflows or divides by zero. It refuses what may leave the
//! range, at the input that does most of it. What it works out are bounds, so they need no exact digits.

mod money;
mod prices;

use super::{Estimate, Input, Origin, Scenario, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::InputId;
use crate::number::Number;

use prices::Levels;

/// The highest price level, and one over the lowest; the highest discount factor.
pub const MOST_LEVEL: u32 = 1_000_000;

/// The most that the amounts of an option may add up to, in thousands of millions of pounds.
pub const MOST_BILLIONS: u32 = 1_000_000;

/// Every fault of a scenario whose figures may leave the range.
pub(super) fn faults(scenario: &Scenario) -> Vec<Diagnostic> {
    let ends: Vec<[f64; 2]> = scenario.inputs.iter().map(ends).collect();
    let levels = scenario.indices.iter().map(|index| prices::levels(scenario.programme.prices, index, &ends));
    let reach = Reach { scenario, levels: levels.collect(), ends };
    let mut faults = reach.faults_of_prices();
    faults.extend(reach.faults_of_discount());
    if faults.is_empty() {
        faults.extend(reach.fault_of_money());
    }
    faults
}

/// The lowest and the highest value that an input can have in any run.
fn ends(input: &Input) -> [f64; 2] {
    let [least, most] = input.ends().map(Number::to_f64);
    match input.estimate {
        Estimate::Point(value) => [value.to_f64(); 2],
        Estimate::Range { low, high, shape: Shape::P10P90, .. } if low < high => {
            // From the tenth to the ninetieth percentile are 2.56 standard deviations. No draw is as far as eight from
            // the middle, which is less than 3.2 times that.
            let (low, high) = (low.to_f64(), high.to_f64());
            let (middle, far) = ((low * high).sqrt(), libm::pow(high / low, 3.2));
            [(middle / far).max(least), (middle * far).min(most)]
        }
        Estimate::Range { low, high, shape: Shape::Normal, .. } => {
            // It ends six standard deviations from the middle: 2.341 times as far as the two percentiles are apart.
            let (low, high) = (low.to_f64(), high.to_f64());
            let (middle, far) = (f64::midpoint(low, high), 2.35 * (high - low));
            [(middle - far).max(least), (middle + far).min(most)]
        }
        Estimate::Range { low, high, .. } => [low, high].map(Number::to_f64),
        Estimate::Chance { then, otherwise, .. } => {
            [then.min(otherwise), then.max(otherwise)].map(Number::to_f64)
        }
    }
}

/// A scenario with the ends of its inputs.
struct Reach<'a> {
    scenario: &'a Scenario,
    ends: Vec<[f64; 2]>,
    /// Of each index.
    levels: Vec<Levels>,
}

impl Reach<'_> {
    fn low(&self, id: InputId) -> f64 {
        self.ends[id.place()][0]
    }

    fn high(&self, id: InputId) -> f64 {
        self.ends[id.place()][1]
    }

    /// The largest size, whatever the sign.
    fn size(&self, id: InputId) -> f64 {
        let [low, high] = self.ends[id.place()];
        low.abs().max(high.abs())
    }

    /// A fault at one of some inputs: the first that is written, or else the first.
    fn fault(&self, inputs: &[InputId], message: String) -> Diagnostic {
        let of = |id: &InputId| &self.scenario.inputs[id.place()];
        let is_written = |input: &&Input| matches!(input.origin, Origin::Written(_));
        let input = inputs.iter().map(of).find(is_written).or_else(|| inputs.first().map(of));
        let span = input.and_then(|input| match input.origin {
            Origin::Written(span) => Some(span),
            Origin::Default | Origin::Parameter(_) => None,
        });
        Diagnostic::error(Code::OutOfRange, input.map_or("", |input| &input.key), span, message)
    }
}

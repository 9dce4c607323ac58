//! A plan made again and again, when only some inputs change: in place, and only what depends on them.
//!
//! The parts are made by the functions that make a plan in the first place. Which of them depend on which
//! inputs is found by making each once and noting what it asks for.

use std::cell::RefCell;

use super::realise::{self, Values};
use super::{CostPart, Plan};
use crate::id::InputId;
use crate::number::Number;
use crate::scenario::Scenario;

/// A part of a plan that is made as a whole.
#[derive(Clone, Copy, Debug)]
enum Part {
    Prices,
    Discount,
    /// VAT, PDC dividend, capital shares.
    Rates,
    Uplifts,
    Fund(usize),
    Service(usize),
    Benefit(usize),
    Line(usize),
    Post(usize),
    /// Option, stream.
    Stream(usize, usize),
}

/// Makes a plan again under other values.
#[derive(Debug)]
pub struct Renewer<'a, N> {
    scenario: &'a Scenario,
    /// The parts that depend on an input that may change.
    stale: Vec<Part>,
    scratch: RefCell<Vec<CostPart<N>>>,
}

impl<'a, N: Number> Renewer<'a, N> {
    /// A plan under these values, and what makes it again when some of these inputs change.
    pub fn new(scenario: &'a Scenario, values: &[N], changing: &[InputId]) -> (Self, Plan<N>) {
        let mut plan = scenario.realise(values);
        let (scratch, notes) = (RefCell::default(), RefCell::default());
        let noting = Values::new(scenario, values, Some(&notes), &scratch);
        let mut stale = parts(&plan);
        stale.retain(|&part| {
            notes.borrow_mut().clear();
            make(scenario, part, &noting, &mut plan);
            notes.borrow().iter().any(|id| changing.contains(id))
        });
        (Self { scenario, stale, scratch }, plan)
    }

    /// Makes the plan again under a value for every input, of which only those that may change have changed.
    pub fn renew(&self, plan: &mut Plan<N>, values: &[N]) {
        let values = Values::new(self.scenario, values, None, &self.scratch);
        for &part in &self.stale {
            make(self.scenario, part, &values, plan);
        }
    }
}

/// Every part of a plan.
fn parts<N>(plan: &Plan<N>) -> Vec<Part> {
    let mut parts = vec![Part::Prices, Part::Discount, Part::Rates, Part::Uplifts];
    parts.extend((0..plan.funds.len()).map(Part::Fund));
    parts.extend((0..plan.services.len()).map(Part::Service));
    parts.extend((0..plan.benefits.len()).map(Part::Benefit));
    parts.extend((0..plan.lines.len()).map(Part::Line));
    parts.extend((0..plan.posts.len()).map(Part::Post));
    for (place, option) in plan.options.iter().enumerate() {
        parts.extend((0..option.streams.len()).map(|stream| Part::Stream(place, stream)));
    }
    parts
}

fn make<N: Number>(scenario: &Scenario, part: Part, values: &Values<'_, N>, plan: &mut Plan<N>) {
    /// Makes an item of a list in the memory of the one before.
    macro_rules! again {
        ($list:expr, $place:expr, $make:path, $from:expr) => {{
            let item = $make($from, values, Some(&mut $list[$place]));
            $list[$place] = item;
        }};
    }
    match part {
        Part::Prices => plan.prices = realise::prices(values, Some(&mut plan.prices)),
        Part::Discount => plan.discount = realise::discount(values, Some(&mut plan.discount)),
        Part::Rates => {
            plan.vat = values.of(scenario.policy.vat);
            plan.pdc_dividend = values.of(scenario.policy.pdc_dividend);
            plan.capital_shares = realise::capital_shares(values);
        }
        Part::Uplifts => {
            for (uplifts, from) in [
                (&mut plan.optimism_bias, &scenario.optimism_bias),
                (&mut plan.contingency, &scenario.contingency),
            ] {
                *uplifts = realise::uplifts(from, values, Some(uplifts));
            }
        }
        Part::Fund(place) => again!(plan.funds, place, realise::fund, &scenario.funds[place]),
        Part::Service(place) => again!(plan.services, place, realise::service, &scenario.services[place]),
        Part::Benefit(place) => plan.benefits[place] = realise::benefit(&scenario.benefits[place], values),
        Part::Line(place) => again!(plan.lines, place, realise::line, &scenario.lines[place]),
        Part::Post(place) => again!(plan.posts, place, realise::post, &scenario.posts[place]),
        Part::Stream(option, place) => {
            let from = &scenario.options[option].streams[place];
            again!(plan.options[option].streams, place, realise::stream, from);
        }
    }
}

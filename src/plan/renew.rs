//! A plan made again and again, when only some inputs change: in place, and only what depends on them.
//!
//! The parts are made by the functions that make a plan in the first place. Which of them depend on which
//! inputs is found by making each once and noting what it asks for.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::realise::{self, Values};
use super::{CostPart, Plan};
use crate::id::{BenefitId, FundId, IndexId, InputId, LineId, OptionId, PostId, ServiceId, StreamId};
use crate::number::Number;
use crate::scenario::Scenario;

/// A part of a plan that is made as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The levels of a price index.
    Index(IndexId),
    /// Discount factors.
    Discount,
    /// VAT, PDC dividend, capital shares.
    Rates,
    /// Optimism bias and contingency.
    Uplifts,
    /// A fund.
    Fund(FundId),
    /// A service.
    Service(ServiceId),
    /// A benefit of a service.
    Benefit(BenefitId),
    /// A cost or benefit line.
    Line(LineId),
    /// A post.
    Post(PostId),
    /// A stream of an option.
    Stream(OptionId, StreamId),
}

impl Part {
    /// Every part of a plan.
    pub fn all<N>(scenario: &Scenario, plan: &Plan<N>) -> Vec<Self> {
        let mut parts: Vec<Self> =
            (0..scenario.indices.len()).map(|place| Self::Index(IndexId::new(place))).collect();
        parts.extend([Self::Discount, Self::Rates, Self::Uplifts]);
        parts.extend((0..plan.funds.len()).map(|place| Self::Fund(FundId::new(place))));
        parts.extend((0..plan.services.len()).map(|place| Self::Service(ServiceId::new(place))));
        parts.extend((0..plan.benefits.len()).map(|place| Self::Benefit(BenefitId::new(place))));
        parts.extend((0..plan.lines.len()).map(|place| Self::Line(LineId::new(place))));
        parts.extend((0..plan.posts.len()).map(|place| Self::Post(PostId::new(place))));
        for option in &plan.options {
            let streams = (0..option.streams.len()).map(StreamId::new);
            parts.extend(streams.map(|stream| Self::Stream(option.id, stream)));
        }
        parts
    }
}

/// Makes parts of a plan again, each by itself.
#[derive(Debug)]
pub struct Maker<'a, N> {
    scenario: &'a Scenario,
    scratch: RefCell<Vec<CostPart<N>>>,
    notes: RefCell<Vec<InputId>>,
}

impl<'a, N: Number> Maker<'a, N> {
    /// One for plans of a scenario.
    pub fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, scratch: RefCell::default(), notes: RefCell::default() }
    }

    /// Makes a part again, under a value for every input of the scenario.
    pub fn make(&self, part: Part, values: &[N], plan: &mut Plan<N>) {
        make(self.scenario, part, &Values::new(self.scenario, values, None, &self.scratch), plan);
    }

    /// Makes a part again and says which inputs it asks for, in the order of [`Scenario::inputs`]: under these
    /// values it depends on no others.
    pub fn asks_for(&self, part: Part, values: &[N], plan: &mut Plan<N>) -> Vec<InputId> {
        self.notes.borrow_mut().clear();
        let noting = Values::new(self.scenario, values, Some(&self.notes), &self.scratch);
        make(self.scenario, part, &noting, plan);
        let mut asked = self.notes.borrow().clone();
        asked.sort_unstable();
        asked.dedup();
        asked
    }
}

/// Makes a plan again under other values.
#[derive(Debug)]
pub struct Renewer<'a, N> {
    maker: Maker<'a, N>,
    /// The parts that depend on an input that may change.
    stale: Vec<Part>,
}

impl<'a, N: Number> Renewer<'a, N> {
    /// A plan under these values, and what makes it again when some of these inputs change.
    pub fn new(scenario: &'a Scenario, values: &[N], changing: &[InputId]) -> (Self, Plan<N>) {
        let mut plan = scenario.realise(values);
        let maker = Maker::new(scenario);
        let changing: BTreeSet<InputId> = changing.iter().copied().collect();
        let mut stale = Part::all(scenario, &plan);
        stale.retain(|&part| {
            let asked = maker.asks_for(part, values, &mut plan);
            asked.iter().any(|id| changing.contains(id))
        });
        (Self { maker, stale }, plan)
    }

    /// Makes the plan again under a value for every input, of which only those that may change have changed.
    pub fn renew(&self, plan: &mut Plan<N>, values: &[N]) {
        for &part in &self.stale {
            self.maker.make(part, values, plan);
        }
    }
}

fn make<N: Number>(scenario: &Scenario, part: Part, values: &Values<'_, N>, plan: &mut Plan<N>) {
    /// Makes an item of a list in the memory of the one before.
    macro_rules! again {
        ($list:expr, $place:expr, $make:path, $from:expr) => {{
            let place = $place.place();
            let item = $make(&$from[place], values, Some(&mut $list[place]));
            $list[place] = item;
        }};
    }
    match part {
        Part::Index(index) => realise::index(index, values, &mut plan.prices),
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
        Part::Fund(id) => again!(plan.funds, id, realise::fund, scenario.funds),
        Part::Service(id) => again!(plan.services, id, realise::service, scenario.services),
        Part::Benefit(id) => {
            plan.benefits[id.place()] = realise::benefit(&scenario.benefits[id.place()], values);
        }
        Part::Line(id) => again!(plan.lines, id, realise::line, scenario.lines),
        Part::Post(id) => again!(plan.posts, id, realise::post, scenario.posts),
        Part::Stream(option, id) => {
            let streams = &mut plan.options[option.place()].streams;
            again!(streams, id, realise::stream, scenario.options[option.place()].streams);
        }
    }
}

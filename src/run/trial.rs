//! One input changed, and no more run again than the input reaches.
//!
//! Which parts of a plan ask for an input is noted while they are made; a piece of the plan is run again only if one
//! of its parts does, and of the piece only what that part reaches. A piece by itself posts what it posts among all
//! ([`crate::delivery::Others`]), so a difference in it is a difference of the whole run, found without running the
//! whole. Only where others see a difference of a piece that has none in its own postings (its team costs nothing)
//! does this not know: [`Outcome::Unclear`].

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{Piece, pieces};
use crate::accounts::{self, Asset, AssetOf, AssetPlan};
use crate::costing::{cost_element, cost_entry};
use crate::delivery::{Delivery, Others, Timesheet};
use crate::id::{CategoryId, FundId, IndexId, InputId, OrganisationId};
use crate::ledger::{Activity, Discount, Element, Ledger, Posting, Sink, Treatment};
use crate::number::Number;
use crate::plan::{Maker, Part, Plan};
use crate::scenario::{Scenario, UpliftOf};

/// A scenario under one list of values, of which others are tried one at a time.
#[derive(Debug)]
pub struct Trials<'a, N> {
    scenario: &'a Scenario,
    values: Vec<N>,
    plan: Plan<N>,
    pieces: Vec<Piece>,
    /// What the streams of each option show each other.
    others: Vec<Others<N>>,
    /// Whether some index falls to nothing in some year, so that nothing is posted of what follows it then.
    is_level_zero: bool,
}

/// What comes of another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing of the piece differs, nor what others see of it.
    Same,
    /// Some posting, asset or fund differs.
    Different,
    /// Only a run of everything can say.
    Unclear,
}

impl<'a, N: Number> Trials<'a, N> {
    /// Runs every option once, to see what its streams show each other.
    pub fn new(scenario: &'a Scenario, values: Vec<N>) -> Self {
        let plan = scenario.realise(&values);
        let mut delivery = Delivery::default();
        let shown = |option| {
            let sheet = delivery.run(&plan, option).clone();
            Others::new(&sheet, delivery.teams())
        };
        let others = plan.options.iter().map(shown).collect();
        let mut levels = (0..scenario.indices.len()).map(IndexId::new);
        let years = plan.horizon.years();
        let is_level_zero = levels.any(|index| (0..years).any(|t| plan.prices.nominal(index, t).is_nought()));
        Self { scenario, values, pieces: pieces(&plan), plan, others, is_level_zero }
    }

    /// The pieces of the plan.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Somebody who can try values, one at a time.
    pub fn worker(&self) -> Worker<'_, N> {
        Worker {
            trials: self,
            maker: Maker::new(self.scenario),
            values: self.values.clone(),
            plan: self.plan.clone(),
            others: self.others.clone(),
            before: Delivery::default(),
            after: Delivery::default(),
        }
    }
}

/// See [`Trials::worker`]. Its plan has the values of the trials, but during a trial.
#[derive(Debug)]
pub struct Worker<'t, N> {
    trials: &'t Trials<'t, N>,
    maker: Maker<'t, N>,
    values: Vec<N>,
    plan: Plan<N>,
    others: Vec<Others<N>>,
    before: Delivery<N>,
    after: Delivery<N>,
}

impl<'t, N: Number> Worker<'t, N> {
    /// The inputs that discount factors are made of: they are of no piece, and change no posting.
    pub fn discount_inputs(&mut self) -> Vec<InputId> {
        self.maker.asks_for(Part::Discount, &self.values, &mut self.plan)
    }

    /// The inputs of a fund that some option has: whatever they are, what the fund grants is them.
    pub fn fund_inputs(&mut self, id: FundId) -> Vec<InputId> {
        if self.plan.funds[id.place()].options.is_empty() {
            return Vec::new();
        }
        self.maker.asks_for(Part::Fund(id), &self.values, &mut self.plan)
    }

    /// Runs a piece, and finds which inputs reach it.
    pub fn open<'w>(&'w mut self, piece: &'t Piece) -> Opened<'w, 't, N> {
        let option = &self.plan.options[piece.option.place()];
        let others = &mut self.others[piece.option.place()];
        others.set_own(&[]);
        self.before.run_among(&self.plan, option, &piece.streams, others);
        others.set_own(self.before.teams());
        let sheet = self.before.sheet();
        let post = |&element: &Element| {
            let mut ledger = Ledger::default();
            cost_element(&self.plan, option, sheet, element, &mut ledger);
            ledger.postings
        };
        let postings: Vec<Vec<Posting<N>>> = piece.elements.iter().map(post).collect();
        let owned = owned(&self.plan, sheet, postings.iter().flatten());
        let reach = self.reach(piece, postings.iter().flatten());
        Opened { worker: self, piece, postings, owned, reach }
    }

    /// By input, the parts of the plan that ask for it, of those that bear on a piece.
    fn reach<'p>(
        &mut self,
        piece: &Piece,
        postings: impl Iterator<Item = &'p Posting<N>>,
    ) -> BTreeMap<InputId, Vec<Part>> {
        let scenario = self.trials.scenario;
        // Every price stands over the deflator; an index in a year of level zero posts nothing to be known by.
        let mut indices: BTreeSet<IndexId> = [IndexId::GENERAL].into();
        if self.trials.is_level_zero {
            indices.extend((0..scenario.indices.len()).map(IndexId::new));
        }
        let mut lifted: BTreeSet<(Activity, CategoryId)> = BTreeSet::new();
        for posting in postings {
            indices.insert(posting.index);
            lifted.insert((posting.activity, posting.category));
        }
        let mut reach: BTreeMap<InputId, Vec<Part>> = BTreeMap::new();
        let parts = piece.parts.iter().copied();
        for part in parts.chain([Part::Rates]).chain(indices.into_iter().map(Part::Index)) {
            for input in self.maker.asks_for(part, &self.values, &mut self.plan) {
                reach.entry(input).or_default().push(part);
            }
        }
        for uplift in scenario.optimism_bias.iter().chain(&scenario.contingency) {
            let bears = |&(activity, category): &(Activity, CategoryId)| match uplift.of {
                UpliftOf::Activity(of) => of == activity,
                UpliftOf::Category(of) => of == category,
            };
            if lifted.iter().any(bears) {
                for input in [uplift.rate, uplift.mitigation] {
                    reach.entry(input).or_default().push(Part::Uplifts);
                }
            }
        }
        reach
    }
}

/// A piece under the values of the trials, ready for others.
#[derive(Debug)]
pub struct Opened<'w, 't, N> {
    worker: &'w mut Worker<'t, N>,
    piece: &'t Piece,
    /// By element.
    postings: Vec<Vec<Posting<N>>>,
    owned: Vec<Owned<N>>,
    reach: BTreeMap<InputId, Vec<Part>>,
}

/// What capital of a piece has bought.
#[derive(Debug)]
struct Owned<N> {
    of: AssetOf,
    postings: Vec<Posting<N>>,
    plan: AssetPlan<N>,
    assets: Vec<Asset<N>>,
    /// At the horizon, if that counts.
    worth: Vec<(AssetOf, OrganisationId, N)>,
}

fn owned<'p, N: Number>(
    plan: &Plan<N>,
    sheet: &Timesheet<N>,
    postings: impl Iterator<Item = &'p Posting<N>>,
) -> Vec<Owned<N>> {
    let mut capital: BTreeMap<AssetOf, Vec<Posting<N>>> = BTreeMap::new();
    for posting in postings.filter(|posting| posting.treatment == Treatment::Capital) {
        if let Some(of) = plan.asset_of(posting.element) {
            capital.entry(of).or_default().push(*posting);
        }
    }
    let owned = |(of, postings): (_, Vec<_>)| Owned {
        of,
        plan: accounts::asset_plan(plan, sheet, of),
        assets: accounts::assets(plan, sheet, &postings),
        worth: if plan.residual { accounts::residual(plan, sheet, &postings) } else { Vec::new() },
        postings,
    };
    capital.into_iter().map(owned).collect()
}

impl<N: Number> Opened<'_, '_, N> {
    /// The inputs that reach the piece, in the order of [`Scenario::inputs`].
    pub fn inputs(&self) -> Vec<InputId> {
        self.reach.keys().copied().collect()
    }

    /// What differs of the piece under another value of an input that reaches it.
    pub fn outcome(&mut self, input: InputId, value: N) -> Outcome {
        let outcome = self.during(input, value, |opened, parts, is_run| {
            if is_run && opened.differs_at_once() {
                return Outcome::Different;
            }
            let has_moved = is_run && opened.has_moved();
            if opened.differs(parts, has_moved) {
                return Outcome::Different;
            }
            let Worker { others, after, .. } = &*opened.worker;
            let seen = has_moved
                && opened.piece.is_seen
                && !others[opened.piece.option.place()].see_no_difference(after);
            if seen { Outcome::Unclear } else { Outcome::Same }
        });
        outcome.unwrap_or(Outcome::Same)
    }

    /// What another value of an input that reaches the piece adds to its net present cost, in pounds; `None` if other
    /// streams see a difference of the piece, so that theirs may change too.
    pub fn added_cost(&mut self, input: InputId, value: N) -> Option<N> {
        let added = self.during(input, value, |opened, parts, is_run| {
            let has_moved = is_run && opened.has_moved();
            let place = opened.piece.option.place();
            let is_seen = has_moved
                && opened.piece.is_seen
                && !opened.worker.others[place].see_no_difference(&opened.worker.after);
            (!is_seen).then(|| opened.cost_less_before(parts, has_moved))
        });
        added.unwrap_or(Some(N::ZERO))
    }

    fn cost_less_before(&self, parts: &[Part], has_moved: bool) -> N {
        let plan = &self.worker.plan;
        let (option, sheet) = (&plan.options[self.piece.option.place()], self.sheet(has_moved));
        let mut added = N::ZERO;
        let mut capital: Vec<Posting<N>> = Vec::new();
        for (&element, before) in self.piece.elements.iter().zip(&self.postings) {
            let mut ledger = Ledger::default();
            let is_reached = has_moved || parts.iter().any(|&part| bears_on(plan, part, element));
            if is_reached {
                cost_element(plan, option, sheet, element, &mut ledger);
                added += present_cost(plan, &ledger.postings) - present_cost(plan, before);
            }
            let postings = if is_reached { &ledger.postings } else { before };
            capital.extend(postings.iter().filter(|posting| posting.treatment == Treatment::Capital));
        }
        if plan.residual {
            let last = plan.discount_factor(Discount::Standard, plan.horizon.years() - 1);
            let worth = |worth: &[(AssetOf, OrganisationId, N)]| {
                worth.iter().fold(N::ZERO, |sum, &(.., worth)| sum + worth) * last
            };
            let before = self.owned.iter().fold(N::ZERO, |sum, owned| sum + worth(&owned.worth));
            added += before - worth(&accounts::residual(plan, sheet, &capital));
        }
        added
    }

    /// Makes the plan with another value, runs what it reaches, and makes the plan as it was again. What is done in
    /// between is told the parts that are made of the input, and whether work depends on them.
    fn during<T>(
        &mut self,
        input: InputId,
        value: N,
        then: impl FnOnce(&mut Self, &[Part], bool) -> T,
    ) -> Option<T> {
        let parts = self.reach.get(&input)?.clone();
        let works = |worker: &Worker<'_, N>| -> Vec<[N; 6]> {
            let services = parts.iter().filter_map(|part| match part {
                Part::Service(id) => Some(worker.plan.services[id.place()].work()),
                _ => None,
            });
            services.collect()
        };
        let worker = &mut *self.worker;
        let central = std::mem::replace(&mut worker.values[input.place()], value);
        let before = works(worker);
        for &part in &parts {
            worker.maker.make(part, &worker.values, &mut worker.plan);
        }
        let is_run = parts.iter().any(|part| matches!(part, Part::Stream(..))) || before != works(worker);
        let result = then(self, &parts, is_run);
        let worker = &mut *self.worker;
        worker.values[input.place()] = central;
        for &part in &parts {
            worker.maker.make(part, &worker.values, &mut worker.plan);
        }
        Some(result)
    }

    /// Runs the streams of the piece as far as the first month in which their work differs, and says whether its cost
    /// differs there. If it does not, more must be run to know.
    fn differs_at_once(&mut self) -> bool {
        let Worker { trials, plan, others, before, after, .. } = &mut *self.worker;
        let place = self.piece.option.place();
        let option = &plan.options[place];
        after.run_until_different(plan, option, &self.piece.streams, &others[place], before.sheet());
        let (before, after) = (before.sheet(), after.sheet());
        let mut entries = before.entries.iter().zip(&after.entries);
        let Some(entry) = entries.position(|(before, after)| before != after) else { return false };
        let first = |plan: &Plan<N>, sheet: &Timesheet<N>| {
            let mut ledger = Ledger::default();
            cost_entry(plan, &plan.options[place], sheet, entry, &mut ledger);
            ledger.postings.first().copied()
        };
        // The entries before it are the same.
        let (before, after) = (first(&trials.plan, before), first(plan, after));
        before.is_some() && after.is_some() && before != after
    }

    /// Runs the streams of the piece, and says whether anything of their work differs.
    fn has_moved(&mut self) -> bool {
        let Worker { plan, others, before, after, .. } = &mut *self.worker;
        let (option, others) = (&plan.options[self.piece.option.place()], &others[self.piece.option.place()]);
        after.run_among(plan, option, &self.piece.streams, others);
        let (before, after) = (before.sheet(), after.sheet());
        let services = || self.piece.streams.iter().flat_map(|id| &option.streams[id.place()].services);
        before.entries != after.entries
            || before.charges != after.charges
            || before.losses != after.losses
            || services().any(|id| before.lives[id.place()] != after.lives[id.place()])
    }

    fn sheet(&self, has_moved: bool) -> &Timesheet<N> {
        if has_moved { self.worker.after.sheet() } else { self.worker.before.sheet() }
    }

    /// Whether a posting or an asset differs.
    fn differs(&self, parts: &[Part], has_moved: bool) -> bool {
        let plan = &self.worker.plan;
        let (option, sheet) = (&plan.options[self.piece.option.place()], self.sheet(has_moved));
        let elements = self.piece.elements.iter().zip(&self.postings);
        let mut reached = elements
            .filter(|&(&element, _)| has_moved || parts.iter().any(|&part| bears_on(plan, part, element)));
        let posts = reached.any(|(&element, postings)| {
            let mut comparison = Comparison { left: postings.iter(), is_same: true };
            cost_element(plan, option, sheet, element, &mut comparison);
            !comparison.is_same || comparison.left.next().is_some()
        });
        posts
            || self.owned.iter().any(|owned| {
                (has_moved || parts.iter().any(|&part| bears_on_asset(plan, part, owned.of)))
                    && owned.differs(plan, sheet)
            })
    }
}

impl<N: Number> Owned<N> {
    /// Whether an asset or its worth differs when the same has been spent on it.
    fn differs(&self, plan: &Plan<N>, sheet: &Timesheet<N>) -> bool {
        let is_same_plan = accounts::asset_plan(plan, sheet, self.of) == self.plan;
        (!is_same_plan && plan.residual && accounts::residual(plan, sheet, &self.postings) != self.worth)
            || accounts::assets(plan, sheet, &self.postings) != self.assets
    }
}

/// Net present cost of postings.
fn present_cost<N: Number>(plan: &Plan<N>, postings: &[Posting<N>]) -> N {
    let costs = postings.iter().filter(|posting| !posting.kind.is_benefit());
    costs.fold(N::ZERO, |sum, posting| {
        let t = plan.year_of[usize::from(posting.month)];
        sum + posting.economic * plan.discount_factor(Discount::Standard, t)
    })
}

/// Whether a part of a plan bears on the postings of an element while all work stays as it is.
fn bears_on<N>(plan: &Plan<N>, part: Part, element: Element) -> bool {
    match (part, element) {
        (Part::Index(_) | Part::Rates | Part::Uplifts, _)
        | (Part::Stream(..), Element::Stream(_) | Element::Work(..)) => true,
        (Part::Service(id), Element::Service(of) | Element::Legacy(of)) => id == of,
        (Part::Service(id), Element::Benefit(of)) => plan.benefits[of.place()].service == id,
        (Part::Benefit(id), Element::Benefit(of)) => id == of,
        (Part::Line(id), Element::Line(of)) => id == of,
        (Part::Post(id), Element::Post(of)) => id == of,
        _ => false,
    }
}

/// Whether a part of a plan bears on an asset while all work and all postings stay as they are.
fn bears_on_asset<N>(plan: &Plan<N>, part: Part, of: AssetOf) -> bool {
    match (part, of) {
        (Part::Rates, _) => true,
        (Part::Service(id), AssetOf::Service(of)) => id == of,
        (Part::Service(id), AssetOf::Line(of)) => plan.lines[of.place()].service == Some(id),
        (Part::Line(id), AssetOf::Line(of)) => id == of,
        _ => false,
    }
}

/// A sink that compares postings with those of before.
struct Comparison<'p, N> {
    left: std::slice::Iter<'p, Posting<N>>,
    is_same: bool,
}

impl<N: Number> Sink<N> for Comparison<'_, N> {
    fn post(&mut self, posting: Posting<N>) {
        self.is_same = self.is_same && self.left.next() == Some(&posting);
    }
}
